"""The servers that ``make run`` and the tests start by themselves: nothing here is used in production."""

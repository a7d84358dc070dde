"""Rows for tests: each factory makes the least that is valid, near today's date."""

"""What must be true of the database at any moment, each as one question to it.

``manage.py check_invariants`` asks all of them. An answer names rows by kind and number, never a person.
"""

from judging.console import (
    invariants_of_entries,
    invariants_of_hearings,
    invariants_of_letters,
    invariants_of_results,
    invariants_of_reviews,
)
from judging.console.stating import Invariant, stated_in

INVARIANTS: list[Invariant] = [
    *stated_in(invariants_of_entries),
    *stated_in(invariants_of_reviews),
    *stated_in(invariants_of_results),
    *stated_in(invariants_of_letters),
    *stated_in(invariants_of_hearings),
]

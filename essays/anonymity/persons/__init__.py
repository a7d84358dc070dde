"""People whom the application does not name: who they are in the text, who of them is public, and how they are tagged.

Order of decision: the people of the profile (found elsewhere) → private cues («моя бабушка», «учительница», bare
имя-отчество) → public figures and characters → unknown: hidden.
"""

from essays.anonymity.persons.english import find_english_people, is_english
from essays.anonymity.persons.people import Seed, find_people

__all__ = ["Seed", "find_english_people", "find_people", "is_english"]

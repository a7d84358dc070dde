"""Index of the app's tables, in the order of the story."""

from essays.ledger.models import LedgerEvent  # isort: skip
from essays.outbox.models import Letter  # isort: skip
from essays.people.models import Institution, InstitutionMerger, Municipality, User  # isort: skip
from essays.contests.models import Category, ConsentText, Contest, ContestOrganizer, Nomination  # isort: skip
from essays.anonymity.models import BlindCopy, CopyAlarm, CopyPage  # isort: skip
from essays.entries.models import Consent, Entry, Essay  # isort: skip
from essays.entries.page_models import DraftPage, EssayPage  # isort: skip
from essays.entries.redaction_models import CopyRemark, Redaction  # isort: skip

__all__ = [
    "BlindCopy",
    "Category",
    "Consent",
    "ConsentText",
    "Contest",
    "ContestOrganizer",
    "CopyAlarm",
    "CopyPage",
    "CopyRemark",
    "DraftPage",
    "Entry",
    "Essay",
    "EssayPage",
    "Institution",
    "InstitutionMerger",
    "LedgerEvent",
    "Letter",
    "Municipality",
    "Nomination",
    "Redaction",
    "User",
]

"""Taking a demo contest away with everything in it. The ledger keeps what was done; nothing else stays."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import transaction

from essays.anonymity.models import BlindCopy
from essays.contests.models import Contest
from essays.entries.models import Entry, Essay
from essays.ledger import actions as ledger
from judging.appeals.models import Appeal
from judging.assignments.models import Assignment, Deal
from judging.panels.models import Seat
from judging.ranking.models import Ranking
from judging.results import documents
from judging.results.models import Announcement, Award, DocumentBundle
from judging.reviews.models import Review
from judging.rubrics.models import Rubric
from judging.session.models import JurySession


def wipe(contest: Contest) -> None:
    """Delete the contest, its entries and their files, its jury, reviews and results. Accounts stay."""
    folder = Path(settings.MEDIA_ROOT) / str(contest.pk)
    with transaction.atomic():
        ledger.record("contest.demo_wiped", contest)
        for bundle in DocumentBundle.objects.filter(announcement__contest=contest):
            documents.remove(bundle)
        Appeal.objects.filter(contest=contest).delete()
        JurySession.objects.filter(contest=contest).delete()
        Award.objects.filter(announcement__contest=contest).delete()
        Announcement.objects.filter(contest=contest).delete()
        # A later edition points at the earlier one.
        for ranking in Ranking.objects.filter(contest=contest).order_by("-edition"):
            ranking.delete()
        Review.objects.filter(assignment__contest=contest).delete()
        Assignment.objects.filter(contest=contest).delete()
        Deal.objects.filter(contest=contest).delete()
        Seat.objects.filter(contest=contest).delete()
        Essay.objects.filter(entry__contest=contest).delete()
        Entry.objects.filter(contest=contest).delete()
        BlindCopy.objects.filter(contest=contest).delete()
        Rubric.objects.filter(contest=contest).delete()
        contest.delete()
        transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))

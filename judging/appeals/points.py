"""What an entry has by criterion, for those who hear an appeal and for the organizer; whose marks, is not said."""

from decimal import Decimal
from typing import Any

from judging.ranking import sentences
from judging.results.models import Award
from judging.reviews.models import Review
from judging.rubrics.models import Criterion


def rows_of(award: Award, criteria: list[Criterion], before: dict[str, Decimal]) -> list[dict[str, Any]]:
    """Each criterion with the marks of every review, without saying whose they are, and what stands."""
    reviews = sorted(award.row.frozen["reviews"], key=lambda review: review["id"])
    return [
        {
            "name": one.name,
            "maximum": sentences.points(one.maximum),
            "marks": [
                sentences.points(Decimal(review["marks"][str(one.position)]))
                for review in reviews
                if str(one.position) in review["marks"]
            ],
            "now": sentences.points(before.get(str(one.position), Decimal(0))),
        }
        for one in criteria
    ]


def comments_of(award: Award) -> list[str]:
    """What judges wrote to the author, in an order that says nothing of them."""
    ids = [review["id"] for review in award.row.frozen["reviews"]]
    found = Review.objects.filter(pk__in=ids).exclude(comment_for_author="").order_by("assignment__public_id")
    return list(found.values_list("comment_for_author", flat=True))

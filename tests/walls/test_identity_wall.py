"""From what judges read, no relation leads to an author: walked over the tables themselves.

Every relation is followed in both directions, hidden reverse accessors too, as far as it goes. Where the walk
must stop is named below, with the reason; everything it reaches is listed, so that a new relation fails here first.
"""

import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import models

from essays.anonymity.models import BlindCopy
from judging.assignments.models import Assignment, Recusal
from judging.panels.models import Seat
from judging.reviews.models import Mark, Review

# Rows of these say who an author is.
AUTHORS = {"entry", "essay", "consent", "award"}

# Beyond these the walk would leave what belongs to one essay. A contest holds everybody's entries, but not one
# copy's; a category, a nomination, a criterion and an institution are shared by hundreds; a user on this side is a judge
# or an organizer. None of them says which of all entries belongs to a copy.
SHARED = {"contest", "category", "nomination", "user", "institution", "criterion", "rubric"}


def attributes(model: type[models.Model]) -> Iterator[tuple[str, type[models.Model]]]:
    """Accessors by which an object of the model leads to others: forward relations, and reverse ones that have a name."""
    for field in model._meta.get_fields(include_hidden=True):
        related = field.related_model
        if not field.is_relation or not isinstance(related, type):
            continue
        if field.auto_created and not field.concrete:
            accessor = field.get_accessor_name()
            # A hidden relation («+») puts no attribute on the other side; that is checked, not believed.
            if accessor and hasattr(model, accessor):
                yield accessor, related
        else:
            yield field.name, related


def reach(start: type[models.Model]) -> dict[str, str]:
    """Every model that objects of ``start`` lead to, with the path that got there."""
    found = {start._meta.model_name or "": start.__name__}
    waiting = deque([start])
    while waiting:
        model = waiting.popleft()
        for accessor, related in attributes(model):
            name = related._meta.model_name or ""
            if name in found:
                continue
            found[name] = f"{found[model._meta.model_name or '']}.{accessor}"
            if name not in SHARED:
                waiting.append(related)
    return found


@pytest.mark.parametrize("start", [BlindCopy, Assignment, Review, Mark, Recusal, Seat])
def test_no_path_leads_from_judging_to_an_author(start: type[models.Model]) -> None:
    paths = reach(start)

    assert {name: path for name, path in paths.items() if name in AUTHORS} == {}


def test_the_walk_sees_what_is_there() -> None:
    """A walk that cannot fail proves nothing: from an essay it does find the author."""
    from essays.entries.models import Essay

    assert {"entry", "consent", "blindcopy"} <= reach(Essay).keys()
    assert {"assignment", "review", "mark", "recusal", "seat"} <= reach(BlindCopy).keys()


@pytest.mark.parametrize("start", [BlindCopy, Assignment, Review, Mark, Recusal])
def test_no_query_name_leads_to_an_author(start: type[models.Model]) -> None:
    """``filter()`` and ``values()`` know hidden relations by no name of their own."""
    known = {model._meta.model_name: model for model in apps.get_models()}
    private = [known[name] for name in reach(start) if name in known and name not in SHARED]

    names = {field.name for model in private for field in model._meta.get_fields() if field.is_relation}

    assert private and names.isdisjoint({"essay", "essays", "entry", "entries", "consents", "award", "awards"})


def test_the_copy_is_known_by_its_essay_and_not_the_other_way_round() -> None:
    from essays.entries.models import Essay

    relation = Essay._meta.get_field("blind_copy").remote_field

    assert relation.hidden
    assert not hasattr(BlindCopy, relation.get_accessor_name())
    with pytest.raises(AttributeError):
        BlindCopy().essay  # noqa: B018
    with pytest.raises(FieldError):
        BlindCopy.objects.filter(essay__isnull=False)


def test_no_code_of_judging_follows_a_hidden_relation_by_its_plus_sign() -> None:
    """The ORM accepts «+» as a name of the last hidden relation; nobody here may write such a thing."""
    # A sign in a sentence, ("+" if …), names no relation.
    lookups = re.compile(r"""\+__\w|\(["']\+["']\s*[,)]""")
    own = "related_name="

    found = [
        f"{path}: {line.strip()}"
        for path in sorted(Path("judging").rglob("*.py"))
        for line in path.read_text().splitlines()
        if lookups.search(line) and own not in line and "migrations" not in path.parts
    ]

    assert found == []


def test_the_copy_keeps_no_time_size_name_or_hash_of_the_original() -> None:
    names = {field.name for field in BlindCopy._meta.get_fields()}
    kinds = {type(field) for field in BlindCopy._meta.get_fields()}

    assert not {models.DateTimeField, models.DateField, models.FileField} & kinds
    assert not {"size", "sha256", "original_name", "format", "created_at", "entry", "essay"} & names

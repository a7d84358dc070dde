"""What a numbered document says: the contest's design, the frozen ranking and the opened envelope."""

from django.conf import settings
from django.utils import translation

from essays.entries.models import Entry
from judging.ranking import sentences
from judging.ranking.models import Ranking
from judging.ranking.table import tone_of
from judging.results.design import Occasion, page_of, shortened
from judging.results.diploma import Wording
from judging.results.models import Award, Diploma, DocumentDesign


def wording_of(diploma: Diploma, design: DocumentDesign | None) -> Wording:
    """The document's words, in the product's first language whatever the reader's is: a document is one.

    ``diploma`` comes with its award, entry, institution, row, announcement, ranking and contest; ``design`` is the
    contest's own, None for the built-in words.
    """
    award = diploma.award
    announcement = award.announcement
    entry = award.entry
    with translation.override(settings.LANGUAGE_CODE):
        cell = announcement.ranking.cell(award.row.cell)
        holder = names_of(diploma)
        return page_of(
            Occasion(
                kind=diploma.kind,
                number=diploma.number,
                holder=holder,
                printed_name=diploma.printed_name,
                author=entry.full_name,
                belongs="" if diploma.kind == Diploma.Kind.THANKS else _belongs(entry),
                award=award_of(diploma),
                tone=tone_of(award.award_key, award.row.award_place),
                place=award.row.award_place or 0,
                essay=entry.title,
                category=cell["category"]["name_ru"],
                nomination=str(entry.nomination),
                day=announcement.at.astimezone(announcement.contest.zone).date(),
            ),
            announcement.contest,
            design,
        )


def award_of(diploma: Diploma) -> str:
    """«Prize-winner, place 2», in the active language; empty for one who took part without an award."""
    return award_in(diploma.award.announcement.ranking, diploma.award)


def award_in(ranking: Ranking, award: Award) -> str:
    return sentences.of_award(ranking.award_name(award.award_key), award.row.award_place)


def holder_of(diploma: Diploma) -> str:
    """Whose document it is: the author, or the mentor who is thanked."""
    return " ".join(part for part in names_of(diploma) if part)


def names_of(diploma: Diploma) -> tuple[str, str, str]:
    """Surname, given name and patronymic of the one whose document it is."""
    entry = diploma.award.entry
    if diploma.kind == Diploma.Kind.THANKS:
        return entry.mentor_surname, entry.mentor_given_name, entry.mentor_patronymic
    return entry.surname, entry.given_name, entry.patronymic


def _belongs(entry: Entry) -> str:
    parts = (entry.institution.short_name if entry.institution else "", entry.course)
    return shortened(", ".join(part for part in parts if part))

"""From mentions to people, from people to what is hidden and under which tag."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from essays.anonymity.folding import Folded, fold
from essays.anonymity.identity import Identity
from essays.anonymity.persons.called import NEAR, find_phrases, is_service, named_programs
from essays.anonymity.persons.cues import PERSON, Role, private_role, somebody_elses
from essays.anonymity.persons.fame import Fame, around
from essays.anonymity.persons.latin import is_plain_english, is_public_latin
from essays.anonymity.persons.mentions import Mention, find_mentions
from essays.anonymity.persons.person import Person
from essays.anonymity.persons.repeats import spread
from essays.anonymity.persons.setting import Setting
from essays.anonymity.persons.stems import given_names, surname_stem
from essays.anonymity.persons.words import is_without_capitals, read_words
from essays.anonymity.spans import Span

_OWN_NAME = re.compile(
    r"(?<!\w)(?:мо[йяюе]|мо(?:его|ему|им|ей)|наш[ауе]?|наш(?:его|ему|им|ей)|сво[яюй]|свое(?:го|му|й)) $", re.I
)
_MARRIED = re.compile(r"(?:замуж за|женат на|женил(?:ся|ась) на|женится на) $", re.I)
_IN_LOWER_CASE = 0.75
"""In a text without capitals a quarter of the people is not seen: a person should look at its copy."""
_MOST_PEOPLE = 400
NUMBERED = frozenset({PERSON.tag})
"""Tags that always carry a number; others only when the text has several of them."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A person whom a byline or another search has found at `[start, end)` of the folded text."""

    start: int
    end: int
    role: Role
    reason: str
    confidence: float


def find_people(
    folded: Folded, identity: Identity, hidden: Sequence[tuple[int, int]], seeds: Iterable[Seed] = ()
) -> list[Span]:
    """Places of private people other than those of the profile.

    `hidden` are the places (in the folded text) that are hidden already: what stands inside them is left alone.
    """
    search = _Search(folded, identity, hidden, list(seeds))
    return search.spans()


class _Search:
    def __init__(
        self, folded: Folded, identity: Identity, hidden: Sequence[tuple[int, int]], seeds: list[Seed]
    ) -> None:
        self._folded = folded
        self._text = folded.shown
        self._hidden = sorted(hidden)
        self._seeds = seeds
        self._author_surname = surname_stem(fold(identity.surname).text)
        self._author_given = given_names(fold(identity.given_name).text)
        self._words = read_words(folded)
        self._lower = is_without_capitals(self._words, self._text)
        self._setting = Setting(self._words)
        self._fame = Fame(self._setting, self._text, folded.text)

    def spans(self) -> list[Span]:
        mentions = self._mentions()
        people = self._people(mentions)
        self._fame.decide(people)
        return self._tagged(people)

    def _mentions(self) -> list[Mention]:
        found = [mention for mention in find_mentions(self._setting, self._text) if self._free(mention)]
        for seed in self._seeds:
            if not any(m.start < seed.end and seed.start < m.end for m in found) and not self._covered(
                seed.start, seed.end
            ):
                words = tuple(self._text[seed.start : seed.end].lower().split())
                found.append(
                    Mention(
                        seed.start,
                        seed.end,
                        words=words,
                        surname=surname_stem(words[0].strip(".,")),
                        confidence=seed.confidence,
                    )
                )
        found += [mention for mention in spread(self._setting, found) if self._free(mention)]
        return sorted(self._without_characters(found), key=lambda mention: mention.start)

    def _without_characters(self, found: list[Mention]) -> list[Mention]:
        """What is left when those are gone who are called by a phrase («дядя Стёпа») and programs («Алиса»)."""
        phrases = list(find_phrases(self._setting, self._text))
        left = [
            mention
            for mention in found
            if not any(start <= mention.start and mention.end <= end for start, end in phrases)
        ]
        single = [mention for mention in left if len(mention.words) == 1 and not mention.initials]
        programs = {
            surname_stem(mention.words[0])
            for mention in single
            if is_service(mention.words[0], *around(self._text, mention, NEAR, NEAR))
            and private_role(*self._around(mention)) is None
        }
        programs |= named_programs(self._setting, self._text)
        own = {surname_stem(mention.words[0]) for mention in single if private_role(*self._around(mention)) is not None}
        return [
            mention
            for mention in left
            if not (
                len(mention.words) == 1
                and surname_stem(mention.words[0]) in programs
                and (
                    surname_stem(mention.words[0]) not in own
                    or is_service(mention.words[0], *around(self._text, mention, NEAR, NEAR))
                )
            )
        ]

    def _covered(self, start: int, end: int) -> bool:
        return any(left <= start and end <= right for left, right in self._hidden)

    def _free(self, mention: Mention) -> bool:
        """Not hidden already, and not one whom the search for the author has left visible on purpose."""
        if self._covered(mention.start, mention.end):
            return False
        if (shown := self._text[mention.start : mention.end]).isascii():
            words = re.findall(r"[a-z][a-z'’-]+", shown.lower())
            plain = all(len(word.strip(".")) < 4 or is_plain_english(word) for word in words)
            if is_public_latin(words) or (plain and any(map(is_plain_english, words))):
                return False
        if mention.surname == self._author_surname and not (mention.given - self._author_given or mention.patronymic):
            return False
        alone = mention.given_only and mention.given & self._author_given
        return not (alone and private_role(*self._around(mention)) is None)

    def _around(self, mention: Mention) -> tuple[str, str]:
        return around(self._text, mention)

    def _people(self, mentions: list[Mention]) -> list[Person]:
        """Mentions gathered by person, the most telling first."""
        people: list[Person] = []
        famous: list[Person] = []
        roles: dict[int, tuple[Role | None, bool, str] | None] = {}
        for mention in mentions:
            roles[id(mention)] = self._role(mention)

        def weight(mention: Mention) -> tuple[int, int]:
            parts = bool(mention.surname) + bool(mention.given) + bool(mention.patronymic) + bool(mention.initials)
            return -parts, mention.start

        for mention in sorted(mentions, key=weight):
            cue = roles[id(mention)]
            role = cue[0] if cue else None
            if cue is None and self._fame.is_revered(mention):
                famous.append(Person([mention], mention.surname, public="a public person beside a namesake"))
                continue
            person = self._whose(mention, role, people)
            if person is None:
                if len(people) >= _MOST_PEOPLE:
                    person = people[-1]
                else:
                    person = Person()
                    people.append(person)
            person.add(mention, role)
            if cue:
                person.own = person.own or cue[1]
                person.reason = person.reason or cue[2]
        return people + famous

    def _role(self, mention: Mention) -> tuple[Role | None, bool, str] | None:
        cue = private_role(*self._around(mention))
        for seed in self._seeds:
            if seed.start < mention.end and mention.start < seed.end and (seed.role != PERSON or cue is None):
                return seed.role, True, seed.reason
        if cue and not cue[1] and mention.words and somebody_elses(self._around(mention)[0], mention.words[0]):
            cue = (PERSON, False)  # «мама Вики» is hers.
        if cue is None and _MARRIED.search(self._around(mention)[0]):
            return None, True, "whom somebody has married"
        if cue is None and mention.given_only and _OWN_NAME.search(self._around(mention)[0]):
            return None, True, "a given name after «наш», «моя»"
        return (*cue, "a name after a private cue") if cue else None

    def _whose(self, mention: Mention, role: Role | None, people: list[Person]) -> Person | None:
        fitting = [person for person in people if person.fits(mention, role)]
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        before = [person for person in fitting if any(m.start < mention.start for m in person.mentions)]
        return max(
            before or fitting, key=lambda p: max((m.start for m in p.mentions if m.start < mention.start), default=-1)
        )

    # Tags

    def _tagged(self, people: list[Person]) -> list[Span]:
        hidden = [person for person in people if not person.public]
        hidden.sort(key=lambda person: min(mention.start for mention in person.mentions))
        counts: dict[str, int] = {}
        for person in hidden:
            role = person.role or PERSON
            counts[role.tag] = counts.get(role.tag, 0) + 1
        numbers: dict[str, int] = {}
        spans: list[Span] = []
        for person in hidden:
            role = person.role or PERSON
            numbers[role.tag] = numbers.get(role.tag, 0) + 1
            numbered = role.tag in NUMBERED or counts[role.tag] > 1
            tag = f"{role.tag} {numbers[role.tag]}" if numbered else role.tag
            reason = person.reason or ("given name and patronymic" if person.patronymic else "a person nobody knows")
            for mention in person.mentions:
                confidence = 0.9 if person.role else mention.confidence
                confidence = min(confidence, _IN_LOWER_CASE) if self._lower else confidence
                left, right = self._folded.back(mention.start, mention.end)
                spans.append(Span(left, right, role.kind, tag, reason, confidence))
        return spans

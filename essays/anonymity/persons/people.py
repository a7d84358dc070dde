"""From mentions to people, from people to what is hidden and under which tag."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from essays.anonymity.folding import Folded, fold
from essays.anonymity.identity import Identity
from essays.anonymity.persons.called import find_phrases, is_service, named_programs
from essays.anonymity.persons.cues import (
    FRIEND,
    PERSON,
    Role,
    has_epithet,
    introduces,
    is_of_a_work,
    is_public,
    is_revered,
    private_role,
    somebody_elses,
)
from essays.anonymity.persons.figures import Figure, figures
from essays.anonymity.persons.latin import is_public_latin
from essays.anonymity.persons.mentions import Mention, find_mentions, spread
from essays.anonymity.persons.stems import (
    given_names,
    may_be_patronymic,
    own_given_names,
    patronymic_stem,
    surname_stem,
)
from essays.anonymity.persons.words import read_words
from essays.anonymity.spans import Span

_BEFORE, _AFTER = 90, 60
_TOPIC, _CLOSE = 120, 40
_OWN_NAME = re.compile(
    r"(?<!\w)(?:мо[йяюе]|мо(?:его|ему|им|ей)|наш[ауе]?|наш(?:его|ему|им|ей)|сво[яюй]|свое(?:го|му|й)) $", re.I
)
_POLITE = ("господин ", "господина ", "господину ", "госпожа ", "госпожи ", "госпоже ", "госпожу ")
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


@dataclass
class _Person:
    mentions: list[Mention] = field(default_factory=list)
    surname: str = ""
    given: frozenset[str] = frozenset()
    patronymic: str = ""
    initials: str = ""
    role: Role | None = None
    own: bool = False
    public: str = ""
    reason: str = ""

    def fits(self, mention: Mention, role: Role | None) -> bool:
        """Whether the mention may name this person: every part that both have must agree."""
        if mention.surname and self.surname and mention.surname != self.surname:
            return False
        if mention.given and self.given and not mention.given & self.given:
            return False
        if mention.patronymic and self.patronymic and mention.patronymic != self.patronymic:
            return False
        if role and self.role and role.tag != self.role.tag and not (mention.surname or mention.patronymic):
            return False
        if not _initials_fit(mention.initials, self.given) or not _initials_fit(self.initials, mention.given):
            return False
        if mention.initials and self.initials and mention.initials[0] != self.initials[0]:
            return False
        if self._famous(mention):
            return False
        shared = (
            (mention.surname and self.surname)
            or (mention.given and self.given)
            or (mention.patronymic and self.patronymic)
        )
        return bool(shared)

    def _famous(self, mention: Mention) -> bool:
        """Whether this is a well-known person, whom neither a given name nor имя-отчество alone can mean."""
        pairs = ((self, mention), (mention, self))
        return any(
            bool(bearer.surname)
            and not other.surname
            and not other.initials
            and any(
                not figure.weak and (not bearer.given or bearer.given & figure.given)
                for figure in figures().bearers(bearer.surname)
            )
            for bearer, other in pairs
        )

    def add(self, mention: Mention, role: Role | None) -> None:
        self.mentions.append(mention)
        self.surname = self.surname or mention.surname
        self.given = (self.given & mention.given or self.given) if self.given else mention.given
        self.patronymic = self.patronymic or mention.patronymic
        self.initials = self.initials or mention.initials
        if role and (self.role is None or self.role in (FRIEND, PERSON)):
            self.role = role


def _initials_fit(initials: str, given: frozenset[str]) -> bool:
    return not initials or not given or any(name.startswith(initials[0]) for name in given)


def _is_patronymic_of(person: _Person, figure: Figure) -> bool:
    return bool(person.given & figure.given) and any(
        name.endswith(("вич", "вн", "ьич", "ичн")) and patronymic_stem(name) == person.patronymic
        for name in figure.names[1:]
    )


def _are_initials_of(initials: str, names: tuple[str, ...]) -> bool:
    """Whether «А. С.» is Александр Сергеевич; a bearer without known names fits everything."""
    if not initials or not names:
        return True
    given = names[:-1] or names
    return any(name.startswith(initials[0]) for name in given) and (
        len(initials) < 2 or len(names) < 2 or names[-1].startswith(initials[1])
    )


def _is_called_so(person: _Person, mention: Mention, before: str) -> bool:
    """«дядя Вилли», «вожатый Тор»: kin and teachers are not famous by a single word."""
    kin = person.role is not None and person.role.kind != PERSON.kind
    return kin and len(mention.words) == 1 and introduces(before.split()[-1].lower() if before.split() else "")


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

    def spans(self) -> list[Span]:
        mentions = self._mentions()
        people = self._people(mentions)
        self._decide(people)
        return self._tagged(people)

    def _mentions(self) -> list[Mention]:
        found = [mention for mention in find_mentions(self._words, self._text) if self._free(mention)]
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
        found += [mention for mention in spread(self._words, found) if self._free(mention)]
        return sorted(self._without_characters(found), key=lambda mention: mention.start)

    def _without_characters(self, found: list[Mention]) -> list[Mention]:
        """What is left when those are gone who are called by a phrase («дядя Стёпа») and programs («Алиса»)."""
        phrases = list(find_phrases(self._words, self._text))
        left = [
            mention
            for mention in found
            if not any(start <= mention.start and mention.end <= end for start, end in phrases)
        ]
        single = [mention for mention in left if len(mention.words) == 1 and not mention.initials]
        programs = {
            surname_stem(mention.words[0])
            for mention in single
            if is_service(mention.words[0], *self._around(mention)) and private_role(*self._around(mention)) is None
        }
        programs |= named_programs(self._words, self._text)
        own = {surname_stem(mention.words[0]) for mention in single if private_role(*self._around(mention)) is not None}
        return [
            mention
            for mention in left
            if not (
                len(mention.words) == 1
                and surname_stem(mention.words[0]) in programs
                and (surname_stem(mention.words[0]) not in own or is_service(mention.words[0], *self._around(mention)))
            )
        ]

    def _covered(self, start: int, end: int) -> bool:
        return any(left <= start and end <= right for left, right in self._hidden)

    def _free(self, mention: Mention) -> bool:
        """Not hidden already, and not one whom the search for the author has left visible on purpose."""
        if self._covered(mention.start, mention.end):
            return False
        if self._text[mention.start : mention.end].isascii() and is_public_latin(mention.words):
            return False
        if mention.surname == self._author_surname and not (mention.given - self._author_given or mention.patronymic):
            return False
        alone = mention.given_only and mention.given & self._author_given
        return not (alone and private_role(*self._around(mention)) is None)

    def _around(self, mention: Mention) -> tuple[str, str]:
        line = self._text.rfind("\n", 0, mention.start) + 1
        stop = self._text.find("\n", mention.end)
        before = self._text[max(line, mention.start - _BEFORE) : mention.start]
        return before, self._text[mention.end : min(stop if stop >= 0 else len(self._text), mention.end + _AFTER)]

    def _people(self, mentions: list[Mention]) -> list[_Person]:
        """Mentions gathered by person, the most telling first."""
        people: list[_Person] = []
        famous: list[_Person] = []
        roles: dict[int, tuple[Role | None, bool, str] | None] = {}
        for mention in mentions:
            roles[id(mention)] = self._role(mention)

        def weight(mention: Mention) -> tuple[int, int]:
            parts = bool(mention.surname) + bool(mention.given) + bool(mention.patronymic) + bool(mention.initials)
            return -parts, mention.start

        for mention in sorted(mentions, key=weight):
            cue = roles[id(mention)]
            role = cue[0] if cue else None
            if cue is None and self._is_revered(mention):
                famous.append(_Person([mention], mention.surname, public="a public person beside a namesake"))
                continue
            person = self._whose(mention, role, people)
            if person is None:
                if len(people) >= _MOST_PEOPLE:
                    person = people[-1]
                else:
                    person = _Person()
                    people.append(person)
            person.add(mention, role)
            if cue:
                person.own = person.own or cue[1]
                person.reason = person.reason or cue[2]
        return people + famous

    def _is_revered(self, mention: Mention) -> bool:
        """Whether a well-known person is meant, whoever else has the name here: «канцлер Горчаков», «Пётр Великий»."""
        if mention.given_only and has_epithet(self._around(mention)[1]):
            return True
        if mention.given or mention.initials or mention.patronymic or not mention.surname:
            return False
        known = figures()
        before = self._around(mention)[0].lower()
        if mention.surname in known.ambiguous and before.endswith(_POLITE):
            return False
        return bool(known.bearers(mention.surname)) and is_revered(before, "")

    def _role(self, mention: Mention) -> tuple[Role | None, bool, str] | None:
        cue = private_role(*self._around(mention))
        for seed in self._seeds:
            if seed.start < mention.end and mention.start < seed.end and (seed.role != PERSON or cue is None):
                return seed.role, True, seed.reason
        if cue and not cue[1] and mention.words and somebody_elses(self._around(mention)[0], mention.words[0]):
            cue = (PERSON, False)  # «мама Вики» is hers.
        if cue is None and mention.given_only and _OWN_NAME.search(self._around(mention)[0]):
            return None, True, "a given name after «наш», «моя»"
        return (*cue, "a name after a private cue") if cue else None

    def _whose(self, mention: Mention, role: Role | None, people: list[_Person]) -> _Person | None:
        fitting = [person for person in people if person.fits(mention, role)]
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        before = [person for person in fitting if any(m.start < mention.start for m in person.mentions)]
        return max(
            before or fitting, key=lambda p: max((m.start for m in p.mentions if m.start < mention.start), default=-1)
        )

    # Private or public

    def _decide(self, people: list[_Person]) -> None:
        known = figures()
        works: set[str] = {work for work, pattern in known.works.items() if pattern.search(self._folded.text)}
        for person in people:
            work = None if person.public else self._public(person)
            if work is not None:
                person.public = work or "a public person"
                works.add(work)
        # «Евгений Васильевич» where Базаров is spoken of.
        stems = {surname_stem(word.text) for word in self._words if word.capital and len(word.text) > 3}
        spoken_of = [bearer for stem in stems - known.ambiguous for bearer in known.bearers(stem)]
        for person in people:
            named = person.surname or person.role or person.public or not person.patronymic
            if not named and any(_is_patronymic_of(person, bearer) for bearer in spoken_of):
                person.public = "имя-отчество of a public person"
        heroes = {name for work in works for name in known.heroes.get(work, ())}
        for person in people:
            if person.public or person.role or person.surname or person.patronymic:
                continue
            if any(surname_stem(mention.words[0]) in heroes for mention in person.mentions if mention.words):
                person.public = "a hero of a book that is spoken of"

    def _public(self, person: _Person) -> str | None:
        """The work of a hero, an empty string for other public people, None for private ones."""
        known = figures()
        if person.own:
            return None
        for mention in person.mentions:
            around = self._around(mention)
            wide = self._text[max(0, mention.start - _TOPIC) : mention.end + _TOPIC].lower()
            if _is_called_so(person, mention, around[0]) and not is_of_a_work(around[1]):
                continue
            figure = known.whole(mention.words)
            if figure is not None and (not figure.weak or mention.patronymic or known.is_topic(figure, wide)):
                return figure.work
            if mention.surname:
                for bearer in known.bearers(mention.surname):
                    if self._is_bearer(person, mention, bearer, around, wide):
                        return bearer.work
            if len(mention.words) == 1 and not mention.given:
                figure = next(iter(known.by_surname.get(surname_stem(mention.words[0]), [])), None)
                plain = surname_stem(mention.words[0]) in known.ambiguous
                if figure and len(figure.names) == 1 and (not plain or known.is_topic(figure, around[0][-_CLOSE:])):
                    return figure.work
            if len(mention.words) == 1 and mention.given and not person.role:
                singles = (one for one in known.by_any.get(surname_stem(mention.words[0]), ()) if len(one.names) == 1)
                if any(known.is_topic(one, wide) for one in singles if not one.kind.startswith("characters")):
                    return ""
            if is_of_a_work(around[1]) or (not person.role and is_public(*around, surname=bool(mention.surname))):
                return ""
        return None

    @staticmethod
    def _is_bearer(person: _Person, mention: Mention, bearer: Figure, around: tuple[str, str], wide: str) -> bool:
        """Whether a surname is the well-known bearer's: by the names beside it, by the field that is spoken of.

        `around` is the text before and after the mention, `wide` more of it.
        """
        close, after = around[0][-_CLOSE:].lower(), around[1][:_CLOSE].lower()
        names_fit = (
            not person.given
            or person.given & bearer.given
            or any(name[:4] == stem[:4] for name in person.given for stem in bearer.names[1:])
        )
        own = frozenset(name for one in person.mentions for word in one.words for name in own_given_names(word))
        if own and bearer.given and not own & bearer.given:
            return False  # «Егор Свиридов» is no Георгий.
        if not names_fit or not _are_initials_of(person.initials, bearer.names[1:]):
            return False
        known = figures()
        fathers = [name for name in bearer.names[1:] if may_be_patronymic(name)]
        told = bool(person.patronymic) and (bool(fathers) or mention.surname in known.ambiguous)
        if told and not any(patronymic_stem(name) == person.patronymic for name in fathers):
            return False
        if not person.given and not person.initials and (bearer.weak or mention.surname in known.ambiguous):
            return known.is_topic(bearer, close) or (is_revered(close, after) and not close.endswith(_POLITE))
        return not bearer.weak or known.is_topic(bearer, wide)

    # Tags

    def _tagged(self, people: list[_Person]) -> list[Span]:
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
                spans += self._spans(mention, Span(0, 0, role.kind, tag, reason, confidence))
        return spans

    def _spans(self, mention: Mention, pattern: Span) -> list[Span]:
        left, right = self._folded.back(mention.start, mention.end)
        return [replace(pattern, start=left, end=right)]

"""One person of a text: what is known of the name from all places, and in which role."""

from __future__ import annotations

from dataclasses import dataclass, field

from essays.anonymity.persons.cues import FRIEND, PERSON, Role
from essays.anonymity.persons.figures import figures
from essays.anonymity.persons.mentions import Mention
from essays.anonymity.persons.stems import surname_stem


@dataclass
class Person:
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
        if len(mention.words) > 2 and any(_differ(mention.words, one.words) for one in self.mentions):
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


def _differ(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """«Ким Чон Ир» is not «Ким Чен Ир»: of two names in three words one must hold the other."""
    mine, theirs = set(map(surname_stem, words)), set(map(surname_stem, others))
    return len(others) > 2 and not (mine <= theirs or theirs <= mine)


def _initials_fit(initials: str, given: frozenset[str]) -> bool:
    return not initials or not given or any(name.startswith(initials[0]) for name in given)

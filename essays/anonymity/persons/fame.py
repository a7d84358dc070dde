"""Private or public: which people of a text are well known, and stay."""

from __future__ import annotations

import re

from essays.anonymity.persons.at_hand import is_at_hand
from essays.anonymity.persons.cues import PERSON, WRITES, has_epithet, introduces, is_of_a_work, is_public
from essays.anonymity.persons.cues import is_revered as is_called_revered
from essays.anonymity.persons.figures import Figure, figures
from essays.anonymity.persons.heroes import (
    is_hero_by_father,
    is_hero_by_rare_name,
    is_on_sign,
    is_portrayed,
    is_title_by_writer,
    is_told_by_deed,
    near,
)
from essays.anonymity.persons.mentions import Mention
from essays.anonymity.persons.person import Person
from essays.anonymity.persons.setting import Setting
from essays.anonymity.persons.stems import (
    may_be_patronymic,
    own_given_names,
    patronymic_stem,
    surname_count,
    surname_stem,
    usual_given_names,
)

_BEFORE, _AFTER, _TOPIC, _CLOSE, _NEAR = 90, 60, 120, 40, 400
_OF_WRITER = re.compile(r"\w+(?:[оеё]ва|ина|ого|[бвгджзклмнпрстфхцчшщй]а|[^а]я)")
_AT_A_WRITER = re.compile(r"(?<!\w)(?:у (\w+) (?:есть |был[аи]? |же |даже |вот |тоже |про ){0,2}|(\w+) про )$")
_AT_A_WRITER_BEHIND = re.compile(r" у ([А-ЯЁ][а-яё]+(?:ого|а|я))(?!\w)")
# «Егор Летов, да, у нас и такой есть»
_HERE_TOO = re.compile(r",?(?: да,)? (?:у нас|в нашем классе) (?:тоже |и такой |такой тоже |и свой |свой )")
# «Людмила из окошка 5» is nobody's heroine, whatever book is spoken of.
_AT_WORK = re.compile(
    r" (?:из|с) (?:\w+ )?(?:окошк|окн|отдел|регистратур|мфц|класс|групп|параллел|парт|касс|деканат|почт)"
)
_EVERYDAY = 1500
"""Bearers in the list of names that make a surname anybody's, whatever is spoken of."""
# «Вова Третьяк» is no Владислав, «Алексей Пушкин» no Александр.
_MANY_NAMES = frozenset(("влад", "алек", "вале", "стан"))
_POLITE = ("господин ", "господина ", "господину ", "госпожа ", "госпожи ", "госпоже ", "госпожу ")


def around(text: str, mention: Mention, before: int = _BEFORE, after: int = _AFTER) -> tuple[str, str]:
    """The text before and after a mention, within its line; at most so many characters."""
    line = text.rfind("\n", 0, mention.start) + 1
    stop = text.find("\n", mention.end)
    left = text[max(line, mention.start - before) : mention.start]
    return left, text[mention.end : min(stop if stop >= 0 else len(text), mention.end + after)]


def _is_patronymic_of(person: Person, figure: Figure) -> bool:
    return bool(person.given & figure.given) and any(
        name.endswith(("вич", "вн", "ьич", "ичн")) and patronymic_stem(name) == person.patronymic
        for name in figure.names[1:]
    )


def _is_called_plainly(person: Person) -> bool:
    """«Пётр Андреич», «Иван Иваныч»: so one calls a master or a teacher, not whom a book tells of."""
    return any(one.patronymic and one.words[-1].endswith(("еич", "аич", "ыч")) for one in person.mentions)


def _are_initials_of(initials: str, names: tuple[str, ...]) -> bool:
    """Whether «А. С.» is Александр Сергеевич; a bearer without known names fits everything."""
    if not initials or not names:
        return True
    given = names[:-1] or names
    return any(name.startswith(initials[0]) for name in given) and (
        len(initials) < 2 or len(names) < 2 or names[-1].startswith(initials[1])
    )


def _is_called_so(person: Person, mention: Mention, before: str) -> bool:
    """«дядя Вилли», «вожатый Тор»: kin and teachers are not famous by a single word."""
    kin = person.role is not None and person.role.kind != PERSON.kind
    return kin and len(mention.words) == 1 and introduces(before.split()[-1].lower() if before.split() else "")


def _spoken_of_near(mention: Mention, works: dict[str, list[int]]) -> list[str]:
    """The books whose titles or heroes stand near a mention: the author's friend Наташа is no Ростова a page on."""
    return [work for work, places in works.items() if any(abs(place - mention.start) <= _NEAR for place in places)]


class Fame:
    """`text` has the case of the original, `plain` is folded; both are of one length."""

    def __init__(self, setting: Setting, text: str, plain: str) -> None:
        self._setting = setting
        self._text = text
        self._plain = plain

    def _around(self, mention: Mention) -> tuple[str, str]:
        return around(self._text, mention)

    def is_revered(self, mention: Mention) -> bool:
        """Whether a well-known person is meant, whoever else has the name here: «канцлер Горчаков», «Пётр Великий»."""
        if mention.given_only and has_epithet(self._around(mention)[1]):
            return True
        known = figures()
        if (
            len(mention.words) == 2
            and mention.surname not in known.ambiguous
            and _OF_WRITER.fullmatch(mention.words[1])
        ):
            # «Ася Тургенева», «Олеся Куприна»: a hero by the book's author.
            before, after = self._around(mention)
            writes = WRITES.match(after) is not None
            writer = any(
                bearer.kind.startswith("writers") and (writes or known.is_topic(bearer, f"{before} {after}".lower()))
                for bearer in known.bearers(mention.surname)
            )
            return writer and any(surname_stem(mention.words[0]) in names for names in known.heroes.values())
        if mention.given or mention.initials or mention.patronymic or not mention.surname:
            return False
        before = self._around(mention)[0].lower()
        if mention.surname in known.ambiguous and before.endswith(_POLITE):
            return False
        return bool(known.bearers(mention.surname)) and is_called_revered(before, "")

    def decide(self, people: list[Person]) -> None:
        known = figures()
        works = known.works_in(self._plain)
        for person in people:
            work = None if person.public else self._public(person)
            if work is not None:
                person.public = work or "a public person"
                works.setdefault(work, []).extend(mention.start for mention in person.mentions)
        # «Евгений Васильевич» where Базаров is spoken of.
        spoken_of = [bearer for stem in self._spoken_of() - known.ambiguous for bearer in known.bearers(stem)]
        for person in people:
            named = person.surname or person.role or person.own or person.public or not person.patronymic
            named = named or _is_called_plainly(person)
            if not named and any(_is_patronymic_of(person, bearer) for bearer in spoken_of):
                person.public = "имя-отчество of a public person"
        for person in people:
            if person.public or person.role or person.own or person.surname or not person.patronymic:
                continue
            pairs = [one for one in person.mentions if len(one.words) == 2 and not _is_called_plainly(person)]
            if any(
                is_hero_by_father(one.words, *self._around(one), near(self._plain, one.start, one.end)) for one in pairs
            ) or any(
                frozenset(map(surname_stem, one.words)) <= frozenset(figure.names)
                for one in pairs
                for work in _spoken_of_near(one, works)
                for figure in known.fathers.get(work, ())
            ):
                person.public = "имя-отчество of a hero of a book that is spoken of"
        self._beside(people)
        for person in people:
            if person.public or person.role or person.own or person.surname or person.patronymic:
                continue
            if any(_AT_WORK.match(self._around(mention)[1]) for mention in person.mentions):
                continue
            if any(
                surname_stem(mention.words[0]) in known.heroes.get(work, ())
                for mention in person.mentions
                if mention.words
                for work in _spoken_of_near(mention, works)
            ):
                person.public = "a hero of a book that is spoken of"

    def _spoken_of(self) -> set[str]:
        """Stems of the words with a capital."""
        words = zip(self._setting.words, self._setting.stems, strict=True)
        return {stem for word, stem in words if word.capital and len(word.text) > 3}

    def _beside(self, people: list[Person]) -> None:
        """«Гончаров, Островский»: an everyday surname in a row with somebody well known is the well-known one's."""
        known = figures()
        ends = {one.end for person in people if person.public for one in person.mentions}
        starts = {one.start for person in people if person.public for one in person.mentions}
        for person in people:
            alone = not (person.public or person.role or person.own or person.given or person.initials)
            if not alone or not known.bearers(person.surname):
                continue
            if any(self._joins(one, starts, ends) for one in person.mentions):
                person.public = "in a row with a public person"

    def _joins(self, one: Mention, starts: set[int], ends: set[int]) -> bool:
        """Whether «, » or « и » is all between a mention and one of the places that start or end there."""
        for between in (", ", " и "):
            before, after = one.start - len(between), one.end + len(between)
            if before in ends and self._text[before : one.start] == between:
                return True
            if after in starts and self._text[one.end : after] == between:
                return True
        return False

    def _public(self, person: Person) -> str | None:
        """The work of a hero, an empty string for other public people, None for private ones."""
        known = figures()
        if person.own:
            return None
        for mention in person.mentions:
            around = self._around(mention)
            wide = self._text[max(0, mention.start - _TOPIC) : mention.end + _TOPIC].lower().replace("ё", "е")
            if _is_called_so(person, mention, around[0]) and not is_of_a_work(around[1]):
                continue
            if _HERE_TOO.match(around[1]):
                return None
            figure = known.whole(mention.words)
            told = mention.patronymic and mention.surname
            if figure is not None and (not figure.weak or told or known.is_topic(figure, wide, whole=True)):
                return figure.work
            if figure is not None and not person.role and is_told_by_deed(figure, mention.surname, *around):
                return figure.work
            if mention.surname:
                for bearer in known.bearers(mention.surname):
                    if self._is_bearer(person, mention, bearer, around, wide):
                        return bearer.work
            alone = all(len(one.words) == 1 for one in person.mentions)
            if alone and self._is_no_name_of_here(person, mention):
                figure = known.single(mention.words[0])
                plain = surname_stem(mention.words[0]) in known.ambiguous
                if figure and (not plain or known.is_topic(figure, around[0][-_CLOSE:])):
                    return figure.work
            if len(mention.words) == 1 and mention.given and not person.role:
                singles = (one for one in known.by_any.get(surname_stem(mention.words[0]), ()) if len(one.names) == 1)
                if any(known.is_topic(one, wide) for one in singles if not one.kind.startswith("characters")):
                    return ""
                if alone and is_hero_by_rare_name(mention.words[0], *around, wide):
                    return ""
                if is_on_sign(mention.words[0], around[0]) or is_title_by_writer(*around):
                    return ""
            if mention.given_only and not person.role and self._is_of_a_writer(mention, around[0]):
                return ""
            if (at := _AT_A_WRITER_BEHIND.match(around[1])) and self._is_hero(mention, at[1]):
                return ""  # «Давыдов у Шолохова»
            if is_of_a_work(around[1]) or (not person.role and is_public(*around, surname=bool(mention.surname))):
                return ""
        return None

    def _is_no_name_of_here(self, person: Person, mention: Mention) -> bool:
        """Whether a single word is no given name, or one of the peoples’ that nobody near bears: «Чингисхан»."""
        if not mention.given or usual_given_names(mention.words[0]):
            return not mention.given
        return person.role is None and not any(is_at_hand(*self._around(one)) for one in person.mentions)

    @staticmethod
    def _is_hero(mention: Mention, writer: str) -> bool:
        known = figures()
        names = known.by_any.get(surname_stem(mention.words[-1]), ()) if len(mention.words) == 1 else ()
        return any(one.kind.startswith("characters") for one in names) and any(
            bearer.kind.startswith("writers") for bearer in known.bearers(surname_stem(writer.lower()))
        )

    @staticmethod
    def _is_of_a_writer(mention: Mention, before: str) -> bool:
        """«У Тургенева есть Герасим»: a hero by the given name alone, behind the writer's."""
        known = figures()
        writer = _AT_A_WRITER.search(before.lower())
        return (
            writer is not None
            and any(bearer.kind.startswith("writers") for bearer in known.bearers(surname_stem(writer[1] or writer[2])))
            and any(surname_stem(mention.words[0]) in names for names in known.heroes.values())
        )

    def _is_bearer(self, person: Person, mention: Mention, bearer: Figure, around: tuple[str, str], wide: str) -> bool:
        """Whether a surname is the well-known bearer's: by the names beside it, by the field that is spoken of.

        `around` is the text before and after the mention, `wide` more of it.
        """
        close, after = around[0][-_CLOSE:].lower(), around[1][:_CLOSE].lower()
        names_fit = (
            not person.given
            or person.given & bearer.given
            or any(
                name[:4] == stem[:4] and name[:4] not in _MANY_NAMES
                for name in person.given
                for stem in bearer.names[1:]
            )
        )
        own = frozenset(name for one in person.mentions for word in one.words for name in own_given_names(word))
        if own and bearer.given and not own & bearer.given:
            return False  # «Егор Свиридов» is no Георгий.
        if person.initials and bearer.kind.startswith("characters") and len(bearer.names) == 1:
            return False  # «следователь Алексеева Е. В.» is in no novel.
        if not names_fit or not _are_initials_of(person.initials, bearer.names[1:]):
            return False
        known = figures()
        fathers = [name for name in bearer.names[1:] if may_be_patronymic(name)]
        told = bool(person.patronymic) and (bool(fathers) or mention.surname in known.ambiguous)
        if told and not any(patronymic_stem(name) == person.patronymic for name in fathers):
            return False
        if not person.given and not person.initials and all(word.endswith("ых") for word in mention.words):
            return False  # «Толстых» is no Толстой.
        if not person.given and not person.initials and (bearer.weak or mention.surname in known.ambiguous):
            if bearer.kind.startswith(("writers", "Altai")) and not bearer.weak and WRITES.match(after):
                return True  # «Симонов писал: «Жди меня…»
            if known.is_topic(bearer, close) or (is_called_revered(close, after) and not close.endswith(_POLITE)):
                return True
            if not bearer.weak and is_portrayed(around[0].lower()):
                return True
            # Nobody says that somebody of here is meant, and not thousands have the surname.
            if bearer.weak or any(is_at_hand(*self._around(one)) for one in person.mentions):
                return False
            return known.is_topic(bearer, wide) or surname_count(mention.surname) < _EVERYDAY
        return not bearer.weak or known.is_topic(bearer, wide)

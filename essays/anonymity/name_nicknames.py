"""What else the author is called: «Зубок» of a Зубков, «меня зовут Брюс», «Субу, у тебя …», «Бальжин-ва С.»."""

from __future__ import annotations

import re
from functools import lru_cache

from essays.anonymity.inflection import nickname_roots, roots_of_nickname
from essays.anonymity.name_forms import (
    GIVEN,
    SHORT,
    common_words,
    folded_name,
    known_given_names,
    public_figures,
)
from essays.anonymity.name_hiding import Hiding
from essays.anonymity.persons.dictionary import NOUN, OTHER, kinds
from essays.anonymity.persons.stems import is_frequent_surname, surname_stem
from essays.anonymity.transliteration import pattern as in_latin

_SHORT_INITIALS = re.compile(r" [а-я]\. ?[а-я](?:-[а-я])?\.")
_CUT_SHORT = re.compile(r"\.(?:[»\"”),;]| [а-яё])")
_CUT = re.compile(r"-([а-я]{1,3})(?![а-я])")
_OF_A_FATHER_END = re.compile(r"(?:ович|евич|овна|евна|ич|на)$")
# «Rustam o‘g‘li», «Karima qizi»
_OF_A_FATHER_IN_LATIN = re.compile(r"(?:o[^\w\s]?g[^\w\s]?l[iyu]|[qkg][iy]z[iy]|u+l[uy])(?!\w)")
_NOT_CALLED = frozenset(
    "автор участник ученик ученица студент студентка россия родина госуслуги бабушка мама папа".split()
)
# «Меня в классе зовут Ламинарий», «Для всех я Пакетик».
_NICKNAMED = re.compile(
    r"(?:(?<!\w)меня[^.!?\n]{0,30}? (?:зовут|зов[её]т|звали|прозвал[аи]?|называ\w{1,3}|дразн\w{1,4}"
    r"|окрестил\w{0,2}|кличут)(?: просто| почему-то| еще)?"
    r"|(?:зов[её]т|зовут|называ\w{1,3}|прозвал[аи]?|дразн\w{1,4}|кличут) меня"
    r"|(?:[Вв] (?:школе|классе|группе|чате|семье)|[Дд]ля (?:друзей|всех|своих)|[Дд]ома) я (?:просто )?"
    r"|(?:(?<!\w)а )?по-(?:домашнему|семейному|дружески)(?: просто)?)"
    r"[ :–—-]{1,3}[«\"]?(?P<name>[А-ЯЁ][а-яё-]+(?: [А-ЯЁ][а-яё-]+)?)"
    r"(?=[»\"]? ?(?:[,.!;:)»\"]|а |и |но |$|\n))"
)
# «Физик зовёт Ламинарий»: a nickname where it begins like the name.
_CALLED_LIKE = re.compile(
    r"(?:зов[её]т|зовут|прозвал[аи]?|дразн\w{1,4}|называ\w{1,3}|кличк\w{1,2}|прозвищ\w{1,2}|(?<!\w)ник)(?: меня)?"
    r"[ :–—«\"-]{1,4}(?P<name>[А-ЯЁ][а-яё-]+)"
)
# «Лёвушкин», «Даримкиным»: made of a name in -а or -я
_BELONGS = re.compile(r"(?<![\w-])([А-ЯЁ][а-яё]{1,14})ин(?:а|о|ы|у|е|ой|ого|ому|ым|ых|ыми|ом)?(?![\w-])")


@lru_cache(maxsize=1)
def _belongings(shown: str) -> tuple[re.Match[str], ...]:
    """They are the same for everybody who is looked for in the text."""
    return tuple(_BELONGS.finditer(shown))


class Nicknames(Hiding):
    """A search that hides nicknames of the person of `forms`; places that are taken already are told in `taken`."""

    def nicknames(self, taken: list[tuple[int, int]]) -> None:
        """Hide them all; their places are added to `taken`."""
        self._find_nicknames(taken)
        self._find_called(taken)
        self._find_cut_short(taken)
        self._find_belongings(taken)
        self._find_of_a_father(taken)

    def _find_nicknames(self, taken: list[tuple[int, int]]) -> None:
        """«Зубок» of a Зубков: a capital in the middle of a sentence, or somebody called so or spoken to."""
        surname = folded_name(self._forms.person.surname).replace(" ", "-")
        roots = frozenset(root for part in surname.split("-") for root in nickname_roots(surname_stem(part)))
        for word in self._folded.words:
            if not word.capital or word.latin or roots.isdisjoint(roots_of_nickname(word.text)):
                continue
            if word.text in known_given_names() or self._mine(word) or surname_stem(word.text) in roots:
                continue
            if any(start < word.end and word.start < end for start, end in taken):
                continue
            called = self._is_spoken_to(word.start, word.end) or self._named(word.start, word.end, word.text)
            if called or not self._begins_sentence(word.start):
                taken.append(self._hide(word.start, word.end, "a nickname from the surname", 0.75))

    def _find_called(self, taken: list[tuple[int, int]]) -> None:
        """«Меня зовут Брюс»: what the author says that others call her or him, whatever it is."""
        for match in _NICKNAMED.finditer(self._folded.shown):
            start, end = match.span("name")
            words = self._folded.text[start:end].split()
            if words[0] in known_given_names():
                continue  # Found by itself, whosever it is.
            if any(left <= start and end <= right for left, right in taken) or words[0] in _NOT_CALLED:
                continue
            if len(words) == 1 and words[0] in public_figures():  # «В классе меня зовут Фрейдом»
                continue
            taken.append(self._hide(start, end, "what the author is called", 0.8))
        names = [*self._forms.given, *self._forms.surnames, *self._forms.patronymics]
        for match in _CALLED_LIKE.finditer(self._folded.shown):
            start, end = match.span("name")
            if self._folded.text[start:end] in known_given_names():
                continue
            begins = self._folded.text[start : min(end, start + 3)]
            taken_already = any(left <= start and end <= right for left, right in taken)
            if len(begins) == 3 and not taken_already and any(name.startswith(begins) for name in names):
                taken.append(self._hide(start, end, "what the author is called", 0.8))

    def _find_belongings(self, taken: list[tuple[int, int]]) -> None:
        """«Лёвушкин экран», «по Даримкиному списку»: whose it is, where the owner's diminutive ends in -а or -я."""
        for match in _belongings(self._folded.shown):
            start, end = match.span()
            root = self._folded.text[start : match.end(1)]
            if not any(self._forms.part(root + ending) in (SHORT, GIVEN) for ending in ("ою", "ею")):
                continue
            if any(left < end and start < right for left, right in taken):
                continue
            word = self._folded.text[start:end]
            # «Машина», «Галина», «Галкин» are something else; «в Машином телефоне» is not.
            other = bool(kinds(word) & (NOUN | OTHER)) or word in known_given_names()
            other = other or is_frequent_surname(word)
            if other and (self._begins_sentence(start) or not word.endswith(("ином", "иного", "иному"))):
                continue
            taken.append(self._hide(start, end, "what belongs to the author", 0.8))

    def _find_of_a_father(self, taken: list[tuple[int, int]]) -> None:
        """«Мамед кызы» of a Мамедовна."""
        stem = _OF_A_FATHER_END.sub("", folded_name(self._forms.person.patronymic))
        latin = _OF_A_FATHER_IN_LATIN.search(self._folded.text) is not None
        if len(stem) < 3 or not stem.isalpha() or not (latin or stem in self._folded.text):
            return
        of_father = "оглы|оглу|огли|кызы|гызы|кизи|улы|уулу"
        pattern = rf"(?<!\w){stem}[аьйяе]?[ -](?:{of_father})(?!\w)"
        if latin:
            pattern += rf"|(?<!\w){in_latin(stem)}[a-z]?[ -]{_OF_A_FATHER_IN_LATIN.pattern}"
        for match in re.finditer(pattern, self._folded.text):
            taken.append(self._hide(match.start(), match.end(), "patronymic", 0.9))

    def _find_cut_short(self, taken: list[tuple[int, int]]) -> None:
        """«Субу, у тебя …» of a Субудай, «Кравч.» of a Кравченко, «Бальжин-ва»: a name that is cut short."""
        text = self._folded.text
        whole = [form for form in (*self._forms.surnames, *self._forms.given) if len(form) > 4]
        for word in self._folded.words:
            start, end = word.start, word.end
            if not word.capital or len(word.text) < 3 or word.latin or any(a < end and start < b for a, b in taken):
                continue
            if word.text not in self._forms.beginnings or self._forms.part(word.text):
                continue
            if not any(form.startswith(word.text) for form in whole):
                continue
            if len(word.text) > 3 and _CUT_SHORT.match(self._folded.shown, end):
                taken.append(self._hide(start, end, "a name cut short", 0.75))
            elif (rest := _CUT.match(text, end)) and any(
                form.startswith(word.text) and form.endswith(rest[1]) for form in self._forms.surnames
            ):
                initials = _SHORT_INITIALS.match(text, rest.end())
                taken.append(self._hide(start, (initials or rest).end(), "a name cut short", 0.75))
            elif (
                text[end : end + 1] == ","
                and self._is_spoken_to(start, end)
                and word.text not in common_words()["given_names"]
            ):
                taken.append(self._hide(start, end, "a name cut short", 0.75))

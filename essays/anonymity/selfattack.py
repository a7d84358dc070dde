"""An independent check: can the author be found in what a judge could receive?

It shares data, but on purpose no matcher with the redaction. Everything is brought to a skeleton, in which Cyrillic,
its transliterations and look-alikes fall together and vowels at the end do not count, and the skeletons of what
is known about the author are looked for in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html.parser import HTMLParser

from essays.anonymity.attack_facts import contacts, course, institution, metadata
from essays.anonymity.identity import Identity, Person
from essays.anonymity.leaks import Leak, Seen
from essays.anonymity.name_forms import common_words, short_names
from essays.anonymity.namesakes import is_somebody_else
from essays.anonymity.skeletons import is_form, one_edit, skeleton, stem

__all__ = ["Leak", "find_leaks"]


def find_leaks(text_or_html: str, identity: Identity, metadata_strings: Iterable[str] = ()) -> list[Leak]:
    """Everything in a text or HTML that points to the author; an empty list means clean.

    `metadata_strings` are the strings of the original file's metadata.
    """
    plain = _plain(text_or_html)
    leaks = _search(plain, identity, metadata_strings)
    if not leaks and plain != text_or_html:
        # What a parser of HTML passes over («<a Иванова>», an unfinished tag) is looked at as it stands.
        leaks = _search(text_or_html, identity, metadata_strings)
    unique = {(leak.start, leak.end, leak.kind): leak for leak in leaks}
    return sorted(unique.values(), key=lambda leak: (leak.start, leak.end, leak.kind))


def _search(text: str, identity: Identity, metadata_strings: Iterable[str]) -> list[Leak]:
    seen = Seen(text)
    names = _Names(seen)
    leaks = [
        *names.person(identity.author, "author"),
        *contacts(seen, identity),
        *institution(seen, identity),
        *course(seen, identity),
        *metadata(seen, metadata_strings),
    ]
    for person, kind in ((identity.mentor, "mentor"), (identity.guardian, "guardian")):
        if person is not None and person.surname:
            leaks.extend(names.surname(person.surname, kind))
            leaks.extend(names.by_father(person, kind))
    return leaks


@lru_cache(maxsize=1024)
def _shorts(whole: str) -> frozenset[str]:
    """Stems of the short names of a given name, and of the long ones where it is short itself, in skeletons."""
    longer = {stem(skeleton(full)) for full, names in short_names().items() if whole in map(skeleton, names)}
    return frozenset(longer if len(whole) > 3 else ()) | frozenset(
        stem(skeleton(short))
        for full, names in short_names().items()
        if skeleton(full) == whole
        for short in names
        if len(short) > 2 and short not in common_words()["given_names"] and short not in _NOT_NAMES
    )


class _Content(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.values: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.values.extend(value for name, value in attrs if value and name not in ("class", "role"))
        if tag in ("p", "li", "br", "tr", "td", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"):
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.values.append(data)


def _plain(source: str) -> str:
    if not re.search(r"</?[a-zA-Z][^<>]*>", source):
        return source
    content = _Content()
    content.feed(source)
    content.close()
    return "".join(content.text) + "\n" + "\n".join(content.values)


# «Ринатик», «Василинка», «Нелличка»: what is put behind a given name in fondness, in skeleton letters.
_FOND = re.compile(
    r"(?:[aeiou]?[4w]?k[aeiou]{0,2}|4?ik[aeiou]{0,2}|[aeiou]w[aeiou]{1,2}"
    r"|[aeiou]w?en?k[aeiou]{1,2}|ul[aeiou]{1,2})"
)


class _Names:
    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._words = seen.words
        self._text = seen.text

    def person(self, person: Person, kind: str) -> Iterator[Leak]:
        yield from self.surname(person.surname, kind, person.given_name, person.patronymic)
        yield from self._signed(person, kind)
        yield from self.by_father(person, kind)
        root, whole = stem(skeleton(person.given_name)), skeleton(person.given_name)
        shorts = _shorts(whole)
        shortest = 0 if self._seen.cased else 3  # «денег» is no Деня, where nobody wrote capitals.
        for form, indices in self._seen.alike((root, whole, *shorts)):
            own = form == whole or is_form(form, root, 3)
            fond = len(root) > 3 and form.startswith(root) and _FOND.fullmatch(form, len(root))
            if not own and not fond and not any(is_form(form, short, 2) for short in shorts if len(short) > shortest):
                continue
            for index in indices:
                word = self._words[index]
                small = not word.text[0].isupper() and (self._seen.cased or len(whole) < 5)
                if word.text.lower() in _NOT_NAMES or len(word.text) < 2 or small:
                    continue
                if self._alone(index) and not is_somebody_else(self._seen, index, surname=False):
                    yield self._seen.leak(f"{kind}: given name" if own else f"{kind}: diminutive", word.start, word.end)

    def _signed(self, person: Person, kind: str) -> Iterator[Leak]:
        """The initials alone on the last line, in either order."""
        line = re.search(r"(?:^|\n)\W*([^\W\d_])\. ?([^\W\d_])\.\W*$", self._text)
        if line and {line[1], line[2]} in (
            {person.given_name[:1], other} for other in (person.surname[:1], person.patronymic[:1])
        ):
            yield self._seen.leak(f"{kind}: initials", line.start(1), line.end(2))

    def by_father(self, person: Person, kind: str) -> Iterator[Leak]:
        """Given name and patronymic side by side, in any case and any letters."""
        root, middle = stem(skeleton(person.given_name)), stem(skeleton(person.patronymic))
        if len(root) < 2 or len(middle) < 4:
            return
        firsts = [i for form, indices in self._seen.alike([root]) if is_form(form, root, 3) for i in indices]
        for index in firsts:
            if index + 1 == len(self._words):
                continue
            word, after = self._words[index], self._words[index + 1]
            if after.start - word.end > 2:
                continue
            # «Нарек Ашотыч» and «Нарек Ашотович» begin alike; «Расул Гамзатов» is no «Расул Гамзатович».
            whole = is_form(after.skeleton, middle, 3)
            begun = not whole and after.skeleton.startswith(middle[: max(4, len(middle) - 4)])
            if begun and is_somebody_else(self._seen, index + 1, surname=True):
                continue
            if whole or begun:
                if self._before_figure(index):
                    continue  # «Александр Сергеевич Пушкин», where the mentor is Александр Сергеевич.
                yield self._seen.leak(f"{kind}: given name and patronymic", word.start, after.end)

    def _before_figure(self, index: int) -> bool:
        around = [place for place in (index - 1, index + 2) if 0 <= place < len(self._words)]
        return any(
            self._words[place].text[0].isupper() and is_somebody_else(self._seen, place, surname=True)
            for place in around
        )

    def surname(self, surname: str, kind: str, given_name: str = "", patronymic: str = "") -> Iterator[Leak]:
        """The surname in any form; of a compound one each part."""
        initials = given_name[:1] + patronymic[:1] if patronymic else ""
        given = stem(skeleton(given_name))
        for part in re.findall(r"[^\W\d_]{2,}", surname):
            whole = skeleton(part)
            root = stem(whole)
            if len(root) < 3:
                # Ким, Ли, Цой: only as they stand, with a capital.
                for index in (i for form, indices in self._seen.alike([whole]) if form == whole for i in indices):
                    word = self._words[index]
                    alike = word.text[0].isupper() and len(word.text) > 1
                    if alike and not is_somebody_else(self._seen, index, surname=True):
                        yield self._seen.leak(f"{kind}: surname", word.start, word.end)
                continue
            short = len(root) < 5
            for form, indices in self._seen.skeletons():
                inside = root in form
                misspelt = len(root) > 6 and one_edit(stem(form), root)
                if not inside and not misspelt:
                    continue
                same = form.startswith(root) and (form == whole or is_form(form, root, 2 if short else 4))
                glued = form.replace(root, "", 1) if inside and len(root) >= 5 else None
                for index in indices:
                    word = self._words[index]
                    capital = word.text[0].isupper()
                    if same and (capital or not short):
                        told = self._with_given(index, given) or self._with_initials(index, initials)
                        if told or not is_somebody_else(self._seen, index, surname=True):
                            yield self._seen.leak(f"{kind}: surname", word.start, word.end)
                    elif misspelt and capital:
                        yield self._seen.leak(f"{kind}: misspelt surname", word.start, word.end)
                    elif glued is not None and _is_glued(word.text, glued, given):
                        yield self._seen.leak(f"{kind}: surname inside a word", word.start, word.end)
            if len(whole) >= 5:
                yield from self._squeezed(whole, root, kind)

    def _with_given(self, index: int, given: str) -> bool:
        """Whether the author's own given name stands beside: a full namesake of Лев Толстой is the author here."""
        around = [place for place in (index - 1, index + 1) if 0 <= place < len(self._words)]
        return len(given) > 1 and any(is_form(self._words[place].skeleton, given, 3) for place in around)

    def _with_initials(self, index: int, initials: str) -> bool:
        """Whether both of the author's own initials stand beside: «Толстой Л. А.» is not Лев Николаевич."""
        if len(initials) < 2:
            return False
        word, first, second = self._words[index], initials[0], initials[1]
        around = self._text[max(0, word.start - 8) : word.end + 8]
        return re.search(rf"(?<!\w){first}\. ?{second}\.", around) is not None

    def _squeezed(self, whole: str, root: str, kind: str) -> Iterator[Leak]:
        """The surname over several words: spaced letters, broken lines. Its first piece must begin it."""
        firsts = (
            index
            for form, indices in self._seen.alike([whole, whole[0]])
            if form and len(form) < len(root) and whole.startswith(form)
            for index in indices
        )
        for index in firsts:
            word = self._words[index]
            first, start = word.skeleton, word.start
            joined = first
            for other in self._words[index + 1 : index + len(whole) + 2]:
                gap = self._text[start : other.start]
                if len(gap) > 4 * len(whole) + 4 or re.search(r"[.!?;:,]\s", gap):
                    break
                joined += other.skeleton
                piece = self._text[start : other.end]
                told = word.text[0].isupper() or "\n" in piece or "-" in piece or len(first) == 1
                likely = len(root) > 5 and word.text[0].isupper() and is_form(joined, root, 3)
                if (told and joined == whole) or likely:
                    yield self._seen.leak(f"{kind}: surname in pieces", start, other.end)
                    break
                if not whole.startswith(joined) and not joined.startswith(root):
                    break

    def _alone(self, index: int) -> bool:
        """No capitalised neighbour: otherwise the name may be part of somebody else's."""
        start, end = self._words[index].start, self._words[index].end
        for other, step in ((index - 1, -1), (index + 1, 1)):
            if 0 <= other < len(self._words):
                word = self._words[other]
                between = self._text[word.end : start] if step < 0 else self._text[end : word.start]
                if between in (" ", "\u00a0", ". ", ".") and word.text[0].isupper() and self._inside(other):
                    return False
        return True

    def _inside(self, index: int) -> bool:
        """Whether a word stands inside a sentence, where a capital means a name."""
        word = self._words[index]
        before = self._text[max(0, word.start - 3) : word.start].strip()
        if len(word.text) == 1:
            return self._text[word.end : word.end + 1] == "."  # «Я», «И» are no initials.
        return bool(before) and before[-1] not in ".!?…»"


_NOT_NAMES = frozenset(
    "или они она оно иль ели ела им аня ну но на не ни да до так те то та эти эта это этот ты мы вы все всё".split()
) - {"аня"}


def _is_glued(word: str, rest: str, given: str) -> bool:
    """Whether a word that contains a surname's stem is a login or names written together, and not «Петровка»."""
    mixed = not all("а" <= c <= "я" or c == "ё" for c in word.lower())
    return mixed or (not word.isupper() and word[1:] != word[1:].lower()) or (len(given) > 1 and given in rest)

"""The demo essays: front matter and text of essays/NN-slug.md. Pure."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from demo.markup import Block, notes_of, plain, read_blocks
from demo.roster import HERE, Sex

Category = Literal["a", "b", "c", "d"]
Nomination = Literal["first", "family", "portal"]

FENCE = "+++\n"
LATIN = str.maketrans(
    dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
)


@dataclass(frozen=True)
class DemoEssay:
    """One essay and its author. Optional keys (`mentor`) may be left out of the front matter.

    `category`: a – grades 7–9, b – grades 10–11, c – college, d – university. `nomination`: first, family, portal.
    `institution` and `mentor` are keys of the roster. `quality` is 1 (weak) … 5 (excellent). `leaks` names what
    `demo.files.build` plants in the file besides what the text itself gives away.
    """

    key: str
    number: int
    title: str
    category: Category
    nomination: Nomination
    surname: str
    given_name: str
    patronymic: str
    sex: Sex
    birth_year: int
    institution: str
    course: str
    format: str
    leaks: tuple[str, ...]
    dissemination: bool
    quality: int
    source: str
    mentor: str | None = None

    @property
    def full_name(self) -> str:
        return f"{self.surname} {self.given_name} {self.patronymic}"

    @property
    def email(self) -> str:
        """The author's address, as the essay itself may name it: surname.x@example.org."""
        surname, given_name = (name.lower().translate(LATIN) for name in (self.surname, self.given_name))
        return f"{surname}.{given_name[0]}@example.org"

    @property
    def phone(self) -> str:
        """The author's telephone, as the essay itself may name it."""
        return f"+7 (000) 000-00-{self.number + 50}"

    @property
    def blocks(self) -> tuple[Block, ...]:
        return read_blocks(self.source)

    @property
    def text(self) -> str:
        """The text without markup, a line end between blocks, footnotes at the end."""
        blocks = self.blocks
        return "\n".join([*(block.text for block in blocks), *(plain(note) for note in notes_of(blocks))])


def read_essay(key: str, content: str) -> DemoEssay:
    """Read one file. `key` is its name without suffix: NN-slug. Raises ValueError if the front matter is not fenced."""
    opening, fence, rest = content.partition(FENCE)
    matter, second_fence, source = rest.partition(FENCE)
    if opening or not fence or not second_fence:
        raise ValueError(f"{key}: no front matter between +++ lines")
    fields: dict[str, Any] = tomllib.loads(matter)
    fields["leaks"] = tuple(fields["leaks"])
    return DemoEssay(key=key, number=int(key[:2]), source=source.strip(), **fields)


@cache
def _essays() -> tuple[DemoEssay, ...]:
    files = sorted((HERE / "essays").glob("[0-9][0-9]-*.md"))
    return tuple(read_essay(file.stem, file.read_text(encoding="utf-8")) for file in files)


def load_essays() -> list[DemoEssay]:
    """All demo essays in the order of their numbers."""
    return list(_essays())

"""An essay written by hand and photographed page by page, as a pupil without a computer hands it in. Pure.

The pages are drawn: blue ink on ruled paper, every letter a little out of line. The same essay gives the same pages.
"""

import io
from collections.abc import Iterator
from functools import cache
from random import Random

from PIL import Image, ImageDraw, ImageFont

from demo.roster import HERE, load_roster
from demo.texts import DemoEssay

HAND = HERE.parent / "judging" / "results" / "fonts" / "Literata-Italic.ttf"
SIZE = (1000, 1414)
MARGIN, FIRST_LINE, BETWEEN, LETTERS = 70, 90, 35, 24
# Nobody writes a letter the same way twice in a row.
WAYS = 5
LINES = (SIZE[1] - FIRST_LINE - 60) // BETWEEN
PAPER, RULE, RED, INK = (246, 242, 231), (196, 208, 224), (222, 170, 165), (38, 54, 120)
TABLE = (120, 108, 92)


def photographs(essay: DemoEssay, most: int) -> list[tuple[str, bytes]]:
    """Names and JPEGs of the pages, in order, at most so many. The first begins with who wrote it, as teachers ask for."""
    lines = list(_lines(essay, _font()))
    pages = [lines[begin : begin + LINES] for begin in range(0, len(lines), LINES)]
    chance = Random(essay.key)
    return [(f"IMG_{2041 + number}.jpg", _page(page, _font(), chance)) for number, page in enumerate(pages[:most])]


def _lines(essay: DemoEssay, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    place = load_roster().institutions[essay.institution]
    yield f"{essay.surname} {essay.given_name}, {essay.course},"
    yield place.short_name
    yield ""
    for block in essay.blocks:
        line = "    "
        for word in block.text.split():
            if font.getlength(f"{line} {word}") > SIZE[0] - 2 * MARGIN:
                yield line
                line = word
            else:
                line = f"{line} {word}" if line.strip() else line + word
        yield line


def _page(lines: list[str], font: ImageFont.FreeTypeFont, chance: Random) -> bytes:
    page = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(page)
    for number in range(LINES + 1):
        y = FIRST_LINE + number * BETWEEN + 7
        draw.line([(0, y), (SIZE[0], y + 4)], RULE, 2)
    draw.line([(MARGIN - 18, 0), (MARGIN - 22, SIZE[1])], RED, 2)
    for number, line in enumerate(lines):
        x = MARGIN + chance.uniform(-4, 8)
        for letter in line:
            if letter != " ":
                corner = (round(x - LETTERS / 2), round(FIRST_LINE + number * BETWEEN + x / 300 - LETTERS * 1.4))
                page.paste(INK, corner, _letter(letter, chance.randrange(WAYS)))
            x += font.getlength(letter) + chance.uniform(-0.5, 0.7)
    out = io.BytesIO()
    # A page never lies quite straight under a telephone.
    turned = page.rotate(chance.uniform(-0.9, 0.9), Image.Resampling.BILINEAR, fillcolor=TABLE)
    turned.save(out, "JPEG", quality=75)
    return out.getvalue()


@cache
def _letter(letter: str, way: int) -> Image.Image:
    """The mask of a letter, leaning and raised a little in each of the ways."""
    mask = Image.new("L", (LETTERS * 2, LETTERS * 2), 0)
    ImageDraw.Draw(mask).text((LETTERS // 2, LETTERS * 1.4 + way - 2), letter, 235, _font(), anchor="ls")
    return mask.rotate((way - 2) * 3.0, Image.Resampling.BICUBIC)


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(HAND), LETTERS)

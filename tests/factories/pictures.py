"""Pictures of pages for tests: drawn here, so that every pixel is known."""

import io
import random

import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

PRINTED = (
    "Летом я получала паспорт через портал Госуслуг. Сначала было страшно, потом оказалось просто.",
    "Заявление заполняется дома, за кухонным столом, а ответ приходит в телефон матери через два дня.",
    "Меня зовут Мария Ребрихина, я учусь в девятом классе и советую этот способ каждому соседу.",
)


def drawn_page(size: tuple[int, int] = (600, 800), seed: int = 1) -> Image.Image:
    """A page that looks written by hand to nobody, but has something on every line."""
    page = Image.new("RGB", size, (250, 248, 240))
    pen, chance = ImageDraw.Draw(page), random.Random(seed)
    for top in range(60, size[1] - 60, 40):
        for left in range(40, size[0] - 60, 24):
            pen.line((left, top, left + 16, top + chance.randint(-14, 14)), fill=(20, 30, 90), width=3)
    return page


def encoded(page: Image.Image, format: str = "JPEG", **options: object) -> bytes:
    output = io.BytesIO()
    page.save(output, format, **options)
    return output.getvalue()


def picture(name: str = "page.jpg", seed: int = 1) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, encoded(drawn_page(seed=seed)))


def scan(pages: int = 2) -> bytes:
    """A PDF without a text layer."""
    first, *others = [drawn_page(seed=number) for number in range(pages)]
    output = io.BytesIO()
    first.save(output, "PDF", save_all=True, append_images=others, author="Щукозерова")
    return output.getvalue()


def printed_page() -> bytes:
    """A page of print as a PNG."""
    markup = '#set page(paper: "a5")\n#set text(size: 12pt)\n' + "\n\n".join(PRINTED)
    return typst.compile(markup.encode(), format="png", ppi=200)

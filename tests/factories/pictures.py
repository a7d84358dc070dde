"""Pictures of pages for tests: drawn here, so that every pixel is known."""

import io
import random
import struct

import pillow_heif
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

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


HALVES = ((200, 30, 30), (30, 30, 200))


def two_halves(size: tuple[int, int] = (400, 300)) -> Image.Image:
    """Red on the left, blue on the right."""
    page = Image.new("RGB", size, HALVES[1])
    page.paste(HALVES[0], (0, 0, size[0] // 2, size[1]))
    return page


def canary_jpeg() -> tuple[bytes, list[str]]:
    """A photograph with a word of its own in every place that photographs have."""
    exif = Image.Exif()
    exif[315], exif[270], exif[33432] = "AuthorCanary", "SubjectCanary", "RightsCanary"
    exif[40093] = "НатальяЩукозерова".encode("utf-16-le")
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[29] = "N", "GpsCanary"
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>XmpCanary</dc:creator></x:xmpmeta>"
    content = encoded(
        two_halves(),
        exif=exif,
        comment=b"CommentCanary",
        xmp=xmp,
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + b"IccCanary",
    )
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10\x1c\x02\x50\0\x0aIptcCanary"
    block = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    jumbf = b"JP\0\x01\0\0\0\x01C2paCanary"
    block += b"\xff\xeb" + struct.pack(">H", len(jumbf) + 2) + jumbf
    words = "Author Subject Rights Gps Xmp Comment Icc Iptc C2pa Trailing".split()
    return content[:2] + block + content[2:] + b"TrailingCanary", [f"{word}Canary" for word in words]


def canary_heic(size: tuple[int, int] = (400, 300)) -> tuple[bytes, list[str]]:
    """A picture of an iPhone with a word in every place that such pictures have, and a smaller one beside it."""
    pillow_heif.register_heif_opener()
    exif = Image.Exif()
    exif[315], exif[270], exif[274] = "AuthorCanary", "SubjectCanary", 6
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>XmpCanary</dc:creator></x:xmpmeta>"
    content = encoded(
        two_halves(size),
        "HEIF",
        quality=90,
        exif=exif.tobytes(),
        xmp=xmp,
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + b"IccCanary",
        save_all=True,
        append_images=[drawn_page((320, 320))],
        primary_index=0,
    )
    return content + b"TrailingCanary", ["AuthorCanary", "SubjectCanary", "XmpCanary", "IccCanary", "TrailingCanary"]


def canary_png() -> tuple[bytes, list[str]]:
    info = PngInfo()
    info.add_text("Author", "TextCanary")
    info.add_text("Comment", "ZippedCanary", zip=True)
    info.add_itxt("Title", "InternationalCanary")
    exif = Image.Exif()
    exif[315] = "ExifCanary"
    content = encoded(two_halves(), "PNG", pnginfo=info, exif=exif)
    return content + b"TrailingCanary", [
        "TextCanary",
        "ZippedCanary",
        "InternationalCanary",
        "ExifCanary",
        "TrailingCanary",
    ]

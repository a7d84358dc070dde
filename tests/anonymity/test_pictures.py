"""Pages that come as pictures: made anew from pixels, whatever the file is and whatever it carries."""

import io
import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from essays.anonymity import bare_jpeg
from essays.anonymity.child import pages_in_child
from essays.anonymity.identity import Identity
from essays.anonymity.painting import WHOLE, clean_places, paint, turned
from essays.anonymity.picture_attack import find_leaks
from essays.anonymity.reading import Unreadable, pictures
from essays.anonymity.reading.pictures import encode, read_pages
from tests.factories.pictures import HALVES, canary_heic, canary_jpeg, canary_png, drawn_page, encoded, scan, two_halves


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg)).convert("RGB")


def close(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("made", [canary_jpeg, canary_png])
def test_nothing_but_pixels_gets_through(made: Callable[[], tuple[bytes, list[str]]]) -> None:
    content, words = made()
    # Each word stands in the upload: as it is, or packed.
    assert all(word.encode() in content for word in words if word != "ZippedCanary")

    reading = read_pages(content, "IMG_Щукозерова.jpg")

    page = reading.pages[0].jpeg
    assert bare_jpeg.size_of(page) == (400, 300)
    assert b"Canary" not in page and "Щукозерова".encode("utf-16-le") not in page
    assert reading.format == ("jpg" if made is canary_jpeg else "png")
    assert {"AuthorCanary", "CommentCanary", "НатальяЩукозерова"} <= set(reading.metadata_strings) or made is canary_png
    assert {"TextCanary", "ZippedCanary", "ExifCanary"} <= set(reading.metadata_strings) or made is canary_jpeg


def test_the_same_picture_gives_the_same_bytes_whatever_was_written_beside_it() -> None:
    plain, told = encoded(two_halves(), "PNG"), canary_png()[0]

    assert read_pages(plain, "a.png").pages == read_pages(told, "b.png").pages == read_pages(plain, "c.jpg").pages


def test_a_picture_of_an_iphone_is_made_anew_upright_and_without_a_decoder_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, words = canary_heic()
    assert all(word.encode() in content for word in words)
    (tmp_path / "upload").write_bytes(content)

    reading = pages_in_child(tmp_path / "upload", "IMG_1.HEIC")
    named_otherwise = read_pages(content, "IMG_1.jpg")

    page = reading.pages[0]
    assert (reading.format, len(reading.pages), bare_jpeg.size_of(page.jpeg)) == ("heic", 1, (300, 400))
    assert reading == named_otherwise and b"Canary" not in page.jpeg
    upright = opened(page.jpeg)
    assert close(upright.getpixel((150, 20)), HALVES[0]) and close(upright.getpixel((150, 380)), HALVES[1])
    assert {"AuthorCanary", "SubjectCanary"} <= set(reading.metadata_strings)
    monkeypatch.setattr(pictures, "reads_heic", lambda: False)
    with pytest.raises(Unreadable) as refusal:
        read_pages(content, "IMG_1.heic")
    assert refusal.value.code == "type_mismatch"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_is_put_upright(orientation: int) -> None:
    exif = Image.Exif()
    exif[274] = orientation

    page = read_pages(encoded(two_halves(), exif=exif), "a.jpg").pages[0]

    upright = opened(page.jpeg)
    assert upright.size == ((300, 400) if orientation > 4 else (400, 300))
    edges = {
        1: (0, 150), 2: (399, 150), 3: (399, 150), 4: (0, 150), 5: (150, 0), 6: (150, 0), 7: (150, 399), 8: (150, 399),
    }  # fmt: skip
    assert close(upright.getpixel(edges[orientation]), HALVES[0])


def modes() -> dict[str, tuple[str, bytes]]:
    page = two_halves()
    alpha = page.convert("RGBA")
    alpha.putalpha(Image.linear_gradient("L").resize(page.size).point(lambda grey: 255 if grey > 128 else 0))
    deep = Image.frombytes("I;16", (400, 300), struct.pack("<H", 200 << 8) * (400 * 300))
    return {
        "grey": ("a.jpg", encoded(page.convert("L"))),
        "CMYK": ("a.jpg", encoded(page.convert("CMYK"))),
        "progressive": ("a.jpg", encoded(page, progressive=True)),
        "palette": ("a.png", encoded(page.convert("P"), "PNG")),
        "alpha": ("a.png", encoded(alpha, "PNG")),
        "one bit": ("a.png", encoded(page.convert("1"), "PNG")),
        "16 bit": ("a.png", encoded(deep, "PNG")),
        "two pictures in one": ("a.jpg", encoded(page, "MPO", save_all=True, append_images=[drawn_page()])),
    }


@pytest.mark.parametrize("name", modes())
def test_every_kind_of_pixels_is_read(name: str) -> None:
    upload, content = modes()[name]

    page = read_pages(content, upload).pages[0]

    shown = opened(page.jpeg)
    assert bare_jpeg.size_of(page.jpeg) == shown.size == (400, 300)
    expected = {"grey": (80, 80, 80), "16 bit": (200, 200, 200)}.get(name, HALVES[0])
    if name == "alpha":
        assert close(shown.getpixel((20, 20)), (255, 255, 255))
    if name != "one bit":
        assert close(shown.getpixel((20, 280)), expected)


def test_a_large_photograph_is_made_smaller() -> None:
    page = read_pages(encoded(Image.new("RGB", (4000, 3000), (9, 9, 9))), "a.jpg").pages[0]

    assert (page.width, page.height) == (2000, 1500)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def gigabyte_png() -> bytes:
    """20,000 × 17,000 pixels, a gigabyte of them, in some hundred kilobytes."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 20_000, 17_000, 8, 2, 0, 0, 0))
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b"\0" * 60_001) for _ in range(1_000)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def gigapixel_jpeg() -> bytes:
    content = bytearray(encoded(two_halves()))
    place = content.find(b"\xff\xc0") + 5
    content[place : place + 4] = struct.pack(">HH", 60_000, 60_000)
    return bytes(content)


def text_bomb_png() -> bytes:
    good = encoded(two_halves(), "PNG")
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * (200 << 20), 9))
    return good[:33] + bomb + good[33:]


def vast_heic() -> bytes:
    """The sizes of its pictures say 60,000 pixels a side."""
    return re.sub(
        rb"ispe(.{4}).{8}", rb"ispe\1" + struct.pack(">II", 60_000, 60_000), canary_heic()[0], flags=re.DOTALL
    )


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "nothing": ("a.jpg", lambda: b"", "empty"),
    "a gigabyte of pixels": ("a.png", gigabyte_png, "too_many_pixels"),
    "a JPEG that says it is vast": ("a.jpg", gigapixel_jpeg, "too_many_pixels"),
    "a bomb in a text": ("a.png", text_bomb_png, "damaged"),
    "cut off": ("a.jpg", lambda: encoded(drawn_page())[:9000], "damaged"),
    "cut off PNG": ("a.png", lambda: encoded(drawn_page(), "PNG")[:2000], "damaged"),
    "only a head": ("a.jpg", lambda: b"\xff\xd8\xff\xe0", "damaged"),
    "moving": ("a.png", lambda: encoded(two_halves(), "PNG", save_all=True, append_images=[drawn_page()]), "animated"),
    "a GIF": ("a.jpg", lambda: encoded(two_halves(), "GIF"), "type_mismatch"),
    "a TIFF": ("a.png", lambda: encoded(two_halves(), "TIFF"), "type_mismatch"),
    "a HEIC that is none": ("IMG_1.jpg", lambda: b"\0\0\0\x18ftypheic" + bytes(500), "damaged"),
    "cut off HEIC": ("IMG_1.heic", lambda: canary_heic()[0][:3000], "damaged"),
    "a HEIC that says it is vast": ("IMG_1.heic", lambda: vast_heic(), "too_many_pixels"),
    "a film": ("IMG_1.heic", lambda: b"\0\0\0\x18ftypqt  " + bytes(500), "type_mismatch"),
    "SVG": ("a.png", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "type_mismatch"),
    "another name": ("a.bmp", lambda: encoded(two_halves(), "BMP"), "unsupported"),
    "a stamp": ("a.jpg", lambda: encoded(Image.new("RGB", (90, 900))), "too_small"),
    "thirteen pages": ("a.pdf", lambda: scan(13), "too_many_pages"),
    "no PDF": ("a.pdf", lambda: encoded(two_halves()), "type_mismatch"),
    "half a PDF": ("a.pdf", lambda: scan(1)[:900], "damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_picture_is_refused_within_the_limits(name: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    upload, made, code = HOSTILE[name]
    content = made()
    assert len(content) < 1 << 20
    path = tmp_path / "upload"
    path.write_bytes(content)

    with pytest.raises(Unreadable) as refusal:
        pages_in_child(path, upload)

    assert refusal.value.code == code


def test_a_picture_that_is_something_else_behind_its_end_is_only_a_picture() -> None:
    polyglot = encoded(two_halves()) + b"PK\x03\x04" + b"<script>" * 50 + b"%PDF-1.4"

    page = read_pages(polyglot, "a.jpg").pages[0].jpeg

    assert bare_jpeg.size_of(page) and not any(word in page for word in (b"PK\x03\x04", b"<script>", b"%PDF"))


def test_changed_bytes_end_as_a_page_or_a_refusal() -> None:
    import random

    chance = random.Random(20261124)
    good = {"a.jpg": canary_jpeg()[0], "a.png": canary_png()[0], "a.heic": canary_heic()[0]}
    outcomes = set()
    for round_ in range(120):
        name = ("a.jpg", "a.png", "a.heic")[round_ % 3]
        content = bytearray(good[name])
        for _change in range(chance.randint(1, 8)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            outcomes.add(bare_jpeg.size_of(read_pages(bytes(content), name).pages[0].jpeg) is not None)
        except Unreadable as refusal:
            outcomes.add(refusal.code)
    assert True in outcomes and False not in outcomes


def test_pages_of_a_scan_are_drawn_without_what_stands_beside_them(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "upload"
    path.write_bytes(scan(3))

    reading = pages_in_child(path, "скан.pdf")

    assert [(page.width, page.height) for page in reading.pages] == [(1500, 2000)] * 3
    assert (reading.format, reading.metadata_strings) == ("scan", ("Щукозерова",))
    assert reading == read_pages(path.read_bytes(), "скан.pdf")


# --- Painting ---------------------------------------------------------------------------------------------------------


def test_what_was_under_the_paint_is_gone_and_does_not_shimmer_at_its_rim() -> None:
    """Two pages that differ only under the place give the same bytes: nothing of it is left to be found."""
    secret = two_halves((640, 640))
    secret.paste((255, 255, 0), (200, 200, 300, 230))
    place = [WHOLE * 200 // 640, WHOLE * 200 // 640, WHOLE * 101 // 640, WHOLE * 31 // 640]

    painted = [paint(encode(page).jpeg, [place]) for page in (secret, two_halves((640, 640)))]

    assert painted[0] == painted[1]
    assert bare_jpeg.size_of(painted[0].jpeg) == (640, 640)
    assert opened(painted[0].jpeg).getpixel((250, 215)) == (0, 0, 0)
    assert close(opened(painted[0].jpeg).getpixel((100, 500)), HALVES[0])


def test_places_turn_with_their_page() -> None:
    page = encode(two_halves((640, 480))).jpeg
    place = [1000, 2000, 3000, 500]

    straight = opened(paint(page, [place]).jpeg)
    right = opened(paint(page, turned([place], True), 1).jpeg)
    back = turned(turned([place], True), False)

    assert back == [place]
    assert turned(turned(turned(turned([place], True), True), True), True) == [place]
    assert right.size == (480, 640)
    assert straight.getpixel((160, 108)) == (0, 0, 0)
    assert right.getpixel((480 - 108, 160)) == (0, 0, 0)
    assert close(right.getpixel((100, 100)), HALVES[0])


@pytest.mark.parametrize(
    "value",
    ["x", None, {}, [1], [[1, 2, 3]], [[1, 2, 3, "4"]], [[1.5, 2, 3, 4]], [[True, 1, 1, 1]], [[0, 0, 99, 99]] * 201],
)
def test_what_is_no_list_of_places_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="place"):
        clean_places(value)


def test_places_are_cut_to_the_page_and_slips_of_the_finger_left_out() -> None:
    assert clean_places([[-500, 9000, 1000, 5000], [100, 100, 5, 900], [20_000, 0, 50, 50]]) == [[0, 9000, 500, 1000]]


# --- The self-attack --------------------------------------------------------------------------------------------------


def test_the_attack_finds_what_is_no_pixel() -> None:
    who = Identity("Щукозерова", "Евдокия")
    clean = encode(two_halves()).jpeg

    assert find_leaks(clean, who, ["AuthorCanary"]) == []
    assert find_leaks(encoded(two_halves(), comment="Щукозерова".encode("utf-16-le")), who) == ["structure", "words"]
    assert find_leaks(clean + b"AuthorCanary", who, ["AuthorCanary"]) == ["structure", "words"]
    assert find_leaks(canary_jpeg()[0], Identity("Ледоходова", "Евдокия")) == ["structure"]


@pytest.mark.parametrize(
    "spoilt", [b"", b"\xff\xd8", b"GIF89a", encoded(two_halves(), progressive=True), canary_jpeg()[0]]
)
def test_only_a_bare_picture_has_a_size(spoilt: bytes) -> None:
    assert bare_jpeg.size_of(spoilt) is None

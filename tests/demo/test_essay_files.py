"""The demo's files: real documents that ordinary programs open, the same every time, leaking what they are told to."""

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace

import docx
import pypdf
import pytest
from odf import teletype
from odf.element import Element, Text
from odf.opendocument import load

from demo.disclosures import manuscript
from demo.files import TYPEWRITER, build
from demo.roster import load_roster
from demo.texts import load_essays

ESSAYS = load_essays()
MENTORS = load_roster().mentors
PACKAGES = [essay for essay in ESSAYS if essay.format in ("docx", "odt")]
ENCODINGS = {"txt-utf8": "utf-8", "txt-cp1251": "cp1251", "txt-koi8r": "koi8-r"}


def each(essays):
    return pytest.mark.parametrize("essay", essays, ids=lambda essay: essay.key)


def members(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: package.read(name).decode("utf-8") for name in package.namelist()}


def read_docx(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def read_odt(content: bytes) -> str:
    """The body as a reader sees it: neither deleted text nor annotations, footnotes left out."""
    body = load(io.BytesIO(content)).text
    aside = {"note", "annotation", "tracked-changes"}

    def prune(element: Element) -> None:
        for child in list(element.childNodes):
            if isinstance(child, Text):
                continue
            if child.qname[1] in aside:
                element.removeChild(child)
            else:
                prune(child)

    prune(body)
    return "\n".join(teletype.extractText(child) for child in body.childNodes)


def read_pdf(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def read(essay, content: bytes) -> str:
    if essay.format in ENCODINGS:
        return content.decode(ENCODINGS[essay.format]).replace("\r\n", "\n")
    return {"docx": read_docx, "odt": read_odt, "pdf": read_pdf}[essay.format](content)


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


@each(ESSAYS)
def test_file_opens_and_holds_the_text(essay):
    name, content = build(essay)

    found = squeeze(read(essay, content))
    expected = [block.text for block in essay.blocks]
    if essay.format == "docx" and "tracked_changes" in essay.leaks:
        index = manuscript(essay).revised_block
        expected[index] = expected[index].rpartition(" ")[0]  # python-docx does not read insertions
    if essay.format == "txt-koi8r":
        expected = [text.translate(TYPEWRITER) for text in expected]
    if essay.format == "pdf":
        expected = [" ".join(text.split()[:4]) for text in expected]  # a page may end later in the paragraph
    assert [text for text in expected if squeeze(text) not in found] == []
    assert name.endswith({"docx": ".docx", "odt": ".odt", "pdf": ".pdf"}.get(essay.format, ".txt"))


@each(ESSAYS)
def test_same_essay_gives_the_same_bytes(essay):
    assert build(essay) == build(replace(essay))


@each([essay for essay in ESSAYS if essay.format == "docx"])
def test_docx_keeps_the_structure(essay):
    paragraphs = docx.Document(io.BytesIO(build(essay)[1])).paragraphs

    def count(style: str) -> int:
        return sum(paragraph.style.name.startswith(style) for paragraph in paragraphs)

    kinds = [block.kind for block in essay.blocks]
    assert count("Heading") == kinds.count("heading")
    assert count("List Bullet") == kinds.count("bullet")
    assert count("List Number") == kinds.count("numbered")
    assert count("Quote") == kinds.count("quotation")


@each(PACKAGES)
def test_package_leaks_what_its_author_left_in_it(essay):
    parts = members(build(essay)[1])
    work = manuscript(essay)
    ending = read(essay, build(essay)[1]).strip()[-120:]
    mentor = MENTORS[essay.mentor].full_name if essay.mentor else "Учебная часть"
    comments = parts.get("word/comments.xml", parts.get("content.xml", ""))
    margins = parts.get("styles.xml", parts.get("word/header1.xml", "") + parts.get("word/footer1.xml", ""))
    body = parts.get("word/document.xml", parts.get("content.xml", ""))
    properties = parts.get("docProps/core.xml", "") + parts.get("docProps/app.xml", "") + parts.get("meta.xml", "")
    evidence = {
        "title_page": all(line in body for line in work.title_page) and essay.full_name in " ".join(work.title_page),
        "byline": work.byline is not None and work.byline in body,
        "header_footer": all(text is not None and text in margins for text in (work.header, work.footer)),
        "comments": work.remark is not None and work.remark.text in comments and mentor in comments,
        "tracked_changes": work.revision is not None and work.revision.removed in body and mentor in body,
        "properties": f"{essay.given_name} {essay.surname}" in properties,
        "hidden_text": work.hidden is not None and work.hidden in body,
        "signature": essay.given_name in ending or essay.surname in ending,
        "file_name": build(essay)[0].startswith(f"{essay.surname}_{essay.given_name}_"),
    }

    assert [leak for leak in essay.leaks if not evidence[leak]] == []


@each(PACKAGES)
def test_package_leaks_nothing_that_it_was_not_told_to(essay):
    clean = replace(essay, leaks=())

    name, content = build(clean)
    parts = members(content)
    around = "\n".join(text for part, text in parts.items() if part not in ("word/document.xml", "content.xml"))

    assert essay.surname not in name
    assert essay.surname not in around
    assert {"word/comments.xml", "word/header1.xml", "word/_rels/settings.xml.rels"} & set(parts) == set()


@each([essay for essay in ESSAYS if "pdf_info" in essay.leaks])
def test_pdf_information_names_the_author(essay):
    information = pypdf.PdfReader(io.BytesIO(build(essay)[1])).metadata

    assert information.author == f"{essay.given_name} {essay.surname}"
    assert essay.full_name in information["/Keywords"]


@each([essay for essay in ESSAYS if essay.format in ENCODINGS])
def test_plain_text_is_in_its_own_encoding_only(essay):
    content = build(essay)[1]

    if essay.format == "txt-utf8":
        assert essay.blocks[0].text[:20] in content.decode("utf-8")
    else:
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")


@pytest.mark.parametrize(("field", "value"), [("leaks", ("fingerprint",)), ("format", "doc")])
def test_unknown_plan_is_refused(field, value):
    with pytest.raises(ValueError, match="unknown"):
        build(replace(ESSAYS[0], **{field: value}))


def test_files_are_built_without_django():
    program = "import sys, demo.files, demo.texts; sys.exit('django' in sys.modules or 'celery' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

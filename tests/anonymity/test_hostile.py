"""Small files that kill parsers: each ends as a refusal, within the limits, and the process lives on."""

from __future__ import annotations

import io
import random
import sys
import textwrap
import zipfile
import zlib
from pathlib import Path

import pytest

from essays.anonymity import child
from essays.anonymity.child import read_in_child
from essays.anonymity.reading import Unreadable, read_bytes
from tests.anonymity.builders import (
    DOCX_NAMESPACES,
    ODT_NAMESPACES,
    SAMPLE,
    archive,
    docx,
    odt,
    paragraph,
    pdf,
    raw_pdf,
    run,
    shown,
)

OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def bomb(megabytes: int) -> bytes:
    return b"<x>" + b" " * (megabytes << 20) + b"</x>"


def declared_small() -> bytes:
    """A member that says it is short and is not."""
    content = bytearray(docx(parts={"word/footnotes.xml": b"0" * 5_000_000}))
    place = content.rfind(b"word/footnotes.xml") - 46
    content[place + 24 : place + 28] = (10).to_bytes(4, "little")
    return bytes(content)


def duplicate_names() -> bytes:
    output = io.BytesIO(docx())
    with zipfile.ZipFile(output, "a") as package, pytest.warns(UserWarning):
        package.writestr("word/document.xml", "<a/>")
    return output.getvalue()


def encrypted_members() -> bytes:
    content = bytearray(docx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(signature, place + 1)
    return bytes(content)


def doctype(entity: str) -> str:
    return f"<!DOCTYPE d [{entity}]><w:document {DOCX_NAMESPACES}><w:body>{paragraph('&a;')}</w:body></w:document>".replace(
        "&amp;", "&"
    )


LAUGHS = (
    '<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + '<!ENTITY a "&a11;">'
)


def with_document(xml: str) -> bytes:
    return docx(parts={"word/document.xml": xml})


def packed_twice() -> bytes:
    inner = zlib.compress(zlib.compress(b" " * 50_000_000))
    stream = b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n" % len(inner) + inner + b"\nendstream"
    return raw_pdf(shown(SAMPLE), objects=(stream,))


def packed_large() -> bytes:
    inner = zlib.compress(b" " * 120_000_000, 9)
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(inner) + inner + b"\nendstream"
    return raw_pdf(shown(SAMPLE), objects=(stream,))


def form(body: bytes, resources: str) -> bytes:
    head = f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << {resources} >> /Length {len(body)} >>\nstream\n"
    return head.encode() + body + b"\nendstream"


def form_in_itself() -> bytes:
    return raw_pdf(
        b"/X Do\n", resources="/XObject << /X 6 0 R >>", objects=(form(b"/X Do /X Do", "/XObject << /X 6 0 R >>"),)
    )


def forms_doubling() -> bytes:
    bodies = tuple(form(b"/X Do /X Do\n", f"/XObject << /X {n + 7} 0 R >>") for n in range(11))
    return raw_pdf(b"/X Do\n", resources="/XObject << /X 6 0 R >>", objects=(*bodies, form(b"/X Do /X Do " * 40, "")))


def pages_without_end() -> bytes:
    return raw_pdf(shown(SAMPLE)).replace(b"/Kids [3 0 R] /Count 1", b"/Kids [2 0 R] /Count 9")


def many_pages() -> bytes:
    return raw_pdf(shown(SAMPLE)).replace(b"/Kids [3 0 R]", b"/Kids [" + b"3 0 R " * 10_000 + b"]")


HOSTILE = {
    "zip bomb in a part": ("a.docx", docx(parts={"word/footnotes.xml": bomb(60)}), {"too_complex"}),
    "zip bomb by declaration": ("a.docx", docx(parts={f"m/{n}": bytes(24 << 20) for n in range(9)}), {"too_complex"}),
    "too many members": ("a.docx", docx(parts={f"m/{n}": "" for n in range(3001)}), {"too_complex"}),
    "a member longer than it says": ("a.docx", declared_small(), {"damaged", "too_complex"}),
    "two members of one name": ("a.docx", duplicate_names(), {"damaged"}),
    "two names but for case": ("a.docx", docx(parts={"WORD/document.xml": "<a/>"}), {"damaged"}),
    "encrypted members": ("a.docx", encrypted_members(), {"encrypted"}),
    "encrypted package": (
        "a.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
        {"encrypted"},
    ),
    "old DOC named DOCX": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), {"type_mismatch"}),
    "ODT named DOCX": ("a.docx", odt(), {"type_mismatch"}),
    "DOCX named ODT": ("a.odt", docx(), {"type_mismatch"}),
    "PDF named DOCX": ("a.docx", raw_pdf(shown(SAMPLE)), {"type_mismatch"}),
    "zip named PDF": ("a.pdf", docx(), {"type_mismatch"}),
    "PDF with a zip before it": ("a.pdf", docx() + raw_pdf(shown(SAMPLE)), {"type_mismatch"}),
    "plain zip": ("a.docx", archive({"a.txt": "text"}), {"type_mismatch"}),
    "truncated zip": ("a.docx", docx()[:-60], {"damaged"}),
    "entities that grow": ("a.docx", with_document(doctype(LAUGHS)), {"damaged", "too_complex"}),
    "external entity": ("a.docx", with_document(doctype('<!ENTITY a SYSTEM "file:///etc/passwd">')), {"damaged"}),
    "external entity in ODT": (
        "a.odt",
        odt(
            parts={
                "content.xml": f'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><office:document-content {ODT_NAMESPACES}/>'
            }
        ),
        {"damaged"},
    ),
    "UTF-7 in XML": ("a.docx", with_document('<?xml version="1.0" encoding="UTF-7"?><a/>'), {"damaged"}),
    "2,000 tables in tables": (
        "a.docx",
        docx("<w:tbl><w:tr><w:tc>" * 2000 + "</w:tc></w:tr></w:tbl>" * 2000),
        {"too_complex", "damaged"},
    ),
    "100,000 sections in sections": (
        "a.odt",
        odt("<text:section>" * 100_000 + "</text:section>" * 100_000),
        {"too_complex", "damaged"},
    ),
    "no main document": (
        "a.docx",
        docx().replace(b"word/document.xml", b"word/documenx.xml"),
        {"damaged", "type_mismatch"},
    ),
    "form in itself": ("a.pdf", form_in_itself(), {"too_complex"}),
    "forms that double": ("a.pdf", forms_doubling(), {"too_complex"}),
    "stream packed twice": ("a.pdf", packed_twice(), {"too_complex"}),
    "stream packed large": ("a.pdf", packed_large(), {"too_complex"}),
    "pages in a circle": ("a.pdf", pages_without_end(), {"damaged", "too_complex", "no_text"}),
    "10,000 pages": ("a.pdf", many_pages(), {"too_complex", "damaged"}),
    "too many letters": ("a.txt", "я".encode() * 3_000_000, {"too_complex"}),
    "too large": ("a.txt", b"x" * (26 << 20), {"too_large"}),
    "nothing": ("a.pdf", b"", {"empty"}),
}


@pytest.mark.parametrize(("name", "content", "codes"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_refused(name: str, content: bytes, codes: set[str], tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(content)

    with pytest.raises(Unreadable) as refusal:
        read_in_child(path, name)

    assert refusal.value.code in codes


HARMLESS = {
    "gridSpan of 2,000,000,000": (
        "a.docx",
        docx(
            f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>{paragraph(SAMPLE)}</w:tc></w:tr></w:tbl>'
        ),
    ),
    "two thousand million spaces": ("a.odt", odt(f"<text:p>{SAMPLE}<text:s text:c='2000000000'/></text:p>")),
    "a million repeated rows": (
        "a.odt",
        odt(
            f"<table:table><table:table-row table:number-rows-repeated='1000000'><table:table-cell table:number-columns-repeated='1000000'><text:p>{SAMPLE}</text:p></table:table-cell></table:table-row></table:table>"
        ),
    ),
    "styles in a circle": (
        "a.docx",
        docx(
            paragraph(SAMPLE, style="a"),
            styles='<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>',
        ),
    ),
    "fields without end": (
        "a.docx",
        docx(paragraph(SAMPLE) + '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'),
    ),
    "deep but allowed": (
        "a.docx",
        docx("<w:sdt><w:sdtContent>" * 100 + paragraph(SAMPLE) + "</w:sdtContent></w:sdt>" * 100),
    ),
    "a name with control characters": ("../../etc/\x00pass\x1bwd\n.docx", docx()),
    "a name as long as a page": ("я" * 5000 + ".docx", docx()),
}


@pytest.mark.parametrize(("name", "content"), HARMLESS.values(), ids=HARMLESS.keys())
def test_odd_files_are_read(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(content)

    assert read_in_child(path, name).document.text == SAMPLE


CHILDREN = {
    "stuck": ("while True: pass", 1.0, {"timeout"}),
    "asleep": ("import time; time.sleep(60)", 1.0, {"timeout"}),
    "segmentation fault": ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", 20.0, {"damaged"}),
    "abort": ("import os; os.abort()", 20.0, {"damaged"}),
    "killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", 20.0, {"too_complex"}),
    "silent": ("pass", 20.0, {"damaged"}),
    "nonsense": ("print('nonsense')", 20.0, {"damaged"}),
    "wrong object": ("print('{}')", 20.0, {"damaged"}),
    "wrong document": (
        """print('{"document": {"version": 1, "blocks": [{"block": "x"}]}, "format": "txt"}')""",
        20.0,
        {"damaged"},
    ),
    "deep answer": ("print('[' * 100000)", 20.0, {"damaged"}),
    "unknown code": ("""print('{"unreadable": "x"}')""", 20.0, {"damaged"}),
    "endless answer": ("while True: print('x' * 1000000)", 20.0, {"too_complex"}),
    "finished, then an error": ("print('{}'); raise SystemExit(3)", 20.0, {"damaged"}),
}


@pytest.mark.parametrize(("code", "seconds", "codes"), CHILDREN.values(), ids=CHILDREN.keys())
def test_whatever_the_child_does_is_a_refusal(
    code: str, seconds: float, codes: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, upload = tmp_path / "script.py", tmp_path / "upload"
    script.write_text(code, encoding="utf-8")
    upload.write_text(SAMPLE, encoding="utf-8")
    monkeypatch.setattr(child, "_SCRIPT", script)

    with pytest.raises(Unreadable) as refusal:
        read_in_child(upload, "a.txt", seconds=seconds)

    assert refusal.value.code in codes


def test_the_child_gives_up_memory_files_and_descriptors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script, upload, target = tmp_path / "script.py", tmp_path / "upload", tmp_path / "written"
    report = """
        import json, os, sys
        sys.path.insert(0, sys.argv[4]) if len(sys.argv) > 4 else None
        import importlib.util
        spec = importlib.util.spec_from_file_location("child_process", PATH)
        module = importlib.util.module_from_spec(spec); spec.loader.exec_module(module)
        module.give_up_rights(20, 1 << 30)
        seen = []
        try: bytearray(2 << 30); seen.append("memory")
        except MemoryError: pass
        try:
            with open(TARGET, "wb") as file: file.write(b"x")
            seen.append("file")
        except OSError: pass
        seen += [str(n) for n in range(3, 60) if os.path.exists(f"/proc/self/fd/{n}") and os.readlink(f"/proc/self/fd/{n}").endswith("secret")]
        print(json.dumps({"unreadable": "no_text", "detail": ",".join(seen)}))
    """
    source = textwrap.dedent(report).replace("PATH", repr(str(child._SCRIPT))).replace("TARGET", repr(str(target)))
    script.write_text("import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n" + source, encoding="utf-8")
    upload.write_text(SAMPLE, encoding="utf-8")
    monkeypatch.setattr(child, "_SCRIPT", script)

    with open(tmp_path / "secret", "w"), pytest.raises(Unreadable) as refusal:
        read_in_child(upload, "a.txt")

    assert (refusal.value.code, refusal.value.detail) == ("no_text", "")


def test_reading_in_a_child_gives_what_reading_here_gives(tmp_path: Path) -> None:
    for name, content in (("a.docx", docx()), ("a.odt", odt()), ("a.pdf", pdf(SAMPLE)), ("a.txt", SAMPLE.encode())):
        path = tmp_path / name
        path.write_bytes(content)

        assert read_in_child(path, name) == read_bytes(content, name)


def test_only_what_the_format_needs_is_imported() -> None:
    import subprocess

    code = (
        "import sys; sys.path.insert(0, '.'); from essays.anonymity.reading import read_bytes; read_bytes(b'text', 'a.txt'); "
        "print(sorted({'django', 'celery', 'lxml', 'pikepdf', 'pypdfium2', 'chardet'} & set(sys.modules)))"
    )
    root = Path(child.__file__).resolve().parents[2]

    done = subprocess.run([sys.executable, "-I", "-c", code], cwd=root, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.pdf", "a.txt", "a.rtf", "a.doc"])
def test_mutated_files_are_read_or_refused(name: str) -> None:
    """A seeded fuzz: bytes changed, cut out and doubled in good files never end in anything else."""
    good = {
        "a.docx": docx(paragraph(SAMPLE) * 5 + f"<w:tbl><w:tr><w:tc>{paragraph('x')}</w:tc></w:tr></w:tbl>"),
        "a.odt": odt(f"<text:p>{SAMPLE}</text:p>" * 5),
        "a.pdf": raw_pdf(shown(SAMPLE)),
        "a.txt": SAMPLE.encode("cp1251"),
        "a.rtf": ("{\\rtf1\\ansi\\ansicpg1251{\\info{\\author x}}\\pard " + SAMPLE + "{\\v y}\\par}").encode("cp1251"),
        "a.doc": OLE_HEAD + b"\xec\xa5" + bytes(510) + "WordDocument".encode("utf-16-le") + SAMPLE.encode("cp1251"),
    }[name]
    chance = random.Random(20261124)
    outcomes: set[str] = set()
    for _round in range(150):
        content = bytearray(good)
        for _change in range(chance.randint(1, 6)):
            place = chance.randrange(len(content))
            kind = chance.randrange(3)
            if kind == 0:
                content[place] = chance.randrange(256)
            elif kind == 1:
                del content[place : place + chance.randint(1, 30)]
            else:
                content[place:place] = content[place : place + chance.randint(1, 30)]
        try:
            outcomes.add(read_bytes(bytes(content), name).format)
        except Unreadable as refusal:
            outcomes.add(refusal.code)

    # A DOC is only looked at here: what is whole goes to a converter, or is «unsupported» without one.
    whole = "unsupported" if name == "a.doc" else name[2:]
    assert outcomes <= {whole, "damaged", "encrypted", "empty", "no_text", "too_complex", "type_mismatch"}
    assert (whole in outcomes and len(outcomes) > 1) or name == "a.txt"


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_packages_with_mutated_parts_are_read_or_refused(name: str) -> None:
    """The same inside the archive, where a checksum does not stop it: XML torn, doubled and nested."""
    body = paragraph(SAMPLE) + f"<w:tbl><w:tr><w:tc>{paragraph('x')}</w:tc></w:tr></w:tbl>" + run("y", "<w:vanish/>")
    part, build, good = {
        "a.docx": ("word/document.xml", docx, f"<w:document {DOCX_NAMESPACES}><w:body>{body}</w:body></w:document>"),
        "a.odt": (
            "content.xml",
            odt,
            (
                f"<office:document-content {ODT_NAMESPACES}><office:body><office:text><text:p>{SAMPLE}<text:s text:c='3'/>"
                "</text:p><table:table><table:table-row><table:table-cell/></table:table-row></table:table>"
                "</office:text></office:body></office:document-content>"
            ),
        ),
    }[name]
    chance = random.Random(11242026)
    pieces = [
        "<w:p>",
        "</w:p>",
        "&#0;",
        "&amp;",
        "<!--",
        "<![CDATA[",
        'w:val="9999999999"',
        "text:c='2000000000'",
        "<w:r>",
        "\x00",
        "]]>",
    ]
    outcomes: set[str] = set()
    for _round in range(120):
        xml = good
        for _change in range(chance.randint(1, 4)):
            place, length = chance.randrange(len(xml)), chance.randint(0, 40)
            kind = chance.randrange(3)
            middle = (chance.choice(pieces), "", xml[place : place + length] * 2)[kind]
            xml = xml[:place] + middle + xml[place + (length if kind else 0) :]
        try:
            outcomes.add(read_bytes(build(parts={part: xml}), name).format)
        except Unreadable as refusal:
            outcomes.add(refusal.code)

    assert outcomes <= {name[2:], "damaged", "no_text", "too_complex", "type_mismatch"}
    assert {name[2:], "damaged"} <= outcomes


def test_nothing_that_runs_inside_is_kept(tmp_path: Path) -> None:
    link = f'<w:p><w:hyperlink w:anchor="javascript:alert(1)">{run(SAMPLE)}</w:hyperlink></w:p>'

    assert "javascript" not in read_bytes(docx(link), "a.docx").document.to_json()

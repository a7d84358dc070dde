"""The demo essays as the files their authors sent: DOCX, ODT, PDF and TXT with the leaks that real ones have. Pure."""

from demo.disclosures import Manuscript, file_name, manuscript
from demo.docx_writer import write_docx
from demo.markup import notes_of, plain
from demo.odt_writer import write_odt
from demo.pdf_writer import write_pdf
from demo.texts import DemoEssay

#: What the oldest of the encodings has no sign for, in the signs of a typewriter.
TYPEWRITER = str.maketrans({"«": '"', "»": '"', "„": '"', "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "№": "N"})


def build(essay: DemoEssay) -> tuple[str, bytes]:
    """The file's name and bytes. The same essay gives the same bytes. Raises ValueError for an unknown format or leak."""
    work = manuscript(essay)
    match essay.format:
        case "docx":
            content = write_docx(work)
        case "odt":
            content = write_odt(work)
        case "pdf":
            content = write_pdf(work)
        case "txt-utf8":
            content = _plain(work).encode("utf-8")
        case "txt-cp1251":
            content = _plain(work).replace("\n", "\r\n").encode("cp1251")
        case "txt-koi8r":
            content = _plain(work).translate(TYPEWRITER).encode("koi8-r")
        case _:
            raise ValueError(f"{essay.key}: unknown format {essay.format}")
    return file_name(essay), content


def _plain(work: Manuscript) -> str:
    """The manuscript as typed into an editor: an empty line between paragraphs, list items one under another."""
    parts = ["\n".join(work.title_page), work.byline or ""]
    previous = ""
    for block in work.blocks:
        mark = {"bullet": "- ", "numbered": f"{block.number}. "}.get(block.kind, "")
        line = mark + block.text
        if mark and block.kind == previous:
            parts[-1] += "\n" + line
        else:
            parts.append(line)
        previous = block.kind
    parts.extend(f"* {plain(note)}" for note in notes_of(work.blocks))
    parts.append("\n".join(work.signature))
    return "\n\n".join(part for part in parts if part) + "\n"

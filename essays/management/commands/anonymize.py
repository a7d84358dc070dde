"""The blind copy of one file: ``manage.py anonymize essay.docx --identity identity.json``."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from essays.anonymity.copy_pdf import NoPages
from essays.anonymity.identity import IdentityError
from essays.anonymity.reading import Unreadable
from essays.anonymity.tool import anonymize, load_identity

BAD_INPUT = 2
# What a refusal means, for the person at the terminal; the codes are listed in docs/anonymity.md.
REFUSALS = {
    "empty": "it is empty",
    "too_large": "it is too large",
    "encrypted": "it is encrypted or needs a password",
    "type_mismatch": "its content is not what its name says",
    "unsupported": "files of this kind are not read",
    "no_text": "there is no text in it",
    "damaged": "it is damaged",
    "too_complex": "it asks for more than a text needs",
    "timeout": "reading it takes too long",
}


class Command(BaseCommand):
    help = "Make the blind copy of one file. Nothing is stored; no database is needed."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, required=True, help="JSON: who the author is")
        parser.add_argument("--json", action="store_true", help="print text, copy, HTML, places and warnings as JSON")
        parser.add_argument("--explain", action="store_true", help="tell each hidden place with its reason")
        parser.add_argument("--quasi", action="store_true", help="hide small places and rare posts too")
        parser.add_argument(
            "--out", type=Path, metavar="DIR", help="also write copy.html, copy.pdf, copy.txt and copy.json there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            identity = load_identity(options["identity"])
            if not path.is_file():
                self.refuse(f"{shown(path)}: no such file")
            made = anonymize(path, identity, quasi=options["quasi"])
        except IdentityError as error:
            self.refuse(str(error))
        except Unreadable as error:
            self.refuse(f"{shown(path)}: {REFUSALS[error.code]} ({error})")
        except OSError as error:
            self.refuse(f"{shown(path)}: {error.strerror or 'cannot be read'}")
        answer = json.dumps(made.to_dict(), ensure_ascii=False, indent=None)
        if options["out"]:
            try:
                write(options["out"], {"copy.txt": made.redacted, "copy.html": made.page(), "copy.json": answer})
                (options["out"] / "copy.pdf").write_bytes(made.pages())
            except NoPages:
                self.stderr.write("copy.pdf: no pages can be set of this copy", style_func=str)
            except OSError as error:
                self.refuse(f"{shown(options['out'])}: {error.strerror or 'cannot be written'}")
        self.stdout.write(answer if options["json"] else made.redacted)
        if options["explain"]:
            # With JSON on standard output the explanation must not spoil it.
            stream = self.stderr if options["json"] else self.stdout
            stream.write(made.explanation(), style_func=str)

    def refuse(self, reason: str) -> NoReturn:
        """One line, and the end."""
        self.stderr.write(" ".join(reason.split()), style_func=str)
        sys.exit(BAD_INPUT)


def shown(path: Path) -> str:
    """A path for a terminal: control characters of a hostile name are left out."""
    return "".join(character for character in str(path)[-200:] if character.isprintable())


def write(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8", errors="replace")

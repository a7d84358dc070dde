"""Translations without GNU gettext: find the strings, keep the catalogue, compile it.

    python -m config.catalogues merge [--fragments FOLDER] [--prefer-fragments] [--prune]
    python -m config.catalogues check
    python -m config.catalogues compile

English is the language of the sources and needs no catalogue. ``locale/ru`` is the translators' file and is
kept under version control; the ``.mo`` beside it is compiled at installation and is not. Fragments are JSON
files ``{"msgid": "перевод"}``, with ``"singular\\u0000plural": ["одна", "две", "пять"]`` for plurals and
``"context\\u0004msgid"`` for contexts. A translation is never dropped: one that no source uses any more is
kept as obsolete until ``--prune``. A dash between words never begins a line: ``merge`` puts a no-break space
before it, ``check`` finds where one is missing.
"""

import argparse
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import polib

from config.extraction import Message, messages_of
from config.placeholders import problems_of

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("essays", "judging", "config", "demo", "templates")
CATALOGUE = ROOT / "locale" / "ru" / "LC_MESSAGES" / "django.po"
HEADER = {
    "Project-Id-Version": "Laureate",
    "Language": "ru",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    ),
}
PLURAL_FORMS = 3
SPACE_BEFORE_DASH = re.compile(r"(?<=\S) (?=[–—] )")

Key = tuple[str, str]  # context, msgid


def sources(root: Path = ROOT) -> Iterator[Path]:
    """Every file that may hold strings, in a stable order."""
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts:
                yield path


def wanted(root: Path = ROOT) -> dict[Key, Message]:
    """Every message of the sources; raises ValueError where the same msgid has two different plurals."""
    found: dict[Key, Message] = {}
    files: dict[Key, set[str]] = defaultdict(set)
    for path in sources(root):
        name = path.relative_to(root).as_posix()
        for message in messages_of(path.read_text(encoding="utf-8"), name):
            key = (message.context, message.msgid)
            known = found.get(key)
            if known and known.plural and message.plural and known.plural != message.plural:
                raise ValueError(f"{name}: {message.msgid!r} has another plural elsewhere")
            if known is None or message.plural:
                found[key] = message
            files[key].add(name)
    return {key: message.at(sorted(files[key])) for key, message in sorted(found.items())}


def load(path: Path = CATALOGUE) -> polib.POFile:
    """The catalogue as it is, or an empty one."""
    catalogue = polib.pofile(str(path), wrapwidth=110) if path.exists() else polib.POFile(wrapwidth=110)
    catalogue.metadata = dict(HEADER)
    return catalogue


def merge(
    catalogue: polib.POFile,
    messages: dict[Key, Message],
    fragments: dict[Key, str | list[str]],
    *,
    prefer: bool,
) -> list[str]:
    """Bring ``catalogue`` to ``messages`` and fill it from ``fragments``; returns notes for a person to read.

    What stands in the catalogue wins over a fragment unless ``prefer``.
    """
    notes = []
    entries: dict[Key, polib.POEntry] = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue}
    for key, entry in entries.items():
        entry.obsolete = key not in messages
    for key, message in messages.items():
        entry = entries.get(key)
        if entry is None:
            entry = polib.POEntry(msgid=message.msgid, msgctxt=message.context or None)
            catalogue.append(entry)
        _shape(entry, message)
        entry.msgstr = with_dashes_held(entry.msgstr)
        entry.msgstr_plural = {form: with_dashes_held(text) for form, text in entry.msgstr_plural.items()}
        if key in fragments:
            notes += _fill(entry, fragments[key], prefer=prefer)
    catalogue.sort(key=lambda entry: (entry.obsolete, entry.msgctxt or "", entry.msgid))
    unused = sorted(set(fragments) - set(messages))
    notes += [f"in a fragment, but in no source: {msgid!r}" for _, msgid in unused]
    return notes


def with_dashes_held(text: str) -> str:
    """A translation whose dashes stay on the line of the word before them, as Russian is set."""
    return SPACE_BEFORE_DASH.sub("\N{NO-BREAK SPACE}", text)


def _shape(entry: polib.POEntry, message: Message) -> None:
    """Give the entry the plural and the file names of the sources (no lines: those change daily)."""
    entry.occurrences = [(name, "") for name in message.files]
    if message.plural and not entry.msgid_plural:
        entry.msgid_plural, entry.msgstr = message.plural, ""
    elif not message.plural and entry.msgid_plural:
        entry.msgid_plural, entry.msgstr_plural = "", {}
    entry.msgid_plural = message.plural
    if message.plural:
        entry.msgstr_plural = {form: entry.msgstr_plural.get(form, "") for form in range(PLURAL_FORMS)}


def _fill(entry: polib.POEntry, translation: str | list[str], *, prefer: bool) -> list[str]:
    if isinstance(translation, str) == bool(entry.msgid_plural):
        return [f"plural in one place and not in the other: {entry.msgid!r}"]
    if isinstance(translation, list) and len(translation) != PLURAL_FORMS:
        return [f"{PLURAL_FORMS} plural forms are needed: {entry.msgid!r}"]
    if isinstance(translation, list):
        new: str | dict[int, str] = {form: with_dashes_held(text) for form, text in enumerate(translation)}
    else:
        new = with_dashes_held(translation)
    old = entry.msgstr_plural if entry.msgid_plural else entry.msgstr
    empty = not any(entry.msgstr_plural.values()) if entry.msgid_plural else not entry.msgstr
    if old == new:
        return []
    if not empty and not prefer:
        return [f"the catalogue says otherwise than a fragment: {entry.msgid!r}"]
    if entry.msgid_plural:
        entry.msgstr_plural = new
    else:
        entry.msgstr = new
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    return []


def read_fragments(folder: Path) -> dict[Key, str | list[str]]:
    """All fragments of a folder, by context and msgid. The plural's msgid is dropped: the sources know it."""
    found: dict[Key, str | list[str]] = {}
    for path in sorted(folder.glob("*.json")):
        for name, translation in json.loads(path.read_text(encoding="utf-8")).items():
            context, _, msgid = name.rpartition("\u0004")
            found[(context, msgid.split("\0")[0])] = translation
    return found


def check(catalogue: polib.POFile, messages: dict[Key, Message]) -> list[str]:
    """Everything that keeps the catalogue from being complete and true; empty when all is well."""
    problems = []
    entries: dict[Key, polib.POEntry] = {
        (entry.msgctxt or "", entry.msgid): entry for entry in catalogue if not entry.obsolete
    }
    for key, message in messages.items():
        entry = entries.pop(key, None)
        where = ", ".join(message.files)
        if entry is None:
            problems.append(f"not in the catalogue: {message.msgid!r} ({where})")
        elif not entry.translated():
            problems.append(f"{'fuzzy' if entry.fuzzy else 'not translated'}: {message.msgid!r} ({where})")
        elif entry.msgid_plural != message.plural:
            problems.append(f"plural differs from the source: {message.msgid!r} ({where})")
        else:
            forms = [entry.msgstr_plural[form] for form in sorted(entry.msgstr_plural)] or [entry.msgstr]
            if entry.msgid_plural and len(forms) != PLURAL_FORMS:
                problems.append(f"{len(forms)} plural forms instead of {PLURAL_FORMS}: {message.msgid!r}")
            problems += [
                f"{problem}: {message.msgid!r} ({where})"
                for problem in problems_of(message.plural or message.msgid, forms)
            ]
            if any(form != with_dashes_held(form) for form in forms):
                problems.append(f"a dash could begin a line, merge puts that right: {message.msgid!r} ({where})")
    problems += [f"in no source any more: {msgid!r}" for _, msgid in entries]
    return problems


def compile_all(root: Path = ROOT) -> list[Path]:
    """Compile every ``.po`` that is newer than its ``.mo``; returns what was written. Whole or not at all."""
    written = []
    for source in sorted((root / "locale").rglob("*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        unfinished = target.with_suffix(f".{os.getpid()}.part")
        polib.pofile(str(source)).save_as_mofile(str(unfinished))
        unfinished.replace(target)
        written.append(target)
    return written


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m config.catalogues", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("command", choices=["merge", "check", "compile"])
    parser.add_argument("--fragments", type=Path, help="folder of JSON files to fill the catalogue from")
    parser.add_argument("--prefer-fragments", action="store_true", help="let fragments overrule the catalogue")
    parser.add_argument("--prune", action="store_true", help="drop what no source uses any more")
    options = parser.parse_args(arguments)
    if options.command == "compile":
        compile_all()
        return 0
    catalogue, messages = load(), wanted()
    if options.command == "check":
        problems = check(catalogue, messages)
        print(*problems, f"{len(messages)} messages, {len(problems)} problems", sep="\n")
        return 1 if problems else 0
    fragments = read_fragments(options.fragments) if options.fragments else {}
    notes = merge(catalogue, messages, fragments, prefer=options.prefer_fragments)
    if options.prune:
        for entry in [entry for entry in catalogue if entry.obsolete]:
            catalogue.remove(entry)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))
    waiting = [entry for entry in catalogue if not entry.obsolete and not entry.translated()]
    print(*notes, f"{len(messages)} messages, {len(waiting)} wait for a translation", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

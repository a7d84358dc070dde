"""Finding, merging, checking and compiling translations."""

import gettext
from pathlib import Path

import polib
import pytest

from config import catalogues
from config.extraction import Message, messages_of
from config.placeholders import problems_of


def found(text: str, name: str) -> list[Message]:
    return list(messages_of(text, name))


def test_python_functions_and_their_lazy_twins_are_found() -> None:
    source = """
_("Entry")
gettext_lazy("Essay")
ngettext_lazy("%(n)d page", "%(n)d pages", "n")
pgettext("verb", "Award")
translation.npgettext("of a judge", "a seat", "seats", count)
"one " + _("two") % name
other("never")
"""
    assert set(found(source, "x.py")) == {
        Message("Entry"),
        Message("Essay"),
        Message("%(n)d page", plural="%(n)d pages"),
        Message("Award", context="verb"),
        Message("a seat", plural="seats", context="of a judge"),
        Message("two"),
    }


@pytest.mark.parametrize("call", ['_(f"Hello {name}")', '_("a" + "b")', 'ngettext("one", f"{n}", n)'])
def test_what_could_never_be_looked_up_is_refused(call: str) -> None:
    with pytest.raises(ValueError, match="only a plain string"):
        found(call, "x.py")


def test_template_tags_are_found_as_django_looks_them_up() -> None:
    source = """
{% translate "Hello" %} {% trans 'Bye' as bye %} {% translate "May" context "month" %}
{% translate variable %} {{ _("Constant")|title }} {% url "x" label=_("Label") %}
{% comment %}{% translate "Silent" %}{% endcomment %}
{% blocktranslate trimmed with a=b.c %}
    Dear {{ a }},
    100% yours
{% endblocktranslate %}
{% blocktranslate count n=rows|length context "queue" %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}
"""
    assert found(source, "x.html") == [
        Message("Hello"),
        Message("Bye"),
        Message("May", context="month"),
        Message("Constant"),
        Message("Label"),
        Message("Dear %(a)s, 100%% yours"),
        Message("%(n)s row", plural="%(n)s rows", context="queue"),
    ]


def wanted(*messages: Message) -> dict[tuple[str, str], Message]:
    return {(message.context, message.msgid): message.at(["x.py"]) for message in messages}


def test_a_merge_fills_from_fragments_and_drops_nothing() -> None:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Old", msgstr="Старое"))
    catalogue.append(polib.POEntry(msgid="Kept", msgstr="Осталось"))
    notes = catalogues.merge(
        catalogue,
        wanted(Message("Kept"), Message("New"), Message("page", plural="pages"), Message("Award", context="verb")),
        {
            ("", "Kept"): "Иначе",
            ("", "New"): "Новое",
            ("", "page"): ["страница", "страницы", "страниц"],
            ("verb", "Award"): "Наградить",
            ("", "Nowhere"): "Нигде",
        },
        prefer=False,
    )
    assert {entry.msgid: entry.msgstr or entry.msgstr_plural for entry in catalogue} == {
        "Old": "Старое",
        "Kept": "Осталось",
        "New": "Новое",
        "page": {0: "страница", 1: "страницы", 2: "страниц"},
        "Award": "Наградить",
    }
    assert [entry.msgid for entry in catalogue if entry.obsolete] == ["Old"]
    assert notes == [
        "the catalogue says otherwise than a fragment: 'Kept'",
        "in a fragment, but in no source: 'Nowhere'",
    ]


def test_a_second_merge_changes_nothing(tmp_path: Path) -> None:
    messages = wanted(Message("New"), Message("page", plural="pages"))
    texts = []
    for number in range(2):
        path = tmp_path / "django.po"
        catalogue = catalogues.load(path)
        catalogues.merge(catalogue, messages, {("", "New"): "Новое"}, prefer=False)
        catalogue.save(str(path))
        texts.append(path.read_text())
        assert len(catalogue) == 2, number
    assert texts[0] == texts[1]


def test_a_dash_never_begins_a_line_of_a_translation() -> None:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Essay", msgstr="Эссе – работа — текст"))
    catalogue.append(polib.POEntry(msgid="from – to", msgstr="от – до"))
    messages = wanted(Message("Essay"), Message("from – to"), Message("page", plural="pages"))
    fragments: dict[tuple[str, str], str | list[str]] = {
        ("", "page"): ["%(n)s – одна", "%(n)s – две", "5–7 – пять"],
        ("", "from – to"): "от – до",
    }
    before = catalogues.check(catalogue, wanted(Message("Essay")))
    notes = catalogues.merge(catalogue, messages, fragments, prefer=False)
    assert "a dash could begin a line, merge puts that right: 'Essay' (x.py)" in before
    assert notes == []
    assert {entry.msgid: entry.msgstr or entry.msgstr_plural for entry in catalogue} == {
        "Essay": "Эссе\u00a0– работа\u00a0— текст",
        "from – to": "от\u00a0– до",
        "page": {0: "%(n)s\u00a0– одна", 1: "%(n)s\u00a0– две", 2: "5–7\u00a0– пять"},
    }


def test_the_check_names_everything_that_is_wrong() -> None:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Empty"))
    catalogue.append(polib.POEntry(msgid="Doubtful", msgstr="Вроде", flags=["fuzzy"]))
    catalogue.append(polib.POEntry(msgid="Gone", msgstr="Нет"))
    catalogue.append(polib.POEntry(msgid="Dear %(name)s", msgstr="Дорогой %(nam)s"))
    problems = catalogues.check(
        catalogue,
        wanted(Message("Empty"), Message("Doubtful"), Message("Absent"), Message("Dear %(name)s")),
    )
    assert problems == [
        "not translated: 'Empty' (x.py)",
        "fuzzy: 'Doubtful' (x.py)",
        "not in the catalogue: 'Absent' (x.py)",
        "translation lost %(name)s: 'Dear %(name)s' (x.py)",
        "translation invented %(nam)s: 'Dear %(name)s' (x.py)",
        "in no source any more: 'Gone'",
    ]


def test_each_plural_form_keeps_its_placeholders_and_tags() -> None:
    assert problems_of("<b>%(n)s</b> works", ["<b>%(n)s</b> работа", "<b>%(n)s</b> работы", "<b>%(n)s</b> работ"]) == []
    assert problems_of("<b>%(n)s</b> works", ["одна работа", "<b>%(n)s</b> работы", "<b>%(n)s</b> работ"]) == [
        "translation lost %(n)s, </b, <b"
    ]
    assert problems_of("{count} of {all}", ["{all} из {count}"]) == []


def test_russian_plurals_come_out_right_of_the_compiled_file(tmp_path: Path) -> None:
    folder = tmp_path / "locale" / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = catalogues.load(folder / "django.po")
    catalogues.merge(
        catalogue,
        wanted(Message("%(n)d work", plural="%(n)d works")),
        {("", "%(n)d work"): ["%(n)d работа", "%(n)d работы", "%(n)d работ"]},
        prefer=False,
    )
    catalogue.save(str(folder / "django.po"))
    assert catalogues.compile_all(tmp_path) == [folder / "django.mo"]
    assert catalogues.compile_all(tmp_path) == []
    russian = gettext.translation("django", tmp_path / "locale", languages=["ru"])
    spoken = [russian.ngettext("%(n)d work", "%(n)d works", n) % {"n": n} for n in (1, 2, 5, 11, 21, 22, 112)]
    assert spoken == [
        "1 работа", "2 работы", "5 работ", "11 работ", "21 работа", "22 работы", "112 работ",
    ]  # fmt: skip

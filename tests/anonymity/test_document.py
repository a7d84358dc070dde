"""The document: offsets, replacing, JSON."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essays.anonymity.document import (
    Document,
    Footnote,
    Heading,
    LineBreak,
    ListItem,
    NoteMark,
    Paragraph,
    Quote,
    Table,
    Tag,
    Text,
    Title,
    paragraphs,
)

letters = st.text(alphabet="абвгд XYZ.,-«»ё", min_size=1, max_size=12)
inline = st.one_of(
    st.builds(Text, letters, st.booleans(), st.booleans()),
    st.just(LineBreak()),
    st.builds(NoteMark, st.integers(1, 99)),
    st.builds(Tag, st.sampled_from(["ШКОЛА", "УЧАСТНИК"])),
)
inlines = st.lists(inline, max_size=5).map(tuple)
block = st.one_of(
    st.builds(Title, inlines),
    st.builds(Heading, inlines, st.integers(1, 6)),
    st.builds(Paragraph, inlines),
    st.builds(ListItem, inlines, st.booleans(), st.integers(1, 6)),
    st.builds(Quote, inlines),
    st.builds(Footnote, inlines, st.integers(1, 99)),
    st.builds(Table, st.lists(st.lists(inlines, max_size=3).map(tuple), max_size=3).map(tuple)),
)
documents = st.lists(block, max_size=6).map(lambda blocks: Document(tuple(blocks)))


@given(documents)
def test_json_goes_there_and_back(document: Document) -> None:
    assert Document.from_json(document.to_json()) == document


@given(documents, st.data())
def test_replacing_keeps_everything_outside_the_place(document: Document, data: st.DataObject) -> None:
    plain = Document(tuple(b for b in document.blocks if not isinstance(b, Table)))
    text = plain.text
    if len(text) < 2:
        return
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text)))

    copy = plain.replace_spans([(start, end, "Ж")]).text

    def bare(string: str) -> str:
        for known in ("[ШКОЛА]", "[УЧАСТНИК]", "[Ж]", "\n"):
            string = string.replace(known, "")
        return string

    inside_tag = any(text[max(0, i - 9) : i + 9].count("[") for i in (start, end))
    if not inside_tag:
        assert bare(copy) == bare(text[:start]) + bare(text[end:])


def test_text_counts_breaks_cells_and_rows() -> None:
    table = Table((((Text("а"),), (Text("б"), LineBreak(), Text("в"))), ((Text("г"),),)))
    document = Document((Paragraph((Text("один"), NoteMark(1), Text("два"))), table, Footnote((Text("н"),), 1)))

    assert document.text == "одиндва\nа\tб\nв\nг\nн"
    assert (document.characters, document.words) == (12, 6)


def test_a_tag_takes_the_place_of_split_runs() -> None:
    document = Document((Paragraph((Text("я Ива"), Text("но", strong=True), Text("ва тут"))),))

    assert document.replace_spans([(2, 9, "УЧАСТНИК")]).blocks == (
        Paragraph((Text("я "), Tag("УЧАСТНИК"), Text(" тут"))),
    )


def test_a_tag_over_paragraphs_stands_once_and_empty_paragraphs_go() -> None:
    document = paragraphs(["первая", "вторая", "третья"])

    assert document.replace_spans([(3, 14, "Ж")]).text == "пер[Ж]\nтретья"


def test_footnote_marks_survive_inside_a_replaced_place() -> None:
    document = Document((Paragraph((Text("аб"), NoteMark(1), Text("вг"))), Footnote((Text("н"),), 1)))

    assert document.replace_spans([(1, 3, "Ж")]).blocks[0] == Paragraph((Text("а"), Tag("Ж"), NoteMark(1), Text("г")))


@pytest.mark.parametrize("spans", [[(3, 2, "a")], [(1, 1, "a")], [(0, 3, "a"), (2, 4, "b")], [(-1, 2, "a")]])
def test_spans_out_of_order_are_an_error(spans: list[tuple[int, int, str]]) -> None:
    with pytest.raises(ValueError, match="spans"):
        paragraphs(["текст"]).replace_spans(spans)


@pytest.mark.parametrize(
    "source",
    [
        "[]",
        "{}",
        '{"version": 2, "blocks": []}',
        '{"version": 1, "blocks": {}}',
        '{"version": 1, "blocks": [{"block": "script", "inlines": []}]}',
        '{"version": 1, "blocks": [{"block": "paragraph", "inlines": [5]}]}',
        '{"version": 1, "blocks": [{"block": "paragraph", "inlines": ["a\\nb"]}]}',
        '{"version": 1, "blocks": [{"block": "paragraph", "inlines": [["a", "x"]]}]}',
        '{"version": 1, "blocks": [{"block": "paragraph", "inlines": [{"note": true}]}]}',
        '{"version": 1, "blocks": [{"block": "heading", "inlines": [], "level": 7}]}',
        '{"version": 1, "blocks": [{"block": "item", "inlines": [], "level": 1, "ordered": 1}]}',
        "[" * 100000,
        "nonsense",
    ],
)
def test_json_is_not_trusted(source: str) -> None:
    with pytest.raises(ValueError):
        Document.from_json(source)

"""People's decisions about places, and what both sides of the redaction desk are made of."""

import re
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from essays.anonymity.composing import compose, from_data, to_data
from essays.anonymity.decisions import BY_A_PERSON, Decision, carried, decide, everywhere, occurrences, snapped
from essays.anonymity.desk_rendering import to_desk_html
from essays.anonymity.document import Document, Footnote, Heading, LineBreak, ListItem, NoteMark, Paragraph, Table, Text
from essays.anonymity.identity import Identity
from essays.anonymity.placing import (
    copy_of,
    in_original,
    numbered,
    original_of,
    origins,
    places,
    with_doubts,
)
from essays.anonymity.spans import Span, settle
from essays.anonymity.word_forms import WordForms

TEXT = "Мама Алёна и Маша. Алена Петрова звонит: маша, иди! В школе № 7 Маша пишет о Пушкине."
FOUND = (
    Span(5, 10, "relative", "МАМА", "a name after a private cue", 0.9),
    Span(19, 32, "person", "ЧЕЛОВЕК 1", "a person nobody knows", 0.9),
    Span(TEXT.index("Пушкине"), TEXT.index("Пушкине") + 7, "person", "ЧЕЛОВЕК 2", "a person nobody knows", 0.9),
)


def at(words: str, *, hide: bool, whole: bool = False, kind: str = "hidden", nth: int = 0) -> Decision:
    start, end = list(occurrences(TEXT, words))[nth]
    return Decision(start, end, hide, TEXT[start:end], kind, whole)


def copy(*decisions: Decision, text: str = TEXT, found: tuple[Span, ...] = FOUND) -> str:
    document = Document((Paragraph((Text(text),)),))
    return document.replace_spans([(one.start, one.end, one.tag) for one in decide(text, found, decisions)]).text


def test_without_decisions_the_engine_has_its_way():
    assert decide(TEXT, FOUND, ()) == FOUND


def test_a_place_is_shown_here_and_an_equal_one_elsewhere_stays_hidden():
    text, found = (
        "Маша и Маша.",
        (
            Span(0, 4, "person", "ЧЕЛОВЕК 1", "", 0.9),
            Span(7, 11, "person", "ЧЕЛОВЕК 1", "", 0.9),
        ),
    )

    here = copy(Decision(7, 11, False, "Маша"), text=text, found=found)
    everywhere = copy(Decision(7, 11, False, "маша", whole=True), text=text, found=found)

    assert (here, everywhere) == ("[ЧЕЛОВЕК 1] и Маша.", "Маша и Маша.")


def test_what_is_hidden_everywhere_is_hidden_by_whole_words_whatever_their_case_and_ё():
    hidden = copy(at("Маша", hide=True, whole=True, kind="person"))

    assert hidden.count("[ЧЕЛОВЕК]") == 3 and "аша" not in hidden
    assert [TEXT[slice(*place)] for place in occurrences(TEXT, "алёна")] == ["Алёна", "Алена"]
    assert list(occurrences("Машары машут", "Маша")) == []


def test_nobody_elses_full_name_is_opened_by_half():
    shown = copy(at("Алёна", hide=False, whole=True))

    assert shown.startswith("Мама Алёна и Маша. [ЧЕЛОВЕК 1] звонит")


def test_later_decisions_beat_earlier_ones_and_the_engines_tag_comes_back():
    show, hide = at("Пушкине", hide=False), at("Пушкине", hide=True)

    assert "Пушкине" in copy(hide, show)
    assert copy(show, hide) == copy()


def test_a_part_of_a_place_may_be_shown_and_the_rest_stays_hidden():
    assert "[ЧЕЛОВЕК 1] Петрова звонит" in copy(at("Петрова", hide=False))


def test_a_decision_whose_words_stand_elsewhere_now_touches_nothing_at_its_old_place():
    moved = Decision(0, 4, True, "Маша")

    assert decide(TEXT, FOUND, [moved]) == FOUND


PEOPLE = (
    "Зубков из Ребрихи и Зубкова в Ребрихе. Мы ждали Зубкову с Зубковыми, ЗУБКОВ пришёл. Прохор Зубков рад. "
    "Зубок болит, паспорт паспортного стола. Ани нет, Аня тут, с Аней ушли. Волчка и Волчок."
)


def forms_of(words: str, text: str = PEOPLE) -> list[str]:
    return [text[slice(*place)] for place in WordForms(text).places(words)]


def test_the_forms_of_a_word_are_told_from_other_words():
    assert forms_of("Зубковым") == ["Зубков", "Зубкова", "Зубкову", "Зубковыми", "ЗУБКОВ", "Зубков"]
    assert forms_of("Ребриха") == ["Ребрихи", "Ребрихе"] and forms_of("паспорт") == ["паспорт"]
    assert forms_of("Ане") == ["Ани", "Аня", "Аней"] and forms_of("Волчку") == ["Волчка", "Волчок"]
    assert forms_of("Прохором Зубковым") == ["Прохор Зубков"] and forms_of("зубок") == ["Зубок"]
    assert forms_of("Иван", "Иван, Иванов, Ивану") == ["Иван", "Ивану"]
    assert forms_of("«Лицей»", "В «Лицее» и лицее") == ["«Лицее»"] and forms_of("…") == []


def test_a_word_is_hidden_and_shown_in_all_its_forms_and_what_will_change_is_known_before():
    hide = Decision(0, 6, True, "Зубков", "person", whole=True, forms=True)
    forms, hidden = WordForms(PEOPLE), decide(PEOPLE, (), [hide])
    show = replace(hide, hide=False, start=0, end=0, words="Зубковой")
    name = PEOPLE.index("Прохор Зубков")
    full = (Span(name, name + 13, "person", "ЧЕЛОВЕК 1", "", 0.9),)

    before = everywhere(forms, PEOPLE, (), "Зубков", hide=True)
    written = everywhere(forms, PEOPLE, (), "Зубков", hide=True, all_forms=False)
    after = everywhere(forms, PEOPLE, hidden, "Зубков", hide=True)
    back = everywhere(forms, PEOPLE, hidden, "Зубковой", hide=False)

    assert [PEOPLE[one.start : one.end] for one in hidden] == before == back == forms_of("Зубков")
    assert (len(before), written, after) == (6, ["Зубков", "ЗУБКОВ", "Зубков"], [])
    assert decide(PEOPLE, (), [hide, show]) == ()
    # Somebody's full name is not opened by half, and keeps its tag when a part of it is hidden everywhere.
    assert decide(PEOPLE, full, [show]) == full and full[0] in decide(PEOPLE, full, [hide])
    assert Decision.from_data(hide.to_data()) == hide


def test_decisions_of_before_there_were_forms_mean_what_they_meant():
    data = {"start": 0, "end": 6, "hide": True, "words": "Зубков", "kind": "person", "whole": True, "by": 1, "at": ""}

    hidden = decide(PEOPLE, (), [Decision.from_data(data)])

    assert [PEOPLE[one.start : one.end] for one in hidden] == ["Зубков", "ЗУБКОВ", "Зубков"]


def test_a_new_version_begins_with_the_decisions_for_the_whole_text():
    earlier = [at("Маша", hide=True, whole=True), at("Пушкине", hide=False)]

    kept = carried(earlier)

    assert [one.words for one in kept] == ["Маша"]
    assert copy(*kept, text="Новый текст: Маша.", found=()) == "Новый текст: [СКРЫТО]."


def test_a_place_that_a_person_has_shown_stays_shown_when_a_newer_engine_finds_more_around_it():
    show = at("Пушкине", hide=False)
    start = TEXT.index("о Пушкине")
    newer = (Span(start, start + len("о Пушкине"), "person", "ЧЕЛОВЕК 2", "", 0.9),)

    assert "Пушкине" in copy(show, found=newer)


def test_half_a_word_is_never_hidden():
    start = TEXT.index("Петрова")

    assert snapped(TEXT, start + 2, start + 5) == (start, start + 7)
    assert snapped(TEXT, start - 1, start + 7) == (start, start + 7)
    assert snapped(TEXT, 18, 19) == (18, 18)


def test_decisions_and_spans_come_back_from_data_as_they_were():
    decision = at("Маша", hide=True, whole=True, kind="person")

    assert Decision.from_data(decision.to_data()) == decision
    assert from_data(to_data(FOUND), TEXT) == FOUND
    # Places that were kept before tags were.
    old = [{"start": 0, "end": 4, "kind": "institution", "reason": "r", "confidence": 0.9}]
    assert from_data(old, TEXT)[0].tag == "ШКОЛА"


words = st.sampled_from(["Маша", "маша", "Алёна", "алена", "дом", "в", "№", "7", "Петрова-Водкина", "Ёж"])
texts = st.lists(words, min_size=1, max_size=30).map(" ".join)


@st.composite
def decided(draw: st.DrawFn) -> tuple[str, tuple[Span, ...], list[Decision]]:
    text = draw(texts)

    def place() -> tuple[int, int]:
        start = draw(st.integers(0, len(text) - 1))
        return start, draw(st.integers(start + 1, len(text)))

    found = settle([Span(*place(), "person", f"Т{n}", "", 0.9) for n in range(draw(st.integers(0, 5)))], text)
    decisions = []
    for _ in range(draw(st.integers(0, 6))):
        start, end = snapped(text, *place())
        decisions.append(Decision(start, end, draw(st.booleans()), text[start:end], "person", draw(st.booleans())))
    return text, found, decisions


@given(decided())
def test_places_are_sorted_and_apart_and_the_last_word_counts(case: tuple[str, tuple[Span, ...], list[Decision]]):
    text, found, decisions = case

    hidden = decide(text, found, decisions)

    assert all(one.end <= other.start for one, other in pairwise(hidden))
    assert all(0 <= one.start < one.end <= len(text) for one in hidden)
    if decisions and decisions[-1].words:
        last = decisions[-1]
        covered = {offset for span in hidden for offset in range(span.start, span.end)}
        at_last = {offset for offset in range(last.start, last.end) if text[offset].isalnum()}
        assert (at_last <= covered) if last.hide else not (at_last & covered)
        if last.hide and last.whole:
            everywhere = {o for place in occurrences(text, last.words) for o in range(*place)}
            assert everywhere <= covered


@given(decided())
def test_to_decide_twice_is_to_decide_once(case: tuple[str, tuple[Span, ...], list[Decision]]):
    text, found, decisions = case

    assert decide(text, found, [*decisions, *decisions[-1:]]) == decide(text, found, decisions)


DOCUMENT = Document(
    (
        Heading((Text("Мой "), Text("дом", strong=True)), 1),
        Paragraph((Text("Маша и"), LineBreak(), Text("Алёна", emphasis=True), NoteMark(1), Text(" пишут."))),
        ListItem((Text("7 школа"),)),
        Table((((Text("Маша"),), (Text("Ёж & <b>"),)),)),
        Footnote((Text("Петрова"),), 1),
    )
)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)), max_size=6))
def test_the_desks_copy_is_the_copy_and_knows_where_each_letter_comes_from(pairs: list[tuple[int, int]]):
    text = DOCUMENT.text
    found = settle(
        [
            Span(start, min(len(text), start + size), "person", "Т", "", 0.9)
            for start, size in pairs
            if start < len(text)
        ],
        text,
    )
    known = numbered(places(text, found, found))

    desk, plain = copy_of(DOCUMENT, known), DOCUMENT.replace_spans([(s.start, s.end, s.tag) for s in found])
    origin = origins(desk)

    assert desk.text == plain.text
    assert original_of(DOCUMENT, known).text == text
    tags = {range_ for place in known for range_ in range(place.start, place.end)}
    assert len(origin) == len(desk.text)
    assert all(desk.text[i] == text[o] for i, o in enumerate(origin) if o >= 0 and o not in tags)


def test_a_leak_in_the_copy_is_found_in_the_original_and_marked():
    text, found = (
        DOCUMENT.text,
        (Span(DOCUMENT.text.index("Маша"), DOCUMENT.text.index("Маша") + 4, "p", "Т", "", 1.0),),
    )
    known = places(text, found, found)
    copied = copy_of(DOCUMENT, known)
    start = copied.text.index("Алёна")

    place = in_original(start, start + 5, origins(copied), known)
    marked = numbered(with_doubts(text, known, [(*(place or (0, 0)), "leak", "author: given name")]))

    assert [(text[p.start : p.end], p.hidden, p.doubt) for p in marked] == [
        ("Маша", True, False),
        ("Алёна", False, True),
    ]
    html = to_desk_html(copy_of(DOCUMENT, marked), {p.number: p for p in marked}, prefix="copy")
    assert '<mark class="place place-tag"' in html and 'id="copy-place-1">[Т]</mark>' in html
    assert re.search(
        r'<em><mark class="place place-shown place-doubt" data-at="\d+" data-place="2"[^>]*>Алёна</mark>', html
    )
    assert "&lt;b&gt;" in html and "<b>" not in html


def test_what_a_person_shows_is_attacked_again():
    identity = Identity("Ребрихина", "Мария")
    original = Document((Paragraph((Text("Я Мария Ребрихина."),)),))
    found = (Span(2, 17, "participant", "УЧАСТНИК", "", 0.99),)

    clean = compose(original, "О себе", found, (), identity=identity)
    shown = compose(original, "О себе", found, (), [Decision(2, 17, False, "Мария Ребрихина")], identity=identity)

    assert (clean.text, clean.leaks, clean.places) == ("Я [УЧАСТНИК].", (), 1)
    assert shown.text == "Я Мария Ребрихина." and {leak.kind for leak in shown.leaks} >= {"author: surname"}
    assert shown.searched.startswith("О себе\n")
    assert decide(original.text, (), [Decision(2, 7, True, "Мария")])[0].reason == BY_A_PERSON

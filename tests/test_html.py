"""The page: well formed, self-contained, escaped; every mark linked; voices told apart without colour."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import get_args

import pytest

import trucewatch
from trucewatch.knowledge.load import table
from trucewatch.record import (
    MODES,
    Actor,
    ActorKind,
    Event,
    Harm,
    Loss,
    PlacePrecision,
    Record,
    ReportInfo,
    SpeechKind,
    Status,
    Voice,
)
from trucewatch.reporting.html import fragment, page
from trucewatch.reporting.marks import Mark, paragraphs, segments
from trucewatch.reporting.text import explain, report
from trucewatch.reporting.words import words

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Reader(HTMLParser):
    """Checks nesting, collects ids, links and visible text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.tags: set[str] = set()
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "title"):
            self.words.append(data)


@pytest.mark.parametrize("language", ["de", "en"])
def test_page_is_well_formed_and_all_links_lead_somewhere(handmade: Record, language: str) -> None:
    for records in ([handmade], [handmade, handmade]):
        read = Reader(page(records, language))  # type: ignore[arg-type]
        assert len(read.ids) == len(set(read.ids))
        assert all(link.startswith("#") and link[1:] in read.ids for link in read.links)
        assert {"main", "header", "nav", "aside", "article", "h2", "h3"} <= read.tags


def test_page_needs_no_script_and_no_network(handmade: Record) -> None:
    html = page([handmade])
    assert "<script" not in html and "@import" not in html and "url(" not in html
    assert not re.search(r"(?:src|href)=\"(?!#)", html)
    assert "default-src 'none'" in html
    assert 'lang="de"' in html


def test_every_event_actor_place_time_and_stretch_is_linked_both_ways(handmade: Record) -> None:
    read = Reader(page([handmade]))
    refs = [e.id for e in handmade.events] + [a.id for a in handmade.actors] + [p.id for p in handmade.places]
    refs += [f"s{n}" for n in range(1, 1 + len(handmade.speech))] + [f"t{n}" for n in range(1, 1 + len(handmade.times))]
    for ref in refs:
        assert f"r1-{ref}" in read.ids
        assert f"r1-in-{ref}" in read.ids, ref
        assert f"#r1-{ref}" in read.links


def test_the_text_is_there_whole(handmade: Record) -> None:
    html = page([handmade])
    section = html[html.index('<section class="text"') : html.index("<aside")]
    section = re.sub(r'<span class="vh">.*?</span>|<sup.*?</sup>|<a class="quote-sign".*?</a>', "", section)
    shown = "".join(Reader(section).words)
    assert "".join(shown.split()) == "".join(handmade.text.split())


def test_voices_are_told_apart_by_sign_line_and_words(handmade: Record) -> None:
    html = page([handmade])
    marks = (("●", "solid", "der Bericht selbst"), ("◐", "dashed", "laut"), ("○", "dotted", "Hörensagen"))
    for sign, line, said in marks:
        assert sign in html and line in html and said in html


def test_the_list_says_it_in_words(handmade: Record) -> None:
    shown = " ".join("".join(Reader(page([handmade])).words).split())
    for said in (
        "mindestens 33 Tote (türkische Soldaten)", "Do. 27. Februar 2020, 18 bis 24 Uhr", "nicht geschehen",
        "Hörensagen, wohl nach Russland, wiedergegeben von Kreml", "Hintergrund",
        "bis Fr. 28. Februar 2020, unbestimmt",
    ):  # fmt: skip
        assert said in shown, said
    english = " ".join("".join(Reader(page([handmade], "en")).words).split())
    assert "at least 33 dead (Turkish soldiers)" in english
    assert "according to the Kremlin" in english


def test_hostile_text_is_escaped() -> None:
    text = '<script>alert(1)</script> & "Ruhe" \ud800 <img src=x onerror=y>'
    record = Record(
        report=ReportInfo(id='x"><script>', language='de" onload="x', title=text, characters=len(text), notes=["<b>"]),
        actors=[Actor(id="a1", name="<i>x</i>", kind="group", mentions=[(0, 8), (5, 900), (3, 3)])],
        events=[
            Event(
                id="e1",
                type="STATE",
                trigger=(0, 8),
                voice=Voice(kind="hearsay", speaker="a1"),
                evidence=(0, 25),
                rule="r",
            )
        ],
    )
    record._text = text
    html = page([record])
    read = Reader(html)
    assert not {"script", "img", "i", "b"} & (read.tags - {"b"})
    assert not any(name.startswith("on") for name, _ in read.attributes)
    html.encode("utf-8")
    assert report(record).encode("utf-8", "replace")


def test_empty_record_has_a_page() -> None:
    html = page([Record(report=ReportInfo(id="x", language="de", characters=0))])
    assert "Keine Ereignisse gefunden" in html and "Der Text ist leer" in html
    Reader(html)


def test_two_events_on_the_same_words_are_both_reached(handmade: Record) -> None:
    twin = handmade.events[2].model_copy(update={"id": "e7"})
    record = handmade.model_copy(update={"events": [*handmade.events, twin]})
    record._text = handmade.text
    read = Reader(page([record]))
    assert "r1-in-e3" in read.ids and "r1-in-e7" in read.ids


def test_segments_cut_at_every_boundary_and_lose_nothing() -> None:
    text = "abcdefghij\n\nklmno"
    marks = [Mark(1, 5, "actor", "a1"), Mark(3, 8, "evidence", "e1", "hearsay"), Mark(4, 14, "speech", "s1")]
    rows = list(segments(text, marks))
    assert [text[row[0].start : row[-1].end] for row in rows] == ["abcdefghij", "klmno"]
    for row in rows:
        assert all(a.end == b.start for a, b in pairwise(row))
        for segment in row:
            assert {m.ref for m in segment.marks} == {
                m.ref for m in marks if m.start < segment.end and segment.start < m.end
            }


def test_paragraphs_leave_out_white_space() -> None:
    assert paragraphs("  a\nb \r\n\r\n\n c\n") == [(2, 5), (12, 13)]
    assert paragraphs(" \n\n ") == []


def test_notebooks_show_the_record() -> None:
    record = trucewatch.read("Kiew (dpa) - Die Waffenruhe hält.")
    html = record._repr_html_()
    assert html == fragment(record)
    Reader(html)
    assert "<html" not in html


def test_terminal_text_and_explanation(handmade: Record) -> None:
    plain = report(handmade)
    assert "\x1b" not in plain and "laut Kreml" in plain and "mindestens 33 Tote" in plain
    assert "\x1b[" in report(handmade, colour=True)
    why = explain(handmade, handmade.events[2])
    assert "attack-noun" in why and "»Donnerstagabend«" in why and "counted group" in why


@pytest.mark.parametrize(
    ("start", "end", "precision", "german", "english"),
    [
        ("2020-02-28", "2020-02-29", "day", "Fr. 28. Februar 2020", "Fri 28 February 2020"),
        ("2020-02-01", "2020-03-01", "month", "Februar 2020", "February 2020"),
        ("2020-01-01", "2021-01-01", "year", "2020", "2020"),
        ("1990-01-01", "2000-01-01", "longer", "1990 bis 1999", "1990 to 1999"),
        ("2020-02-24", "2020-03-02", "week", "Woche ab Mo. 24. Februar 2020", "week of Mon 24 February 2020"),
        ("2020-02-27T22:00", "2020-02-28T06:00", "part_of_day", "Do. 27. Februar 2020, 22 bis Fr. 28. Februar 2020 6 Uhr",
         "Thu 27 February 2020, 22:00 to Fri 28 February 2020 6:00"),
        ("2020-02-27T14:30", "2020-02-27T14:31", "minute", "Do. 27. Februar 2020, 14:30 Uhr", "Thu 27 February 2020, 14:30"),
        ("2020-02-01", None, "vague", "seit Sa. 1. Februar 2020, unbestimmt", "since Sat 1 February 2020, vague"),
        (None, None, "vague", "ohne Kalenderdatum", "no calendar date"),
        ("bald", "später", "day", "ohne Kalenderdatum", "no calendar date"),
        ("0001-01-01", "0001-01-02", "day", "Mo. 1. Januar 1", "Mon 1 January 1"),
    ],
)  # fmt: skip
def test_times_in_words(start: str | None, end: str | None, precision: str, german: str, english: str) -> None:
    assert words("de").when(start, end, precision) == german
    assert words("en").when(start, end, precision) == english


@pytest.mark.parametrize(
    ("loss", "german"),
    [
        (Loss(harm="killed", low=33), "mindestens 33 Tote"),
        (Loss(harm="killed", high=50), "bis zu 50 Tote"),
        (Loss(harm="wounded", low=40, high=40, approximate=True), "rund 40 Verletzte"),
        (Loss(harm="missing", low=3, high=5), "3 bis 5 Vermisste"),
        (Loss(harm="killed", low=1, high=1), "ein Toter"),
        (Loss(harm="killed", low=0, high=0), "keine Toten"),
        (Loss(harm="displaced", low=150_000, high=150_000), "150.000 Vertriebene"),
        (Loss(harm="captured"), "unbekannt viele Gefangene"),
        (Loss(harm="killed", low=34, high=34, total=True), "insgesamt 34 Tote"),
        (Loss(harm="killed", low=3, high=3, part_of_total=True), "darunter 3 Tote"),
    ],
)
def test_losses_in_words(loss: Loss, german: str) -> None:
    assert words("de").loss(loss) == german


def test_both_languages_name_everything_that_the_schema_has() -> None:
    german, english = table("labels.de"), table("labels.en")
    assert german.keys() == english.keys()
    for group in german:
        assert german[group].keys() == english[group].keys(), group
    assert set(german["type"]) == set(MODES)
    for kind, modes in MODES.items():
        assert set(german["mode"].get(kind, {})) == modes, kind
    assert set(german["status"]) == set(german["negated"]) == set(get_args(Status))
    assert set(german["harm"]) == set(get_args(Harm))
    assert set(german["kind"]) == set(get_args(ActorKind))
    assert set(german["precision"]) == set(get_args(PlacePrecision))
    assert set(german["speech_kind"]) == set(get_args(SpeechKind))

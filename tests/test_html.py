"""The page: well formed, self-contained, escaped; every mark linked; voices told apart without colour."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

import trucewatch
from trucewatch.record import Actor, Event, Record, ReportInfo, Voice
from trucewatch.reporting.html import fragment, page
from trucewatch.reporting.marks import Mark, paragraphs, segments
from trucewatch.reporting.text import explain, report

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
    for sign, line, words in marks:
        assert sign in html and line in html and words in html


def test_the_list_says_it_in_words(handmade: Record) -> None:
    words = " ".join("".join(Reader(page([handmade])).words).split())
    for said in (
        "mindestens 33 Tote (türkische Soldaten)", "Do. 27. Februar 2020, 18 bis 24 Uhr", "nicht geschehen",
        "Hörensagen, wohl nach Russland, wiedergegeben von Kreml", "Hintergrund",
        "bis Fr. 28. Februar 2020, unbestimmt",
    ):  # fmt: skip
        assert said in words, said
    english = " ".join("".join(Reader(page([handmade], "en")).words).split())
    assert "at least 33 dead" in english and "according to Kreml" in english


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
    words = explain(handmade, handmade.events[2])
    assert "attack-noun" in words and "»Donnerstagabend«" in words and "counted group" in words

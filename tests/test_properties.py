"""What holds for every text: spans point at words, output validates, reading is deterministic and total."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import trucewatch
from conftest import EXAMPLES
from trucewatch.reading import ReadingError
from trucewatch.record import MODES, Event, Record, Span

PIECES = (
    "Bei einem Luftangriff in der Provinz Idlib sind mindestens 33 türkische Soldaten getötet worden.",
    "Das teilte der Gouverneur am Freitag mit.",
    "Nach Angaben der Armee seien zwei weitere verletzt worden,",
    "sagte ein Sprecher der OSZE",
    "„Wir haben das Feuer nicht eröffnet“, erklärte Lawrow.",
    "„Die Waffenruhe",
    "gilt“",
    "»Nein«,",
    "Die Rebellen sollen am Donnerstagabend zwei Panzer zerstört haben.",
    "Die Türkei wies das zurück.",
    "wies",
    "zurück",
    "teilte mit, dass",
    "Er habe davon nichts gewusst.",
    "Angeblich rückten Truppen auf Donezk vor",
    "der Kremlchef Wladimir Putin und Präsident Recep Tayyip Erdogan",
    "in der Nacht zum 28. Februar 2020",
    "vor zwei Wochen",
    "Dutzende",
    "13 000 Menschen",
    "Kiew (dpa) -",
    "Waffenruhe hält vorerst",
    "RND/cle/dpa",
    "dpa",
    *"und die der nicht wurde getötet von zwischen um zu laut zufolge".split(),
    *"… – ( ) „ “ \" ' » « ! ? . , ; : 1. 28. Dr. <p> </p> &amp; <b الجزيرة Привет 😀 ﬁ ¹ ½ ٣".split(),
    "\n\n", "\n", "\r\n", "\t", "\0", "\u202b", "\u200b", "\xad", "\xa0", "z. B.",
)  # fmt: skip

texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25).map(" ".join)
dates = st.none() | st.dates(dt.date(1999, 1, 1), dt.date(2030, 1, 1)).map(str)

modest = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def spans(record: Record) -> Iterator[tuple[str, Span]]:
    """Every span of the record, with the name of its field."""
    for thing in (*record.actors, *record.places):
        yield from ((f"{thing.id} mention", span) for span in thing.mentions)
    for event in record.events:
        yield f"{event.id} trigger", event.trigger
        yield f"{event.id} evidence", event.evidence
        yield from ((f"{event.id} mention", span) for span in event.mentions)
        for voice in (event.voice, *(loss.voice for loss in event.losses if loss.voice)):
            if voice.cue:
                yield f"{event.id} cue", voice.cue
        if event.time and event.time.expression:
            yield f"{event.id} time", event.time.expression
        yield from ((f"{event.id} loss", loss.expression) for loss in event.losses if loss.expression)
    for speech in record.speech:
        for name in ("content", "speaker", "cue", "addressee", "frame"):
            yield from ((name, span) for span in getattr(speech, name))
    yield from (("time", time.expression) for time in record.times)


def check(record: Record, text: str) -> None:
    """All that must hold of any record of ``text``."""
    assert record.text == text
    assert record.report.characters == len(text)
    for name, (start, end) in spans(record):
        assert 0 <= start < end <= len(text), (name, start, end)
        words = text[start:end]
        assert words == words.strip(" \n\t\r"), (name, words)
        assert any(character.isalnum() for character in words) or name in ("content", "cue", "frame"), (name, words)
    actors, places = {a.id for a in record.actors}, {p.id for p in record.places}
    events = {e.id for e in record.events}
    assert [e.id for e in record.events] == [f"e{n}" for n in range(1, len(events) + 1)]
    assert [a.id for a in record.actors] == [f"a{n}" for n in range(1, len(actors) + 1)]
    assert [p.id for p in record.places] == [f"p{n}" for n in range(1, len(places) + 1)]
    triggers = [e.trigger for e in record.events]
    assert triggers == sorted(triggers)
    assert [t.expression for t in record.times] == sorted(t.expression for t in record.times)
    for actor in record.actors:
        assert {actor.acts_for, actor.label_by} <= actors | {None}
        assert actor.name.strip()
    for event in record.events:
        check_event(event, actors, places, events)
    for speech in record.speech:
        assert speech.content
        assert speech.speaker_actor is None or speech.speaker_actor in actors
    again = Record.model_validate_json(record.to_json())
    assert again.to_json() == record.to_json()


def check_event(event: Event, actors: set[str], places: set[str], events: set[str]) -> None:
    """An event refers to things of its own record, and its fields agree with each other."""
    assert event.mode is None or event.mode in MODES[event.type]
    assert event.trigger in event.mentions
    assert event.evidence[0] <= event.trigger[0] and event.trigger[1] <= event.evidence[1]
    assert set(event.actors) | set(event.targets) <= actors
    assert set(event.places) <= places
    assert set(event.about) <= events - {event.id}
    assert event.rule
    for voice in (event.voice, *(loss.voice for loss in event.losses if loss.voice)):
        assert {voice.speaker, voice.via} <= actors | {None}
        assert voice.kind != "reporter" or voice.speaker is None
    for loss in event.losses:
        assert loss.who is None or loss.who in actors
        assert loss.low is None or loss.high is None or loss.low <= loss.high
    if event.time and event.time.from_ and event.time.to:
        assert event.time.from_ <= event.time.to


@modest
@given(texts, dates)
def test_any_text_gives_a_valid_record(text: str, published: str | None) -> None:
    check(trucewatch.read(text, published), text)


@modest
@given(
    st.binary(max_size=300)
    | texts.map(lambda t: t.encode("utf-16"))
    | texts.map(lambda t: t.encode("cp1252", "replace"))
)
def test_any_bytes_give_a_record_or_an_error_of_one_line(data: bytes) -> None:
    try:
        record = trucewatch.read(data)
    except ReadingError as fault:
        assert "\n" not in str(fault)
    else:
        check(record, record.text)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_examples_give_valid_records(path: Any) -> None:
    record = trucewatch.read(path)
    check(record, path.read_text(encoding="utf-8"))


def told(record: Record, until: int) -> list[tuple[Any, ...]]:
    """The events whose trigger stands before ``until``, with names instead of ids."""
    names = {a.id: a.name for a in record.actors} | {p.id: p.name for p in record.places}
    triggers = {e.id: e.trigger for e in record.events}

    def named(ids: list[str]) -> list[str]:
        return [names[i] for i in ids]

    return [
        (
            e.type,
            e.mode,
            e.trigger,
            e.evidence,
            named(e.actors),
            named(e.targets),
            named(e.places),
            e.status,
            e.polarity,
            e.background,
            e.voice.kind,
            names.get(e.voice.speaker or ""),
            e.time and (e.time.from_, e.time.to),
            [(x.harm, x.low, x.high) for x in e.losses],
            [triggers[a] for a in e.about if triggers[a][0] < until],
        )
        for e in record.events
        if e.trigger[0] < until
    ]


UNRELATED = (
    "Das Wetter bleibt vielerorts mild, im Süden scheint die Sonne.",
    "Im Museum ist eine Ausstellung mit Werken junger Malerinnen zu sehen.",
)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_unrelated_paragraph_changes_nothing_before_it(path: Any) -> None:
    text = path.read_text(encoding="utf-8").rstrip()
    # The foot ("dpa") is a part of the layout: without it nothing follows the last sentence but the new paragraph.
    text = text.removesuffix("\n\ndpa").removesuffix("\n\nAFP").removesuffix("\n\nReuters/dpa")
    before = told(trucewatch.read(text, "2021-01-01"), len(text))
    for paragraph in UNRELATED:
        after = told(trucewatch.read(f"{text}\n\n{paragraph}", "2021-01-01"), len(text))
        assert after == before


@settings(modest, max_examples=15)
@given(texts)
def test_reading_is_deterministic(text: str) -> None:
    assert trucewatch.read(text, "2020-02-28").to_json() == trucewatch.read(text, "2020-02-28").to_json()


@pytest.mark.parametrize(
    "text",
    ["„" * 3_000, "sagte, dass " * 1_500, "(" * 20_000, "und " * 4_000, "Putin " * 3_000, "28. " * 4_000,
     "- \n" * 4_000, "der Soldat der Armee " * 900],
    ids=lambda t: t[:12],
)  # fmt: skip
def test_odd_repetition_does_not_hang(text: str) -> None:
    import time

    start = time.perf_counter()
    check(trucewatch.read(text, "2020-02-28"), text)
    assert time.perf_counter() - start < 10

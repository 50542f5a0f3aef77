"""Cuts a text at every boundary of every mark, so that overlapping marks can be shown without nesting."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trucewatch.record import Record, Span
from trucewatch.reporting.view import EventView

_PARAGRAPH = re.compile(r"[ \t\r]*\n(?:[ \t\r]*\n)+")

CAUTION = {"reporter": 0, "attributed": 1, "hearsay": 2}
"""Where evidence of several events overlaps, the most cautious voice is shown."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What one layer says about ``start`` to ``end``: ``kind`` is trigger, evidence, actor, place, time or speech."""

    start: int
    end: int
    kind: str
    ref: str
    """Id of the event, actor, place, time (``t3``) or stretch of speech (``s2``)."""
    voice: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text under one set of marks."""

    start: int
    end: int
    marks: tuple[Mark, ...]

    def of(self, kind: str) -> list[Mark]:
        """The marks of one kind."""
        return [mark for mark in self.marks if mark.kind == kind]


def marks_of(record: Record, events: Iterable[EventView]) -> list[Mark]:
    """All marks of a record, those outside its text left out."""
    marks: list[Mark] = []
    for view in events:
        event = view.event
        marks.append(Mark(*event.evidence, "evidence", event.id, view.voice, view.number))
        spans = dict.fromkeys([event.trigger, *event.mentions])
        marks += [Mark(*span, "trigger", event.id, view.voice, view.number) for span in spans]
    marks += [Mark(*span, "actor", actor.id) for actor in record.actors for span in actor.mentions]
    marks += [Mark(*span, "place", place.id) for place in record.places for span in place.mentions]
    marks += [Mark(*time.expression, "time", f"t{number}") for number, time in enumerate(record.times, 1)]
    for number, speech in enumerate(record.speech, 1):
        marks += [Mark(*span, "speech", f"s{number}", order=number) for span in speech.content]
    size = len(record.text)
    return [mark for mark in marks if 0 <= mark.start < mark.end <= size]


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text (parted by empty lines), without the white space around them."""
    spans: list[Span] = []
    start = 0
    for gap in [*_PARAGRAPH.finditer(text), None]:
        end = gap.start() if gap else len(text)
        part = text[start:end]
        if part.strip():
            lead = len(part) - len(part.lstrip())
            spans.append((start + lead, start + len(part.rstrip())))
        start = gap.end() if gap else end
    return spans


def segments(text: str, marks: Iterable[Mark]) -> Iterator[list[Segment]]:
    """For each paragraph its segments, in order; together they are the paragraph's whole text."""
    starts: dict[int, list[Mark]] = defaultdict(list)
    ends: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        starts[mark.start].append(mark)
        ends[mark.end].append(mark)
    cuts = sorted(starts.keys() | ends.keys())
    open_marks: dict[Mark, None] = {}
    at = 0
    for first, last in paragraphs(text):
        while at < len(cuts) and cuts[at] <= first:
            _turn(open_marks, starts, ends, cuts[at])
            at += 1
        row: list[Segment] = []
        position = first
        while at < len(cuts) and cuts[at] < last:
            row.append(Segment(position, cuts[at], tuple(open_marks)))
            position = cuts[at]
            _turn(open_marks, starts, ends, cuts[at])
            at += 1
        row.append(Segment(position, last, tuple(open_marks)))
        yield row


def _turn(open_marks: dict[Mark, None], starts: dict[int, list[Mark]], ends: dict[int, list[Mark]], cut: int) -> None:
    for mark in ends.get(cut, ()):
        open_marks.pop(mark, None)
    for mark in starts.get(cut, ()):
        open_marks[mark] = None

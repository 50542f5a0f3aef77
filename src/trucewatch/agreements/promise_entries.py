"""What a report tells of promises, demands and threats: who is to do what, until when, and who took it back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from trucewatch.agreements.ledger_context import Context
from trucewatch.agreements.ledger_entry import Entry, Told
from trucewatch.agreements.ledger_words import says
from trucewatch.incident import INCIDENT_TYPES
from trucewatch.language.times import grammar
from trucewatch.linking.node import Side
from trucewatch.record import Event, TimeSpan

_ACTS = {"REQUEST": "demand", "THREATEN": "threat", "CONCEDE": "promise", "AGREE": "promise"}
_CONTENT = {
    "demand": ("demanded", "planned", "possible"),
    "threat": ("demanded", "threatened", "planned"),
    "promise": ("planned",),
}
_OWN = frozenset(("RETREAT", "AID", "MOBILIZE"))
"""Acts that whoever announces them for itself promises to do."""
_DATED = frozenset(("minute", "hour", "part_of_day", "day", "week", "month"))


def promise_entries(context: Context) -> list[Entry]:
    """The promise entries of a record, in text order."""
    found: list[Entry] = []
    used: set[str] = set()
    for event in sorted(context.record.events, key=lambda e: e.trigger):
        kind = _kind(event)
        if kind is None or event.background:
            continue
        contents = [
            c
            for c in (context.events[a] for a in event.about if a in context.events)
            if _may_be(c, event) and (c.status in _CONTENT[kind] or _renounced(c))
        ]
        for content in contents:
            used.add(content.id)
            found.append(_entry(context, "promise" if _renounced(content) else kind, event, content))
        bare = event.mode == "ultimatum" or event.type == "REQUEST" and event.mode in _BARE
        if not contents and not event.about and event.type == "CONCEDE":
            bare = (
                _until_in_sentence(context, event) is not None
            )  # what is offered is no event; the day it is due is told
        if not contents and bare:
            found.append(_entry(context, kind, event, None))
    for event in context.record.events:
        own = event.type in _OWN and event.status == "planned" or event.type in INCIDENT_TYPES and _renounced(event)
        if event.id in used or not own or event.background:
            continue
        entry = _entry(context, "promise", event, event)
        if entry.parties and (entry.source is None or entry.source.key in {s.key for s in entry.parties}):
            found.append(entry)  # of its own acts only: what others say that it will do is no promise
    return found


_BARE = {"ceasefire": ("AGREE", "ceasefire"), "withdrawal": ("RETREAT", "withdraw")}
"""What a demand without an event of its own asks for."""


def _renounced(event: Event) -> bool:
    """An own act that whoever speaks says it will not do."""
    return event.status in ("threatened", "planned") and event.polarity == "negative"


def _may_be(content: Event, act: Event) -> bool:
    """Whether an event can be what is promised or demanded; what a council allows others to do is no promise of its own."""
    if content.type in ("PROTEST", "HARM") or content.type == "AGREE" and content.mode == "meeting":
        return False
    if act.type == "AGREE" and content.polarity == "positive":
        return content.type in _OWN
    return content.type in INCIDENT_TYPES or content.type == "AGREE"


def _kind(event: Event) -> str | None:
    kind = _ACTS.get(event.type)
    if event.polarity == "negative" or event.status in ("habitual", "possible"):
        return None
    if event.type == "CONCEDE" and event.mode != "offer" or event.type == "AGREE" and event.mode == "meeting":
        return None
    if event.type == "AGREE" and event.status not in ("occurred", "ongoing"):
        return None
    return kind


def _entry(context: Context, kind: str, act: Event, content: Event | None) -> Entry:
    own = content is act
    actors = context.around.parties(content) if content is not None else ()
    by = actors if own else context.around.parties(act)
    asked = context.sides.all_of(act.targets) if not own else ()
    if kind == "promise" and act.type == "AGREE" and content is not None:
        by, asked = (actors or by), tuple(s for s in by if s.key not in {a.key for a in actors}) if actors else ()
    elif kind != "promise" and not (content is not None and content.status == "threatened"):
        asked = asked or tuple(s for s in actors if s.key not in {b.key for b in by})
    what = _what(context, act, content, asked if kind != "promise" else by)
    words = context.clause(act)
    state = "withdrawn" if says(context.language, "promise", "withdrawn", words) else "said"
    source = context.source(act)
    return context.entry(
        "promise", state, kind, act, parties=by, others=asked, what=what, source=source,
        spots=what.spots or context.spots(act), **_deadline(context, act, content),
        partly=says(context.language, "promise", "partly", words),
    )  # fmt: skip


def _what(context: Context, act: Event, content: Event | None, obliged: tuple[Side, ...]) -> Told:
    """The act that is promised or demanded, by those who are to do it."""
    if content is None:
        type_, mode = _BARE.get(act.mode or "", (act.type, act.mode))
        return Told(
            act.id, type_, mode, context.quote(act.evidence), obliged, (), context.spots(act), "demanded", False,
            act.voice.kind, context.source(act),
        )  # fmt: skip
    told = context.told(content, context.around.parties(content) or obliged)
    by = {s.key for s in context.around.parties(act)}
    if content.status == "demanded" and {s.key for s in told.actors} <= by:
        told = replace(told, actors=obliged)  # nobody demands of itself
    if content.status == "demanded" and obliged and not {s.key for s in told.actors} & {s.key for s in obliged}:
        unknown = all(not s.known or s.generic for s in told.actors)
        if unknown:
            return replace(told, actors=obliged)
    return told


def _deadline(context: Context, act: Event, content: Event | None) -> dict[str, str | None]:
    """``end`` is the half-open day by which it is to be done; ``start`` where it is planned for a time."""
    published = context.record.report.published
    if content is not None and content.status == "threatened" and not _renounced(content):
        return {"start": None, "end": None, "precision": None}  # a threat does not fall due
    for event in (content, act):
        time = event.time if event is not None else None
        if time is None or time.to is None or not _falls_due(time, published):
            continue
        until = time.from_ is None
        if event is act and content is not act and not (until or act.mode == "ultimatum"):
            continue  # when the demand was made
        end = _day_after(time)
        if not until and published and end <= published[:10]:
            continue
        return {"start": None if until else time.from_, "end": end, "precision": time.precision}
    time = _until_in_sentence(context, act)
    if time is not None:
        return {"start": None, "end": _day_after(time), "precision": time.precision}
    return {"start": None, "end": None, "precision": None}


def _until_in_sentence(context: Context, act: Event) -> TimeSpan | None:
    """The deadline in the act's own sentence where no event is tied to it ("ein Ultimatum bis Ende Februar gestellt")."""
    line = context.lines.number(act.trigger[0])
    try:
        relation = grammar(context.language).relation
    except KeyError:
        return None
    for time in context.record.times:
        span = TimeSpan(to=time.to, precision=time.precision)
        if time.to is None or context.lines.number(time.expression[0]) != line:
            continue
        if not _falls_due(span, context.record.report.published):
            continue
        if relation(context.text, *time.expression) in ("until", "deadline"):
            return span
    return None


def _falls_due(time: TimeSpan, published: str | None) -> bool:
    """Whether a time can be a deadline: of a calendar's precision, or a vague one with a day in it ("bis Mitte April")."""
    if time.precision in _DATED:
        return True
    ahead = time.to is not None and published is not None and time.to[:10] > published[:10]
    return time.precision == "vague" and time.from_ is None and ahead


def _day_after(time: TimeSpan) -> str:
    """The first day after the span, ISO."""
    assert time.to is not None
    if "T" not in time.to or time.to[11:16] == "00:00":
        return time.to[:10]
    return (dt.date.fromisoformat(time.to[:10]) + dt.timedelta(days=1)).isoformat()

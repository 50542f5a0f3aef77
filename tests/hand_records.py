"""Holds what the program reads against a record written by hand: every event, field by field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from trucewatch.record import Actor, Event, Record, Span

Hand = dict[str, Any]


def load(path: Path) -> Hand:
    """A hand-written record; names of actors and places as they may stand in the program's record."""
    hand: Hand = yaml.safe_load(path.read_text(encoding="utf-8"))
    for kind in ("actors", "places"):
        hand[kind] = {
            x["id"]: [f"{n} of {x['acts_for']}" if "acts_for" in x else n for n in x.get("names", [x["name"]])]
            for x in hand[kind]
        }
    return hand


def _span(text: str, quote: Hand | str) -> Span:
    words = quote if isinstance(quote, str) else quote["trigger"]
    scope = words if isinstance(quote, str) else quote.get("in", words)
    assert text.count(scope) == 1, f"{scope!r} stands {text.count(scope)} times in the text"
    start = text.index(scope) + scope.index(words)
    return start, start + len(words)


def differences(record: Record, hand: Hand, text: str) -> dict[str, str]:
    """``event.field`` -> what the program says and what is right; ``event`` alone: missed; ``+TYPE word``: no event."""
    spans = {e["id"]: [_span(text, q) for q in (e, *e.get("also", ()))] for e in hand["events"]}
    found: dict[str, Event] = {}
    for right in hand["events"]:
        for start, end in spans[right["id"]]:  # the trigger's own words first
            free = [e for e in record.events if e.type == right["type"] and e.id not in {m.id for m in found.values()}]
            at = [e for e in free if e.trigger[0] < end and start < e.trigger[1]]
            if at and right["id"] not in found:
                found[right["id"]] = at[0]
    names = {m.id: right for right, m in found.items()}
    out = {f"+{e.type} {text[slice(*e.trigger)]}": "no event" for e in record.events if e.id not in names}
    for right in hand["events"]:
        if right["id"] not in found:
            out[right["id"]] = "missed"
            continue
        is_, should = _read(record, found[right["id"]], names), _fields(hand, right)
        for field, value in should.items():
            if not _same(is_[field], value):
                out[f"{right['id']}.{field}"] = f"is {is_[field]}, should be {value}"
    return out


def checked(hand: Hand) -> int:
    """How many fields a record has that may be wrong (a missed event counts as all of its fields)."""
    return sum(len(_fields(hand, e)) for e in hand["events"])


def _same(is_: Any, should: Any) -> bool:
    """Equal; where a list of names holds lists of names that may stand for one another, one of each."""
    if not isinstance(should, list) or not all(isinstance(x, list) for x in should):
        return bool(is_ == should)
    left = list(is_)
    for names in should:
        one = next((n for n in left if n in names or n.partition(" of ")[0] in names), None)
        if one is None:
            return False
        left.remove(one)
    return not left


def _fields(hand: Hand, e: Hand) -> dict[str, Any]:
    voice = e.get("voice", "reporter")
    voice = {"kind": voice} if isinstance(voice, str) else voice
    count, time = e.get("count"), e.get("time")
    return {
        "mode": e.get("mode"),
        "actors": [hand["actors"][a] for a in e.get("actors", ())],
        "targets": [hand["actors"][a] for a in e.get("targets", ())],
        "places": [hand["places"][p] for p in e.get("places", ())],
        "time": time and tuple(time[k] and str(time[k]) for k in ("from", "to", "precision")),
        "losses": sorted((x["harm"], x.get("low") or -1, x.get("high") or -1) for x in e.get("losses", ())),
        "count": count and (count["low"], count["high"]),
        "status": e.get("status", "occurred"),
        "polarity": e.get("polarity", "positive"),
        "voice": voice["kind"],
        "speaker": [hand["actors"][voice["speaker"]]] if voice.get("speaker") else [],
        "background": e.get("background", False),
        "about": sorted(e.get("about", ())),
    }


def _read(record: Record, e: Event, names: dict[str, str]) -> dict[str, Any]:
    actors = {a.id: f"{a.name} of {_behind(record, a)}" if a.acts_for else a.name for a in record.actors}
    places = {p.id: p.name for p in record.places}
    return {
        "mode": e.mode,
        "actors": [actors[a] for a in e.actors],
        "targets": [actors[a] for a in e.targets],
        "places": [places[p] for p in e.places],
        "time": e.time and (e.time.from_, e.time.to, e.time.precision),
        "losses": sorted((x.harm, x.low or -1, x.high or -1) for x in e.losses),
        "count": e.count and (e.count.low, e.count.high),
        "status": e.status,
        "polarity": e.polarity,
        "voice": e.voice.kind,
        "speaker": [actors[e.voice.speaker]] if e.voice.speaker else [],
        "background": e.background,
        "about": sorted(names.get(a, a) for a in e.about),
    }


def _behind(record: Record, actor: Actor) -> str:
    """The last of those that somebody acts for."""
    while actor.acts_for is not None:
        actor = next(a for a in record.actors if a.id == actor.acts_for)
    return actor.name

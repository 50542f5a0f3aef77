"""The speech acts about a report's incidents: denials, accusations, claims of responsibility, admissions."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from trucewatch.incident import INCIDENT_TYPES
from trucewatch.linking.aggregates import is_aggregate, may_happen
from trucewatch.linking.knowledge import has_word
from trucewatch.linking.lines import Lines
from trucewatch.linking.node import Act, ActKind, Side
from trucewatch.linking.sides import Sides
from trucewatch.record import Event, Record


def _act_kind(event: Event) -> ActKind | None:
    if event.withdraws:
        return "withdraw"
    if event.type == "REJECT" and event.mode in ("denial", None):
        return "deny"
    if event.type == "ACCUSE":
        return "accuse"
    if event.type == "STATE" and event.mode == "claim_responsibility":
        return "claim"
    if event.type == "CONCEDE" and event.mode == "admit":
        return "admit"
    return None


def acts_about(record: Record, text: str, sides: Sides) -> dict[str, list[Act]]:
    """Event id -> the denials, accusations, claims and admissions about it.

    A denial of an accusation is about what was charged. One that is about nothing of its own is about the incident
    told of last before it, in the same or the sentence before, or next in its own.
    """
    events = {e.id: e for e in record.events}
    incidents = [e for e in record.events if may_happen(e) and not is_aggregate(e, record.report.published)]
    lines = Lines(text)
    found: dict[str, list[Act]] = {}
    for event in record.events:
        kind = _act_kind(event)
        if kind is None:
            continue
        meant, charge = _meant(event, events)
        sure = bool(meant)
        if not meant:
            before = [e for e in incidents if e.trigger[0] < event.trigger[0]]
            near = [e for e in before if lines.number(event.trigger[0]) - lines.number(e.mentions[-1][0]) <= 1]
            own = lines.number(event.trigger[0])
            after = [e for e in incidents if e.trigger > event.trigger and lines.number(e.trigger[0]) == own]
            guess = not event.about and kind != "withdraw"
            meant = [e.id for e in (near[-1:] or after[:1])] if guess else []
        for one in _by_each(event, record, text, sides, lines, kind, charge, sure):
            for number in meant:
                found.setdefault(number, []).append(one)
    return found


def _by_each(
    event: Event, record: Record, text: str, sides: Sides, lines: Lines, kind: ActKind, charge: bool, sure: bool
) -> list[Act]:
    """The act once for each who speaks; who are blamed and blame alike ("gegenseitig") blame each other, not themselves."""
    speakers: tuple[Side | None, ...] = sides.all_of(event.actors) or (sides.of(event.voice.speaker),)
    if kind == "claim":
        speakers = tuple(_claimant(s, sides.language) for s in speakers)
    targets = sides.all_of(event.targets)
    mutual = len(speakers) > 1 and bool(targets) and {s.key for s in targets} == {s.key for s in speakers if s}
    low, high = event.evidence
    events = {e.id: e for e in record.events}
    return [
        Act(
            kind=kind,
            source=speaker,
            targets=tuple(t for t in targets if speaker is None or t.key != speaker.key) if mutual else targets,
            negative=event.polarity == "negative",
            event=event.id,
            type=event.type,
            trigger=event.trigger,
            evidence=event.evidence,
            quote=" ".join(text[low:high].split()),
            voice=event.voice.kind,
            speaker=sides.of(event.voice.speaker),
            denies=_denied(event, lines.line(event.trigger[0]), charge, sides.language),
            sure=sure,
            of_denial=any(events[e].type == "REJECT" for e in event.about if e in events),
        )
        for speaker in speakers
    ]


def _claimant(side: Side | None, language: str) -> Side | None:
    """Who takes responsibility for an act of force is an armed group, by whatever plain word the text calls it."""
    if side is None or side.kind != "group" or not has_word(language, "claimants", side.name):
        return side
    return replace(side, key=f"G:{side.key.partition(':')[2]}", party=True, generic=True)


def _denied(event: Event, words: str, charge: bool, language: str) -> Literal["occurrence", "responsibility"] | None:
    """What a denial's own sentence says it denies; an answer to a charge denies having done it."""
    if event.type != "REJECT":
        return None
    if event.denies in ("occurrence", "responsibility"):
        return event.denies
    if has_word(language, "denies_responsibility", words):
        return "responsibility"
    if has_word(language, "denies_occurrence", words):
        return "occurrence"
    return "responsibility" if charge else None


def _meant(event: Event, events: dict[str, Event]) -> tuple[list[str], bool]:
    """The incidents that a speech act is about, through other speech acts; and whether an accusation lies between."""
    todo, seen, charge = list(event.about), {event.id}, False
    meant: list[str] = []
    while todo:
        one = todo.pop(0)
        if one in seen or one not in events:
            continue
        seen.add(one)
        if events[one].type in INCIDENT_TYPES:
            meant.append(one)
        else:
            charge = charge or events[one].type == "ACCUSE"
            todo.extend(events[one].about)
    return meant, charge

"""What a report tells of contacts: calls, meetings, talks, visits, proposed or held, put off or called off."""

from __future__ import annotations

from dataclasses import replace

from trucewatch.agreements.contact_about import level, topic
from trucewatch.agreements.ledger_context import Context
from trucewatch.agreements.ledger_entry import Entry, Told
from trucewatch.agreements.ledger_parties import side_of_state
from trucewatch.agreements.ledger_words import listed, told
from trucewatch.knowledge.register import register
from trucewatch.linking.node import Side
from trucewatch.record import Event

_NEAR_LINES = 4
"""Talks and what came of them stand so many sentences apart at most."""
_HERE = 60
"""Code points between a day and the talks it belongs to ("am Donnerstag nach sechsstündigen Gesprächen")."""
_ABOUT = frozenset(("AGREE", "REQUEST", "REJECT", "CONCEDE", "COOPERATE"))
_REACHED = ("occurred", "ongoing")


def contact_entries(context: Context) -> list[Entry]:
    """The contact entries of a record, in text order."""
    found: list[Entry] = []
    for event in sorted(context.record.events, key=lambda e: e.trigger):
        if event.status == "habitual" or event.background and event.time is None:
            continue
        if event.type == "CONSULT" or (event.type == "COOPERATE" and event.mode == "diplomatic"):
            acts = _acts(context, event)
        elif event.type == "AGREE" and event.mode == "meeting" and not _has_contact(context, event):
            acts = [event]
        else:
            continue
        entry = _entry(context, event, acts)
        if entry is not None:
            found.append(_with_parties(entry, found))
    return [_with_outcome(context, e) for e in found if len({s.key for s in e.parties}) >= 1 or e.anaphoric]


def _acts(context: Context, event: Event) -> list[Event]:
    """The acts about a contact: those that name it, and those that its own clause tells of."""
    named = context.parents(event)
    beside = [
        e
        for e in context.record.events
        if e.type in _ABOUT and e.evidence == event.evidence and e.id != event.id and e not in named
        and (not e.about or e.type == "AGREE" and e.mode == "meeting")
    ]  # fmt: skip
    return [e for e in (*named, *beside) if e.type in _ABOUT]


def _has_contact(context: Context, event: Event) -> bool:
    """Whether an agreement to meet goes with the meeting as an event of its own."""
    return any(e.type == "CONSULT" for e in (context.events[a] for a in event.about if a in context.events)) or any(
        e.type == "CONSULT" and e.evidence == event.evidence and e.status == "planned" for e in context.record.events
    )


def _entry(context: Context, event: Event, acts: list[Event]) -> Entry | None:
    words = context.clause(event)
    form = event.mode if event.type == "CONSULT" and event.mode else "talks" if event.type == "COOPERATE" else "meeting"
    parties = context.around.parties(event, event.targets if event.type == "CONSULT" else ())
    by = _initiator(context, acts)
    if len({s.key for s in parties}) < 2:
        joint = tuple(s for act in acts if act is not event for s in _parties_of_act(context, act))
        parties = _joined(parties, joint)
    if len({s.key for s in parties}) < 2:
        parties = _joined(parties, context.around.beside(event.trigger))
    if len({s.key for s in parties}) < 2 and told(context.language, "state", words) == "proposed":
        parties = _joined(parties, context.around.named_in(event.evidence))
    spots = context.spots(event)
    if form == "visit" and len({s.key for s in parties}) < 2:
        parties = _joined(parties, _host(context, event))
    state = _state(context, event, acts, words)
    if state is None:
        return None
    start, end, precision = _time(context, event, state)
    return context.entry(
        "contact", state, form, event, parties=parties, spots=spots, start=start, end=end, precision=precision,
        level=level(context, parties, event, words), topic=topic(context, event), initiated_by=by,
        moved=state == "postponed" and _is_moved(context, event),
    )  # fmt: skip


def _parties_of_act(context: Context, act: Event) -> tuple[Side, ...]:
    """Who an act about a contact brings to the table; a body that only calls for talks does not sit there."""
    actors = context.around.parties(act) if act.type in ("AGREE", "REJECT", "CONCEDE", "COOPERATE") else ()
    asks = tuple(s for s in context.around.parties(act) if not s.key.startswith(("O:", "M:")))
    return (*(actors or asks), *context.sides.all_of(act.targets))


def _joined(one: tuple[Side, ...], other: tuple[Side, ...]) -> tuple[Side, ...]:
    have = {s.key for s in one if s.known}
    known = tuple(s for s in other if s.key not in have)
    kept = tuple(s for s in one if s.known or not known)
    found: dict[tuple[str, str], Side] = {}
    for side in (*kept, *known):
        found.setdefault((side.key, side.name if side.kind == "person" else ""), side)
    return tuple(found.values())


def _host(context: Context, event: Event) -> tuple[Side, ...]:
    """Whom one visits: the state of the place."""
    countries = dict.fromkeys(s.country for s in context.spots(event) if s.country in register().states)
    return tuple(side_of_state(c) for c in countries if c)


def _initiator(context: Context, acts: list[Event]) -> Side | None:
    for act in acts:
        if act.type in ("REQUEST", "CONCEDE") and act.actors:
            return context.sides.of(act.actors[0])
    return None


def _state(context: Context, event: Event, acts: list[Event], words: str) -> str | None:
    """What the report tells of the contact; ``None`` where it tells nothing."""
    said = told(context.language, "state", words)
    kinds = {a.type for a in acts}
    refused = any(a.type == "REJECT" and a.mode in ("refusal", None) for a in acts)
    later = _is_later(context, event)
    dated = event.time is not None and event.time.from_ is not None and event.time.precision not in ("vague", "longer")
    if said in ("postponed", "cancelled"):
        return said
    if refused:
        return "refused"
    if event.polarity == "negative":
        return "denied" if event.status in ("occurred", "ongoing") else "cancelled"
    if "REQUEST" in kinds or event.status in ("demanded", "threatened"):
        return "proposed"
    if event.type == "AGREE":
        return "scheduled" if dated and later else "agreed"
    if event.status == "planned" or later or "AGREE" in kinds and event.status != "occurred":
        if "CONCEDE" in kinds or said == "proposed":
            return "proposed"
        return "scheduled" if dated else "agreed"
    if event.status == "possible":
        return "proposed" if said == "proposed" or acts else None
    if said == "proposed" and not event.time:
        return "proposed"
    return "held"


def _is_moved(context: Context, event: Event) -> bool:
    """Whether its time is the one that it was put off to."""
    if event.time is None or event.time.expression is None:
        return False
    at = event.time.expression[0]
    before = context.text[max(0, at - 12) : at].split()[-2:]
    return any(word.lower() in listed(context.language, "moved", "to") for word in before)


def _is_later(context: Context, event: Event) -> bool:
    """Whether its time begins after the report was published."""
    published = context.record.report.published
    start = event.time.from_ if event.time is not None else None
    return bool(published and start and start[:10] > published[:10])


def _time(context: Context, event: Event, state: str) -> tuple[str | None, str | None, str | None]:
    """The event's time; for talks that were held, the day on which one spoke after them is the latest it can have been."""
    time = event.time
    if time is not None and time.precision not in ("vague", "longer"):
        return time.from_, time.to, time.precision
    if state != "held":
        return None, None, None
    low = event.evidence[0]
    line = context.lines.number(event.trigger[0])
    ahead = listed(context.language, "spoken_after")
    days = [
        t
        for t in context.record.times
        if t.to and t.precision in ("day", "part_of_day") and low <= t.expression[0] and t.expression[1] <= event.trigger[0]
        and event.trigger[0] - t.expression[1] <= _HERE and context.lines.number(t.expression[0]) == line
        and set(context.text[t.expression[1] : event.trigger[0]].split()[:1]) & ahead
    ]  # fmt: skip
    if not days:
        return None, None, None
    return None, days[-1].to, "day"


def _with_parties(entry: Entry, before: list[Entry]) -> Entry:
    """Those whom the report told of last, where it says only "die Gespräche", "das Treffen", "die Minister"."""
    keys = {s.key for s in entry.parties if s.known}
    if len(keys) >= 2:
        return entry
    for earlier in reversed(before):
        theirs = {s.key for s in earlier.parties if s.known}
        if len(theirs) >= 2 and keys <= theirs and entry.sentence - earlier.sentence <= _NEAR_LINES:
            parties = earlier.parties
            if entry.level and entry.level != earlier.level:
                states = [side_of_state(s.country) for s in parties if s.country in register().states and s.country]
                parties = tuple({s.key: s for s in states}.values()) if len(states) >= 2 else parties
            return replace(entry, parties=parties, anaphoric=True)
    return entry


def _with_outcome(context: Context, entry: Entry) -> Entry:
    """The agreements that the report tells of with talks that were held."""
    if entry.state != "held":
        return entry
    keys = {s.key for s in entry.parties}
    found: list[Told] = []
    for event in context.record.events:
        if event.type != "AGREE" or event.background or event.polarity == "negative" or event.status not in _REACHED:
            continue
        apart = abs(context.lines.number(event.trigger[0]) - entry.sentence)
        actors = context.around.parties(event)
        mine = {s.key for s in actors}
        same_word = any(a in context.events[entry.event].actors for a in event.actors)
        if not (mine and (mine <= keys or same_word)) or apart > (0 if event.mode == "meeting" else _NEAR_LINES):
            continue
        if event.mode == "meeting" and event.evidence != context.events[entry.event].evidence:
            continue
        found.append(context.told(event, actors if mine <= keys else entry.parties))
    return replace(entry, outcome=tuple(found))

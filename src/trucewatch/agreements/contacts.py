"""From entries to contacts: one call, meeting or round of talks over all reports, and what has become of it.

The result hangs on the entries alone, in an order of their own: not on the order in which they are given.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from trucewatch.agreements.contact_match import Plan, fits
from trucewatch.agreements.ledger_entry import Entry, party, place
from trucewatch.agreements.ledger_lines import happened, in_order, line
from trucewatch.contact import Contact, ContactLine, ContactState, Happened
from trucewatch.incident import IncidentPlace, IncidentTime, Party
from trucewatch.linking.aggregates import hours
from trucewatch.linking.knowledge import has_word
from trucewatch.linking.node import Side
from trucewatch.linking.places import rank

_MOST_PARTIES = 12
"""Of a conference with more, these are enough to find it by."""
_FORGOTTEN = 150 * 24.0
"""Hours after which a contact that nothing was heard of and that was not to come can no longer be what is told of."""
SILENCE_DAYS = 14
"""So long without news, and what was agreed without a date counts as unheard of."""
_FORWARD = ("proposed", "agreed", "scheduled")
_FORMS = ("hotline", "video", "summit", "mediation", "phone", "visit", "talks", "meeting")
"""Of the forms that reports give, the most telling first."""


@dataclass
class _Group:
    """The entries of one contact so far."""

    plan: Plan = field(default_factory=Plan)
    entries: list[Entry] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        self.entries.append(entry)
        self.plan.take(entry)


class _Index:
    """Where to look for the contact that an entry may tell of: by two who meet, by one who meets alone, by the report."""

    def __init__(self) -> None:
        self._found: dict[object, dict[int, None]] = {}

    def enter(self, at: int, entry: Entry) -> None:
        """A contact can be found by the parties of one more entry."""
        for key in (*_pairs(entry), entry.sha):
            self._found.setdefault(key, {})[at] = None

    def near(self, entry: Entry) -> list[int]:
        """The contacts, by number, that share two parties, the only party, or the report."""
        return sorted({at for key in (*_pairs(entry), entry.sha) for at in self._found.get(key, ())})


def _pairs(entry: Entry) -> list[frozenset[str]]:
    keys = sorted({s.key for s in entry.parties})
    if len(keys) < 2:
        return [frozenset(keys)]
    return [frozenset(pair) for pair in combinations(keys[:_MOST_PARTIES], 2)]


def contacts(entries: Iterable[Entry], today: dt.date | None = None) -> list[Contact]:
    """The contacts that the entries tell of, by time.

    ``today`` decides what is overdue; without it the last day on which one of the entries was published.
    """
    given = in_order(entries, "contact")
    days = [dt.date.fromisoformat(e.day) for e in given if e.day]
    now = today or max(days, default=None)
    groups: list[_Group] = []
    index = _Index()
    for entry in given:
        near = (at for at in index.near(entry) if groups[at].plan.horizon >= (hours(entry.said) or 0.0) - _FORGOTTEN)
        scored = [(score, -at) for at in near if (score := fits(groups[at].plan, entry)) is not None]
        if scored:
            at = -max(scored)[1]
        elif meets(entry):
            at = len(groups)
            groups.append(_Group())
        else:
            continue
        groups[at].add(entry)
        index.enter(at, entry)
    found = [_contact(g, now) for g in groups]
    return sorted(found, key=lambda c: (c.time.from_ or c.time.to or "" if c.time else c.history[0].said or "", c.id))


def meets(entry: Entry) -> bool:
    """Whether there are people to meet: of two sides at least, or a body in which several sit ("die Kontaktgruppe")."""
    bodies = (has_word(entry.language, "bodies", s.name) for s in entry.parties)
    return len({s.key for s in entry.parties}) >= 2 or any(bodies)


def _contact(group: _Group, today: dt.date | None) -> Contact:
    entries = group.entries
    first = min(entries, key=lambda e: e.added_order)
    time = _time(entries)
    return Contact(
        id="k" + hashlib.sha256(f"{first.sha} {first.trigger[0]} contact".encode()).hexdigest()[:10],
        form=_form(entries),  # type: ignore[arg-type]
        participants=_participants(entries),
        level=group.plan.level,  # type: ignore[arg-type]
        topic=next((e.topic for e in entries if e.topic), None),
        place=_place(entries),
        time=time,
        state=_state(entries, time, today),
        history=[ContactLine(state=e.state, **line(e)) for e in _once(entries)],  # type: ignore[arg-type]
        initiated_by=next((e.initiated_by.name for e in entries if e.initiated_by), None),
        outcome=_outcome(entries),
    )


def _once(entries: Sequence[Entry]) -> list[Entry]:
    """One line for what one clause tells, though a verb and a noun of it tell it ("wollen sich zu Gesprächen treffen")."""
    found: dict[tuple[str, tuple[int, int], str], Entry] = {}
    for entry in entries:
        found.setdefault((entry.sha, entry.evidence, entry.state), entry)
    return list(found.values())


def _form(entries: Sequence[Entry]) -> str:
    """The form that most lines give; among equals, and beside a plain "meeting", the most telling."""
    counted = Counter(e.form for e in entries)
    if set(counted) == {"meeting", "talks"} and len({e.sha for e in entries}) == 1:
        return "meeting"  # talks that are held at it
    telling = [f for f in counted if f not in ("meeting", "talks")]
    return min(telling or counted, key=lambda f: (-counted[f], _FORMS.index(f) if f in _FORMS else 9))


def _participants(entries: Sequence[Entry]) -> list[Party]:
    """Persons where they are named; a side without a named person as it stands."""
    persons: dict[tuple[str, str], Side] = {}
    others: dict[str, Side] = {}
    for side in (s for e in entries if not e.anaphoric for s in e.parties):
        if side.kind == "person" and (side.entity or " " in side.name):
            persons.setdefault((side.key, side.name), side)
        else:
            others.setdefault(side.key, side)
    named = {key for key, _ in persons}
    return [party(s) for s in (*persons.values(), *(s for k, s in others.items() if k not in named))] or [
        party(s) for s in entries[0].parties
    ]


def _place(entries: Sequence[Entry]) -> IncidentPlace | None:
    """The most precise place; where it was held goes before where it was to be, a later plan before an earlier one."""
    told = [(e, s) for e in entries for s in e.spots]
    told.sort(key=lambda pair: (pair[0].state != "held", rank(pair[1]), tuple(-ord(c) for c in pair[0].said or "")))
    return place(told[0][1]) if told else None


def _time(entries: Sequence[Entry]) -> IncidentTime | None:
    """When it was held; else the time last set for it. What was held was not after it was reported."""
    held = [e.time for e in entries if e.state == "held" and e.time is not None]
    whole = [t for t in held if t.from_ is not None and t.to is not None]
    if whole:
        return min(whole, key=lambda t: ((hours(t.to) or 0) - (hours(t.from_) or 0), t.from_ or ""))
    set_for = [e.time for e in entries if e.state in ("scheduled", "agreed", "postponed", "proposed") and e.time]
    last = set_for[-1] if set_for else None
    put_off = [e for e in entries if e.state not in ("refused", "denied")][-1:]
    if not held and put_off and put_off[0].state == "postponed":
        return put_off[0].time if _is_new_date(put_off[0]) else None
    if not held:
        called_off = [e.time for e in entries if e.time]
        return last or (called_off[-1] if called_off else None)
    latest = held[0]
    if last is not None and last.from_ and latest.to and last.from_ < latest.to:
        to = min(last.to or latest.to, latest.to)
        return IncidentTime.model_validate({"from": last.from_, "to": to, "precision": last.precision})
    return latest


def _state(entries: Sequence[Entry], time: IncidentTime | None, today: dt.date | None) -> ContactState:
    """What has become of it by ``today``: see the module ``contact``."""
    if any(e.state == "held" for e in entries):
        return "held"
    state: ContactState = "proposed"
    for entry in entries:
        if entry.state in ("cancelled", "refused", "denied"):
            state = "cancelled"
        elif entry.state == "postponed":
            state = "postponed"
        elif entry.state == "scheduled":
            state = "scheduled"
        elif entry.state == "agreed" and state in ("proposed", "postponed", "cancelled"):
            state = "agreed"
        elif entry.state == "proposed" and state == "cancelled":
            state = "proposed"
    if today is None:
        return state
    over = time is not None and time.to is not None and dt.date.fromisoformat(time.to[:10]) <= today
    newest = entries[-1]
    if (
        state == "scheduled"
        and over
        or state == "postponed"
        and over
        and newest.state == "postponed"
        and _is_new_date(newest)
    ):
        return "overdue"
    heard = max((dt.date.fromisoformat(e.day) for e in entries if e.day), default=today)
    if state == "agreed" and (today - heard).days >= SILENCE_DAYS:
        return "no_news"
    return state


def _is_new_date(entry: Entry) -> bool:
    """Whether what was put off was put off to a date."""
    return entry.moved and entry.start is not None


def _outcome(entries: Sequence[Entry]) -> list[Happened]:
    found: dict[tuple[str, str], Happened] = {}
    for entry in entries:
        for told in entry.outcome:
            found.setdefault((entry.sha, told.event), happened(entry, told))
    return list(found.values())

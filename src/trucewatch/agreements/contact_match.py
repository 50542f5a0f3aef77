"""Does an entry tell of a contact already known? By who meets, in what form, on which level, when and where."""

from __future__ import annotations

from dataclasses import dataclass, field

from trucewatch.agreements.ledger_entry import Entry
from trucewatch.linking.aggregates import hours
from trucewatch.linking.node import Side

_DAY = 24.0
_FAMILY = {"phone": "call", "hotline": "call", "video": "video"}
"""Forms that can be one contact; all others are met in person."""
_IN_PERSON = frozenset(("meeting", "summit", "visit", "video"))
_AHEAD = ("proposed", "agreed", "scheduled")
_CLOSED = ("held", "denied")
_WAIT_DAYS = 60.0
"""So long after it was last heard of, a plan can still be what is told of."""
_SAME_DAYS = 2.0
"""Two undated accounts so many days apart may be of one contact that was held."""
_LEVELS_NEAR = frozenset((frozenset(("envoys", "experts")), frozenset(("envoys", "ministers"))))


@dataclass
class Plan:
    """What is known of a contact so far: who, how, when."""

    keys: set[str] = field(default_factory=set)
    persons: dict[str, set[str]] = field(default_factory=dict)
    forms: set[str] = field(default_factory=set)
    level: str | None = None
    sha: set[str] = field(default_factory=set)
    towns: set[str] = field(default_factory=set)
    scheduled: tuple[float, float] | None = None
    held: tuple[float, float] | None = None
    closed: bool = False
    called_off: bool = False
    last: float = 0.0
    consults: dict[str, list[Entry]] = field(default_factory=dict)
    """By report, what it tells as contacts of their own."""

    @property
    def horizon(self) -> float:
        """The latest hour that is known of it: when it was last told of, or is to be."""
        ends = (when[1] for when in (self.scheduled, self.held) if when is not None)
        return max(self.last, *ends, 0.0)

    def take(self, entry: Entry) -> None:
        """Learn from one more entry."""
        self.keys |= {s.key for s in entry.parties}
        for side in entry.parties:
            if is_named(side):
                self.persons.setdefault(side.key, set()).add(side.name)
        self.forms.add(family(entry))
        self.level = self.level or entry.level
        self.sha.add(entry.sha)
        if entry.type == "CONSULT":
            self.consults.setdefault(entry.sha, []).append(entry)
        self.towns |= _towns(entry)
        when = span(entry)
        if entry.state == "held":
            told = when or _around(entry)
            self.held = _meet(self.held, told) or told if when or self.held is None else self.held
            self.closed = True
        elif when is not None and entry.state != "denied":
            self.scheduled = when
        self.called_off = entry.state in ("cancelled", "refused", "postponed") or (
            self.called_off and entry.state not in _AHEAD
        )
        self.last = max(self.last, hours(entry.said) or 0.0)


def family(entry: Entry) -> str:
    """Forms of one family can be one contact: calls, video, in person; stepping up contacts is no meeting."""
    return "stepped_up" if entry.type == "COOPERATE" else _FAMILY.get(entry.form, "meet")


def is_named(side: Side) -> bool:
    """Whether the side is a person by name, not by office."""
    return side.kind == "person" and (side.entity is not None or " " in side.name and side.name[:1].isupper())


def fits(plan: Plan, entry: Entry) -> float | None:
    """How well the entry goes with a contact, more is better; ``None`` where it cannot be that one."""
    who = _who(plan, entry)
    if who is None or not _form(plan, entry):
        return None
    if not _told_apart(plan, entry):
        return None
    if plan.level and entry.level and plan.level != entry.level:
        if frozenset((plan.level, entry.level)) not in _LEVELS_NEAR:
            return None
    when = _when(plan, entry)
    if when is None:
        return None
    towns = _towns(entry)
    where = 0.0 if not towns or not plan.towns else 1.0 if towns & plan.towns else -1.0
    if where < 0 and when < 2:
        return None
    same_level = 0.5 if plan.level == entry.level else 0.0
    return who + when + where + same_level


def _who(plan: Plan, entry: Entry) -> float | None:
    mine = {s.key for s in entry.parties}
    if not mine:
        return None
    common = mine & plan.keys
    # a body in which several sit meets by itself
    enough = len(common) >= 2 or (common == mine and entry.sha in plan.sha) or common == mine == plan.keys
    if not enough or not (mine <= plan.keys or plan.keys <= mine):
        return None
    for side in entry.parties:
        known = plan.persons.get(side.key)
        if known and is_named(side) and side.name not in known and not entry.anaphoric:
            return None
    return 2.0 if mine == plan.keys else 1.0


def _told_apart(plan: Plan, entry: Entry) -> bool:
    """Whether what one report keeps apart, or what states do and what their heads do, may be one contact."""
    told = plan.consults.get(entry.sha)
    if told and any(_at_it(e, entry) or _at_it(entry, e) for e in told):
        return True
    if told and entry.type == "CONSULT" and not any(e.evidence == entry.evidence for e in told):
        if not entry.anaphoric and any(e.level != entry.level or e.form != entry.form for e in told):
            return False
    bare = entry.level is None and entry.form == "talks" and not any(is_named(s) for s in entry.parties)
    return not (bare and plan.level == "heads" and entry.sha not in plan.sha)


def _at_it(meeting: Entry, talks: Entry) -> bool:
    """ "kamen in Sotschi zusammen. Sie berieten über …", "treffen sich, um zu sprechen": talks without a time and place of
    their own, in the same sentence as a meeting of the same or the next, are held there."""
    bare = talks.form == "talks" and talks.start is None and talks.end is None and not talks.spots
    near = 0 <= talks.sentence - meeting.sentence <= 1
    return bare and near and meeting.form in _IN_PERSON and {s.key for s in talks.parties} == {s.key for s in meeting.parties}


def _form(plan: Plan, entry: Entry) -> bool:
    if family(entry) in plan.forms:
        return True
    return (
        "call" in {family(entry), *plan.forms}
        and entry.form == "talks"
        and entry.sha in plan.sha
        and entry.state == "held"
    )


def _when(plan: Plan, entry: Entry) -> float | None:
    """Points for the times; ``None`` where they are those of two contacts."""
    when = span(entry)
    said = hours(entry.said) or 0.0
    if entry.state in _CLOSED:
        told = when or _around(entry)
        if plan.held is not None:
            return 3.0 if _near(plan.held, told, 0 if when else _SAME_DAYS * _DAY) else None
        if plan.scheduled is not None:
            if _near(plan.scheduled, told, _DAY):
                return 3.0
            late = told[0] - plan.scheduled[1]
            return 1.0 if when is None and 0 <= late <= 3 * _DAY else None
        return 2.0 if said - plan.last <= _WAIT_DAYS * _DAY else None
    if plan.held is not None:
        if when is not None:
            return 2.0 if _near(plan.held, when, 0) else None
        # told as to come, on the day that it was held: an older text; else a further contact
        return 1.0 if entry.state != "proposed" and entry.sha not in plan.sha and said <= plan.held[0] else None
    if said - plan.last > _WAIT_DAYS * _DAY:
        return None
    if entry.state in ("cancelled", "refused", "postponed"):
        if when is None or plan.scheduled is None or _near(plan.scheduled, when, _DAY):
            return 2.5
        return 1.5 if entry.state == "postponed" else None
    if plan.scheduled is None:
        return 2.0
    if when is None:
        return 2.0 if plan.scheduled[1] > said or plan.called_off else None
    if _near(plan.scheduled, when, 0):
        return 3.0
    moved = plan.called_off or (
        entry.state == "scheduled" and plan.scheduled[0] > said and bool(_towns(entry) & plan.towns)
    )
    return 1.5 if moved and entry.sha not in plan.sha or plan.called_off else None


def span(entry: Entry) -> tuple[float, float] | None:
    """The hours of an entry that is told with a whole span or a day before which it was."""
    start, end = hours(entry.start), hours(entry.end)
    if end is None:
        return None
    if start is None:
        return (end - _SAME_DAYS * _DAY, end)
    return (start, max(end, start + 1))


def _around(entry: Entry) -> tuple[float, float]:
    """When what is told without a time was, at a guess good enough for comparing: in the day or so before publication."""
    day = hours(entry.day) or 0.0
    return (day - _DAY, day + _DAY)


def _near(one: tuple[float, float], other: tuple[float, float], slack: float) -> bool:
    return one[0] < other[1] + slack and other[0] < one[1] + slack


def _meet(one: tuple[float, float] | None, other: tuple[float, float]) -> tuple[float, float] | None:
    if one is None:
        return None
    low, high = max(one[0], other[0]), min(one[1], other[1])
    return (low, high) if low < high else None


def _towns(entry: Entry) -> set[str]:
    return {s.name.casefold() for s in entry.spots if s.precision in ("exact", "place")}

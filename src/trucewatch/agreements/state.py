"""The state of a truce: what was reported per zone and period, by class of violation and side, and how it changes.

Counts of reported incidents, never of violations: what is claimed, contested and corroborated stands apart. No reports are
not the same as quiet.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from trucewatch.agreements.claimed import ClaimedCount, concerning
from trucewatch.agreements.model import Agreement
from trucewatch.agreements.wording import filled
from trucewatch.agreements.zones import area_of
from trucewatch.finding import RESULTS, Finding, Result
from trucewatch.incident import Both, Incident
from trucewatch.knowledge.load import table
from trucewatch.linking.places import finest

Standing = Literal["claimed", "contested", "corroborated", "undetermined"]
STANDINGS: tuple[Standing, ...] = ("corroborated", "contested", "claimed", "undetermined")
_STANDING: dict[Result, Standing] = {
    "undetermined": "undetermined", "alleged": "claimed", "contested": "contested", "corroborated": "corroborated",
    "admitted": "corroborated",
}  # fmt: skip


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Entry(_Model):
    """One incident as the state counts it: once, under the strongest of its findings."""

    incident: str
    day: str
    """ISO day: when it was, or where that is not told when it was first reported."""
    dated: bool
    kind: str
    """Class of violation (truce_state.toml)."""
    result: Result
    standing: Standing
    provisions: list[str]
    parties: list[str]
    """Ids of the agreement's parties that are said to have done it."""
    by: list[str]
    zones: list[str] = Field(default_factory=list)
    possibly: list[str] = Field(default_factory=list)
    """Zones in which it may lie."""
    region: str | None = None
    killed: int = 0
    """Dead at least, over all groups."""


class Cell(_Model):
    """Incidents of one class in one zone by one side, in a period and in the one before."""

    zone: str
    kind: str
    party: str | None = None
    """``None``: nobody the agreement knows is named."""
    corroborated: int = 0
    contested: int = 0
    claimed: int = 0
    undetermined: int = 0
    possibly: int = 0
    """How many of them lie only possibly in the zone."""
    before: int = 0
    """The same in the period before, all standings together."""
    incidents: list[str] = Field(default_factory=list)

    @property
    def number(self) -> int:
        """All standings together."""
        return self.corroborated + self.contested + self.claimed + self.undetermined


class RegionRow(_Model):
    """A row of the daily table after the conventions of monitoring missions."""

    region: str
    violations: int = 0
    explosions: int = 0
    before: int = 0
    """Violations in the period before."""
    weapons: int = 0
    restrictions: int = 0
    killed: int = 0
    incidents: list[str] = Field(default_factory=list)


class Signal(_Model):
    """One sign of escalation, and what it rests on."""

    kind: Literal["rise", "killed", "returned"]
    cause: Both
    incidents: list[str] = Field(default_factory=list)


class State(_Model):
    """The state of a truce in one period."""

    agreement: str
    since: str
    until: str
    """The first day after the period (ISO)."""
    before_since: str
    entries: list[Entry] = Field(default_factory=list)
    cells: list[Cell] = Field(default_factory=list)
    regions: list[RegionRow] = Field(default_factory=list)
    claimed: list[ClaimedCount] = Field(default_factory=list)
    per_day: dict[str, int] = Field(default_factory=dict)
    quiet: tuple[str, str] | None = None
    """The longest run of days of the period without a reported incident: first day, first day after it."""
    signals: list[Signal] = Field(default_factory=list)
    compared: int = 0
    """Periods before that there were reports for, and that signals are held against."""


@cache
def _acts() -> tuple[tuple[str, str, frozenset[str] | None], ...]:
    """(class, type, modes) in the order of asking."""
    data = table("truce_state")
    return tuple(
        (name, act["type"], frozenset(act["modes"]) if "modes" in act else None)
        for name in data["order"]
        for act in data["classes"][name]["acts"]
    )


def class_of(incident: Incident) -> str | None:
    """The class of violation that an incident is of; ``None`` for relief, withdrawals and the like."""
    for name, kind, modes in _acts():
        if incident.type == kind and (modes is None or (incident.mode or "") in modes):
            return name
    return None


def class_name(name: str) -> Both:
    """A class in both languages."""
    row = table("truce_state")["classes"][name]
    return Both(de=row["de"], en=row["en"])


def entries(agreement: Agreement, findings: Iterable[Finding], incidents: Mapping[str, Incident]) -> list[Entry]:
    """What counts of an agreement's findings: each incident once, with its strongest result."""
    of: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.result in _STANDING and finding.bearing == "contrary":
            of.setdefault(finding.incident, []).append(finding)
    found = []
    for number, mine in of.items():
        incident = incidents.get(number)
        kind = class_of(incident) if incident is not None else None
        if incident is None or kind is None or incident.state == "rejected":
            continue
        best = max(mine, key=lambda f: RESULTS.index(f.result))
        same = [f for f in mine if f.result == best.result]
        day, dated = _day(incident)
        if day is None:
            continue
        inside, possibly = _zones(agreement, incident)
        found.append(
            Entry(
                incident=number, day=day, dated=dated, kind=kind, result=best.result, standing=_STANDING[best.result],
                provisions=[f.provision for f in mine], parties=_once(p for f in same for p in f.parties),
                by=_once(b for f in same for b in f.by), zones=inside, possibly=possibly,
                region=_region(agreement, incident, inside or possibly), killed=_killed(incident),
            )
        )  # fmt: skip
    found.sort(key=lambda e: (e.day, e.incident))
    return found


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _day(incident: Incident) -> tuple[str | None, bool]:
    time = incident.time
    if time is not None and time.from_ and time.precision not in ("month", "season", "year", "longer", "vague"):
        return time.from_[:10], True
    if incident.background:
        return None, False  # told of as past, of no day that is known: it belongs to no period
    return (incident.first_reported or "")[:10] or None, False


def _zones(agreement: Agreement, incident: Incident) -> tuple[list[str], list[str]]:
    places = finest(incident.places)
    inside, possibly = [], []
    for zone in agreement.zones:
        holds = area_of(agreement, zone.id).holds(places)
        if holds.holds is True:
            inside.append(zone.id)
        elif holds.holds is None and holds.share:
            possibly.append(zone.id)
    return inside, possibly


def _region(agreement: Agreement, incident: Incident, zones: Sequence[str]) -> str | None:
    """The province that the reports name, else the first zone, else the most precise place."""
    province = next((p.name for p in incident.places if p.precision == "admin1"), None)
    if province is not None:
        return province
    if zones:
        return agreement.zone(zones[0]).name.de
    return incident.places[0].name if incident.places else None


def _killed(incident: Incident) -> int:
    return sum(x.low or 0 for x in incident.losses if x.harm == "killed" and not x.part_of_total)


def state(
    agreement: Agreement,
    counted: Sequence[Entry],
    since: str,
    until: str,
    claims: Iterable[ClaimedCount] = (),
) -> State:
    """The state in the period from ``since`` to before ``until`` (ISO days), against the periods of the same length before.

    ``counted`` are ``entries`` of this and of earlier periods. Raises ``ValueError`` where the period is empty.
    """
    first, after = dt.date.fromisoformat(since), dt.date.fromisoformat(until)
    if after <= first:
        raise ValueError(f"the period is empty: until {until} is not after since {since}")
    length = after - first
    now = [e for e in counted if since <= e.day < until]
    before_since = _shifted(first, -length)
    before = [e for e in counted if before_since <= e.day < since]
    found = State(agreement=agreement.id, since=since, until=until, before_since=before_since, entries=now)
    found.cells = _cells(agreement, now, before)
    found.regions = _regions(now, before)
    found.claimed = list(concerning(claims, agreement, since, until))
    per_day = Counter(e.day for e in now)
    days = (_shifted(first, dt.timedelta(days=n)) for n in range(length.days))
    found.per_day = {day: per_day[day] for day in days}
    found.quiet = quiet_spell(found.per_day)
    found.signals, found.compared = _signals(counted, first, length)
    return found


def _shifted(day: dt.date, by: dt.timedelta) -> str:
    """The ISO day so much later; never before the calendar's first."""
    try:
        return (day + by).isoformat()
    except OverflowError:
        return dt.date.min.isoformat()


def _cells(agreement: Agreement, now: Sequence[Entry], before: Sequence[Entry]) -> list[Cell]:
    cells: dict[tuple[str, str, str | None], Cell] = {}
    for entry in now:
        for zone in (*entry.zones, *entry.possibly) or ("",):
            for party in _parties(entry):
                cell = cells.setdefault((zone, entry.kind, party), Cell(zone=zone, kind=entry.kind, party=party))
                setattr(cell, entry.standing, getattr(cell, entry.standing) + 1)
                cell.possibly += zone in entry.possibly
                cell.incidents.append(entry.incident)
    for entry in before:
        for zone in (*entry.zones, *entry.possibly) or ("",):
            for party in _parties(entry):
                key = (zone, entry.kind, party)
                cells.setdefault(key, Cell(zone=zone, kind=entry.kind, party=party)).before += 1
    zones = [z.id for z in agreement.zones] + [""]
    order: list[str] = table("truce_state")["order"]
    return sorted(cells.values(), key=lambda c: (zones.index(c.zone), order.index(c.kind), c.party or "~"))


def _parties(entry: Entry) -> Sequence[str | None]:
    return entry.parties or [None]


_EXPLOSIONS = frozenset(("air", "heavy_weapons", "explosion"))


def _regions(now: Sequence[Entry], before: Sequence[Entry]) -> list[RegionRow]:
    rows: dict[str, RegionRow] = {}
    for entry in now:
        row = rows.setdefault(entry.region or "", RegionRow(region=entry.region or ""))
        row.violations += 1
        row.explosions += entry.kind in _EXPLOSIONS
        row.weapons += entry.kind == "weapons"
        row.restrictions += entry.kind == "restriction"
        row.killed += entry.killed
        row.incidents.append(entry.incident)
    for entry in before:
        rows.setdefault(entry.region or "", RegionRow(region=entry.region or "")).before += 1
    return sorted(rows.values(), key=lambda r: (-r.violations, r.region))


def quiet_spell(per_day: Mapping[str, int]) -> tuple[str, str] | None:
    """The longest run of days without a reported incident, the first of equals: (first day, first day after it).

    >>> quiet_spell({"2020-03-01": 1, "2020-03-02": 0, "2020-03-03": 0, "2020-03-04": 2})
    ('2020-03-02', '2020-03-04')
    """
    best: tuple[int, str] | None = None
    start: str | None = None
    run = 0
    for day in sorted(per_day):
        if per_day[day]:
            start, run = None, 0
            continue
        start, run = start or day, run + 1
        if best is None or run > best[0]:
            best = (run, start)
    if best is None:
        return None
    return best[1], _shifted(dt.date.fromisoformat(best[1]), dt.timedelta(days=best[0]))


# --- signals ----------------------------------------------------------------------------------------------------------


def _signals(counted: Sequence[Entry], first: dt.date, length: dt.timedelta) -> tuple[list[Signal], int]:
    """Signs of escalation in the period from ``first`` on, against those before; and how many these were."""
    rules: dict[str, Any] = table("truce_state")["signals"]
    numbers = range(1, rules["baseline_periods"] + 1)
    spans = [(_shifted(first, -length * n), _shifted(first, -length * (n - 1))) for n in numbers]
    earliest = min((e.day for e in counted), default=None)
    spans = [s for s in spans if earliest is not None and s[1] > earliest]
    now = [e for e in counted if first.isoformat() <= e.day < _shifted(first, length)]
    if not spans:
        return [], 0
    base = [[e for e in counted if low <= e.day < high] for low, high in spans]
    found = [*_rises(now, base, rules), *_deadlier(now, base, rules), *_returned(now, counted, first, rules)]
    return found, len(spans)


def _rises(now: Sequence[Entry], base: Sequence[Sequence[Entry]], rules: Mapping[str, Any]) -> Iterator[Signal]:
    for kind in table("truce_state")["order"]:
        mine = [e for e in now if e.kind == kind]
        mean = sum(e.kind == kind for part in base for e in part) / len(base)
        if len(mine) >= rules["least"] and len(mine) > mean + rules["spread"] * max(mean, 1.0) ** 0.5:
            yield Signal(
                kind="rise", incidents=[e.incident for e in mine],
                cause=_said("rise", name=class_name(kind), now=str(len(mine)), mean=_tenth(mean), number=str(len(base))),
            )  # fmt: skip


def _deadlier(now: Sequence[Entry], base: Sequence[Sequence[Entry]], rules: Mapping[str, Any]) -> Iterator[Signal]:
    killed = sum(e.killed for e in now)
    most = max(sum(e.killed for e in part) for part in base)
    if killed >= rules["least_killed"] and killed >= rules["growth_killed"] * most and killed > most:
        yield Signal(
            kind="killed", incidents=[e.incident for e in now if e.killed],
            cause=_said("killed", now=str(killed), most=str(most), number=str(len(base))),
        )  # fmt: skip


def _returned(
    now: Sequence[Entry], counted: Sequence[Entry], first: dt.date, rules: Mapping[str, Any]
) -> Iterator[Signal]:
    for kind in table("truce_state")["order"]:
        mine = [e for e in now if e.kind == kind]
        past = [e.day for e in counted if e.kind == kind and e.day < first.isoformat()]
        if not mine or not past:
            continue
        days = (dt.date.fromisoformat(min(e.day for e in mine)) - dt.date.fromisoformat(max(past))).days - 1
        if days >= rules["quiet_days"]:
            cause = _said("returned", name=class_name(kind), days=str(days))
            yield Signal(kind="returned", cause=cause, incidents=[e.incident for e in mine])


def _tenth(number: float) -> Both:
    text = f"{number:.1f}"
    return Both(de=text.replace(".", ","), en=text)


def _said(sentence: str, **parts: Both | str) -> Both:
    return filled(table("truce_state")["words"][sentence], **parts)

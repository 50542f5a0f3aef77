"""Incidents in the store: their present state, every earlier state, and the ways to ask for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import sqlalchemy as sa

from trucewatch.incident import Incident
from trucewatch.store.linked import among, rows
from trucewatch.store.tables import incidents, keys, versions
from trucewatch.store.texts import writable
from trucewatch.store.times import now

_AHEAD = 200
"""Rows fetched at a time where all are asked for."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which incidents are asked for; ``None`` leaves a field open.

    ``since`` and ``until`` are ISO dates: incidents whose time, or whose first report where the time is not known, meets
    the span from the one to before the other. ``place`` and ``party`` are names in any case; a country by its ISO code.
    """

    since: str | None = None
    until: str | None = None
    place: str | None = None
    party: str | None = None
    grade: str | None = None
    type: str | None = None
    min_killed: int | None = None
    box: tuple[float, float, float, float] | None = None
    """West, south, east, north in degrees; west > east crosses the antimeridian."""
    area: Callable[[float, float], bool] | None = None
    """Whether a point (longitude, latitude) is inside."""
    background: bool = True
    rejected: bool = False
    reports: tuple[int, ...] | None = None
    limit: int | None = None


def plain(name: str) -> str:
    """A name as it is looked up by."""
    return " ".join(writable(name).casefold().split())


_THIS = incidents.c.id == sa.bindparam("this")
_PRESENT = sa.select(incidents.c.json, incidents.c.merged_into).where(_THIS)
_NEXT = sa.select(sa.func.coalesce(sa.func.max(incidents.c.number), 0) + 1).scalar_subquery()
_COLUMNS = (
    "merged_into", "type", "mode", "grade", "state", "background", "day_from", "day_to", "killed_low", "killed_high",
    "lat", "lon", "json", "changed",
)  # fmt: skip
_ENTER = incidents.insert().values(number=_NEXT, **{c: sa.bindparam(c) for c in ("id", *_COLUMNS)})
_CHANGE = incidents.update().where(_THIS).values({c: sa.bindparam(c) for c in _COLUMNS})
_GONE = incidents.update().where(_THIS).values(merged_into=sa.bindparam("to"), changed=sa.bindparam("at"))
_ENTER_KEYS, _DROP_KEYS = keys.insert(), keys.delete().where(keys.c.incident == sa.bindparam("this"))
_ENTER_VERSION = versions.insert()
_NUMBERS = among(sa.select(incidents.c.id, incidents.c.number), incidents.c.id)
_INTO = among(sa.select(incidents.c.id, incidents.c.number), incidents.c.merged_into)
_MERGED_INTO = sa.select(incidents.c.merged_into).where(_THIS)


def save(
    connection: sa.Connection, incident: Incident, cause: str, names: dict[str, set[str]], new: bool = False
) -> bool:
    """Writes an incident's present state; False where nothing changed. ``names`` are its keys by kind."""
    text = incident.to_json()
    known = None if new else connection.execute(_PRESENT, {"this": incident.id}).first()
    if known is not None and known.json == text and known.merged_into is None:
        return False
    moment = now()
    day_from, day_to = _days(incident)
    killed = [x for x in incident.losses if x.harm == "killed" and not x.part_of_total]
    open_end = any(x.high is None for x in killed)
    pin = next((p for p in incident.places if p.lat is not None and p.lon is not None), None)
    values: dict[str, Any] = {
        "merged_into": None, "type": incident.type, "mode": incident.mode, "grade": incident.grade,
        "state": incident.state, "background": incident.background, "day_from": day_from, "day_to": day_to,
        "killed_low": sum(x.low or 0 for x in killed) if killed else None,
        "killed_high": None if open_end or not killed else sum(x.high or 0 for x in killed),
        "lat": pin.lat if pin else None, "lon": pin.lon if pin else None, "json": text, "changed": moment,
    }  # fmt: skip
    if known is None:
        connection.execute(_ENTER, {"id": incident.id, **values})
    else:
        connection.execute(_CHANGE, {"this": incident.id, **values})
        connection.execute(_DROP_KEYS, {"this": incident.id})
    entries = [
        {"kind": kind, "key": plain(name), "incident": incident.id}
        for kind, listed in sorted(names.items())
        for name in sorted({plain(n) for n in listed})
    ]
    if entries:
        connection.execute(_ENTER_KEYS, entries)
    connection.execute(_ENTER_VERSION, {"incident": incident.id, "at": moment, "cause": cause, "json": text})
    return True


def _days(incident: Incident) -> tuple[str | None, str | None]:
    """First day, and the day after the last; the day of the first report where the time is not known."""
    if incident.time is not None and incident.time.from_:
        end = incident.time.to or incident.time.from_
        return incident.time.from_[:10], end if len(end) == 10 else f"{end[:10]}T24"
    if incident.first_reported:
        return incident.first_reported[:10], f"{incident.first_reported[:10]}T24"
    return None, None


def merge_into(connection: sa.Connection, gone: str, kept: str | None, cause: str) -> None:
    """An incident that is no more: it went into ``kept``, or nothing is left of it (``None``)."""
    row = connection.execute(_MERGED_INTO, {"this": gone}).first()
    target = kept if kept is not None else ""
    if row is None or row.merged_into == target:
        return
    connection.execute(_GONE, {"this": gone, "to": target, "at": now()})
    connection.execute(_DROP_KEYS, {"this": gone})
    connection.execute(_ENTER_VERSION, {"incident": gone, "at": now(), "cause": cause, "json": None})


def numbers(connection: sa.Connection, ids: Iterable[str]) -> dict[str, int]:
    """Id -> place in the order of first being known."""
    return {row.id: row.number for row in rows(connection, _NUMBERS, ids)}


def is_known(connection: sa.Connection, wanted: str) -> bool:
    """Whether an incident ever had this id."""
    return connection.execute(_MERGED_INTO, {"this": wanted}).first() is not None


def merged_ids(connection: sa.Connection, kept: str) -> list[str]:
    """The ids that went into this one, through others too, oldest first."""
    found: dict[str, int] = {}
    todo = {kept}
    while todo:
        into = {row.id: row.number for row in rows(connection, _INTO, todo)}
        todo = set(into) - set(found)
        found.update(into)
    return sorted(found, key=lambda i: found[i])


def resolve(connection: sa.Connection, wanted: str) -> str | None:
    """The id under which an incident is known now: of ``wanted`` itself, of what it went into, or of the only one that
    begins so; ``None`` where there is none."""
    wanted = writable(wanted)
    for _ in range(1000):
        row = connection.execute(_MERGED_INTO, {"this": wanted}).first()
        if row is None:
            break
        if row.merged_into is None:
            return wanted
        if row.merged_into == "":
            return None
        wanted = row.merged_into
    if len(wanted) < 3:
        return None
    begins = incidents.c.id.startswith(wanted, autoescape=True)
    rows = connection.execute(sa.select(incidents.c.id).where(begins, incidents.c.merged_into.is_(None)).limit(2)).all()
    return str(rows[0][0]) if len(rows) == 1 else None


def load(connection: sa.Connection, number: str) -> Incident | None:
    """The incident with this very id."""
    row = connection.execute(
        sa.select(incidents.c.json).where(incidents.c.id == number, incidents.c.merged_into.is_(None))
    ).first()
    return Incident.model_validate_json(row[0]) if row is not None else None


def find(connection: sa.Connection, question: Question) -> Iterator[str]:
    """The JSON of the incidents asked for, by time (unknown last), a few at a time."""
    query = sa.select(incidents.c.json, incidents.c.lat, incidents.c.lon).where(
        incidents.c.merged_into.is_(None), *_conditions(question)
    )
    query = query.order_by(
        incidents.c.day_from.is_(None), incidents.c.day_from, incidents.c.day_to, incidents.c.number
    )
    if question.area is None:
        query = query.limit(question.limit)
    rows = connection.execute(query.execution_options(yield_per=_AHEAD))
    inside = (str(row.json) for row in rows if _inside(question, row.lat, row.lon))
    yield from inside if question.area is None else islice(inside, question.limit)


def _inside(question: Question, lat: float | None, lon: float | None) -> bool:
    return question.area is None or (lat is not None and lon is not None and question.area(lon, lat))


def count(connection: sa.Connection, question: Question) -> int:
    """How many there are, whatever the limit."""
    if question.area is not None:
        return sum(1 for _ in find(connection, replace(question, limit=None)))
    query = sa.select(sa.func.count()).select_from(incidents)
    return int(connection.execute(query.where(incidents.c.merged_into.is_(None), *_conditions(question))).scalar_one())


def _conditions(question: Question) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if question.since:
        found.append(incidents.c.day_to > question.since)
    if question.until:
        found.append(incidents.c.day_from < question.until)
    for kind, name in (("place", question.place), ("party", question.party)):
        if name:
            named = sa.select(keys.c.incident).where(keys.c.kind == kind, keys.c.key == plain(name))
            found.append(incidents.c.id.in_(named))
    if question.grade:
        found.append(incidents.c.grade == question.grade)
    if question.type:
        found.append(incidents.c.type == question.type)
    if question.min_killed is not None:
        found.append(incidents.c.killed_low >= question.min_killed)
    if question.box is not None:
        west, south, east, north = question.box
        found.append(incidents.c.lat.between(south, north))
        across = sa.or_(incidents.c.lon >= west, incidents.c.lon <= east)
        found.append(across if west > east else incidents.c.lon.between(west, east))
    if not question.background:
        found.append(incidents.c.background.is_(False))
    if not question.rejected:
        found.append(incidents.c.state != "rejected")
    if question.reports is not None:
        from trucewatch.store.tables import nodes

        found.append(incidents.c.id.in_(sa.select(nodes.c.incident).where(nodes.c.report.in_(question.reports))))
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one incident in a span of time: its state before (``None``: new) and after (``None``: gone)."""

    incident: str
    before: Incident | None
    after: Incident | None
    merged_into: str | None


def changes(connection: sa.Connection, since: str, until: str | None = None) -> Iterator[Change]:
    """The incidents whose state changed after ``since`` (UTC, as ``store.times.now`` writes it), oldest first."""
    span = [versions.c.at > since, *([versions.c.at <= until] if until else [])]
    last = sa.select(versions.c.incident, sa.func.max(versions.c.id).label("id")).where(*span)
    for row in connection.execute(last.group_by(versions.c.incident).order_by(sa.text("id"))).all():
        after = connection.execute(sa.select(versions.c.json).where(versions.c.id == row.id)).scalar()
        before = connection.execute(
            sa.select(versions.c.json)
            .where(versions.c.incident == row.incident, versions.c.at <= since)
            .order_by(versions.c.id.desc())
            .limit(1)
        ).scalar()
        if before == after:
            continue
        into = connection.execute(sa.select(incidents.c.merged_into).where(incidents.c.id == row.incident)).scalar()
        yield Change(row.incident, _incident(before), _incident(after), into or None)


def _incident(text: str | None) -> Incident | None:
    return Incident.model_validate_json(text) if text is not None else None

"""Findings in the store: kept with what they hang on, so that only what changed is assessed anew. Plain rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa

from trucewatch.store.linked import among, chunks, rows
from trucewatch.store.tables import assessed, findings, incidents, versions

_CHANGED = sa.select(versions.c.incident).where(versions.c.id > sa.bindparam("mark")).distinct()
_LAST = sa.select(sa.func.coalesce(sa.func.max(versions.c.id), 0))
_STATES = among(
    sa.select(incidents.c.id, incidents.c.json).where(incidents.c.merged_into.is_(None)), incidents.c.id
)
_ALL = sa.select(incidents.c.id).where(incidents.c.merged_into.is_(None)).order_by(incidents.c.number)
_ENTER = findings.insert()
_DROP = among(findings.delete().where(findings.c.agreement == sa.bindparam("of")), findings.c.incident)
_DROP_PAIRS = among(
    findings.delete().where(
        findings.c.agreement == sa.bindparam("of"), findings.c.provision.in_(sa.bindparam("rules", expanding=True))
    ),
    findings.c.incident,
)
_AT_ONCE = 1000


def mark_of(connection: sa.Connection, agreement: str) -> tuple[int, dict[str, str]]:
    """(mark, provision -> digest) of an agreement's findings; (0, {}) where it has none yet."""
    row = connection.execute(sa.select(assessed).where(assessed.c.agreement == agreement)).first()
    return (int(row.mark), json.loads(row.rules)) if row is not None else (0, {})


def last_version(connection: sa.Connection) -> int:
    """The number of the newest state of any incident."""
    return int(connection.execute(_LAST).scalar_one())


def changed_since(connection: sa.Connection, mark: int) -> list[str]:
    """Ids of the incidents that changed, or went, after a mark."""
    return [row[0] for row in connection.execute(_CHANGED, {"mark": mark})]


def present(connection: sa.Connection) -> list[str]:
    """Ids of all incidents, oldest first."""
    return [row[0] for row in connection.execute(_ALL)]


def chunks_of(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Incidents some at a time, in their order."""
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def states(connection: sa.Connection, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(id, JSON) of those of these incidents that are there; some at a time."""
    for part in chunks(ids):
        yield from ((row[0], row[1]) for row in rows(connection, _STATES, part))


def enter(connection: sa.Connection, found: Iterable[tuple[str, str, str, str, str]]) -> None:
    """Keeps findings: (agreement, incident, provision, result, JSON)."""
    batch: list[dict[str, str]] = []
    for agreement, incident, provision, result, text in found:
        batch.append(
            {"agreement": agreement, "incident": incident, "provision": provision, "result": result, "json": text}
        )
        if len(batch) == _AT_ONCE:
            connection.execute(_ENTER, batch)
            batch = []
    if batch:
        connection.execute(_ENTER, batch)


def drop_incidents(connection: sa.Connection, agreement: str, ids: Sequence[str]) -> None:
    """Takes out the findings of incidents that changed or went."""
    for part in chunks(ids):
        connection.execute(_DROP, {"of": agreement, "values": part})


def drop_pairs(connection: sa.Connection, agreement: str, ids: Sequence[str], provisions: Sequence[str]) -> None:
    """Takes out the findings of these incidents under these provisions."""
    for part in chunks(ids):
        connection.execute(_DROP_PAIRS, {"of": agreement, "rules": list(provisions), "values": part})


def drop_provisions(connection: sa.Connection, agreement: str, provisions: Sequence[str]) -> None:
    """Takes out the findings of provisions: those that are no longer there, or that say something else now."""
    if provisions:
        connection.execute(
            findings.delete().where(findings.c.agreement == agreement, findings.c.provision.in_(provisions))
        )


def set_mark(connection: sa.Connection, agreement: str, mark: int, rules: dict[str, str]) -> None:
    """Says up to where, and by which provisions, an agreement's findings are made."""
    text = json.dumps(rules, sort_keys=True)
    done = connection.execute(
        assessed.update().where(assessed.c.agreement == agreement).values(mark=mark, rules=text)
    )
    if not done.rowcount:
        connection.execute(assessed.insert().values(agreement=agreement, mark=mark, rules=text))


def of_agreement(
    connection: sa.Connection, agreement: str, ids: Iterable[str] | None = None, results: Sequence[str] = ()
) -> Iterator[str]:
    """The kept findings of an agreement as JSON, by incident and provision."""
    query = sa.select(findings.c.json).where(findings.c.agreement == agreement)
    if results:
        query = query.where(findings.c.result.in_(results))
    query = query.order_by(findings.c.incident, findings.c.provision)
    if ids is None:
        yield from (row[0] for row in connection.execute(query))
        return
    for row in rows(connection, among(query, findings.c.incident), ids):
        yield row[0]

"""What single reports say of contacts, promises and presence, kept so that they are linked without reading again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import sqlalchemy as sa

from trucewatch.record import Record
from trucewatch.store.tables import ledger, marks, records, reports

_MARK = "ledger:"
_AT_ONCE = 200
_NEXT = (
    sa.select(records.c.id, records.c.report, records.c.json, reports.c.text)
    .join(reports, reports.c.id == records.c.report)
    .where(records.c.id > sa.bindparam("mark"))
    .order_by(records.c.id)
    .limit(_AT_ONCE)
)
_DROP = ledger.delete().where(ledger.c.report == sa.bindparam("of"))

Said = Iterable[tuple[str, str | None, str]]
"""(kind, day, JSON) of what one record contributes."""


def behind(connection: sa.Connection, version: str) -> int:
    """How many records are not in the ledger that this ``version`` of the makers of entries keeps."""
    query = sa.select(sa.func.count()).select_from(records).where(records.c.id > _mark(connection, version))
    return int(connection.execute(query).scalar_one())


def _mark(connection: sa.Connection, version: str) -> int:
    found = connection.execute(sa.select(marks.c.value).where(marks.c.name == _MARK + version)).scalar()
    return int(found) if found is not None else 0


def catch_up(connection: sa.Connection, said: Callable[[Record, int], Said], version: str) -> int:
    """Enters what the next records say, some at a time; returns how many that were. A later reading replaces an earlier.

    ``said`` gives what a record, with the number of its report, contributes. What another ``version`` entered goes first.
    """
    others = sa.and_(marks.c.name.like(f"{_MARK}%"), marks.c.name != _MARK + version)
    if connection.execute(marks.delete().where(others)).rowcount:
        connection.execute(ledger.delete())
    found = connection.execute(_NEXT, {"mark": _mark(connection, version)}).all()
    for row in found:
        record = Record.model_validate_json(row.json)
        record._text = row.text
        connection.execute(_DROP, {"of": row.report})
        values = [
            {"report": row.report, "kind": kind, "day": day, "json": text}
            for kind, day, text in said(record, int(row.report))
        ]
        if values:
            connection.execute(ledger.insert(), values)
    if found:
        value = int(found[-1].id)
        name = _MARK + version
        if not connection.execute(marks.update().where(marks.c.name == name).values(value=value)).rowcount:
            connection.execute(marks.insert().values(name=name, value=value))
    return len(found)


def said(
    connection: sa.Connection, kind: str, since: str | None = None, until: str | None = None
) -> Iterator[tuple[int, str]]:
    """(report, JSON) of one kind, published from ``since`` to before ``until`` (ISO days), in the order of adding."""
    query = sa.select(ledger.c.report, ledger.c.json).where(ledger.c.kind == kind)
    if since is not None:
        query = query.where(sa.or_(ledger.c.day >= since, ledger.c.day.is_(None)))
    if until is not None:
        query = query.where(sa.or_(ledger.c.day < until, ledger.c.day.is_(None)))
    for row in connection.execute(query.order_by(ledger.c.report, ledger.c.id)):
        yield int(row[0]), row[1]

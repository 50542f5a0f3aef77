"""What linking keeps in the store: paragraphs, bands, copies, nodes, blocks and edges. Plain rows; linking gives them sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from trucewatch.store.tables import bands, blocks, copies, counts, edges, nodes, paragraphs, reports

_Statement = TypeVar("_Statement", sa.Select[Any], sa.Delete)
_MANY = 400
"""Values in one IN list: SQLite and PostgreSQL both bound them."""


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values in lists short enough for one statement, sorted so that the same question is the same text."""
    rest = sorted(set(values))
    for start in range(0, len(rest), _MANY):
        yield rest[start : start + _MANY]


def inserted(result: sa.CursorResult[Any]) -> int:
    """The number of the row that was just entered."""
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])


# Statements are put together once: building one anew for each call takes longer than running it.


def among(query: _Statement, column: sa.ColumnElement[Any]) -> _Statement:
    """The statement for the rows whose ``column`` is one of ``values``, for ``rows``."""
    return query.where(column.in_(sa.bindparam("values", expanding=True)))


def rows(connection: sa.Connection, statement: sa.Executable, values: Iterable[Any]) -> list[Any]:
    """The rows for these values of a statement made with ``among``, however many values there are."""
    return [row for part in chunks(values) for row in connection.execute(statement, {"values": part})]


def _each(connection: sa.Connection, statement: sa.Executable, values: Iterable[Any]) -> None:
    for part in chunks(values):
        connection.execute(statement, {"values": part})


# --- copies -----------------------------------------------------------------------------------------------------------

_SIGN = (
    reports.update()
    .where(reports.c.id == sa.bindparam("report"))
    .values(signature=sa.bindparam("signed"), shingles=sa.bindparam("size"))
)
_SIGNATURE = sa.select(reports.c.signature).where(reports.c.id == sa.bindparam("report"))
_BANDED = among(
    sa.select(reports.c.id, reports.c.signature, reports.c.shingles),
    reports.c.id,
)  # fmt: skip
_IN_BANDS = among(sa.select(bands.c.report).distinct(), bands.c.hash)
_TEXTS = among(sa.select(reports.c.id, reports.c.text), reports.c.id)
_COPIES = sa.union_all(
    among(sa.select(copies.c.one, copies.c.other), copies.c.one),
    among(sa.select(copies.c.one, copies.c.other), copies.c.other),
)
_BEFORE = (
    sa.select(paragraphs.c.report)
    .where(paragraphs.c.hash == sa.bindparam("hash"), paragraphs.c.day < sa.bindparam("of"))
    .order_by(paragraphs.c.day, paragraphs.c.report)
    .limit(sa.bindparam("most"))
)
_AFTER = (
    among(sa.select(paragraphs.c.hash, paragraphs.c.report), paragraphs.c.hash)
    .where(paragraphs.c.day > sa.bindparam("of"))
    .order_by(paragraphs.c.day, paragraphs.c.report)
    .limit(sa.bindparam("most"))
)
_ENTER_BANDS, _ENTER_PARAGRAPHS, _ENTER_COPIES = bands.insert(), paragraphs.insert(), copies.insert()


def enter_fingerprint(
    connection: sa.Connection,
    report: int,
    day: str | None,
    signature: bytes,
    size: int,
    of_bands: Sequence[int],
    of_paragraphs: Sequence[int],
) -> None:
    """Keeps a report's fingerprint."""
    connection.execute(_SIGN, {"report": report, "signed": signature, "size": size})
    if of_bands:
        connection.execute(_ENTER_BANDS, [{"hash": h, "report": report} for h in of_bands])
    if of_paragraphs:
        values = [{"hash": h, "report": report, "position": i, "day": day} for i, h in enumerate(of_paragraphs)]
        connection.execute(_ENTER_PARAGRAPHS, values)


def has_fingerprint(connection: sa.Connection, report: int) -> bool:
    """Whether the report's fingerprint is kept already."""
    return connection.execute(_SIGNATURE, {"report": report}).scalar() is not None


def banded_with(connection: sa.Connection, report: int, of_bands: Iterable[int]) -> list[tuple[int, bytes, int]]:
    """(report, signature, number of shingles) of the others that share a band, latest first."""
    found = {row[0] for row in rows(connection, _IN_BANDS, of_bands)} - {report}
    return [(r[0], r[1], r[2]) for r in sorted(rows(connection, _BANDED, found), reverse=True)]


def texts_of(connection: sa.Connection, numbers: Iterable[int]) -> dict[int, str]:
    """The texts of reports."""
    return {r[0]: r[1] for r in rows(connection, _TEXTS, numbers)}


def enter_copies(connection: sa.Connection, report: int, found: dict[int, float]) -> None:
    """Keeps the pairs of copies of one report."""
    values = [{"one": min(report, o), "other": max(report, o), "share": share} for o, share in sorted(found.items())]
    if values:
        connection.execute(_ENTER_COPIES, values)


def copies_of(connection: sa.Connection, numbers: Iterable[int]) -> list[tuple[int, int]]:
    """All pairs of copies in which one of these reports stands."""
    return sorted({(int(r[0]), int(r[1])) for r in rows(connection, _COPIES, numbers)})


def reports_before(connection: sa.Connection, paragraph: int, day: str, most: int) -> list[int]:
    """The reports of earlier days in which a paragraph stands, the first ones."""
    found = connection.execute(_BEFORE, {"hash": paragraph, "of": day, "most": most})
    return [int(row[0]) for row in found]


def paragraphs_after(connection: sa.Connection, hashes: Iterable[int], day: str, most: int) -> list[tuple[int, int]]:
    """(hash, report) of the places on later days where one of these paragraphs stands, the first ones."""
    values = sorted(set(hashes))[:_MANY]
    if not values:
        return []
    found = connection.execute(_AFTER, {"values": values, "of": day, "most": most})
    return [(int(row[0]), int(row[1])) for row in found]


# --- nodes ------------------------------------------------------------------------------------------------------------

_NODE = sa.select(nodes.c.id, nodes.c.report, nodes.c.event, nodes.c.json, nodes.c.incident)
_NODES = among(_NODE, nodes.c.id)
_NODES_OF_REPORTS = among(_NODE, nodes.c.report)
_NODES_OF_INCIDENTS = among(_NODE, nodes.c.incident)
_ENTER_NODE, _ENTER_BLOCKS, _ENTER_EDGES = nodes.insert(), blocks.insert(), edges.insert()
_REWRITE = nodes.update().where(nodes.c.id == sa.bindparam("node")).values(json=sa.bindparam("text"))
_ASSIGN = nodes.update().where(nodes.c.id == sa.bindparam("node")).values(incident=sa.bindparam("to"))
_DROP_NODES = among(nodes.delete(), nodes.c.id)
_DROP_BLOCKS = among(blocks.delete(), blocks.c.node)
_DROP_EDGES = (among(edges.delete(), edges.c.one), among(edges.delete(), edges.c.other))
_DROP_COUNTS = counts.delete().where(counts.c.report == sa.bindparam("of"))
_ENTER_COUNTS = counts.insert()
_IN_BLOCKS = among(sa.select(blocks.c.hash, blocks.c.node), blocks.c.hash)
_EDGES = sa.union_all(
    among(sa.select(edges.c.one, edges.c.other), edges.c.one),
    among(sa.select(edges.c.one, edges.c.other), edges.c.other),
)
_SOURCES = among(
    sa.select(
        reports.c.id, reports.c.name, reports.c.published, reports.c.publisher, reports.c.agencies, reports.c.own
    ),
    reports.c.id,
)  # fmt: skip


def enter_nodes(connection: sa.Connection, values: Sequence[dict[str, Any]]) -> list[int]:
    """Enters nodes (report, event, start, json, incident); returns their ids in order."""
    return [inserted(connection.execute(_ENTER_NODE, row)) for row in values]


def rewrite_node(connection: sa.Connection, node: int, json: str) -> None:
    """Replaces what is known of a node."""
    connection.execute(_REWRITE, {"node": node, "text": json})


def drop_nodes(connection: sa.Connection, report: int) -> None:
    """Takes out a report's nodes with their blocks, edges and counts, before they are made anew."""
    own = [row.id for row in nodes_of_reports(connection, [report])]
    drop_blocks(connection, own)
    _each(connection, _DROP_NODES, own)
    connection.execute(_DROP_COUNTS, {"of": report})


def nodes_of(connection: sa.Connection, numbers: Iterable[int]) -> list[Any]:
    """Rows (id, report, event, json, incident) of nodes by their ids."""
    return rows(connection, _NODES, numbers)


def nodes_of_reports(connection: sa.Connection, numbers: Iterable[int]) -> list[Any]:
    """Rows (id, report, event, json, incident) of all nodes of these reports."""
    return rows(connection, _NODES_OF_REPORTS, numbers)


def nodes_of_incidents(connection: sa.Connection, ids: Iterable[str]) -> list[Any]:
    """Rows (id, report, event, json, incident) of all nodes of these incidents."""
    return rows(connection, _NODES_OF_INCIDENTS, ids)


def assign(connection: sa.Connection, changed: dict[int, str | None]) -> None:
    """Says which incidents nodes belong to."""
    if changed:
        connection.execute(_ASSIGN, [{"node": n, "to": i} for n, i in sorted(changed.items())])


def enter_blocks(connection: sa.Connection, hashes: dict[int, Iterable[int]]) -> None:
    """Enters where nodes can be found."""
    values = [{"hash": h, "node": node} for node, found in hashes.items() for h in sorted(set(found))]
    if values:
        connection.execute(_ENTER_BLOCKS, values)


def drop_blocks(connection: sa.Connection, numbers: Iterable[int]) -> None:
    """Takes nodes out of their blocks, and their edges with them."""
    own = list(numbers)
    _each(connection, _DROP_BLOCKS, own)
    for side in _DROP_EDGES:
        _each(connection, side, own)


def in_blocks(connection: sa.Connection, hashes: Iterable[int]) -> dict[int, list[int]]:
    """Block -> the nodes that can be found in it."""
    found: dict[int, list[int]] = {}
    for block, node in rows(connection, _IN_BLOCKS, hashes):
        found.setdefault(block, []).append(node)
    return found


def enter_edges(connection: sa.Connection, scores: dict[tuple[int, int], float]) -> None:
    """Keeps pairs of nodes, the smaller number first, that speak for one happening."""
    if scores:
        connection.execute(_ENTER_EDGES, [{"one": a, "other": b, "score": s} for (a, b), s in sorted(scores.items())])


def edges_of(connection: sa.Connection, numbers: Iterable[int]) -> set[tuple[int, int]]:
    """The pairs in which one of these nodes stands."""
    return {(int(r[0]), int(r[1])) for r in rows(connection, _EDGES, numbers)}


def neighbours(connection: sa.Connection, numbers: Iterable[int]) -> set[int]:
    """These nodes and all that share an edge with one of them."""
    return {n for pair in edges_of(connection, numbers) for n in pair}


def enter_counts(connection: sa.Connection, report: int, found: Iterable[tuple[str, str]]) -> None:
    """Keeps a report's claimed counts: (event, JSON)."""
    values = [{"report": report, "event": event, "json": json} for event, json in found]
    if values:
        connection.execute(_ENTER_COUNTS, values)


def sources_of(connection: sa.Connection, numbers: Iterable[int]) -> list[Any]:
    """Rows (id, name, published, publisher, agencies, own) of reports."""
    return rows(connection, _SOURCES, numbers)

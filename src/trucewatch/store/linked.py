"""What linking keeps in the store: paragraphs, bands, copies, nodes, blocks and edges. Plain rows; linking gives them sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from trucewatch.store.tables import bands, blocks, copies, counts, edges, nodes, paragraphs, reports

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


def _rows(
    connection: sa.Connection, query: sa.Select[Any], column: sa.ColumnElement[Any], values: Iterable[Any]
) -> list[Any]:
    return [row for part in chunks(values) for row in connection.execute(query.where(column.in_(part)))]


# --- copies -----------------------------------------------------------------------------------------------------------


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
    connection.execute(reports.update().where(reports.c.id == report).values(signature=signature, shingles=size))
    if of_bands:
        connection.execute(bands.insert(), [{"hash": h, "report": report} for h in of_bands])
    if of_paragraphs:
        rows = [{"hash": h, "report": report, "position": i, "day": day} for i, h in enumerate(of_paragraphs)]
        connection.execute(paragraphs.insert(), rows)


def has_fingerprint(connection: sa.Connection, report: int) -> bool:
    """Whether the report's fingerprint is kept already."""
    found = connection.execute(sa.select(reports.c.signature).where(reports.c.id == report)).scalar()
    return found is not None


def banded_with(connection: sa.Connection, report: int, of_bands: Iterable[int]) -> list[tuple[int, bytes, int]]:
    """(report, signature, number of shingles) of the others that share a band, latest first."""
    query = sa.select(bands.c.report).distinct()
    found = {row[0] for row in _rows(connection, query, bands.c.hash, of_bands)} - {report}
    query = sa.select(reports.c.id, reports.c.signature, reports.c.shingles)
    return [(r[0], r[1], r[2]) for r in sorted(_rows(connection, query, reports.c.id, found), reverse=True)]


def texts_of(connection: sa.Connection, numbers: Iterable[int]) -> dict[int, str]:
    """The texts of reports."""
    return {r[0]: r[1] for r in _rows(connection, sa.select(reports.c.id, reports.c.text), reports.c.id, numbers)}


def enter_copies(connection: sa.Connection, report: int, found: dict[int, float]) -> None:
    """Keeps the pairs of copies of one report."""
    rows = [{"one": min(report, o), "other": max(report, o), "share": share} for o, share in sorted(found.items())]
    if rows:
        connection.execute(copies.insert(), rows)


def copies_of(connection: sa.Connection, numbers: Iterable[int]) -> list[tuple[int, int]]:
    """All pairs of copies in which one of these reports stands."""
    query = sa.select(copies.c.one, copies.c.other)
    wanted = set(numbers)
    found = {tuple(r) for r in _rows(connection, query, copies.c.one, wanted)}
    found |= {tuple(r) for r in _rows(connection, query, copies.c.other, wanted)}
    return sorted((int(a), int(b)) for a, b in found)


def paragraph_days(connection: sa.Connection, hashes: Iterable[int]) -> list[tuple[int, int, str | None]]:
    """(hash, report, day) of every place where one of these paragraphs stands."""
    query = sa.select(paragraphs.c.hash, paragraphs.c.report, paragraphs.c.day)
    return [(r[0], r[1], r[2]) for r in _rows(connection, query, paragraphs.c.hash, hashes)]


def first_days(connection: sa.Connection, hashes: Iterable[int]) -> dict[int, str]:
    """Paragraph hash -> the first day on which it stood in any report."""
    query = sa.select(paragraphs.c.hash, sa.func.min(paragraphs.c.day)).group_by(paragraphs.c.hash)
    return {r[0]: r[1] for r in _rows(connection, query, paragraphs.c.hash, hashes) if r[1] is not None}


def reports_with(connection: sa.Connection, paragraph: int, day: str) -> list[int]:
    """The reports of one day in which a paragraph stands."""
    query = sa.select(paragraphs.c.report).where(paragraphs.c.hash == paragraph, paragraphs.c.day == day)
    return [int(r[0]) for r in connection.execute(query)]


# --- nodes ------------------------------------------------------------------------------------------------------------


def enter_nodes(connection: sa.Connection, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Enters nodes (report, event, start, json, incident); returns their ids in order."""
    found = []
    for row in rows:
        found.append(inserted(connection.execute(nodes.insert().values(**row))))
    return found


def rewrite_node(connection: sa.Connection, node: int, json: str) -> None:
    """Replaces what is known of a node."""
    connection.execute(nodes.update().where(nodes.c.id == node).values(json=json))


def drop_nodes(connection: sa.Connection, report: int) -> None:
    """Takes out a report's nodes with their blocks, edges and counts, before they are made anew."""
    own = sa.select(nodes.c.id).where(nodes.c.report == report)
    connection.execute(blocks.delete().where(blocks.c.node.in_(own)))
    connection.execute(edges.delete().where(sa.or_(edges.c.one.in_(own), edges.c.other.in_(own))))
    connection.execute(nodes.delete().where(nodes.c.report == report))
    connection.execute(counts.delete().where(counts.c.report == report))


def nodes_of(connection: sa.Connection, numbers: Iterable[int]) -> list[Any]:
    """Rows (id, report, event, json, incident) of nodes by their ids."""
    query = sa.select(nodes.c.id, nodes.c.report, nodes.c.event, nodes.c.json, nodes.c.incident)
    return _rows(connection, query, nodes.c.id, numbers)


def nodes_of_reports(connection: sa.Connection, numbers: Iterable[int]) -> list[Any]:
    """Rows (id, report, event, json, incident) of all nodes of these reports."""
    query = sa.select(nodes.c.id, nodes.c.report, nodes.c.event, nodes.c.json, nodes.c.incident)
    return _rows(connection, query, nodes.c.report, numbers)


def nodes_of_incidents(connection: sa.Connection, ids: Iterable[str]) -> list[Any]:
    """Rows (id, report, event, json, incident) of all nodes of these incidents."""
    query = sa.select(nodes.c.id, nodes.c.report, nodes.c.event, nodes.c.json, nodes.c.incident)
    return _rows(connection, query, nodes.c.incident, ids)


def assign(connection: sa.Connection, node: int, incident: str | None) -> None:
    """Says which incident a node belongs to."""
    connection.execute(nodes.update().where(nodes.c.id == node).values(incident=incident))


def enter_blocks(connection: sa.Connection, node: int, hashes: Iterable[int]) -> None:
    """Enters where a node can be found."""
    rows = [{"hash": h, "node": node} for h in sorted(set(hashes))]
    if rows:
        connection.execute(blocks.insert(), rows)


def drop_blocks(connection: sa.Connection, node: int) -> None:
    """Takes a node out of its blocks, and its edges with it."""
    connection.execute(blocks.delete().where(blocks.c.node == node))
    connection.execute(edges.delete().where(sa.or_(edges.c.one == node, edges.c.other == node)))


def in_blocks(connection: sa.Connection, hashes: Iterable[int]) -> set[int]:
    """The nodes that can be found in one of these blocks."""
    query = sa.select(blocks.c.node).distinct()
    return {int(row[0]) for row in _rows(connection, query, blocks.c.hash, hashes)}


def enter_edges(connection: sa.Connection, node: int, scores: dict[int, float]) -> None:
    """Keeps the pairs in which a node speaks for one happening with another."""
    rows = [{"one": min(node, o), "other": max(node, o), "score": s} for o, s in sorted(scores.items())]
    if rows:
        connection.execute(edges.insert(), rows)


def edges_of(connection: sa.Connection, node: int) -> set[int]:
    """The nodes that this one has edges with."""
    return neighbours(connection, [node])


def neighbours(connection: sa.Connection, numbers: Iterable[int]) -> set[int]:
    """All nodes that share an edge with one of these."""
    wanted = set(numbers)
    found = {int(r[0]) for r in _rows(connection, sa.select(edges.c.other), edges.c.one, wanted)}
    return found | {int(r[0]) for r in _rows(connection, sa.select(edges.c.one), edges.c.other, wanted)}


def enter_counts(connection: sa.Connection, report: int, rows: Iterable[tuple[str, str]]) -> None:
    """Keeps a report's claimed counts: (event, JSON)."""
    values = [{"report": report, "event": event, "json": json} for event, json in rows]
    if values:
        connection.execute(counts.insert(), values)


def sources_of(connection: sa.Connection, numbers: Iterable[int]) -> list[Any]:
    """Rows (id, name, published, publisher, agencies, own) of reports."""
    query = sa.select(
        reports.c.id, reports.c.name, reports.c.published, reports.c.publisher, reports.c.agencies, reports.c.own
    )
    return _rows(connection, query, reports.c.id, numbers)

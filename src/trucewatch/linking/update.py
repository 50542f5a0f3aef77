"""Takes one report's record into the store's incidents: copies, candidates, happenings, incidents.

Only what the report touches is worked on. Its events are compared with their candidates; the events that hang together
with them by edges are clustered anew as a whole, so the result is the same in whatever order reports were added.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from trucewatch.linking import copies, decide, identity, recurring
from trucewatch.linking.aggregates import aggregates
from trucewatch.linking.blocking import blocks
from trucewatch.linking.clusters import clusters
from trucewatch.linking.compose import compose
from trucewatch.linking.knowledge import thresholds
from trucewatch.linking.node import Node, dump, load, remembered
from trucewatch.linking.nodes import nodes
from trucewatch.linking.origins import Source
from trucewatch.linking.pairs import group_of, points
from trucewatch.record import Record
from trucewatch.store import incidents as kept
from trucewatch.store import linked

_MOST_CANDIDATES = 400
"""Beyond, only one of several alike is compared: a happening that everybody recalls every day."""
_MOST_CLUSTERED = 120


@dataclass(slots=True)
class Outcome:
    """What taking in one report did."""

    copies: int = 0
    """Reports in the store that share its text."""
    incidents: set[str] = field(default_factory=set)
    """Ids of the incidents that are new or changed."""


def enter(connection: sa.Connection, report: int, record: Record, text: str, new: bool = False) -> Outcome:
    """Links the record of a report that is in the store already; inside the caller's transaction.

    Entered again (a new reading), a report's earlier events give way to the new ones, which keep their incidents.
    ``new`` says that it was never entered: then nothing of it needs to be looked for.
    """
    outcome = Outcome()
    day = record.report.published[:10] if record.report.published else None
    mark = copies.fingerprint(text)
    if new or not linked.has_fingerprint(connection, report):
        same = recurring.find_copies(connection, report, mark)
        linked.enter_fingerprint(
            connection, report, day, mark.signature, len(mark.shingles), mark.bands, mark.paragraphs
        )
        linked.enter_copies(connection, report, same)
        alike = set(same)
    else:
        alike = {n for pair in linked.copies_of(connection, [report]) for n in pair} - {report}
    outcome.copies = len(alike)
    fresh = nodes(record, text, report)
    old, dirty = recurring.background(connection, fresh, day, mark.paragraphs, alike)
    fresh = [replace(n, background=True) if n.paragraph in old else n for n in fresh]
    before = [] if new else linked.nodes_of_reports(connection, [report])
    lost = {row.incident for row in before if row.incident}
    inherited = _inherited(before, fresh)
    if before:
        linked.drop_nodes(connection, report)
    fresh = _insert(connection, fresh, inherited)
    linked.enter_counts(connection, report, ((e.id, e.model_dump_json()) for e in aggregates(record)))
    for node in dirty:
        linked.rewrite_node(connection, node.id, dump(node))
    if dirty:
        linked.drop_blocks(connection, [n.id for n in dirty])
    _compare(connection, [*dirty, *fresh], report, alike)
    touched = {n.id for n in (*fresh, *dirty)}
    touched.update(int(row.id) for row in linked.nodes_of_incidents(connection, lost))
    outcome.incidents = relink(connection, touched, f"report:{report}", gone=lost)
    return outcome


def _insert(connection: sa.Connection, fresh: Sequence[Node], inherited: dict[str, str]) -> list[Node]:
    rows = [
        {
            "report": n.report,
            "event": n.event,
            "start": n.trigger[0],
            "json": dump(n),
            "incident": inherited.get(n.event),
        }
        for n in fresh
    ]
    return [replace(n, id=i) for n, i in zip(fresh, linked.enter_nodes(connection, rows), strict=True)]


def _inherited(before: Iterable[Any], fresh: Sequence[Node]) -> dict[str, str]:
    """Event of a new reading -> the incident of the old event at the same words."""
    old = [(load(row.json, row.report, row.id), row.incident) for row in before if row.incident]
    found: dict[str, str] = {}
    for node in fresh:
        for other, incident in old:
            spans = (other.trigger, *other.mentions)
            meets = any(s < node.trigger[1] and node.trigger[0] < e for s, e in spans)
            if meets and group_of(other.type) == group_of(node.type):
                found.setdefault(node.event, incident)
    return found


# --- candidates -------------------------------------------------------------------------------------------------------


def _compare(connection: sa.Connection, changed: Sequence[Node], report: int, alike: set[int]) -> None:
    """Enters blocks and edges of new and changed nodes. Those of ``report`` also meet the nodes of its copies."""
    if not changed:
        return
    places = {n.id: blocks(n) for n in changed}
    linked.enter_blocks(connection, {i: entered for i, (entered, _) in places.items()})
    inside = linked.in_blocks(connection, {h for _, sought in places.values() for h in sought})
    near = {i: {n for h in sought for n in inside.get(h, ())} for i, (_, sought) in places.items()}
    rows = {int(row.id): row for row in linked.nodes_of(connection, {n for found in near.values() for n in found})}
    of_reports: dict[int, set[int]] = {}
    for row in linked.nodes_of_reports(connection, {*alike, *(n.report for n in changed)}):
        rows[int(row.id)] = row
        of_reports.setdefault(int(row.report), set()).add(int(row.id))
    link = thresholds()["link"]
    scores: dict[tuple[int, int], float] = {}
    for node in changed:
        numbers = near[node.id] | of_reports.get(node.report, set())
        if node.report == report:
            numbers = numbers.union(*(of_reports.get(r, ()) for r in alike))
        others = [remembered(rows[i].json, rows[i].report, i) for i in sorted(numbers - {node.id})]
        if len(others) > _MOST_CANDIDATES:
            others = _one_of_each(others, node)
        for other in others:
            pair = (min(node.id, other.id), max(node.id, other.id))
            if pair not in scores and (score := points(node, other)) >= link:
                scores[pair] = score
    linked.enter_edges(connection, scores)


def _alike(node: Node) -> tuple[object, ...]:
    """What nodes that tell the same of the same happening share."""
    return (
        node.type, node.mode, node.start, node.end, tuple(s.geonames or s.name for s in node.spots),
        tuple(s.key for s in node.targets), tuple(s.key for s in node.actors), node.report if node.start is None else 0,
    )  # fmt: skip


def _one_of_each(found: Sequence[Node], node: Node | None = None) -> list[Node]:
    """The first of all nodes that are alike, word for word or in what they tell; all of the node's own report."""
    first: dict[tuple[object, ...], Node] = {}
    own = []
    for other in sorted(found, key=lambda n: n.order):
        if node is not None and other.report == node.report:
            own.append(other)
        else:
            first.setdefault(_alike(other), other)
    return [*first.values(), *own]


# --- happenings -------------------------------------------------------------------------------------------------------


def relink(connection: sa.Connection, touched: Iterable[int], cause: str, gone: Iterable[str] = ()) -> set[str]:
    """Clusters anew everything that hangs together with these nodes, and writes the incidents that came of it.

    ``gone`` are incidents that may have lost all their events. Returns the ids of new and changed incidents.
    """
    touched = set(touched)
    members = _component(connection, touched)
    rows = {int(row.id): row for row in linked.nodes_of(connection, members)}
    found = [remembered(rows[i].json, rows[i].report, i) for i in sorted(rows)]
    together, apart = decide.constraints(connection, found)
    groups = [g for g in _clustered(found, together, apart) if any(not n.negative for n in g)]
    before = {i: rows[i].incident for i in rows if rows[i].incident}
    ids = identity.identities(connection, groups, before)
    now: dict[int, str | None] = {n.id: number for g, number in zip(groups, ids, strict=True) for n in g}
    now.update(dict.fromkeys(set(before) - set(now)))
    linked.assign(connection, {i: number for i, number in now.items() if before.get(i) != number})
    changed: set[str] = set()
    for lost in sorted({*before.values(), *gone} - set(ids)):
        heir = identity.heir(lost, groups, ids, before)
        kept.merge_into(connection, lost, heir, cause)
    once = {i: {n for n, old in before.items() if old == i} for i in ids}
    stale = [(i, g) for i, g in zip(ids, groups, strict=True) if once[i] != (own := {n.id for n in g}) or own & touched]
    reports = {n.report for _, g in stale for n in g}
    known = _sources(connection, reports), linked.copies_of(connection, reports)
    for number, group in stale:
        if _write(connection, number, group, cause, *known):
            changed.add(number)
    return changed


def _component(connection: sa.Connection, touched: Iterable[int]) -> set[int]:
    """All nodes that hang together with these, by edges or because people said so."""
    members: set[int] = set()
    todo = set(touched)
    while todo:
        fresh = set(todo)
        while todo:  # edges first: what people said is asked once for all that hangs together by them
            members |= todo
            todo = linked.neighbours(connection, todo) - members
            fresh |= todo
        todo = decide.joined(connection, fresh) - members
    return members


def _clustered(
    found: Sequence[Node], together: Sequence[tuple[int, int]], apart: Sequence[tuple[int, int]]
) -> list[list[Node]]:
    if len(found) <= _MOST_CLUSTERED:
        return clusters(found, points, together, apart)
    # One of several alike is clustered, the others follow it; those that people spoke of stand for themselves.
    spoken = {n for pair in (*together, *apart) for n in pair}
    first: dict[tuple[object, ...], Node] = {}
    follow: dict[int, list[Node]] = {}
    for node in sorted(found, key=lambda n: n.order):
        key = (node.id,) if node.id in spoken else (*_alike(node), node.line_hash if node.start is None else 0)
        head = first.setdefault(key, node)
        follow.setdefault(head.id, []).append(node)
    groups = clusters(list(first.values()), points, together, apart)
    whole = [[n for head in g for n in follow[head.id]] for g in groups]
    return [sorted(g, key=lambda n: n.order) for g in whole]


def write(connection: sa.Connection, number: str, group: Sequence[Node], cause: str) -> bool:
    """Composes an incident of these events, with what people decided about it, and keeps it; False if unchanged."""
    reports = {n.report for n in group}
    return _write(
        connection, number, group, cause, _sources(connection, reports), linked.copies_of(connection, reports)
    )


def _sources(connection: sa.Connection, reports: set[int]) -> dict[int, Source]:
    return {
        int(r.id): Source(int(r.id), "", r.name, r.published, r.publisher, tuple(json.loads(r.agencies)), bool(r.own))
        for r in linked.sources_of(connection, reports)
    }


def _write(
    connection: sa.Connection,
    number: str,
    group: Sequence[Node],
    cause: str,
    sources: dict[int, Source],
    copied: Sequence[tuple[int, int]],
) -> bool:
    sha = {n.report: n.sha for n in group}
    mine = [replace(sources[r], sha=sha[r]) for r in sorted(sha)]
    incident = compose(number, group, mine, [pair for pair in copied if pair[0] in sha and pair[1] in sha])
    if kept.is_known(connection, number):  # nobody can have decided about a new one
        incident.merged = kept.merged_ids(connection, number)
        decide.apply(connection, incident)
        return kept.save(connection, incident, cause, _names(incident, group))
    return kept.save(connection, incident, cause, _names(incident, group), new=True)


def _names(incident: Any, group: Sequence[Node]) -> dict[str, set[str]]:
    """The names by which an incident can be asked for."""
    places = {p.name for p in incident.places} | {p.country for p in incident.places if p.country}
    places |= {s.name for n in group for s in n.spots}
    parties = {name for p in (*incident.actors, *incident.targets) for name in (p.name, p.acts_for, p.country) if name}
    blamed = incident.responsibility
    parties |= {*blamed.accused, *blamed.by, *blamed.denied_by, *blamed.admitted_by}
    for node in group:
        sides = [*node.actors, *node.targets, *([node.source] if node.source else [])]
        parties |= {name for s in sides for name in (s.name, s.acts_for, s.country) if name}
    return {"place": places, "party": parties}

"""Text that recurs in the store: copies of a report, and paragraphs that are standing background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from trucewatch.linking import copies
from trucewatch.linking.node import Node, remembered
from trucewatch.store import linked

_MOST_LATER = 2000
"""So many later reports are looked through for a paragraph that a new report shows to be older."""


def find_copies(connection: sa.Connection, report: int, mark: copies.Fingerprint) -> dict[int, float]:
    """Other reports -> the share of the shorter text that both have, where that makes a copy."""
    found: dict[int, float] = {}
    wanted: list[int] = []
    for other, signature, size in linked.banded_with(connection, report, mark.bands):
        guess = copies.estimated_share(mark, signature, size)
        if guess > copies.SURE:
            found[other] = guess
        elif guess > copies.POSSIBLE:
            wanted.append(other)
    for other, text in linked.texts_of(connection, wanted).items():
        exact = copies.share(mark.shingles, copies.shingles(text))
        if copies.is_copy(exact):
            found[other] = exact
    return found


def background(
    connection: sa.Connection, fresh: Sequence[Node], day: str | None, paragraphs: Sequence[int], alike: set[int]
) -> tuple[set[int], list[Node]]:
    """Paragraphs that stood in another text on an earlier day, and nodes of later reports that this one makes such.

    A paragraph that recurs word for word over days is standing background, except on its first day, and except in
    copies: a text that is printed again a day later is the same news. Only the two reports themselves say whether one
    is the other's copy, so that it does not hang on which other reports have come.
    """
    if day is None:
        return set(), []
    inside = {n.paragraph for n in fresh}
    old = {mark for mark in paragraphs if mark in inside and _stood(connection, mark, day, alike)}
    later: dict[int, set[int]] = {}
    for mark, other in linked.paragraphs_after(connection, paragraphs, day, _MOST_LATER):
        if other not in alike:
            later.setdefault(other, set()).add(mark)
    dirty = [
        replace(node, background=True)
        for row in linked.nodes_of_reports(connection, later)
        if not (node := remembered(row.json, row.report, row.id)).background and node.paragraph in later[node.report]
    ]
    return old, sorted(dirty, key=lambda n: n.id)


def _stood(connection: sa.Connection, mark: int, day: str, alike: set[int]) -> bool:
    """Whether a paragraph stood in a report of an earlier day that is no copy."""
    return any(other not in alike for other in linked.reports_before(connection, mark, day, len(alike) + 1))

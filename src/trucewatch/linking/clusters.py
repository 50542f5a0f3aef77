"""From pairs to happenings: a clustering that hangs on the set of events alone, not on the order of adding.

Agglomerative: the two groups that speak most for each other are joined first, never over a pair that speaks plainly
against it. What people decided ("these are one", "these are two") goes before all points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from trucewatch.linking.knowledge import thresholds
from trucewatch.linking.node import Node

Pair = tuple[int, int]

_BEST, _MEAN = 0.65, 0.35
"""A group is judged by its best pair and by all of them."""


def clusters(
    nodes: Sequence[Node],
    points: Callable[[Node, Node], float],
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[list[Node]]:
    """Groups of nodes that are one happening each; nodes and groups in their own order (``Node.order``).

    ``together`` and ``apart`` are pairs of node ids that people joined or kept apart; apart goes before together.
    """
    ordered = sorted(nodes, key=lambda n: n.order)
    number = {n.id: i for i, n in enumerate(ordered)}
    size = len(ordered)
    score = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i):
            score[i][j] = score[j][i] = points(ordered[i], ordered[j])
    cut = {frozenset((number[a], number[b])) for a, b in apart if a in number and b in number}
    groups: list[list[int]] = [[i] for i in range(size)]
    for a, b in together:
        if a in number and b in number:
            _join(groups, number[a], number[b], cut)
    _agglomerate(groups, score, cut, ordered)
    groups.sort(key=lambda g: g[0])
    return [[ordered[i] for i in group] for group in groups]


def _join(groups: list[list[int]], a: int, b: int, cut: set[frozenset[int]]) -> None:
    one = next(g for g in groups if a in g)
    other = next(g for g in groups if b in g)
    if one is other or any(frozenset((i, j)) in cut for i in one for j in other):
        return
    groups.remove(other)
    one.extend(other)
    one.sort()


def _agglomerate(
    groups: list[list[int]], score: list[list[float]], cut: set[frozenset[int]], nodes: Sequence[Node]
) -> None:
    link = thresholds()["link"]
    known: dict[tuple[int, ...], float] = {}

    def value(one: list[int], other: list[int]) -> float:
        key = (id(one), len(one), id(other), len(other))
        if key not in known:
            known[key] = _value(one, other, score, cut, nodes)
        return known[key]

    while len(groups) > 1:
        best: tuple[float, int, int] | None = None
        for x in range(len(groups)):
            for y in range(x + 1, len(groups)):
                found = value(groups[x], groups[y])
                # ties go to the earlier groups: the order of nodes, not of adding
                if found >= link and (best is None or found > best[0]):
                    best = (found, x, y)
        if best is None:
            return
        _, x, y = best
        joined = sorted(groups[x] + groups[y])
        del groups[y]
        groups[x] = joined
        groups.sort(key=lambda g: g[0])


def _value(
    one: list[int], other: list[int], score: list[list[float]], cut: set[frozenset[int]], nodes: Sequence[Node]
) -> float:
    """How much two groups speak for each other: by their acts where they have any, for the harm and the damage that are
    told beside an act say little of which one it was. What one report ties together needs no second opinion."""
    veto, link = thresholds()["veto"], thresholds()["link"]
    if min(score[i][j] for i in one for j in other) <= veto or any(frozenset((i, j)) in cut for i in one for j in other):
        return -1e9
    tied = max((score[i][j] for i in one for j in other if nodes[i].sha == nodes[j].sha), default=veto)
    if tied >= link:
        return tied
    mine, theirs = ([i for i in group if nodes[i].type == "ASSAULT"] or group for group in (one, other))
    found = [score[i][j] for i in mine for j in theirs]
    return _BEST * max(found) + _MEAN * sum(found) / len(found)

"""From pairs to happenings: a clustering that hangs on the set of events alone, not on the order of adding.

Agglomerative: the two groups that speak most for each other are joined first, never over a pair that speaks plainly
against it. What people decided ("these are one", "these are two") goes before all points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

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
    together = list(together)
    for a, b in together:
        if a in number and b in number:
            _join(groups, number[a], number[b], cut)
    spoken = {number[n] for pair in together for n in pair if n in number}
    groups = _agglomerate(groups, _Points(score, cut, ordered, spoken))
    return [[ordered[i] for i in group] for group in groups]


@dataclass(frozen=True, slots=True)
class _Points:
    """What is known by the nodes' numbers: points of pairs, pairs kept apart, the nodes, and whom people joined."""

    score: list[list[float]]
    cut: set[frozenset[int]]
    nodes: Sequence[Node]
    spoken: set[int]


def _join(groups: list[list[int]], a: int, b: int, cut: set[frozenset[int]]) -> None:
    one = next(g for g in groups if a in g)
    other = next(g for g in groups if b in g)
    if one is other or any(frozenset((i, j)) in cut for i in one for j in other):
        return
    groups.remove(other)
    one.extend(other)
    one.sort()


def _agglomerate(groups: list[list[int]], known: _Points) -> list[list[int]]:
    """Joins the best two groups until none speak for each other. A group is called by its first node."""
    link = thresholds()["link"]
    present = {g[0]: g for g in groups}
    # The best first; ties go to the earlier groups: the order of nodes, not of adding. Sizes tell what is out of date.
    best: list[tuple[float, int, int, int, int]] = []

    def enter(a: int, b: int) -> None:
        one, other = present[min(a, b)], present[max(a, b)]
        found = _value(one, other, known)
        if found >= link:
            heappush(best, (-found, one[0], other[0], len(one), len(other)))

    firsts = sorted(present)
    for at, b in enumerate(firsts):
        for a in firsts[:at]:
            enter(a, b)
    while best:
        _, a, b, of_a, of_b = heappop(best)
        if a not in present or b not in present or len(present[a]) != of_a or len(present[b]) != of_b:
            continue
        present[a] = sorted(present[a] + present.pop(b))
        for other in present:
            if other != a:
                enter(a, other)
    return [present[first] for first in sorted(present)]


def _value(one: list[int], other: list[int], known: _Points) -> float:
    """How much two groups speak for each other: by their acts where they have any, for the harm and the damage that are
    told beside an act say little of which one it was. What one report ties together needs no second opinion."""
    veto, link, score, nodes = thresholds()["veto"], thresholds()["link"], known.score, known.nodes
    if known.cut and any(frozenset((i, j)) in known.cut for i in one for j in other):
        return -1e9
    if min(score[i][j] for i in one for j in other) <= veto:
        # What people joined may contradict itself: what fits a part of it is not held off by the rest.
        fits = [i for i in one if i not in known.spoken or all(score[i][j] > veto for j in other)]
        other = [j for j in other if j not in known.spoken or all(score[i][j] > veto for i in one)]
        one = fits
        if not one or not other or min(score[i][j] for i in one for j in other) <= veto:
            return -1e9
    tied = max((score[i][j] for i in one for j in other if _tied(i, j, one, other, nodes)), default=veto)
    if tied >= link:
        return tied
    mine, theirs = ([i for i in group if nodes[i].type == "ASSAULT"] or group for group in (one, other))
    found = [score[i][j] for i in mine for j in theirs]
    return _BEST * max(found) + _MEAN * sum(found) / len(found)


def _tied(i: int, j: int, one: Sequence[int], other: Sequence[int], nodes: Sequence[Node]) -> bool:
    """Whether two nodes of one report may tie their groups: harm that has its act already ties that act to no other."""
    sha = nodes[i].sha
    if sha != nodes[j].sha:
        return False
    if nodes[i].type == nodes[j].type == "ASSAULT":
        return True
    return not all(any(nodes[k].sha == sha and nodes[k].type == "ASSAULT" for k in group) for group in (one, other))

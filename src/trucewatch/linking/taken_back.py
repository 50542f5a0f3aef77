"""Words that a source took back: a claim, a figure or a denial that stays in the history as withdrawn and counts no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trucewatch.incident import Withdrawn
from trucewatch.linking.node import Node


@dataclass(frozen=True, slots=True)
class TakenBack:
    """That a source took earlier words about this incident back, in one report."""

    source: str
    """Key of the side or body whose words they were."""
    label: str
    node: Node
    event: str
    of_denial: bool = False
    corrects: bool = False
    """It gives a number in place of the old one: the act itself still stands."""
    at: int = 0

    def after(self, order: tuple[float, str, int, str], at: int) -> bool:
        """Whether it was said after something at place ``at`` of a report."""
        mine = self.node.order[:2]
        return mine > order[:2] or (mine == order[:2] and self.at > at)

    def noted(self) -> Withdrawn:
        """As an incident notes it."""
        return Withdrawn(by=self.label, when=self.node.said, report=self.node.sha, event=self.event)


def taken_back(nodes: Sequence[Node]) -> list[TakenBack]:
    """What the reports of an incident say of words taken back, in the order of publication."""
    found = []
    for node in sorted(nodes, key=lambda n: n.order):
        for act in node.acts:
            if act.kind != "withdraw" or act.negative or act.source is None or not act.source.known:
                continue
            new = any(_counts(n, act.source.key) for n in nodes if n.report == node.report)
            words = TakenBack(act.source.key, act.source.name, node, act.event, act.of_denial, new, act.trigger[0])
            if words not in found:
                found.append(words)
    return found


def _counts(node: Node, source: str) -> bool:
    """Whether an event gives a number of this source, or one that stands without a source beside its correction."""
    return any(x.source is None or x.source.key == source for x in node.losses) and not node.negative

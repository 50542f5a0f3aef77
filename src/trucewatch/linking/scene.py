"""What the events of one incident say together of its sides: who may have done it, whom it met, and what each report tells."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.linking.knowledge import blocs
from trucewatch.linking.node import Node, Side
from trucewatch.linking.one_act import one_act
from trucewatch.linking.pairs import allied

NAMED = ("S:", "G:", "O:")
"""Keys of sides that are told apart by a name: states, groups, organisations."""


class Scene:
    """What an incident's members say of sides: who may have done it, whom it met, in which countries."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self.countries = frozenset(c for n in nodes for c in ([s.country for s in n.spots] or n.countries) if c)
        self.targets = frozenset(s.key for n in nodes for s in n.targets if s.known and s.party)
        acting = {s.key for n in nodes if not n.negative for s in n.actors if s.known}
        self.doers = frozenset(
            s.key
            for n in nodes
            for s in n.actors
            if not n.negative and (n.voice == "reporter" or (n.source is not None and n.source.key == s.key))
        )
        """Who did it by a report's own word, or by his own."""
        blamed = {s.key for n in nodes for a in n.acts if a.kind == "accuse" for s in a.targets if s.known}
        self.accused = frozenset(acting | blamed)
        self._told: dict[int, list[Node]] = {}
        types = [n.type for n in nodes if not n.negative]
        self.kind = "ASSAULT" if "ASSAULT" in types else (types or [nodes[0].type])[0]
        self.happening = any(n.type in ("ASSAULT", "HARM", "DAMAGE", "COERCE", "VIOLATE") for n in nodes)

    def _telling(self, report: int) -> list[Node]:
        """What a report tells of the act, its dead and its damage."""
        if report not in self._told:
            self._told[report] = [n for n in self.nodes if n.report == report and not n.negative]
        return self._told[report]

    def tells_day(self, report: int) -> bool:
        """Whether a report says on which day it was, or the days around."""
        return any(n.start is not None for n in self._telling(report))

    def same_act(self, one: int, other: int, undated: bool = False) -> bool:
        """Whether two reports tell of one act, of one place and day, by their own words.

        ``undated``: a day less is enough where the same victims or numbers are told of within two days.
        """
        pairs = ((a, b) for a in self._telling(one) for b in self._telling(other))
        return one == other or any(one_act(a, b, undated) for a, b in pairs)

    def same_side(self, one: str, other: str) -> bool:
        """Whether two keys are one side here, or stand together."""
        return one == other or allied(one, other, self.countries)

    def is_accused(self, key: str) -> bool:
        """Whether this side is among those said to have done it."""
        return any(self.same_side(key, other) for other in self.accused)

    def may_answer(self, key: str) -> bool:
        """Whether a side may have to answer for it: it is said to have done it, or nobody known is."""
        known = any(other.startswith(NAMED) for other in self.accused)
        return not known or self.is_accused(key)

    def is_party(self, side: Side) -> bool:
        """Whether the speaker is a party: a state far from the place and from both sides is none."""
        if not side.party or not side.key.startswith("S:"):
            return side.party
        here = side.key[2:] in self.countries or side.key in self.targets or self.is_accused(side.key)
        blocs = any(allied(side.key, f"S:{c}", self.countries) for c in self.countries)
        near = any(self.same_side(side.key, t) for t in self.targets) or blocs
        return here or near or not self.countries or _has_bloc(side.key, self.countries)


def _has_bloc(key: str, countries: frozenset[str]) -> bool:
    return any(key in b.sides and b.where & countries for b in blocs())

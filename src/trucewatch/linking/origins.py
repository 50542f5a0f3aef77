"""How many origins stand behind an incident's reports: agencies and independent outlets, never the number of outlets.

Copies are one origin; two texts that credit one agency are one; a text that credits two agencies is a second origin
only where it shares neither with another text. A text that credits nobody is unreviewed, unless it marks itself as the
outlet's own reporting.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trucewatch.incident import Origins


@dataclass(frozen=True, slots=True)
class Source:
    """A report as a source of text. ``number`` is the store's, ``day`` an ISO date or ``None``."""

    number: int
    sha: str
    name: str
    published: str | None
    publisher: str | None
    agencies: tuple[str, ...]
    own: bool

    @property
    def order(self) -> tuple[str, str]:
        """An order that does not depend on when a report was added."""
        return (self.published or "9", self.sha)


@dataclass(frozen=True, slots=True)
class Origin:
    """One origin: who is credited (agencies, or the outlet itself), and the reports that carry its text."""

    id: str
    credits: frozenset[str]
    reports: tuple[int, ...]
    outlet: str = ""
    """Who printed it first: its name where nobody is credited."""

    @property
    def reviewed(self) -> bool:
        """Whether it is known whose text this is."""
        return bool(self.credits)

    @property
    def label(self) -> str:
        """Whose text this is, in words."""
        return "/".join(sorted(self.credits)) or self.outlet


def origins(sources: Sequence[Source], copies: Iterable[tuple[int, int]]) -> list[Origin]:
    """The origins of these reports, in the order of first publication.

    >>> dpa = Source(1, "a", "n1", "2020-01-01", "A", ("dpa",), False)
    >>> cut = Source(2, "b", "n2", "2020-01-01", "B", (), False)
    >>> [(o.id, o.label, o.reports) for o in origins([dpa, cut], [(1, 2)])]
    [('o1', 'dpa', (1, 2))]
    """
    ordered = sorted(sources, key=lambda s: s.order)
    group = {s.number: s.number for s in ordered}

    def top(number: int) -> int:
        while group[number] != number:
            number = group[number]
        return number

    for one, other in copies:
        if one in group and other in group:
            group[top(other)] = top(one)
    parts: dict[int, list[Source]] = {}
    for source in ordered:
        parts.setdefault(top(source.number), []).append(source)
    # Copies of one text share its credit; texts with one and the same credit are one origin.
    joined: list[tuple[frozenset[str], list[Source]]] = []
    for members in parts.values():
        credit = frozenset(c for s in members for c in _credits(s))
        same = next((entry for entry in joined if credit and entry[0] == credit), None)
        if same is not None:
            same[1].extend(members)
        else:
            joined.append((credit, list(members)))
    return [_origin(n, credit, sorted(members, key=lambda s: s.order)) for n, (credit, members) in enumerate(joined, 1)]


def _origin(number: int, credit: frozenset[str], members: list[Source]) -> Origin:
    first = members[0]
    return Origin(f"o{number}", credit, tuple(s.number for s in members), first.publisher or first.name)


def _credits(source: Source) -> tuple[str, ...]:
    if source.agencies:
        return source.agencies
    return (source.publisher,) if source.own and source.publisher else ()


def count(found: Sequence[Origin]) -> Origins:
    """The numbers of the ledgers: independent, unreviewed, copies."""
    unreviewed = sum(not o.reviewed for o in found)
    reports = sum(len(o.reports) for o in found)
    independent = len(independent_of(found))
    return Origins(independent=independent, unreviewed=unreviewed, copies=reports - independent - unreviewed)


def independent_of(found: Sequence[Origin]) -> list[Origin]:
    """A largest set of origins of which no two share an agency (few origins: all are tried, smallest credits first)."""
    reviewed = sorted((o for o in found if o.reviewed), key=lambda o: (len(o.credits), int(o.id[1:])))
    best: list[Origin] = []

    def extend(at: int, chosen: list[Origin], used: frozenset[str]) -> None:
        nonlocal best
        if len(chosen) > len(best):
            best = list(chosen)
        if at == len(reviewed) or len(chosen) + len(reviewed) - at <= len(best):
            return
        if not reviewed[at].credits & used:
            extend(at + 1, [*chosen, reviewed[at]], used | reviewed[at].credits)
        if len(reviewed[at].credits) > 1:  # a single agency's text never stands in another one's way
            extend(at + 1, chosen, used)
        elif reviewed[at].credits & used:
            extend(at + 1, chosen, used)

    extend(0, [], frozenset())
    return best

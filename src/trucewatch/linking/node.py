"""One event as linking sees it: everything that tells whether two reports speak of one happening, and nothing else.

Language-neutral: names, sides, coordinates, hours and numbers; no step of linking asks which language was read.
A node is made once for each event (linking/nodes.py), kept as JSON in the store and compared from there.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any, Literal

from trucewatch.incident import Party
from trucewatch.record import Bound, Span

ActKind = Literal["deny", "accuse", "claim", "admit", "withdraw"]


@dataclass(frozen=True, slots=True)
class Side:
    """Who an actor or speaker belongs to.

    ``key`` tells sides apart: ``S:TR`` a state with its government, forces and officials; ``G:…`` a non-state armed
    group; ``O:…`` an organisation; ``M:…`` a medium; ``C:`` civilians; ``P:`` unnamed people (residents, activists);
    ``?:…`` an actor whose side the report does not tell. ``generic`` marks a group without a name of its own
    ("Rebellen"): it may be any group. ``party`` says whether it can be a party to a conflict at all.
    """

    key: str
    name: str
    kind: str
    party: bool
    generic: bool = False
    entity: str | None = None
    acts_for: str | None = None
    country: str | None = None

    @property
    def known(self) -> bool:
        """Whether it is told whose side this is."""
        return not self.key.startswith("?")

    def as_party(self) -> Party:
        """The side as an incident names it."""
        return Party(
            name=self.name, kind=self.kind, entity=self.entity, acts_for=self.acts_for, country=self.country,  # type: ignore[arg-type]
            side=self.key, unnamed=self.generic and self.key.startswith("G:"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of an event; coordinates in degrees, ``None`` where unknown."""

    name: str
    kind: str
    country: str | None
    geonames: int | None
    lat: float | None
    lon: float | None
    precision: str


@dataclass(frozen=True, slots=True)
class NodeLoss:
    """One loss as the event's report gives it, with the side that the number rests on."""

    harm: str
    who: str | None
    side: str | None
    civilian: bool | None
    low: int | None
    high: int | None
    approximate: bool
    total: bool
    part: bool
    voice: str
    source: Side | None
    vague: bool = False
    """In words that give only an order of size ("mehrere", "Dutzende")."""
    words: str | None = None
    bound: Bound | None = None
    nameless: bool = False
    """Their side is a group without a name of its own ("Kämpfer"): it may be any."""


@dataclass(frozen=True, slots=True)
class Act:
    """A speech act about the event: a denial, an accusation, a claim of responsibility, an admission, words taken back."""

    kind: ActKind
    source: Side | None
    targets: tuple[Side, ...]
    negative: bool
    event: str
    type: str
    trigger: Span
    evidence: Span
    quote: str
    voice: str
    speaker: Side | None
    denies: Literal["occurrence", "responsibility"] | None = None
    """What a denial denies, where its own words tell: that it happened, or having done it."""
    sure: bool = True
    """The reader ties it to this event; else it only stands near it."""
    of_denial: bool = False
    """What is taken back is a denial."""


@dataclass(frozen=True, slots=True)
class Node:
    """See the module. Times are hours since 1970 (local), half-open; positions are code points of the report's text."""

    report: int
    sha: str
    event: str
    type: str
    mode: str | None
    trigger: Span
    mentions: tuple[Span, ...]
    evidence: Span
    quote: str
    sentence: int
    """Number of the sentence-like line that the trigger stands in."""
    words: frozenset[str]
    line_hash: int
    paragraph: int
    """Hash of the paragraph's words."""
    spots: tuple[Spot, ...]
    context: tuple[Spot, ...]
    """Places told of before in the report, where the event has none of its own."""
    countries: tuple[str, ...]
    start: float | None
    end: float | None
    precision: str | None
    published: float | None
    said: str | None
    """``published`` as the report gives it."""
    actors: tuple[Side, ...]
    targets: tuple[Side, ...]
    losses: tuple[NodeLoss, ...]
    count: tuple[int | None, int | None] | None
    voice: str
    source: Side | None
    via: str | None
    negative: bool
    ongoing: bool
    background: bool
    acts: tuple[Act, ...] = ()
    headline: bool = False
    """It stands in the report's title: a summary of what the body tells."""
    named: bool = False
    """It is only named, as what somebody denies or takes back: nobody says here that it happened (``negative`` as well)."""
    lines: tuple[int, ...] = ()
    """Numbers of the lines of all its mentions."""
    id: int = field(default=0, compare=False)

    @property
    def order(self) -> tuple[float, str, int, str]:
        """An order that does not depend on when a report was added."""
        return (self.published if self.published is not None else 1e12, self.sha, self.trigger[0], self.event)


def dump(node: Node) -> str:
    """The node as JSON; ``report`` and ``id`` are the store's own columns."""
    data = asdict(node)
    data["words"] = sorted(node.words)
    del data["id"], data["report"]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def load(text: str, report: int, number: int) -> Node:
    """The node that ``dump`` wrote."""
    data: dict[str, Any] = json.loads(text)
    data["words"] = frozenset(data["words"])
    for name in ("trigger", "evidence"):
        data[name] = tuple(data[name])
    data["mentions"] = tuple(tuple(m) for m in data["mentions"])
    for name in ("spots", "context"):
        data[name] = tuple(Spot(**s) for s in data[name])
    for name in ("actors", "targets"):
        data[name] = tuple(Side(**s) for s in data[name])
    data["losses"] = tuple(NodeLoss(**{**x, "source": _side(x["source"])}) for x in data["losses"])
    data["acts"] = tuple(_act(a) for a in data["acts"])
    data["source"] = _side(data["source"])
    data["countries"], data["lines"] = tuple(data["countries"]), tuple(data.get("lines", ()))
    data["count"] = tuple(data["count"]) if data["count"] else None
    return Node(report=report, id=number, **data)


@lru_cache(maxsize=8192)
def remembered(text: str, report: int, number: int) -> Node:
    """``load``, remembered: a happening's nodes are met again with every report of it."""
    return load(text, report, number)


def _side(data: dict[str, Any] | None) -> Side | None:
    return Side(**data) if data is not None else None


def _act(data: dict[str, Any]) -> Act:
    return Act(
        **{
            **data,
            "source": _side(data["source"]),
            "speaker": _side(data["speaker"]),
            "targets": tuple(Side(**s) for s in data["targets"]),
            "trigger": tuple(data["trigger"]),
            "evidence": tuple(data["evidence"]),
        }
    )

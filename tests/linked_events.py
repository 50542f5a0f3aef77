"""Nodes, origins and reports made by hand, for the tests of linking."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from trucewatch.linking.aggregates import hours
from trucewatch.linking.node import Act, ActKind, Node, NodeLoss, Side, Spot
from trucewatch.linking.origins import Origin

TR = Side("S:TR", "türkische Armee", "armed_forces", True, country="TR")
SY = Side("S:SY", "syrische Armee", "armed_forces", True, country="SY")
RU = Side("S:RU", "Verteidigungsministerium in Moskau", "government", True, country="RU")
UN = Side("O:UN", "UNICEF", "organisation", False)
MSF = Side("O:Ärzte ohne Grenzen", "Ärzte ohne Grenzen", "organisation", False)
ACTIVISTS = Side("P:Aktivisten", "Aktivisten", "group", False, generic=True)
RESIDENTS = Side("P:Anwohner", "Anwohner", "group", False, generic=True)
CIVILIANS = Side("C:", "Zivilisten", "civilians", False, generic=True)
UNKNOWN = Side("?:Sprecher", "Sprecher", "person", True)
REBELS = Side("G:Rebellen", "Rebellen", "armed_group", True, generic=True)

HOMS = Spot("Homs", "city", "SY", 169577, 34.73, 36.71, "place")
IDLIB = Spot("Idlib", "city", "SY", 169389, 35.93, 36.63, "place")
IDLIB_PROVINCE = Spot("Idlib", "province", "SY", 169387, 35.8, 36.7, "admin1")
BINISCH = Spot("Binnisch", "city", "SY", 1, 35.957, 36.714, "place")
SYRIA = Spot("Syrien", "country", "SY", 163843, 35.0, 38.0, "country")


def told(
    report: int = 1,
    day: str | None = "2020-02-27",
    published: str = "2020-02-28T08:00",
    voice: str = "reporter",
    source: Side | None = None,
    **more: Any,
) -> Node:
    """An air strike at Homs in one report; ``more`` changes any field."""
    start = hours(day)
    values: dict[str, Any] = {
        "report": report, "sha": f"sha256:{report:03}", "event": "e1", "type": "ASSAULT", "mode": "airstrike",
        "trigger": (10, 20), "mentions": ((10, 20),), "evidence": (0, 40), "quote": "…", "sentence": 0,
        "words": frozenset(), "line_hash": 1000 + report, "paragraph": 2000 + report, "spots": (HOMS,), "context": (),
        "countries": ("SY",), "start": start, "end": start + 24 if start is not None else None,
        "precision": "day" if start is not None else None, "published": hours(published), "said": published,
        "actors": (), "targets": (), "losses": (), "count": None, "voice": "attributed" if source else voice,
        "source": source, "via": None, "negative": False, "ongoing": False, "background": False, "id": report,
    }  # fmt: skip
    return replace(Node(**values), **more)


def killed(low: int | None, high: int | None = -1, source: Side | None = None, **more: Any) -> NodeLoss:
    """So many dead; exactly ``low`` where no ``high`` is given."""
    values: dict[str, Any] = {
        "harm": "killed", "who": "Menschen", "side": None, "civilian": None, "low": low,
        "high": low if high == -1 else high, "approximate": False, "total": False, "part": False,
        "voice": "attributed" if source else "reporter", "source": source,
    }  # fmt: skip
    return NodeLoss(**{**values, **more})


def act(kind: ActKind, source: Side, *targets: Side, **more: Any) -> Act:
    """A speech act about an event."""
    values: dict[str, Any] = {
        "kind": kind, "source": source, "targets": targets, "negative": False, "event": "e2",
        "type": {"deny": "REJECT", "accuse": "ACCUSE", "claim": "STATE", "admit": "CONCEDE", "withdraw": "STATE"}[kind],
        "trigger": (50, 55),
        "evidence": (45, 60), "quote": "…", "voice": "reporter", "speaker": None,
    }  # fmt: skip
    return Act(**{**values, **more})


def origin(number: int, *reports: int, credit: str = "") -> Origin:
    """An origin of some reports; without a credit it is unreviewed."""
    return Origin(f"o{number}", frozenset(credit.split("/")) if credit else frozenset(), reports)

"""What is true of a happening, derived from who said what in its reports (ledgers, section 1), never from a reader.

Every rule is one short function over ``Statement`` and ``Figure``. A statement that can be read in two ways is not
``sure``; a happening is only kept when its grade is the same under both readings, and ``responsibility`` is only
written where both agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generate import Told

_HARMS = {"k": "killed", "w": "wounded"}


@dataclass(frozen=True)
class Statement:
    """One report's word about one happening. ``origin`` None: an unreviewed report. ``side`` None: its own word."""

    happening: str
    report: str
    origin: str | None
    side: str | None
    party: bool | None
    stance: str
    sure: bool = True
    nobody: bool = False
    """The speakers are no body ("residents"): quoted by two agencies they may be one source or two."""


@dataclass(frozen=True)
class Figure:
    """A number as one source gave it: ``value`` (low, high), ``source`` the side or the origin."""

    happening: str
    report: str
    harm: str
    source: str | None
    value: tuple[int, int | None]
    said: datetime


def grade(statements: list[Statement], doers: set[str], wide: bool) -> str | None:
    """The grade of the occurrence; the first that holds, in the ledgers' order.

    ``wide`` takes unsure statements for assertions and speakers who are no body for a new source with each agency.
    """
    said = [s for s in statements if s.origin is not None]  # an unreviewed report never lifts a grade
    if _standing_denials(said):
        return "contested"
    asserted = [s for s in said if s.stance in ("asserts", "admits") and (s.sure or wide)]
    if any(s.side in doers for s in asserted):
        return "confirmed"
    # "They shelled it themselves" affirms that it was shelled: both sides say so.
    asserted += [s for s in said if s.stance == "counters"]
    sources = {_source(s, wide) for s in asserted}
    if len(sources) > 1:
        return "corroborated"
    if not asserted:
        return None
    return "claimed" if all(s.party for s in asserted) else "reported"


def _source(s: Statement, wide: bool) -> tuple[str, ...]:
    """Two agencies that quote one ministry are one source; an agency's own word is a source of its own."""
    if s.side is None:
        # "dpa/AFP" beside "dpa" need not be a second origin: the narrow reading takes the first name for all.
        return ("origin", s.origin if wide else str(s.origin).split("/")[-1])
    return ("side", s.side, str(s.origin)) if s.nobody and wide else ("side", s.side)


def _standing_denials(said: list[Statement]) -> set[str | None]:
    """Sides that deny that it happened and have not taken it back (statements are in the order of publication)."""
    denying: set[str | None] = set()
    for s in said:
        if s.stance == "denies":
            denying.add(s.side)
        elif s.stance == "admits":
            denying.discard(s.side)
    return denying


def responsibility(statements: list[Statement], mutual: bool, wide: bool) -> str | None:
    """The grade of who is to blame, None where nobody is. ``mutual``: each side's blame is the other's denial (clashes)."""
    said = [s for s in statements if s.origin is not None]
    accusers = {s.side or s.origin for s in said if s.stance == "accuses" and (s.sure or wide)}
    neutral = {s.side or s.origin for s in said if s.stance == "accuses" and (s.sure or wide) and not s.party}
    denied: set[str | None] = set()
    admitted: set[str | None] = set()
    for s in said:
        if s.stance in ("denies_responsibility", "counters"):
            denied.add(s.side)
        elif s.stance == "admits":
            admitted.add(s.side)
            denied.discard(s.side)
    parties = {s.side for s in said if s.stance == "accuses" and s.party and (s.sure or wide)}
    if denied or len(parties) > 1 and mutual:
        return "contested"
    if not accusers:
        return None
    if admitted:
        return "confirmed"
    if len(accusers) > 1:
        return "corroborated"
    return "reported" if neutral else "claimed"


def losses(figures: list[Figure]) -> dict[str, list[int | None]]:
    """The current range over the latest figure of each source; a later total replaces one of the same source only."""
    out: dict[str, list[int | None]] = {}
    for harm, name in _HARMS.items():
        latest: dict[str, tuple[int, int | None]] = {}
        for f in sorted((f for f in figures if f.harm == harm and f.source is not None), key=lambda f: f.said):
            latest[f.source or ""] = f.value
        if latest:
            highs = [high for _, high in latest.values()]
            out[name] = [min(low for low, _ in latest.values()), None if None in highs else max(h or 0 for h in highs)]
    return out


def independent(told: list[Told]) -> int | None:
    """How many origins stand behind the members; None where a shared credit ("dpa/AFP") leaves it open."""
    if any(len(t.agencies) > 1 for t in told):
        return None
    return len({t.origin for t in told if t.origin is not None})


def derive(happening: dict[str, Any], reports: list[Told]) -> dict[str, Any]:
    """Figures, independent origins, grade and responsibility of one happening, in the gold's form."""
    statements, figures, told = _of(happening["id"], reports)
    out: dict[str, Any] = dict(losses(figures))
    count = independent(told)
    if count is not None:
        out["independent"] = count
    out["grade"] = grade(statements, _doers(happening), wide=False)
    blame = {responsibility(statements, happening["type"] == "clash", wide) for wide in (False, True)}
    # Who denies that it happened also denies having done it, or does not: left open.
    if len(blame) == 1 and None not in blame and not _standing_denials(statements):
        out["responsibility"] = blame.pop()
    return out


def _doers(happening: dict[str, Any]) -> set[str]:
    from generate import side

    if happening["type"] == "clash":
        return set()  # each of both did it: what one says of it is its claim, what both say is corroborated
    return {side(key) for key in (happening.get("doer"), happening.get("doer2")) if key}


def _of(name: str, reports: list[Told]) -> tuple[list[Statement], list[Figure], list[Told]]:
    reports = sorted(reports, key=lambda t: (t.published, t.id))
    statements = [s for t in reports for s in t.statements if s.happening == name]
    figures = [f for t in reports for f in t.figures if f.happening == name]
    names = {s.report for s in statements}
    return statements, figures, [t for t in reports if t.id in names]


def unclear(all_: dict[str, Any], reports: list[Told]) -> set[str]:
    """Happenings whose grade hangs on how one reads an unsure statement, or that nobody asserts."""
    out = set()
    for name, happening in all_.items():
        statements, _, _ = _of(name, reports)
        grades = {grade(statements, _doers(happening), wide) for wide in (False, True)}
        if len(grades) > 1 or None in grades:
            out.add(name)
    return out


_SETTLED: dict[str, dict[str, tuple[int, int | None]]] = {}


def settle(all_: dict[str, Any]) -> None:
    """Note for each happening the figures that a later mention may repeat: only those on which all sources agree."""
    for name, happening in all_.items():
        values = {}
        for harm in _HARMS:
            latest: dict[Any, Any] = {}
            for r in happening["plan"]:
                if harm in r:
                    latest[r.get("src", "own")] = r[harm]
            if latest and len(set(latest.values())) == 1:
                values[harm] = next(iter(latest.values()))
        _SETTLED[name] = values


def settled(name: str) -> dict[str, tuple[int, int | None]]:
    """What a later mention of this happening may repeat."""
    return dict(_SETTLED.get(name, {}))

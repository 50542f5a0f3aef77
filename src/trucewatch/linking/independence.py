"""Which sources of an incident stand for themselves: two that tell this act, of this place and day, from two origins or as
two opposed sides (ledgers, section 1). Whatever speaks against that is a doubt, and has a name (grades.toml)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trucewatch.linking.origins import independent_of
from trucewatch.linking.scene import Scene
from trucewatch.linking.testimony import Testimony

_PEOPLE = ("P:", "C:")
"""Residents, victims, doctors without a name: however many speak, they are one group of witnesses."""
_MOST = 24
"""So many different sources are weighed against each other."""


def independent_sources(said: Iterable[Testimony], scene: Scene) -> list[Testimony]:
    """One testimony for each independent source: a largest set of which no two leave a doubt.

    Where nobody is fit to stand for it, the first that speaks.
    """
    said = list(said)
    fit = _distinct(t for t in said if unfit(t) is None)
    best: list[Testimony] = []

    def extend(at: int, chosen: list[Testimony]) -> None:
        nonlocal best
        if len(chosen) > len(best):
            best = list(chosen)
        for later in range(at, len(fit)):
            if len(chosen) + len(fit) - later <= len(best):
                return
            if all(doubt(one, fit[later], scene) is None for one in chosen):
                extend(later + 1, [*chosen, fit[later]])

    extend(0, [])
    return best or said[:1]


def _distinct(said: Iterable[Testimony]) -> list[Testimony]:
    """The first testimony of each source in each report: attributed ones first, for they say who knows it."""
    first: dict[tuple[str, int], Testimony] = {}
    for one in said:
        first.setdefault((one.source, one.node.report), one)
    return sorted(first.values(), key=lambda t: t.own)[:_MOST]


def unfit(one: Testimony) -> str | None:
    """Why a testimony cannot be one of two sources at all; ``None`` where it can."""
    if not one.origin.reviewed:
        return "unreviewed"
    if one.source.startswith("?"):
        return "unknown_side"
    if one.weak or one.source.startswith("M:"):
        return "second_hand"
    if not one.principal and not _saw_trace(one):
        return "only_harm"
    return None


def _saw_trace(one: Testimony) -> bool:
    """A body that is no party and itself tells of the damage, or of the dead of a known side, saw the trace of the act;
    who only counts dead need not know of what."""
    node = one.node
    if one.party or node.source is None or one.source != node.source.key or not one.source.startswith("O:"):
        return False
    return node.type == "DAMAGE" or any(s.key[:2] in ("S:", "G:") for s in node.targets)


def doubt(one: Testimony, other: Testimony, scene: Scene) -> str | None:
    """Why two testimonies are not two sources; ``None`` where they are."""
    if one.source == other.source:
        return "same_body"
    if one.source[:2] in _PEOPLE and other.source[:2] in _PEOPLE:
        return "witnesses"
    if scene.same_side(one.source, other.source) or _may_be_one(one, other):
        return "allies"
    if _behind(one) & _behind(other):
        return "same_body"
    opposed = one.party and other.party and not one.own and not other.own
    if not opposed and len(independent_of([one.origin, other.origin])) < 2 and not _two_bodies(one, other):
        return "one_origin"
    if scene.same_act(one.node.report, other.node.report, undated=opposed):
        return None
    dated = scene.tells_day(one.node.report) and scene.tells_day(other.node.report)
    return "not_same_act" if dated else "undated"


def _behind(one: Testimony) -> frozenset[str]:
    """Who stands behind a word: its source, or those that a report's own word rests on; witnesses are one group."""
    return frozenset("P:" if key[:2] in _PEOPLE else key for key in (*one.rests_on, one.source))


def _two_bodies(one: Testimony, other: Testimony) -> bool:
    """Two that are known by name, whoever prints them; residents and victims rest on the report that found them."""
    return not any(t.own or t.source[:2] in _PEOPLE for t in (one, other))


def _may_be_one(one: Testimony, other: Testimony) -> bool:
    """A group without a name ("Rebellen") may be any other group."""
    groups = one.source.startswith("G:") and other.source.startswith("G:")
    return groups and any(t.node.source is not None and t.node.source.generic for t in (one, other))


def doubts(said: Sequence[Testimony], scene: Scene) -> list[str]:
    """Why what looks like a second source is none, the first reason for each further voice; empty where there is one
    voice alone."""
    found: list[str] = []
    first = next((t for t in said if t.says != "accuses" and unfit(t) is None), None)
    for one in said:
        if one is first or (first is not None and _same_word(one, first)):
            continue
        reason = "only_blames" if one.says == "accuses" else unfit(one)
        if reason is None and first is not None:
            reason = doubt(first, one, scene)
        if reason and reason not in found:
            found.append(reason)
    return found


def _same_word(one: Testimony, other: Testimony) -> bool:
    """The same source in the same report: nobody would count it twice."""
    return one.node.report == other.node.report and (one.source == other.source or one.own)

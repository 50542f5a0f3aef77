"""How well an incident is supported, and by whom it is contested: from testimonies, explained in a sentence.

The first that holds: contested, confirmed, corroborated, reported, claimed (ledgers, section 1). Responsibility has the
same five, apart from the occurrence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from trucewatch.incident import Both, Charge, Grade, Responsibility
from trucewatch.knowledge.load import table
from trucewatch.linking.node import Side
from trucewatch.linking.origins import independent_of
from trucewatch.linking.testimony import Scene, Testimony

_EXCHANGED = "release"
_NO_ADMISSION = frozenset(("clash",))
"""Acts of both sides: that one of them speaks of it is no admission."""


@cache
def _phrases() -> dict[str, dict[str, Any]]:
    return dict(table("grades")["why"])


def grade(said: Sequence[Testimony], scene: Scene, mode: str | None) -> tuple[Grade, Both]:
    """The grade of the occurrence and why, in German and English."""
    denials = [t for t in said if t.says == "denies"]
    if denials:
        return "contested", _why("contested", by=_labels(denials))
    asserted = [t for t in said if t.says in ("asserts", "admits", "accuses")]
    reviewed = [t for t in asserted if t.origin.reviewed]
    doers = [t for t in reviewed if not t.own and not t.weak and _did_it(t, scene, mode)]
    if doers:
        return "confirmed", _why("confirmed_boast" if _boast(doers) else "confirmed", by=_labels(doers))
    # Who only condemns or blames may know of it from others: that corroborates nothing.
    sources = independent_sources([t for t in reviewed if t.says != "accuses"], scene)
    if len(sources) > 1:
        return "corroborated", _why("corroborated", number=len(sources), by=_labels(sources))
    # An unreviewed report lifts nothing, from a claim to a report neither; and a blame does not witness.
    asserted = reviewed or asserted
    asserted = [t for t in asserted if t.says != "accuses"] or asserted
    neutral = [t for t in asserted if not t.party and not t.weak]
    if neutral:
        return "reported", _why("reported", by=_labels(neutral[:3]))
    claims = [t for t in asserted if t.party and not t.weak]
    if claims:
        return "claimed", _why("claimed", by=_labels(claims[:3]))
    if any(t.own and t.principal for t in asserted):
        return "reported", _why("reported", by=_labels(t for t in asserted if t.own))
    hearsay = [t for t in asserted if t.weak and t.party]
    if hearsay:
        return "claimed", _why("hearsay_party", by=_labels(hearsay[:3]))
    return "reported", _why("hearsay")


def _did_it(testimony: Testimony, scene: Scene, mode: str | None) -> bool:
    """Whether the source is the side that did it, and says so."""
    if testimony.says == "admits":
        return True
    if testimony.says != "asserts" or mode in _NO_ADMISSION or testimony.source.startswith(("?", "C:")):
        return False
    named = {s.key for s in testimony.accused}
    if not testimony.party:
        # A relief body that tells of its own convoy is no side: its word is a report. A group that kidnaps is one.
        return bool(named) and testimony.source in named and testimony.node.type not in ("AID", "RETREAT")
    if named:
        return testimony.source in named
    if mode == _EXCHANGED and not scene.accused - {testimony.source}:
        return True  # who tells of an exchange of prisoners took part in it
    # It speaks of the act without naming who did it; reports say that it was this side, and nobody else.
    return scene.doers == {testimony.source} and testimony.source not in scene.targets


def _boast(doers: Sequence[Testimony]) -> bool:
    return all(t.node.type == "ADVANCE" for t in doers)


def independent_sources(said: Iterable[Testimony], scene: Scene) -> list[Testimony]:
    """One testimony for each independent source, attributed ones first.

    Sides of one bloc are one source, and so are all unnamed people; who is not known, and hearsay, count only if
    nobody else speaks. A report's own word is a source of its own only if its origin names no source for the same.
    """
    said = list(said)
    chosen: list[Testimony] = []
    for one in said:
        if one.own or one.weak or not _counts(one.source):
            continue
        if not any(_one_source(one.source, other.source, scene) for other in chosen):
            chosen.append(one)
    citing = {c for t in said if not t.own for c in t.origin.credits}
    bare: dict[str, Testimony] = {}
    for one in said:
        if one.own and not one.weak and one.origin.reviewed and not one.origin.credits & citing:
            bare.setdefault(one.origin.id, one)
    chosen.extend(bare[o.id] for o in independent_of([t.origin for t in bare.values()]))
    return chosen or said[:1]


def _counts(source: str) -> bool:
    return not source.startswith(("?", "M:"))


def _one_source(one: str, other: str, scene: Scene) -> bool:
    if one[:2] in ("P:", "C:") and other[:2] in ("P:", "C:"):
        return True
    return scene.same_side(one, other)


# --- responsibility ---------------------------------------------------------------------------------------------------


def responsibility(said: Sequence[Testimony], scene: Scene) -> Responsibility:
    """Who is blamed by whom, who denies and who admits it; ``grade`` is ``None`` where nobody is blamed."""
    blames = [t for t in said if t.says in ("asserts", "accuses") and t.accused and not _own_deed(t)]
    denials = [t for t in said if t.says == "denies_responsibility"]
    admissions = [t for t in said if t.says == "admits" or (t.says == "asserts" and _own_deed(t) and not t.own)]
    accused: dict[str, str] = {}
    for testimony in (*blames, *admissions):
        for side in testimony.accused:
            accused.setdefault(side.key, _side_name(side.acts_for, side.name, side.kind))
    for testimony in denials:
        if not any(scene.same_side(testimony.source, key) for key in accused):
            accused.setdefault(testimony.source, testimony.label)
    found = Responsibility(
        accused=list(accused.values()),
        by=_labels(blames),
        denied_by=_labels(denials),
        admitted_by=_labels(admissions),
    )
    contested = bool(denials) or _each_other(blames, scene)
    found.grade = _blamed(blames, admissions, contested, scene)
    found.charges = _charges(blames, admissions, denials, scene)
    return found


def _blamed(
    blames: Sequence[Testimony], admissions: Sequence[Testimony], contested: bool, scene: Scene
) -> Grade | None:
    """How well a blame is supported; ``None`` where nobody is blamed."""
    if contested:
        return "contested"
    if any(t.origin.reviewed for t in admissions):
        return "confirmed"
    if len(independent_sources([t for t in blames if t.origin.reviewed], scene)) > 1:
        return "corroborated"
    if any(not t.party for t in blames):
        return "reported"
    return "claimed" if blames or admissions else None


def _charges(
    blames: Sequence[Testimony], admissions: Sequence[Testimony], denials: Sequence[Testimony], scene: Scene
) -> list[Charge]:
    """The blames by accused side, each with its own denials: an ally's denial of its own part is none of them."""
    sides: dict[str, list[Side]] = {}
    for testimony in (*blames, *admissions):
        for side in testimony.accused:
            alike = (k for k, known in sides.items() if k == side.key or any(_one_group(side, s) for s in known))
            same = next(alike, side.key)
            sides.setdefault(same, []).append(side)
    found = []
    for same_side in sides.values():
        side, keys = same_side[0], {s.key for s in same_side}
        mine = [t for t in blames if any(s.key in keys for s in t.accused)]
        own = [t for t in admissions if t.source in keys]
        against = [t for t in denials if t.source in keys]
        grade = _blamed(mine, own, bool(against), scene)
        words = [(t.node.sha, t.act.event if t.act else t.node.event) for t in (*mine, *own, *against)]
        found.append(
            Charge(
                party=side.as_party(), grade=grade, by=_labels(mine), denied_by=_labels(against), admitted=bool(own),
                evidence=list(dict.fromkeys(words)),
            )
        )  # fmt: skip
    return found


def _own_deed(testimony: Testimony) -> bool:
    return any(s.key == testimony.source for s in testimony.accused)


def _each_other(blames: Sequence[Testimony], scene: Scene) -> bool:
    """Whether two sides are blamed that do not stand together, by different sources."""
    for one in blames:
        for other in blames:
            if one.source == other.source or one.own or other.own:
                continue
            mine, theirs = ([s for s in t.accused if s.known] for t in (one, other))
            if mine and theirs and not any(_one_side(a, b, scene) for a in mine for b in theirs):
                return True
    return False


def _one_side(one: Side, other: Side, scene: Scene) -> bool:
    """Whether two accused sides are one or stand together; a group without a name of its own may be any group."""
    groups = one.key.startswith("G:") and other.key.startswith("G:") and (one.generic or other.generic)
    return groups or scene.same_side(one.key, other.key)


def _one_group(one: Side, other: Side) -> bool:
    """Whether two words are for one group without a name: "prorussische Separatisten" and "Separatisten"."""
    if not (one.generic and other.generic and one.key.startswith("G:") and other.key.startswith("G:")):
        return False
    mine, theirs = one.key[2:].split(), other.key[2:].split()
    return mine[-1] == theirs[-1] and min(len(mine), len(theirs)) == 1


def _side_name(above: str | None, name: str, kind: str) -> str:
    return above if above and kind == "person" else name


# --- in words ---------------------------------------------------------------------------------------------------------


def _labels(said: Iterable[Testimony]) -> list[str]:
    return list(dict.fromkeys(t.label for t in said if t.label))


def _why(name: str, number: int = 0, by: Sequence[str] = ()) -> Both:
    words = {}
    for language in ("de", "en"):
        phrase = _phrases()[name][language]
        who = ", ".join(by) or _phrases()["nobody"][language]
        words[language] = str(phrase).format(by=who, number=number)
    return Both(**words)

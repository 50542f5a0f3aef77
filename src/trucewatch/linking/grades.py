"""How well an incident is supported, and by whom it is contested: from testimonies, explained in a sentence.

The first that holds: contested, confirmed, corroborated, reported, claimed (ledgers, section 1). Responsibility has the
same five, apart from the occurrence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from trucewatch.incident import Both, Charge, Grade, Responsibility
from trucewatch.knowledge.inflection import fill
from trucewatch.knowledge.load import table
from trucewatch.linking.independence import doubts, independent_sources
from trucewatch.linking.knowledge import near_modes
from trucewatch.linking.node import NodeLoss, Side
from trucewatch.linking.scene import NAMED, Scene
from trucewatch.linking.testimony import Testimony

_MOST_DOUBTS = 2
_ANY = 1_000_000
_NO_ADMISSION = frozenset(("clash",))
"""Acts of both sides: that one of them speaks of it is no admission."""


@cache
def _phrases() -> dict[str, dict[str, Any]]:
    return dict(table("grades")["why"])


def grade(said: Sequence[Testimony], scene: Scene, mode: str | None) -> tuple[Grade, Both]:
    """The grade of the occurrence and why, in German and English, with the doubt that keeps it from a better one."""
    found, why, by, number = _grade(said, scene, mode)
    named = [] if found in ("contested", "confirmed", "corroborated") else doubts(_affirming(said), scene)
    return found, _why(why, named[:_MOST_DOUBTS], number=number, by=by)


def _affirming(said: Iterable[Testimony]) -> list[Testimony]:
    return [t for t in said if t.says in ("asserts", "admits", "accuses")]


def _grade(said: Sequence[Testimony], scene: Scene, mode: str | None) -> tuple[Grade, str, list[str], int]:
    """(grade, name of the reason, who stands for it, how many)."""
    denials = [t for t in said if t.says == "denies"]
    if denials:
        return "contested", "contested", _labels(denials), 0
    asserted = _affirming(said)
    if not asserted:
        return "claimed", "withdrawn", [], 0
    reviewed = [t for t in asserted if t.origin.reviewed]
    doers = [t for t in reviewed if not t.own and not t.weak and _did_it(t, scene, mode)]
    rivals = _rival_versions(doers, asserted)
    if rivals:
        return "contested", "contested_version", _labels([*doers[:1], *rivals]), 0
    if doers:
        return "confirmed", "confirmed_boast" if _boast(doers) else "confirmed", _labels(doers), 0
    # Who only condemns or blames may know of it from others: that corroborates nothing, unless each of two sides blames
    # the other, for then both say that it happened.
    sources = independent_sources([t for t in reviewed if t.says != "accuses" or _quarrels(t, reviewed, scene)], scene)
    if len(sources) > 1:
        return "corroborated", "corroborated", _labels(sources), len(sources)
    # An unreviewed report lifts nothing, from a claim to a report neither; and a blame does not witness.
    asserted = reviewed or asserted
    asserted = [t for t in asserted if t.says != "accuses"] or asserted
    neutral = [t for t in asserted if not t.party and not t.weak]
    if neutral:
        return "reported", "reported", _labels(neutral)[:3], 0
    claims = [t for t in asserted if t.party and not t.weak]
    if claims:
        return "claimed", "claimed", _labels(claims)[:3], 0
    if any(t.own and t.principal for t in asserted):
        return "reported", "reported", _labels(t for t in asserted if t.own), 0
    hearsay = [t for t in asserted if t.weak and t.party]
    if hearsay:
        return "claimed", "hearsay_party", _labels(hearsay)[:3], 0
    return "reported", "hearsay", [], 0


def _quarrels(one: Testimony, said: Sequence[Testimony], scene: Scene) -> bool:
    """Whether a party blames its enemy for what that enemy blames on it."""
    return one.party and any(other.party and _rivals(one, other, scene) for other in said)


def _did_it(testimony: Testimony, scene: Scene, mode: str | None) -> bool:
    """Whether the source is the side that did it, and says so of this act, in words that name it as the doer."""
    if testimony.says == "admits":
        return True
    if testimony.says != "asserts" or not testimony.principal or not _one_way(testimony.node.mode, mode):
        return False
    if not testimony.party and testimony.node.type in ("AID", "RETREAT"):
        return False  # a relief body that tells of its own convoy is no side: its word is a report
    if _own_deed(testimony):
        return True
    # It speaks of the act without naming who did it; reports say that it was this side, and nobody else.
    alone = not testimony.accused and scene.doers == {testimony.source} and testimony.source not in scene.targets
    return alone and testimony.party and not testimony.source.startswith(("?", "C:"))


def _rival_versions(doers: Sequence[Testimony], said: Sequence[Testimony]) -> list[Testimony]:
    """Who is no party and tells of dead that the doer's version leaves no room for: fighters there, civilians here, or
    people in another number."""
    fighters = [x for t in doers for x in t.node.losses if x.harm == "killed" and x.civilian is False and not x.part]
    if not fighters:
        return []
    return [
        t
        for t in said
        if not t.party and not t.own and not t.weak
        for x in t.node.losses
        if x.harm == "killed" and not x.part and x.voice != "reporter" and x.low != 0 and x.source == t.node.source
        and (x.civilian or (x.civilian is None and all(_disjoint(x, other) for other in fighters)))
    ]  # fmt: skip


def _disjoint(one: NodeLoss, other: NodeLoss) -> bool:
    """Whether no number fits both; an open end reaches any."""
    highest = min(x.high if x.high is not None else _ANY for x in (one, other))
    return highest < max(x.low or 0 for x in (one, other))


def _one_way(one: str | None, other: str | None) -> bool:
    """Whether two modes can be one act's, and the act is one side's: that one of two speaks of a clash admits nothing."""
    if other in _NO_ADMISSION or one in _NO_ADMISSION:
        return False
    return one is None or other is None or one == other or frozenset((one, other)) in near_modes()


def _boast(doers: Sequence[Testimony]) -> bool:
    return all(t.node.type == "ADVANCE" for t in doers)


# --- responsibility ---------------------------------------------------------------------------------------------------


def responsibility(said: Sequence[Testimony], scene: Scene) -> Responsibility:
    """Who is blamed by whom, who denies and who admits it; ``grade`` is ``None`` where nobody is blamed."""
    blames = [t for t in said if t.says in ("asserts", "accuses") and t.accused and not _own_deed(t)]
    denials = [t for t in said if t.says == "denies_responsibility"]
    admissions = [t for t in said if t.says == "admits" or (t.says == "asserts" and t.principal and _own_deed(t))]
    accused: dict[str, str] = {}
    for testimony in (*blames, *admissions):
        for side in testimony.accused:
            accused.setdefault(side.key, _side_name(side.acts_for, side.name, side.kind))
    for testimony in denials:
        answers = testimony.source.startswith(NAMED) or not accused
        if answers and not any(scene.same_side(testimony.source, key) for key in accused):
            accused.setdefault(testimony.source, testimony.label)
    found = Responsibility(
        accused=list(accused.values()),
        by=_labels(blames),
        denied_by=_labels(denials),
        admitted_by=_labels(admissions),
    )
    contested = bool(denials) or _each_other(blames, scene)
    open_act = any(t.says == "denies" for t in said)
    found.grade = _blamed(blames, admissions, contested or open_act and bool(admissions), scene)
    found.charges = _charges(blames, admissions, denials, scene, open_act)
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
    blames: Sequence[Testimony],
    admissions: Sequence[Testimony],
    denials: Sequence[Testimony],
    scene: Scene,
    open_act: bool,
) -> list[Charge]:
    """The blames by accused side, each with its own denials: an ally's denial of its own part is none of them.

    ``open_act``: somebody denies that it happened at all; then nobody's boast of it is confirmed.
    """
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
        grade = _blamed(mine, own, bool(against) or open_act and bool(own), scene)
        words = [(t.node.sha, t.act.event if t.act else t.node.event) for t in (*mine, *own, *against)]
        found.append(
            Charge(
                party=side.as_party(), grade=grade, by=_labels(mine), denied_by=_labels(against), admitted=bool(own),
                evidence=list(dict.fromkeys(words)),
            )
        )  # fmt: skip
    return found


def _own_deed(testimony: Testimony) -> bool:
    resolved = not testimony.source.startswith(("?", "C:"))
    return resolved and any(s.key == testimony.source for s in testimony.accused)


def _each_other(blames: Sequence[Testimony], scene: Scene) -> bool:
    """Whether two sides are blamed that do not stand together, by different sources."""
    return any(_rivals(one, other, scene) for one in blames for other in blames)


def _rivals(one: Testimony, other: Testimony, scene: Scene) -> bool:
    """Whether two sources blame sides that do not stand together."""
    if one.source == other.source or one.own or other.own:
        return False
    mine, theirs = ([s for s in t.accused if s.known] for t in (one, other))
    return bool(mine and theirs) and not any(_one_side(a, b, scene) for a in mine for b in theirs)


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
    """The names of those who speak, each side's once: a ministry under two names is one."""
    first: dict[str, str] = {}
    for one in said:
        if one.label:
            first.setdefault(one.source if one.source.startswith(NAMED) else one.label, one.label)
    return list(dict.fromkeys(first.values()))


def _why(name: str, named: Sequence[str] = (), number: int = 0, by: Sequence[str] = ()) -> Both:
    """The sentence of a reason, and one for each doubt."""
    words = {}
    for language in ("de", "en"):
        phrase = _phrases()[name][language]
        who = ", ".join(by) or _phrases()["nobody"][language]
        told = [fill(str(phrase), by=who, number=number), *(str(_doubt(d)[language]) for d in named)]
        words[language] = " ".join(told)
    return Both(**words)


@cache
def _doubt(name: str) -> dict[str, Any]:
    return dict(table("grades")["doubt"][name])

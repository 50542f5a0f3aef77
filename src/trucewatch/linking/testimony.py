"""Who says of an incident that it happened, who denies it, who blames whom: one list that grades are computed from.

A source is, for what is attributed, the side or body that the speaker speaks for; for a report's own word, the origin
of its text (ledgers, section 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from trucewatch.linking.knowledge import state_media
from trucewatch.linking.node import Act, Node, Side
from trucewatch.linking.origins import Origin
from trucewatch.linking.scene import NAMED, Scene
from trucewatch.linking.taken_back import TakenBack, taken_back

Says = Literal["asserts", "denies", "denies_responsibility", "accuses", "admits"]


@dataclass(frozen=True, slots=True)
class Testimony:
    """One thing that one source says about an incident in one report.

    ``source`` is a side's key, or the id of an origin for a report's own word (``own``). ``weak``: hearsay, or a claim
    of somebody whose side is not told: it stands for nothing beside a known source. ``accused``: keys of the sides
    that it names as those who did it.
    """

    says: Says
    source: str
    label: str
    party: bool
    own: bool
    weak: bool
    origin: Origin
    accused: tuple[Side, ...]
    order: tuple[float, str, int, str]
    node: Node
    act: Act | None = None
    principal: bool = True
    """It tells of the act itself, not only of its dead or of the damage."""
    rests_on: frozenset[str] = frozenset()
    """For a report's own word: the sources that its origin names for anything of the incident."""

    @property
    def place(self) -> tuple[str, str]:
        """(report, event) that it stands in."""
        return self.node.sha, self.act.event if self.act else self.node.event


@dataclass(frozen=True, slots=True)
class Heard:
    """What is said about an incident and stands, and what whoever said it has taken back, by (report, event)."""

    standing: list[Testimony]
    withdrawn: dict[tuple[str, str], TakenBack]


def hear(nodes: Sequence[Node], origin_of: dict[int, Origin]) -> Heard:
    """Everything that is said about the incident, in the order of publication; what a side took back apart from it."""
    scene = Scene(nodes)
    found: list[Testimony] = []
    for node in sorted(nodes, key=lambda n: n.order):
        origin = origin_of[node.report]
        own = _of_node(node, origin, scene)
        if own is not None:
            found.append(own)
            found.extend(_of_losses(node, origin, scene))
        found.extend(t for a in node.acts if (t := _of_act(a, node, origin, scene)) is not None)
    found = _without_echoes(_resting(found, nodes, origin_of))
    back = taken_back(nodes)
    withdrawn = {t.place: w for w in back for t in _taken(w, found)}
    standing = _without_withdrawn([t for t in found if t.place not in withdrawn], scene, withdrawn)
    return Heard(standing, withdrawn)


def testimonies(nodes: Sequence[Node], origin_of: dict[int, Origin]) -> list[Testimony]:
    """What is said about the incident and stands."""
    return hear(nodes, origin_of).standing


def _taken(words: TakenBack, found: Sequence[Testimony]) -> list[Testimony]:
    """What a side's later words take back of what it said: its denial, else its claim, unless they only correct a figure."""
    mine = [t for t in found if t.source == words.source and words.after(t.node.order, t.order[2])]
    denials = [t for t in mine if t.says in ("denies", "denies_responsibility")]
    return denials or ([] if words.of_denial or words.corrects else mine)


def _resting(found: list[Testimony], nodes: Sequence[Node], origin_of: dict[int, Origin]) -> list[Testimony]:
    """With the sources that each origin names for anything of the incident: its own word may rest on them."""
    named: dict[str, set[str]] = {}
    for node in nodes:
        cited = named.setdefault(origin_of[node.report].id, set())
        sides = [(node.voice, node.source), *((loss.voice, loss.source) for loss in node.losses)]
        cited.update(side.key for voice, side in sides if voice != "reporter" and side is not None)
    return [replace(t, rests_on=frozenset(named.get(t.origin.id, ()))) if t.own else t for t in found]


def _without_echoes(found: list[Testimony]) -> list[Testimony]:
    """A report's own word that only repeats what the same report or agency gives to a source is no word of its own.

    A title sums up its text. What an agency told bare before it named a source stays its own. "Nach dem Angriff …" in
    a text whose agency has the attack from the army is still the army's claim. Dead or damage that are given to a source
    leave the act itself the report's own word.
    """
    bodies = {t.node.report for t in found if not t.node.headline}
    claims = {(t.node.report, t.source) for t in found if not t.node.headline and _cites(t) and not t.weak}
    since: dict[str, tuple[float, str]] = {}
    for one in found:
        for credit in (*one.origin.credits, one.origin.id) if _cites(one) else ():
            since[credit] = min(since.get(credit, one.order[:2]), one.order[:2])
    kept = []
    for one in found:
        if one.node.headline and one.act is None and one.own and one.node.report in bodies:
            continue
        if one.node.headline and _cites(one) and any(r == one.node.report and s != one.source for r, s in claims):
            continue  # a title is no second source beside the one that its text names
        named = [since[c] for c in (*one.origin.credits, one.origin.id) if c in since]
        if one.own and named and one.order[:2] >= min(named):
            one = replace(one, weak=True)
        kept.append(one)
    return kept


def _cites(testimony: Testimony) -> bool:
    """Whether it gives the act itself to a source."""
    return testimony.principal and not testimony.own and testimony.says == "asserts" and testimony.act is None


def _source(side: Side | None, voice: str, origin: Origin, scene: Scene) -> tuple[str, str, bool, bool, bool]:
    """(key, label, party, own word, weak)."""
    if voice == "reporter":
        spoken_for = _of_a_side(origin)
        if spoken_for is not None and scene.is_party(spoken_for):
            return spoken_for.key, origin.label, True, False, False
        return origin.id, origin.label, False, True, False
    if side is None:
        return "?:", "", False, False, True
    return side.key, side.name, scene.is_party(side), False, voice == "hearsay"


def _of_a_side(origin: Origin) -> Side | None:
    """The side that an agency of a state or group speaks for: what it says bare, its side says."""
    keys = {state_media().get(credit) for credit in origin.credits}
    key = next(iter(keys)) if len(keys) == 1 else None
    return Side(key, origin.label, "media", True, country=key[2:] if key.startswith("S:") else None) if key else None


def _of_node(node: Node, origin: Origin, scene: Scene) -> Testimony | None:
    denied_by_speaker = node.source is not None and any(
        a.kind == "deny" and a.source is not None and a.source.key == node.source.key for a in node.acts
    )
    if denied_by_speaker or node.named:
        return None  # the words only name what the speaker denies
    key, label, party, own, weak = _source(node.source, node.voice, origin, scene)
    says: Says = "asserts"
    if node.negative:
        # "Ihre Leute hätten nicht geschossen": who speaks of a doer, and of no other side, speaks of his own.
        mine = node.source is not None and bool(node.actors)
        mine = mine and all(
            s.key[:2] not in ("S:", "G:") or scene.same_side(node.source.key, s.key)  # type: ignore[union-attr]
            for s in node.actors
        )
        says = "denies_responsibility" if mine else "denies"
        if own or weak:
            return None
    accused = tuple(s for s in node.actors if s.known or s.key.startswith("?")) if says == "asserts" else ()
    return Testimony(
        says, key, label, party, own, weak, origin, accused, node.order, node, principal=node.type == scene.kind
    )


def _of_losses(node: Node, origin: Origin, scene: Scene) -> list[Testimony]:
    """A neutral body that counts an incident's victims says that it happened; a party that does may echo the report."""
    told: dict[str, Testimony] = {}
    for loss in node.losses:
        side = loss.source
        if node.negative or loss.voice != "attributed" or side is None or side == node.source:
            continue
        key, label, party, own, weak = _source(side, loss.voice, origin, scene)
        if party:
            continue
        told.setdefault(
            key, Testimony("asserts", key, label, party, own, weak, origin, (), node.order, node, principal=False)
        )
    return list(told.values())


def _of_act(act: Act, node: Node, origin: Origin, scene: Scene) -> Testimony | None:
    side = act.source
    key, label, party, own, weak = _source(side, "attributed", origin, scene)
    says: Says
    accused: tuple[Side, ...] = ()
    if act.negative or act.kind == "withdraw":
        return None
    if act.kind == "accuse":
        if not act.targets:
            return None
        says, accused = "accuses", act.targets
    elif side is None:
        return None
    elif act.kind == "deny":
        mine = _denies_responsibility(act, side, node, scene)
        if mine and side.key.startswith(NAMED) and not scene.may_answer(side.key):
            return None  # nobody says that it did this: its words are about another charge
        says = "denies_responsibility" if mine else "denies"
    else:
        own_deed = _own_deed(act, side, node, scene)
        if own_deed is None:
            return None
        says, accused = ("admits", (side,)) if own_deed else ("asserts", tuple(s for s in node.actors if s.known))
        weak = weak or not side.known
    return Testimony(
        says, key, label, party, own, weak, origin, accused, (*node.order[:2], act.trigger[0], act.event), node, act
    )


def _own_deed(act: Act, side: Side, node: Node, scene: Scene) -> bool | None:
    """Whether who claims or admits an act did it by all that is told; ``None`` where it cannot be told.

    Only a side that is known and can be a party has a deed to admit. Who admits what another did, or what was done to
    his own, affirms that it happened and no more. An admission that is about nothing told of needs a deed of its own.
    """
    if not (side.party and side.key.startswith(NAMED)):
        return False
    doers = [s.key for s in node.actors if s.known and s.party]
    if any(scene.same_side(side.key, key) for key in doers):
        return True
    if not act.sure and act.kind == "admit":
        return True if side.key in scene.accused else None
    victim = side.key in {s.key for s in node.targets} or side.key in scene.targets
    harm = node.type in ("HARM", "DAMAGE")  # "räumte Verluste ein": that people died is nobody's deed yet
    return not doers and not victim and not harm and (act.kind == "claim" or scene.may_answer(side.key))


def _denies_responsibility(act: Act, side: Side, node: Node, scene: Scene) -> bool:
    """ "We did not do it" or "it did not happen"? Who is accused denies his part; so does who answers a charge.

    Where nobody is said to have done it, a state or group that is not the victim denies having done it: nobody else
    has a reason to speak. Of ground taken or men withdrawn, whoever did not do it himself denies that it happened.
    """
    if act.denies is not None:
        return act.denies == "responsibility"
    if scene.is_accused(side.key):
        return True
    if not side.known:
        return scene.happening
    if side.key in scene.targets:
        return False
    return scene.happening and not any(s.known for n in scene.nodes for s in n.actors)


def _without_withdrawn(
    found: list[Testimony], scene: Scene, withdrawn: dict[tuple[str, str], TakenBack]
) -> list[Testimony]:
    """Without the denials that the same side later took back by saying or admitting it, and without those of another's
    version by a side that says itself that it happened ("Ankara wies diese Darstellung zurück"), and those that the
    later admission of whoever did it outdoes (the victims' side may deny all the same)."""
    kept = []
    for one in found:
        if one.says in ("denies", "denies_responsibility"):
            back = next((other for other in found if _says_after_all(other, one)), None)
            itself = one.says == "denies" and any(
                other.source == one.source and other.says == "asserts" and not other.weak for other in found
            )
            nobody = not one.source.startswith(NAMED) or one.source not in scene.targets
            outdone = (
                one.says == "denies"
                and nobody
                and any(other.says == "admits" and other.order[:2] > one.order[:2] for other in found)
            )
            if back is not None:
                withdrawn[one.place] = TakenBack(back.source, back.label, back.node, back.place[1], of_denial=True)
            if back is not None or itself or outdone:
                continue
        kept.append(one)
    return [replace(t) for t in kept]


def _says_after_all(later: Testimony, denial: Testimony) -> bool:
    """Whether the side that denied it now says or admits it."""
    if later.source != denial.source or later.order[:2] <= denial.order[:2]:
        return False
    return later.says == "admits" or (later.says == "asserts" and (denial.says == "denies" or _of(later, denial)))


def _of(testimony: Testimony, denial: Testimony) -> bool:
    """Whether the testimony names the denier itself as the one who did it."""
    return any(s.key == denial.source for s in testimony.accused)

"""Co-reference of descriptions: "die türkischen Soldaten", "die Miliz", "das Ministerium", "die Verletzten"."""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.extraction.actor_roles import words
from trucewatch.extraction.bodies import Bodies
from trucewatch.extraction.ledger import Ledger, owner_name
from trucewatch.extraction.mentions import Mention
from trucewatch.extraction.naming import state_adjective
from trucewatch.extraction.offices import Offices
from trucewatch.extraction.powers import Powers
from trucewatch.extraction.referents import Draft, Key, government_name
from trucewatch.record import ActorKind

_MEMBERS: dict[ActorKind, tuple[ActorKind, ...]] = {
    "armed_group": ("armed_forces", "armed_group"),
    "armed_forces": ("armed_forces", "armed_group"),
    "organisation": ("organisation",),
    "media": ("media", "group"),
}
"""Kind of an owner -> kinds of description that mean the owner itself ("Hisbollah-Kämpfer", "UN-Beobachter")."""
_OWNING: frozenset[ActorKind] = frozenset({"state", "government", "armed_forces", "armed_group"})
SOLDIERS = "soldiers"
"""First part of the key of an army's people."""
_OWN_WORDS: frozenset[ActorKind] = frozenset({"civilians", "group", "state", "organisation", "media"})
"""Kinds whose actors are told apart by the very noun."""
_SIDES = frozenset({"side", "parties"})
"""Classes of nouns for who stands against whom."""
_PARTIES: frozenset[ActorKind] = frozenset({"armed_forces", "armed_group", "government", "state"})
_SIDES_IN_ARMS = frozenset({"rebels", "separatists"})
_NEAR_SIDES = 2
"""Both sides were named at most so many sentences before."""


@dataclass(slots=True)
class Descriptions:
    """Finds or makes the actor that a description means."""

    ledger: Ledger
    offices: Offices
    powers: Powers
    bodies: Bodies

    def resolve(self, m: Mention) -> tuple[int, ...]:
        """The actor, mostly one; two for "die beiden Präsidenten"."""
        role, ledger = m.role, self.ledger
        assert role is not None
        explained = self._explained(m)
        if explained is not None:
            return (explained,)
        if (
            m.both and role.kind in ("person", "state") and role.cls != "other"
        ):  # "mit beiden Kollegen": whoever they are
            pair = self._last_two(role.kind, m)
            if pair:
                return pair
        if m.both and role.cls in _SIDES:
            pair = self._two_sides(m)
            if pair:
                return pair
        if role.kind == "person":
            return (self.offices.resolve(m),)
        state = m.owner.state if m.owner is not None and not m.stance else None
        owner = m.owner.entity if m.owner is not None else None
        if owner is not None and owner.kind in ("state", "government"):
            state, owner = state or owner.state, None
        if owner is not None:
            return (self._part_of(m, owner.name, owner.kind),)
        if m.owner_head is not None and state is None and role.kind in ("armed_forces", "armed_group", "organisation"):
            above = ledger.at_token.get(m.owner_head)
            if above and ledger.drafts[above[0]].kind in ("armed_forces", "armed_group", "organisation"):
                return above[:1]
        return (self._of_state(m, state) if state is not None else self._bare(m),)

    def _explained(self, m: Mention) -> int | None:
        """ "X, ein Sprecher der Armee": the name that the description explains."""
        assert m.role is not None
        for head in self.ledger.appositions.get(m.head, ()):
            found = self.ledger.at_token.get(head, ())
            if len(found) != 1 or not self.ledger.drafts[found[0]].named:
                continue
            draft = self.ledger.drafts[found[0]]
            if (draft.kind == "person") == (m.role.kind == "person"):
                if m.role.kind == "person":
                    draft.offices.add((m.role.cls, owner_name(m)))
                return found[0]
        return None

    def _last_two(self, kind: ActorKind, m: Mention) -> tuple[int, ...]:
        seen: list[int] = []
        for trace in self.ledger.near(m.sentence):
            if self.ledger.drafts[trace.actor].kind == kind and trace.actor not in seen:
                seen.append(trace.actor)
        return tuple(reversed(seen)) if len(seen) == 2 else ()

    def _two_sides(self, m: Mention) -> tuple[int, ...]:
        """ "beide Seiten": the two parties joined just before ("A und B", "A gegen B"), where there are just two.

        A state's army and its government are one side.
        """
        for back in range(_NEAR_SIDES + 1):
            sides: dict[str, tuple[int, int]] = {}
            for trace in self.ledger.traces.get(m.sentence - back, ()):
                draft = self.ledger.drafts[trace.actor]
                if trace.token < m.first and draft.kind in _PARTIES and draft.key[1] not in _SIDES:
                    sides.setdefault(draft.state or f"{trace.actor}", (trace.token, trace.actor))
            if len(sides) == 2:
                (first, one), (second, other) = sides.values()
                return (one, other) if self._joined(first, second) else ()
            if sides:
                return ()
        return ()

    def _joined(self, first: int, second: int) -> bool:
        """Do the heads of two parties stand in one group, with a word between that joins them or sets them against each other?"""
        between = self.ledger.analysis.tokens[min(first, second) + 1 : max(first, second)]
        joint = any(t.coarse == "CCONJ" or t.lemma.lower() in words("against") for t in between)
        return joint and not any(t.coarse in ("VERB", "AUX", "SCONJ") or t.text in ",;:" for t in between)

    def _part_of(self, m: Mention, owner: str, kind: ActorKind) -> int:
        """ "Hisbollah-Kämpfer" are the Hisbollah, "UN-Beobachter" the UN; "EU-Truppen" are forces of their own."""
        role, ledger = m.role, self.ledger
        assert role is not None
        if role.kind in _MEMBERS.get(kind, ()) and role.cls not in ("body", "party", "alliance"):
            actor = ledger.actor(("named", owner), kind, owner)
            entity = ledger.known.entities.get(owner)
            if entity is not None:
                ledger.drafts[actor].entity, ledger.drafts[actor].named = entity.wikidata, True
            return actor
        key = (role.kind, role.cls, owner, m.lemma if role.kind in ("civilians", "group") else "")
        actor = ledger.actor(key, role.kind, m.name)
        ledger.drafts[actor].of = owner
        return actor

    def _of_state(self, m: Mention, state: str) -> int:
        role, ledger = m.role, self.ledger
        assert role is not None
        if role.kind == "state" and m.definite and not m.plural:
            actor = ledger.actor(("state", state), "state", ledger.known.states[state].name)
            ledger.drafts[actor].state, ledger.drafts[actor].entity = state, ledger.known.states[state].wikidata
            return actor
        key: Key
        if role.kind == "armed_forces" and _soldiers(m):
            key = (SOLDIERS, state)  # who serves in an army is not the army: it speaks, they die
        elif role.kind == "armed_forces":
            key = (role.cls, m.lemma, state) if role.cls in ("unit", "branch") else (role.cls, state)
        elif role.kind == "government":
            key = self.powers.key(m, state)
        elif role.kind in ("armed_group", "state"):
            key = (role.kind, role.cls, state)
        else:
            key = (role.kind, role.cls, state, m.lemma)
        if key not in ledger.keys and role.kind == "armed_group":
            alike = [i for i, d in ledger.latest() if d.key[:2] == key[:2] and d.state in (None, state)]
            if len(alike) == 1:
                return alike[0]
        bare: Key = ("armed_forces", "forces", "", "")
        alone = key == ("forces", state) and key not in ledger.keys and ledger.focus == state and bare in ledger.keys
        if alone and self._uncounted(bare) and not self._others(state):
            ledger.keys[key] = ledger.keys.pop(bare)  # "Armee" in the headline, "die ukrainische Armee" in the text
            ledger.drafts[ledger.keys[key]].key = key
        actor = ledger.actor(key, role.kind, m.name or government_name(ledger.known.states[state]) or "")
        ledger.drafts[actor].state = state
        return actor

    def _others(self, state: str) -> bool:
        """Did another state's side act so far? Then bare "die Armee" may have been its army."""
        sides = (d for _, d in self.ledger.latest() if d.kind in ("state", "government", "armed_forces"))
        return any(d.state not in (None, state) for d in sides)

    def _uncounted(self, bare: Key) -> bool:
        """Is it a body ("Armee"), and not so many of its members ("drei Soldaten"), who may be anybody's?"""
        actor = self.ledger.keys.get(bare)
        return actor is not None and self.ledger.drafts[actor].counted is None

    def _bare(self, m: Mention) -> int:
        """A description with nobody named as its owner: an actor that it fits, else one of its own."""
        role, ledger = m.role, self.ledger
        assert role is not None
        found: int | None = None
        if role.kind in ("armed_forces", "armed_group") and (whose := self._unknown_owner(m)):
            actor = ledger.actor((role.kind, role.cls, "", m.lemma, whose), role.kind, m.name)
            ledger.drafts[actor].foreign = True
            return actor
        if role.kind == "armed_forces" and m.possessive and _soldiers(m):
            found = self._theirs(m)
        elif role.kind == "armed_forces":
            found = ledger.same_words(m)
            if found is None and role.cls == "forces" and not role.rest:
                found = self._forces(m)
                if _soldiers(m) and found is not None:
                    found = self._of_force(found, m)
        elif role.kind == "armed_group":
            found = self._group(m)
        elif role.kind == "government":
            found = self.powers.find(m)
        elif role.kind in ("organisation", "media"):
            found = self.bodies.find(m) if m.definite else None
        elif role.kind in ("civilians", "group"):
            found = self._people(m)
        elif role.kind == "state" and m.definite and not m.plural and m.lemma == role.word:
            near = [t.actor for t in ledger.near(m.sentence) if t.sentence >= m.sentence - 1]
            found = ledger.recent([i for i in near if ledger.drafts[i].kind == "state"], m.sentence)
        if found is not None:
            return found
        word = m.lemma if role.kind in _OWN_WORDS or role.cls in ("fighters", "unit", "branch") else ""
        if role.kind == "armed_forces" and _soldiers(m):
            word = SOLDIERS
            army = ledger.keys.get(("armed_forces", "forces", "", ""))
            if army is not None and m.owner_head is None:  # "die Armee … ein Soldat": hers, and not she
                m.owner_head = ledger.drafts[army].mentions[-1].head
        key: Key = (role.kind, role.cls, "", "plural" if role.cls == "government" and m.plural else word)
        if role.kind in ("civilians", "group") and key in ledger.keys:
            key = (*key, str(m.head))
        return ledger.actor(key, "group" if role.cls == "side" else role.kind, m.name)

    def _unknown_owner(self, m: Mention) -> str:
        """ "die Streitkräfte der Karabach-Armenier": somebody's whom no table knows, so not those named before."""
        if m.phrase is None or m.phrase.head != m.head or m.owner is not None:
            return ""
        tokens = self.ledger.analysis.tokens
        owners = [p.head for g in m.phrase.genitives for p in g.parts()]
        return " ".join(tokens[i].text for i in owners if tokens[i].coarse == "PROPN" or "-" in tokens[i].text)

    def _forces(self, m: Mention) -> int | None:
        """Bare "die Truppen": the only forces so far, else those of the only state that the sentence named before."""
        ledger = self.ledger
        forces = [i for i in ledger.of_kind("armed_forces") if ledger.drafts[i].key[0] in ("forces", "named")]
        assert m.role is not None
        if m.role.word.lower() in words("of_a_state"):  # "die Armee" is no peacekeeping force
            forces = [i for i in forces if ledger.drafts[i].key[0] == "forces" or ledger.drafts[i].state is not None]
        if len(forces) > 1:
            named = {s for t in ledger.traces.get(m.sentence, ()) for s in _states(ledger.drafts[t.actor])}
            here = [i for i in forces if ledger.drafts[i].state in named]
            if len(here) == 1:
                return here[0]
        if (
            not forces and not _soldiers(m) and ("armed_forces", "forces", "", "") not in ledger.keys
        ):  # "die israelische Luftwaffe … Das teilte die Armee mit"
            part = ledger.recent([i for i in ledger.of_kind("armed_forces") if self._part(i)], m.sentence)
            state = ledger.drafts[part].state if part is not None else None
            return self._army(m, state) if state is not None else None
        return ledger.recent(forces, m.sentence)

    def _theirs(self, m: Mention) -> int | None:
        """ "Die Behörden … die Zahl ihrer Soldaten": of the side that was named last and agrees with the word."""
        ledger = self.ledger
        tokens = ledger.analysis.tokens
        many = m.phrase is not None and tokens[m.phrase.core_first].text.lower().startswith("ihr")
        for trace in ledger.near(m.sentence):
            owner = ledger.drafts[trace.actor]
            if owner.kind not in _OWNING or trace.token > m.head or (trace.plural or trace.gender == "f") != many:
                continue
            if owner.state is not None:
                return self._of_state(m, owner.state)
            m.owner_head = trace.token
            return ledger.actor((SOLDIERS, "", str(trace.actor)), "armed_forces", m.name)
        return None

    def _army(self, m: Mention, state: str) -> int:
        """The army of a state, called so by a bare noun: its name says whose it is."""
        known = ("forces", state) in self.ledger.keys
        actor = self._of_state(m, state)
        if not known:
            adjective = state_adjective(state, "plural" if m.plural else m.gender)
            self.ledger.drafts[actor].name = f"{adjective} {m.name}" if adjective else m.name
        return actor

    def _part(self, actor: int) -> bool:
        """Is it a branch or the people of some state's army?"""
        draft = self.ledger.drafts[actor]
        return draft.key[0] in (SOLDIERS, "branch") and draft.state is not None

    def _of_force(self, force: int, m: Mention) -> int | None:
        """Bare "Soldaten" behind "die türkische Armee": hers; of a force that no state is named for they are members."""
        state = self.ledger.drafts[force].state
        return self._of_state(m, state) if state is not None else force

    def _group(self, m: Mention) -> int | None:
        """Bare "die Rebellen", "die Miliz", "Kämpfer": a group that was called so, or the one named just before."""
        role, ledger = m.role, self.ledger
        assert role is not None
        ends = {role.word.lower(), m.lemma.lower()}
        groups = [i for i in ledger.of_kind("armed_group") if self._compatible(m, ledger.drafts[i])]
        same = [i for i in groups if m.lemma in ledger.drafts[i].lemmas or ends & ledger.drafts[i].ends]
        found = ledger.recent(same, m.sentence) if same else None
        if found is not None:
            return found
        if m.traits:
            alike = [i for i in groups if ledger.drafts[i].key[:2] == ("armed_group", role.cls)]
            return ledger.recent(alike, m.sentence) if role.cls != "fighters" else None
        if (
            role.cls in _SIDES_IN_ARMS
            and m.definite
            and m.plural
            and len(named := ledger.of_kind("armed_group", named=True)) == 1
        ):
            return named[0]  # the only group that the report has named so far
        if role.cls in ("militia", "extremists", "fighters") and m.definite:
            near = {t.actor for t in ledger.near(m.sentence)}
            found = ledger.recent([i for i in ledger.of_kind("armed_group", named=True) if i in near], m.sentence)
            if found is not None:
                return found
        if role.cls == "fighters":
            return ledger.recent(groups, m.sentence) if m.definite and m.plural else None
        alike = [i for i in groups if ledger.drafts[i].key[:2] == ("armed_group", role.cls)]
        return ledger.recent(alike, m.sentence)

    def _compatible(self, m: Mention, draft: Draft) -> bool:
        """Adjectives that an actor was never described with ("regierungstreue Kämpfer") tell of another one."""
        if not m.traits or m.traits & draft.traits:
            return True
        return not draft.named and not draft.traits

    def _people(self, m: Mention) -> int | None:
        """People who were called so; "die Verletzten", "die Opfer": the counted group just before."""
        role, ledger = m.role, self.ledger
        assert role is not None
        if role.cls == "victims" and m.definite and m.plural and m.counted is None:
            found = ledger.counted_before(m.sentence)
            if found is not None:
                return found
        same = [i for i in ledger.of_kind("civilians", "group") if m.lemma in ledger.drafts[i].lemmas]
        if m.counted is not None and not m.definite:
            same = [i for i in same if ledger.drafts[i].counted in (None, m.counted)]
        if not same:
            return None
        recent = ledger.recent(same, m.sentence) if m.counted is None else None
        return recent if recent is not None else same[-1]


def _soldiers(m: Mention) -> bool:
    """Is it a word for people who serve ("Soldaten"), not for a force ("Armee")?"""
    return (
        m.role is not None and m.role.cls == "forces" and not m.role.rest and m.role.word.lower() in words("individual")
    )


def _states(draft: Draft) -> set[str]:
    """The states that an actor is, belongs to or holds office in."""
    if draft.kind in ("state", "government"):
        return {draft.state} if draft.state is not None else set()
    return {of for _, of in draft.offices} if draft.kind == "person" else set()

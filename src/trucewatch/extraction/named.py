"""Co-reference of names: one actor per name of the register, per person, per unknown name."""

from __future__ import annotations

from dataclasses import dataclass, field

from trucewatch.extraction.ledger import Ledger, owner_name
from trucewatch.extraction.mentions import Mention
from trucewatch.extraction.referents import Key, government_name, person_name


def _counted(m: Mention) -> bool:
    """ "zwölf Palästinenser": so many people, not their state."""
    return m.phrase is not None and m.phrase.quantity is not None and m.phrase.head == m.head


@dataclass(slots=True)
class Names:
    """Finds or makes the actor that a name means."""

    ledger: Ledger
    families: dict[str, list[Key]] = field(default_factory=dict)
    """Family name -> keys of the persons who bear it."""

    def resolve(self, m: Mention) -> tuple[int, ...]:
        """The actor of a name, as a tuple of one."""
        hit = m.hit
        assert hit is not None
        if hit.kind == "person":
            return (self._person(m),)
        ledger, entity = self.ledger, hit.entity
        if entity is None:
            actor = ledger.actor(("named", hit.name.lower()), hit.kind, hit.name)
            ledger.drafts[actor].named = True
            return (actor,)
        state = ledger.known.states.get(entity.state or "")
        if entity.kind == "state" and state is not None and hit.people and _counted(m):
            actor = ledger.actor(("people", state.code, str(m.head)), "civilians", ledger.analysis.tokens[m.last].text)
            return (actor,)
        if entity.kind == "state" and state is not None:
            actor = ledger.actor(("state", state.code), "state", entity.name)
            ledger.drafts[actor].entity, ledger.drafts[actor].state = entity.wikidata, state.code
            return (actor,)
        if entity.capital and state is not None:
            actor = ledger.actor(("government", state.code), "government", government_name(state) or entity.name)
            ledger.drafts[actor].state = state.code
            return (actor,)
        key: Key = ("named", entity.name)
        if entity.whole and entity.state is not None:
            key = ("forces" if entity.kind == "armed_forces" else "government", entity.state)
        actor = ledger.actor(key, entity.kind, entity.name)
        draft = ledger.drafts[actor]
        draft.entity, draft.named = entity.wikidata, True
        draft.state = entity.state if entity.kind in ("government", "armed_forces") else None
        return (actor,)

    def _person(self, m: Mention) -> int:
        hit, ledger = m.hit, self.ledger
        assert hit is not None
        name = hit.official.name if hit.official is not None else hit.name
        key: Key = ("person", name)
        family = name.split()[-1]
        if key not in ledger.keys and hit.official is None:
            same = [k for k in self.families.get(family, ()) if hit.surname or " " not in k[1]]
            if len(same) == 1:
                key = same[0]
        if key not in ledger.keys:
            self.families.setdefault(family, []).append(key)
            held = self._described_before(m)
            if held is not None:
                ledger.keys[key] = held
                ledger.drafts[held].key = key
        actor = ledger.actor(key, "person", name)
        draft = ledger.drafts[actor]
        draft.name, draft.named = person_name(draft, m, ledger.analysis), True
        draft.gender = draft.gender or hit.gender
        if hit.official is not None:
            draft.entity, draft.official = hit.official.wikidata, hit.official
            term = hit.official.term(ledger.analysis.published)
            if term is not None:
                draft.offices.add((term.role, term.of))
        if hit.role is not None:
            owner = owner_name(m)
            groups = any(of not in ledger.known.states for _, of in draft.offices if of)
            if not (hit.official is not None and groups and owner in ledger.known.states):
                draft.offices.add((hit.role.cls, owner))  # "der libysche General Haftar" leads a force of his own
        return actor

    def _described_before(self, m: Mention) -> int | None:
        """ "der Gouverneur der Provinz, X": the person of the description that the name explains."""
        for head in self.ledger.appositions.get(m.head, ()):
            found = self.ledger.at_token.get(head, ())
            if (
                len(found) == 1
                and self.ledger.drafts[found[0]].kind == "person"
                and not self.ledger.drafts[found[0]].named
            ):
                return found[0]
        return None

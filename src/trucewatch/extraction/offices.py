"""Co-reference of offices: "der Präsident", "der russische Chefdiplomat", "ein Sprecher der Armee"."""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.extraction.ledger import Ledger, owner_name
from trucewatch.extraction.mentions import Mention
from trucewatch.extraction.referents import Draft, Key

_MINISTERS = frozenset({"minister", "foreign", "defence", "interior"})
_RULERS = _MINISTERS | {"president", "head"}
_LOOSE = frozenset({"minister", "other", "leader", "spokesperson"})
"""Offices that many hold at once: without an owner, different words mean different people."""


@dataclass(slots=True)
class Offices:
    """Finds or makes the person that an office without a name means."""

    ledger: Ledger

    def resolve(self, m: Mention) -> int:
        """The person; for a plural ("die Außenminister") the holders together as one actor."""
        role, ledger = m.role, self.ledger
        assert role is not None
        owner = owner_name(m)
        key: Key = ("office", role.cls, owner, role.word if role.cls in _LOOSE and not owner else "")
        if m.plural:
            return ledger.actor((*key, "plural", m.lemma), "government" if role.cls in _RULERS else "group", m.name)
        if m.definite or owner:
            if key in ledger.keys:
                return ledger.keys[key]
            people = [i for i in ledger.of_kind("person") if _holds(ledger.drafts[i], role.cls, owner, m)]
            found = ledger.recent(people, m.sentence)
            if found is not None:
                return found
        if key in ledger.keys:
            key = (*key, str(m.head))
        actor = ledger.actor(key, "person", m.name)
        draft = ledger.drafts[actor]
        draft.offices.add((role.cls, owner))
        draft.gender = m.gender
        if owner and m.definite:
            holder = ledger.known.holder(role.cls, owner, ledger.analysis.published)
            draft.entity = holder.wikidata if holder is not None else None
        return actor


def _holds(draft: Draft, cls: str, owner: str, m: Mention) -> bool:
    """May the person be meant by an office of class ``cls`` of ``owner`` ("" where the text does not say whose)?"""
    if m.gender == "f" and draft.gender == "m":
        return False
    for held, of in draft.offices:
        alike = held == cls or cls == "minister" and held in _MINISTERS
        if alike and (not owner or owner == of or (not of and draft.named)):
            return True
    return False

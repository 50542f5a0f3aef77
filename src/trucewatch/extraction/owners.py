"""Whose somebody is: the state, group or office that a description belongs to ("Sprecher der Armee", "US-Soldaten")."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from trucewatch.extraction.actor_roles import Owner, Role, owner_of_part, role_of, words
from trucewatch.extraction.name_hits import NameHit
from trucewatch.knowledge.register import register
from trucewatch.language.analysis import Phrase, Token


class Owners:
    """Finds the owners of descriptions in one text."""

    def __init__(self, tokens: Sequence[Token], hits: Sequence[NameHit]) -> None:
        self.tokens = tokens
        self.hits = hits
        self.starts = [h.first for h in hits]
        self.covering = {i: h for h in hits for i in range(h.first, h.last + 1)}
        self.register = register()

    def by_adjective(self, phrase: Phrase | None) -> Owner | None:
        """The state of an adjective in the phrase ("türkische", "Kiewer")."""
        if phrase is None:
            return None
        for i in range(phrase.core_first, phrase.head):
            if self.tokens[i].coarse == "ADJ" and phrase.adjectives and i not in phrase.adjectives:
                continue  # "die in der syrischen Provinz getöteten türkischen Soldaten": an adjective further inside
            if self.tokens[i].coarse in ("ADJ", "PROPN", "NOUN") and i not in self.covering:
                code = self.register.adjective(self.tokens[i].text)
                if code is not None:
                    return Owner(code)
        return None

    def of(self, i: int, phrase: Phrase | None, role: Role | None) -> tuple[Owner | None, int | None]:
        """Whom the noun at ``i`` belongs to, and the token that says so where it is a noun of its own."""
        if role is not None and role.rest:
            owner = owner_of_part(role.rest)
            if owner is not None:
                if owner.role is not None:
                    state = self.by_adjective(phrase)
                    return Owner(state.state if state else None, None, owner.role), None
                return owner, None
        owner = self.by_adjective(phrase)
        if owner is not None:
            return owner, None
        before = self._name_ending_at((phrase.core_first if phrase is not None and phrase.core_first <= i else i) - 1)
        if before is not None and before.genitive and (phrase is None or phrase.determiner == "none"):
            return Owner(_state_of(before), before.entity), before.last
        if phrase is not None and phrase.core_first <= i:
            inside = [h for h in self._names_in(phrase.core_first, i - 1) if h.genitive]
            if inside:
                return Owner(_state_of(inside[-1]), inside[-1].entity), inside[-1].last
        if phrase is None:
            return None, None
        for genitive in phrase.genitives:
            found = self._owner_phrase(genitive)
            if found is not None:
                return found
        for attached in phrase.attached:
            if attached.preposition in words("owner") and attached.first <= phrase.last + 8:
                found = self._owner_phrase(attached)
                if found is not None and (found[0] is None or found[0].role is None):
                    return found
        return None, None

    def _owner_phrase(self, phrase: Phrase) -> tuple[Owner | None, int | None] | None:
        for part in phrase.parts():
            hit = self._name_ending_at(part.head) or next(iter(self._names_in(part.core_first, part.core_last)), None)
            if hit is not None:
                return Owner(_state_of(hit), hit.entity), hit.last
            token = self.tokens[part.head]
            role = role_of(token.text, token.lemma)
            if role is not None:
                inner, _ = self.of(part.head, part, role)
                return Owner(inner.state if inner else None, inner.entity if inner else None, role), part.head
        return None

    def _names_in(self, first: int, last: int) -> list[NameHit]:
        """The names that lie between two tokens."""
        at = bisect_left(self.starts, first)
        out = []
        while at < len(self.starts) and self.starts[at] <= last:
            if self.hits[at].last <= last:
                out.append(self.hits[at])
            at += 1
        return out

    def _name_ending_at(self, i: int) -> NameHit | None:
        return self.covering.get(i)


def _state_of(hit: NameHit) -> str | None:
    """The state that a name stands for: its own, or the one that the office holder has served ("Assads Truppen")."""
    if hit.entity is not None:
        return hit.entity.state
    if hit.official is None:
        return None
    states = {term.of for term in hit.official.terms if term.of in register().states}
    return states.pop() if len(states) == 1 else None

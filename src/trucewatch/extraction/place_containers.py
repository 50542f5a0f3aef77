"""In which state a place lies by what the text says right beside it: "Tripolis im Norden des Libanon", "Odessa, Texas".

What stands there is firmer than size or what the report is about: it beats the bigger namesake.
"""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.extraction.place_candidates import Base, Candidates
from trucewatch.extraction.place_names import Named
from trucewatch.knowledge.place_spelling import key

_REACH = 7
"""So many tokens behind a name its country may stand ("… im äußersten Norden der ostkongolesischen Provinz Ituri")."""


@dataclass(frozen=True, slots=True)
class Container:
    """A state, and the part of it that was named."""

    country: str
    part: Named | None = None


class Containers:
    """Reads one text; ``of`` gives the container of a candidate, by its own words or by those at the same name elsewhere."""

    def __init__(self, text: Candidates, candidates: list[Base]) -> None:
        self._text = text
        self.tokens, self.words = text.tokens, text.words
        self._start = {b.first: b for b in candidates}
        self._by_name: dict[str, Container] = {}
        self._own: dict[int, Container] = {}
        for base in candidates:
            found = self._before(base) or self._behind(base)
            if found is not None:
                self._own[base.first] = found
                self._by_name.setdefault(key(base.form), found)

    def of(self, base: Base) -> Container | None:
        """Where the candidate lies, or None where the text does not say."""
        return self._own.get(base.first) or self._by_name.get(key(base.form))

    # -- before the name ---------------------------------------------------------------------------------------------
    def _before(self, base: Base) -> Container | None:
        """ "die texanische Stadt X", "im libanesischen X", "die US-Stadt X", "Syriens Hafenstadt X"."""
        cue = self._text.cue_before(base.first)
        left = cue[1] if cue is not None else base.first
        if cue is not None:
            prefix = self.tokens[left].text.casefold().partition("-")[0]
            iso = self.words.state_prefixes.get(prefix) if "-" in self.tokens[left].text else None
            if iso is not None:
                return None if base.named and not base.towns and self._is_whole(base, iso) else Container(iso)
        j = left - 1
        while j >= 0 and j > left - 4 and self.tokens[j].coarse == "ADJ":
            found = self.words.nationality(self.tokens[j].text)
            if found is not None and found[1]:
                return None if self._is_whole(base, found[1]) else Container(found[1])
            j -= 1
        owner = self._start.get(j)
        if cue is not None and owner is not None and owner.last == j and self.tokens[j].text != owner.form:
            return self._container(owner)
        return None

    def _is_whole(self, base: Base, country: str | None = None) -> bool:
        """A state of the tables lies where it lies, but the province in another ``country`` that shares its name does not.

        "im türkischen Kurdistan" is said elsewhere, "im nigerianischen Bundesstaat Niger" is no state.
        """
        if not any(n.kind == "country" for n in base.named):
            return False
        cue = self._text.cue_before(base.first)
        part = cue is not None and cue[0] in ("admin1", "admin2", "place", "quarter")
        return country is None or not part or any(n.kind == "country" and n.country == country for n in base.named)

    # -- behind the name ---------------------------------------------------------------------------------------------
    def _behind(self, base: Base) -> Container | None:
        i = base.last + 1
        if self._is_whole(base) or not self._same_sentence(base, i):
            return None
        mark = self.tokens[i]
        if mark.text == "(":
            inner = self._start.get(i + 1)
            closed = inner is not None and inner.last + 1 < len(self.tokens) and self.tokens[inner.last + 1].text == ")"
            return self._container(inner) if inner is not None and closed else None
        if mark.text == ",":
            return self._apposed(base, i + 1)
        if mark.coarse == "ADP" and self.words.has("compass.inside", mark.lemma):
            return self._inside(base, i + 1)
        if mark.coarse == "ADP" and base.cue == "quarter" and self.words.has("compass.of", mark.lemma):
            return self._town(i + 1)
        return None

    def _apposed(self, base: Base, i: int) -> Container | None:
        """ "Odessa, Texas," and "San José, der Hauptstadt von Costa Rica": only where there is such a town there."""
        if not self._same_sentence(base, i):
            return None
        inner = self._start.get(i)
        if inner is None:
            j = i
            while j < i + 5 and j < len(self.tokens) and j not in self._start:
                if self.tokens[j].coarse not in ("DET", "ADJ", "NOUN", "ADP"):
                    return None
                j += 1
            inner = self._start.get(j) if self._is_town_noun(i, j) else None
        elif inner.last + 1 < len(self.tokens) and self.tokens[inner.last + 1].coarse == "CCONJ":
            return None  # a list of places
        found = self._container(inner) if inner is not None else None
        towns = (*base.towns, *base.others)
        return found if found is not None and any(t.country == found.country for t in towns) else None

    def _is_town_noun(self, first: int, end: int) -> bool:
        return any(
            self.words.cue(t.text) is not None or self.words.ends("territory.capital", t.text)
            for t in self.tokens[first:end]
            if t.coarse == "NOUN"
        )

    def _inside(self, base: Base, i: int) -> Container | None:
        """Behind "in": over articles, adjectives, points of the compass and nouns of place to a name."""
        for j in range(i, min(i + _REACH, len(self.tokens))):
            if not self._same_sentence(base, j):
                return None
            inner = self._start.get(j)
            if inner is not None and (found := self._container(inner)) is not None:
                return found
            token = self.tokens[j]
            if token.coarse == "ADJ":
                nationality = self.words.nationality(token.text)
                if nationality is not None and nationality[1]:
                    return Container(nationality[1])
            elif token.coarse == "NOUN":
                low = token.text.casefold()
                if low not in self.words.compass_nouns and self.words.cue(token.text) is None:
                    if not (
                        self.words.has("territory.land", token.text) or self.words.ends("locative.parts", token.text)
                    ):
                        return None
            elif token.coarse not in ("DET", "ADP") or (
                token.coarse == "ADP" and not self.words.has("compass.of", token.lemma)
            ):
                return None
        return None

    def _town(self, i: int) -> Container | None:
        """ "im Stadtteil X von Y": the state of the town Y, where there is but one such town of some size."""
        town = self._start.get(i)
        if town is None:
            return None
        capital = self._text.names.capital_keys.get(key(town.form))
        if capital is not None:
            return Container(capital)
        return Container(town.towns[0].country) if town.towns else self._container(town)

    def _container(self, base: Base) -> Container | None:
        """The state that a name stands for or lies in by the tables."""
        states = {n.country for n in base.named if n.kind == "country" and n.country}
        parts = [n for n in base.named if n.precision in ("admin1", "region") and n.country]
        cue = base.cue or (self._text.cue_before(base.first) or ("",))[0]
        if parts and cue in ("admin1", "territory", "admin2") and len({n.country for n in parts}) == 1:
            return Container(parts[0].country or "", parts[0])
        if len(states) == 1:
            return Container(states.pop())
        if len({n.country for n in parts}) == 1:
            return Container(parts[0].country or "", parts[0])
        return None

    def _same_sentence(self, base: Base, i: int) -> bool:
        return i < len(self.tokens) and self.tokens[i].sentence == self.tokens[base.first].sentence

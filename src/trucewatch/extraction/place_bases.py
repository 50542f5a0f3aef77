"""Finds the bare place names of a text, told from persons and common nouns, and chooses among namesakes by country."""

from __future__ import annotations

import itertools
import math
from collections import Counter

from trucewatch.extraction.place_candidates import Base, Candidates
from trucewatch.extraction.place_containers import Container, Containers
from trucewatch.extraction.place_evidence import Evidence
from trucewatch.extraction.place_names import Named
from trucewatch.knowledge.gazetteer import Settlement
from trucewatch.knowledge.load import table
from trucewatch.knowledge.place_spelling import key, sound
from trucewatch.knowledge.register import register
from trucewatch.language.analysis import Analysis

_GRADE_COST = (0.0, 1.5, 3.6)
"""Points off for a town found by another name than its main one, or by a name less its article."""


class BaseFinder(Candidates):
    """One text's search; ``bases`` are the accepted names in text order, ``weights`` the countries in play."""

    def __init__(self, analysis: Analysis) -> None:
        super().__init__(analysis)
        self.weights: Counter[str] = Counter()
        self.bases: list[Base] = []
        self.town_adjectives: dict[int, Settlement] = {}
        self._persons: set[str] = set()
        self._bearers: set[str] = set()
        self._containers = Containers(self, [])

    def find(self) -> list[Base]:
        """Runs the search."""
        candidates = self.candidates()
        evidence = Evidence(self, candidates)
        self._persons, self._bearers = evidence.persons, evidence.bearers
        for base in candidates:
            base.evidence = evidence.strength(base)
        self._containers = Containers(self, candidates)
        self._weigh(candidates)
        cue: tuple[str, int] | None = None
        covered = -1
        for base in candidates:
            if base.first <= covered:
                continue
            self._lengthen(base)
            covered = base.last
            if base.cue is None and cue is not None and self._continues(cue[1], base.first):
                base.cue, base.evidence = cue[0], max(base.evidence, 3)
            self._choose(base)
            plural = base.cue is not None and (base.cue_first is None or self._is_plural_cue(base.cue_first))
            cue = (base.cue, base.last) if plural and base.cue else None
        self._accept_lists(candidates)
        self._same_names(candidates)
        self.town_adjectives = self.find_town_adjectives()
        self.bases = [b for b in candidates if b.accepted]
        return self.bases

    def _is_plural_cue(self, i: int) -> bool:
        cue = self.words.cue(self.tokens[i].text)
        return cue is not None and cue[1]

    # -- countries --------------------------------------------------------------------------------------------------

    def _weigh(self, candidates: list[Base]) -> None:
        for token in self.tokens:
            if token.text[:1].islower() and (found := self.words.nationality(token.text)) and token.coarse == "ADJ":
                self.weights[found[1]] += 2
        for base in candidates:
            capital = self.names.capital_keys.get(key(base.form))
            countries = {n.country for n in base.named if n.country and not n.cue_only}
            if base.named and len(countries) == 1 and base.evidence:
                self.weights[countries.pop()] += 3
            elif capital is not None and base.evidence:
                self.weights[capital] += 1
            elif base.towns and base.evidence >= 2 and base.towns[0].population > 80_000:
                if len({t.country for t in base.towns if t.population > 5_000}) == 1:
                    self.weights[base.towns[0].country] += 1

    def _weight(self, iso: str | None) -> float:
        top = max(self.weights.values(), default=0)
        return self.weights[iso] / top if iso and top else 0.0

    def top_country(self) -> str | None:
        """The state that the report is most about, by its names and adjectives; None where none is named."""
        prior = table("regions")["prior"]
        ranked = [
            (n + (2 if iso in prior["high"] else 1 if iso in prior["some"] else 0), iso)
            for iso, n in self.weights.items()
        ]
        return max(ranked, key=lambda r: (r[0], r[1]))[1] if ranked else None

    # -- choice -----------------------------------------------------------------------------------------------------

    def _score(self, town: Settlement, container: Container | None = None) -> float:
        """How likely the name means this town: size (a power of ten is one point), context, priors, kind of name."""
        prior = table("regions")["prior"]
        usual = 0.6 if town.country in prior["high"] else 0.3 if town.country in prior["some"] else 0.0
        usual = 0.5 if self.words.has("names.home", town.country) else usual
        near = self._weight(town.country)
        context = 1.3 + 1.2 * near if near else 0.0
        if container is not None:
            context += 2.0 if town.country == container.country else 0.0
            context -= _distance(town, container.part) if container.part is not None else 0.0
        return math.log10(town.population + 10) + context + usual - _GRADE_COST[min(town.grade, 2)]

    def _choose(self, base: Base) -> None:
        fixed = self.words.fixed.get(base.form.casefold())
        if fixed and base.first > 1 and self.tokens[base.first - 2].text.casefold() == fixed:
            return
        container = self._containers.of(base)
        base.hint = container.country if container is not None else None
        named = self._named_choice(base)
        if named is not None:
            base.chosen, base.accepted = named, True
            return
        single = base.first == base.last
        k = key(base.form)
        ambiguous = self.words.has("names.ambiguous", base.form) or len(k) < 3
        capital = self.names.capital_keys.get(k)
        person = k in self._persons or any(
            key(t.text) in self._persons for t in self.tokens[base.first : base.last + 1]
        )
        if base.evidence == 0 or (
            person and base.cue is None and not (base.evidence == 3 and base.towns and not single)
        ):
            return
        if k in self._bearers and base.evidence < 3 and capital is None:
            return
        noun = self.tokens[base.last].coarse not in ("PROPN", "X")
        if noun and base.evidence < 3 and capital is None and not self._home_town(base):
            return
        towns = sorted(self._within(base, container), key=lambda t: self._score(t, container), reverse=True)
        if capital is not None and container is None:
            towns = sorted(towns, key=lambda t: t.country != capital or t.population < 20_000)
        best = towns[0] if towns else None
        heard = best is None and base.evidence >= 2 and not ambiguous
        if heard:
            best = self._by_sound(base)
            if best is not None:
                base.chosen, base.accepted = best, True
                return
        told = container is not None and base.evidence > 0 and not noun
        if best is not None and (told or self._good_enough(base, best, ambiguous, noun)):
            base.chosen, base.accepted = best, True
        elif base.cue is not None and not noun and base.cue != "territory" and not ambiguous:
            base.chosen, base.accepted = None, True
        elif not ambiguous and not noun and self._stands_alone(base, best):
            base.accepted = True

    def _home_town(self, base: Base) -> bool:
        """ "bei Herat" in a report about Afghanistan: a town there, though the word could be a noun by its form."""
        before = self.tokens[base.first - 1] if base.first else None
        if base.evidence < 2 or before is None or not self.words.has("locative.unknown", before.lemma):
            return False
        return any(t.country == self.top_country() for t in base.towns)

    def _stands_alone(self, base: Base, best: Settlement | None) -> bool:
        """May a name that no table knows be a place, by the preposition before it or the act upon it?"""
        if base.form.isupper() or len(key(base.form)) < 3 or (best is not None and self._weight(best.country)):
            return False
        before = self.tokens[base.first - 1] if base.first else None
        if base.first in self.grounds:
            return True
        if before is None or before.coarse not in ("ADP", "PUNCT", "ADV", "ADJ"):
            return False
        known = register()
        if any(
            known.word(t.text) is not None or t.text in known.surnames for t in self.tokens[base.first : base.last + 1]
        ):
            return False
        if base.evidence >= 2 and self.words.has("locative.unknown", before.lemma):
            return True
        if base.evidence == 3 and self.words.has("compass.of", before.lemma) and self._at_site(base.first - 2):
            return True
        if base.evidence >= 2 and self._struck(base.first - 2, before.lemma):
            return True
        short = base.last - base.first < 3 and self.words.has("locative.strong", before.lemma)
        return bool(self.weights) and (base.evidence == 3 or base.evidence == 2 and short)

    def _struck(self, i: int, preposition: str) -> bool:
        """ "der Luftangriff auf X": an act upon ground before the preposition of its aim."""
        if i < 0 or not self.words.has("locative.aim", preposition):
            return False
        token = self.tokens[i]
        return token.coarse == "NOUN" and self.words.ends("locative.struck_nouns", token.lemma)

    def _at_site(self, i: int) -> bool:
        """ "der Markt von X": does token ``i`` name a site that only a town has?"""
        token = self.tokens[i]
        return token.coarse == "NOUN" and any(
            self.words.ends(name, token.lemma) for name in ("locative.sites", "cues.facility")
        )

    def _within(self, base: Base, container: Container | None) -> tuple[Settlement, ...]:
        """The namesakes that lie where the text says, among them all where it says nothing."""
        if container is None:
            return base.towns
        return tuple(t for t in (*base.towns, *base.others) if t.country == container.country)

    def _named_choice(self, base: Base) -> Named | None:
        if not base.named:
            return None
        inside = [n for n in base.named if base.hint in (None, n.country) or n.country is None]
        options = sorted(inside, key=lambda n: -self._weight(n.country))
        states = [n for n in inside if n.kind == "country"]
        if states and base.cue in (None, "territory", "place"):
            person = self.words.has("names.first_names", base.form) and base.evidence == 0
            return None if person else states[0]
        province = next((n for n in options if n.precision in ("admin1", "region")), None)
        town = next((n for n in options if n.precision in ("place", "exact")), None)
        if base.cue in ("admin1", "territory", "admin2") and province is not None:
            return province
        if base.cue in ("place", "quarter"):
            return town if base.towns == () or town else None
        before = self.tokens[base.first - 1] if base.first else None
        if before is not None and self.joined(base.first - 1, base.first) and base.evidence == 0:
            if before.coarse == "PROPN" or self.words.ends("names.media", before.text):
                return None
        in_play = base.evidence >= 2 and any(self._weight(t.country) for t in base.towns)
        usable = [
            n
            for n in options
            if not (in_play and base.cue is None and self._far(n))
            and not n.cue_only
            and not (n.town_too and (base.towns or town))
        ]
        if not usable:
            return None
        if base.evidence == 0 and base.first == base.last and self.words.has("names.ambiguous", base.form):
            return None
        return usable[0]

    def _far(self, named: Named) -> bool:
        """Is the place in no state that the report names, or a river, which has no bare "in" before it?"""
        return named.kind == "river" or (named.country is not None and not self._weight(named.country))

    def _lengthen(self, base: Base) -> None:
        """Takes in the words after a name that belong to it by sound ("Laschkar Gah" in a report on Afghanistan)."""
        if base.named or not self.weights or (base.cue is None and self.tokens[base.first - 1].coarse != "ADP"):
            return
        for last, text in self.longer_runs(base):
            longer = Base(base.first, last, text, hint=base.hint)
            town = self._by_sound(longer)
            if town is not None:
                base.last, base.form, base.towns, base.evidence = last, text, (town,), max(base.evidence, 3)
                return

    def _good_enough(self, base: Base, town: Settlement, ambiguous: bool, noun: bool) -> bool:
        known = self._weight(town.country) > 0 or base.form in self.names.exonyms
        size, home = town.population, self.words.has("names.home", town.country)
        capital = self.names.capital_keys.get(key(base.form)) == town.country
        if len(key(base.form)) < 4 and base.cue is None:
            return base.evidence == 3 and town.grade == 0 and known and not noun
        if ambiguous:
            return base.cue is not None or capital or (base.evidence == 3 and size >= (20_000 if known else 150_000))
        if base.cue is not None:
            return known or home or size >= (100_000 if self.weights else 5_000)
        if capital:
            return base.evidence > 0
        if base.evidence == 3:
            return (known and (not noun or size > 20_000)) or (
                not noun and size >= (10_000 if home or not self.weights else 50_000)
            )
        if base.evidence == 2:
            return (known and size >= 500) or size >= 100_000
        return (known and size >= 20_000) or size >= 500_000

    def _by_sound(self, base: Base) -> Settlement | None:
        countries = [base.hint] if base.hint else [iso for iso, _ in self.weights.most_common(4)]
        heard = sound(base.form, self.language)
        if len(heard) < (5 if self.tokens[base.last].coarse == "NOUN" else 3):
            return None
        found = self.gazetteer.sounding(heard, countries)
        return max(found, key=self._score) if found else None

    # -- lists ------------------------------------------------------------------------------------------------------

    def _continues(self, last: int, first: int) -> bool:
        """Is token ``first`` the next member of a list after token ``last`` ("Homs und Hama", "Homs, Hama")?"""
        between = self.tokens[last + 1 : first]
        return 0 < len(between) <= 2 and all(t.coarse == "CCONJ" or t.text in ",/" for t in between)

    @staticmethod
    def _same_names(candidates: list[Base]) -> None:
        """A bare name that no table knows is the place of that name which the text has told more of."""
        told = {key(b.form): b.chosen for b in reversed(candidates) if b.accepted and b.chosen is not None}
        for base in candidates:
            if base.accepted and base.chosen is None and base.cue is None:
                base.chosen = told.get(key(base.form))

    def _unknown_too(self, base: Base) -> bool:
        """A name that stands in a list behind a place that no table knows, and that names nobody else."""
        known = register()
        words = [self.tokens[i] for i in range(base.first, base.last + 1)]
        named = any(known.word(t.text) is not None or t.text in known.surnames for t in words)
        return (
            not named
            and words[-1].coarse == "PROPN"
            and not base.form.isupper()
            and key(base.form) not in self._persons
        )

    def _accept_lists(self, candidates: list[Base]) -> None:
        """A known town beside an accepted place of its country in a list is a place as well."""
        for one, other in itertools.pairwise(candidates):
            if one.accepted == other.accepted or not self._continues(one.last, other.first):
                continue
            sure, open_ = (one, other) if one.accepted else (other, one)
            if sure is one and sure.chosen is None and self._unknown_too(open_):
                open_.accepted = True  # "in Chabriha, Tayr Harfa und Kila"
                continue
            country = sure.chosen.country if sure.chosen else None
            if not country or open_.evidence == 0 or self.tokens[open_.last].coarse not in ("PROPN", "X"):
                continue
            if key(open_.form) in self._persons:
                continue
            town = next((t for t in sorted(open_.towns, key=self._score, reverse=True) if t.country == country), None)
            town = town or (self._by_sound(open_) if sure.evidence > 1 else None)
            if town is not None and not (
                sure.chosen is not None and isinstance(sure.chosen, Named) and sure.chosen.kind == "country"
            ):
                open_.chosen, open_.accepted = town, True


def _distance(town: Settlement, part: Named) -> float:
    """Points off for a town far from the middle of the part of a state that the text names."""
    if part.lat is None or part.lon is None:
        return 0.0
    return min(6.0, math.hypot(town.lat - part.lat, town.lon - part.lon))

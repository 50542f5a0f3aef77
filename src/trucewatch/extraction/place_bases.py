"""Finds the bare place names of a text: named places and towns, told from persons and common nouns, in country context."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from trucewatch.extraction.place_names import Named, PlaceNames, place_names
from trucewatch.extraction.place_words import PlaceWords, place_words
from trucewatch.knowledge.gazetteer import Gazetteer, Settlement, gazetteer
from trucewatch.knowledge.load import table
from trucewatch.knowledge.place_spelling import key, sound, without_article
from trucewatch.language.analysis import Analysis, Token

_APOSTROPHES = "‘’'ʿʾ`"
_NAMED_TAGS = ("NOUN", "PROPN", "X", "ADJ")


@dataclass(slots=True)
class Base:
    """A bare name in the text: tokens ``first`` to ``last``, with what it may mean.

    ``form`` is the name in its basic form; ``cue`` the kind announced by the word before it ("Provinz"), which stands at
    ``cue_first``; ``chosen`` is the town or the named place, None for a name that is a place by its cue alone.
    """

    first: int
    last: int
    form: str
    named: tuple[Named, ...] = ()
    towns: tuple[Settlement, ...] = ()
    cue: str | None = None
    cue_first: int | None = None
    evidence: int = 0
    chosen: Named | Settlement | None = None
    accepted: bool = False


class BaseFinder:
    """One text's search; ``bases`` are the accepted names in text order, ``weights`` the countries in play."""

    def __init__(self, analysis: Analysis) -> None:
        self.tokens: list[Token] = analysis.tokens
        self.language = analysis.language
        self.words: PlaceWords = place_words(analysis.language)
        self.names: PlaceNames = place_names(analysis.language)
        self.gazetteer: Gazetteer = gazetteer()
        self.weights: Counter[str] = Counter()
        self.bases: list[Base] = []
        self._persons: set[str] = set()
        self._start: dict[int, Base] = {}

    def find(self) -> list[Base]:
        """Runs the search."""
        candidates = self._candidates()
        self._start = {b.first: b for b in candidates}
        self._note_persons(candidates)
        for base in candidates:
            base.evidence = self._evidence(base)
        self._weigh(candidates)
        cue: tuple[str, int] | None = None
        for base in candidates:
            if base.cue is None and cue is not None and self._continues(cue[1], base.first):
                base.cue, base.evidence = cue[0], max(base.evidence, 3)
            self._choose(base)
            plural = base.cue is not None and (base.cue_first is None or self._is_plural_cue(base.cue_first))
            cue = (base.cue, base.last) if plural and base.cue else None
        kept = [b for b in candidates if b.accepted]
        self._accept_lists(candidates)
        kept = [b for b in candidates if b.accepted]
        self.bases = kept
        return kept

    # -- candidates -------------------------------------------------------------------------------------------------

    def _candidates(self) -> list[Base]:
        spans: list[tuple[int, int, list[str]]] = []
        named: dict[int, tuple[int, str, tuple[Named, ...]]] = {}
        for i, token in enumerate(self.tokens):
            if not _starts_name(token):
                continue
            for last in self._reach(i):
                text = " ".join(t.text for t in self.tokens[i : last + 1])
                forms = _basic_forms(text, self.tokens[last])
                found = next(((f, self.names.by_key[k]) for f in forms if (k := key(f)) in self.names.by_key), None)
                if found is not None and self._may_be_named(i, last):
                    named[i] = (last, *found)
                spans.append((i, last, forms))
        keys: list[str] = []
        for _, _, forms in spans:
            for form in forms:
                keys += [key(form), without_article(form) or ""]
        towns = self.gazetteer.settlements(k for k in keys if k)
        best: dict[int, Base] = {i: Base(i, last, form, options) for i, (last, form, options) in named.items()}
        for i, last, forms in spans:
            for form in forms:
                found_towns = self._towns(form, towns)
                if not found_towns:
                    continue
                old = best.get(i)
                if old is None or last > old.last or (last == old.last and not old.towns):
                    named_here = old.named if old is not None and old.last == last else ()
                    best[i] = Base(i, last, old.form if named_here and old else form, named_here, found_towns)
                break
        for i, token in enumerate(self.tokens):
            if i not in best and _starts_name(token) and (token.coarse == "PROPN" or self._cue_before(i) is not None):
                best[i] = self._unknown(i, best)
        return self._without_overlaps(best)

    def _towns(self, form: str, towns: dict[str, list[Settlement]]) -> tuple[Settlement, ...]:
        exonym = self.names.exonyms.get(key(form))
        if exonym is not None:
            exact = [s for s in self.gazetteer.settlements([exonym[0]])[exonym[0]] if s.country == exonym[1]]
            if exact:
                return tuple(exact[:1])
        found = list(towns.get(key(form), ()))
        bare = without_article(form)
        if bare:
            found += [s for s in towns.get(bare, ()) if s not in found and s.country in table("regions")["arabic_articles"]]
        return tuple(found)

    def _unknown(self, i: int, best: dict[int, Base]) -> Base:
        last = i
        while last + 1 < len(self.tokens) and last - i < 3 and last + 1 not in best and self._joined(last, last + 1):
            token = self.tokens[last + 1]
            if token.coarse not in ("PROPN", "X") or not _starts_name(token):
                break
            last += 1
        text = " ".join(t.text for t in self.tokens[i : last + 1])
        return Base(i, last, text)

    def _reach(self, i: int) -> list[int]:
        """Last tokens that a name starting at ``i`` may have, nearest first."""
        ends = [i]
        for last in range(i + 1, min(i + self.names.longest, len(self.tokens))):
            token = self.tokens[last]
            if not self._joined(last - 1, last) or token.coarse == "PUNCT":
                break
            if _starts_name(token):
                ends.append(last)
            elif not (self.words.has("names.inner", token.text) or token.text in ("und", "von", "and", "of")):
                break
        return ends

    def _joined(self, one: int, other: int) -> bool:
        a, b = self.tokens[one], self.tokens[other]
        return a.sentence == b.sentence and b.start - a.end <= 1

    def _may_be_named(self, first: int, last: int) -> bool:
        head = self.tokens[last]
        return head.coarse in _NAMED_TAGS or (first < last) or head.coarse == "VERB"

    @staticmethod
    def _without_overlaps(best: dict[int, Base]) -> list[Base]:
        kept: list[Base] = []
        for i in sorted(best):
            base = best[i]
            if kept and kept[-1].last >= base.first:
                known = bool(base.named or base.towns), bool(kept[-1].named or kept[-1].towns)
                if known == (True, False) or (base.named and not kept[-1].named and base.last > kept[-1].last):
                    kept.pop()
                else:
                    continue
            kept.append(base)
        return kept

    # -- evidence ---------------------------------------------------------------------------------------------------

    def _note_persons(self, candidates: list[Base]) -> None:
        """Words that are parts of persons' names: runs of proper names, and names right after a title."""
        known = {i for b in candidates if b.named or (b.towns and b.last > b.first) for i in range(b.first, b.last + 1)}
        for i, token in enumerate(self.tokens[:-1]):
            after = self.tokens[i + 1]
            if not self._joined(i, i + 1) or after.coarse != "PROPN" or not _starts_name(after) or i + 1 in known:
                continue
            title = self.words.has("names.titles", token.text)
            first_name = self.words.has("names.first_names", token.text)
            run = token.coarse == "PROPN" and token.text[:1].isupper() and (i not in known or first_name)
            if title or run:
                before = self.tokens[i - 1] if i else None
                if run and before is not None and (self.words.cue(before.text) or self.words.has("locative.strong", before.lemma)):
                    continue
                self._persons.add(key(after.text))
                if run:
                    self._persons.add(key(token.text))

    def _cue_before(self, i: int) -> tuple[str, int, bool] | None:
        """(kind, token, plural) of a place noun right before token ``i`` (a quotation mark may stand between)."""
        j = i - 1
        if j >= 0 and self.tokens[j].text in "„»\"'‘’":
            j -= 1
        if j < 0 or self.tokens[j].sentence != self.tokens[i].sentence or not self.tokens[j].text[:1].isupper():
            return None
        cue = self.words.cue(self.tokens[j].text)
        if cue is None and "territory.capital" and self.words.ends("territory.capital", self.tokens[j].text):
            cue = ("place", False)
        return None if cue is None else (cue[0], j, cue[1])

    def _is_plural_cue(self, i: int) -> bool:
        cue = self.words.cue(self.tokens[i].text)
        return cue is not None and cue[1]

    def _evidence(self, base: Base) -> int:
        """3 a place word or a plain "in" before it, 2 weaker signs of place, 1 none, 0 signs of a person or body."""
        words, first = self.words, base.first
        cue = self._cue_before(first)
        if cue is not None:
            base.cue, base.cue_first = cue[0], cue[1]
            return 3
        after = self.tokens[base.last + 1] if base.last + 1 < len(self.tokens) else None
        hyphen = self.tokens[base.last].text.endswith("-")
        followed = (
            after is not None and after.coarse == "PROPN" and self._joined(base.last, base.last + 1)
            and _starts_name(after) and base.last + 1 not in self._start
        )  # fmt: skip
        before = self.tokens[first - 1] if first and self.tokens[first - 1].sentence == self.tokens[first].sentence else None
        if before is not None and before.text in _APOSTROPHES and before.end == self.tokens[first].start:
            before = self.tokens[first - 2] if first > 1 else None
        if after is not None and after.text == "(" and base.last + 2 < len(self.tokens):
            kind = words.cues.get(self.tokens[base.last + 2].text.casefold())
            if kind:
                base.cue = kind
                return 3
        if before is None:
            return 0 if followed or hyphen else 1
        if before.coarse in ("NOUN", "PROPN") and before.text[:1].isupper():
            if words.has("locative.parts", before.text) or words.has("territory.land", before.text):
                return 3
            genitive = self.tokens[base.last].text.endswith(("s", "'", "’"))
            return 1 if genitive and before.coarse == "NOUN" and not words.ends("names.media", before.text) else 0
        if before.coarse == "ADP" and before.text.casefold() == before.lemma.casefold():
            if words.has("locative.strong", before.lemma):
                return 2 if followed else 3
            if words.has("locative.moderate", before.lemma):
                return 0 if followed else 2
        if followed or hyphen:
            return 0
        if before.lemma in words.compass_adverbs or before.text.casefold() in words.compass_adverbs:
            return 3
        if before.coarse == "ADJ" and words.nationality(before.text):
            return 2
        if before.text in ("/", "–") and first > 1 and first - 2 in {b.last for b in self._start.values()}:
            return 2
        return 0 if before.coarse == "DET" and not base.named else 1

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
        ranked = [(n + (2 if iso in prior["high"] else 1 if iso in prior["some"] else 0), iso) for iso, n in self.weights.items()]
        return max(ranked, key=lambda r: (r[0], r[1]))[1] if ranked else None

    # -- choice -----------------------------------------------------------------------------------------------------

    def _score(self, town: Settlement) -> float:
        prior = table("regions")["prior"]
        usual = 0.6 if town.country in prior["high"] else 0.3 if town.country in prior["some"] else 0.0
        near = self._weight(town.country)
        return math.log10(town.population + 10) + (2.5 + near if near else 0.0) + usual - (0.8, 1.5, 1.8)[min(town.grade, 2)] * town.grade

    def _choose(self, base: Base) -> None:
        named = self._named_choice(base)
        if named is not None:
            base.chosen, base.accepted = named, True
            return
        single = base.first == base.last
        k = key(base.form)
        ambiguous = self.words.has("names.ambiguous", base.form) or len(k) < 3
        capital = self.names.capital_keys.get(k)
        person = k in self._persons or any(key(t.text) in self._persons for t in self.tokens[base.first : base.last + 1])
        if base.evidence == 0 or (person and base.cue is None and not (base.evidence == 3 and base.towns and not single)):
            return
        noun = self.tokens[base.last].coarse not in ("PROPN", "X")
        if noun and base.evidence < 3 and capital is None:
            return
        towns = sorted(base.towns, key=self._score, reverse=True)
        if capital is not None:
            towns = sorted(towns, key=lambda t: t.country != capital or t.population < 20_000)
        best = towns[0] if towns else None
        if best is None and base.evidence >= 2 and not ambiguous:
            best = self._by_sound(base)
        if best is not None and self._good_enough(base, best, ambiguous, noun):
            base.chosen, base.accepted = best, True
        elif base.cue is not None and not noun and base.cue != "territory" and not ambiguous:
            base.chosen, base.accepted = None, True
        elif base.evidence == 3 and best is None and single and not ambiguous and not noun and self.weights:
            before = self.tokens[base.first - 1]
            if before.coarse in ("ADP", "PUNCT", "ADV", "ADJ") and len(k) > 3 and not base.form.isupper():
                base.accepted = True

    def _named_choice(self, base: Base) -> Named | None:
        if not base.named:
            return None
        options = sorted(base.named, key=lambda n: -self._weight(n.country))
        states = [n for n in base.named if n.kind == "country"]
        if states and base.cue in (None, "territory", "place"):
            person = self.words.has("names.first_names", base.form) and base.evidence == 0
            return None if person else states[0]
        province = next((n for n in options if n.precision in ("admin1", "region")), None)
        town = next((n for n in options if n.precision in ("place", "exact")), None)
        if base.cue in ("admin1", "territory", "admin2") and province is not None:
            return province
        if base.cue in ("place", "quarter"):
            return town if base.towns == () or town else None
        usable = [n for n in options if not n.cue_only and not (n.town_too and (base.towns or town))]
        if not usable:
            return None
        if base.evidence == 0 and base.first == base.last and self.words.has("names.ambiguous", base.form):
            return None
        return usable[0]

    def _good_enough(self, base: Base, town: Settlement, ambiguous: bool, noun: bool) -> bool:
        known = self._weight(town.country) > 0 or base.form in self.names.exonyms
        size = town.population
        capital = self.names.capital_keys.get(key(base.form)) == town.country
        if ambiguous:
            return base.cue is not None or capital or (base.evidence == 3 and size >= (20_000 if known else 150_000))
        if base.cue is not None:
            return known or size >= 5_000
        if capital:
            return base.evidence > 0
        if base.evidence == 3:
            return known and (not noun or town.grade == 0 or size > 20_000) or (size >= 10_000 and not noun)
        if base.evidence == 2:
            return (known and size >= 500) or size >= 100_000
        return (known and size >= 20_000) or size >= 500_000

    def _by_sound(self, base: Base) -> Settlement | None:
        countries = [iso for iso, _ in self.weights.most_common(4)]
        heard = sound(base.form, self.language)
        if len(heard) < 4:
            return None
        found = self.gazetteer.sounding(heard, countries)
        return max(found, key=self._score) if found else None

    # -- lists ------------------------------------------------------------------------------------------------------

    def _continues(self, last: int, first: int) -> bool:
        """Is token ``first`` the next member of a list after token ``last`` ("Homs und Hama", "Homs, Hama")?"""
        between = self.tokens[last + 1 : first]
        return 0 < len(between) <= 2 and all(t.coarse == "CCONJ" or t.text in ",/" for t in between)

    def _accept_lists(self, candidates: list[Base]) -> None:
        """A known town beside an accepted place of its country in a list is a place as well."""
        for one, other in zip(candidates, candidates[1:], strict=False):
            if one.accepted == other.accepted or not self._continues(one.last, other.first):
                continue
            sure, open_ = (one, other) if one.accepted else (other, one)
            country = sure.chosen.country if sure.chosen else None
            if not country or open_.evidence == 0 or self.tokens[open_.last].coarse not in ("PROPN", "X"):
                continue
            if key(open_.form) in self._persons:
                continue
            town = next((t for t in sorted(open_.towns, key=self._score, reverse=True) if t.country == country), None)
            town = town or (self._by_sound(open_) if sure.evidence > 1 else None)
            if town is not None and not (sure.chosen is not None and isinstance(sure.chosen, Named) and sure.chosen.kind == "country"):
                open_.chosen, open_.accepted = town, True


def _starts_name(token: Token) -> bool:
    """A capital letter first, perhaps behind a small Arabic article ("al-Bab")."""
    text = token.text
    if not text:
        return False
    if text[0].isupper():
        return True
    head, mark, rest = text.partition("-")
    return bool(mark) and len(head) <= 4 and rest[:1].isupper()


def _basic_forms(text: str, last: Token) -> list[str]:
    """The name as written, then without an ending that may be a case's."""
    forms = [text]
    if text.endswith(("'", "’")):
        forms.append(text[:-1])
    if text.endswith("s") and len(text) > 4 and last.coarse != "VERB":
        forms.append(text[:-1])
        if text.endswith("es"):
            forms.append(text[:-2])
    elif text.endswith("n") and len(text) > 7:
        forms.append(text[:-1])
    return forms

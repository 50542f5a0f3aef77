"""From bare names to place mentions: parts by compass, surroundings, sites, borders, "on Syrian ground"."""

from __future__ import annotations

from collections.abc import Iterator

from trucewatch.extraction.place_bases import BaseFinder
from trucewatch.extraction.place_borders import Borders, Draft, basic_adjective, text_of
from trucewatch.extraction.place_candidates import Base
from trucewatch.extraction.place_compass import compass_words, compound, directions
from trucewatch.extraction.place_names import Named
from trucewatch.extraction.place_referents import Referent, near, of_base, of_named, of_town, part_of
from trucewatch.knowledge.place_spelling import key
from trucewatch.language.analysis import Token


class Drafter:
    """Wraps the names of one text."""

    def __init__(self, finder: BaseFinder) -> None:
        self.finder = finder
        self.tokens: list[Token] = finder.tokens
        self.words = finder.words
        self._by_first = {b.cue_first if b.cue_first is not None else b.first: b for b in finder.bases}
        self._taken: set[int] = set()

    def drafts(self) -> list[Draft]:
        """All mentions in text order, none inside another."""
        borders = Borders(self.tokens, self.words, self._by_first)
        found = list(borders.drafts())
        self._taken = borders.taken
        found += self._grounds()
        found += self._of_towns()
        compounds = {d.first: d for d in compass_words(self.finder)}
        for base in self.finder.bases:
            if base.first not in self._taken and not (base.chosen is None and base.first in compounds):
                found.append(self._wrapped(base))
        covered = {i for d in found for i in range(d.first, d.last + 1)}
        found += [d for d in compounds.values() if d.first not in covered]
        covered |= {d.first for d in found}
        found += [d for d in directions(self.finder) if d.first not in covered]
        found += [d for d in self._capitals() if not any(i in covered for i in range(d.first, d.last + 1))]
        return _outermost(found)

    # -- names with words before them -------------------------------------------------------------------------------

    def _wrapped(self, base: Base) -> Draft:
        referent = of_base(base)
        left = base.cue_first if base.cue_first is not None else base.first
        site = self._site(base, left)
        if site is not None:
            return site
        after = self.tokens[base.last + 1] if base.last + 1 < len(self.tokens) else None
        if after is not None and self.tokens[base.last].text != base.form and isinstance(base.chosen, Named):
            direction = self.words.compass_nouns.get(after.text.casefold())
            if direction is not None and referent.precision in ("country", "admin1", "region"):
                return Draft(
                    left, base.last + 1, part_of(referent, direction, text_of(self.tokens, base.first, base.last + 1))
                )
        j = self._before(left)
        if j is None:
            return Draft(left, base.last, referent, left == base.first)
        word = self.tokens[j].text.casefold()
        direction = self.words.compass_nouns.get(word)
        if direction is not None and referent.precision in ("country", "admin1", "region"):
            return Draft(j, base.last, part_of(referent, direction, text_of(self.tokens, j, base.last)))
        if word in self.words.compass_adverbs:
            name = (
                f"{text_of(self.tokens, j, left - 1)} {text_of(self.tokens, left, base.first - 1)} {base.form}".replace(
                    "  ", " "
                )
            )
            first = j
            while first > 0 and self._measures(self.tokens[first - 1]):
                first -= 1
            return Draft(first, base.last, near(referent, word, name))
        return Draft(left, base.last, referent, left == base.first)

    def _site(self, base: Base, left: int) -> Draft | None:
        """ "Flughafen Bagdad", "Flughafen von Donezk"."""
        if isinstance(base.chosen, Named) and base.chosen.precision == "exact":
            return None
        first, head = left, base.cue_first
        if base.cue != "facility":
            if left < 2 or not self.words.has("compass.of", self.tokens[left - 1].text):
                return None
            cue = self.words.cue(self.tokens[left - 2].text) if self.tokens[left - 2].text[:1].isupper() else None
            if cue is None or cue != ("facility", False):
                return None
            first = head = left - 2
        elif head is None:
            return None
        name = text_of(self.tokens, head, base.first - 1) + " " + base.form
        while first > 0 and self.tokens[first - 1].coarse == "ADJ" and self.tokens[first - 1].text[:1].isupper():
            first -= 1
        inner = of_base(base)
        ident = ("facility", key(name).replace("von", ""))
        site = Referent(ident, name, "facility", "exact", inner.country, None, inner.lat, inner.lon)
        return Draft(first, base.last, site)

    def _before(self, left: int) -> int | None:
        """The token that governs what starts at ``left``: over an article, an adjective and "von"."""
        j, sentence = left - 1, self.tokens[left].sentence
        while (
            j >= 0
            and self.tokens[j].sentence == sentence
            and (
                self.tokens[j].coarse in ("DET", "ADJ")
                and self.tokens[j].text.casefold() not in self.words.compass_adverbs
            )
        ):
            j -= 1
        if j >= 0 and self.words.has("compass.of", self.tokens[j].text):
            j -= 1
        return j if j >= 0 and self.tokens[j].sentence == sentence else None

    def _measures(self, token: Token) -> bool:
        return token.coarse == "NUM" or self.words.has("compass.distances", token.text)

    # -- grounds --------------------------------------------------------------------------------------------------

    def _grounds(self) -> Iterator[Draft]:
        """ "auf pakistanischem Gebiet", "im syrischen Luftraum", "in der nordsyrischen Provinz"."""
        for i, token in enumerate(self.tokens[:-1]):
            if token.coarse != "ADJ" or (found := self.words.nationality(token.text)) is None:
                continue
            j = i + 1
            if self.tokens[j].coarse == "ADJ" and j + 1 < len(self.tokens):
                j += 1
            noun = self.tokens[j].text
            if j in self._taken or any(k in self._by_first for k in (j, j + 1)):
                continue
            direction, iso = found
            state = self.finder.names.countries.get(iso)
            if state is None:
                continue
            whole = of_named(state)
            ground, coast = self.words.has("territory.country", noun), self.words.has("territory.coast", noun)
            if direction and (ground or (self.words.cue(noun) or ("", True))[0] in ("admin1", "territory")):
                yield Draft(i, j, part_of(whole, direction, compound(direction, whole.name)))
            elif ground or (self.words.has("territory.inside", noun) and self._in(i - 1)):
                yield Draft(i, j, whole)
            elif coast:
                name = f"{basic_adjective(token.text)} {noun}"
                yield Draft(i, j, Referent(("coast", iso), name, "coast", "region", iso, None, whole.lat, whole.lon))

    def _of_towns(self) -> Iterator[Draft]:
        """ "in der Beiruter Innenstadt" is in Beirut, "am Bagdader Flughafen" is a site there."""
        for i, town in self.finder.town_adjectives.items():
            noun = self.tokens[i + 1].text
            if i + 1 in self._by_first or i + 2 in self._by_first:
                continue
            form = self.tokens[i].text[:-2]
            kind = self.words.cue(noun)
            if kind == ("facility", False):
                ident, name = ("facility", key(form + noun)), f"{self.tokens[i].text} {noun}"
                site = Referent(ident, name, "facility", "exact", town.country, None, town.lat, town.lon)
                yield Draft(i, i + 1, site)
            elif self.words.has("locative.parts", noun) or (kind is not None and kind[0] in ("quarter", "place")):
                yield Draft(i, i + 1, of_town(town, form))

    def _in(self, i: int) -> bool:
        return i >= 0 and self.tokens[i].coarse == "ADP" and self.words.has("locative.strong", self.tokens[i].lemma)

    def _capitals(self) -> Iterator[Draft]:
        """ "in der syrischen Hauptstadt", "die Hauptstadt" with no name after it."""
        for i, token in enumerate(self.tokens):
            if not self.words.has("anaphora.capital", token.text) or i + 1 in self._by_first or i in self._by_first:
                continue
            before = self.words.nationality(self.tokens[i - 1].text) if i else None
            if before is None and not (i and self.tokens[i - 1].coarse in ("DET", "ADP")):
                continue
            after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
            iso = before[1] if before else self.finder.top_country()
            last = i
            if after is not None and (after.coarse in ("PROPN", "DET") or self.words.has("compass.of", after.text)):
                owner = self._by_first.get(i + 1) or self._by_first.get(i + 2)
                if owner is not None and isinstance(owner.chosen, Named) and owner.chosen.kind == "country":
                    iso, last = owner.chosen.country, owner.last
                elif owner is not None or after.coarse != "DET":
                    continue
            name, number = self.finder.names.capitals.get(iso or "", ("", None))
            town = self.finder.gazetteer.by_id(number) if number else None
            if town is None:
                continue
            yield Draft(i, last, of_town(town, name))


def _outermost(drafts: list[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.first, -d.last)):
        if not kept or draft.first > kept[-1].last:
            kept.append(draft)
    return kept

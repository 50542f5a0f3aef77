"""Stretches of a text that may be place names, with all that they may mean; ``place_bases`` chooses among them."""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.extraction.place_grounds import grounds
from trucewatch.extraction.place_names import Named, PlaceNames, place_names
from trucewatch.extraction.place_words import PlaceWords, place_words
from trucewatch.knowledge.gazetteer import Gazetteer, Settlement, gazetteer
from trucewatch.knowledge.load import table
from trucewatch.knowledge.place_spelling import key, without_article
from trucewatch.knowledge.register import register
from trucewatch.language.analysis import Analysis, Token

_GREAT = 300_000
"""Inhabitants from which a city's name is taken for the root of an adjective ("Hamburger")."""
_NAMED_TAGS = ("NOUN", "PROPN", "X", "ADJ")


@dataclass(slots=True)
class Base:
    """A bare name in the text: tokens ``first`` to ``last``, with what it may mean.

    ``form`` is the name in its basic form; ``cue`` the kind announced by the word before it ("Provinz"), at token
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
    hint: str | None = None
    """The state in which the text says that it lies."""
    others: tuple[Settlement, ...] = ()
    """Further namesakes, meant only where the text says in which state."""
    chosen: Named | Settlement | None = None
    accepted: bool = False


class Candidates:
    """The tokens of one text beside the tables, and the search for candidates in them."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tokens: list[Token] = analysis.tokens
        self.language = analysis.language
        self.words: PlaceWords = place_words(analysis.language)
        self.names: PlaceNames = place_names(analysis.language)
        self.gazetteer: Gazetteer = gazetteer()
        self.grounds: frozenset[int] = grounds(analysis, self.words)

    def candidates(self) -> list[Base]:
        """All candidates in text order, none overlapping another."""
        spans: list[tuple[int, int, list[str]]] = []
        named: dict[int, tuple[int, str, tuple[Named, ...]]] = {}
        hyphenated: dict[int, tuple[str, str]] = {}
        for i, token in enumerate(self.tokens):
            if not starts_name(token):
                continue
            for last in self._reach(i):
                text = " ".join(t.text for t in self.tokens[i : last + 1])
                forms = _basic_forms(text, self.tokens[last])
                found = next(((f, self.names.by_key[k]) for f in forms if (k := key(f)) in self.names.by_key), None)
                if found is not None and self._may_be_named(i, last):
                    named[i] = (last, *found)
                if self._may_be_town(i, last):
                    spans.append((i, last, forms))
            if "-" in token.text and (split := self._hyphenated(i)) is not None:
                hyphenated[i] = split
                spans.append((i, i, [split[0]]))
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
                    best[i].others = self._namesakes(form, found_towns)
                break
        for i, (form, kind) in hyphenated.items():
            old = best.get(i)
            if (old is None or not old.named) and (key(form) in self.names.by_key or (old is not None and old.towns)):
                best[i] = Base(i, i, form, self.names.by_key.get(key(form), ()), old.towns if old else (), kind)
        for i, token in enumerate(self.tokens):
            if not starts_name(token) or not (
                token.coarse == "PROPN" or self.cue_before(i) is not None or self._may_be_unknown_noun(i)
            ):
                continue
            old = best.get(i)
            if old is None:
                best[i] = self._unknown(i, best)
            elif not old.named and not old.cue and self.cue_before(i) is not None:
                longer = self._unknown(i, {k: b for k, b in best.items() if k != i})
                if longer.last > old.last:
                    best[i] = longer
        return self._without_overlaps(best)

    def _may_be_town(self, first: int, last: int) -> bool:
        """A proper name, or a noun with a place noun or a preposition right before it."""
        if self.tokens[last].coarse in ("PROPN", "X"):
            return not (self.tokens[last].text.isupper() and first == last and len(self.tokens[last].text) < 6)
        return self.cue_before(first) is not None or (first > 0 and self.tokens[first - 1].coarse == "ADP")

    def _may_be_unknown_noun(self, i: int) -> bool:
        """A word that the tagger takes for an uninflected noun, right after a bare "in"."""
        token = self.tokens[i]
        before = self.tokens[i - 1] if i else None
        return (
            token.coarse == "NOUN"
            and token.text == token.lemma
            and before is not None
            and before.coarse == "ADP"
            and before.text.casefold() == before.lemma.casefold()
            and self.words.has("locative.strong", before.lemma)
        )

    def _hyphenated(self, i: int) -> tuple[str, str] | None:
        """ "Idlib-Provinz": the name and the kind of place that its last part says."""
        name, _, noun = self.tokens[i].text.rpartition("-")
        cue = self.words.cue(noun) if noun[:1].isupper() and len(name) > 3 else None
        return (name, cue[0]) if cue is not None and not cue[1] else None

    def _towns(self, form: str, towns: dict[str, list[Settlement]]) -> tuple[Settlement, ...]:
        exonym = self.names.exonyms.get(key(form))
        if exonym is not None:
            exact = [s for s in self.gazetteer.settlements([exonym[0]])[exonym[0]] if s.country == exonym[1]]
            if exact:
                return tuple(exact[:1])
        found = list(towns.get(key(form), ()))
        bare = without_article(form)
        if bare:
            found += [
                s for s in towns.get(bare, ()) if s not in found and s.country in table("regions")["arabic_articles"]
            ]
        return tuple(found)

    def _namesakes(self, form: str, towns: tuple[Settlement, ...]) -> tuple[Settlement, ...]:
        """Towns that share the German name of a great one ("Tripolis" in Lebanon)."""
        exonym = self.names.exonyms.get(key(form))
        if exonym is None:
            return ()
        found = self.gazetteer.settlements([exonym[0], key(form)])
        return tuple(dict.fromkeys(t for named in found.values() for t in named if t not in towns))

    def _unknown(self, i: int, best: dict[int, Base]) -> Base:
        last = i
        while last + 1 < len(self.tokens) and last - i < 3 and last + 1 not in best and self.joined(last, last + 1):
            token = self.tokens[last + 1]
            if token.coarse not in ("PROPN", "X") or not starts_name(token):
                break
            last += 1
        text = " ".join(t.text for t in self.tokens[i : last + 1])
        return Base(i, last, text)

    def _reach(self, i: int) -> list[int]:
        """Last tokens that a name starting at ``i`` may have, nearest first."""
        ends = [i]
        for last in range(i + 1, min(i + self.names.longest, len(self.tokens))):
            token = self.tokens[last]
            if not self.joined(last - 1, last) or token.coarse == "PUNCT":
                break
            if starts_name(token):
                ends.append(last)
            elif not (self.words.has("names.inner", token.text) or token.text in ("und", "von", "and", "of")):
                break
        return ends

    def find_town_adjectives(self) -> dict[int, Settlement]:
        """Words such as "Beiruter" before a noun, with the capital or great city that they come from."""
        forms: dict[int, str] = {}
        endings = tuple(self.words.sets["names.adjective_endings"])
        for i, token in enumerate(self.tokens[:-1]):
            if len(token.text) < 6 or not token.text[0].isupper() or not token.text.endswith(endings):
                continue
            if self.tokens[i + 1].coarse == "NOUN" and self.joined(i, i + 1):
                ending = next(e for e in endings if token.text.endswith(e))
                forms[i] = key(token.text[: -len(ending)])
        towns = self.gazetteer.settlements(forms.values())
        found: dict[int, Settlement] = {}
        for i, form in forms.items():
            capital = self.names.capital_keys.get(form)
            great = [t for t in towns[form] if t.country == capital or (t.population > _GREAT and t.grade < 2)]
            if great:
                found[i] = great[0]
        return found

    def longer_runs(self, base: Base) -> list[tuple[int, str]]:
        """(last token, text) of stretches of capitalised words that begin with ``base`` and go beyond it, longest first."""
        runs: list[tuple[int, str]] = []
        for last in reversed(self._reach(base.first)):
            if base.last < last < base.first + 4:
                runs.append((last, " ".join(t.text for t in self.tokens[base.first : last + 1])))
        return runs

    def joined(self, one: int, other: int) -> bool:
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

    def cue_before(self, i: int) -> tuple[str, int, bool] | None:
        """(kind, token, plural) of a place noun right before token ``i`` (a quotation mark may stand between)."""
        j = i - 1
        if j >= 0 and self.tokens[j].text in "„»\"'‘’":
            j -= 1
        if j < 0 or self.tokens[j].sentence != self.tokens[i].sentence or not self.tokens[j].text[:1].isupper():
            return None
        cue = self.words.cue(self.tokens[j].text)
        if cue is None and self.words.ends("territory.capital", self.tokens[j].text):
            cue = ("place", False)
        return None if cue is None else (cue[0], j, cue[1])


def starts_name(token: Token) -> bool:
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
    entity = register().word(text)
    if entity is not None and entity.kind not in ("state", "government"):
        return forms  # "Hamas" is no genitive of "Hama"
    if text.endswith(("'", "’")):
        forms.append(text[:-1])
    if text.endswith("s") and len(text) > 4 and last.coarse != "VERB":
        forms.append(text[:-1])
        if text.endswith("es"):
            forms.append(text[:-2])
    elif text.endswith("n") and len(text) > 7:
        forms.append(text[:-1])
    return forms

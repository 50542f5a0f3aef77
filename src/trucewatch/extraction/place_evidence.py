"""Signs in the text that a name is a place or is not: the words before it, persons' names, titles, newspapers."""

from __future__ import annotations

from trucewatch.extraction.named_after import GROUPS
from trucewatch.extraction.place_candidates import Base, Candidates, starts_name
from trucewatch.knowledge.place_spelling import key

_NAMED_AFTER = tuple(f"named_after.{name}" for name in GROUPS)
_APOSTROPHES = "‘’'ʿʾ`"
_CLOSING = "“”«»\""
"""Marks that may close a quoted noun."""


class Evidence:
    """The signs in one text; ``persons`` are the keys of words in persons' names, ``bearers`` of names after a noun."""

    def __init__(self, text: Candidates, candidates: list[Base]) -> None:
        self._text = text
        self.tokens, self.words = text.tokens, text.words
        self._start = {b.first: b for b in candidates}
        self._ends = {b.last for b in candidates}
        self.persons: set[str] = set()
        self.bearers: set[str] = set()
        self._find_persons(candidates)

    def _find_persons(self, candidates: list[Base]) -> None:
        """Words that are parts of persons' names: runs of proper names, and names right after a title."""
        known = {i for b in candidates if b.named or (b.towns and b.last > b.first) for i in range(b.first, b.last + 1)}
        for i, token in enumerate(self.tokens[:-1]):
            after = self.tokens[i + 1]
            if not self._text.joined(i, i + 1) or after.coarse != "PROPN" or not starts_name(after) or i + 1 in known:
                continue
            if self._text.analysis.apart(i + 1):
                continue
            title = self.words.has("names.titles", token.text)
            if token.coarse == "NOUN" and not title and self._describes(token.text) and token.text[:1].isupper():
                self.bearers.add(key(after.text))
            first_name = self.words.has("names.first_names", token.text)
            run = token.coarse == "PROPN" and token.text[:1].isupper() and (i not in known or first_name)
            if run and (self._state_at(i) or self._leads_place(i)) and not first_name:
                continue
            if title or run:
                before = self.tokens[i - 1] if i else None
                if (
                    run
                    and before is not None
                    and (self.words.cue(before.text) or self.words.has("locative.strong", before.lemma))
                ):
                    continue
                self.persons.add(key(after.text))
                if run:
                    self.persons.add(key(token.text))

    def _leads_place(self, i: int) -> bool:
        """ "Um al-Kura", "beschossen X Y": the words are a place's by their form or by the act upon it."""
        return i in self._text.grounds or self.words.has("names.leading", self.tokens[i].text)

    def _describes(self, noun: str) -> bool:
        """May the noun describe a person or body whose name follows ("Verteidigungsminister X")?"""
        words = self.words
        if words.ends("names.times", noun):
            return False  # "beschossen am Dienstag X"
        return not (words.cue(noun) or words.has("locative.parts", noun) or words.has("territory.land", noun))

    def _holds_places(self, i: int) -> bool:
        """Is token ``i`` a noun whose "von"-attribute is a place ("Einnahme von", "Straßen von", "Flughafen von")?"""
        if i > 0 and self.tokens[i].text in _CLOSING:  # "die „Einnahme“ von X"
            i -= 1
        token = self.tokens[i]
        lists = ("locative.parts", "locative.sites", "cues.facility", *_NAMED_AFTER)
        forms = (token.text, token.lemma)
        return token.text[:1].isupper() and any(self.words.ends(name, word) for name in lists for word in forms)

    def _known_at(self, i: int) -> bool:
        base = self._start.get(i)
        return base is not None and bool(base.named)

    def _state_at(self, i: int) -> bool:
        """Is token ``i`` the name of a state, in its basic form?"""
        base = self._start.get(i)
        if base is None or base.last != i or self.tokens[i].text != base.form:
            return False
        return any(n.kind == "country" for n in base.named)

    def strength(self, base: Base) -> int:
        """3 a place word or a plain "in" before it, 2 weaker signs of place, 1 none, 0 signs of a person or body."""
        found = self._before(base)
        return 2 if found == 1 and base.first in self._text.grounds else found

    def _before(self, base: Base) -> int:
        words, first = self.words, base.first
        if base.cue is not None:
            return 3
        cue = self._text.cue_before(first)
        if cue is not None:
            base.cue, base.cue_first = cue[0], cue[1]
            return 3
        after = self.tokens[base.last + 1] if base.last + 1 < len(self.tokens) else None
        hyphen = self.tokens[base.last].text.endswith("-")
        followed = (
            after is not None and after.coarse == "PROPN" and self._text.joined(base.last, base.last + 1)
            and starts_name(after) and not self._known_at(base.last + 1)
        )  # fmt: skip
        before = (
            self.tokens[first - 1] if first and self.tokens[first - 1].sentence == self.tokens[first].sentence else None
        )
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
            if words.ends("names.times", before.text) or self._state_at(first - 1) or self._text.analysis.apart(first):
                return 0 if followed else 1  # "am Montag | Kiew", "griff Russland | Charkiw an"
            genitive = not self.tokens[base.last].text.endswith(base.form[-2:])
            return 1 if genitive and before.coarse == "NOUN" and not words.ends("names.media", before.text) else 0
        lead = self.tokens[first - 2] if first > 1 else None
        if before.coarse == "ADJ" and words.nationality(before.text) and lead is not None and lead.coarse == "ADP":
            if words.has("locative.strong", lead.lemma):
                return 2 if followed else 3  # "im ostlibanesischen X"
        if before.coarse == "ADP" and before.text.casefold() == before.lemma.casefold():
            if words.has("locative.strong", before.lemma):
                return 2 if followed else 3
            if words.has("locative.moderate", before.lemma):
                return 0 if followed and not words.has("names.leading", self.tokens[first].text) else 2
        if followed or hyphen:
            return 0
        if words.has("compass.of", before.text) and first > 1 and self._holds_places(first - 2):
            return 3
        if before.lemma in words.compass_adverbs or before.text.casefold() in words.compass_adverbs:
            return 3
        if before.coarse == "ADJ" and words.nationality(before.text):
            return 2
        if before.text in ("/", "–") and first - 2 in self._ends:
            return 2
        return 0 if before.coarse == "DET" and not base.named else 1

"""What a place in the genitive or behind "von" is to the noun before it: where it was, whom it befell, or a mere name.

"Anschläge von Paris" were in Paris, "Angriffe Russlands auf Kiew" are Russia's, the "Vereinbarung von Doha" is only
called so (codebook section 13, 36). Which noun takes what is data: ``[named_after]`` of the table of places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from trucewatch.extraction.place_words import PlaceWords
from trucewatch.language.analysis import Token

Standing = Literal["site", "name"]
GROUPS = ("befalling", "invasions", "acts", "deeds", "agreements")
"""The lists of nouns in ``[named_after]``."""
_END = 5
"""A shorter word is no end of a compound."""


@dataclass(frozen=True, slots=True)
class NamedAfter:
    """Answers for one text; ``capitals`` are the names that may stand for a government."""

    tokens: Sequence[Token]
    words: PlaceWords
    capitals: frozenset[str] = frozenset()

    def standing(self, governor: int, last: int, preposition: str | None, state: bool) -> Standing | None:
        """What the place that ends at token ``last`` is to the noun at ``governor``; None where it may be the doer.

        ``preposition`` is None for a genitive, ``state`` tells states from towns. A second phrase that names the aim
        ("… auf Kiew") or the other party ("… mit Kiew") makes the place a doer.
        """
        behind = preposition is not None
        if behind and not self.words.has("compass.of", preposition or ""):
            return None
        group = self._group(self.tokens[governor])
        if group == "befalling":
            return "site"
        if group == "invasions":
            return None if self._goes_on(last, "into") else "site"
        if group == "acts" or (group == "deeds" and behind and not state):
            return None if self._goes_on(last) else "site"
        if group == "agreements" and behind and not state:
            return None if self._goes_on(last) else "name"
        return None

    def _group(self, noun: Token) -> str | None:
        """The list that holds the noun; of several ends the longest ("Überfall" is no "Fall")."""
        best, group = 0, None
        for low in (noun.text.casefold(), noun.lemma.casefold()):
            for name in GROUPS:
                for member in self.words.sets[f"named_after.{name}"]:
                    if len(member) > best and (low == member or len(member) >= _END and low.endswith(member)):
                        best, group = len(member), name
        return group

    def _goes_on(self, last: int, aim: str = "aim") -> bool:
        """Does the aim or the other party stand right behind ("von Moskau auf Kiew", "von Moskau und Ankara")?"""
        after = self.tokens[last + 1] if last + 1 < len(self.tokens) else None
        if after is None or after.sentence != self.tokens[last].sentence:
            return False
        if after.coarse == "ADP":
            return self.words.has(f"named_after.{aim}", after.lemma)
        other = self.tokens[last + 2].text if last + 2 < len(self.tokens) else ""
        return after.coarse == "CCONJ" and other in self.capitals

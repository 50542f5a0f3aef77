"""Is the report about conflict at all: the gate for frames whose words are also everyday words (codebook: no metaphors)."""

from __future__ import annotations

from functools import cache

from trucewatch.knowledge.load import FOLDER, table
from trucewatch.language.analysis import Analysis


@cache
def _words(language: str) -> tuple[dict[str, float], dict[str, float]]:
    """(word -> weight for conflict, word -> weight against it)."""
    if not (FOLDER / f"domain.{language}.toml").exists():
        return {}, {}
    data = table(f"domain.{language}")
    conflict: dict[str, float] = {}
    other: dict[str, float] = {}
    for name, words in data.get("conflict", {}).items():
        for word in words:
            conflict[word.lower()] = {"strong": 3.0, "weak": 1.0}.get(name, 1.0)
    for words in data.get("other", {}).values():
        for word in words:
            other[word.lower()] = 2.0
    return conflict, other


_PLAIN = 3.0
"""What a report must have of conflict where nothing speaks against it: one strong word."""
_PLAIN_SHARE = 0.2
_SHARE = 0.3
"""Shares of the sentences that must speak of conflict."""


class Domain:
    """How much each sentence and the whole report speaks of conflict."""

    def __init__(self, analysis: Analysis) -> None:
        conflict, other = _words(analysis.language)
        self.known = bool(conflict)
        self.scores: list[float] = []
        self.paragraphs = [sentence.paragraph for sentence in analysis.sentences]
        pure = True
        for sentence in analysis.sentences:
            score = 0.0
            for token in analysis.tokens[sentence.first : sentence.last + 1]:
                low = token.lemma.lower()
                weight = _balance(low, conflict, other)
                pure = pure and weight >= 0
                score += weight
            self.scores.append(score)
        self.pure = pure
        """Nothing in the report speaks of sport, business, weather and the like: little is enough to tell what it is about."""
        positive = sum(1 for s in self.scores if s > 0)
        self.total = sum(max(-6.0, min(6.0, s)) for s in self.scores)
        self.share = positive / max(1, len(self.scores))

    def conflict(self, sentence: int) -> bool:
        """May a weak frame count in this sentence? What another paragraph speaks of cannot forbid it."""
        if not self.known:
            return True
        # Neighbours of the same paragraph speak for and against; one of another paragraph only for.
        near = self.scores[sentence]
        for other in (sentence - 1, sentence + 1):
            if 0 <= other < len(self.scores):
                score = self.scores[other]
                near += score if self.paragraphs[other] == self.paragraphs[sentence] else max(0.0, score)
        enough = _PLAIN if self.pure else min(6.0, 2.0 + 1.5 * len(self.scores))  # two sentences cannot say much
        share = _PLAIN_SHARE if self.pure else _SHARE
        return (self.total >= enough and self.share >= share and near > -2) or near >= 6 and self.total > 0

    def hostile(self) -> bool:
        """The report as a whole is about something else (sport, business, weather)."""
        return self.known and self.total < 2


def _known(word: str, weights: dict[str, float]) -> int:
    """How many letters at the end of ``word`` are a word of the list: all of it, or the last part of a compound."""
    if word in weights:
        return len(word)
    return next((n for n in range(min(len(word) - 2, 16), 4, -1) if word[-n:] in weights), 0)


def _balance(word: str, conflict: dict[str, float], other: dict[str, float]) -> float:
    """What a word says for conflict or against it; the longer known ending decides ("Wahlkampf" is no "Kampf")."""
    pro, contra = _known(word, conflict), _known(word, other)
    if pro > contra:
        return conflict[word[-pro:]]
    if contra > pro:
        return -other[word[-contra:]]
    if pro:
        return conflict[word[-pro:]] - other[word[-contra:]]
    first = word.partition("-")[0]
    return -other[first] if first != word and first in other else 0.0

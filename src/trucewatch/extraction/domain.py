"""How much words, sentences and the whole report speak of conflict or of something else (knowledge/domain.*.toml)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from trucewatch.knowledge.load import FOLDER, table
from trucewatch.language.analysis import Analysis, Token

_SHORTEST, _LONGEST = 5, 16
"""Letters of a word that counts as the end of a compound."""
_STRONG, _WEAK = 3.0, 1.0
_WEIGHT = {"doers": 2.0, "words": 2.0, "bystanders": 0.5, "aims": 0.5, "settings": 0.5}
"""What one word of another matter takes from its sentence. People and places that attacks meet, too, take little."""
_PICTURE, _DOUBT = 0.4, 0.2
"""What a word that is also a picture counts at least for conflict where the report speaks of other matters, and what each word
of other matters takes from it: one stray word takes little."""
_PATTERN = 4.0
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "X"})
_MOST_SETTING = 1.0
"""What all everyday places and people of a sentence together take from it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What one word speaks for: ``kind`` armed, pictures, plain (conflict) or doers, bystanders, aims, words, settings."""

    kind: str
    family: str
    """The other matter ("sport"), or "conflict"."""
    weight: float

    @property
    def hostile(self) -> bool:
        """Speaks of another matter, and is hardly found in a report on a conflict."""
        return self.kind in ("doers", "words")


@cache
def _words(language: str) -> tuple[dict[str, Mark], frozenset[str]]:
    """(word -> what it speaks for, words that count only whole)."""
    if not (FOLDER / f"domain.{language}.toml").exists():
        return {}, frozenset()
    data = table(f"domain.{language}")
    found: dict[str, Mark] = {}
    whole: set[str] = set()
    for kind, grades in data["conflict"].items():
        for grade, words in grades.items():
            for word in words:
                found[word.lower()] = Mark(kind, "conflict", _STRONG if grade == "strong" else _WEAK)
    for family, kinds in data["other"].items():
        for kind, words in kinds.items():
            for word in words:
                low = word.lstrip("=").lower()
                found[low] = Mark(kind, family, -_WEIGHT[kind])
                if word.startswith("="):
                    whole.add(low)
    return found, frozenset(whole)


@cache
def mark_of(lemma: str, language: str) -> Mark | None:
    """What a word speaks for: all of it, or the longest known last part of a compound ("Wahlkampf" is no "Kampf").

    >>> mark_of("Regierungssoldat", "de").kind, mark_of("Titelverteidiger", "de").family
    ('armed', 'sport')
    """
    known, whole = _words(language)
    low = lemma.lower()
    if low in known:
        return known[low]
    for length in range(min(len(low) - 2, _LONGEST), _SHORTEST - 1, -1):
        end = low[-length:]
        if end in known and end not in whole:
            return known[end]
    first, _, last = low.partition("-")
    if last:  # "Armee-Elf" is an eleven; "FDP-Chef" is of the party's matter
        behind = low.rpartition("-")[2]
        for part in ("-" + behind, behind, first):
            if part in known and known[part].family != "conflict":
                return known[part]
    return None


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    if not (FOLDER / f"domain.{language}.toml").exists():
        return ()
    data = table(f"domain.{language}").get("patterns", {})
    return tuple((family, re.compile(pattern)) for family, patterns in data.items() for pattern in patterns)


@cache
def slots(language: str) -> dict[str, list[str]]:
    """Role -> the prepositions behind which it stands ([slots]; empty lists where the language has no table)."""
    known = (FOLDER / f"domain.{language}.toml").exists()
    found: dict[str, list[str]] = table(f"domain.{language}")["slots"] if known else {}
    return {
        role: list(found.get(role, ()))
        for role in ("doer", "upon", "against", "means", "cause", "carried", "occasion", "no_weapon")
    }


@cache
def _scenes() -> frozenset[str]:
    return frozenset(table("scenes")["lands"])


_PLAIN = 3.0
"""What a report must have of conflict where nothing speaks against it: one strong word."""
_LITTLE = 1.0
"""What a report must have of conflict for any frame at all, twice that where something speaks of other things."""
_PLAIN_SHARE = 0.2
_SHARE = 0.3
"""Shares of the sentences that must speak of conflict."""


class Domain:
    """How much each sentence and the whole report speaks of conflict."""

    def __init__(self, analysis: Analysis, lands: Iterable[str | None] = ()) -> None:
        self.language = analysis.language
        self.known = bool(_words(self.language)[0])
        self.paragraphs = [sentence.paragraph for sentence in analysis.sentences]
        marks = [self._marks(analysis.tokens[s.first : s.last + 1]) for s in analysis.sentences]
        forms = [self._forms(analysis.text[s.start : s.end]) for s in analysis.sentences]
        self.pure = not any(mark.hostile for row in marks for mark, _ in row) and not any(forms)
        """Nothing in the report speaks of sport, business, weather and the like: little is enough to tell what it is about."""
        self.scene = self.pure and not _scenes().isdisjoint(lands)
        """A report of nothing else, from a land at war: it may be short and say no more about it."""
        self.others = sum(m.hostile for row in marks for m, _ in row) + 2 * sum(len(form) for form in forms)
        """How many words speak of other matters."""
        self._picture = max(_PICTURE, 1.0 - _DOUBT * self.others)
        light = any(m.weight < 0 for row in marks for m, _ in row)
        self.pictures = light and all(m.weight < 0 or m.kind == "pictures" for row in marks for m, _ in row)
        """No word of the report says more than a picture may say, and others tell where the picture comes from."""
        self.scores = [self._score([m for m, _ in row], len(form)) for row, form in zip(marks, forms, strict=True)]
        self.against = Counter((mark.family, text) for row in marks for mark, text in row if mark.hostile) + Counter(
            hit for row in forms for hit in row
        )
        """(Family, word) -> how often: the words that speak of another matter."""
        positive = sum(1 for s in self.scores if s > 0)
        self.total = sum(max(-6.0, min(6.0, s)) for s in self.scores)
        self.share = positive / max(1, len(self.scores))

    def _marks(self, tokens: list[Token]) -> list[tuple[Mark, str]]:
        found = ((mark_of(t.lemma, self.language), t.text) for t in tokens if t.coarse in _CONTENT)
        return [(mark, text) for mark, text in found if mark is not None]

    def _forms(self, text: str) -> list[tuple[str, str]]:
        return [(family, hit.group()) for family, form in _patterns(self.language) for hit in form.finditer(text)]

    def _score(self, marks: list[Mark], forms: int) -> float:
        """What the words of one sentence add up to."""
        light = sum(m.weight for m in marks if m.weight < 0 and not m.hostile)
        score = 0.0 if self.pure else max(light, -_MOST_SETTING) - _PATTERN * forms
        for mark in marks:
            if mark.hostile or mark.weight > 0:
                score += mark.weight * (self._picture if mark.kind == "pictures" else 1.0)
        return score

    def near(self, sentence: int) -> float:
        """The score of a sentence and its neighbours: of the same paragraph for and against, of another one only for."""
        total = self.scores[sentence]
        for other in (sentence - 1, sentence + 1):
            if 0 <= other < len(self.scores):
                score = self.scores[other]
                total += score if self.paragraphs[other] == self.paragraphs[sentence] else max(0.0, score)
        return total

    def conflict(self, sentence: int, scene: bool = False) -> bool:
        """May a weak frame count in this sentence? What another paragraph speaks of cannot forbid it.

        ``scene``: for the frame it is enough where the report is from.
        """
        if not self.known or scene and self.scene:
            return True
        near = self.near(sentence)
        enough = _PLAIN if self.pure else min(6.0, 2.0 + 1.5 * len(self.scores))  # two sentences cannot say much
        share = _PLAIN_SHARE if self.pure else _SHARE
        return (self.total >= enough and self.share >= share and near > -2) or near >= 6 and self.total > 0

    def hostile(self) -> bool:
        """The words of the report as a whole are about something else (sport, business, weather), or hardly about conflict."""
        return self.known and not self.scene and (self.pictures or self._little())

    def _little(self) -> bool:
        return self.total < (_LITTLE if self.pure else 2 * _LITTLE)

    def matter(self) -> str:
        """The other matter that most words speak of, with the most telling of them ("sport: Trainer, Halbzeit")."""
        families: Counter[str] = Counter()
        for (family, _), times in self.against.items():
            families[family] += times
        if not families:
            return ""
        family = families.most_common(1)[0][0]
        told = [word for (other, word), _ in self.against.most_common() if other == family]
        return f"{family.replace('_', ' ')}: {', '.join(told[:_TOLD])}"


_TOLD = 4
"""Words named as evidence."""

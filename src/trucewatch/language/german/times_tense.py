"""Guesses the tense around a place from the words alone, for when no clause analysis is at hand."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from trucewatch.knowledge.load import table
from trucewatch.language.times import Direction

_SENTENCE_END = re.compile(r"[!?;:]|(?<![\s.]\w)(?<!\d)\.(?=\s|$|[\"“«»])|\n\s*\n")
_WORD = re.compile(r"[^\W\d_]+|,")
_LONGEST = 1000
"""Code points of the longest sentence that is looked at whole."""


def sentence_ends(text: str) -> list[int]:
    """Where sentences (or their halves between colons and semicolons) end, as far as marks alone tell."""
    return [m.start() for m in _SENTENCE_END.finditer(text)]


class _Forms(NamedTuple):
    """Verb forms by what they tell: words by kind, shapes of unknown words, and words that only look like verbs."""

    kinds: dict[str, str]
    participle: re.Pattern[str]
    preterite: re.Pattern[str]
    present: re.Pattern[str]
    exceptions: frozenset[str]


@cache
def _words() -> _Forms:
    data = table("times.de")["tense"]
    kinds: dict[str, str] = {}
    for kind in ("futurate", "past", "perfect", "future"):
        kinds |= dict.fromkeys(data[kind], kind)
    participle, preterite, present = (
        re.compile(data[n]) for n in ("participle_like", "preterite_like", "present_like")
    )
    return _Forms(kinds, participle, preterite, present, frozenset((*data["not_preterite"], *data["not_present"])))


def _direction(words: list[str]) -> Direction | None:
    """The tense that the verb forms among lower-case ``words`` of one clause show."""
    kinds, participle, preterite, present, exceptions = _words()
    seen = {kinds[w] for w in words if w in kinds}
    words = [
        w for before, w in zip(["", *words], words, strict=False) if before != "zu"
    ]  # an infinitive is no preterite
    done = any(participle.fullmatch(w) for w in words if w not in kinds)
    if "future" in seen:
        # "soll … getötet worden sein/haben": the infinitive of the perfect looks back
        back = (done and words[-1] in ("haben", "sein")) or "worden" in words
        return "past" if back else "future"
    if "past" in seen:
        return "past"
    if "perfect" in seen and done:
        return "past"
    if any(preterite.fullmatch(w) and w not in exceptions for w in words if w not in kinds):
        return "past"
    if "futurate" in seen:
        return "future"
    return "present" if any(present.fullmatch(w) and w not in exceptions for w in words if w not in kinds) else None


@dataclass(frozen=True, slots=True)
class _Clause:
    """A stretch between commas: where it starts, and its lower-case words (nouns are no verbs)."""

    start: int
    words: list[str]


def _clauses(text: str, low: int, high: int) -> list[_Clause]:
    """The stretches between commas of the sentence ``text[low:high]``."""
    clauses = [_Clause(low, [])]
    first = True
    for word in _WORD.finditer(text, low, high):
        form = word[0]
        if form == ",":
            clauses.append(_Clause(word.end(), []))
        elif first or form[0].islower():
            clauses[-1].words.append(form.lower())
        first = first and form == ","
    return clauses


class Tenses:
    """Answers what tense the clause around a code point is in, sentence by sentence as asked.

    >>> text = "Am Freitag wird verhandelt, nachdem am Montag geschossen wurde."
    >>> tenses = Tenses(text)
    >>> tenses.at(3), tenses.at(text.index("Montag"))
    ('future', 'past')
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = sentence_ends(text)
        self._known: dict[int, tuple[list[_Clause], list[Direction | None]]] = {}

    def at(self, position: int) -> Direction | None:
        """The tense of the clause around code point ``position``; None where no verb form tells."""
        index = bisect_right(self._ends, position)
        low = self._ends[index - 1] + 1 if index else 0
        high = self._ends[index] if index < len(self._ends) else len(self._text)
        if high - low > _LONGEST:  # no full stops: look at a window, cut where every position finds the same one
            low = max(low, position - position % _LONGEST)
            high = min(high, low + _LONGEST)
        if low not in self._known:
            clauses = _clauses(self._text, low, high)
            self._known[low] = clauses, [_direction(c.words) for c in clauses]
        clauses, directions = self._known[low]
        here = bisect_right([c.start for c in clauses], position) - 1
        order = sorted(range(len(clauses)), key=lambda i: (abs(i - here), -i))
        return next((d for i in order if (d := directions[i]) is not None), None)

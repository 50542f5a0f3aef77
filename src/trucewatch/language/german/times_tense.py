"""Guesses the tense around a place from the words alone, for when no clause analysis is at hand."""

from __future__ import annotations

import re
from functools import cache

from trucewatch.knowledge.load import table
from trucewatch.language.times import Direction

_SENTENCE_END = re.compile(r"[!?;:]|(?<![\s.]\w)(?<!\d)\.(?=\s|$|[\"“«»])|\n\s*\n")
_WORD = re.compile(r"[^\W\d_]+|,")
_REACH = 400
"""Code points looked at on either side: enough for a long sentence, and a bound for text without full stops."""


@cache
def _words() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str], frozenset[str]]:
    data = table("times.de")["tense"]
    kinds: dict[str, str] = {}
    for kind in ("futurate", "past", "perfect", "future"):
        kinds |= dict.fromkeys(data[kind], kind)
    return (
        kinds,
        re.compile(data["participle_like"]),
        re.compile(data["preterite_like"]),
        frozenset(data["not_preterite"]),
    )


def _direction(words: list[str]) -> Direction | None:
    """The tense that the verb forms among lower-case ``words`` of one clause show."""
    kinds, participle, preterite, exceptions = _words()
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
    return None


def tense_of(text: str, position: int) -> Direction | None:
    """The tense of the clause around code point ``position``; None where no verb form tells.

    >>> text = "Am Freitag wird verhandelt, nachdem am Montag geschossen wurde."
    >>> tense_of(text, 3), tense_of(text, text.index("Montag"))
    ('future', 'past')
    """
    low, high = max(0, position - _REACH), min(len(text), position + _REACH)
    for match in _SENTENCE_END.finditer(text, low, high):
        if match.start() < position:
            low = match.end()
        else:
            high = match.start()
            break
    clauses: list[list[str]] = [[]]
    here = 0
    for word in _WORD.finditer(text, low, high):
        if word[0] == ",":
            clauses.append([])
        elif word[0][0].islower() or not any(clauses):
            if word.start() <= position:
                here = len(clauses) - 1
            clauses[-1].append(word[0].lower())
        elif word.start() <= position:
            here = len(clauses) - 1
    own = _direction(clauses[here])
    if own is not None:
        return own
    for other in sorted(range(len(clauses)), key=lambda i: (abs(i - here), -i)):
        found = _direction(clauses[other])
        if found is not None:
            return found
    return None

"""The words that say of an act that it is not so, not known, called off or put off (``knowledge/factuality.*.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from trucewatch.extraction.speech_cues import ends_in
from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Analysis, Clause

Makes = Literal["untrue", "unsupported", "open", "withdrawn", "outdated", "off", "put_off"]

_LONG = 5
"""From so many letters on a word may be the last part of a compound."""


@dataclass(frozen=True, slots=True)
class Word:
    """One predicate with the words beside it, and what it makes of the act that it holds."""

    id: str
    companions: tuple[str, ...]
    negated: bool | None
    holds: frozenset[str]
    makes: Makes
    types: frozenset[str]
    disowned: bool
    by: frozenset[str]
    """Prepositions by which the predicate holds an act noun ("Von einem Angriff kann keine Rede sein")."""


@dataclass(frozen=True)
class FactualityWords:
    """One language's table, ready for look-up; all keys are lower case."""

    predicates: dict[str, tuple[Word, ...]]
    nouns: dict[str, Word]
    attribute: dict[str, Makes]
    carried: frozenset[str]
    marks: frozenset[str]
    part: frozenset[str]
    nobody: frozenset[str]


@cache
def factuality_words(language: str) -> FactualityWords:
    """The words of ``language``, loaded once."""
    data = table(f"factuality.{language}")
    predicates: dict[str, list[Word]] = {}
    nouns: dict[str, Word] = {}
    for entry in data["word"]:
        for words in entry["words"]:
            *companions, last = words.lower().split()
            predicates.setdefault(last, []).append(_word(entry, tuple(companions)))
            if len(companions) == 1:  # read as one separable verb: "wahr sein" -> "wahrsein"
                predicates.setdefault(companions[0] + last, []).append(_word(entry, ()))
        for noun in entry.get("nouns", ()):
            nouns[noun.lower()] = _word(entry, ())
    return FactualityWords(
        {k: tuple(sorted(v, key=lambda w: -len(w.companions))) for k, v in predicates.items()},
        nouns,
        {w: cast(Makes, makes) for makes, words in data["attribute"].items() for w in words},
        frozenset(w.lower() for w in data["carried"]["nouns"]),
        frozenset(data["asked"]["marks"]),
        frozenset(data["asked"]["part"]),
        frozenset(data["asked"]["nobody"]),
    )


def _word(entry: dict[str, object], companions: tuple[str, ...]) -> Word:
    return Word(
        id=str(entry["id"]),
        companions=companions,
        negated=cast("bool | None", entry.get("negated")),
        holds=frozenset(cast("list[str]", entry["holds"])),
        makes=cast(Makes, entry["makes"]),
        types=frozenset(cast("list[str]", entry.get("types", []))),
        disowned=bool(entry.get("disowned", False)),
        by=frozenset(cast("list[str]", entry.get("by", []))),
    )


def words_of(analysis: Analysis, clause: Clause, known: FactualityWords) -> list[tuple[Word, tuple[int, ...]]]:
    """The table's words that are the clause's predicate, each with the tokens of the words beside the verb."""
    found = []
    candidates = known.predicates.get(clause.predicate.lower(), ())
    if clause.voice == "passive" or clause.predicate != "sein":
        # "ist erfunden", "ist belegt": read as a passive of the verb, listed with its participle
        candidates += tuple(w for w in known.predicates.get("sein", ()) if _has_sein(analysis, clause))
    for word in candidates:
        if word.negated is not None and word.negated != clause.negated:
            continue
        tokens = _beside(analysis, clause, word.companions)
        if tokens is not None:
            found.append((word, tokens))
    return found


def _has_sein(analysis: Analysis, clause: Clause) -> bool:
    return clause.finite is not None and analysis.tokens[clause.finite].lemma == "sein"


def _beside(analysis: Analysis, clause: Clause, companions: tuple[str, ...]) -> tuple[int, ...] | None:
    found = []
    indices = sorted({*clause.tokens, *(i for p in clause.phrases for i in range(p.first, p.last + 1))})
    for companion in companions:
        at = next((i for i in indices if _is(analysis, i, companion)), None)
        if at is None:
            return None
        found.append(at)
    return tuple(found)


def _is(analysis: Analysis, token: int, word: str) -> bool:
    form, lemma = analysis.tokens[token].text.lower(), analysis.tokens[token].lemma.lower()
    if word in (form, lemma):
        return True
    if len(word) < _LONG or analysis.tokens[token].coarse not in ("NOUN", "PROPN"):
        return False
    return ends_in(lemma, frozenset((word,))) or ends_in(form, frozenset((word,)))

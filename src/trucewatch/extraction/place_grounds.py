"""Names that an act upon ground makes places, whether a gazetteer knows them or not ("beschossen Kaziba")."""

from __future__ import annotations

from trucewatch.extraction.place_words import PlaceWords
from trucewatch.knowledge.register import register
from trucewatch.language.analysis import Analysis, Clause, Phrase


def grounds(analysis: Analysis, words: PlaceWords) -> frozenset[int]:
    """Tokens of bare names that are the object of an act upon ground or the aim of a move."""
    return frozenset(
        i
        for clause in analysis.clauses
        for phrase in _aims(clause, words)
        for part in phrase.parts()
        if _bare_name(analysis, part)
        for i in range(part.core_first, part.core_last + 1)
    )


def _aims(clause: Clause, words: PlaceWords) -> list[Phrase]:
    if words.has("locative.struck", clause.predicate) and clause.object is not None:
        return [clause.object]
    if words.has("ground.towards", clause.predicate):
        return [p for p in clause.phrases if words.has("ground.heading", p.preposition or "")]
    return []


def _bare_name(analysis: Analysis, phrase: Phrase) -> bool:
    """A proper name without an article that names nobody of the register."""
    token = analysis.tokens[phrase.head]
    if token.coarse not in ("PROPN", "X") or phrase.determiner != "none" or phrase.adjectives:
        return False
    known = register()
    texts = [analysis.tokens[i].text for i in range(phrase.core_first, phrase.core_last + 1)]
    return known.name_at(texts, 0) is None and not any(known.word(t) is not None or t in known.surnames for t in texts)

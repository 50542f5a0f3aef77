"""The tense of the clause around a time: which Monday "am Montag" is (codebook section 7)."""

from __future__ import annotations

from collections.abc import Callable

from trucewatch.extraction.frames import FrameTable, frames
from trucewatch.extraction.status import status_words
from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Analysis, Clause

_PAST = ("past", "perfect", "pluperfect")
_LOOKING_BACK = frozenset({"ACCUSE"})
"""Acts that speak of what has happened, also where they are told in the present."""


def tense_at(analysis: Analysis) -> Callable[[int], str | None]:
    """A function from a code point to "past", "before", "present", "future" or None: the tense of the clause around it.

    "before" leaves no doubt that it is over: the pluperfect, "zuletzt", "bereits".
    """
    known = frames(analysis.language)
    back = frozenset(table(f"slots.{analysis.language}")["over"]["words"])

    def tense(position: int) -> str | None:
        token = analysis.token_at(position)
        clause = analysis.clause_of(token.i) if token is not None else None
        while clause is not None and clause.relation in ("participle", "infinitive") and clause.parent is not None:
            if clause.relation == "infinitive" and clause.tense in _PAST:
                return "past"  # "wird vorgeworfen, am Montag … bombardiert zu haben"
            clause = analysis.clauses[clause.parent]
        if clause is None or not clause.predicate:
            return None
        if clause.tense in _PAST:
            return "before" if _is_over(analysis, clause, back) else "past"
        if clause.tense == "future" or clause.modal in ("sollen", "wollen") and clause.tense == "present":
            return "future"
        if clause.tense != "present":
            return None
        told = _looks_back(analysis, known, clause) or _behind_an_act(analysis, clause, position)
        return "past" if told else "present"

    return tense


def _is_over(analysis: Analysis, clause: Clause, back: frozenset[str]) -> bool:
    """ "Zuletzt hatte es im März einen Anschlag gegeben"; not "war für März geplant worden"."""
    planned = status_words(analysis.language).governor.get(clause.predicate) is not None
    looks = clause.tense == "pluperfect" or any(analysis.tokens[i].text.lower() in back for i in clause.tokens)
    return looks and not planned and clause.modal is None


def _looks_back(analysis: Analysis, known: FrameTable, clause: Clause) -> bool:
    """ "machen die Rebellen für den Anschlag am Samstag verantwortlich"."""
    words = {w for i in clause.tokens for w in (analysis.tokens[i].text.lower(), analysis.tokens[i].lemma.lower())}
    return any(
        frame.type in _LOOKING_BACK and words.issuperset(frame.companions)
        for frame in known.verbs.get(clause.predicate, ())
    )


def _behind_an_act(analysis: Analysis, clause: Clause, position: int) -> bool:
    """ "Nach dem Angriff am Montag herrscht Angst": the time hangs on what went before."""
    after = table(f"slots.{analysis.language}")["prepositions"]["after"]
    return any(
        p.preposition in after and p.end <= position <= max(q.end for q in p.walk())
        for p in clause.phrases
        if p.attached
    )

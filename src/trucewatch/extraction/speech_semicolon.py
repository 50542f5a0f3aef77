"""Reported speech that goes on behind a semicolon: "…, sagte der Sprecher; vielmehr hätten Rebellen geschossen"."""

from __future__ import annotations

from trucewatch.extraction.speech_model import Stretch, descendants, spans_of
from trucewatch.language.analysis import Analysis, Clause, Sentence

_MARKS = (";", "–", "—")


def behind_semicolon(analysis: Analysis, sentence: Sentence, here: list[Stretch]) -> list[Stretch]:
    """Main clauses of reported speech that no frame holds keep the speaker of the frame before the mark."""
    found: list[Stretch] = []
    for number in sentence.clauses:
        clause = analysis.clauses[number]
        first = clause.tokens[0]
        if clause.relation != "main" or first == 0 or analysis.tokens[first - 1].text not in _MARKS:
            continue
        if not _reported(clause) or any(s.covers(clause.start, clause.end) for s in here):
            continue
        before = [s for s in here if s.frame and s.content and max(s.frame[-1][1], s.content[-1][1]) <= clause.start]
        before = [s for s in before if s.source.spans]
        if not before:
            continue
        inside = [i for c in descendants(analysis, [clause.i]) for i in c.tokens]
        content = spans_of(analysis, first, max(inside))
        if content:
            last = max(before, key=lambda s: s.frame[-1][1])
            found.append(
                Stretch(
                    "IndirectFreeIndirect",
                    content,
                    last.source,
                    "semicolon",
                    sentence.i,
                    inherited=True,
                    clause=clause.i,
                )
            )
    return found


def _reported(clause: Clause) -> bool:
    """Konjunktiv of reported speech; the second only where it tells of what is over ("hätten geschossen")."""
    if clause.mood == "subjunctive1":
        return True
    return clause.mood == "subjunctive2" and clause.tense in ("perfect", "pluperfect") and clause.modal is None

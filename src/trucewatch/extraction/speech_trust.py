"""Frames of trusting: "Glaubt man dem Gouverneur, haben Rebellen …" passes on the governor's word."""

from __future__ import annotations

from trucewatch.extraction.speech_cues import Cues, is_noun_of
from trucewatch.extraction.speech_model import Source, Stretch, spans_of
from trucewatch.extraction.speech_sources import inner_span, of_phrase
from trucewatch.language.analysis import Analysis, Clause, Sentence


def trust_frames(analysis: Analysis, sentence: Sentence, known: Cues) -> list[Stretch]:
    """The sentence around a condition of trust, told by whom "one" trusts."""
    found = []
    for number in sentence.clauses:
        clause = analysis.clauses[number]
        phrase = clause.indirect_object or clause.object  # "traut man den Huthi": the form does not show which
        if phrase is None or not _trusts(analysis, clause, known):
            continue
        said = is_noun_of(analysis.tokens[phrase.head], known.source_nouns)
        source = of_phrase(analysis, clause, phrase, known) if said else Source(phrase, [inner_span(analysis, phrase)])
        hole = list(range(min(clause.tokens), max(clause.tokens) + 2))
        content = spans_of(analysis, sentence.first, sentence.last, hole)
        if content:
            verb = analysis.tokens[clause.predicate_tokens[0]]
            found.append(
                Stretch(
                    "Indirect",
                    content,
                    source,
                    "trust",
                    sentence.i,
                    cue=[(verb.start, verb.end)],
                    frame=[(clause.start, clause.end)],
                    clause=clause.i,
                )
            )
    return found


def _trusts(analysis: Analysis, clause: Clause, known: Cues) -> bool:
    """A condition ("glaubt man …", "wenn man … glaubt") of anybody's trust, not denied."""
    subject = clause.subject
    if clause.predicate not in known.words["trusting"] or clause.negated or subject is None:
        return False
    if analysis.tokens[subject.head].text.lower() not in known.words["anyone"]:
        return False
    first = clause.tokens[0]
    opens = analysis.tokens[first].text.lower() in known.words["supposing"]
    return bool(clause.predicate_tokens) and (opens or first == clause.finite)

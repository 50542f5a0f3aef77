"""Who speaks: the source that a frame names, from a clause's subject or from a phrase of saying."""

from __future__ import annotations

from trucewatch.extraction.speech_cues import Cues, is_noun_of
from trucewatch.extraction.speech_model import Source, phrase_spans
from trucewatch.language.analysis import Analysis, Clause, Phrase
from trucewatch.record import Span


def inner_span(analysis: Analysis, phrase: Phrase) -> Span:
    """The phrase's words without its preposition (before or behind it) and with what is attached right behind it."""
    tokens = analysis.tokens
    first, last = phrase.first, phrase.last
    if phrase.kind == "prepositional":
        if tokens[first].coarse == "ADP" and first < last:
            first += 1
        elif tokens[last].coarse == "ADP" and first < last:
            last -= 1
    for extra in phrase.attached + phrase.appositions:
        if last < extra.first <= last + 2:
            last = extra.last
    return tokens[first].start, tokens[last].end


def tied(analysis: Analysis, clause: Clause, phrase: Phrase, ties: frozenset[str]) -> Phrase | None:
    """The phrase tied to a noun of saying: its genitive, or "von …"/"aus …" right behind it."""
    if phrase.genitives:
        return phrase.genitives[0]
    for extra in phrase.attached:
        if extra.preposition in ties:
            return extra
    for extra in clause.phrases:
        if extra.first == phrase.last + 1 and extra.preposition in ties:
            return extra
    return None


def of_phrase(analysis: Analysis, clause: Clause, phrase: Phrase, known: Cues) -> Source:
    """The source in a phrase of saying ("nach Angaben der Polizei", "laut Ankara", "eigenen Angaben zufolge")."""
    head = analysis.tokens[phrase.head]
    span = inner_span(analysis, phrase)
    if not is_noun_of(head, known.source_nouns):
        return Source(phrase, [span])
    speaker = tied(analysis, clause, phrase, known.of_speaker)
    if speaker is not None:
        return Source(speaker, [(span[0], max(span[1], speaker.end))])
    words = [analysis.tokens[i] for i in range(phrase.core_first, phrase.core_last + 1)]
    if phrase.determiner == "possessive" or any(w.lemma.lower() in known.own for w in words):
        return Source(clause.subject or phrase, [span])
    adjectives = [analysis.tokens[i] for i in phrase.adjectives]
    vague = is_noun_of(head, known.vague_nouns) and (
        head.lemma.lower() in known.vague_nouns or head.text.lower() in known.vague_nouns
    )
    vague = vague and phrase.determiner not in ("definite", "demonstrative")
    vague = vague and all(a.lemma.lower().rstrip("enrs") in _stems(known) for a in adjectives) and len(words) - len(adjectives) <= 1
    return Source(phrase, [span], vague=vague)


def _stems(known: Cues) -> frozenset[str]:
    return frozenset(w.rstrip("enrs") for w in known.vague_adjectives)


def of_clause(analysis: Analysis, clause: Clause, known: Cues, flags: frozenset[str]) -> Source:
    """The source of a verb frame: the subject, the agent of a passive, or where an impersonal frame has it from."""
    tokens = analysis.tokens
    subject = clause.subject
    if "impersonal" in flags and (subject is None or tokens[subject.head].text.lower() in known.words["it"]) or (
        clause.voice == "passive" and subject is None
    ):
        for phrase in clause.phrases:
            if phrase.kind == "prepositional" and phrase.preposition in known.impersonal_source:
                if tokens[phrase.head].coarse in ("NOUN", "PROPN") and phrase.preposition != "laut":
                    if is_place_or_source(analysis, phrase, known, clause):
                        inner = tied(analysis, clause, phrase, known.of_speaker)
                        span = inner_span(analysis, phrase)
                        return Source(inner or phrase, [(span[0], max(span[1], inner.end if inner else 0))])
        return Source()
    if subject is None:
        return Source()
    invoked, span = _invoked(analysis, clause, known)
    if invoked is not None:
        return Source(invoked, [*phrase_spans(subject), span], via=subject)
    spans = phrase_spans(subject)
    if clause.relation == "relative":
        starter = next((p for p in clause.phrases if p.pronoun and p.role == "subject"), None)
        if starter is not None and starter is not subject:
            spans = sorted({*spans, *phrase_spans(starter)})
    return Source(subject, spans)


def is_place_or_source(analysis: Analysis, phrase: Phrase, known: Cues, clause: Clause) -> bool:
    """Whether the phrase can be where an impersonal frame has its words from (not a date or a manner)."""
    head = analysis.tokens[phrase.head]
    if head.coarse == "PROPN" or is_noun_of(head, known.source_nouns) or is_noun_of(head, known.content_nouns):
        return True
    return phrase.preposition in ("aus", "von", "seitens", "in") and not head.text[0].isdigit()


def _invoked(analysis: Analysis, clause: Clause, known: Cues) -> tuple[Phrase | None, Span]:
    """ "unter Berufung auf das Ministerium": the one invoked, and its words."""
    preposition, nouns, tie = known.invoking
    phrases = clause.phrases
    for phrase in phrases:
        if phrase.preposition != preposition or not is_noun_of(analysis.tokens[phrase.head], nouns):
            continue
        for extra in [*phrase.attached, *(p for p in phrases if p.first == phrase.last + 1)]:
            if extra.preposition == tie:
                return extra, inner_span(analysis, extra)
    return None, (0, 0)

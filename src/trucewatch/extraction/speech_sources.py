"""Who speaks: the source that a frame names, from a clause or from a phrase of saying."""

from __future__ import annotations

from trucewatch.extraction.speech_cues import Cues, cues, flags_of, is_noun_of
from trucewatch.extraction.speech_model import Source, phrase_spans
from trucewatch.extraction.speech_speaker import can_speak, speaker_phrase
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
        if last < extra.first <= last + 2 and extra.preposition not in cues(analysis.language).loose:
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
    span = (span[0], min(span[1], _own_end(analysis, phrase, known)))
    speaker = tied(analysis, clause, phrase, known.of_speaker)
    if speaker is not None and phrase.adjectives and not can_speak(analysis, speaker, known):
        speaker = None  # "nach israelischen Angaben der Planung diene": the verb's own case
        span = (span[0], analysis.tokens[phrase.core_last].end)
    if speaker is not None:
        return Source(speaker, [(span[0], max(span[1], speaker.end))])
    words = [analysis.tokens[i] for i in range(phrase.core_first, phrase.core_last + 1)]
    own = any(w.lemma.lower() in known.own for w in words)
    if phrase.determiner == "possessive" and not own:
        if clause.subject is None or not can_speak(analysis, clause.subject, known):
            return Source(None, [span])  # "nach ihren Angaben schlugen Granaten ein": whoever spoke before
    if phrase.determiner == "possessive" or own:
        return Source(clause.subject or phrase, [span])
    adjectives = [analysis.tokens[i] for i in phrase.adjectives]
    vague = is_noun_of(head, known.vague_nouns) and (
        head.lemma.lower() in known.vague_nouns or head.text.lower() in known.vague_nouns
    )
    vague = vague and phrase.determiner not in ("definite", "demonstrative")
    if is_noun_of(head, known.words["unsaid"]):
        return Source(phrase, [span], vague=True)
    vague = (
        vague
        and all(a.lemma.lower().rstrip("enrs") in _stems(known) for a in adjectives)
        and len(words) - len(adjectives) <= 1
    )
    return Source(phrase, [span], vague=vague)


def _own_end(analysis: Analysis, phrase: Phrase, known: Cues) -> int:
    """Where the noun of saying ends with its owners; "sind nach UN-Angaben auf der Flucht" goes on with the verb's own."""
    owners = [*phrase.genitives, *(p for p in phrase.attached if p.preposition in known.of_speaker)]
    return max([analysis.tokens[phrase.core_last].end, *(q.end for p in owners for q in p.walk())])


def _stems(known: Cues) -> frozenset[str]:
    return frozenset(w.rstrip("enrs") for w in known.vague_adjectives)


def of_clause(analysis: Analysis, clause: Clause, known: Cues, flags: frozenset[str]) -> Source:
    """The source of a verb frame: the subject, the agent of a passive, or where an impersonal frame has it from."""
    passive = clause.voice == "passive"
    if "quoting" in flags:
        return _quoted_one(analysis, clause)
    subject = speaker_phrase(analysis, clause, known, "impersonal" in flags or passive)
    if passive and "stative" in flags and clause.object is not None:
        return Source(clause.object, phrase_spans(clause.object))
    if passive:
        agent = clause.agent or clause.subject
        if agent is not None and agent is not clause.object and _is_agent(analysis, agent, known):
            return Source(agent, [inner_span(analysis, agent)])
        return _impersonal(analysis, clause, known)
    if subject is None and ("impersonal" in flags or clause.subject is not None):
        return _impersonal(analysis, clause, known)
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


def _quoted_one(analysis: Analysis, clause: Clause) -> Source:
    """ "zitiert den Prediger", "Platter wird von Reuters zitiert": the one quoted speaks, the one who quotes is second hand."""
    passive = cues(analysis.language).words["passive"]
    auxiliary = any(analysis.tokens[i].lemma in passive and analysis.tokens[i].coarse == "AUX" for i in clause.tokens)
    surface = clause.subject
    if clause.voice == "passive" or (auxiliary and clause.object is None):
        agent = clause.agent or next(
            (p for p in clause.phrases if p.preposition in cues(analysis.language).agent), None
        )
        spoken = clause.object or (surface if surface is not agent else None)
        return Source(spoken, phrase_spans(spoken), via=agent, relayed=True)
    if clause.object is not None:
        return Source(clause.object, phrase_spans(clause.object), via=surface, relayed=True)
    return Source(surface, phrase_spans(surface))


def _is_agent(analysis: Analysis, agent: Phrase, known: Cues) -> bool:
    return can_speak(analysis, agent, known)


def _impersonal(analysis: Analysis, clause: Clause, known: Cues) -> Source:
    """Where a frame without a person has its words from: "hieß es aus dem Ministerium", "in einem Bericht wurde …"."""
    tokens = analysis.tokens
    for phrase in clause.phrases:
        if phrase.kind != "prepositional" or phrase.preposition not in known.impersonal_source:
            continue
        head = tokens[phrase.head]
        document = is_noun_of(head, known.source_nouns | known.content_nouns | known.documents)
        body = phrase.preposition in known.body_source and can_speak(analysis, phrase, known)
        if document or body:
            inner = tied(analysis, clause, phrase, known.of_speaker)
            span = inner_span(analysis, phrase)
            return Source(inner or phrase, [(span[0], max(span[1], inner.end if inner else 0))])
    if "only_it" in flags_of(analysis, clause, known):  # "hieß es bei Nordpress", "auf der Sitzung hieß es"
        for phrase in clause.phrases:
            head = tokens[phrase.head]
            if phrase.kind != "prepositional" or phrase.preposition not in known.impersonal_source:
                continue
            if head.coarse in ("NOUN", "PROPN") and not is_noun_of(head, known.words["moments"]):
                return Source(phrase, [inner_span(analysis, phrase)])
    return Source()


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

"""Who speaks: the source that a frame names, from a clause's subject or from a phrase of saying."""

from __future__ import annotations

from trucewatch.extraction.speech_cues import Cues, group_words, is_noun_of
from trucewatch.extraction.speech_model import Source, phrase_spans
from trucewatch.language.analysis import Analysis, Clause, Phrase
from trucewatch.record import Span


_OBJECTS = frozenset({"es", "ihn", "ihm", "ihr", "ihnen", "mich", "mir", "dich", "dir", "uns", "euch"})
_LOOSE = frozenset({"gegen", "ab", "seit", "bis", "um", "zu", "am", "an", "vor", "mit", "über", "für"})


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
        if last < extra.first <= last + 2 and extra.preposition not in _LOOSE:
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
    passive = clause.voice == "passive"
    if "quoting" in flags:
        return _quoted_one(analysis, clause)
    subject = speaker_phrase(analysis, clause, known, "impersonal" in flags or passive)
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
    passive = {"werden"}
    auxiliary = any(analysis.tokens[i].lemma in passive and analysis.tokens[i].coarse == "AUX" for i in clause.tokens)
    surface = clause.subject
    if clause.voice == "passive" or (auxiliary and clause.object is None):
        agent = clause.agent or next((p for p in clause.phrases if p.preposition == "von"), None)
        spoken = clause.object or (surface if surface is not agent else None)
        return Source(spoken, phrase_spans(spoken), via=agent)
    if clause.object is not None:
        return Source(clause.object, phrase_spans(clause.object), via=surface)
    return Source(surface, phrase_spans(surface))


def _is_agent(analysis: Analysis, agent: Phrase, known: Cues) -> bool:
    return can_speak(analysis, agent, known)


def can_speak(analysis: Analysis, phrase: Phrase, known: Cues) -> bool:
    """Whether the phrase names a person or a body that can speak."""
    head = analysis.tokens[phrase.head]
    if phrase.pronoun or head.coarse == "PROPN" or is_noun_of(head, known.speakers):
        return True
    return is_noun_of(head, known.source_nouns) and phrase.kind == "noun"


def speaker_phrase(analysis: Analysis, clause: Clause, known: Cues, impersonal: bool = False) -> Phrase | None:
    """The speaker among the clause's noun phrases: its subject, unless another one fits much better.

    German leaves "Die Entwicklung verglich Merkel" open by form; a body that can speak beats a thing.
    """
    tokens = analysis.tokens
    subject, finite = clause.subject, clause.finite
    skip = set(known.words["nobody"]) | group_words(clause, known)
    if impersonal:
        skip |= known.words["it"]
    if clause.relation != "relative":
        skip |= known.words["anaphor"]
    if subject is not None and tokens[subject.head].text.lower() in skip:
        subject = None
    elif subject is not None and subject.kind == "noun":
        if can_speak(analysis, subject, known) or subject.cases == {"nom"}:
            return subject
    if clause.subject is None and clause.relation == "coordinated" and clause.parent is not None and finite == clause.tokens[0]:
        return speaker_phrase(analysis, analysis.clauses[clause.parent], known)  # "… und forderte beide Seiten auf"
    if impersonal and subject is None and finite is not None and _near(analysis, finite) & known.words["it"]:
        return None
    beside = _beside_verb(analysis, clause)
    nouns = [
        p for p in clause.phrases
        if p.kind == "noun" and p is not subject and (not p.cases or "nom" in p.cases)
        and tokens[p.head].text.lower() not in skip and tokens[p.head].tag != "PRF"
    ]  # fmt: skip
    able = [p for p in nouns if can_speak(analysis, p, known) and _agrees(analysis, p, finite)]
    able.sort(key=lambda p: (p.first not in beside and p.last not in beside, p.first))
    if able:
        return able[0]
    if subject is not None:
        return subject
    for phrase in nouns:
        if tokens[phrase.head].coarse in ("NOUN", "PROPN", "NUM") and (phrase.first in beside or phrase.last in beside):
            return phrase
    return _pronoun_behind(analysis, clause, skip) or _compared(analysis, clause, known) or _from_before(analysis, clause, known) or (
        _prefield(analysis, clause)
    )  # fmt: skip


def _near(analysis: Analysis, finite: int) -> set[str]:
    """The words right before and behind the finite verb."""
    return {analysis.tokens[i].text.lower() for i in (finite - 1, finite + 1) if 0 <= i < len(analysis.tokens)}


def _agrees(analysis: Analysis, phrase: Phrase, finite: int | None) -> bool:
    verb = analysis.tokens[finite].number if finite is not None else None
    return verb is None or phrase.number is None or phrase.number == verb or bool(phrase.members)


def _pronoun_behind(analysis: Analysis, clause: Clause, skip: set[str]) -> Phrase | None:
    """ "…, sagte er gegenüber dem Sender": a personal pronoun right behind the verb."""
    if clause.finite is None:
        return None
    at = clause.finite + 1
    if at >= len(analysis.tokens) or analysis.tokens[at].tag != "PPER" or at not in clause.tokens:
        return None
    token = analysis.tokens[at]
    if token.text.lower() in skip or token.text.lower() in _OBJECTS:
        return None
    return Phrase("noun", at, at, token.start, token.end, at, token.lemma, pronoun=True, core_first=at, core_last=at)


def _compared(analysis: Analysis, clause: Clause, known: Cues) -> Phrase | None:
    """ "Wie sein Anwalt mitteilte" where the words behind "wie" were taken for a comparison."""
    for phrase in clause.phrases:
        if (phrase.preposition or "") in known.words["as"] and phrase.first < phrase.last:
            first = phrase.first + 1
            return Phrase(
                "noun", first, phrase.last, analysis.tokens[first].start, phrase.end, phrase.head, phrase.lemma,
                core_first=first, core_last=phrase.last,
            )  # fmt: skip
    return None


def _from_before(analysis: Analysis, clause: Clause, known: Cues) -> Phrase | None:
    """ "…, teilten jedoch mit": the clause before has the subject."""
    if clause.finite is None or clause.finite != clause.tokens[0]:
        return None
    before = _clause_before(analysis, clause)
    return speaker_phrase(analysis, before, known) if before is not None else None


def _beside_verb(analysis: Analysis, clause: Clause) -> tuple[int, ...]:
    """The tokens right before and behind the finite verb."""
    verb = clause.finite if clause.finite is not None else (clause.predicate_tokens[0] if clause.predicate_tokens else None)
    if verb is None or verb not in clause.tokens:
        return ()
    at = clause.tokens.index(verb)
    return tuple(clause.tokens[k] for k in (at - 1, at + 1) if 0 <= k < len(clause.tokens))


def _clause_before(analysis: Analysis, clause: Clause) -> Clause | None:
    """The nearest clause before this one in its sentence that has a subject of its own."""
    best: Clause | None = None
    for number in analysis.sentences[clause.sentence].clauses:
        other = analysis.clauses[number]
        if other.tokens[0] < clause.tokens[0] and other.subject is not None and not other.quoted and other is not clause:
            if other.relation in ("main", "coordinated", "quotation") and other.finite != other.tokens[0]:
                best = other
    return best


def _prefield(analysis: Analysis, clause: Clause) -> Phrase | None:
    """The words before a verb-second verb as a phrase, where the analysis found none there ("Die taz vermutet")."""
    tokens = analysis.tokens
    if clause.finite is None or clause.phrases and clause.phrases[0].first < clause.finite:
        return None
    lead = [i for i in clause.tokens if i < clause.finite]
    while lead and tokens[lead[0]].coarse in ("ADV", "CCONJ", "SCONJ", "PUNCT"):
        lead.pop(0)
    if not lead or len(lead) > 8 or tokens[lead[0]].coarse not in ("DET", "NOUN", "PROPN", "ADJ", "X"):
        return None
    first, last = lead[0], lead[-1]
    return Phrase(
        "noun", first, last, tokens[first].start, tokens[last].end, last, tokens[last].lemma, core_first=first, core_last=last
    )


def _impersonal(analysis: Analysis, clause: Clause, known: Cues) -> Source:
    """Where a frame without a person has its words from: "hieß es aus dem Ministerium", "in einem Bericht wurde …"."""
    tokens = analysis.tokens
    for phrase in clause.phrases:
        if phrase.kind != "prepositional" or phrase.preposition not in known.impersonal_source:
            continue
        head = tokens[phrase.head]
        document = is_noun_of(head, known.source_nouns) or is_noun_of(head, known.content_nouns)
        body = phrase.preposition in known.body_source and can_speak(analysis, phrase, known)
        if document or body:
            inner = tied(analysis, clause, phrase, known.of_speaker)
            span = inner_span(analysis, phrase)
            return Source(inner or phrase, [(span[0], max(span[1], inner.end if inner else 0))])
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

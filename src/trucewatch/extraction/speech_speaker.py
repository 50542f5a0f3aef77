"""The speaker of a speech verb among its clause's noun phrases."""

from __future__ import annotations

from trucewatch.extraction.speech_cues import Cues, cues, group_words, is_noun_of
from trucewatch.language.analysis import Analysis, Clause, Phrase


def can_speak(analysis: Analysis, phrase: Phrase, known: Cues) -> bool:
    """Whether the phrase names a person or a body that can speak."""
    head = analysis.tokens[phrase.head]
    if phrase.pronoun or head.coarse == "PROPN" or is_noun_of(head, known.speakers):
        return True
    return phrase.kind == "noun" and is_noun_of(head, known.source_nouns) and not is_noun_of(head, known.mute)


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
        skip |= known.words["neuter"]
    if subject is not None and tokens[subject.head].text.lower() in skip:
        subject = None
    elif subject is not None and subject.kind == "noun":
        first = _before_pronoun(analysis, clause, subject, known)
        if first is not None:
            return first
        if can_speak(analysis, subject, known) or subject.cases == {"nom"}:
            return subject
    if (
        clause.subject is None
        and clause.relation == "coordinated"
        and clause.parent is not None
        and finite == clause.tokens[0]
    ):
        return speaker_phrase(analysis, analysis.clauses[clause.parent], known)  # "… und forderte beide Seiten auf"
    if impersonal and subject is None and finite is not None and _near(analysis, finite) & known.words["it"]:
        return None
    beside = _beside_verb(analysis, clause)
    nouns = [
        p for p in clause.phrases
        if p.kind == "noun" and p is not subject and p.may_be("nom")
        and tokens[p.head].text.lower() not in skip and tokens[p.head].tag not in known.tags["reflexive"]
        and not (p.role == "object" and tokens[p.head].text.lower() in known.words["it"])
    ]  # fmt: skip
    able = [p for p in nouns if can_speak(analysis, p, known) and analysis.agree(p, finite)]
    able.sort(key=lambda p: (p.first not in beside and p.last not in beside, p.first))
    if able:
        return able[0]
    if subject is not None:
        return subject
    if impersonal and group_words(clause, known):
        return None  # "wie am Abend bekannt wurde"
    for phrase in nouns:
        if tokens[phrase.head].coarse in ("NOUN", "PROPN", "NUM") and (phrase.first in beside or phrase.last in beside):
            return phrase
    found = _pronoun_behind(analysis, clause, skip) or _compared(analysis, clause, known)
    found = found or _from_before(analysis, clause, known) or _prefield(analysis, clause)
    return found or _before_verb(analysis, clause, skip)


def _before_pronoun(analysis: Analysis, clause: Clause, subject: Phrase, known: Cues) -> Phrase | None:
    """ "Der Gouverneur nannte sie „fahrlässig“": who stands before the verb speaks, where the pronoun may be the object."""
    finite, pronoun = clause.finite, analysis.tokens[subject.head]
    if not subject.pronoun or finite is None or subject.first != finite + 1 or "acc" not in pronoun.cases:
        return None
    for phrase in clause.phrases:
        if phrase.kind == "noun" and phrase.last < finite and not phrase.pronoun and can_speak(analysis, phrase, known):
            if phrase.may_be("nom") and analysis.agree(phrase, finite):
                return phrase
    return None


def _before_verb(analysis: Analysis, clause: Clause, skip: set[str]) -> Phrase | None:
    """The noun phrase that fills the place before the verb, whatever its form seems to show."""
    for phrase in clause.phrases:
        if phrase.kind != "noun" or clause.finite is None or phrase.last > clause.finite or phrase.pronoun:
            continue
        words = {analysis.tokens[i].text.lower() for i in range(phrase.first, phrase.last + 1)}
        if not words & skip and not analysis.tokens[phrase.head].text[0].isdigit():
            return phrase
    return None


def _near(analysis: Analysis, finite: int) -> set[str]:
    """The words right before and behind the finite verb."""
    return {analysis.tokens[i].text.lower() for i in (finite - 1, finite + 1) if 0 <= i < len(analysis.tokens)}


def _pronoun_behind(analysis: Analysis, clause: Clause, skip: set[str]) -> Phrase | None:
    """ "…, sagte er gegenüber dem Sender": a personal pronoun right behind the verb."""
    if clause.finite is None:
        return None
    at = clause.finite + 1
    if at >= len(analysis.tokens) or analysis.tokens[at].coarse != "PRON" or at not in clause.tokens:
        return None
    token = analysis.tokens[at]
    oblique, tags = cues(analysis.language).words["oblique"], cues(analysis.language).tags
    if token.text.lower() in skip or token.text.lower() in oblique or token.tag not in tags["personal"]:
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
    verb = (
        clause.finite
        if clause.finite is not None
        else (clause.predicate_tokens[0] if clause.predicate_tokens else None)
    )
    if verb is None or verb not in clause.tokens:
        return ()
    at = clause.tokens.index(verb)
    return tuple(clause.tokens[k] for k in (at - 1, at + 1) if 0 <= k < len(clause.tokens))


def _clause_before(analysis: Analysis, clause: Clause) -> Clause | None:
    """The nearest clause before this one in its sentence that has a subject of its own."""
    best: Clause | None = None
    for number in analysis.sentences[clause.sentence].clauses:
        other = analysis.clauses[number]
        if (
            other.tokens[0] < clause.tokens[0]
            and other.subject is not None
            and not other.quoted
            and other is not clause
        ):
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
        "noun",
        first,
        last,
        tokens[first].start,
        tokens[last].end,
        last,
        tokens[last].lemma,
        core_first=first,
        core_last=last,
    )

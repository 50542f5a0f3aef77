"""Claims inside a clause: what its own words give out as somebody's word, without a frame of speech around it."""

from __future__ import annotations

from trucewatch.extraction.speech_cues import Cues, flags_of, is_noun_of
from trucewatch.extraction.speech_model import Source
from trucewatch.extraction.speech_sources import of_clause, tied
from trucewatch.extraction.speech_speaker import can_speak
from trucewatch.language.analysis import Analysis, Clause, Phrase, Token

OPEN = ("none", "indefinite", "quantifier")
"""Determiners of what is brought up as new; what is definite is taken for granted."""


def told_of(analysis: Analysis, clause: Clause, token: Token, known: Cues) -> Source | None:
    """The claims that this module knows, the nearest to the token first."""
    return (
        _told_participle(analysis, clause, token, known)
        or _labelled(analysis, clause, token, known)
        or _named(analysis, clause, token, known)
        or _modal(analysis, clause, token, known)
        or _relative(analysis, clause, token, known)
    )


def _told_participle(analysis: Analysis, clause: Clause, token: Token, known: Cues) -> Source | None:
    """ "die von der Armee gemeldeten Angriffe", "die behaupteten Angriffe"."""
    for number in clause.children:
        child = analysis.clauses[number]
        if child.relation != "participle" or child.antecedent is None or child.antecedent.head != token.i:
            continue
        flags = flags_of(analysis, child, known)
        if "claims" not in flags:
            continue
        if child.subject is not None and can_speak(analysis, child.subject, known):
            return Source(child.subject, [(child.subject.start, child.subject.end)])
        if child.predicate in known.words["alleged"]:
            return Source(None, [], vague=True)
    return None


def _labelled(analysis: Analysis, clause: Clause, token: Token, known: Cues) -> Source | None:
    """ "stuft den Vorfall als Angriff ein", "erklärte den Ort für befreit": what somebody calls it."""
    if token.i in clause.predicate_tokens:
        return None
    flags = flags_of(analysis, clause, known)
    if not flags & {"label", "act"}:
        return None
    inside = any(p.preposition in known.words["label_with"] and p.first <= token.i <= p.last for p in clause.phrases)
    before = analysis.tokens[token.i - 1].text.lower() if token.i > 0 else ""
    if not inside and before not in known.words["label_before"]:
        return None
    source = of_clause(analysis, clause, known, flags)
    if source.phrase is None or source.phrase.first <= token.i <= source.phrase.last:
        return None
    return source if can_speak(analysis, source.phrase, known) else None


def _named(analysis: Analysis, clause: Clause, token: Token, known: Cues) -> Source | None:
    """ "Pristina nennt das eine Entführung", "die Partei wittert einen Mord": the word is the subject's, not the report's."""
    if clause.predicate not in known.words["naming"] or token.i in clause.predicate_tokens or clause.negated:
        return None
    here = next((p for p in clause.phrases if p.kind == "noun" and p.first <= token.i <= p.last), None)
    if here is None or here is clause.subject or here.determiner not in OPEN:
        return None
    source = of_clause(analysis, clause, known, flags_of(analysis, clause, known))
    if source.phrase is None or source.phrase.first <= token.i <= source.phrase.last:
        return None
    return source if can_speak(analysis, source.phrase, known) else None


def _modal(analysis: Analysis, clause: Clause, token: Token, known: Cues) -> Source | None:
    """ "Die Armee will zwanzig Kämpfer getötet haben": the subject claims it."""
    if clause.modal not in known.words["claim_modals"] or clause.tense not in ("perfect", "pluperfect"):
        return None
    subject = clause.subject
    if subject is None or clause.mood != "indicative" or subject.first <= token.i <= subject.last:
        return None
    return Source(subject, [(subject.start, subject.end)])


def _relative(analysis: Analysis, clause: Clause, token: Token, known: Cues) -> Source | None:
    """ "Er sprach von Söldnern, die das Dorf angriffen": new in his words, with all that is said of it."""
    noun = clause.antecedent
    if clause.relation != "relative" or noun is None or clause.parent is None or noun.determiner not in OPEN:
        return None
    above = analysis.clauses[clause.parent]
    flags = flags_of(analysis, above, known)
    if "claims" not in flags or above.negated or _outside(above, noun, known):
        return None
    source = of_clause(analysis, above, known, flags)
    if source.phrase is None or source.phrase.first <= noun.head <= source.phrase.last:
        return None
    return source


def _outside(clause: Clause, noun: Phrase, known: Cues) -> bool:
    """Whether the noun is the subject of the clause, or in a circumstance of it."""
    holder = next((p for p in clause.phrases if p.first <= noun.head <= p.last), None)
    return holder is None or holder.role == "subject" or holder.preposition in known.circumstance


def noun_holder(analysis: Analysis, token: Token, clause: Clause, known: Cues) -> Source | None:
    """ "die Forderung der EU nach einer Waffenruhe", "Berichte über Plünderungen": what hangs on a noun of saying.

    It is its owner's word; without an owner nobody's in particular, unless it is definite and so taken for granted.
    """
    for phrase in clause.phrases:
        head = analysis.tokens[phrase.head]
        if (
            phrase.head == token.i
            or phrase.determiner == "negative"
            or not is_noun_of(head, known.content_nouns | known.vague_nouns)
        ):
            continue
        held = next((p for p in chain(phrase, clause, known) if p.first <= token.i <= p.last), None)
        if held is None:
            continue
        owner = tied(analysis, clause, phrase, known.of_speaker)
        if owner is not None and not owner.first <= token.i <= owner.last:
            return Source(owner, [(owner.start, owner.end)])
        if owner is None and held.preposition in known.words["telling_of"] and held.determiner in OPEN:
            if head.lemma.lower() in known.vague_nouns or head.text.lower() in known.vague_nouns:
                return Source(None, [], vague=True)
            if is_noun_of(head, known.vague_nouns):
                return Source(phrase, [(phrase.start, phrase.end)])
    return None


def chain(phrase: Phrase, clause: Clause, known: Cues) -> list[Phrase]:
    """The prepositional phrases that follow the noun without a gap ("Forderung … nach einer Waffenruhe in Gaza")."""
    found, end = [p for p in phrase.attached if p.preposition not in known.of_speaker], phrase.last
    for extra in sorted(clause.phrases, key=lambda p: p.first):
        if extra.kind == "prepositional" and extra.first == end + 1:
            end = extra.last
            if extra.preposition not in known.of_speaker:
                found.append(extra)
    return found

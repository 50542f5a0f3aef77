"""Nouns with a clause of content: "die Forderung, … zu …", "der Vorwurf, dass …", "Gerüchte, nach denen …"."""

from __future__ import annotations

from trucewatch.extraction.speech_cues import Cues, flags_of, is_noun_of
from trucewatch.extraction.speech_model import Source, Stretch, descendants, spans_of
from trucewatch.extraction.speech_sources import inner_span, tied
from trucewatch.extraction.speech_speaker import speaker_phrase
from trucewatch.language.analysis import Analysis, Clause, Phrase, Sentence


def noun_frames(analysis: Analysis, sentence: Sentence, known: Cues, taken: set[int]) -> list[Stretch]:
    """ "die Forderung, die Truppen abzuziehen", "der Vorwurf, dass …"; ``taken``: clauses that a verb frame holds."""
    found: list[Stretch] = []
    tokens = analysis.tokens
    for number in sentence.clauses:
        child = analysis.clauses[number]
        if child.parent is None or number in taken or child.quoted:
            continue
        starter = (child.conjunction or "").lower()
        according = starter in known.words["according"]
        if child.relation == "relative" and not according:
            stretch = _relative_frame(analysis, sentence, child, known)
            if stretch is not None:
                found.append(stretch)
            continue
        if not according and child.relation not in ("complement", "infinitive", "question"):
            continue
        if starter in known.words["purpose"] | known.words["as"]:
            continue
        parent = analysis.clauses[child.parent]
        begin = child.tokens[0]
        at = _noun_before(analysis, parent, begin, known)
        if at is None and child.relation == "infinitive":  # "Aufrufe, in Syrien – wie dort – zu demonstrieren"
            begin = _comma_before(analysis, sentence, begin) + 1
            at = _noun_before(analysis, parent, begin, known) if begin > sentence.first else None
        if at is None and according:
            at = _any_before(parent, child.tokens[0])
        if at is None or any(tokens[i].text == ":" for i in range(at.last, begin)):
            continue
        phrase = at
        tokens_in = {i for c in descendants(analysis, [number]) for i in c.tokens}
        first = min(begin, *tokens_in) + (1 if according else 0)
        content = spans_of(analysis, first, max(tokens_in))
        if not content:
            continue
        speaker = tied(analysis, parent, phrase, known.of_speaker)
        if speaker is not None:
            source = Source(speaker, [(speaker.start, speaker.end)])
        elif according:
            word = tokens[child.tokens[0]]
            vague = tokens[phrase.head].lemma.lower() in known.vague_nouns and phrase.determiner != "definite"
            source = Source(phrase, [inner_span(analysis, phrase), (word.start, word.end)], vague=vague)
        elif (phrase.preposition or "") in known.with_noun and (
            owner := speaker_phrase(analysis, parent, known)
        ) is not None:
            source = Source(owner, [(owner.start, owner.end)])
        elif phrase.determiner == "possessive" and parent.subject is not None:
            source = Source(parent.subject, [(phrase.start, phrase.end)])
        elif (maker := _maker(analysis, parent, phrase, known)) is not None:
            source = Source(maker, [(maker.start, maker.end)])
        else:
            source = Source(None, [(phrase.start, phrase.end)])
        found.append(
            Stretch(
                "Indirect",
                content,
                source,
                f"noun:{tokens[phrase.head].lemma}",
                sentence.i,
                cue=[(tokens[phrase.head].start, tokens[phrase.head].end)],
                frame=[(phrase.start, phrase.end)],
                clause=parent.i,
            )
        )
    return found


def asked_frames(analysis: Analysis, sentence: Sentence, known: Cues) -> list[Stretch]:
    """ "Die Forderung der EU nach einer Waffenruhe": what a noun of asking names, with whoever asks."""
    found: list[Stretch] = []
    for number in sentence.clauses:
        clause = analysis.clauses[number]
        if clause.quoted:
            continue
        for phrase in clause.phrases:
            if not is_noun_of(analysis.tokens[phrase.head], known.words["asking"]):
                continue
            owner = tied(analysis, clause, phrase, known.of_speaker)
            wish = next(
                (
                    p
                    for p in [*phrase.attached, *clause.phrases]
                    if p.preposition in known.words["asking_for"] and 0 < p.first - phrase.last <= 6
                ),
                None,
            )
            if owner is None or wish is None or wish.first <= owner.first:
                continue
            content = spans_of(analysis, wish.first, wish.last)
            if content:
                head = analysis.tokens[phrase.head]
                found.append(
                    Stretch(
                        "Indirect", content, Source(owner, [(owner.start, owner.end)]), f"asked:{head.lemma}", sentence.i,
                        cue=[(head.start, head.end)], frame=[(phrase.start, phrase.end)], clause=clause.i,
                    )
                )  # fmt: skip
    return found


def _maker(analysis: Analysis, clause: Clause, phrase: Phrase, known: Cues) -> Phrase | None:
    """ "47 Prozent ziehen die Schlussfolgerung, …": the subject, where the noun of saying is the object of its verb."""
    if phrase.preposition or clause.voice == "passive" or clause.negated:
        return None
    if "rejects" in flags_of(analysis, clause, known) or (
        clause.subject is not None and clause.subject.head == phrase.head
    ):
        return None
    subject = clause.subject
    if subject is None or subject is phrase or subject.kind != "noun":
        return None
    return subject


def _comma_before(analysis: Analysis, sentence: Sentence, at: int) -> int:
    """The nearest comma before token ``at`` in the sentence, else the token before the sentence."""
    return next((i for i in range(at - 1, sentence.first, -1) if analysis.tokens[i].text == ","), sentence.first - 1)


def _relative_frame(analysis: Analysis, sentence: Sentence, clause: Clause, known: Cues) -> Stretch | None:
    """ "Gerüchte, nach denen …": a relative clause that says what its antecedent says."""
    noun = clause.antecedent
    if noun is None or not is_noun_of(analysis.tokens[noun.head], known.source_nouns | known.content_nouns):
        return None
    phrase = next(
        (p for p in clause.phrases if p.preposition in known.with_source_noun and p.first == clause.tokens[0]), None
    )
    if phrase is None or analysis.tokens[phrase.head].tag not in known.tags["relative"]:
        return None
    content = spans_of(analysis, phrase.last + 1, max(i for c in descendants(analysis, [clause.i]) for i in c.tokens))
    if not content:
        return None
    speaker = tied(analysis, clause, noun, known.of_speaker) or noun
    spans = [(noun.start, noun.end), (analysis.tokens[phrase.last].start, analysis.tokens[phrase.last].end)]
    vague = speaker is noun and is_noun_of(analysis.tokens[noun.head], known.vague_nouns)
    return Stretch(
        "Indirect",
        content,
        Source(speaker, spans, vague=vague),
        "relative",
        sentence.i,
        cue=[(phrase.start, phrase.end)],
        frame=[(phrase.start, phrase.end)],
        clause=clause.i,
    )


def _any_before(clause: Clause, first: int) -> Phrase | None:
    """The noun phrase nearest before token ``first``."""
    before = [p for p in clause.phrases if p.last < first]
    return max(before, key=lambda p: p.last) if before else None


def _noun_before(analysis: Analysis, clause: Clause, first: int, known: Cues) -> Phrase | None:
    """The phrase of a content noun that ends (with its dependents) right before the subclause at token ``first``."""
    best: Phrase | None = None
    before = sorted((p for p in clause.phrases if p.last < first), key=lambda p: p.first)
    for k, phrase in enumerate(before):
        if is_noun_of(analysis.tokens[phrase.head], known.content_nouns):
            end = phrase.last
            for extra in before[k + 1 :]:  # "der Vorwurf der Regierung an die Zeitung, …"
                if extra.kind == "prepositional" and extra.first <= end + 1:
                    end = max(end, extra.last)
            if end >= first - 3 - _attached_length(phrase):
                best = phrase
    return best


def _attached_length(phrase: Phrase) -> int:
    return sum(p.last - p.first + 2 for p in phrase.attached + phrase.appositions)

"""Frames without a verb: "nach Angaben von X", "laut X", "X zufolge", ", so X", and nouns with a clause of content."""

from __future__ import annotations

from trucewatch.extraction.speech_cues import Cues, is_noun_of
from trucewatch.extraction.speech_model import Source, Stretch, descendants, spans_of
from trucewatch.extraction.speech_sources import inner_span, of_phrase, tied
from trucewatch.language.analysis import Analysis, Clause, Phrase, Sentence

_MARKS = (",", "–", "—", "-", "“", "\"", "«", "(")


def phrase_frames(analysis: Analysis, sentence: Sentence, known: Cues) -> list[Stretch]:
    """Stretches framed by a prepositional phrase of saying."""
    found: list[Stretch] = []
    for number in sentence.clauses:
        clause = analysis.clauses[number]
        if clause.quoted:
            continue
        for phrase in clause.phrases:
            if _is_frame(analysis, phrase, known):
                stretch = _phrase_stretch(analysis, sentence, clause, phrase, known)
                if stretch is not None:
                    found.append(stretch)
    return found


def _is_frame(analysis: Analysis, phrase: Phrase, known: Cues) -> bool:
    preposition = (phrase.preposition or "").lower()
    if not preposition:
        return False
    if preposition in known.with_source:
        return True
    return preposition in known.with_source_noun and is_noun_of(analysis.tokens[phrase.head], known.source_nouns)


def _phrase_stretch(
    analysis: Analysis, sentence: Sentence, clause: Clause, phrase: Phrase, known: Cues
) -> Stretch | None:
    source = of_phrase(analysis, clause, phrase, known)
    end = max([phrase.end, *(b for _, b in source.spans)])
    hole = [i for i in range(phrase.first, len(analysis.tokens)) if analysis.tokens[i].start < end]
    hole = hole[: 60]
    first, last = _scope(analysis, sentence, clause, hole)
    around = [j for j in (hole[0] - 1, hole[-1] + 1) if 0 <= j < len(analysis.tokens) and analysis.tokens[j].text in (",", "–", "—", "-", "(", ")")]
    content = spans_of(analysis, first, last, [*hole, *around])
    if not content:
        return None
    preposition = analysis.tokens[phrase.first] if analysis.tokens[phrase.first].coarse == "ADP" else analysis.tokens[phrase.last]
    return Stretch(
        "Indirect", content, source, f"phrase:{phrase.preposition}", sentence.i,
        cue=[(preposition.start, preposition.end)], frame=[(phrase.start, end)], clause=clause.i,
    )  # fmt: skip


def _scope(analysis: Analysis, sentence: Sentence, clause: Clause, hole: list[int]) -> tuple[int, int]:
    """How far a phrase of saying reaches: its main clause with all around it, or the subclause that it stands in."""
    if clause.relation in ("relative", "adverbial", "complement", "infinitive", "question", "participle"):
        tokens = {i for c in descendants(analysis, [clause.i]) for i in c.tokens}
        return min(tokens), max(tokens)
    return sentence.first, sentence.last


def so_frame(analysis: Analysis, sentence: Sentence, known: Cues) -> Stretch | None:
    """ ", so der Minister": the words, a noun phrase and no verb, behind or amid what is said."""
    tokens = analysis.tokens
    for i in range(sentence.first, sentence.last):
        if tokens[i].text.lower() not in known.words["so"] or i == sentence.first and i + 1 >= sentence.last:
            continue
        if i == sentence.first or tokens[i - 1].text not in _MARKS:
            continue
        begin, end = i + 1, i
        for j in range(begin, min(sentence.last, i + 30) + 1):
            if tokens[j].text in (".", "–", "—", ":", ";", "“", "„", ")", "?", "!") or (tokens[j].text == "," and j > begin):
                break
            if tokens[j].tag in ("VVFIN", "VAFIN", "VMFIN", "KOUS", "PRELS"):
                end = i
                break
            end = j
        if end <= i or tokens[begin].coarse not in ("DET", "NOUN", "PROPN", "ADJ", "PRON"):
            continue
        phrase, clause = _phrase_at(analysis, sentence, begin)
        if phrase is None or clause is None or not _person_like(analysis, phrase):
            continue
        hole = list(range(i, end + 1))
        around = [j for j in (i - 1, end + 1) if tokens[j].text in (",", "–", "—")] if end < sentence.last else [i - 1]
        content = spans_of(analysis, sentence.first, sentence.last, [*hole, *[j for j in around if tokens[j].text not in "“\"«"]])
        if not content:
            continue
        span = (phrase.start, phrase.end)
        return Stretch(
            "Indirect", content, Source(phrase, [span]), "so", sentence.i,
            cue=[(tokens[i].start, tokens[i].end)], frame=[(tokens[i].start, tokens[end].end)], clause=clause.i,
        )  # fmt: skip
    return None


def _person_like(analysis: Analysis, phrase: Phrase) -> bool:
    return analysis.tokens[phrase.head].coarse in ("NOUN", "PROPN", "PRON")


def _phrase_at(analysis: Analysis, sentence: Sentence, first: int) -> tuple[Phrase | None, Clause | None]:
    """The noun phrase that begins at token ``first``."""
    for number in sentence.clauses:
        clause = analysis.clauses[number]
        for phrase in clause.phrases:
            if phrase.first == first and phrase.kind == "noun":
                return phrase, clause
    return None, None


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
        if not according and child.relation not in ("complement", "infinitive", "question"):
            continue
        if starter in ("um", "ohne", "statt", "anstatt", "wie"):
            continue
        parent = analysis.clauses[child.parent]
        at = _noun_before(analysis, parent, child.tokens[0], known)
        if at is None:
            continue
        phrase = at
        tokens_in = {i for c in descendants(analysis, [number]) for i in c.tokens}
        first = min(tokens_in) + (1 if according else 0)
        content = spans_of(analysis, first, max(tokens_in))
        if not content:
            continue
        speaker = tied(analysis, parent, phrase, known.of_speaker)
        if speaker is not None:
            source = Source(speaker, [(speaker.start, speaker.end)])
        elif according:
            source = Source(phrase, [inner_span(analysis, phrase)])
        elif phrase.determiner == "possessive" and parent.subject is not None:
            source = Source(parent.subject, [(phrase.start, phrase.end)])
        else:
            source = Source()
        found.append(
            Stretch(
                "Indirect", content, source, f"noun:{tokens[phrase.head].lemma}", sentence.i,
                cue=[(tokens[phrase.head].start, tokens[phrase.head].end)], frame=[(phrase.start, phrase.end)], clause=parent.i,
            )  # fmt: skip
        )
    return found


def _noun_before(analysis: Analysis, clause: Clause, first: int, known: Cues) -> Phrase | None:
    """The phrase of a content noun that ends (with its dependents) right before the subclause at token ``first``."""
    best: Phrase | None = None
    for phrase in clause.phrases:
        if phrase.last < first and phrase.last >= first - 3 - _attached_length(phrase):
            if is_noun_of(analysis.tokens[phrase.head], known.content_nouns):
                best = phrase
    return best


def _attached_length(phrase: Phrase) -> int:
    return sum(p.last - p.first + 2 for p in phrase.attached + phrase.appositions)

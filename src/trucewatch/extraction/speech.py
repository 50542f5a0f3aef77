"""Every stretch of reported speech in a text (codebook section 11): who says what, in which words."""

from __future__ import annotations

from trucewatch.extraction.speech_cues import Cues, cues
from trucewatch.extraction.speech_frames import anaphoric_frame, verb_frames
from trucewatch.extraction.speech_model import Source, Stretch
from trucewatch.extraction.speech_phrases import noun_frames, phrase_frames, so_frame
from trucewatch.extraction.speech_quotes import direct
from trucewatch.extraction.speech_runon import free_indirect, reported_acts, run_on
from trucewatch.language.analysis import Analysis, Quotation, Sentence

__all__ = ["Source", "Stretch", "find_speech"]


def find_speech(analysis: Analysis) -> list[Stretch]:
    """All stretches of reported speech, in text order. Stretches may nest (a quotation inside an indirect one)."""
    known = cues(analysis.language)
    if not known.verbs:
        return []
    found: list[Stretch] = []
    quoted = {}
    for quotation in analysis.quotations:
        quoted.setdefault(analysis.tokens[quotation.first].sentence, []).append(quotation)
    last: Source | None = None
    running = False
    for sentence in analysis.sentences:
        here = _in_sentence(analysis, sentence, known, quoted.get(sentence.i, []), last, running)
        near = running and sentence.i > 0 and analysis.sentences[sentence.i - 1].paragraph == sentence.paragraph
        for stretch in here:
            stretch.inherited_near = stretch.inherited and near
        running = bool(here)
        for stretch in here:
            previous = next((f for f in reversed(found) if f.kind != "Direct"), None)
            if (
                stretch.kind == "IndirectFreeIndirect" and previous is not None
                and previous.kind == "IndirectFreeIndirect" and previous.sentence_end == sentence.i - 1
            ):  # fmt: skip
                previous.content = [(previous.content[0][0], stretch.content[-1][1])]
                previous.sentence_end = sentence.i
                continue
            found.append(stretch)
        named = [s for s in here if s.source.spans]
        if named:
            last = named[-1].source
    found.sort(key=lambda s: (s.content[0], s.content[-1][1]))
    return found


def _in_sentence(
    analysis: Analysis, sentence: Sentence, known: Cues, quotations: list[Quotation], last: Source | None, running: bool
) -> list[Stretch]:
    here: list[Stretch] = []
    if sentence.kind == "body" or sentence.clauses:
        here += verb_frames(analysis, sentence, known)
        here += phrase_frames(analysis, sentence, known)
        framed = so_frame(analysis, sentence, known)
        if framed is not None:
            here.append(framed)
        anaphoric = anaphoric_frame(analysis, sentence, known)
        if anaphoric is not None:
            here.append(anaphoric)
        taken = {
            number
            for stretch in here
            for number in sentence.clauses
            if any(a <= analysis.clauses[number].start and analysis.clauses[number].end <= b for a, b in stretch.content)
        }
        here += noun_frames(analysis, sentence, known, taken)
    if not here:
        stretch = run_on(analysis, sentence, last, running) or free_indirect(analysis, sentence, known, last, running)
        if stretch is not None:
            here.append(stretch)
    here += [s for q in quotations if (s := direct(analysis, q, known, here, last)) is not None]
    here = _without_doubles(here)
    if any(s.kind in ("IndirectFreeIndirect", "FreeIndirect") for s in here):
        return here
    frames = {s.clause for s in here if s.clause is not None}
    here += reported_acts(analysis, sentence, known, {f for f in frames if f is not None})
    return here


def _without_doubles(here: list[Stretch]) -> list[Stretch]:
    """An indirect stretch that is nothing but a quotation is the quotation."""
    direct_spans = [s.content[0] for s in here if s.kind == "Direct"]
    kept = []
    for stretch in here:
        if stretch.kind in ("Indirect", "IndirectFreeIndirect"):
            outside = sum(b - a for a, b in stretch.content)
            covered = sum(max(0, min(b, d) - max(a, c)) for a, b in stretch.content for c, d in direct_spans)
            if covered >= 0.85 * outside:
                continue
        kept.append(stretch)
    return kept


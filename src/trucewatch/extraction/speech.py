"""Every stretch of reported speech in a text (codebook section 11): who says what, in which words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from trucewatch.extraction.speech_cues import Cues, cues
from trucewatch.extraction.speech_frames import anaphoric_frame, verb_frames
from trucewatch.extraction.speech_interview import interviews
from trucewatch.extraction.speech_model import Source, Stretch
from trucewatch.extraction.speech_nouns import asked_frames, noun_frames
from trucewatch.extraction.speech_phrases import colon_frame, onward_frame, phrase_frames, so_frame
from trucewatch.extraction.speech_quotes import direct
from trucewatch.extraction.speech_runon import (
    claimed_subclauses,
    free_indirect,
    reported_acts,
    run_on,
    speaks,
    subordinate_runs,
    topic_of,
    witnesses,
)
from trucewatch.extraction.speech_semicolon import behind_semicolon
from trucewatch.extraction.speech_sources import inner_span
from trucewatch.extraction.speech_trust import trust_frames
from trucewatch.language.analysis import Analysis, Quotation, Sentence

__all__ = ["Source", "Stretch", "find_speech"]


_JOINED = ("IndirectFreeIndirect", "FreeIndirect")
"""Kinds whose sentences in a row are one stretch."""


_LONGEST = 400
"""No sentence has more tokens; what does is a table or a line without end, and holds no frames."""


@dataclass(slots=True)
class _Memory:
    """What the sentences before have left."""

    last: Source | None = None
    """The last source."""
    topic: Source | None = None
    """Who acted in the sentence before, where it held no speech."""
    running: bool = False
    """The sentence before held speech."""
    reporting: bool = False
    """That speech was in Konjunktiv."""
    spoken: bool = False
    """The sentence before told of saying."""
    paragraph: int = -1
    """The paragraph of the last sentence that held speech."""
    author: Source | None = None
    """The last source that saw or counted for itself, the likely author of "the report" spoken of later."""
    previous: Stretch | None = None
    """The last stretch that is no quotation."""
    found: list[Stretch] = field(default_factory=list)


def find_speech(analysis: Analysis) -> list[Stretch]:
    """All stretches of reported speech, in text order. Stretches may nest (a quotation inside an indirect one)."""
    known = cues(analysis.language)
    if not known.verbs:
        return []
    quoted: dict[int, list[Quotation]] = {}
    for quotation in analysis.quotations:
        if quotation.first <= quotation.last:
            quoted.setdefault(analysis.tokens[quotation.first].sentence, []).append(quotation)
    memory = _Memory()
    for sentence in analysis.sentences:
        here = _in_sentence(analysis, sentence, known, quoted.get(sentence.i, []), memory)
        _remember(analysis, sentence, known, here, memory)
    memory.found[:0] = [second for s in memory.found if (second := _second_hand(analysis, s)) is not None]
    memory.found += interviews(analysis)
    memory.found.sort(key=lambda s: (s.content[0], s.content[-1][1]))
    return memory.found


def _second_hand(analysis: Analysis, stretch: Stretch) -> Stretch | None:
    """ "Die Zeitung zitiert den Arzt mit den Worten …": what the doctor says is also what the paper says."""
    via = stretch.source.via
    if via is None or not stretch.source.relayed or stretch.inherited:
        return None
    return replace(stretch, source=Source(via, [inner_span(analysis, via)]))


def _remember(analysis: Analysis, sentence: Sentence, known: Cues, here: list[Stretch], memory: _Memory) -> None:
    """Join a sentence of running Konjunktiv to the one before, and keep who spoke last."""
    near = memory.running and sentence.i > 0 and analysis.sentences[sentence.i - 1].paragraph == sentence.paragraph
    for stretch in here:
        stretch.context = memory.last or memory.topic if near else None
        stretch.author = memory.author
        stretch.inherited_near = stretch.inherited and near
        previous = memory.previous
        if stretch.kind in _JOINED and previous is not None and previous.kind == stretch.kind:
            if previous.sentence_end == sentence.i - 1:
                previous.content = [(previous.content[0][0], stretch.content[-1][1])]
                previous.sentence_end = sentence.i
                continue
        memory.found.append(stretch)
        memory.previous = stretch if stretch.kind != "Direct" else memory.previous
    memory.running = bool(here)
    memory.paragraph = sentence.paragraph if here else memory.paragraph
    memory.reporting = any(analysis.clauses[n].mood in ("subjunctive1", "subjunctive2") for n in sentence.clauses)
    memory.spoken = memory.running or speaks(analysis, sentence, known)
    outer = [s for s in here if s.source.spans and not _inside_another(s, here)]
    if outer:
        memory.last = max(outer, key=lambda s: (s.frame or s.content)[0]).source
    if witnesses(analysis, sentence, known):
        memory.author = topic_of(analysis, sentence, known) or memory.author
    memory.topic = None if here else topic_of(analysis, sentence, known)


def _inside_another(stretch: Stretch, here: list[Stretch]) -> bool:
    """Whether the frame of this stretch stands in the content of another one with another source."""
    if not stretch.frame:
        return stretch.kind == "Direct"
    at = stretch.frame[0][0]
    return any(s is not stretch and s.source is not stretch.source and s.covers(at, at + 1) for s in here)


def _in_sentence(
    analysis: Analysis, sentence: Sentence, known: Cues, quotations: list[Quotation], memory: _Memory
) -> list[Stretch]:
    if sentence.last - sentence.first > _LONGEST:
        return []
    last, running = memory.last, memory.running
    near = running and sentence.i > 0 and analysis.sentences[sentence.i - 1].paragraph == sentence.paragraph
    here = verb_frames(analysis, sentence, known) + phrase_frames(analysis, sentence, known)
    singles = (
        so_frame(analysis, sentence, known),
        anaphoric_frame(analysis, sentence, known),
        onward_frame(analysis, sentence, known, last, memory.spoken),
        colon_frame(analysis, sentence, known),
    )
    for framed in singles:
        if framed is not None:
            here.append(framed)
    here += noun_frames(analysis, sentence, known, _held(analysis, sentence, here))
    here += asked_frames(analysis, sentence, known) + trust_frames(analysis, sentence, known)
    here += behind_semicolon(analysis, sentence, here)
    if not here:
        here += subordinate_runs(analysis, sentence, known)
    if not here:
        stretch = run_on(analysis, sentence, known, last, memory.topic, running, memory.spoken, memory.reporting)
        stretch = stretch or free_indirect(
            analysis, sentence, known, last, near, memory.spoken or memory.paragraph == sentence.paragraph
        )
        if stretch is not None:
            here.append(stretch)
    elif running and not any(s.kind == "IndirectFreeIndirect" for s in here):
        outer = run_on(analysis, sentence, known, last, memory.topic, running, memory.spoken, memory.reporting)
        if outer is not None and any(s.clause == outer.clause and s.rule.startswith("verb") for s in here):
            here.append(outer)
    here += [s for q in quotations if (s := direct(analysis, q, known, here, last, memory.topic)) is not None]
    here = _without_doubles(analysis, here)
    if not here:
        here += claimed_subclauses(analysis, sentence, known, last, memory.topic)
    if not any(s.kind in ("IndirectFreeIndirect", "FreeIndirect") or s.rule == "subordinate" for s in here):
        here += reported_acts(analysis, sentence, known, {s.clause for s in here if s.clause is not None})
    return here


def _held(analysis: Analysis, sentence: Sentence, here: list[Stretch]) -> set[int]:
    """The clauses of the sentence that lie wholly in what somebody says."""
    return {
        number
        for stretch in here
        for number in sentence.clauses
        if any(a <= analysis.clauses[number].start and analysis.clauses[number].end <= b for a, b in stretch.content)
    }


def _without_doubles(analysis: Analysis, here: list[Stretch]) -> list[Stretch]:
    """An indirect stretch that is nothing but a quotation is the quotation."""
    quoted = [s.content[0] for s in here if s.kind == "Direct"]
    kept = []
    for stretch in here:
        if stretch.kind in ("Indirect", "IndirectFreeIndirect"):
            outside = 0
            for a, b in stretch.content:
                inside = [(max(a, c), min(b, d)) for c, d in quoted if max(a, c) < min(b, d)]
                outside += b - a - sum(d - c for c, d in inside)
            if not outside and quoted:
                continue
        kept.append(stretch)
    return kept

"""Interviews: "Brandt: Weil jede Familie …" — what stands behind the name, to the next question, is that person's word."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from trucewatch.extraction.speech_model import Source, Stretch
from trucewatch.language.analysis import Analysis, Phrase, Sentence

_LONGEST_LABEL = 4
"""A name before the colon has at most so many words."""
_TURNS = 2
"""So many paragraphs must begin with a name: one line with a colon is no interview."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """A paragraph that begins with a name and a colon, or none (``colon`` -1)."""

    sentences: list[Sentence]
    colon: int = -1

    def asks(self, analysis: Analysis) -> bool:
        """The paragraph ends in a question."""
        return analysis.tokens[self.sentences[-1].last].text == "?"


def interviews(analysis: Analysis) -> list[Stretch]:
    """A stretch for every answer of every interview in the text (codebook 5: quotation), in text order.

    An interview is told by its form: some paragraph asks, and either two begin with the same name and a colon, or one stands
    right behind the question. Questions are nobody's word; an answer goes on over paragraphs without a name.

    Example: "Wer schießt dort?" / "Brandt: Die Miliz hat das Dorf angegriffen." gives one stretch of Brandt's.
    """
    turns = [_turn(analysis, paragraph) for paragraph in _paragraphs(analysis)]
    names = Counter(_name(analysis, turn) for turn in turns if turn.colon >= 0)
    if not names or not any(turn.asks(analysis) for turn in turns):
        return []
    answered = any(a.asks(analysis) and b.colon >= 0 and not b.asks(analysis) for a, b in pairwise(turns))
    if max(names.values()) < _TURNS and not answered:
        return []
    found: list[Stretch] = []
    speaker: Source | None = None
    for turn in turns:
        if turn.asks(analysis) or turn.sentences[0].kind == "headline":
            speaker = None
            continue
        if turn.colon >= 0:
            speaker = _speaker(analysis, turn)
        if speaker is not None:
            found.append(_answer(analysis, turn, speaker))
    return found


def _paragraphs(analysis: Analysis) -> list[list[Sentence]]:
    found: list[list[Sentence]] = []
    for sentence in analysis.sentences:
        if found and found[-1][0].paragraph == sentence.paragraph:
            found[-1].append(sentence)
        else:
            found.append([sentence])
    return found


def _turn(analysis: Analysis, sentences: list[Sentence]) -> _Turn:
    """The paragraph with the colon behind the name that it begins with."""
    first, tokens = sentences[0].first, analysis.tokens
    for i in range(first + 1, min(first + _LONGEST_LABEL + 1, sentences[0].last)):
        if tokens[i].text == ":" and tokens[i].start == tokens[i - 1].end:
            named = all(t.coarse in ("NOUN", "PROPN", "X") for t in tokens[first:i])
            return _Turn(sentences, i if named else -1)
    return _Turn(sentences)


def _name(analysis: Analysis, turn: _Turn) -> str:
    return analysis.text[turn.sentences[0].start : analysis.tokens[turn.colon].start]


def _speaker(analysis: Analysis, turn: _Turn) -> Source:
    first, head = turn.sentences[0].first, turn.colon - 1
    tokens = analysis.tokens
    phrase = Phrase(
        "noun", first, head, tokens[first].start, tokens[head].end, head, tokens[head].lemma, core_first=first, core_last=head,
    )  # fmt: skip
    return Source(phrase, [(phrase.start, phrase.end)])


def _answer(analysis: Analysis, turn: _Turn, speaker: Source) -> Stretch:
    begin = turn.colon + 1 if turn.colon >= 0 else turn.sentences[0].first
    content = (analysis.tokens[begin].start, analysis.tokens[turn.sentences[-1].last].end)
    return Stretch(
        "Direct", [content], speaker, "interview", turn.sentences[0].i,
        frame=list(speaker.spans) if turn.colon >= 0 else [], sentence_end=turn.sentences[-1].i,
    )  # fmt: skip

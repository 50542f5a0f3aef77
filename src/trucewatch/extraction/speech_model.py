"""What the speech rooms share: the stretch of reported speech, its source, and spans over tokens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from trucewatch.language.analysis import Analysis, Clause, Phrase
from trucewatch.record import Span, SpeechKind


@dataclass(slots=True)
class Source:
    """Who speaks: ``phrase`` names the speaker (None: nobody named), ``spans`` are its words inside the frame."""

    phrase: Phrase | None = None
    spans: list[Span] = field(default_factory=list)
    via: Phrase | None = None
    """The second hand that passes the words on."""
    relayed: bool = False
    """The second hand gives the words as its own report ("die Zeitung zitiert den Arzt"), so it says them too."""
    vague: bool = False
    """The frame names a source that is nobody in particular ("ersten Berichten zufolge")."""


@dataclass(slots=True)
class Stretch:
    """One stretch of reported speech (codebook section 11). Spans are ``[start, end)`` code points, in text order."""

    kind: SpeechKind
    content: list[Span]
    source: Source
    rule: str
    sentence: int
    """The sentence that holds the frame, or where the content begins."""
    cue: list[Span] = field(default_factory=list)
    frame: list[Span] = field(default_factory=list)
    addressee: list[Span] = field(default_factory=list)
    addressee_phrase: Phrase | None = None
    inherited: bool = False
    """The speaker comes from the context, not from a frame of its own."""
    context: Source | None = None
    """For a frame that names nobody ("wurde aufgefordert"): the source right before it, if one is near."""
    author: Source | None = None
    """The likely author where the frame names a document without one ("heißt es in dem Bericht")."""
    inherited_near: bool = False
    """Inherited from the sentence right before, in the same paragraph."""
    clause: int | None = None
    """The clause of the frame (or of the reported act)."""
    sentence_end: int = -1
    """The last sentence that the content reaches into; -1: ``sentence``."""

    def __post_init__(self) -> None:
        """Set the default of ``sentence_end``."""
        if self.sentence_end < 0:
            self.sentence_end = self.sentence

    @property
    def speaker(self) -> Phrase | None:
        """The phrase that names the speaker."""
        return self.source.phrase

    @property
    def speaker_spans(self) -> list[Span]:
        """The words for the source."""
        return self.source.spans

    @property
    def via(self) -> Phrase | None:
        """The second hand."""
        return self.source.via

    def covers(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` begins inside the content."""
        return any(a <= start < b for a, b in self.content)

    def length(self) -> int:
        """Code points of content."""
        return sum(b - a for a, b in self.content)


EDGES = frozenset(",.;:–—-!?…") | {"..", "..."}
"""Marks that a content span neither begins nor ends with."""


def spans_of(analysis: Analysis, first: int, last: int, without: Iterable[int] = (), strip: bool = True) -> list[Span]:
    """The code point spans of tokens ``first`` to ``last`` (inclusive) less ``without``, edges free of marks."""
    holes = set(without)
    tokens = analysis.tokens
    runs: list[list[int]] = []
    for i in range(max(first, 0), min(last, len(tokens) - 1) + 1):
        if i in holes:
            continue
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    spans: list[Span] = []
    for run in runs:
        low, high = 0, len(run) - 1
        if strip:
            while low <= high and tokens[run[low]].text in EDGES:
                low += 1
            while high >= low and tokens[run[high]].text in EDGES:
                high -= 1
        if low <= high and any(tokens[i].text[0].isalnum() for i in run[low : high + 1]):
            spans.append((tokens[run[low]].start, tokens[run[high]].end))
    return spans


def phrase_spans(phrase: Phrase | None) -> list[Span]:
    """The words of a phrase as a list of one span, empty for None."""
    return [] if phrase is None or phrase.end <= phrase.start else [(phrase.start, phrase.end)]


def descendants(analysis: Analysis, roots: Iterable[int], without: Iterable[int] = ()) -> list[Clause]:
    """The clauses ``roots`` and everything below them, never going into ``without``."""
    barred, found, todo = set(without), [], list(roots)
    while todo:
        number = todo.pop()
        if number in barred:
            continue
        barred.add(number)
        found.append(analysis.clauses[number])
        todo.extend(analysis.clauses[number].children)
    return found

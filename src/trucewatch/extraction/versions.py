"""Another source's bare number: "Die Taliban sprachen von drei Toten, das Krankenhaus zählte hingegen elf".

The harm is that of the number told before; who gives the second number is the subject of its clause (codebook 13.1).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from trucewatch.extraction.actors import Actors
from trucewatch.extraction.frames import FrameTable
from trucewatch.extraction.happening import Happening, Said, Toll, toll_of
from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Analysis, Clause, Phrase

_REACH = 1
"""Sentences between the number that names the harm and the bare one."""


class Versions:
    """Finds the counts that name a source and a number, and leave out what is counted."""

    def __init__(self, analysis: Analysis, actors: Actors, frames: FrameTable, side: Callable[[int], int]) -> None:
        self.analysis = analysis
        self.actors = actors
        self.side = side
        words = table(f"losses.{analysis.language}")["version"]
        self.verbs = frozenset(words["verbs"])
        self.prepositions = frozenset((None, *words["prepositions"]))
        self.frame = next(f for group in frames.verbs.values() for f in group if f.tally == "version")

    def find(self, told: Sequence[Happening]) -> list[Happening]:
        """A happening for each bare number that another source sets beside one of ``told``."""
        taken = {t.span[0] for h in told for t in h.tolls}
        found = []
        for clause in self.analysis.clauses:
            number = self._number(clause)
            who = clause.object if number is clause.subject else clause.subject
            if (
                number is None
                or who is None
                or who.pronoun
                or number.quantity is None
                or number.quantity.start in taken
            ):
                continue
            source = next(iter(self.actors.of(who)), None)
            before = self._before(told, clause, number)
            if before is not None and not self._own(before[0], source):
                found.append(self._version(clause, number, source, *before))
        return found

    def _number(self, clause: Clause) -> Phrase | None:
        """A number without a noun, told with a verb of counting or speaking."""
        if clause.predicate not in self.verbs or clause.voice == "passive" or clause.negated:
            return None
        for phrase in clause.phrases:
            quantity, head = phrase.quantity, self.analysis.tokens[phrase.head]
            bare = quantity is not None and quantity.until == head.end and head.coarse in ("NUM", "NOUN", "PRON")
            if bare and phrase.preposition in self.prepositions and not phrase.genitives:
                return phrase
        return None

    def _before(self, told: Sequence[Happening], clause: Clause, number: Phrase) -> tuple[Happening, Toll] | None:
        near = [
            (h, t)
            for h in told
            for t in h.tolls
            if not t.part and t.span[1] <= number.start and clause.sentence - h.sentence in range(_REACH + 1)
        ]
        return max(near, key=lambda pair: pair[1].span, default=None)

    def _own(self, told: Happening, source: int | None) -> bool:
        """The source of the number before goes on ("sprach von drei Toten, zählte aber später elf")."""
        speaker = told.said.speaker
        return speaker is not None and source is not None and self.side(speaker) == self.side(source)

    def _version(self, clause: Clause, number: Phrase, source: int | None, told: Happening, toll: Toll) -> Happening:
        assert number.quantity is not None
        token = self.analysis.tokens[number.head]
        verb = self.analysis.tokens[clause.predicate_tokens[0]] if clause.predicate_tokens else token
        said = Said("attributed", source, None, (verb.start, verb.end))
        count = toll_of(toll.harm, toll.who, number.quantity)
        count.said = replace(said)
        return Happening(
            frame=self.frame,
            type="HARM",
            mode=toll.harm,
            token=token.i,
            trigger=(token.start, token.end),
            clause=clause,
            sentence=clause.sentence,
            targets=list(told.targets),
            tolls=[count],
            said=said,
            why=[f"another source's number for what is told at {toll.span[0]}–{toll.span[1]}"],
        )

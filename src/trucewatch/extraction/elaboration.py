"""The same happening told at length: a headline in its lead, a lead in the sentence that gives its details.

No word points back here ("der Angriff"); what speaks for one happening is where the two stand in the report. Anything that
tells them apart (places, times, sides, numbers, a word like "erneut" or "zudem") speaks against it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucewatch.extraction.happening import Happening
from trucewatch.extraction.merging_words import merging_words
from trucewatch.language.analysis import Analysis

if TYPE_CHECKING:
    from trucewatch.extraction.told_again import Sides

_ACTS = frozenset({"ASSAULT", "ADVANCE", "RETREAT", "COERCE", "AID"})
_PEOPLE = frozenset({"RETREAT", "COERCE"})
"""Acts on people, of which an attribute tells in passing ("der verschleppte Techniker")."""
_NEAR = 2


class Elaboration:
    """Compares an earlier happening with a later one that may tell the same in other words."""

    def __init__(self, analysis: Analysis, sides: Sides) -> None:
        self.analysis = analysis
        self.sides = sides
        self.words = merging_words(analysis.language)
        body = [i for i, s in enumerate(analysis.sentences) if s.kind not in ("headline", "byline")]
        self.lead = body[0] if body else -1

    def same(self, earlier: Happening, later: Happening, modes_meet: bool) -> bool:
        """Does ``later`` tell ``earlier`` at length? The two are of one type; places, times and numbers meet."""
        if later.type not in _ACTS or earlier.background and not self._attribute(earlier):
            return False
        if later.frame.noun and not earlier.headline or later.count != earlier.count or later.status != earlier.status:
            return False
        if self._apart(earlier, later) or self._adds(later):
            return False
        if not modes_meet and earlier.frame.word != later.frame.word:
            return False
        return (
            self._lead_of_headline(earlier, later)
            or self._details(earlier, later)
            or self._weapon_again(earlier, later)
            or self._after_attribute(earlier, later)
        )

    def _apart(self, earlier: Happening, later: Happening) -> bool:
        """Two named sides or targets; unnamed people may be anybody ("ein Mann", "der Agent")."""
        doers = [[a for a in h.actors if self.sides.named(a)] for h in (earlier, later)]
        if self.sides.apart(*doers):
            return True
        named = [[t for t in h.targets if self.sides.named(t)] for h in (earlier, later)]
        return bool(named[0] and named[1]) and self.sides.apart(*named)

    def _adds(self, later: Happening) -> bool:
        """ "zudem", "erneut", "weitere": another act of the kind."""
        clause = later.clause
        if clause is None:
            return True
        tokens = self.analysis.tokens
        sentence = self.analysis.sentences[clause.sentence]
        around = {*clause.tokens, *range(sentence.first, min(sentence.first + 2, sentence.last + 1))}
        around.update(i for p in clause.phrases for i in range(p.first, p.last + 1))
        return any(
            tokens[i].lemma.lower() in self.words.adding or tokens[i].text.lower() in self.words.adding for i in around
        )

    def _lead_of_headline(self, earlier: Happening, later: Happening) -> bool:
        """The lead's first act of the headline's kind."""
        return earlier.headline and not later.headline and later.sentence == self.lead and not earlier.mentions

    def _details(self, earlier: Happening, later: Happening) -> bool:
        """ "hat nach eigenen Angaben … getötet. Kampfjets hätten … angegriffen, teilte der Generalstab mit"."""
        clause = later.clause
        many = earlier.frame.noun and earlier.phrase is not None and earlier.phrase.number == "plural"
        if clause is None or many or not earlier.sentence <= self.lead <= earlier.last_told:
            return False
        if later.sentence != earlier.last_told + 1:
            return False
        return later.said.kind == "attributed" and clause.mood.startswith("subjunctive")

    def _weapon_again(self, earlier: Happening, later: Happening) -> bool:
        """ "wurde gesprengt. Der Sprengsatz habe die Leitung aufgerissen": the weapon of the act told just before."""
        clause = later.clause
        subject = clause.subject if clause is not None else None
        if later.type != "ASSAULT" or subject is None or later.sentence - earlier.last_told > _NEAR:
            return False
        if subject.determiner not in ("definite", "demonstrative") or later.actors:
            return False
        return later.mode is not None and earlier.mode == later.mode

    def _attribute(self, happening: Happening) -> bool:
        return happening.clause is not None and happening.clause.relation == "participle"

    def _after_attribute(self, earlier: Happening, later: Happening) -> bool:
        """ "Ein verschleppter Techniker ist frei. Die Miliz hatte den Mann vor einer Woche entführt"."""
        told = self._attribute(earlier) and not self._attribute(later)
        return told and later.type in _PEOPLE and later.mode == earlier.mode

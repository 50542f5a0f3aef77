"""Which candidates count as events, and why the others are withheld: unreal, refuted, of another matter, or everyday words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from trucewatch.extraction.domain import Domain
from trucewatch.extraction.evidence import Evidence, Witness
from trucewatch.extraction.happening import Happening
from trucewatch.extraction.unreal import Unreal
from trucewatch.record import OFF_TOPIC

_REACH = 2
"""Sentences of its paragraph that an act that stands for itself speaks for."""
_AGAINST = -2.0
"""A sentence that speaks so much of another matter takes no support from its neighbours."""
_DENSE = -4.0
"""A sentence and its neighbours that speak so much of another matter need an act that shows something for itself."""


class Gate:
    """Decides candidate by candidate; the local evidence comes first, then the sentence, then the report."""

    def __init__(self, domain: Domain, witness: Witness, unreal: Unreal) -> None:
        self.domain = domain
        self.witness = witness
        self.unreal = unreal
        self.anchors: list[Happening] = []
        """Acts that stand for themselves."""
        self.kept = 0
        self.withheld: dict[int, str] = {}
        """Token -> why its candidate is withheld."""

    def look(self, candidates: Iterable[Happening]) -> None:
        """Find the acts that stand for themselves among all candidates, before any is decided."""
        if not self.domain.known:
            return
        for happening in candidates:
            if (
                happening.type in ("ASSAULT", "ADVANCE", "COERCE", "VIOLATE", "RETREAT")
                and self.unreal.of(happening) is None
            ):
                if self.witness.of(happening).stands:
                    self.anchors.append(happening)

    def admits(self, happening: Happening) -> bool:
        """Is the candidate an event?"""
        why = self._objection(happening)
        if why is None:
            self.kept += 1
            return True
        self.withheld.setdefault(happening.token, why)
        return False

    def _objection(self, happening: Happening) -> str | None:
        tale = self.unreal.of(happening)
        if tale is not None:
            return self.unreal.name(tale)
        if not self.domain.known:
            return None
        evidence = self.witness.of(happening)
        if evidence.refuted:
            return self._other(evidence)
        if evidence.stands and happening.type != "HARM":
            if self.domain.hostile() or not self.domain.conflict(happening.sentence):
                happening.why.append("stands for itself: " + ", ".join(evidence.reasons))
            return None
        near = self._near(happening)
        if near and not (happening.frame.weak and happening.type not in ("HARM", "DAMAGE")):
            return None
        if self.domain.hostile():
            return self.domain.matter() or _LITTLE
        if happening.frame.weak and not self.domain.conflict(happening.sentence, happening.frame.scene):
            return self.domain.matter() or _LITTLE
        if not self.domain.pure and evidence.total <= 0 and self.domain.near(happening.sentence) <= _DENSE:
            return self.domain.matter() or _LITTLE
        return None

    def _near(self, happening: Happening) -> bool:
        """An act that stands for itself is told right before or in the same sentence ("… Zwölf Fans starben")."""
        if happening.type != "HARM" and self.domain.scores[happening.sentence] <= _AGAINST:
            return False
        paragraphs = self.domain.paragraphs
        return any(
            0 <= happening.sentence - anchor.sentence <= _REACH
            and paragraphs[anchor.sentence] == paragraphs[happening.sentence]
            for anchor in self.anchors
        )

    def _other(self, evidence: Evidence) -> str:
        return (
            f"{evidence.family.replace('_', ' ')}: {', '.join(evidence.reasons)}"
            if evidence.family
            else ", ".join(evidence.reasons)
        )

    def speaks_of_conflict(self, sentence: int) -> bool:
        """May a plain statement of this sentence count?"""
        return (not self.domain.hostile() or bool(self.anchors)) and self.domain.conflict(sentence)

    def note(self, events: Sequence[Happening]) -> str | None:
        """One line where possible events are withheld and none is left, or some are told as unreal."""
        if not self.withheld or events:
            return None
        told = Counter(self.withheld.values()).most_common(1)[0][0]
        count = len(self.withheld)
        return f"{OFF_TOPIC} ({told}): {count} possible event{'s' if count > 1 else ''} withheld"


_LITTLE = "little speaks of a conflict"

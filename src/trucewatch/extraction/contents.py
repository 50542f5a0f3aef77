"""What a speech act holds: which clauses and nouns are the content of a demand, a threat, an agreement (codebook 13.7–13.10)."""

from __future__ import annotations

from trucewatch.extraction.conditions import setting
from trucewatch.extraction.happening import Happening
from trucewatch.extraction.matching import Matcher
from trucewatch.language.analysis import Analysis, Clause, Phrase

_CLAUSES = {"complement": ("complement", "question"), "infinitive": ("infinitive",), "quotation": ("quotation",)}


class Contents:
    """For every token: the speech act whose content it stands in, the innermost first."""

    def __init__(self, analysis: Analysis, matcher: Matcher) -> None:
        self.analysis = analysis
        self.matcher = matcher
        self.holder: dict[int, Happening] = {}

    def note(self, act: Happening) -> None:
        """Remember the content of ``act``; later (inner) acts go over earlier ones."""
        if not act.frame.content or act.clause is None:
            return
        for slot in act.frame.content:
            relations = _CLAUSES.get(slot)
            if relations is not None:
                for child in self._children(act):
                    if child.relation in relations:
                        self._clause(act, child)
                continue
            for phrase in self._phrases(act, slot):
                self._hold(act, range(phrase.first, phrase.last + 1))
                for inner in phrase.attached:
                    self._hold(act, range(inner.first, inner.last + 1))

    def _children(self, act: Happening) -> list[Clause]:
        clause = act.clause
        assert clause is not None
        found = [self.analysis.clauses[c] for c in clause.children]
        if act.frame.noun and act.phrase is not None:
            return [c for c in found if c.start >= act.phrase.end]
        return found

    def _phrases(self, act: Happening, slot: str) -> list[Phrase]:
        clause = act.clause
        assert clause is not None
        if act.frame.noun and act.phrase is not None:
            return self.matcher.slot(clause, slot, act.phrase)
        if slot == "object" and clause.voice == "passive":
            return [clause.object] if clause.object is not None else []
        return [p for p in self.matcher.slot(clause, slot) if not setting(p)]

    def _clause(self, act: Happening, clause: Clause) -> None:
        seen: set[int] = set()
        todo = [clause]
        while todo:
            current = todo.pop()
            if current.i in seen:
                continue
            seen.add(current.i)
            self._hold(act, current.tokens)
            for phrase in current.phrases:
                self._hold(act, range(phrase.first, phrase.last + 1))
            todo.extend(
                self.analysis.clauses[c]
                for c in current.children
                if self.analysis.clauses[c].relation in ("coordinated", "infinitive", "complement")
            )

    def _hold(self, act: Happening, tokens: range | list[int]) -> None:
        for i in tokens:
            if i != act.token:
                self.holder[i] = act

    def of(self, happening: Happening) -> Happening | None:
        """The speech act whose content ``happening`` is, or None."""
        act = self.holder.get(happening.token)
        return act if act is not happening else None

"""When: the time that the words tie to an event (codebook section 7)."""

from __future__ import annotations

from trucewatch.extraction.happening import Happening
from trucewatch.extraction.setting import Setting, hanging
from trucewatch.extraction.times import time_span
from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Analysis, Clause
from trucewatch.record import TimeExpression

_DEADLINED = frozenset({"THREATEN", "REQUEST"})
"""Acts whose deadline is a time of what they ask for, not of their own."""
_CLAUSES_UP = 3
_DEADLINE_REACH = 300
"""Code points within which a clause points back to a deadline."""


class Dating:
    """Finds the times of happenings; none by guess."""

    def __init__(self, analysis: Analysis, setting: Setting) -> None:
        self.analysis = analysis
        self.setting = setting

    def fill(self, happening: Happening) -> None:
        """Set the happening's time: from its noun's own phrase, else from its clause or the one that governs it."""
        best = self._own_time(happening)
        for told in self.setting.told_of(happening):
            best = best or self._clause_time(told, happening)
        happening.spoken_of = self.setting.framing.speaks_of(happening)
        aside = self.setting.aside(happening)
        happening.framed = aside or happening.spoken_of
        happening.long_ago = (aside or happening.spoken_of) and self.setting.framing.long_ago(happening)
        if best is None and happening.spoken_of:
            best = self._moved_to(happening)
        clause = None if aside or happening.spoken_of else happening.clause
        for _ in range(_CLAUSES_UP):
            if best is not None or clause is None:
                break
            best = self._clause_time(clause, happening)
            clause = self._above(clause)
        if best is None:
            best = self._deadline_before(happening)
        if best is None and (clause := happening.clause) is not None and clause.tense != "pluperfect":
            best = self.setting.chronology.of(happening.trigger[0])
            happening.chronicled = best is not None
        if best is None:
            return
        span = time_span(best, self.analysis.text, self.analysis.language)
        if happening.type in _DEADLINED and span.from_ is None and span.precision != "vague":
            return  # "ein Ultimatum bis Ende Februar": the deadline is the content's
        happening.time = span
        happening.why.append(f"time from the words at {best.expression[0]}–{best.expression[1]}")

    def _own_time(self, happening: Happening) -> TimeExpression | None:
        if happening.phrase is None:
            return None
        low, high = (
            self.setting.chain(happening.clause, happening.phrase)
            if self.setting.aside(happening)
            else (happening.phrase.start, max([happening.phrase.end, *(p.end for p in hanging(happening.phrase))]))
        )
        found = [t for t in self.setting.times if low <= t.expression[0] < high]
        return next((t for t in found if t.precision != "vague"), found[0] if found else None)

    def _moved_to(self, happening: Happening) -> TimeExpression | None:
        """ "ist auf den 20. November verschoben worden": the time to come of what its clause only speaks of."""
        clause, words = happening.clause, self.setting.framing.words
        ahead = [p for p in clause.phrases if p.preposition in words.moved] if clause is not None else []
        found = [t for p in ahead for t in self.setting.times if p.start <= t.expression[0] < p.end]
        return found[0] if found else None

    def _deadline_before(self, happening: Happening) -> TimeExpression | None:
        """ "Bis dahin müssten …": the deadline told last, not far before the clause."""
        clause = happening.clause
        if clause is None:
            return None
        words = self.analysis.text[clause.start : clause.end].lower()
        if not any(back in words for back in table(f"slots.{self.analysis.language}")["deadline"]["back"]):
            return None
        before = [t for t in self.setting.times if 0 <= clause.start - t.expression[1] <= _DEADLINE_REACH]
        spans = [(t, time_span(t, self.analysis.text, self.analysis.language)) for t in before]
        told = [t for t, span in spans if span.from_ is None and span.to is not None]
        return told[-1] if told else None

    def _above(self, clause: Clause) -> Clause | None:
        """The clause whose time holds here too: the partner of a coordination, a verb that only begins or allows the act."""
        if clause.parent is None:
            return None
        parent = self.analysis.clauses[clause.parent]
        if clause.relation == "coordinated":
            return parent
        if (
            clause.relation == "infinitive"
            and not self.setting.tells(parent)
            and parent.predicate not in self.setting.frames.report_verbs
        ):
            return parent
        return None

    def _clause_time(self, clause: Clause, happening: Happening) -> TimeExpression | None:
        tokens = self.analysis.tokens
        ranges = [(tokens[i].start, tokens[i].end) for i in clause.tokens]
        taken = self.setting.owned(happening, clause)
        found = [
            t
            for t in self.setting.times
            if clause.start <= t.expression[0] < clause.end
            and not any(a <= t.expression[0] < b for a, b in taken)
            and any(s < t.expression[1] and t.expression[0] < e for s, e in ranges)
        ]
        exact = [t for t in found if t.precision not in ("vague", "longer")]
        return min(exact or found, key=lambda t: abs(t.expression[0] - happening.trigger[0]), default=None)

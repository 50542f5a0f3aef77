"""STATE events on reporting verbs whose content holds no event of another type (codebook section 4, rules; 13.19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucewatch.extraction.contents import Contents
from trucewatch.extraction.frames import Frame
from trucewatch.extraction.happening import Happening
from trucewatch.language.analysis import Clause

if TYPE_CHECKING:
    from trucewatch.extraction.events import EventFinder


def statements(finder: EventFinder, merged: list[Happening], contents: Contents) -> list[Happening]:
    """STATE happenings of the report's pure reporting verbs."""
    analysis = finder.analysis
    taken = {h.clause.i for h in merged if h.clause is not None and not h.frame.noun}
    spans = [m for h in merged for m in [h.trigger, *h.mentions]]
    found: list[Happening] = []
    for clause in analysis.clauses:
        mode = finder.table.report_verbs.get(clause.predicate)
        if mode is None or clause.i in taken or clause.subject is None and clause.agent is None or not clause.predicate_tokens:
            continue
        if not finder.domain.conflict(clause.sentence) or finder.domain.hostile():
            continue
        low, high = _content(finder, clause)
        if high <= low or any(low <= s < high for s, _ in spans):
            continue
        if clause.negated or clause.modal is not None or clause.relation == "participle":
            continue
        happening = _statement(finder, clause, mode)
        if happening is not None:
            found.append(happening)
    return found


def _content(finder: EventFinder, clause: Clause) -> tuple[int, int]:
    """Code points of what the clause reports: its complements, and the rest of a run-on stretch."""
    analysis = finder.analysis
    parts = [analysis.clauses[c] for c in clause.children if analysis.clauses[c].relation in ("complement", "infinitive", "quotation", "question")]
    if not parts:
        return 0, 0
    low = min(p.start for p in parts)
    high = max(p.end for p in parts)
    todo = list(parts)
    while todo:
        current = todo.pop()
        high = max(high, current.end)
        todo.extend(analysis.clauses[c] for c in current.children if c > current.i)
    return low, high


def _statement(finder: EventFinder, clause: Clause, mode: str) -> Happening | None:
    around = finder.matcher.surroundings
    content = finder.matcher.surroundings.mode("STATE", around.content(clause)) or mode
    if content == "assert":
        return None
    frame = Frame(id=f"statement-{content}", word=clause.predicate, type="STATE", mode=content, noun=False, actor=("subject",))
    token = clause.predicate_tokens[0]
    tokens = finder.analysis.tokens
    happening = Happening(frame, "STATE", content, token, (tokens[token].start, tokens[token].end), clause, sentence=clause.sentence)
    finder.roles.fill(happening)
    happening.mode = content
    if not happening.actors:
        return None
    finder.statuses.decide(happening, None)
    finder._voice(happening, None)
    return happening

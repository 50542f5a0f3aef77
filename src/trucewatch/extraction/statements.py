"""STATE events on words of saying whose content holds no event of another type (codebook section 4, rules; 13.19)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trucewatch.extraction.contents import Contents
from trucewatch.extraction.frames import Frame
from trucewatch.extraction.happening import Happening, Said
from trucewatch.extraction.speech_model import Stretch
from trucewatch.language.analysis import Clause, Token
from trucewatch.record import Span

if TYPE_CHECKING:
    from trucewatch.extraction.events import EventFinder

_MOST_ASSERTED = 5
"""Words that a plain assertion must have at least, to be more than a remark."""
_SAID = ("Direct", "Indirect")


def statements(finder: EventFinder, merged: list[Happening], contents: Contents) -> list[Happening]:
    """STATE happenings of the report's pure words of saying, in text order."""
    taken = {h.clause.i for h in merged if h.clause is not None and not h.frame.noun}
    told = sorted(m for h in merged for m in [h.trigger, *h.mentions, *(t.span for t in h.tolls)])
    found: list[Happening] = []
    stretches = finder.voices.stretches
    for number, stretch in enumerate(stretches):
        if stretch.kind not in _SAID or stretch.inherited or not stretch.content:
            continue
        if not finder.gate.speaks_of_conflict(stretch.sentence):
            continue
        word = _word(finder, stretch, taken)
        if word is None or _holds(stretch.content, told):
            continue
        token, mode, clause = word
        mode = _mode(finder, stretch, clause) or mode
        if mode == "assert" and not _asserts(finder, stretch, stretches[number + 1 :], told):
            continue
        happening = _statement(finder, stretch, token, mode, clause)
        if happening is not None and not any(h.token == token.i for h in found):
            found.append(happening)
    return found


def _word(finder: EventFinder, stretch: Stretch, taken: set[int]) -> tuple[Token, str, Clause | None] | None:
    """The verb or noun of saying that the stretch hangs on, the mode that it gives by itself, and its clause."""
    analysis, table = finder.analysis, finder.table
    if stretch.clause is not None:
        clause = analysis.clauses[stretch.clause]
        mode = table.report_verbs.get(clause.predicate)
        if mode is not None and clause.predicate_tokens:
            if clause.i in taken or clause.negated or clause.modal is not None or clause.relation == "participle":
                return None
            return analysis.tokens[clause.predicate_tokens[0]], mode, clause
    for start, end in [*stretch.cue, *stretch.frame]:
        token = analysis.token_at(start)
        while token is not None and token.start < end:
            mode = table.report_nouns.get(token.lemma.lower())
            if mode is not None and token.coarse == "NOUN":
                return token, mode, analysis.clause_of(token.i)
            token = analysis.tokens[token.i + 1] if token.i + 1 < len(analysis.tokens) else None
    return None


def _holds(content: Sequence[Span], told: Sequence[Span]) -> bool:
    return any(low <= start < high for low, high in content for start, _ in told)


def _mode(finder: EventFinder, stretch: Stretch, clause: Clause | None) -> str | None:
    """What the words of the content make of the statement."""
    around = finder.matcher.surroundings
    found: set[str] = set()
    for low, high in stretch.content:
        token = finder.analysis.token_at(low)
        while token is not None and token.start < high:
            found |= around.forms(token.i)
            token = finder.analysis.tokens[token.i + 1] if token.i + 1 < len(finder.analysis.tokens) else None
    return around.mode("STATE", frozenset(found))


def _asserts(finder: EventFinder, stretch: Stretch, later: Sequence[Stretch], told: Sequence[Span]) -> bool:
    """Is a plain assertion worth an event: long enough, and nothing that runs on from it holds another event?"""
    if stretch.rule.startswith("anaphor"):
        return False  # "dies berichtet das Institut": the sentence before stands for itself
    speaker = finder._one(stretch.speaker)
    if stretch.kind != "Direct" and speaker is not None and finder.actors.all[speaker].kind == "media":
        return False  # "wie der Sender berichtet" only says where the news comes from
    words = sum(1 for low, high in stretch.content for w in finder.analysis.text[low:high].split() if w[:1].isalnum())
    if words < _MOST_ASSERTED:
        return False
    for follower in later:
        if not follower.inherited:
            break
        if _holds(follower.content, told):
            return False
    return True


def _statement(
    finder: EventFinder, stretch: Stretch, token: Token, mode: str, clause: Clause | None
) -> Happening | None:
    speaker = finder._one(stretch.speaker)
    if speaker is None and stretch.author is not None:
        speaker = finder._one(stretch.author.phrase)
    if speaker is None:
        return None
    noun = clause is None or token.i not in clause.predicate_tokens
    frame = Frame(id=f"statement-{mode}", word=token.lemma.lower(), type="STATE", mode=mode, noun=noun)
    happening = Happening(frame, "STATE", mode, token.i, (token.start, token.end), clause, sentence=token.sentence)
    happening.actors = [speaker]
    if clause is not None and not frame.noun:
        finder.roles.fill(happening)
        happening.mode, happening.actors, happening.targets = mode, [speaker], []
        finder.statuses.decide(happening, None)
        finder._voice(happening, None)
    else:
        happening.said = Said()
    happening.why.append("a statement whose content holds no other event")
    return happening

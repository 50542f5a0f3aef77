"""Standing context that the report does not bring as its news (codebook sections 4 and 6: ``background``)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from trucewatch.extraction.framing import framing_words
from trucewatch.extraction.happening import Happening
from trucewatch.extraction.status import status_words
from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Analysis, Clause
from trucewatch.record import TimeExpression

_OLD_DAYS = 365
_NEWS_TYPES = frozenset({"CONSULT", "REQUEST", "THREATEN"})
_DEEDS = frozenset({"ASSAULT", "HARM", "DAMAGE", "COERCE", "ADVANCE"})
_NEWS_DAYS = 14
"""What happened within so many days of publication is news."""
_CONTEXT_DAYS = 60


def mark_background(analysis: Analysis, happenings: list[Happening], times: Sequence[TimeExpression]) -> None:
    """Set ``background`` on every happening that the words make old or standing context."""
    published = _day(analysis.published)
    words = status_words(analysis.language).adverb["background"]
    standing = standing_sentences(analysis, times)
    fresh = _fresh_paragraphs(analysis, times, published)
    lead = next((s.paragraph for s in analysis.sentences if s.kind == "body"), 0)
    lasting = frozenset(table(f"merging.{analysis.language}")["war"])
    for happening in happenings:
        in_context = happening.sentence in standing and happening.status != "planned" and _may_be_context(happening)
        war = happening.frame.noun and happening.frame.word in lasting and happening.status == "ongoing"
        past = happening.long_ago and happening.time is None or happening.period and happening.status != "planned"
        happening.background = in_context or war or past or _is_background(analysis, happening, published, words)
        if not happening.background and happening.clause is not None:
            paragraph = analysis.sentences[happening.sentence].paragraph
            behind = paragraph > lead and paragraph not in fresh
            happening.background = behind and _told_in_retrospect(happening.clause, happening, published)
    _carry_on(analysis, happenings, published)


def _carry_on(analysis: Analysis, happenings: list[Happening], published: dt.date | None) -> None:
    """What a paragraph goes on to tell in the past behind an act of long ago is of that time as well."""
    past: tuple[int, int] | None = None
    tried = any(h.background and h.long_ago for h in happenings)
    for happening in sorted(happenings, key=lambda h: h.trigger):
        paragraph = analysis.sentences[happening.sentence].paragraph
        clause = happening.clause
        if happening.background:
            attribute = clause is not None and clause.relation in ("relative", "participle", "parenthesis")
            if _is_old(happening, published) and not attribute:
                past = (paragraph, happening.sentence)  # "die Gruppe, die 2014 Frieden schloss, verurteilte die Tat"
        elif tried and happening.time is None and happening.type in _DEEDS and _testified(analysis, happening):
            happening.background = True
        elif past is not None and past[0] == paragraph and happening.sentence - past[1] <= 1 and happening.time is None:
            if (
                clause is None
                or _tense(analysis, clause) not in ("past", "pluperfect")
                or happening.type in _NEWS_TYPES
            ):
                continue
            if happening.status == "occurred" and happening.said.kind == "reporter":
                happening.background = True
                past = (paragraph, happening.sentence)


def _is_old(happening: Happening, published: dt.date | None) -> bool:
    """Did it end more than a year before publication?"""
    end = _day(happening.time.to) if happening.time is not None else None
    return end is not None and published is not None and (published - end).days > _OLD_DAYS


def _testified(analysis: Analysis, happening: Happening) -> bool:
    """A witness or an indictment tells of the act ("eine Überlebende sagte aus, Soldaten hätten … getötet")."""
    words = framing_words(analysis.language).testimony
    sentence = analysis.sentences[happening.sentence]
    tokens = analysis.tokens[sentence.first : sentence.last + 1]
    return happening.said.kind == "attributed" and any(t.lemma.lower() in words for t in tokens)


def _tense(analysis: Analysis, clause: Clause) -> str:
    """The clause's tense; of a participle without its auxiliary ("… und Bewohner erschossen") that of its partner."""
    for _ in range(4):
        if clause.finite is not None or clause.relation != "coordinated" or clause.parent is None:
            break
        clause = analysis.clauses[clause.parent]
    return clause.tense


def _fresh_paragraphs(analysis: Analysis, times: Sequence[TimeExpression], published: dt.date | None) -> set[int]:
    """Paragraphs that name a day of these days: what they tell in the pluperfect is still of the news."""
    found: set[int] = set()
    for time in times:
        start, token = _day(time.from_), analysis.token_at(time.expression[0])
        if token is None or start is None or published is None or time.precision == "vague":
            continue
        if (published - start).days <= _NEWS_DAYS:
            found.add(analysis.sentences[token.sentence].paragraph)
    return found


def _aside(analysis: Analysis, clause: Clause, token: int) -> bool:
    """The date stands in a subclause, an attribute or behind a noun ("das Abkommen von 2005")."""
    if clause.relation not in ("main", "coordinated"):
        return True
    dated = status_words(analysis.language).preposition["dated"]
    return any(p.preposition in dated and p.first <= token <= p.last for p in clause.phrases)


def _may_be_context(happening: Happening) -> bool:
    """Meetings are news; an act of speech told in the present or perfect is so too."""
    if happening.type == "CONSULT":
        return False
    clause = happening.clause
    acts = ("REQUEST", "ACCUSE", "STATE", "REJECT", "CONCEDE", "THREATEN")
    return happening.type not in acts or clause is None or clause.tense in ("past", "pluperfect")


def standing_sentences(analysis: Analysis, times: Sequence[TimeExpression]) -> set[int]:
    """Sentences behind the lead that bring context, not news: a date long ago opens them, one of these days ends them."""
    published = _day(analysis.published)
    if published is None or not analysis.sentences:
        return set()
    dated: dict[int, str] = {}
    for time in times:
        token = analysis.token_at(time.expression[0])
        start = _day(time.from_) or _day(time.to)
        if token is None or start is None or time.kind in ("duration", "set"):
            continue
        end = _day(time.to) or start
        clause = analysis.clause_of(token.i)
        if time.precision == "vague" or clause is not None and _aside(analysis, clause, token.i):
            continue  # a date in an attribute or subclause dates only that
        if abs((published - end).days) <= _NEWS_DAYS or start > published:
            dated[token.sentence] = "news"
        elif (published - end).days > _CONTEXT_DAYS:
            dated.setdefault(token.sentence, "old" if (published - end).days > _OLD_DAYS else "context")
    body = [s.paragraph for s in analysis.sentences if s.kind == "body"]
    first = body[0] if body else 0
    found: set[int] = set()
    context, paragraph = "", -1
    for sentence in analysis.sentences:
        if sentence.paragraph != paragraph:
            context, paragraph = "", sentence.paragraph
        told = dated.get(sentence.i, context)
        context = "" if told == "news" else told
        if context == "old" or context and sentence.paragraph > first:
            found.add(sentence.i)
    return found


def _day(stamp: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(stamp)[:10]) if stamp else None
    except ValueError:
        return None


def _is_background(analysis: Analysis, happening: Happening, published: dt.date | None, words: tuple[str, ...]) -> bool:
    clause = happening.clause
    span = happening.time
    if span is not None and published is not None:
        end = _day(span.to)
        start = _day(span.from_)
        if end is not None and (published - end).days > _OLD_DAYS:
            return True
        if start is not None and (published - start).days > _OLD_DAYS and happening.status in ("ongoing", "habitual"):
            return True
    if (
        happening.status == "ongoing"
        and happening.type in ("SUPPORT", "PRESENCE")
        and happening.said.kind == "reporter"
    ):
        return True
    if happening.type == "AGREE" and happening.status == "ongoing" and happening.said.kind == "reporter":
        return True
    if clause is None:
        return False
    lead = next((s.paragraph for s in analysis.sentences if s.kind == "body"), 0)
    later = analysis.sentences[happening.sentence].paragraph > lead
    if (
        later
        and span is not None
        and span.precision == "vague"
        and span.from_ is None
        and happening.type not in _NEWS_TYPES
    ):
        return True  # "in den vergangenen Wochen"
    undated = happening.time is None and happening.said.kind == "reporter"
    if clause.relation == "relative" and undated and happening.type in ("SANCTION", "SUPPORT", "PRESENCE", "AGREE"):
        return True
    if happening.type == "AGREE" and clause.tense == "pluperfect" and happening.time is None:
        return True
    if clause.relation == "participle" and happening.type in ("AGREE", "SUPPORT", "PRESENCE", "COERCE"):
        return True
    if clause.relation == "participle" and happening.mode == "seize" and happening.time is None:
        return True  # "die von Israel besetzten Golanhöhen"
    root = clause
    while root.relation == "coordinated" and root.parent is not None and root.finite is None:
        root = analysis.clauses[root.parent]
    low = analysis.text[min(root.start, clause.start) : clause.end].lower()
    return any(re.search(rf"\b{re.escape(word)}\b", low) for word in words)


def _told_in_retrospect(clause: Clause, happening: Happening, published: dt.date | None) -> bool:
    """Behind the lead, a pluperfect with no date of these days tells what came before the news."""
    if clause.tense != "pluperfect" or happening.said.kind != "reporter" or happening.type in _NEWS_TYPES:
        return False
    if happening.status not in ("occurred", "ongoing"):
        return False
    start = _day(happening.time.from_) if happening.time is not None else None
    return start is None or published is None or (published - start).days > _CONTEXT_DAYS

"""Temporal expressions of a report, anchored to its date of publication (codebook sections 7 and 12)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import cast

from trucewatch.extraction.times_calendar import Span, first_day, iso, last_day
from trucewatch.extraction.times_context import Context, Told
from trucewatch.extraction.times_dates import DATES
from trucewatch.extraction.times_days import DAYS
from trucewatch.extraction.times_measures import MEASURED
from trucewatch.language.analysis import Token
from trucewatch.language.times import Direction, TimeMatch, grammar
from trucewatch.record import TimeExpression, TimeKind, TimePrecision, TimeSpan

Tenses = Callable[[int], str | None]
_RECIPES = DATES | DAYS | MEASURED
_BACKWARD = frozenset({"near", "later", "next_day"})
"""Looking back from a day ("am Tag zuvor") leaves that day the one spoken of."""
_NIGHTS = frozenset({"night_to", "part", "dayword"})
"""Of a night that began the day before, the morning's day is the one spoken of."""
_CLOCKS = frozenset({"clock", "midnight"})
_DAYS = frozenset({"date", "weekday", "night_to", "dayword", "full_date", "part_of_date"})
_CLOCK_REACH = 1
"""Sentences between a day and a clock time that is one of that day."""
_STEP = 10
"""Code points between a clock time and its day: a preposition and an article."""
_FINE = ("minute", "hour", "part_of_day")


def find_times(
    text: str,
    published: str | None,
    tokens: Sequence[Token] | None = None,
    verb_tense: Tenses | None = None,
    language: str = "de",
) -> list[TimeExpression]:
    """Every temporal expression of ``text``, in order, none overlapping another.

    ``published`` is an ISO date or date-time; without it only full dates get a value. ``verb_tense`` tells ``past``,
    ``present``, ``future`` or None for the clause around a code point; where it says None, and without it, the verb
    forms near by are asked. ``tokens`` are not needed and may be left out.

    >>> [(t.from_, t.to) for t in find_times("Am Donnerstagabend fielen Schüsse.", "2020-02-28")]
    [('2020-02-27T18:00', '2020-02-28T00:00')]
    """
    return [expression for expression, _ in anchored(text, published, verb_tense, language)]


def anchored(
    text: str, published: str | None, verb_tense: Tenses | None = None, language: str = "de"
) -> list[tuple[TimeExpression, TimeMatch]]:
    """As ``find_times``, each expression with the match (rule, relation to a preposition) that it came from."""
    rules = grammar(language)
    guess = rules.tense(text)
    sentence = rules.sentence(text)
    context = Context(_day_of(published))
    found: list[tuple[TimeExpression, TimeMatch]] = []

    def anchor(match: TimeMatch) -> Span:
        told = verb_tense(match.start) if verb_tense else None
        context.direction = cast(Direction, told) if told in ("past", "future") else guess(match.start)
        if told == "before":
            context.direction = "past"
        if told == "present" and context.direction != "future":
            context.direction = "present"
        context.position = match.start
        relation = rules.relation(text, match.start, match.end)
        context.settled = relation == "since" or told == "before"
        if relation == "since" or (relation == "of" and context.direction == "present"):
            context.direction = "past"
        elif relation in ("planned", "deadline"):
            context.direction = "future"
        try:
            return _RECIPES[match.recipe](match.captures, context)
        except (ValueError, OverflowError):  # a date beyond the calendar's range
            return Span(None, None, "vague")

    matches = rules.matches(text)
    for place, match in enumerate(matches):
        before = matches[place - 1] if place else None
        following = matches[place + 1] if place + 1 < len(matches) else None
        if match.recipe in _CLOCKS:
            if following is not None and _dates(match, following):
                _remember(context, following, anchor(following))
            context.part = _part_of(before) if before and rules.join(text, before.end, match.start) == "on" else None
            told = context.day is not None
            context.far = told and sentence(match.start) - sentence(context.day_position) > _CLOCK_REACH
        span = anchor(match)
        relation = rules.relation(text, match.start, match.end)
        if relation != "stamp":
            _remember(context, match, span, story=relation != "since")
        found.append((_expression(match, span), match))
    return found


def _part_of(match: TimeMatch) -> str | None:
    """The part of a day that an expression names."""
    words = match.captures
    part = words.get("part") or (words.get("wp") or (None, None))[1]
    return str(part) if part else None


def _dates(clock: TimeMatch, following: TimeMatch) -> bool:
    """Whether ``following`` gives the day of a clock time in front of it ("gegen 3 Uhr in der Nacht zum Freitag")."""
    return "then" in clock.captures and following.recipe in _DAYS and following.start - clock.end <= _STEP


def _remember(context: Context, match: TimeMatch, span: Span, story: bool = True) -> None:
    """Make ``span`` the date last spoken of, which later expressions are read against."""
    day = first_day(span)
    if day is None or match.kind is not None or match.recipe in _CLOCKS:
        return
    ends = last_day(span)
    context.night = match.recipe in _NIGHTS and ends is not None and ends != day
    if context.night and ends is not None:
        day = ends
    if span.precision in ("day", *_FINE) and (
        context.day is None or match.recipe not in _BACKWARD or day > context.day
    ):
        context.day = day
        context.day_position = match.start
    if span.precision in ("day", "month", "year", *_FINE) and story:  # "seit 2022" begins no story of that year
        context.told = Told(day, span.precision, match.start, "y" in match.captures)


def time_span(expression: TimeExpression, text: str = "", language: str = "de") -> TimeSpan:
    """The time of an event that ``expression`` dates; "since" and "until" in front of it in ``text`` open one bound."""
    start, end, precision = expression.from_, expression.to, expression.precision
    relation = grammar(language).relation(text, *expression.expression) if text else None
    if relation in ("since", "from") and expression.kind != "duration" and start is not None:
        end = None
    elif relation in ("until", "deadline") and end is not None:
        start = None
    return TimeSpan.model_validate(
        {"from": start, "to": end, "precision": precision, "expression": expression.expression}
    )


def _day_of(published: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _expression(match: TimeMatch, span: Span) -> TimeExpression:
    kind: TimeKind
    if match.kind is not None and span.start is None:
        kind = cast(TimeKind, match.kind)
    elif match.kind == "duration" and match.recipe != "ahead":
        kind = "duration"
    else:
        kind = "time" if span.precision in _FINE else "date"
    precision = span.precision
    if match.precision is not None and span.start is None and span.end is None:
        precision = cast(TimePrecision, match.precision)
    return TimeExpression.model_validate(
        {
            "expression": (match.start, match.end),
            "from": iso(span.start),
            "to": iso(span.end),
            "precision": precision,
            "kind": kind,
        }
    )

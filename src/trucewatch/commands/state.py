"""``trucewatch state``: the state of a truce in one period, or period by period."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trucewatch.agreements import gather, load
from trucewatch.agreements.model import Agreement
from trucewatch.agreements.state import State
from trucewatch.commands.incidents import terminal
from trucewatch.commands.output import write_pieces
from trucewatch.reporting.state_text import StateText, as_csv
from trucewatch.reporting.words import Language
from trucewatch.store import Store, StoreError

_MOST = 400
"""Periods that one command makes tables for."""


@dataclass(frozen=True, slots=True)
class StateOptions:
    """What ``trucewatch state`` was asked to do."""

    database: str
    agreements: Sequence[str]
    since: str
    until: str
    by: str | None = None
    form: str = "text"
    language: Language = "de"
    output: str | None = None


def state(options: StateOptions) -> int:
    """Shows the state of each agreement in each period; returns the exit status."""
    chosen = load.chosen(options.agreements)
    periods = list(split(options.since, options.until, options.by))
    with Store(options.database, make=False) as store:
        found = [(s, a) for a in chosen for s in gather.states(store, a, periods)]
    if not options.agreements:  # all shipped ones were asked: those that nothing touches say nothing
        found = [(s, a) for s, a in found if s.entries or s.claimed or any(c.before for c in s.cells)] or found[:1]
    write_pieces([rendered(found, options)], options.output, options.form)
    return 0


def rendered(found: Sequence[tuple[State, Agreement]], options: StateOptions) -> str:
    """The states in the form that was asked for."""
    if options.form == "csv":
        return as_csv(found, options.language)
    if options.form == "json":
        return json.dumps([s.model_dump(mode="json") for s, _ in found], ensure_ascii=False, indent=1) + "\n"
    text = StateText(options.language, terminal()[0])
    return "\n".join(text.shown(s, a) for s, a in found)


def split(since: str, until: str, by: str | None) -> Iterator[tuple[str, str]]:
    """The periods from ``since`` to before ``until``: one, or by day, week (of seven days) or calendar month.

    Raises ``StoreError`` where there is none, or too many for tables.

    >>> list(split("2020-02-27", "2020-03-02", "month"))
    [('2020-02-27', '2020-03-01'), ('2020-03-01', '2020-03-02')]
    """
    first, after = dt.date.fromisoformat(since), dt.date.fromisoformat(until)
    if after <= first:
        raise StoreError(f"the period is empty: --until {until} is not after --since {since}")
    if by is None:
        yield since, until
        return
    for number in range(_MOST + 1):
        if first >= after:
            return
        if number == _MOST:
            raise StoreError(f"more than {_MOST} periods: choose a shorter span, or --by month")
        try:
            step = min(after, _next(first, by))
        except OverflowError:  # beyond the calendar's last day
            step = after
        yield first.isoformat(), step.isoformat()
        first = step


def _next(day: dt.date, by: str) -> dt.date:
    if by == "month":
        return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return day + dt.timedelta(days=7 if by == "week" else 1)

"""``trucewatch incidents``, ``show``, ``diff``, ``search``, ``counts``, ``export``: what the store knows."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from trucewatch.commands.output import complain, write_pieces
from trucewatch.incident import Incident
from trucewatch.reporting.incident_text import IncidentText, kind_of
from trucewatch.reporting.words import Language
from trucewatch.shown import shown, shown_json
from trucewatch.store import Store, StoreError
from trucewatch.store import incidents as kept
from trucewatch.store import reports as shelf
from trucewatch.store import search as index
from trucewatch.store.incidents import Question

LISTED = 50
"""Incidents that the terminal shows where no limit is given."""


def terminal() -> tuple[bool, int]:
    """Whether the terminal shows colours, and its width in characters, within reason."""
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return colour, min(shutil.get_terminal_size((100, 24)).columns, 110)


def _text(language: Language) -> IncidentText:
    return IncidentText(language, *terminal())


def list_incidents(database: str, question: Question, form: str, language: Language, output: str | None) -> int:
    """Lists incidents as text, JSON or JSON Lines; returns the exit status."""
    with Store(database, make=False) as store, store.reading() as connection:
        if form == "text":
            asked = question if question.limit is not None else replace(question, limit=LISTED)
            asked = replace(asked, limit=asked.limit or None)
            found = (Incident.model_validate_json(text) for text in kept.find(connection, asked))
            more = kept.count(connection, question) - asked.limit if asked.limit else 0
            pieces = _text(language).listed(found, more)
        else:
            asked = replace(question, limit=question.limit or None)
            pieces = _json(kept.find(connection, asked), array=form == "json")
        write_pieces(pieces, output, form)
    return 0


def _json(found: Iterator[str], array: bool) -> Iterator[str]:
    if not array:
        yield from (text + "\n" for text in found)
        return
    first = True
    for text in found:
        yield ("[\n" if first else ",\n") + text
        first = False
    yield "[]\n" if first else "\n]\n"


def show(database: str, incident: str, form: str, language: Language) -> int:
    """Shows one incident in full; its id may be shortened, or one that it had before a merge."""
    with Store(database, make=False) as store, store.reading() as connection:
        known = kept.resolve(connection, incident)
        found = kept.load(connection, known) if known else None
        if found is None:
            complain(f"no incident {incident!r}: list them with: trucewatch incidents")
            return 1
        whole = found.to_json(indent=1) + "\n" if form == "json" else _text(language).shown(found)
        write_pieces([whole], None, form)
    return 0


def moment(value: str, now: dt.datetime | None = None) -> str:
    """A moment as the store writes it, from "yesterday", "gestern", "24h", "7d", or an ISO date or date-time (local).

    Raises ``ValueError`` with what can be given.
    """
    present = (now or dt.datetime.now()).astimezone()
    midnight = present.replace(hour=0, minute=0, second=0, microsecond=0)
    named = {"today": 0, "heute": 0, "yesterday": 1, "gestern": 1}
    if value.lower() in named:
        found = midnight - dt.timedelta(days=named[value.lower()])
    elif back := re.fullmatch(r"(\d{1,4})\s?([hd])", value):
        found = present - dt.timedelta(**{"hours" if back[2] == "h" else "days": int(back[1])})
    else:
        try:
            found = dt.datetime.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value!r} is no time: give yesterday, 24h, 7d or a date such as 2020-02-28") from None
        found = found if found.tzinfo else found.astimezone()
    return found.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def day(value: str) -> str:
    """An ISO date from an ISO date, "today", "yesterday", "heute", "gestern"; raises ``ValueError``."""
    named = {"today": 0, "heute": 0, "yesterday": 1, "gestern": 1}
    if value.lower() in named:
        return (dt.date.today() - dt.timedelta(days=named[value.lower()])).isoformat()
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        raise ValueError(f"{value!r} is no date: give one such as 2020-02-28") from None


def diff(database: str, since: str, form: str, language: Language) -> int:
    """What changed in the store since a moment: new, newly contested, newly corroborated, changed numbers, merged."""
    try:
        start = moment(since)
    except ValueError as fault:
        raise StoreError(f"--since: {fault}") from None
    with Store(database, make=False) as store, store.reading() as connection:
        found = kept.changes(connection, start)
        if form == "text":
            write_pieces(_text(language).changes(found, since), None)
            return 0
        for change in found:
            row = {
                "change": kind_of(change), "incident": change.incident, "merged_into": change.merged_into,
                "before": change.before.model_dump(mode="json") if change.before else None,
                "after": change.after.model_dump(mode="json") if change.after else None,
            }  # fmt: skip
            _line(row)
    return 0


def search(database: str, query: str, form: str, language: Language, limit: int) -> int:
    """The reports that hold the words, in any form of them, and the incidents that they tell of."""
    said = _text(language)
    with Store(database, make=False) as store, store.reading() as connection:
        numbers = index.find(connection, query, limit)
        heads = shelf.heads(connection, numbers)
        for number in numbers:
            head = heads[number]
            told = [Incident.model_validate_json(t) for t in kept.find(connection, Question(reports=(number,)))]
            if form == "jsonl":
                _line({**head, "incidents": [i.id for i in told]})
                continue
            about = " · ".join(str(head[k]) for k in ("published", "publisher", "name") if head[k])
            lines = [said.ink.bold(shown(head["title"] or head["beginning"])), "  " + said.ink.dim(shown(about))]
            lines += [f"  → {said.title(incident)}  {said.ink.dim(incident.id)}" for incident in told]
            write_pieces(["\n".join(lines) + "\n"], None)
        if not numbers:
            complain(f"no report holds {query!r}")
    return 0 if numbers else 1


def counts(database: str, form: str) -> int:
    """The claimed counts ("312 violations in 24 hours"), which are no incidents: who claims how many, and when."""
    with Store(database, make=False) as store, store.reading() as connection:
        for row in shelf.claimed_counts(connection):
            if form == "jsonl":
                _line(row)
                continue
            number = _range(row) if row["low"] is not None or row["high"] is not None else "?"
            number = ", ".join([f"{_range(x)} {x['harm']}" for x in row["losses"]]) or number
            when = " – ".join(t for t in (row["from"], row["to"]) if t) or "?"
            about = f"{row['type']}  {when}  {row['speaker'] or row['voice']}  [{row['name']}:{row['event']}]"
            print(f"{shown(number):>10}  {shown(about)}\n            »{shown(row['quote'])}«")
    return 0


def _line(row: dict[str, Any]) -> None:
    """One line of JSON Lines on standard output."""
    print(shown_json(json.dumps(row, ensure_ascii=False)))


def _range(number: dict[str, Any]) -> str:
    """"20–" for at least 20, "–50" for up to 50, "33" where both ends are one."""
    low, high = number["low"], number["high"]
    return str(low) if low == high else f"{'' if low is None else low}–{'' if high is None else high}"


def export(database: str, question: Question, form: str, output: str | None, hxl: bool, language: Language) -> int:
    """Writes incidents in a format of other tools."""
    from trucewatch.reporting import exports
    from trucewatch.reporting.exports.errors import ExportError

    with Store(database, make=False) as store, store.reading() as connection:
        found = (Incident.model_validate_json(text) for text in kept.find(connection, question))
        try:
            outcome = exports.export(found, form, Path(output) if output else sys.stdout, hxl=hxl, language=language)
            sys.stdout.flush()
            complain(outcome.sentence(language))
        except ExportError as fault:
            raise StoreError(str(fault)) from None
    return 0

"""One report into the store: kept, read, linked, in one transaction; known bytes are no second report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from trucewatch.incident import Incident
from trucewatch.linking.engine_version import engine_version
from trucewatch.linking.knowledge import has_word
from trucewatch.linking.update import enter
from trucewatch.reading import Report, from_mapping
from trucewatch.record import Record
from trucewatch.store import Store
from trucewatch.store import incidents as kept
from trucewatch.store import reports as shelf
from trucewatch.store.reports import Raw, raw_line


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one report: its number in the store, whether it was new, and how many reports share its text."""

    number: int
    new: bool
    copies: int = 0
    published: str | None = None
    """The date of publication that it is kept with."""


def known(store: Store, raw: Raw, publisher: str | None = None, url: str | None = None) -> Taken | None:
    """The report if it is in the store already; that it was met again is noted. Needs no reading."""
    with store.reading() as connection:
        number = shelf.number_of(connection, raw.digest)
        seen = number is not None and not shelf.is_news(connection, number, raw.name)
        published = shelf.published_of(connection, number) if number is not None else None
    if number is None:
        return None
    if not seen:
        with store.writing() as connection:
            shelf.see_again(connection, number, raw.name, publisher, url)
    return Taken(number, new=False, published=published)


def take_in(store: Store, raw: Raw, report: Report, record: Record) -> Taken:
    """Keeps a report with its record and links it, all or nothing. Raises ``StoreError``."""
    own = has_word(report.language, "own_reporting", report.text)
    with store.writing() as connection:
        number = shelf.number_of(connection, raw.digest)
        if number is not None:  # another process was faster
            shelf.see_again(connection, number, raw.name, report.publisher, report.url)
            return Taken(number, new=False, published=shelf.published_of(connection, number))
        number = shelf.add(connection, raw, report, own)
        shelf.add_record(connection, number, engine_version(), record, new=True)
        outcome = enter(connection, number, record, report.text, new=True)
        return Taken(number, new=True, copies=outcome.copies, published=report.published)


def unread(store: Store) -> list[tuple[int, str]]:
    """(number, name) of the stored reports that the present engine has not read, oldest first."""
    with store.reading() as connection:
        return shelf.unread_by(connection, engine_version())


def read_again(store: Store, number: int) -> bool:
    """Reads a stored report with the present engine and links it anew; False where this engine has read it.

    The earlier record stays; the report's events keep their incidents where they stand at the same words, and what
    people decided holds.
    """
    from trucewatch.one_report import read_report

    with store.reading() as connection:
        report = shelf.opened(connection, number)
    record = read_report(report)
    with store.writing() as connection:
        if not shelf.add_record(connection, number, engine_version(), record):
            return False
        enter(connection, number, record, report.text)
    return True


def redate(store: Store, number: int, published: str) -> None:
    """Gives a known report another date of publication, reads it again with it and links it anew; ids and decisions stay."""
    from trucewatch.one_report import read_report

    with store.reading() as connection:
        report = replace(shelf.opened(connection, number), published=published)
    record = read_report(report)
    with store.writing() as connection:
        shelf.redate(connection, number, published, engine_version(), record)
        enter(connection, number, record, report.text)


def link(reports: Iterable[Record | Mapping[str, Any]]) -> list[Incident]:
    """The incidents of some reports, in memory, by time.

    Each is a ``Record`` as ``trucewatch.read`` gives it, or ``{"id", "text", "published", "publisher", …}`` with at
    least ``text`` (ledgers, section 4). Raises ``ReadingError`` for a row without a text.

    >>> found = link([{"text": "Kiew (dpa) - Rebellen haben am Montag den Ort Debalzewe beschossen.",
    ...                "published": "2015-02-10"}])
    >>> [(i.type, i.places[0].name, i.grade) for i in found]
    [('ASSAULT', 'Debalzewe', 'reported')]
    """
    from trucewatch.one_report import read_report

    with Store("sqlite://") as store:
        for number, one in enumerate(reports, 1):
            row = _row(one) if isinstance(one, Record) else dict(one)
            data = json.dumps(row, ensure_ascii=False).encode()
            raw = raw_line(data, row, str(row.get("id") or f"report {number}"))
            if known(store, raw) is None:
                report = shelf.identified(from_mapping(row), raw)
                take_in(store, raw, report, one if isinstance(one, Record) else read_report(report))
        with store.reading() as connection:
            return [Incident.model_validate_json(text) for text in kept.find(connection, kept.Question())]


def _row(record: Record) -> dict[str, Any]:
    """What a record knows of its report, as one line of JSON Lines would."""
    info = record.report
    row = {"text": record.text, "title": info.title, "published": info.published, "publisher": info.publisher}
    return {"id": info.id, **{key: value for key, value in row.items() if value is not None}}

"""One report into the store: kept, read, linked, in one transaction; known bytes are no second report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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


def known(store: Store, raw: Raw, publisher: str | None = None, url: str | None = None) -> Taken | None:
    """The report if it is in the store already; that it was met again is noted. Needs no reading."""
    with store.reading() as connection:
        number = shelf.number_of(connection, raw.digest)
        seen = number is not None and not shelf.is_news(connection, number, raw.name)
    if number is None:
        return None
    if not seen:
        with store.writing() as connection:
            shelf.see_again(connection, number, raw.name, publisher, url)
    return Taken(number, new=False)


def take_in(store: Store, raw: Raw, report: Report, record: Record) -> Taken:
    """Keeps a report with its record and links it, all or nothing. Raises ``StoreError``."""
    own = has_word(report.language, "own_reporting", report.text)
    with store.writing() as connection:
        number = shelf.number_of(connection, raw.digest)
        if number is not None:  # another process was faster
            shelf.see_again(connection, number, raw.name, report.publisher, report.url)
            return Taken(number, new=False)
        number = shelf.add(connection, raw, report, own)
        shelf.add_record(connection, number, engine_version(), record, new=True)
        outcome = enter(connection, number, record, report.text, new=True)
        return Taken(number, new=True, copies=outcome.copies)


def unread(store: Store) -> list[tuple[int, str]]:
    """(number, name) of the stored reports that the present engine has not read, oldest first."""
    with store.reading() as connection:
        return shelf.unread_by(connection, engine_version())


def read_again(store: Store, number: int) -> bool:
    """Reads a stored report with the present engine and links it anew; False where this engine has read it.

    The earlier record stays; the report's events keep their incidents where they stand at the same words, and what
    people decided holds.
    """
    from trucewatch import read_report

    with store.reading() as connection:
        report = shelf.opened(connection, number)
    record = read_report(report)
    with store.writing() as connection:
        if not shelf.add_record(connection, number, engine_version(), record):
            return False
        enter(connection, number, record, report.text)
    return True


def link(rows: Iterable[dict[str, object]]) -> list[Incident]:
    """The incidents of some reports, in memory: ``{"id", "text", "published", "publisher", …}`` each, ``text`` required.

    >>> link([{"text": "Kiew (dpa) - Die Waffenruhe hält."}])
    []
    """
    import json

    from trucewatch import read_report

    with Store("sqlite://") as store:
        for number, row in enumerate(rows, 1):
            data = json.dumps(row, ensure_ascii=False).encode()
            name = str(row.get("id") or f"report {number}")
            raw = raw_line(data, dict(row), name)
            report = shelf.identified(from_mapping(row), raw)
            if known(store, raw) is None:
                take_in(store, raw, report, read_report(report))
        with store.reading() as connection:
            return [Incident.model_validate_json(text) for text in kept.find(connection, kept.Question())]

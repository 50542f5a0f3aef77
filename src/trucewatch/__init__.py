"""trucewatch reads the news about a truce and keeps the record: who did what to whom, according to whom.

>>> import trucewatch
>>> record = trucewatch.read("Kiew (dpa) - Die Waffenruhe hält.", published="2021-04-14")
>>> record.report.agencies
['dpa']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trucewatch.version import __version__

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from trucewatch.agreements.model import Agreement
    from trucewatch.contact import Contact, Presence, Promise
    from trucewatch.finding import Finding
    from trucewatch.incident import Incident
    from trucewatch.reading import ReadingError, Report
    from trucewatch.record import Record

__all__ = [
    "Agreement", "Contact", "Finding", "Incident", "Presence", "Promise", "ReadingError", "Record", "Report",
    "__version__", "agreement", "assess", "contacts", "link", "presence", "promises", "read", "read_report",
]  # fmt: skip


def read(
    source: str | bytes | Path,
    published: str | dt.date | None = None,
    *,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    name: str | None = None,
) -> Record:
    """The record of one report.

    ``source`` is the report's text, its bytes in any usual encoding, or a ``Path`` to a file (a ``str`` is text).
    ``published`` anchors relative times ("am Freitag"); an ISO date, "28. Februar 2020" or a ``date``. What is given
    goes before what the text says about itself. Raises ``ReadingError`` (one line, saying what to do) where the source
    is no text.

    >>> read("").events
    []
    """
    from pathlib import Path

    from trucewatch import reading

    known = reading.Known(published=published, title=title, publisher=publisher, url=url, name=name)
    if isinstance(source, bytes):
        return read_report(reading.from_bytes(source, **known))
    if isinstance(source, Path):
        return read_report(reading.from_path(source, **known))
    return read_report(reading.from_text(source, **known))


def read_report(report: Report) -> Record:
    """The record of a report that the reading room has opened (``trucewatch.reading``).

    A text in another language than German gives a record without events that says so in its notes.
    """
    from trucewatch.one_report import read_report as whole

    return whole(report)


def link(reports: Iterable[Record | Mapping[str, Any]]) -> list[Incident]:
    """The incidents that some reports tell of, merged, graded and with all their sources; in memory, by time.

    Takes records as ``read`` gives them, or mappings with at least ``text``. For a store that is kept, see
    ``trucewatch.store.Store`` and ``trucewatch.linking.take_in``.

    >>> [(i.type, i.grade) for i in link([read("Kiew (dpa) - Die Waffenruhe hält.")])]
    [('RETREAT', 'reported')]
    """
    from trucewatch.linking.take_in import link as linked

    return linked(reports)


def agreement(name: str | Path) -> Agreement:
    """A shipped agreement by its id, or the agreement of a file (docs/agreements.md).

    Raises ``AgreementError`` (one line with file, line, key and what to do).

    >>> agreement("minsk-2-2015").form
    'multilateral'
    """
    from trucewatch.agreements.load import named

    return named(str(name))


def assess(
    incidents: Iterable[Incident], agreement: str | Agreement | Iterable[str | Agreement]
) -> list[Finding]:
    """What can be said of each incident under each provision of an agreement, or of several, with reasons.

    Agreements are given as they are, by the id of a shipped one, or by file name. No finding says that somebody is guilty:
    it says what was reported, by whom, against which provision (ledgers, section 3).

    >>> told = "Kiew (dpa) - Separatisten haben nach Angaben der Armee am Montag den Ort Awdijiwka mit Mörsern beschossen."
    >>> found = assess(link([read(told, published="2021-03-02")]), "minsk-measures-2020")
    >>> [(f.provision, f.result, f.by) for f in found if f.result == "alleged"]
    [('no-fire', 'alleged', ['Armee'])]
    """
    from trucewatch.agreements import assess as assessing
    from trucewatch.agreements.load import named
    from trucewatch.agreements.model import Agreement

    given = [agreement] if isinstance(agreement, str | Agreement) else list(agreement)
    return list(assessing.assess(incidents, [named(a) if isinstance(a, str) else a for a in given]))


def contacts(records: Iterable[Record], today: dt.date | None = None) -> list[Contact]:
    """Calls, meetings and talks that some records tell of, linked over reports, by time (ledgers, section 2).

    ``today`` decides what is overdue; without it, the last day on which one of them was published.

    >>> told = "Moskau (dpa) - Putin und Erdogan haben nach Angaben des Kremls über die Angriffe in Idlib telefoniert."
    >>> [(c.form, c.state, c.level) for c in contacts([read(told, published="2020-02-28")])]
    [('phone', 'held', 'heads')]
    """
    from trucewatch.agreements.contacts import contacts as linked
    from trucewatch.agreements.ledger_entries import entries

    return linked([e for r in records for e in entries(r, r.text)], today)


def promises(
    records: Iterable[Record], incidents: Sequence[Incident] = (), today: dt.date | None = None
) -> list[Promise]:
    """Promises, demands and ultimatums of some records with their deadlines; held against incidents where these are given.

    >>> told = "Ankara (dpa) - Die Türkei hat Syrien aufgefordert, seine Truppen bis Ende Februar abzuziehen."
    >>> [(p.kind, p.deadline, p.state) for p in promises([read(told, published="2020-02-05")])]
    [('demand', '2020-03-01', 'open')]
    """
    from trucewatch.agreements.ledger_entries import entries
    from trucewatch.agreements.promises import promises as linked

    return linked([e for r in records for e in entries(r, r.text)], incidents, today)


def presence(records: Iterable[Record]) -> list[Presence]:
    """Posts, units and patrols that some records tell of: whose, where, last reported, surrounded, attacked, abandoned."""
    from trucewatch.agreements.ledger_entries import entries
    from trucewatch.agreements.presence import presences as linked

    return linked([e for r in records for e in entries(r, r.text)])


def __getattr__(name: str) -> Any:
    """Public types, loaded when they are first asked for: a command that needs none of them starts at once."""
    if name in _TYPES:
        from importlib import import_module

        return getattr(import_module(_TYPES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


_TYPES = {
    "Agreement": "trucewatch.agreements.model", "Contact": "trucewatch.contact", "Finding": "trucewatch.finding",
    "Incident": "trucewatch.incident", "Presence": "trucewatch.contact", "Promise": "trucewatch.contact",
    "ReadingError": "trucewatch.reading", "Record": "trucewatch.record", "Report": "trucewatch.reading",
}  # fmt: skip

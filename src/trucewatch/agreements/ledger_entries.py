"""What one report contributes to the ledgers of contacts, promises and presences."""

from __future__ import annotations

from trucewatch.agreements.contact_entries import contact_entries
from trucewatch.agreements.ledger_context import Context
from trucewatch.agreements.ledger_entry import Entry, dump, load
from trucewatch.agreements.presence_entries import presence_entries
from trucewatch.agreements.promise_entries import promise_entries
from trucewatch.record import Record

__all__ = ["Entry", "dump", "entries", "load"]


def entries(record: Record, text: str, name: str = "", order: int = 0) -> list[Entry]:
    """The entries of a record, in text order.

    ``text`` is the report's, ``name`` what the caller calls it, ``order`` its number in the store.

    >>> from trucewatch import read
    >>> words = "Moskau (dpa) - Putin und Erdogan haben nach Angaben des Kremls über die Angriffe in Idlib telefoniert."
    >>> [(e.kind, e.state, e.form, e.level, e.word_of) for e in entries(read(words, published="2020-02-28"), words)]
    [('contact', 'held', 'phone', 'heads', 'Kreml')]
    """
    context = Context(record, text, name, order)
    found = [*contact_entries(context), *promise_entries(context), *presence_entries(context)]
    return sorted(found, key=lambda e: (e.trigger, e.kind, e.event, e.what.event if e.what else ""))

"""The lines of a ledger's history, and the events they lead to: each with its words and its source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trucewatch.agreements.ledger_entry import Entry, Kind, Told, party, place
from trucewatch.contact import Happened


def in_order(entries: Iterable[Entry], kind: Kind) -> list[Entry]:
    """The entries of one kind as they were published, each once: a report that is given twice tells nothing more."""
    first: dict[tuple[str, str, str], Entry] = {}
    for entry in sorted((e for e in entries if e.kind == kind), key=lambda e: (e.order, e.said or "9999", e.name)):
        first.setdefault((entry.sha, entry.event, entry.what.event if entry.what else ""), entry)
    return sorted(first.values(), key=lambda e: (*e.told_order, e.what.event if e.what else ""))


def line(entry: Entry) -> dict[str, Any]:
    """The fields of a history line that every ledger has."""
    return {
        "report": entry.sha, "name": entry.name, "event": entry.event, "said": entry.said, "source": entry.word_of,
        "voice": entry.voice, "via": entry.via, "quote": entry.quote, "evidence": entry.evidence, "time": entry.time,
    }  # fmt: skip


def happened(entry: Entry, told: Told) -> Happened:
    """An event that an entry leads to."""
    return Happened.model_validate(
        {
            "report": entry.sha, "name": entry.name, "event": told.event, "type": told.type, "mode": told.mode,
            "quote": told.quote, "actors": [party(s) for s in told.actors], "places": [place(s) for s in told.spots],
            "negative": told.negative, "voice": told.voice,
            "source": told.source.name if told.source else entry.outlet if told.voice == "reporter" else None,
        }
    )  # fmt: skip

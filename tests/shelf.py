"""Reports for the tests of the store: the shipped examples and short ones, read once however often they are taken in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from conftest import EXAMPLES
from trucewatch import read_report
from trucewatch.incident import Incident
from trucewatch.linking.take_in import Taken, known, take_in
from trucewatch.reading import Report, from_mapping, from_path
from trucewatch.record import Record
from trucewatch.store import Store
from trucewatch.store import incidents as kept
from trucewatch.store import reports as shelf
from trucewatch.store.incidents import Question
from trucewatch.store.reports import Raw, raw_line, raw_of

Row = dict[str, Any]


def _row(number: str, published: str, publisher: str, text: str) -> Row:
    return {"id": number, "published": published, "publisher": publisher, "text": text}


STRIKE = _row(
    "k1", "2021-03-02", "Bote",
    "Kiew (dpa) - Bei einem Luftangriff auf Charkiw sind am Montag vier Menschen getötet worden. "
    "Das teilte das ukrainische Militär mit.",
)  # fmt: skip
DENIAL = _row(
    "k2", "2021-03-02", "Kurier",
    "Moskau (AFP) - Das russische Verteidigungsministerium wies den Vorwurf zurück, Charkiw angegriffen zu haben. "
    "Bei dem Luftangriff auf Charkiw waren am Montag nach Angaben von Rettungskräften fünf Menschen getötet worden.",
)  # fmt: skip
TOLL = _row(
    "k3", "2021-03-03", "Anzeiger",
    "Charkiw (Reuters) - Nach dem Luftangriff auf Charkiw am Montag ist die Zahl der Toten nach Angaben der Behörden auf "
    "sieben gestiegen.",
)  # fmt: skip
COPY = _row("k4", "2021-03-02", "Merkur", STRIKE["text"] + "\n\nDer Konflikt dauert seit Jahren an.")
RECALL = _row(
    "k5", "2021-03-04", "Bote",
    "Kiew (dpa) - Bei Beschuss in Donezk ist am Mittwoch ein Soldat verletzt worden, sagte ein Sprecher der Separatisten."
    "\n\nBei einem Luftangriff auf Charkiw waren am Montag sieben Menschen getötet worden.",
)  # fmt: skip
BOMB = _row(
    "k6", "2021-03-04", "Bote",
    "Aleppo (AFP) - Bei einem Bombenanschlag in Aleppo sind am Donnerstag mindestens 20 Menschen getötet worden, "
    "berichteten Aktivisten.",
)  # fmt: skip
BLAME = _row(
    "k7", "2021-03-05", "Bote",
    "Damaskus (dpa) - Nach dem Anschlag in Aleppo am Donnerstag hat die syrische Regierung Rebellen für die Tat "
    "verantwortlich gemacht. Dabei waren 21 Menschen ums Leben gekommen.",
)  # fmt: skip
TRUCE = _row(
    "k8", "2021-03-02", "Tagesblick", "Kiew - Die Waffenruhe ist am Montag in Donezk verletzt worden, teilte die OSZE mit."
)
SHORT = (STRIKE, DENIAL, TOLL, COPY, RECALL, BOMB, BLAME, TRUCE)

Ready = tuple[Raw, Report, Record]


@cache
def _read_line(line: str) -> Ready:
    row = json.loads(line)
    raw = raw_line(line.encode(), row, str(row.get("id", "line")))
    report = shelf.identified(from_mapping(row), raw)
    return raw, report, read_report(report)


def of_row(row: Row) -> Ready:
    """What ``take_in`` needs of a line of JSON Lines."""
    return _read_line(json.dumps(row, ensure_ascii=False))


@cache
def examples() -> tuple[Ready, ...]:
    """What ``take_in`` needs of the shipped examples."""
    found = []
    for path in EXAMPLES:
        raw = raw_of(path.read_bytes(), path.stem)
        report = shelf.identified(from_path(path), raw)
        found.append((raw, report, read_report(report)))
    return tuple(found)


def put(store: Store, ready: Ready) -> Taken:
    """Takes one in as ``trucewatch add`` does."""
    raw, report, record = ready
    seen = known(store, raw, report.publisher, report.url)
    return seen if seen is not None else take_in(store, raw, report, record.model_copy(deep=True))


def fill(store: Store, rows: Iterable[Row] = SHORT) -> None:
    """Takes in rows."""
    for row in rows:
        put(store, of_row(row))


def incidents(store: Store, **asked: Any) -> list[Incident]:
    """The incidents asked for."""
    with store.reading() as connection:
        return [Incident.model_validate_json(text) for text in kept.find(connection, Question(**asked))]


def incident_of(store: Store, name: str, event: str | None = None) -> Incident:
    """The incident that a report's event (or any of its events) is in."""
    for found in incidents(store, rejected=True):
        if any(m.name == name and event in (None, m.event) for m in found.members):
            return found
    raise AssertionError(f"{name}:{event} is in no incident")


def names(incident: Incident) -> set[str]:
    """The names of the reports that tell of it."""
    return {m.name for m in incident.members}


def content(incident: Incident) -> dict[str, Any]:
    """All that hangs on the reports alone: not its id, not what people did."""
    data = incident.model_dump(mode="json")
    for name in ("id", "decisions", "merged", "state"):
        del data[name]
    return data

"""What several expressions say together, feasts, clock times, lines of metadata and chronologies (codebook 7, 12)."""

from __future__ import annotations

import pytest

import trucewatch
from trucewatch.record import Event, Record

_TOLD = "Juba (AFP) - Bei einem Angriff auf Malakal sind {} vier Menschen getötet worden. Das teilte die Polizei mit."


def _assault(record: Record) -> Event:
    return next(e for e in record.events if e.type == "ASSAULT")


def _time(words: str, published: str) -> tuple[str | None, str | None]:
    time = _assault(trucewatch.read(_TOLD.format(words), published=published)).time
    return (time.from_, time.to) if time else (None, None)


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("am 7. und 8. Mai", ("2024-05-07", "2024-05-09")),
        ("am 6., 7. und 8. Mai", ("2024-05-06", "2024-05-09")),
        ("vom 29. April bis zum 2. Mai", ("2024-04-29", "2024-05-03")),
        ("zwischen dem 2. und dem 6. Mai", ("2024-05-02", "2024-05-07")),
        ("am 7./8. Mai", ("2024-05-07", "2024-05-09")),
        ("von Montag bis Mittwoch", ("2024-05-06", "2024-05-09")),
        ("am Dienstag und Mittwoch", ("2024-05-07", "2024-05-09")),
        ("am Mittwochmorgen gegen halb fünf", ("2024-05-08T04:30", "2024-05-08T04:31")),
        ("am Dienstagnachmittag um drei Uhr", ("2024-05-07T15:00", "2024-05-07T16:00")),
        ("am Mittwochmorgen um Viertel vor sieben", ("2024-05-08T06:45", "2024-05-08T06:46")),
        ("am Mittwoch um 5.20 Uhr Ortszeit (4.20 Uhr MESZ)", ("2024-05-08T05:20", "2024-05-08T05:21")),
        ("am Mittwoch zwischen 14 und 16 Uhr", ("2024-05-08T14:00", "2024-05-08T17:00")),
        ("am Mittwoch kurz nach Mitternacht", ("2024-05-08T00:00", "2024-05-08T01:00")),
        ("kurz vor Mitternacht am Mittwoch", ("2024-05-08T23:00", "2024-05-09T00:00")),
        ("gestern morgen", ("2024-05-09T06:00", "2024-05-09T12:00")),
        ("unter der Woche", ("2024-05-06", "2024-05-13")),
        ("am Tag der Arbeit", ("2024-05-01", "2024-05-02")),
        ("am Montag", ("2024-05-06", "2024-05-07")),
    ],
)
def test_expressions_together(words: str, bounds: tuple[str, str]) -> None:
    assert _time(words, "2024-05-10") == bounds


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("in der Silvesternacht", ("2023-12-31T22:00", "2024-01-01T06:00")),
        ("in der Neujahrsnacht", ("2023-12-31T22:00", "2024-01-01T06:00")),
        ("am Neujahrsmorgen", ("2024-01-01T06:00", "2024-01-01T12:00")),
        ("an Heiligabend", ("2023-12-24", "2023-12-25")),
        ("in der Heiligen Nacht", ("2023-12-24T22:00", "2023-12-25T06:00")),
        ("am zweiten Weihnachtstag", ("2023-12-26", "2023-12-27")),
    ],
)
def test_feasts(words: str, bounds: tuple[str, str]) -> None:
    assert _time(words, "2024-01-04") == bounds


def test_dates_apart_stay_apart() -> None:
    """Two months that do not follow one another are no stretch."""
    assert _time("im Januar und im April", "2024-05-10") in {("2024-01-01", "2024-02-01"), ("2024-04-01", "2024-05-01")}


def test_the_record_lists_each_expression() -> None:
    text = _TOLD.format("am 7. und 8. Mai")
    record = trucewatch.read(text, published="2024-05-10")
    assert [text[slice(*t.expression)] for t in record.times] == ["7.", "8. Mai"]


@pytest.mark.parametrize(
    "line",
    [
        "Letzte Aktualisierung: 04.12.2025, 14:05 Uhr",
        "Zuletzt aktualisiert: 04.12.2025 - 14:05",
        "Stand: 4. Dezember 2025",
    ],
)
def test_a_line_of_metadata_dates_the_report(line: str) -> None:
    body = _TOLD.format("am Montag")
    record = trucewatch.read(f"Angriff auf Malakal\n\n{line}\n\n{body}")
    assert record.report.published is not None and record.report.published.startswith("2025-12-04")
    time = _assault(record).time
    assert time is not None and (time.from_, time.to) == ("2025-12-01", "2025-12-02")


def test_a_clock_time_reaches_one_sentence_back() -> None:
    text = "Am Mittwoch beschossen Rebellen Malakal. Der Angriff begann um 3.30 Uhr Ortszeit."
    time = _assault(trucewatch.read(text, published="2024-05-10")).time
    assert time is not None and time.from_ == "2024-05-08T03:30"
    far = "Am Mittwoch tagte das Kabinett. Die Minister berieten. Die Lage blieb ruhig. Um 10 Uhr beschossen Rebellen Malakal."
    time = _assault(trucewatch.read(far, published="2024-05-10")).time
    assert time is None or time.from_ is None


def test_a_perfect_infinitive_looks_back() -> None:
    text = "Ihm wird vorgeworfen, am Montag in Malakal vier Menschen erschossen zu haben."
    time = _assault(trucewatch.read(text, published="2024-05-10")).time
    assert time is not None and time.from_ == "2024-05-06"


def test_a_chronology_dates_its_entries() -> None:
    text = (
        "Chronik der Kämpfe im Südsudan\n\n"
        "- 3. Mai 2024: Die Armee nimmt Malakal ein.\n"
        "- 5. Mai 2024: Rebellen beschießen den Flughafen von Juba, zwei Menschen werden getötet.\n"
    )
    events = trucewatch.read(text, published="2024-05-08").events
    seized = next(e for e in events if e.type == "ADVANCE")
    shelled = next(e for e in events if e.mode == "shelling")
    assert seized.time is not None and seized.time.from_ == "2024-05-03"
    assert shelled.time is not None and shelled.time.from_ == "2024-05-05"
    assert (seized.status, shelled.status) == ("occurred", "occurred")
    assert [(x.harm, x.low, x.high) for x in shelled.losses] == [("killed", 2, 2)]

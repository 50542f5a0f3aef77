"""The source's words for a number are kept and shown: "mehr als 300" never reads "mindestens 301" (codebook section 15)."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import trucewatch
from trucewatch.incident import Incident
from trucewatch.record import Loss, Record
from trucewatch.reporting import html, text
from trucewatch.reporting.exports import export
from trucewatch.reporting.words import words

_TOLD = (
    "Sanaa (dpa) - Bei einem Luftangriff auf Hodeida sind am Montag {} Menschen getötet worden. Das teilten Ärzte mit."
)
_CASES = [
    ("mehr als 300", 301, None, "more_than", False, "mehr als 300 Tote", "more than 300 dead"),
    ("mindestens 15", 15, None, "at_least", False, "mindestens 15 Tote", "at least 15 dead"),
    ("bis zu 50", None, 50, "up_to", False, "bis zu 50 Tote", "up to 50 dead"),
    ("weniger als 50", None, 49, "less_than", False, "weniger als 50 Tote", "fewer than 50 dead"),
    ("rund 40", 40, 40, "about", False, "rund 40 Tote", "about 40 dead"),
    ("knapp 100", 100, 100, "nearly", False, "knapp 100 Tote", "nearly 100 dead"),
    ("Dutzende", 24, None, "dozens", True, "Dutzende Tote", "dozens dead"),
    ("mehrere Dutzend", 36, None, "dozens", True, "mehrere Dutzend Tote", "several dozen dead"),
    ("mehrere", 3, None, "several", True, "mehrere Tote", "several dead"),
    ("Hunderte", 200, None, "hundreds", True, "Hunderte Tote", "hundreds dead"),
    ("zwölf", 12, 12, None, False, "12 Tote", "12 dead"),
]


def _record(number: str) -> Record:
    return trucewatch.read(_TOLD.format(number), published="2024-05-07")


def _loss(number: str) -> Loss:
    (loss,) = (x for e in _record(number).events for x in e.losses)
    return loss


def _incident(number: str) -> Incident:
    (incident,) = trucewatch.link([{"text": _TOLD.format(number), "published": "2024-05-07"}])
    return incident


@pytest.mark.parametrize(("number", "low", "high", "bound", "vague", "german", "english"), _CASES)
def test_a_record_keeps_the_words(
    number: str, low: int | None, high: int | None, bound: str | None, vague: bool, german: str, english: str
) -> None:
    loss = _loss(number)
    assert (loss.words, loss.low, loss.high, loss.bound, loss.vague) == (number, low, high, bound, vague)
    assert words("de").loss(loss) == german
    assert words("en").loss(loss) == english


@pytest.mark.parametrize(("number", "low", "high", "bound", "vague", "german", "english"), _CASES)
def test_an_incident_and_its_title_keep_them(
    number: str, low: int | None, high: int | None, bound: str | None, vague: bool, german: str, english: str
) -> None:
    incident = _incident(number)
    (loss,) = incident.losses
    assert (loss.words, loss.bound, loss.low, loss.high) == (number, bound, low, high)
    assert [(f.words, f.bound) for f in loss.history] == [(number, bound)]
    assert incident.title.de.endswith(", " + german)
    assert incident.title.en.endswith(", " + english)


def test_pages_and_the_terminal_show_them() -> None:
    record = _record("mehr als 300")
    assert "mehr als 300 Tote" in " ".join(text.report(record).split())
    assert "mehr als 300 Tote" in html.fragment(record)
    assert "301 Tote" not in html.fragment(record)


def test_exports_have_a_column_for_them(tmp_path: Path) -> None:
    incident = _incident("mehr als 300")
    export([incident], "acled", tmp_path / "a.csv")
    (row,) = csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8")))
    assert (row["fatalities_low"], row["fatalities_words"]) == ("301", "mehr als 300")
    export([incident], "geojson", tmp_path / "a.geojson")
    (feature,) = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))["features"]
    assert feature["properties"]["killed_words"] == "mehr als 300"


def test_a_record_without_them_still_loads() -> None:
    old = _loss("zwölf").model_dump(mode="json")
    for name in ("words", "vague", "bound"):
        del old[name]
    assert Loss.model_validate(old).words is None


def test_counts_of_acts_keep_them() -> None:
    sentence = "Die Armee meldete am Montag mehr als 100 Verstöße gegen die Waffenruhe in Idlib."
    record = trucewatch.read(f"Damaskus (AFP) - {sentence}", published="2024-05-07")
    count = next(e.count for e in record.events if e.type == "VIOLATE")
    assert count is not None and words("de").count(count) == "mehr als 100"


def test_of_two_sources_the_floor_that_stands_keeps_its_words() -> None:
    told = "Bei einem Luftangriff auf Hodeida sind am Montag {} Menschen getötet worden, teilte {} mit."
    rows = [
        {"text": f"Sanaa (dpa) - {told.format('mehr als 300', 'der Gouverneur')}", "published": "2024-05-07"},
        {"text": f"Aden (AFP) - {told.format('mindestens 320', 'das Rote Kreuz')}", "published": "2024-05-07"},
    ]
    (incident,) = trucewatch.link(rows)
    (loss,) = (x for x in incident.losses if x.harm == "killed")
    assert (loss.low, loss.high, loss.bound) == (301, None, "more_than")
    assert incident.title.de.endswith("mehr als 300 Tote")

"""German names in English: the table's own examples, and that every row of it can be used."""

from __future__ import annotations

import pytest

from trucewatch.knowledge.english import english, english_list, english_place
from trucewatch.knowledge.load import table
from trucewatch.reporting.words import words

EXAMPLES = table("names.en")["example"]


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["de"])
def test_examples(row: dict[str, str]) -> None:
    kind = row.get("kind")
    assert english(row["de"], kind) == row["en"]
    assert english(row["de"], kind, article=True) == row["sentence"]


@pytest.mark.parametrize(
    ("name", "country", "geonames", "expected"),
    [
        ("Horliwka", "UA", 707753, "Horlivka"),
        ("Marjinka", "UA", 701845, "Marinka"),
        ("Al-Faschir", "SD", 379555, "El Fasher"),
        ("Stepanakert", "AZ", 146970, "Stepanakert"),
        ("Gefängnis von Kandahar", "AF", None, "prison of Kandahar"),
        ("Flughafen Bagdad", "IQ", None, "Baghdad airport"),
        ("Süden des Libanons", "LB", None, "southern Lebanon"),
        ("Norden Äthiopiens", "ET", None, "northern Ethiopia"),
        ("Nordjemen", "YE", None, "northern Yemen"),
        ("Nordwesten Syriens", "SY", None, "north-western Syria"),
        ("südlich von Aleppo", "SY", None, "south of Aleppo"),
        ("nördlich von Hadrut", "AZ", None, "north of Hadrut"),
        ("Grenze zu Venezuela", "VE", None, "border with Venezuela"),
        ("griechisch-türkische Grenze", None, None, "Greek-Turkish border"),
        ("Westen", "UA", None, "West"),
        ("Ostrau", "CZ", None, "Ostrau"),
        ("Kleinkleckersdorf", "DE", None, "Kleinkleckersdorf"),
    ],
)
def test_places(name: str, country: str | None, geonames: int | None, expected: str) -> None:
    assert english_place(name, country, geonames) == expected


def test_a_shortened_list_keeps_its_end() -> None:
    assert english_list("Anwohner, Kreml, Ärzte (+2)", article=True) == "local residents, the Kremlin, doctors (+2)"


def test_every_state_with_an_adjective_in_news_has_its_people() -> None:
    assert all(len(row) == 2 and row[0] for row in table("names.en")["states"].values())
    assert set(table("names.en")["states"]) <= set(table("states")["states"])


def test_persons_are_those_of_the_register() -> None:
    known = set(table("officials")["officials"])
    assert set(table("names.en")["persons"]) - known == {"Umar al-Baschir"}


def test_what_names_say_is_not_said_twice() -> None:
    german, in_english = words("de"), words("en")
    assert german.group("Zivilisten", "civilians") == "Zivilisten" and german.group(None, "civilians") == "Zivilpersonen"
    assert in_english.group("people", "civilians") == "people: civilians"
    assert in_english.group("Turkish soldiers", "combatants") == "Turkish soldiers"

"""Namesakes told apart by what stands beside the name, and names that no table knows."""

from __future__ import annotations

import pytest

import trucewatch
from trucewatch.extraction.places import find_places
from trucewatch.language.german import analyse
from trucewatch.record import Record


def read(text: str) -> Record:
    return trucewatch.read(text, published="2024-05-15")


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("In Tripolis im Nordwesten des Libanons fielen Schüsse.", "Tripolis", "LB"),
        ("In der libanesischen Hafenstadt Tripolis fielen Schüsse.", "Tripolis", "LB"),
        ("In Tripolis fielen Schüsse. Die libysche Regierung schwieg.", "Tripolis", "LY"),
        ("In Cartagena in Kolumbien fielen Schüsse.", "Cartagena", "CO"),
        ("In León in Nicaragua fielen Schüsse.", "León", "NI"),
        ("In Mérida, Venezuela, fielen Schüsse.", "Mérida", "VE"),
        ("In Athen (Georgia) fielen Schüsse.", "Georgia", "US"),
        ("In Odessa im US-Bundesstaat Texas fielen Schüsse. In Odessa war es ruhig geblieben.", "Odessa", "US"),
        ("Bei Schüssen in der US-Stadt Birmingham starben drei Menschen.", "Birmingham", "US"),
        ("In London, der Hauptstadt von Großbritannien, fielen Schüsse.", "London", "GB"),
        ("In Georgien fielen Schüsse.", "Georgien", "GE"),
        ("Im Dorf Tabarre im Westen Haitis fielen Schüsse.", "Tabarre", "HT"),
        ("Im Stadtteil Cité Soleil von Port-au-Prince fielen Schüsse.", "Cité Soleil", "HT"),
        ("In Kandahar in Afghanistan fielen Schüsse.", "Kandahar", "AF"),
    ],
)
def test_what_stands_beside_the_name_beats_the_bigger_namesake(text: str, name: str, country: str) -> None:
    found = find_places(analyse(text)).all
    assert {p.country for p in found if p.name == name} == {country}


@pytest.mark.parametrize(
    ("text", "actors", "place"),
    [
        ("Goma (dpa) - Rebellen haben am Montag Kabati beschossen.", ["Rebellen"], "Kabati"),
        ("Bamako (AFP) - Dschihadisten überfielen am Montag Diankabou.", ["Dschihadisten"], "Diankabou"),
        ("Khartum (AFP) - Milizionäre beschossen am Montag Um al-Gura.", ["Milizionäre"], "Um al-Gura"),
        ("Goma (dpa) - Zwei Soldaten wurden bei Kabati durch Artilleriefeuer der M23 verletzt.", ["M23"], "Kabati"),
        ("Goma (dpa) - Die M23 beschoss am Montag das Dorf Nyabirande.", ["M23"], "Nyabirande"),
    ],
)
def test_a_name_that_no_table_knows_is_a_place_without_coordinates(text: str, actors: list[str], place: str) -> None:
    record = read(text)
    (event,) = [e for e in record.events if e.type == "ASSAULT"]
    (found,) = [p for p in record.places if p.id in event.places]
    assert (found.name, found.lat, found.geonames) == (place, None, None)
    assert [a.name for a in record.actors if a.id in event.actors] == actors
    assert place not in [a.name for a in record.actors]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Zwei Soldaten aus Nepal wurden am Montag bei Goma beschossen.", ["Goma"]),
        ("Auf den von Israel besetzten Golanhöhen schlugen am Montag Raketen ein.", ["Golanhöhen"]),
        ("Im von Israel besetzten Westjordanland wurden am Montag zwei Palästinenser erschossen.", ["Westjordanland"]),
        ("In der von Rebellen gehaltenen Stadt Bunia wurden am Montag drei Bauern erschossen.", ["Bunia"]),
    ],
)
def test_origins_and_holders_are_not_where_it_was(text: str, places: list[str]) -> None:
    record = read(text)
    (event,) = [e for e in record.events if e.type == "ASSAULT"]
    assert [p.name for p in record.places if p.id in event.places] == places
    assert not [e for e in record.events if e.type == "ADVANCE" and not e.background]


def test_a_group_is_no_genitive_of_a_town() -> None:
    assert [p.country for p in find_places(analyse("Die Hamas hat am Montag in Rafah geschossen.")).all] == ["PS"]


def test_a_list_behind_an_unknown_place_and_a_name_told_again() -> None:
    record = read("Beirut (dpa) - Israels Armee hat am Montag in Chabriha, Tayr Harfa und Kila Waffenlager beschossen.")
    assert {p.name for p in record.places} >= {"Chabriha", "Tayr Harfa", "Kila"}
    found = find_places(
        analyse("Bei der Stadt Palma im Norden Mosambiks fielen Schüsse. Rebellen hatten Palma überfallen.")
    ).all
    assert [p.country for p in found if p.name == "Palma"] == ["MZ"]


def test_the_genitive_of_a_place_noun_announces_a_name() -> None:
    assert [p.name for p in find_places(analyse("Beim Beschuss des Dorfes Talisch starben drei Rentner.")).all] == [
        "Talisch"
    ]


def test_the_place_of_a_signing_is_not_that_of_the_fighting_after_it() -> None:
    record = read(
        "Kurz nach der Unterzeichnung eines Abkommens in Kampala haben sich bei Bunia Armee und Rebellen Gefechte geliefert."
    )
    (event,) = [e for e in record.events if e.type == "ASSAULT"]
    assert [p.name for p in record.places if p.id in event.places] == ["Bunia"]


def test_a_name_of_two_words_behind_a_preposition_of_place() -> None:
    record = read("Die Hisbollah hat am Montag zwei Granaten auf einen Posten bei Kafr Schuba gefeuert.")
    assert [p.name for p in record.places] == ["Kafr Schuba"]

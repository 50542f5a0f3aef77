"""Who did it and to whom: places beside act nouns, members of named groups, gendered forms, parts of a number."""

from __future__ import annotations

import pytest

import trucewatch
from trucewatch.extraction.actors import find_actors
from trucewatch.extraction.places import find_places
from trucewatch.language.german import analyse
from trucewatch.record import Event, Record

Names = list[str]


def read(text: str) -> Record:
    return trucewatch.read(text, published="2024-05-15")


def names(record: Record, ids: list[str]) -> Names:
    return [next(x.name for x in [*record.actors, *record.places] if x.id == i) for i in ids]


def only(text: str, kind: str = "ASSAULT") -> tuple[Names, Names, Names, Event]:
    """Actors, targets and places of the one event of ``kind``, and the event."""
    record = read(text)
    (event,) = [e for e in record.events if e.type == kind]
    return names(record, event.actors), names(record, event.targets), names(record, event.places), event


@pytest.mark.parametrize(
    ("text", "actors", "places"),
    [
        ("Bei den Anschlägen von Kampala starben am Sonntag 74 Menschen.", [], ["Kampala"]),
        ("Bei dem Massaker von Nairobi wurden am Sonntag zehn Menschen getötet.", [], ["Nairobi"]),
        ("Bei der Bombardierung von Tripolis starben am Sonntag vier Menschen.", [], ["Tripolis"]),
        ("Bei der Bombardierung Adens durch die Luftwaffe starben am Sonntag vier Menschen.", ["Luftwaffe"], ["Aden"]),
        ("Bei der Beschießung Belgrads starben am Sonntag vier Soldaten.", [], ["Belgrad"]),
        ("Bei dem Luftangriff von Sanaa starben am Sonntag vier Soldaten.", [], ["Sanaa"]),
        ("Die Bombardierung Serbiens kostete am Sonntag vier Menschen das Leben.", [], ["Serbien"]),
        ("Bei den Angriffen Ankaras auf Kobane starben am Sonntag vier Kämpfer.", ["türkische Regierung"], ["Kobane"]),
        ("Bei den Angriffen der Türkei auf Kobane starben am Sonntag vier Kämpfer.", ["Türkei"], ["Kobane"]),
        ("Bei den Angriffen von Moskau auf Sumy starben am Sonntag vier Soldaten.", ["russische Regierung"], ["Sumy"]),
    ],
)  # fmt: skip
def test_a_town_or_state_beside_an_act_noun(text: str, actors: Names, places: Names) -> None:
    found = only(text)
    assert (found[0], found[2]) == (actors, places)


@pytest.mark.parametrize(
    "text",
    [
        "Die Rebellen haben gegen das Abkommen von Algier verstoßen.",
        "Die Armee hält sich nicht an das Protokoll von Lusaka, sagten die Rebellen.",
        "Trotz der Vereinbarung von Dschibuti griffen Rebellen am Montag die Armee an.",
        "Trotz des Friedensvertrags von Kampala griffen Rebellen am Montag die Armee an.",
    ],
)
def test_a_town_in_an_agreements_name_is_no_place_and_nobody(text: str) -> None:
    record = read(text)
    assert not record.places
    assert not [a for a in record.actors if a.kind == "government"]


def test_the_other_party_behind_the_town_makes_it_a_doer() -> None:
    record = read("Das Abkommen von Moskau mit Ankara sieht eine Waffenruhe vor. Die Armee hält sie ein.")
    assert names(record, record.events[0].actors) == ["russische Regierung"]


@pytest.mark.parametrize(
    ("text", "actors", "targets"),
    [
        ("ADF-Kämpfer haben am Montag in Oicha elf Bauern getötet.", ["ADF"], ["Bauern"]),
        ("Al-Shabaab-Milizionäre sollen am Montag in Afgoye drei Polizisten erschossen haben.", ["Al-Shabaab"], ["Polizisten"]),
        ("al-Shabaab-Kämpfer haben am Montag in Afgoye drei Polizisten erschossen.", ["Al-Shabaab"], ["Polizisten"]),
        ("M23-Soldaten töteten am Montag in Rutshuru sechs Zivilisten.", ["M23"], ["Zivilisten"]),
        ("Polizist:innen erschossen am Montag in Lomé vier Demonstrant*innen.", ["Polizist:innen"], ["Demonstrant*innen"]),
        ("RebellInnen töteten am Montag in Lashio vier Polizist_innen.", ["RebellInnen"], ["Polizist_innen"]),
        ("Am Montag töteten Milizionäre in Kutum acht Bewohner/-innen.", ["Milizionäre"], ["Bewohner/-innen"]),
        ("Bei einem Luftangriff auf ein Lager in Dhamar starben vier von neun Häftlingen.", [], ["Häftlinge"]),
        ("Von zwölf Geiseln wurden drei am Montag in Marawi von Islamisten erschossen.", ["Islamisten"], ["Geiseln"]),
    ],
)  # fmt: skip
def test_members_gendered_forms_and_parts_of_a_number(text: str, actors: Names, targets: Names) -> None:
    found = only(text)
    assert found[0] == actors
    assert [t.removesuffix("n") for t in found[1]] == [t.removesuffix("n") for t in targets]


def test_the_parties_before_the_verb_that_only_says_that_there_was_fighting() -> None:
    found = only("Zwischen der Armee und Rebellen kam es am Montag bei Bria zu Gefechten.")
    assert found[0] == ["Armee", "Rebellen"]


def test_a_gendered_word_keeps_its_place_and_its_writing() -> None:
    text = "Am Montag flohen 200 Bewohner*innen aus der Stadt. Ein:e Sprecher: in Genf."
    analysis = analyse(text)
    word = next(t for t in analysis.tokens if t.written)
    assert (text[word.start : word.end], word.lemma, word.number) == ("Bewohner*innen", "Bewohner", "plural")
    assert [a.name for a in find_actors(analysis, find_places(analysis)).all][:1] == ["Bewohner*innen"]
    assert [t.text for t in analysis.tokens][-5:] == ["Sprecher", ":", "in", "Genf", "."]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Die Armee und die RSF kämpfen um Khartum. Beide Seiten haben am Montag Häuser in Omdurman beschossen.", 2),
        ("Mali, Niger und Burkina Faso berieten. Beide Seiten haben am Montag Häuser in Gao beschossen.", 1),
    ],
)
def test_both_sides_are_the_two_named_before_or_as_written(text: str, actors: int) -> None:
    record = read(text)
    (event,) = [e for e in record.events if e.mode == "shelling"]
    assert len(event.actors) == actors
    assert (names(record, event.actors) == ["Seite"]) == (actors == 1)


def test_the_rebels_are_the_only_group_named_so_far() -> None:
    record = read("Die FDLR hat am Montag Beni angegriffen. Nach Angaben der Armee töteten die Rebellen vier Bauern.")
    assert {n for e in record.events if e.type == "ASSAULT" for n in names(record, e.actors)} == {"FDLR"}
    record = read("Die FDLR und die M23 haben am Montag Beni angegriffen. Die Rebellen töteten vier Bauern, so die Armee.")
    assert "Rebellen" in {n for e in record.events for n in names(record, e.actors)}


def test_forces_of_somebody_unknown_are_not_the_army_named_before() -> None:
    record = read("Aserbaidschans Armee schoss am Montag. Die Streitkräfte der Karabach-Armenier bestritten Angriffe.")
    (event,) = [e for e in record.events if e.type == "REJECT"]
    (actor,) = [a for a in record.actors if a.id in event.actors]
    assert (actor.name, actor.acts_for, actor.country) == ("Streitkräfte", None, None)

"""Slots of events: who, where, when, how many. Every text ends with a line that makes it a report on a conflict."""

from __future__ import annotations

import pytest

import trucewatch
from trucewatch.record import Event, Record

AROUND = "\n\nIn dem Krieg kämpfen seit Jahren Rebellen gegen die Armee. Vermittler riefen zu einer Waffenruhe auf."
DAY = "2016-03-20"
"""A Sunday."""


def first(text: str, kind: str) -> tuple[Record, Event]:
    record = trucewatch.read(text + AROUND, published=DAY)
    return record, next(e for e in record.events if e.type == kind and e.trigger[0] < len(text))


def losses(event: Event) -> set[tuple[str, int | None, int | None]]:
    return {(loss.harm, loss.low, loss.high) for loss in event.losses}


def places(record: Record, event: Event) -> list[str]:
    return [p.name for p in record.places if p.id in event.places]


def actors(record: Record, ids: list[str]) -> list[str]:
    return [a.name for a in record.actors if a.id in ids]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Bei Luftangriffen auf Aleppo kamen mindestens 26 Menschen ums Leben, mehr als 120 wurden verletzt.",
            {("killed", 26, None), ("wounded", 121, None)},
        ),
        (
            "Kämpfer griffen am Freitag ein Dorf an, töteten 20 Bewohner und steckten Häuser in Brand.",
            {("killed", 20, 20)},
        ),
        (
            "Ein Soldat starb und zwei weitere wurden verletzt, als Rebellen einen Posten bei Donezk beschossen.",
            {("killed", 1, 1), ("wounded", 2, 2)},
        ),
        ("Die Zahl der Toten nach dem Raketenangriff auf Donezk ist auf 14 gestiegen.", {("killed", 14, 14)}),
        ("Nach dem Luftangriff ist ein weiterer Soldat seinen Verletzungen erlegen.", {("killed", 1, 1)}),
        (
            "Bei der Erstürmung der Schule starben mehr als 330 Geiseln, unter ihnen 186 Kinder.",
            {("killed", 331, None), ("killed", 186, 186)},
        ),
        ("Eine Autobombe explodierte in Kabul und tötete zwölf Menschen.", {("killed", 12, 12)}),
        ("Bei einem Anschlag in Bagdad, bei dem 25 Menschen starben, brannten Autos.", {("killed", 25, 25)}),
    ],
)
def test_losses_of_an_act(text: str, expected: set[tuple[str, int | None, int | None]]) -> None:
    assert losses(first(text, "ASSAULT")[1]) == expected


def test_an_age_is_no_number_of_dead() -> None:
    _, event = first("In Kabul wurde am Freitag die 22-jährige Polizistin Maria Keller erschossen.", "ASSAULT")
    assert not any(loss.low == 22 for loss in event.losses)


def test_an_event_beside_the_main_one_keeps_its_place_and_takes_no_time_from_the_clause() -> None:
    record, attack = first(
        "Nach Luftangriffen auf den Gazastreifen haben Israel und die Hamas am Mittwoch in Kairo eine Waffenruhe vereinbart.",
        "ASSAULT",
    )
    truce = next(e for e in record.events if e.type == "AGREE")
    assert (places(record, attack), attack.time) == (["Gazastreifen"], None)
    assert places(record, truce) == ["Kairo"]
    assert truce.time is not None and truce.time.from_ == "2016-03-16"


def test_what_talks_are_about_is_not_where_they_are_held() -> None:
    record, talks = first("Die Türkei und der Iran berieten am Dienstag in Astana über die Lage in Aleppo.", "CONSULT")
    assert places(record, talks) == ["Astana"]


def test_a_date_behind_a_noun_is_the_nouns() -> None:
    record, blame = first("Der UN-Sicherheitsrat verurteilte den Angriff auf Aleppo vom Mittwoch.", "ACCUSE")
    attack = next(e for e in record.events if e.type == "ASSAULT")
    assert blame.time is None
    assert attack.time is not None and attack.time.from_ == "2016-03-16"


def test_a_vague_span_is_a_time() -> None:
    _, event = first("In den vergangenen Wochen war die Armee weiter vorgerückt.", "ADVANCE")
    assert event.time is not None and (event.time.from_, event.time.to) == (None, DAY)


def test_the_dative_does_what_succeeds() -> None:
    record, event = first("Den Rebellen gelang es am Freitag, die Stadt Homs einzunehmen.", "ADVANCE")
    assert actors(record, event.actors) == ["Rebellen"]
    assert event.time is not None and event.time.from_ == "2016-03-18"


def test_each_other_are_actors_and_targets() -> None:
    _record, event = first("Armenien und Aserbaidschan warfen sich gegenseitig vor, die Feuerpause zu brechen.", "ACCUSE")
    assert len(event.actors) == 2
    assert set(event.targets) == set(event.actors)


def test_those_addressed_are_to_do_what_is_demanded() -> None:
    record, event = first("Der Papst rief die Konfliktparteien zu einer sofortigen Waffenruhe auf.", "AGREE")
    assert actors(record, event.actors) == ["Konfliktparteien"]


def test_the_owner_of_what_was_hit_is_the_target() -> None:
    record, event = first("Israelische Kampfflugzeuge griffen am Montag ein Büro der Hamas an.", "ASSAULT")
    assert actors(record, event.targets) == ["Hamas"]


def test_who_doubts_an_accord_is_not_party_to_it() -> None:
    record, event = first("Der Präsident äußerte Zweifel an der Haltbarkeit der Einigung der Rebellen.", "AGREE")
    names = {actor.id: actor.name for actor in record.actors}
    assert "Präsident" not in {names[a] for a in event.actors}

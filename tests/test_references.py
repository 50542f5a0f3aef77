"""What a report takes up again: other acts, meetings that only date, effects that tell where, who is behind "durch"."""

from __future__ import annotations

import pytest

import trucewatch
from short_texts import names, read
from trucewatch.record import Event, Record


def places(record: Record, event: Event) -> list[str]:
    return [next(p.name for p in record.places if p.id == i) for i in event.places]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("In der Stadt Donezk fiel nach einem Granateneinschlag in einem Kraftwerk der Strom aus.", "Donezk"),
        ("In Belgorod gerieten nach Drohnenangriffen mehrere Häuser in Brand.", "Belgorod"),
        ("Russland griff am Montag Charkiw an.", "Charkiw"),
        ("Am Dienstag griff Russland Charkiw an.", "Charkiw"),
        ("Russland hat am Montag Kiew mit Drohnen angegriffen.", "Kiew"),
    ],
)
def test_where_the_act_was(text: str, place: str) -> None:
    record, events = read(text)
    act = next(e for e in events if e.type == "ASSAULT")
    assert places(record, act) == [place]


def test_a_minister_on_a_journey_was_not_where_the_attack_was() -> None:
    record, events = read("Der Minister reiste nach dem Angriff auf Charkiw nach Kairo.")
    assert places(record, next(e for e in events if e.type == "ASSAULT")) == ["Charkiw"]


@pytest.mark.parametrize(
    ("text", "actors", "targets"),
    [
        ("Die türkischen Soldaten wurden durch Beschuss der syrischen Armee getroffen.", ["syrische Armee"],
         ["türkische Soldaten"]),
        ("Zwei Zivilisten wurden durch Artilleriebeschuss der Rebellen getötet.", ["Rebellen"], ["Zivilisten"]),
        ("Bei dem Beschuss türkischer Soldaten starben zwei Menschen.", [], ["türkische Soldaten"]),
    ],
)  # fmt: skip
def test_who_stands_behind_durch_did_it(text: str, actors: list[str], targets: list[str]) -> None:
    record, events = read(text)
    act = next(e for e in events if e.type == "ASSAULT")
    assert (names(record, act.actors), names(record, act.targets)) == (actors, targets)


@pytest.mark.parametrize(
    "text",
    [
        "Rebellen beschossen am Montag Krankenwagen. Bei den anschließenden Vergeltungsschlägen starben 30 Soldaten.",
        "Israel hat Ziele in Tyros angegriffen. Bei einem weiteren Angriff wurden zwei Menschen getötet.",
        "Rebellen griffen am Montag einen Posten an. Die Armee reagierte mit Gegenangriffen auf die Rebellen.",
    ],
)
def test_a_reprisal_or_a_further_attack_is_another_act(text: str) -> None:
    _, events = read(text)
    assert len([e for e in events if e.type == "ASSAULT"]) == 2


def test_the_reprisal_told_again_is_one() -> None:
    text = "Ankara greift Ziele in Syrien an\n\nDie Türkei begann in der Nacht mit Vergeltungsangriffen auf Syrien."
    _, events = read(text)
    assert len([e for e in events if e.type == "ASSAULT"]) == 1


def test_a_meeting_that_only_dates_is_not_where_the_strike_was() -> None:
    text = (
        "Wladimir Putin und Recep Tayyip Erdogan haben sich nach Gesprächen in Moskau auf eine Waffenruhe verständigt. "
        "Kurz vor dem Treffen waren bei Luftangriffen auf Saraqib nach Angaben von Aktivisten 16 Zivilisten getötet worden."
    )
    record, events = read(text)
    consults = [e for e in events if e.type == "CONSULT"]
    assert [(e.status, e.voice.kind, places(record, e)) for e in consults] == [("occurred", "reporter", ["Moskau"])]


def test_what_was_hit_the_day_before_is_told_with_its_own_place_and_day() -> None:
    text = "Am Dienstag griffen Rebellen die Stadt Homs an. Am Vortag war in Hama ein Krankenhaus beschossen worden."
    record, events = read(text)
    assert [(places(record, e), e.time and e.time.from_) for e in events] == [
        (["Homs"], "2024-05-14"),
        (["Hama"], "2024-05-13"),
    ]


def test_we_is_left_out_in_a_headline() -> None:
    text = (
        "Moskau: Haben türkische Stellungen nicht beschossen\n\nMoskau (dpa) - Das russische Verteidigungsministerium hat "
        "eine Beteiligung an dem Angriff auf türkische Truppen in Idlib bestritten."
    )
    record, events = read(text)
    assert [(e.type, names(record, e.actors)) for e in events] == [
        ("ASSAULT", []),
        ("REJECT", ["russisches Verteidigungsministerium"]),
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Die Armee wehrte nach eigenen Angaben einen Angriff auf Homs ab.", "occurred"),
        ("Die Armee will Angriffe auf Homs abwehren.", "possible"),
    ],
)
def test_a_beaten_attack_took_place(text: str, status: str) -> None:
    _, events = read(text)
    assert next(e for e in events if e.type == "ASSAULT").status == status


def test_two_words_of_time_are_one_phrase() -> None:
    record = trucewatch.read(
        "Damit stieg die Zahl der seit Anfang Februar in Idlib getöteten türkischen Soldaten auf 17.", published="2020-02-24"
    )
    (event,) = record.events
    assert event.time is not None and event.time.from_ == "2020-02-01" and event.places

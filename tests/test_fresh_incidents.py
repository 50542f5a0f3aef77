"""Short reports as incidents need them: sites of towns, provinces named like states, plurals in -s, nouns behind letters."""

from __future__ import annotations

import pytest

import trucewatch
from trucewatch.record import Record


def read(text: str, published: str = "2024-05-08") -> Record:
    return trucewatch.read(text, published=published)


def named(record: Record, ids: list[str]) -> list[str]:
    known = {x.id: x.name for x in [*record.actors, *record.places]}
    return [known[i] for i in ids]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Kampfflugzeuge haben am Montag den Markt von Aleppo bombardiert.", "Aleppo"),
        ("Am Montag haben Kampfflugzeuge den Basar von Kabkabija bombardiert.", "Kabkabija"),
        ("Beim Beschuss des Basars von Kutum sind am Donnerstag 120 Menschen getötet worden.", "Kutum"),
        ("Bei dem Angriff auf den Markt von Tawila starben am Montag drei Menschen.", "Tawila"),
        ("Granaten trafen am Montag die Klinik von Tabit.", "Tabit"),
        ("Bewaffnete haben am Dienstag den Busbahnhof von Maiduguri angegriffen.", "Maiduguri"),
        ("Die Armee beschoss am Montag das Flüchtlingslager von Samsam.", "Samsam"),
        ("Beim Beschuss des Markts von Grosny sind am Montag Menschen getötet worden.", "Grosny"),
    ],
)
def test_what_befalls_a_site_of_a_town_is_in_the_town(text: str, place: str) -> None:
    record = read(text)
    attack = next(e for e in record.events if e.type == "ASSAULT")
    assert named(record, attack.places) == [place]
    assert place not in [a.name for a in record.actors]


def test_whose_people_come_from_a_town_is_not_where_they_fight() -> None:
    record = read("Kämpfer der Stadt von Homs schossen auf Soldaten.")
    assert [named(record, e.places) for e in record.events] == [[]]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Im nigerianischen Bundesstaat Niger haben Bewaffnete am Dienstag ein Dorf überfallen.", "Niger", "NG"),
        ("In der US-Stadt Libanon ist am Montag eine Bombe explodiert.", "Libanon", "US"),
        ("Im Niger haben Bewaffnete am Dienstag ein Dorf überfallen.", "Niger", "NE"),
        ("In der türkischen Provinz Kilis ist am Montag eine Rakete eingeschlagen.", "Kilis", "TR"),
    ],
)
def test_a_province_that_shares_a_states_name_lies_where_the_text_says(text: str, name: str, country: str) -> None:
    record = read(text)
    assert [(p.name, p.country) for p in record.places] == [(name, country)]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Im Norden haben Paramilitärs am Mittwoch einen Markt überfallen.", ["Paramilitärs"]),
        ("Am Montag haben Kommandos ein Dorf überfallen.", ["Kommandos"]),
        ("US-Kampfjets hatten am Montag zwei Tanklaster bombardiert.", ["US-Kampfjets"]),
        ("Nato-Kampfjets haben am Montag einen Konvoi bombardiert.", ["Nato-Kampfjets"]),
    ],
)
def test_bare_plurals_in_s_and_nouns_behind_letters_act(text: str, actors: list[str]) -> None:
    record = read(text)
    attack = next(e for e in record.events if e.type == "ASSAULT")
    assert named(record, attack.actors) == actors
    assert record.places == []


def test_tanks_unloaded_are_a_deployment_where_they_are_unloaded() -> None:
    record = read("In der belarussischen Stadt Brest hat Russland am Montag Panzer ausgeladen.")
    event = record.events[0]
    assert (event.type, event.mode) == ("MOBILIZE", "deploy")
    assert [(p.name, p.country) for p in record.places] == [("Brest", "BY")]
    assert named(record, event.actors) == ["Russland"]


def test_a_lorry_unloaded_is_none() -> None:
    assert read("Helfer haben am Montag einen Lastwagen mit Mehl ausgeladen.").events == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "Zwei Tage nach der Unterzeichnung eines Abkommens in Genf haben sich im Norden von Darfur "
            "Armee und Rebellen neue Gefechte geliefert.",
            "Norden von Darfur",
        ),
        ("Kurz nach einem Treffen der Minister in Genf haben Rebellen am Montag Idlib beschossen.", "Idlib"),
        ("Reitermilizen überfielen am Montag das Dorf Jarad, wie Beobachter mitteilten.", "Jarad"),
    ],
)
def test_where_an_agreement_was_signed_is_not_where_the_fighting_is(text: str, place: str) -> None:
    record = read(text)
    attack = next(e for e in record.events if e.type == "ASSAULT")
    assert named(record, attack.places) == [place]


def test_fighting_that_overshadows_talks_is_not_where_the_talks_are() -> None:
    record = read("Die Kämpfe überschatten Friedensgespräche in Abuja. Am Montag starben bei den Kämpfen 20 Soldaten.")
    assert [named(record, e.places) for e in record.events if e.type == "ASSAULT"] == [[]]


@pytest.mark.parametrize(
    "text",
    [
        "Baku erklärte, man greife ausschließlich militärische Ziele an.",
        "Die Armee erklärte, sie beschieße nur Stellungen der Rebellen.",
        "Die Regierung sagte, ihre Luftwaffe greife grundsätzlich nur Kämpfer an.",
        "„Wir bombardieren nur Stellungen der Rebellen“, sagte ein Sprecher der Armee.",
    ],
)
def test_what_is_only_said_to_be_always_done_is_no_act_and_no_confession(text: str) -> None:
    assert [i.grade for i in trucewatch.link([{"text": text, "published": "2024-05-08"}])] == []


def test_an_act_at_only_one_place_is_still_an_act() -> None:
    record = read("Die Armee teilte mit, sie habe am Montag nur ein Depot bei Homs bombardiert.")
    assert [(e.type, e.status) for e in record.events] == [("ASSAULT", "occurred")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Die äthiopische Armee hat den Luftangriff auf Togoga eingeräumt.", "Togoga"),
        ("Die Regierung hat den Beschuss auf Haskanita bestritten.", "Haskanita"),
        ("Die LTTE hat die Verantwortung für den Anschlag auf den Bahnhof von Colombo zurückgewiesen.", "Colombo"),
    ],
)
def test_the_aim_of_an_act_upon_ground_is_a_place(text: str, place: str) -> None:
    record = read(text)
    attack = next(e for e in record.events if e.type == "ASSAULT")
    assert named(record, attack.places) == [place]
    assert attack.targets == []


def test_an_act_in_a_part_of_the_town_named_before_is_in_that_town() -> None:
    record = read(
        "Bei Kämpfen in Mogadischu starben am Donnerstag 40 Menschen. "
        "Am Freitag beschoss die Artillerie ein Wohnviertel im Norden der Stadt."
    )
    assert [named(record, e.places) for e in record.events] == [["Mogadischu"], ["Mogadischu"]]


@pytest.mark.parametrize(
    "verb", ["auf 12 gesenkt", "auf 12 reduziert", "von 21 auf 12 verringert", "auf 12 korrigiert"]
)
def test_who_lowers_a_count_says_the_new_one_and_it_stands_for_the_old(verb: str) -> None:
    first = "Bei einem Bombenanschlag in Hudur sind am Sonntag 21 Menschen getötet worden. Das teilte die Polizei mit."
    then = f"Die Polizei hat die Zahl der Toten nach dem Bombenanschlag in Hudur vom Sonntag {verb}."
    incidents = trucewatch.link(
        [
            {"id": "a", "text": f"Mogadischu (AFP) - {first}", "published": "2022-10-17", "publisher": "Kurier"},
            {"id": "b", "text": f"Mogadischu (AFP) - {then}", "published": "2022-10-18", "publisher": "Kurier"},
        ]
    )
    assert [(x.harm, x.low, x.high) for i in incidents for x in i.losses] == [("killed", 12, 12)]
    assert [i.responsibility.admitted_by for i in incidents] == [[]]


@pytest.mark.parametrize(
    ("text", "tolls"),
    [
        (
            "Nach dem Anschlag in Colombo vom Sonntag erlagen zwei Verletzte ihren Verletzungen.",
            [("killed", 2)],
        ),
        (
            "Bei dem Anschlag in Colombo wurden am Sonntag zwei Menschen verletzt, drei starben.",
            [("wounded", 2), ("killed", 3)],
        ),
    ],
)
def test_wounded_who_died_are_no_wounded(text: str, tolls: list[tuple[str, int]]) -> None:
    record = read(text)
    assert [(x.harm, x.low) for e in record.events for x in e.losses] == tolls


def test_a_death_told_of_an_earlier_day_is_none_of_the_act_before() -> None:
    record = read(
        "Am Sonntag bombardierten Kampfjets Lager bei Kidal. "
        "Bereits am Freitag hatten Hubschrauber eingegriffen; dabei war ein Pilot ums Leben gekommen.",
        "2013-01-14",
    )
    strike = next(e for e in record.events if e.type == "ASSAULT")
    assert strike.losses == []


def test_who_denies_that_an_aircraft_was_shot_down_denies_none_of_the_fighting_that_day() -> None:
    fight = "Bei Gefechten zwischen äthiopischen Soldaten und Islamisten sind am Donnerstag in Mogadischu 30 Menschen "
    denial = "Äthiopien hat den Abschuss eines Hubschraubers in Mogadischu am Donnerstag dementiert."
    incidents = trucewatch.link(
        [
            {"id": "a", "text": f"Mogadischu (AFP) - {fight}getötet worden.", "published": "2007-03-30"},
            {"id": "b", "text": f"Nairobi (dpa) - {denial}", "published": "2007-03-30"},
        ]
    )
    fighting = next(i for i in incidents if i.mode == "clash")
    assert [m.name for m in fighting.members] == ["a"]
    assert fighting.responsibility.denied_by == []

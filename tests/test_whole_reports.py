"""Longer reports: one event per happening, each with its own day, place, losses and teller (codebook section 4)."""

from __future__ import annotations

import trucewatch
from trucewatch.record import Event, Record


def read(text: str, published: str) -> tuple[Record, list[Event]]:
    record = trucewatch.read(text, published=published)
    return record, list(record.events)


def of(events: list[Event], kind: str) -> list[Event]:
    return [e for e in events if e.type == kind]


def names(record: Record, ids: list[str]) -> list[str]:
    known = {a.id: a.name for a in record.actors} | {p.id: p.name for p in record.places}
    return [known[i] for i in ids]


def losses(event: Event) -> list[tuple[str, int | None, int | None]]:
    return [(x.harm, x.low, x.high) for x in event.losses]


def day(event: Event) -> str | None:
    return event.time.from_ if event.time is not None else None


def test_a_place_before_the_colon_of_a_headline_takes_no_part() -> None:
    text = (
        "Philippinen: Sieben Soldaten bei Hinterhalt auf Mindanao getötet\n\n"
        "Manila (AP) - Vier weitere Soldaten wurden bei dem Hinterhalt verletzt, wie ein Armeesprecher mitteilte."
    )
    record, events = read(text, "2024-02-18")
    (act,) = of(events, "ASSAULT")
    assert names(record, act.targets) == ["Soldaten"]
    assert losses(act) == [("killed", 7, 7), ("wounded", 4, 4)]


def test_both_borders_are_one_and_counted_soldiers_are_not_the_other_army() -> None:
    text = (
        "Vier Tote bei Gefechten an der Grenze zu Aserbaidschan\n\n"
        "Eriwan (dpa) - Bei Gefechten an der Grenze zwischen Armenien und Aserbaidschan sind nach armenischen Angaben "
        "vier Soldaten getötet worden. Aserbaidschanische Truppen hätten Stellungen nahe dem Dorf Tegh beschossen, "
        "teilte das Verteidigungsministerium in Eriwan mit."
    )
    record, events = read(text, "2023-04-13")
    fight, shelling = of(events, "ASSAULT")
    assert (fight.mode, losses(fight)) == ("clash", [("killed", 4, 4)])
    assert "aserbaidschanische Truppen" not in names(record, fight.targets)
    assert names(record, shelling.actors) == ["aserbaidschanische Truppen"]


def test_the_act_spoken_of_last_is_meant_and_own_force_to_come_is_a_threat() -> None:
    text = (
        "Huthi-Rebellen beschießen Frachter im Roten Meer - US-Armee greift Stellungen im Jemen an\n\n"
        "Sanaa (dpa) - Die Huthi-Rebellen haben am Dienstag im Roten Meer einen Frachter mit Raketen beschossen. "
        "Huthi-Sprecher Jahja Sari reklamierte den Angriff für die Miliz. Man werde weitere Schiffe angreifen, sagte er.\n\n"
        "Das US-Militär flog in der Nacht zum Mittwoch nach eigenen Angaben Angriffe auf Ziele in der Provinz Hodeida."
    )
    record, events = read(text, "2024-06-12")
    ship, strike, threat = of(events, "ASSAULT")
    assert (day(ship), ship.status) == ("2024-06-11", "occurred")
    assert (names(record, strike.actors), names(record, strike.places)) == (["US-Armee"], ["Hodeida"])
    assert strike.voice.kind == "attributed" and day(strike) == "2024-06-11T22:00"
    assert (names(record, threat.actors), threat.status) == (["Huthi"], "threatened")
    assert [e.mode for e in of(events, "STATE")] == ["claim_responsibility"]
    assert not of(events, "REQUEST")


def test_a_count_of_the_evening_is_of_the_act_of_the_afternoon() -> None:
    text = (
        "Sechs Tote bei Raketenangriff auf Saporischschja\n\n"
        "Kiew (dpa) - Bei einem Raketenangriff auf Saporischschja sind am Mittwochnachmittag mindestens sechs Menschen "
        "getötet worden. Die Zahl der Toten stieg am Abend auf neun.\n\n"
        "Das Ministerium in Moskau meldete den Abschuss von 55 Drohnen. Die Ministerin verurteilte den Angriff vom Mittwoch."
    )
    _, events = read(text, "2024-04-11")
    act = of(events, "ASSAULT")[0]
    assert (day(act), losses(act)) == ("2024-04-10T12:00", [("killed", 9, 9)])
    assert [day(e) for e in of(events, "ASSAULT") if e.mode == "shootdown"] == [None]
    assert not of(events, "HARM")


def test_what_is_to_be_condemned_or_talked_of() -> None:
    text = (
        "Eriwan (dpa) - Aserbaidschanische Truppen griffen am Donnerstag das Dorf Tegh an. "
        "Der Regierungschef rief die Welt auf, den Angriff zu verurteilen."
    )
    _, events = read(text, "2023-04-13")
    assert [e.status for e in of(events, "ASSAULT")] == ["occurred"]
    text = "Maskat (AFP) - UN-Vermittler sprachen am Mittwoch in Maskat mit den Rebellen über eine Freilassung von Gefangenen."
    _, events = read(text, "2024-06-12")
    assert [(e.status, e.places, e.time) for e in of(events, "RETREAT")] == [("possible", [], None)]


def test_who_fired_is_asked_of_the_shell_told_before() -> None:
    text = (
        "Khartum (dpa) - Eine Granate schlug in einem Markt ein. Dabei wurden nach Angaben von Ärzten 14 Zivilisten getötet. "
        "Wer die Granate abfeuerte, war unklar."
    )
    _, events = read(text, "2024-03-12")
    (act,) = of(events, "ASSAULT")
    assert losses(act) == [("killed", 14, 14)]


def test_a_date_in_an_attribute_makes_no_background_of_what_follows() -> None:
    text = (
        "Manila (AP) - Kämpfer überfielen am Samstag einen Konvoi bei Marawi.\n\n"
        "Die Gruppe MILF, die 2014 Frieden mit der Regierung geschlossen hatte, verurteilte die Tat. "
        "Rund 300 Familien flohen aus ihren Dörfern."
    )
    _, events = read(text, "2024-02-18")
    assert [e.background for e in events if e.type in ("ACCUSE", "HARM")] == [False, False]


def test_partners_of_a_past_clause_are_past_with_it_and_a_verdict_has_its_own_date() -> None:
    text = (
        "Guatemala (AFP) - Am Montag begann der Prozess gegen einen General. Soldaten hatten damals Dörfer niedergebrannt "
        "und Bewohner erschossen.\n\nIm Mai 2018 war der General wegen der Entführung eines Jungen im Jahr 1981 "
        "zu 58 Jahren Haft verurteilt worden."
    )
    _, events = read(text, "2024-04-09")
    assert all(e.background for e in events if e.type in ("ASSAULT", "DAMAGE"))
    assert [day(e) for e in of(events, "COERCE") if e.mode == "arrest"] == ["2018-05-01"]


def test_the_last_time_is_never_to_come() -> None:
    text = "Peschawar (AFP) - In Peschawar hatte es zuletzt im März einen schweren Anschlag gegeben. Am Freitag starben zwei."
    _, events = read(text, "2023-01-28")
    assert [day(e) for e in of(events, "ASSAULT")] == ["2022-03-01"]


def test_what_a_reprisal_or_an_inquiry_answers_took_place() -> None:
    text = "Teheran (AFP) - Der Iran drohte Israel am Dienstag mit Vergeltung für den Luftangriff auf sein Konsulat in Damaskus."
    record, events = read(text, "2024-05-08")
    strike = next(e for e in of(events, "ASSAULT") if e.mode == "airstrike")
    assert (strike.status, strike.actors, names(record, strike.places)) == ("occurred", [], ["Damaskus"])
    text = "Goma (AFP) - Frankreich forderte am Montag eine Untersuchung des Angriffs auf das Lager bei Goma."
    _, events = read(text, "2024-05-08")
    assert [(e.status, e.time) for e in of(events, "ASSAULT")] == [("occurred", None)]


def test_a_witness_in_court_tells_of_the_old_act() -> None:
    text = (
        "Prozess um Massaker von 1982 begonnen\n\nGuatemala (AFP) - Am Montag begann der Prozess um das Massaker. "
        "Zum Auftakt sagte eine Überlebende aus, Soldaten hätten ihren Vater getötet."
    )
    _, events = read(text, "2024-04-09")
    acts = of(events, "ASSAULT")
    assert acts and all(e.background for e in acts)


def test_the_years_of_a_war_are_those_of_its_dead() -> None:
    text = (
        "Guatemala (AFP) - In dem Bürgerkrieg von 1960 bis 1996 wurden nach UN-Angaben rund 200.000 Menschen getötet."
    )
    _, events = read(text, "2024-04-09")
    (dead,) = of(events, "HARM")
    assert dead.time is not None and (dead.time.from_, dead.time.to, dead.background) == (
        "1960-01-01",
        "1997-01-01",
        True,
    )


def test_the_death_that_a_noun_names_and_its_relative_clause_tell_is_one() -> None:
    text = "Kabul (AFP) - Die Gruppe will den Tod eines Anführers rächen, der im August in Kundus getötet worden war."
    record, events = read(text, "2024-01-28")
    (death,) = of(events, "HARM")
    assert (day(death), names(record, death.places)) == ("2023-08-01", ["Kundus"])


def test_a_source_ends_with_its_own_words() -> None:
    text = "Khartum (dpa) - Nach Kämpfen in El Fascher sind Zehntausende Menschen nach UN-Angaben auf der Flucht."
    _, events = read(text, "2024-03-12")
    assert [e.voice.kind for e in of(events, "HARM")] == ["attributed"]


def test_an_old_wars_dead_are_not_those_of_an_undated_act() -> None:
    text = (
        "Stepanakert (dpa) - Russische Soldaten gerieten nahe Dschanjatag unter Feuer.\n\n"
        "Der Waffengang von 2020 endete mit mehr als 6500 Toten."
    )
    _, events = read(text, "2023-09-20")
    assert [losses(e) for e in events if not e.background and e.type == "ASSAULT"] == [[]]

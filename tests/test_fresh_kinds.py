"""Kinds met in unread reports: a subject behind everything, dying under fire, trusting a source, coming to nothing."""

from __future__ import annotations

import pytest

import trucewatch
from trucewatch.record import Event, Record

DAY = "2023-05-10"  # a Wednesday


def _read(text: str) -> Record:
    return trucewatch.read(text, published=DAY)


def _names(record: Record, ids: list[str]) -> list[str]:
    return [a.name for i in ids for a in record.actors if a.id == i]


def _one(text: str, kind: str) -> tuple[Record, Event]:
    record = _read(text)
    found = [e for e in record.events if e.type == kind]
    assert len(found) == 1, [(e.type, e.mode) for e in record.events]
    return record, found[0]


def _killed(event: Event) -> list[tuple[int | None, int | None]]:
    return [(x.low, x.high) for x in event.losses if x.harm == "killed"]


@pytest.mark.parametrize(
    ("text", "kind", "actors", "targets"),
    [
        # a bare subject behind a place's name, behind a circumstance, behind "von … aus"
        (
            "Auf einen Trupp der Polizei haben am Montag bei Sopore Aufständische geschossen.",
            "ASSAULT",
            ["Aufständische"],
            ["Polizei"],
        ),
        ("Auf einen Bus haben am Montag in Rutshuru M23-Rebellen gefeuert.", "ASSAULT", ["M23"], None),
        (
            "Einen Wachposten der Armee haben am Montag nahe Turbat Bewaffnete überfallen.",
            "ASSAULT",
            ["Bewaffnete"],
            ["Armee"],
        ),
        ("Den Hafen von Mokka nahmen am Montag nach kurzem Gefecht Huthi-Kämpfer ein.", "ADVANCE", ["Huthi"], None),
        (
            "Mit Granatwerfern haben am Montag von Daraja aus Rebellen die Stadt Muadamija beschossen.",
            "ASSAULT",
            ["Rebellen"],
            None,
        ),
        # "eine" is singular: the plural verb belongs to what stands behind it
        (
            "Eine georgische Drohne haben abchasische Soldaten am Montag abgeschossen.",
            "ASSAULT",
            ["abchasische Soldaten"],
            ["georgische Drohne"],
        ),
        (
            "Eine ruandische Patrouille haben kongolesische Soldaten am Montag beschossen.",
            "ASSAULT",
            ["kongolesische Soldaten"],
            ["ruandische Patrouille"],
        ),
        # the dative of "zum Opfer fallen" did it, the genitive behind "in die Hände" has it now
        (
            "Einem Selbstmordattentäter fielen am Montag in Quetta neun Rekruten zum Opfer.",
            "ASSAULT",
            ["Selbstmordattentäter"],
            ["Rekruten"],
        ),
        ("Die Ortschaft Ménaka ist am Montag in die Hände der Islamisten gefallen.", "ADVANCE", ["Islamisten"], None),
        ("Am Montag fiel die Stadt Mossul an den IS.", "ADVANCE", ["Islamischer Staat"], None),
        ("Der Flughafen von Herat geriet am Montag unter die Kontrolle der Taliban.", "ADVANCE", ["Taliban"], None),
        # under whose fire
        (
            "Unter den Kugeln von Soldaten starben am Montag in Conakry zwei Studenten.",
            "ASSAULT",
            ["Soldaten"],
            ["Studenten"],
        ),
    ],
)
def test_who_did_it(text: str, kind: str, actors: list[str], targets: list[str] | None) -> None:
    record = _read(text)
    event = next(e for e in record.events if e.type == kind)
    assert _names(record, event.actors) == actors
    if targets is not None:
        assert _names(record, event.targets) == targets
    assert event.status == "occurred" and event.polarity == "positive" and event.voice.kind == "reporter"


@pytest.mark.parametrize(
    ("text", "mode", "killed"),
    [
        ("Einem Selbstmordattentäter fielen am Montag in Quetta neun Rekruten zum Opfer.", "suicide", (9, 9)),
        ("Einer Autobombe fielen am Montag in Mossul sechs Menschen zum Opfer.", "bombing", (6, 6)),
        ("Drei Reporter sind am Montag in Gaza einem Luftangriff zum Opfer gefallen.", "airstrike", (3, 3)),
        ("Eine Mine riss am Montag nahe Mopti drei Soldaten in den Tod.", "mine", (3, 3)),
        ("Bei einem Gefecht nahe Caloto ließen am Montag vier Polizisten ihr Leben.", "clash", (4, 4)),
    ],
)
def test_the_dead_belong_to_the_act(text: str, mode: str, killed: tuple[int, int]) -> None:
    _, event = _one(text, "ASSAULT")
    assert event.mode == mode and _killed(event) == [killed]
    assert not [e for e in _read(text).events if e.type == "HARM"]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Rebellen schossen am Montag mit Mörsern auf die Kaserne.", "shelling"),
        ("Aus Panzern feuerten Soldaten am Montag auf das Krankenhaus.", "shelling"),
        ("Soldaten feuerten am Montag mit Sturmgewehren auf die Menge.", "small_arms"),
    ],
)
def test_what_was_fired(text: str, mode: str) -> None:
    assert _one(text, "ASSAULT")[1].mode == mode


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Glaubt man dem Gouverneur, haben Rebellen am Montag Soldaten beschossen.", "Gouverneur"),
        ("Wenn man dem Bürgermeister glaubt, haben Rebellen am Montag Soldaten beschossen.", "Bürgermeister"),
        ("Folgt man der Darstellung der Armee, so haben Rebellen am Montag Soldaten beschossen.", "Armee"),
    ],
)
def test_whom_one_trusts_says_so(text: str, speaker: str) -> None:
    record, event = _one(text, "ASSAULT")
    assert event.voice.kind == "attributed" and event.voice.speaker is not None
    assert _names(record, [event.voice.speaker]) == [speaker]
    assert _names(record, event.actors) == ["Rebellen"]


@pytest.mark.parametrize(
    "text",
    [
        "Dem Vernehmen nach haben Soldaten am Montag einen Feldkommandeur erschossen.",
        "Allem Anschein nach haben Soldaten am Montag einen Feldkommandeur erschossen.",
    ],
)
def test_heard_of_nobody(text: str) -> None:
    event = _one(text, "ASSAULT")[1]
    assert event.voice.kind == "hearsay" and event.voice.speaker is None


@pytest.mark.parametrize(
    "text",
    [
        "Berichte über einen Luftangriff auf das Lager haben sich als falsch erwiesen.",
        "Die Meldung über einen Anschlag auf die Kaserne entpuppte sich als Ente.",
        "Die Nachricht von einem Überfall auf die Kaserne war eine Falschmeldung.",
    ],
)
def test_a_report_found_false_is_no_deed(text: str) -> None:
    assert [e.polarity for e in _read(text).events if e.type == "ASSAULT"] == ["negative"]


def test_rumours_not_confirmed_are_no_deed() -> None:
    events = _read("Gerüchte über einen Überfall der Rebellen auf die Kaserne haben sich nicht bestätigt.").events
    assert [(e.status, e.voice.kind) for e in events if e.type == "ASSAULT"] == [("possible", "hearsay")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Aus dem Abzug der Truppen, der am Montag beginnen sollte, wurde nichts.", "RETREAT"),
        ("Aus der für Montag geplanten Freilassung der Geiseln ist nichts geworden.", "RETREAT"),
    ],
)
def test_what_came_to_nothing(text: str, kind: str) -> None:
    assert [(e.status, e.polarity) for e in _read(text).events if e.type == kind] == [("planned", "negative")]


def test_what_is_turned_down_with_dessen_is_not_the_deniers_word() -> None:
    text = (
        "Ein Sprecher des Generals wies den Vorwurf von sich, dessen Luftwaffe habe am Montag die Klinik bombardiert."
    )
    record, event = _one(text, "ASSAULT")
    assert _names(record, event.actors) == ["Luftwaffe"]
    assert event.voice.kind == "hearsay" and event.voice.speaker is None


def test_a_body_without_an_article_is_no_state() -> None:
    record, event = _one("Malis Junta beteuert, Rebellen hätten am Montag den Konvoi beschossen.", "ASSAULT")
    assert event.voice.speaker is not None and _names(record, [event.voice.speaker]) == ["Junta"]


def test_a_price_war_is_no_war() -> None:
    text = "An der Börse tobt ein Preisgefecht um den Chipkonzern. Die Aktionäre streckten die Waffen."
    assert not _read(text).events


def test_what_stands_behind_a_semicolon_is_still_the_speakers_word() -> None:
    text = (
        "Die Soldaten seien nicht über die Grenze gegangen, sagte der Armeesprecher; vielmehr hätten Rebellen am Montag "
        "das Dorf Kitgum beschossen."
    )
    record, event = _one(text, "ASSAULT")
    assert event.voice.kind == "attributed" and event.voice.speaker is not None
    assert _names(record, [event.voice.speaker]) == ["Armeesprecher"]
    assert _names(record, event.actors) == ["Rebellen"]


@pytest.mark.parametrize(
    "text",
    [
        "Auf mehrere von US-Truppen genutzte Stützpunkte im Irak sind am Montag Angriffe verübt worden.",
        "Auf einige von der Armee gehaltene Dörfer in Darfur sind am Montag Angriffe verübt worden.",
    ],
)
def test_who_holds_a_place_is_not_who_attacks_it(text: str) -> None:
    assert not _one(text, "ASSAULT")[1].actors


def test_confirming_what_others_did_is_no_confession() -> None:
    text = (
        "Auf von US-Truppen genutzte Stützpunkte im Irak sind Angriffe verübt worden. Das Pentagon bestätigte am Montag "
        "vier Drohnenattacken im Irak. Eine Miliz reklamierte die Angriffe für sich."
    )
    assert not [e for e in _read(text).events if e.type == "CONCEDE"]


def test_calling_a_behaviour_absurd_denies_nothing() -> None:
    text = "Der Minister nannte das Verhalten der Blauhelme «absurd». Die Rebellen hatten die Stadt eingenommen."
    assert not [e for e in _read(text).events if e.type == "REJECT"]


def test_government_troops_are_no_peacekeepers() -> None:
    text = "Die UN-Soldaten schauten zu. Die Regierungstruppen hatten sich am Montag aus der Stadt zurückgezogen."
    record, event = _one(text, "RETREAT")
    assert _names(record, event.actors) == ["Regierungstruppen"]


def test_of_two_groups_with_one_name_the_short_form_decides() -> None:
    record, event = _one("Kämpfer der Nationalen Befreiungsarmee UCK überfielen am Montag einen Posten.", "ASSAULT")
    assert _names(record, event.actors) == ["UÇK"]


def test_a_topic_before_the_colon_says_nothing() -> None:
    record = _read("Mazedonien: Schwere Gefechte an der Grenze\n\nDie Armee beschoss am Montag das Dorf Radusa.")
    assert {e.voice.kind for e in record.events if e.type == "ASSAULT"} == {"reporter"}


def test_what_one_refrains_from_is_no_deed() -> None:
    events = _read("Die Armee sah am Montag von einem Angriff auf das Dorf ab.").events
    assert [(e.status, e.polarity) for e in events if e.type == "ASSAULT"] == [("planned", "negative")]


def test_a_drone_shot_down_did_not_strike() -> None:
    assert (
        _one("Eine Drohne sei am Montag abgeschossen worden, teilte die Armee mit.", "ASSAULT")[1].mode == "shootdown"
    )


def test_a_mine_that_goes_off_is_not_the_shooting_told_before() -> None:
    text = (
        "Die Armee habe am Montag das Feuer eröffnet, sagte ein Rebell. Am Freitag waren bei der Explosion einer Mine nahe "
        "Tetovo acht Polizisten getötet worden."
    )
    found = {e.mode: e for e in _read(text).events if e.type == "ASSAULT"}
    assert set(found) == {"small_arms", "mine"}
    assert _killed(found["mine"]) == [(8, 8)] and not found["small_arms"].losses
    assert found["mine"].voice.kind == "reporter"


def test_what_is_to_happen_first_has_not_happened() -> None:
    text = "Die Nato will Soldaten schicken, sobald die Rebellen das Dorf räumen. Die Rebellen griffen am Montag einen Posten an."
    assert not [e for e in _read(text).events if e.type == "RETREAT"]


def test_sobald_with_a_past_tells_of_what_happened() -> None:
    text = "Sobald die Rebellen das Dorf angriffen, flohen die Bewohner."
    assert [e.status for e in _read(text).events if e.type == "ASSAULT"] == ["occurred"]


def test_a_union_of_militias_claims_its_act() -> None:
    record, event = _one("Ein Zusammenschluss schiitischer Milizen bekannte sich am Montag zu den Angriffen.", "STATE")
    assert event.mode == "claim_responsibility" and _names(record, event.actors) == ["schiitische Milizen"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Kabul (dpa) - Rebellen haben am Montag bei Herat einen Posten angegriffen.", "Herat"),
        ("Khartum (dpa) - Erschossen haben Milizen am Montag drei Bauern bei Kutum.", "Kutum"),
    ],
)
def test_a_town_of_the_land_told_of_stands_behind_bei(text: str, place: str) -> None:
    record, event = _one(text, "ASSAULT")
    assert [p.name for p in record.places if p.id in event.places] == [place]

"""Whose army, ministry, spokesman and organisation is meant, and that an army is not its soldiers."""

from __future__ import annotations

import pytest

import trucewatch
from trucewatch.record import Actor, Event, Record


def _read(text: str, published: str = "2024-05-15") -> Record:
    return trucewatch.read(text, published=published)


def _actor(record: Record, number: str | None) -> Actor:
    return next(a for a in record.actors if a.id == number)


def _speaker(record: Record, event: Event) -> Actor:
    return _actor(record, event.voice.speaker)


def _side(record: Record, actor: Actor) -> list[str]:
    chain = [actor.name]
    while actor.acts_for is not None:
        actor = _actor(record, actor.acts_for)
        chain.append(actor.name)
    return chain


@pytest.mark.parametrize(
    "text",
    [
        "Bei Gefechten bei Awdijiwka ist nach Angaben der Armee ein ukrainischer Soldat getötet worden.",
        "Nach Angaben der Armee sind bei Gefechten bei Awdijiwka zwei ukrainische Soldaten getötet worden.",
        "Bei Gefechten bei Awdijiwka sind drei ukrainische Soldaten getötet worden. Das teilte die Armee mit.",
    ],
)
def test_an_army_speaks_and_its_soldiers_die(text: str) -> None:
    record = _read(text)
    event = next(e for e in record.events if e.type == "ASSAULT")
    assert "Armee" in _speaker(record, event).name
    [victim] = [_actor(record, t) for t in event.targets]
    assert victim.name.startswith("ukrainische") and "Soldat" in victim.name


def test_soldiers_and_army_are_one_side() -> None:
    record = _read(
        "Die ukrainische Armee zog ab. Ukrainische Soldaten hatten zuvor zwei Dörfer bei Awdijiwka beschossen."
    )
    soldiers = next(a for a in record.actors if "Soldat" in a.name)
    assert "ukrainische Armee" in _side(record, soldiers)


@pytest.mark.parametrize("body", ["die Armee", "das Militär"])
def test_behind_an_air_force_the_army_is_of_the_same_state(body: str) -> None:
    record = _read(
        f"Die israelische Luftwaffe hat im Süden des Libanons Stellungen der Hisbollah angegriffen. Das teilte {body} mit. "
        "Die libanesische Armee verlegte Soldaten in den Süden des Libanons."
    )
    strike = next(e for e in record.events if e.type == "ASSAULT")
    assert "Israel" in _side(record, _speaker(record, strike)) or _speaker(record, strike).name.startswith("israelisch")
    assert any(a.name == "libanesische Armee" for a in record.actors)


def test_of_two_armies_the_head_of_government_commands_his_own() -> None:
    record = _read(
        "Die libanesische Armee warf der israelischen Armee Verstöße gegen die Waffenruhe vor. "
        "Ministerpräsident Benjamin Netanjahu wies die Streitkräfte an, Stellungen der Hisbollah anzugreifen.",
        "2024-11-28",
    )
    order = next(e for e in record.events if e.type == "REQUEST")
    assert [_actor(record, t).name for t in order.targets] == ["israelische Armee"]


def test_a_ministry_is_of_the_government_that_spoke_in_its_paragraph() -> None:
    record = _read(
        "Das Verteidigungsministerium in Eriwan warf der aserbaidschanischen Armee vor, Dörfer bei Hadrut beschossen zu "
        "haben.\n\n"
        "Baku wies das zurück. Armenische Einheiten hätten im Bezirk Agdam Dörfer beschossen, hieß es aus dem "
        "Verteidigungsministerium.",
        "2020-10-18",
    )
    theirs = [e for e in record.events if e.type == "ASSAULT"][-1]
    assert "aserbaidschanische Regierung" in _side(record, _speaker(record, theirs))


def test_whom_a_spokeswoman_tells_of_is_not_her_own_side() -> None:
    record = _read(
        "Das Verteidigungsministerium in Eriwan warf der aserbaidschanischen Armee vor, Dörfer bei Hadrut beschossen zu haben. "
        "Aserbaidschan habe damit gegen die Waffenruhe verstoßen, schrieb eine Sprecherin.",
        "2020-10-18",
    )
    breach = next(e for e in record.events if e.type == "VIOLATE")
    assert _side(record, _speaker(record, breach))[:2] == ["Sprecherin", "Verteidigungsministerium"]


def test_deren_sprecher_speaks_for_the_force_named_last_and_our_units_are_its_own() -> None:
    record = _read(
        "Ein Sprecher der Einheitsregierung sagte, Truppen von General Chalifa Haftar hätten Tripolis beschossen. "
        'Haftars Armee bestritt das. "Unsere Einheiten halten sich an die Waffenruhe", sagte deren Sprecher Ahmed al-Mismari.',
        "2020-01-12",
    )
    keeps = next(e for e in record.events if e.mode == "ceasefire_observed")
    assert _speaker(record, keeps).name == "Ahmed al-Mismari"
    assert "Chalifa Haftar" in _side(record, _speaker(record, keeps))
    assert [_side(record, _actor(record, a)) for a in keeps.actors] == [_side(record, _speaker(record, keeps))[1:]]


def test_his_organisation_is_the_one_that_he_leads() -> None:
    record = _read(
        "Eine Mission der Vereinten Nationen soll die Waffenruhe überwachen. Der ELN-Kommandeur Antonio García erklärte, "
        "seine Organisation werde die Waffen nicht niederlegen.",
        "2023-06-09",
    )
    arms = next(e for e in record.events if e.type == "RETREAT" and e.polarity == "negative")
    assert [_actor(record, a).name for a in arms.actors] == ["ELN"]


def test_an_english_name_is_one_phrase_and_leaves_its_verb_an_object() -> None:
    record = _read(
        "Bei einem Luftangriff auf einen Markt in Al-Faschir wurden zwölf Zivilisten getötet. "
        "Die Rapid Support Forces machten die Armee verantwortlich."
    )
    charge = next(e for e in record.events if e.type == "ACCUSE")
    assert [_actor(record, a).name for a in charge.actors] == ["Rapid Support Forces"]
    assert [_actor(record, t).name for t in charge.targets] == ["Armee"]


def test_a_soldier_of_the_army_is_not_the_army() -> None:
    record = _read("Die Armee teilte mit, bei Gefechten nahe der Grenze sei ein Soldat getötet worden.")
    clash = next(e for e in record.events if e.type == "ASSAULT")
    assert [_actor(record, t).name for t in clash.targets] == ["Soldat"]
    assert _speaker(record, clash).name == "Armee"

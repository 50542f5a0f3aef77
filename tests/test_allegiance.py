"""On which state's side actors are: names, adjectives, offices, seats, and bare offices beside what makes them plain."""

from __future__ import annotations

import json

import pytest

import trucewatch

CONTEXT = "\n\nMilizen kämpfen seit Tagen gegeneinander. Bei Gefechten wurden zuletzt viele Menschen getötet."


def country(text: str, name: str) -> str | None:
    """The country of the actor whose name begins with ``name``, within a report that is plainly about a war."""
    record = trucewatch.read(text + CONTEXT, published="2024-05-15")
    found = [a for a in record.actors if a.name.startswith(name)]
    assert len(found) == 1, [a.name for a in record.actors]
    return found[0].country


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Die Türkei griff am Montag ein Dorf an.", "Türkei", "TR"),
        ("Türkische Soldaten griffen am Montag ein Dorf an.", "türkische Soldaten", "TR"),
        ("Die russische Luftwaffe bombardierte das Dorf.", "russische Luftwaffe", "RU"),
        ("Ein türkisches Bataillon wurde bei einem Angriff beschossen.", "türkisches Bataillon", "TR"),
        ("Das syrische Staatsfernsehen dementierte den Angriff.", "syrisches Staatsfernsehen", "SY"),
        ("Rebellen griffen die Stadt an, meldete die Agentur Tass.", "TASS", "RU"),
        ("Moskau wies den Vorwurf zurück, das Dorf beschossen zu haben.", "russische Regierung", "RU"),
        ("Israels Armee griff Ziele im Libanon an.", "Armee", "IL"),
        ("Kremlsprecher Dmitri Peskow wies den Vorwurf zurück, Dörfer beschossen zu haben.", "Dmitri Peskow", "RU"),
        ("Der US-Gesandte John Miller forderte eine Waffenruhe.", "John Miller", "US"),
    ],
)
def test_names_adjectives_and_offices(text: str, name: str, code: str) -> None:
    assert country(text, name) == code


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Der Gouverneur der Provinz Hatay, Rahmi Dogan, forderte eine Waffenruhe.", "Rahmi Dogan", "TR"),
        ("Der Bürgermeister von Charkiw forderte nach dem Angriff Hilfe.", "Bürgermeister", "UA"),
        ("Das Verteidigungsministerium in Ankara wies den Vorwurf zurück, Dörfer beschossen zu haben.", "Verteidigungsmin", "TR"),
        ("Die Behörden in Kabul meldeten einen Anschlag.", "Behörden", "AF"),
        ("Der von Russland eingesetzte Gouverneur Pjotr Sanin forderte den Abzug der Truppen.", "Pjotr Sanin", "RU"),
    ],
)
def test_seats_and_places_of_office(text: str, name: str, code: str) -> None:
    assert country(text, name) == code


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Die Türkei reagierte nach Angaben des Verteidigungsministeriums mit Beschuss auf 20 Ziele.", "Verteidi", "TR"),
        ("Bei einem Anschlag in Kabul starben nach Angaben der Polizei drei Menschen.", "Polizei", "AF"),
        ("Erdogan drohte mit einem Angriff. Das Verteidigungsministerium dementierte den Angriff.", "Verteidi", "TR"),
        ("Kiew (dpa) - Russland griff Charkiw an. Die Armee habe Panzer zerstört, teilte das Verteidigungsministerium mit.",
         "Verteidi", "UA"),
        ("Bei dem Beschuss von Charkiw starben zwei Menschen, sagte ein Polizeisprecher.", "Polizeisprecher", "UA"),
    ],
)  # fmt: skip
def test_bare_offices_beside_what_makes_them_plain(text: str, name: str, code: str) -> None:
    assert country(text, name) == code


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Syrische Rebellen griffen am Montag ein Dorf an.", "syrische Rebellen"),
        ("Ein Sprecher der Hisbollah drohte mit einem Angriff auf Israel.", "Sprecher"),
        ("Die prorussischen Separatisten in Luhansk beschossen das Dorf.", "prorussische Separatisten"),
        ("Der selbsternannte Bürgermeister von Slowjansk forderte den Abzug der Truppen.", "Bürgermeister"),
        ("UN-Generalsekretär António Guterres forderte eine Waffenruhe.", "António Guterres"),
        ("Das Verteidigungsministerium dementierte den Angriff.", "Verteidigungsministerium"),
        ("Russland griff die Ukraine an. Das Verteidigungsministerium meldete einen Angriff.", "Verteidigungsmin"),
        ("Israel griff Gaza an. Bei dem Angriff wurden zehn Zivilisten getötet.", "Zivilisten"),
    ],
)
def test_no_state_owns_them_or_nothing_tells_whose_they_are(text: str, name: str) -> None:
    assert country(text, name) is None


def test_officials_act_for_the_state_that_the_report_names() -> None:
    record = trucewatch.read("Die Türkei griff Idlib an. Das sagte der Gouverneur der Provinz Hatay, Rahmi Dogan.")
    governor = next(a for a in record.actors if a.name == "Rahmi Dogan")
    assert next(a.name for a in record.actors if a.id == governor.acts_for) == "Türkei"


def test_rebels_do_not_act_for_the_government_that_they_fight() -> None:
    record = trucewatch.read("Syrische Rebellen griffen die syrische Regierung und die syrische Armee an.")
    assert next(a for a in record.actors if a.name == "syrische Rebellen").acts_for is None


def test_the_written_record_shows_it() -> None:
    record = trucewatch.read("Türkische Soldaten griffen ein Dorf an." + CONTEXT)
    assert json.loads(record.to_json())["actors"][0]["country"] == "TR"

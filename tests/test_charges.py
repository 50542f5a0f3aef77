"""Charges and denials: which act they are about, whose word the act charged is, and that no denier is made to say it."""

from __future__ import annotations

import pytest

from short_texts import names, read
from trucewatch.record import Event, Record


def about(record: Record, event: Event) -> list[str]:
    """The triggers of what an event is about."""
    return [record.quote(next(e.trigger for e in record.events if e.id == i)) for i in event.about]


STRIKES = (
    "Bei Luftangriffen auf die Stadt Homs sind am Dienstag nach Angaben der Beobachtungsstelle 20 Zivilisten getötet worden. "
    "Getroffen wurden demnach auch zwei Schulen. "
)


@pytest.mark.parametrize(
    "answer",
    [
        "Die Beobachtungsstelle machte die russische Luftwaffe verantwortlich.",
        "Die Beobachtungsstelle machte die russische Luftwaffe verantwortlich. Das Ministerium in Moskau wies dies zurück.",
        "Moskau bestreitet eine Beteiligung.",
    ],
)
def test_charges_and_denials_are_about_the_attack_not_only_about_what_it_hit(answer: str) -> None:
    record, events = read(STRIKES + answer)
    acts = [e for e in events if e.type in ("ACCUSE", "REJECT")]
    assert acts and all("Luftangriffen" in about(record, e) for e in acts)


@pytest.mark.parametrize(
    ("text", "word", "actors", "voice", "speaker"),
    [
        ("Die Separatisten haben den Vorwurf zurückgewiesen, den Kindergarten beschossen zu haben.", "beschossen",
         ["Separatisten"], "hearsay", None),
        ("Armenien hat Vorwürfe Aserbaidschans zurückgewiesen, zivile Ziele beschossen zu haben.", "beschossen",
         ["Armenien"], "attributed", "Aserbaidschan"),
        ("Kiew warf Moskau vor, das Theater in Mariupol bombardiert zu haben. Russland bestritt den Angriff.",
         "bombardiert", ["russische Regierung"], "attributed", "ukrainische Regierung"),
        ("Die syrische Armee hat Berichte über die Einnahme von Sarakib durch Rebellen dementiert.", "Einnahme",
         ["Rebellen"], "hearsay", None),
        ("Die syrische Armee hat Berichte über die Einnahme von Sarakib durch Rebellen dementiert. Ein Sprecher der "
         "Rebellen hatte zuvor erklärt, die Stadt sei eingenommen worden.", "Einnahme", ["Rebellen"], "attributed", "Sprecher"),
        ("Die Türkei hat Berichte über den Einsatz von Chemiewaffen zurückgewiesen.", "Einsatz", [], "hearsay", None),
    ],
)  # fmt: skip
def test_what_is_denied_is_the_accusers_word(
    text: str, word: str, actors: list[str], voice: str, speaker: str | None
) -> None:
    record, events = read(text)
    act = next(e for e in events if record.quote(e.trigger) == word)
    assert names(record, act.actors) == actors
    assert act.voice.kind == voice
    assert names(record, [act.voice.speaker] if act.voice.speaker else []) == ([speaker] if speaker else [])
    denial = next(e for e in events if e.type == "REJECT")
    assert word in about(record, denial)


def test_who_did_it_by_the_charge_alone_is_no_fact_of_the_report() -> None:
    text = (
        "Bei einem Angriff auf einen Markt in Khartum sind 54 Menschen getötet worden. Aktivisten machten die Miliz RSF "
        "verantwortlich. Die Miliz bestritt, den Markt angegriffen zu haben."
    )
    record, events = read(text)
    acts = [e for e in events if e.type == "ASSAULT"]
    assert [(record.quote(e.trigger), e.actors, e.voice.kind) for e in acts] == [("Angriff", [], "reporter")]


def test_one_accusation_in_two_verbs() -> None:
    text = "Die USA beschuldigten den Iran, hinter dem Angriff auf die Ölanlage zu stecken. Teheran wies das zurück."
    record, events = read(text)
    assert [e.type for e in events].count("ACCUSE") == 1
    assert about(record, next(e for e in events if e.type == "ACCUSE")) == ["Angriff"]


def test_a_version_turned_down_is_all_that_was_claimed() -> None:
    text = (
        "Das russische Ministerium bestritt den Angriff. Die türkischen Soldaten seien durch Beschuss der syrischen Armee "
        "getroffen worden, hieß es in einer Erklärung. Türkische Drohnen hätten zuvor Stellungen angegriffen. "
        "Der türkische Minister wies diese Darstellung zurück."
    )
    record, events = read(text)
    assert about(record, [e for e in events if e.type == "REJECT"][-1]) == ["Beschuss", "angegriffen"]


def test_an_attack_named_twice_is_found_by_its_word() -> None:
    text = (
        "Ein Dorf in Mali wurde am Sonntag überfallen. Am Montag wurde ein Lastwagen von einer Mine zerstört. "
        "Die Armee wies den Vorwurf zurück, an dem Überfall beteiligt gewesen zu sein."
    )
    record, events = read(text)
    assert about(record, next(e for e in events if e.type == "REJECT"))[:1] == ["überfallen"]

"""Counts of victims told apart from the act: whose losses they are, who gives them, and when they are another version."""

from __future__ import annotations

import pytest

import trucewatch
from trucewatch.record import Event, Record

CONTEXT = "\n\nIn dem Land kämpfen Rebellen gegen die Armee. Bei Luftangriffen wurden zuletzt viele Menschen getötet."
STRIKE = "Bei einem Raketenangriff auf die Stadt Charkiw sind am Montag sieben Menschen getötet worden. "


def read(text: str) -> tuple[Record, list[Event]]:
    """The events of ``text`` that are about force or harm."""
    record = trucewatch.read(text + CONTEXT, published="2024-05-15")
    return record, [e for e in record.events if e.trigger[0] < len(text) and e.type in ("ASSAULT", "HARM")]


def name(record: Record, ident: str | None) -> str | None:
    return next((a.name for a in record.actors if a.id == ident), None)


@pytest.mark.parametrize(
    ("count", "harm", "low", "high", "speaker"),
    [
        ("Damit stieg die Zahl der Toten auf 34, wie der Gouverneur mitteilte.", "killed", 34, 34, "Gouverneur"),
        ("Die Zahl der Todesopfer ist auf mindestens 21 gestiegen, teilte die Polizei mit.", "killed", 21, None, "Polizei"),
        ("Die Zahl der Todesopfer erhöhte sich auf zwölf.", "killed", 12, 12, None),
        ("Die Opferzahl kletterte nach Angaben der Polizei auf 40.", "killed", 40, 40, "Polizei"),
        ("Die Behörden korrigierten die Zahl der Toten auf fünf nach unten.", "killed", 5, 5, "Behörden"),
        ("Die Polizei gab die Zahl der Verletzten mit 40 an.", "wounded", 40, 40, "Polizei"),
        ("Die Zahl der Verletzten bezifferte der Gouverneur auf 60.", "wounded", 60, 60, "Gouverneur"),
        ("Der Gouverneur sprach von mindestens 31 Verletzten.", "wounded", 31, None, "Gouverneur"),
        ("Nach Angaben der Armee liegt die Zahl der Verletzten bei 200.", "wounded", 200, 200, "Armee"),
    ],
)  # fmt: skip
def test_a_count_is_a_loss_of_the_act_in_the_voice_of_whoever_gives_it(
    count: str, harm: str, low: int, high: int | None, speaker: str | None
) -> None:
    record, events = read(STRIKE + count)
    assert [e.type for e in events] == ["ASSAULT"]
    loss = next(x for x in events[0].losses if x.harm == harm)
    assert (loss.low, loss.high) == (low, high)
    assert name(record, loss.voice.speaker if loss.voice else None) == speaker
    assert len([x for x in events[0].losses if x.harm == harm]) == 1


@pytest.mark.parametrize("count", ["stieg die Zahl der Toten auf 34", "erhöhte sich die Opferzahl auf mindestens 34"])
def test_a_new_count_is_a_total(count: str) -> None:
    _, events = read(STRIKE + f"Damit {count}.")
    assert [(x.low, x.total) for x in events[0].losses] == [(34, True)]


def test_who_died_later_is_part_of_the_new_total() -> None:
    text = "Nach dem Luftangriff auf das Lager ist ein weiterer Soldat gestorben. Damit stieg die Zahl der Toten auf 34."
    _, events = read(text)
    assert [(x.low, x.total, x.part_of_total) for x in events[0].losses] == [(1, False, True), (34, True, False)]


@pytest.mark.parametrize(
    "version",
    [
        "Die Rebellen sprachen von 31 Toten.",
        "Die Beobachtungsstelle für Menschenrechte sprach dagegen von 31 Toten.",
        "Die Rebellen bezifferten die Zahl der Toten auf 31.",
    ],
)
def test_another_source_with_another_number_is_a_version_of_its_own(version: str) -> None:
    act = "Bei einem Angriff auf die Stadt Charkiw sind nach Angaben der Armee 300 Kämpfer getötet worden. "
    record, events = read(act + version)
    assert [e.type for e in events] == ["ASSAULT", "HARM"]
    assert [[x.low for x in e.losses] for e in events] == [[300], [31]]
    assert events[1].voice.kind == "attributed"
    assert name(record, events[1].voice.speaker) != name(record, events[0].voice.speaker)


def test_the_same_side_with_a_new_number_brings_the_act_up_to_date() -> None:
    act = "Bei einem Angriff auf die Stadt Charkiw sind nach Angaben der Polizei drei Menschen getötet worden. "
    _, events = read(act + "Am Abend sprach die Polizei von acht Toten.")
    assert [e.type for e in events] == ["ASSAULT"]


@pytest.mark.parametrize(
    ("text", "losses"),
    [
        ("Opfer gab es nicht.", [("killed", 0, 0)]),
        ("Tote oder Verletzte gab es nach ersten Angaben nicht.", [("killed", 0, 0), ("wounded", 0, 0)]),
        ("Verletzt wurde niemand.", [("wounded", 0, 0)]),
        ("Kinder kamen nicht zu Schaden.", [("wounded", 0, 0)]),
        ("Es gebe mindestens sieben Tote, sagte der Gouverneur.", [("killed", 7, None)]),
        ("Es gab 31 Tote und zwölf Verletzte.", [("killed", 31, 31), ("wounded", 12, 12)]),
        ("Der Gouverneur sprach von 31 Toten und zwölf Verletzten.", [("killed", 31, 31), ("wounded", 12, 12)]),
    ],
)  # fmt: skip
def test_none_and_some(text: str, losses: list[tuple[str, int, int | None]]) -> None:
    _, events = read("Die Rebellen griffen am Montag das Dorf Sarakib mit Raketen an. " + text)
    assert [e.type for e in events] == ["ASSAULT"]
    assert [(x.harm, x.low, x.high) for x in events[0].losses] == losses


@pytest.mark.parametrize(
    ("text", "losses"),
    [
        ("Ein Selbstmordanschlag in Kabul forderte mindestens zwölf Menschenleben.", [("killed", 12, None)]),
        ("Ein Bombenanschlag in Bagdad kostete 14 Menschen das Leben, 20 weitere wurden verletzt.",
         [("killed", 14, 14), ("wounded", 20, 20)]),
    ],
)  # fmt: skip
def test_an_attack_claims_lives_in_the_reports_own_voice(text: str, losses: list[tuple[str, int, int | None]]) -> None:
    _, events = read(text)
    assert [(e.type, e.voice.kind) for e in events] == [("ASSAULT", "reporter")]
    assert [(x.harm, x.low, x.high) for x in events[0].losses] == losses


def test_the_dead_of_a_war_are_not_those_of_the_last_attack() -> None:
    _, events = read(STRIKE + "Seit Beginn der Invasion stieg die Zahl der Toten auf 40.000.")
    assert [x.low for x in events[0].losses] == [7]


def test_a_count_of_something_else_is_no_loss() -> None:
    _, events = read(STRIKE + "Die Zahl der Bewohner stieg auf 2000. Der Gouverneur sprach von drei Drohnen.")
    assert [x.low for e in events for x in e.losses] == [7]


def test_what_was_struck_is_not_the_new_total() -> None:
    for text, total in (
        ("Nach dem Angriff auf einen Markt in Tais ist die Zahl der Toten auf 17 gestiegen.", 17),
        ("Die Zahl der Toten nach dem Anschlag auf einen Bus in Kabul ist auf neun gestiegen.", 9),
    ):
        (loss,) = [x for e in trucewatch.read(text, published="2018-03-06").events for x in e.losses]
        assert (loss.harm, loss.low, loss.high, loss.total) == ("killed", total, total, True)


def test_bodies_of_so_many_are_so_many_dead() -> None:
    record = trucewatch.read(
        "Goma (AFP) - In dem ostkongolesischen Dorf Kirima sind nach Angaben von Bewohnern die Leichen von 14 Menschen "
        "gefunden worden.",
        published="2024-03-11",
    )
    assert [(x.harm, x.low, x.high) for e in record.events for x in e.losses] == [("killed", 14, 14)]

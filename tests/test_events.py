"""Events of made-up agency sentences: one per happening, with status, polarity, losses, voice and background."""

from __future__ import annotations

import pytest

import trucewatch
from trucewatch.record import Event, Record

PUBLISHED = "2020-02-28"
CONTEXT = "\n\nIn dem Land kämpfen Rebellen gegen die Armee. Bei Luftangriffen wurden zuletzt viele Menschen getötet."


def read(text: str) -> tuple[Record, list[Event]]:
    """The record of ``text`` within a report that is plainly about a war, and the events of ``text`` alone."""
    record = trucewatch.read(text + CONTEXT, published=PUBLISHED)
    return record, [e for e in record.events if e.trigger[0] < len(text)]


def one(text: str, kind: str) -> tuple[Record, Event]:
    record, events = read(text)
    found = [e for e in events if e.type == kind]
    assert len(found) == 1, [(e.type, record.quote(e.trigger)) for e in events]
    return record, found[0]


def names(record: Record, ids: list[str]) -> list[str]:
    return [next(a.name for a in record.actors if a.id == i) for i in ids]


# -- one event per happening -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "Bei einem Luftangriff auf die Stadt Saraqib sind am Montag zwölf Menschen getötet worden.",
        "Rebellen griffen am Morgen einen Konvoi der Armee an. Der Angriff dauerte zwei Stunden. Dabei starben vier Soldaten.",
        "Eine Autobombe explodierte in Mossul. Zwei Polizisten wurden getötet, fünf Passanten verletzt.",
        "Zwölf Tote bei Luftangriff auf Saraqib\n\nBei einem Luftangriff auf Saraqib sind zwölf Menschen getötet worden.",
    ],
)
def test_act_harm_and_second_mention_are_one_event(text: str) -> None:
    _, events = read(text)
    assert [e.type for e in events if e.type in ("ASSAULT", "HARM")] == ["ASSAULT"]


def test_losses_of_the_act() -> None:
    record, event = one(
        "Bei einem Luftangriff sind mindestens zwölf Soldaten getötet und 30 weitere verletzt worden.", "ASSAULT"
    )
    assert [(loss.harm, loss.low, loss.high) for loss in event.losses] == [("killed", 12, None), ("wounded", 30, 30)]
    assert record.quote(event.losses[0].expression or (0, 0)).startswith("mindestens zwölf")


def test_nobody_hurt_is_a_loss_of_none() -> None:
    _, event = one("Die Rebellen beschossen am Abend das Lager der Armee. Verletzt wurde niemand.", "ASSAULT")
    assert [(loss.harm, loss.low, loss.high) for loss in event.losses] == [("wounded", 0, 0)]


def test_a_headline_takes_the_voice_of_the_body() -> None:
    text = (
        "Zwölf Tote bei Luftangriff auf Saraqib\n\n"
        "Bei einem Luftangriff auf Saraqib sind nach Angaben der Armee zwölf Menschen getötet worden."
    )
    _, event = one(text, "ASSAULT")
    assert event.voice.kind == "attributed"


def test_two_strikes_on_two_towns_are_two_events() -> None:
    _, events = read(
        "Bei einem Luftangriff auf Saraqib starben zwei Menschen. Ein Luftangriff auf Ariha tötete fünf Menschen."
    )
    assert len([e for e in events if e.type == "ASSAULT"]) == 2


# -- did it happen -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Die Armee hat die Stadt angegriffen.", "ASSAULT", "occurred"),
        ("Die Armee will am Montag die Stadt angreifen.", "ASSAULT", "planned"),
        ("Der Präsident forderte die Rebellen auf, die Stadt zu räumen.", "RETREAT", "demanded"),
        ("Der Milizführer drohte, die Stadt anzugreifen.", "ASSAULT", "threatened"),
        ("Die Uno befürchtet Angriffe auf Zivilisten.", "ASSAULT", "possible"),
        ("Immer wieder beschießen Rebellen das Dorf.", "ASSAULT", "habitual"),
        ("Moskau unterstützt die Rebellen mit Waffen.", "SUPPORT", "ongoing"),
        ("Die Armee belagert seit Wochen die Stadt.", "COERCE", "ongoing"),
    ],
)
def test_status(text: str, kind: str, status: str) -> None:
    assert one(text, kind)[1].status == status


@pytest.mark.parametrize(
    "text",
    [
        "Wenn die Rebellen die Stadt angreifen, wird die Armee gerufen.",
        "Hätten die Rebellen angegriffen, wäre die Stadt verloren.",
        "Die Armee hat das Recht, gegen Rebellen vorzugehen.",
    ],
)
def test_what_is_only_imagined_is_no_event(text: str) -> None:
    _, events = read(text)
    assert [e.type for e in events if e.type in ("ASSAULT", "HARM")] == []


def test_negation_gives_negative_polarity() -> None:
    assert one("Die Armee hat die Stadt nicht angegriffen.", "ASSAULT")[1].polarity == "negative"


# -- who says so -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "kind", "voice"),
    [
        ("Rebellen haben die Stadt angegriffen.", "ASSAULT", "reporter"),
        ("Rebellen haben nach Angaben der Armee die Stadt angegriffen.", "ASSAULT", "attributed"),
        ("Rebellen hätten die Stadt angegriffen, teilte die Armee mit.", "ASSAULT", "attributed"),
        ("Rebellen sollen die Stadt angegriffen haben.", "ASSAULT", "hearsay"),
        ("„Rebellen haben die Stadt angegriffen“, sagte der Minister.", "ASSAULT", "attributed"),
        ("Der Präsident warf den Rebellen vor, die Stadt angegriffen zu haben.", "ASSAULT", "attributed"),
        ("Der Präsident warf den Rebellen vor, die Stadt angegriffen zu haben.", "ACCUSE", "reporter"),
    ],
)
def test_voice(text: str, kind: str, voice: str) -> None:
    assert one(text, kind)[1].voice.kind == voice


def test_the_accused_did_it_in_the_accusers_word() -> None:
    record, event = one("Kiew warf den Separatisten vor, das Dorf beschossen zu haben.", "ASSAULT")
    assert names(record, event.actors) == ["Separatisten"]
    assert event.voice.speaker is not None and names(record, [event.voice.speaker]) == ["ukrainische Regierung"]


# -- roles, time, background -------------------------------------------------------------------------------------------
def test_roles_in_active_and_passive_are_the_same() -> None:
    for text in ("Rebellen griffen Soldaten an.", "Soldaten wurden von Rebellen angegriffen."):
        record, event = one(text, "ASSAULT")
        assert (names(record, event.actors), names(record, event.targets)) == (["Rebellen"], ["Soldaten"])


def test_time_and_place_of_the_clause() -> None:
    record, event = one("Am Donnerstagabend griffen Rebellen in Aleppo einen Konvoi an.", "ASSAULT")
    assert event.time is not None
    assert (event.time.from_, event.time.to) == ("2020-02-27T18:00", "2020-02-28T00:00")
    assert [next(p.name for p in record.places if p.id == i) for i in event.places] == ["Aleppo"]


def test_what_is_long_ago_is_background() -> None:
    record, events = read(
        "Am Freitag griffen Rebellen die Stadt an.\n\nIm Jahr 2014 hatten Rebellen die Stadt besetzt."
    )
    background = {record.quote(e.trigger): e.background for e in events}
    assert background == {"griffen": False, "besetzt": True}


def test_every_event_names_its_rule_and_how_it_came_about() -> None:
    _, events = read("Rebellen griffen am Abend in Aleppo einen Konvoi an.")
    assert all(e.rule and e.why for e in events)

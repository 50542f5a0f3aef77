"""Claims told without a plain verb of saying stay with who makes them (codebook 5): boasts, labels, witnesses, interviews."""

from __future__ import annotations

import pytest

import trucewatch

_INTERVIEW = """Ein Gespräch mit dem Bürgermeister Jean Okello.

Wie ist die Lage?

Okello: Die Miliz hat am Montag die Stadt Bunia angegriffen. Sie hat zwölf Menschen getötet.

Die Armee hat später das Krankenhaus beschossen.

Was folgt daraus?

Okello: Alle Seiten müssen verhandeln.
"""


def _voice(text: str, kind: str) -> tuple[str, str | None]:
    """Kind of voice and name of the speaker of the first event of type ``kind``."""
    record = trucewatch.read(text, published="2024-05-08")
    event = next(e for e in record.events if e.type == kind)
    names = {a.id: a.name for a in record.actors}
    return event.voice.kind, names[event.voice.speaker] if event.voice.speaker else None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Algier (dpa) - Die Miliz rühmt sich, in Kidal zwölf Soldaten getötet zu haben.", "Miliz"),
        ("Algier (dpa) - Die Rebellen brüsten sich damit, drei Dörfer bombardiert zu haben.", "Rebellen"),
        ("Algier (dpa) - Die Miliz sonnt sich darin, zwölf Soldaten getötet zu haben.", "Miliz"),  # no verb of any list
        ("Bamako (dpa) - Die Opposition nennt das eine Hinrichtung.", "Opposition"),
        ("Bamako (dpa) - Die Partei wittert einen Anschlag der Armee.", "Partei"),
        ("Bamako (dpa) - Kiew führt den Brand auf einen russischen Angriff zurück.", "Regierung"),
        ("Odessa (dpa) - Am Montag schlugen Raketen in Odessa ein, wie ein Reporter beobachtete.", "Reporter"),
        ("Sumy (dpa) - Ursache war dem dortigen Gouverneur zufolge ein russischer Angriff auf das Lager.", "Gouverneur"),
        ("Sumy (dpa) - Nach Zählung der Vereinten Nationen wurden bei Angriffen 300 Menschen getötet.", "Vereinte Nationen"),
        ("Sumy (dpa) - Nach Recherchen der Organisation griff die Armee im Mai ein Dorf an.", "Organisation"),
    ],
)  # fmt: skip
def test_the_claim_is_the_speakers(text: str, speaker: str) -> None:
    """Not one of these acts is the report's own word."""
    kind, name = _voice(text, "ASSAULT")
    assert kind == "attributed"
    assert name is not None and speaker.split()[-1] in name


@pytest.mark.parametrize(
    "text",
    [
        "Herat (dpa) - Gerüchteweise starben bei einem Luftschlag 38 Kämpfer.",
        "Herat (dpa) - Angeblich haben Rebellen am Montag das Dorf Sangin beschossen.",
    ],
)
def test_rumour_is_hearsay(text: str) -> None:
    """An adverb of rumour at the head of the sentence holds for all of it."""
    assert _voice(text, "ASSAULT") == ("hearsay", None)


@pytest.mark.parametrize(
    "text",
    [
        "Freetown (dpa) - Der Mann bereut, am Montag auf Zivilisten geschossen zu haben.",
        "Freetown (dpa) - Die Armee hat am Montag das Dorf Kabala beschossen, ohne die Bewohner zu warnen.",
        "Freetown (dpa) - Die Armee hat am Montag das Dorf Kabala beschossen. Der Gouverneur nannte das falsch.",
    ],
)
def test_what_nobody_claims_stays_the_reports(text: str) -> None:
    """The same forms where the words are no claim of anybody's."""
    assert _voice(text, "ASSAULT")[0] == "reporter"


def test_an_interview_is_the_word_of_whom_it_asks() -> None:
    """Every answer, over all its paragraphs, belongs to the person named before the colon."""
    record = trucewatch.read(_INTERVIEW, published="2024-05-08")
    names = {a.id: a.name for a in record.actors}
    acts = [e for e in record.events if e.type == "ASSAULT"]
    assert len(acts) >= 2
    for act in acts:
        assert act.voice.kind == "attributed"
        assert act.voice.speaker is not None and "Okello" in names[act.voice.speaker]


def test_one_line_with_a_colon_is_no_interview() -> None:
    """A list or a single colon makes no paragraph anybody's word."""
    text = "Goma (dpa) - Die Lage am Abend.\n\nNorden: Rebellen haben am Montag Rutshuru angegriffen.\n\nIm Süden blieb es ruhig."
    assert _voice(text, "ASSAULT")[0] == "reporter"


def test_a_headline_takes_the_voice_of_the_body() -> None:
    """Whatever its type: what the lead attributes is not the headline's own word."""
    told = "Die Rebellen haben Panzer nach Kidal verlegt, teilte die Armee mit."
    text = f"Rebellen verlegen Panzer nach Kidal\n\nBamako (dpa) - {told}"
    record = trucewatch.read(text, published="2024-05-08")
    assert all(e.voice.kind == "attributed" for e in record.events if e.type == "MOBILIZE")


def test_a_question_and_its_answer_are_an_interview() -> None:
    """One answer with a name right behind a question is enough, and nobody who 'cannot say' speaks."""
    text = (
        "Der Forscher Paul Lund über die Kämpfe im Osten des Kongo.\n\nFrage: Wie ist die Lage?\n\n"
        "Lund: Beide Parteien haben am Mittwoch geschossen, doch wer begann, wird niemand erklären."
    )
    record = trucewatch.read(text, published="2025-11-19")
    names = {a.id: a.name for a in record.actors}
    [act] = [e for e in record.events if e.type == "ASSAULT" and e.mode == "small_arms"]
    assert act.voice.kind == "attributed" and act.voice.speaker is not None
    assert names[act.voice.speaker] == "Paul Lund"


def test_a_conquest_called_a_liberation_is_a_conquest() -> None:
    """'Befreiung' of a town is taking it; of prisoners it is a release."""
    text = "Mossul (dpa) - Die Armee meldete am Freitag die Befreiung von Mossul. Die Befreiung der Geiseln gelang nicht."
    types = {e.type for e in trucewatch.read(text, published="2017-07-08").events}
    assert "ADVANCE" in types

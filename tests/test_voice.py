"""Whose word a happening is: reporter, attributed or hearsay (codebook sections 5 and 13)."""

from __future__ import annotations

import pytest

from trucewatch.extraction.speech import find_speech
from trucewatch.extraction.voice import VoiceOf, Voices
from trucewatch.language.german import analyse


def voice(text: str, trigger: str, frame_verb: bool = False) -> tuple[VoiceOf, str | None, str | None]:
    analysis = analyse(text)
    start = text.index(trigger)
    found = Voices(analysis, find_speech(analysis)).voice_of(start, start + len(trigger), frame_verb)
    speaker = None if found.speaker is None else text[found.speaker.start : found.speaker.end]
    via = None if found.via is None else text[found.via.start : found.via.end]
    return found, speaker, via


@pytest.mark.parametrize(
    "text, trigger",
    [
        ("Rebellen griffen am Abend den Flughafen an.", "griffen"),
        ("Die Waffenruhe soll am Freitag beginnen.", "beginnen"),
        ("Die Gespräche sollen nächste Woche fortgesetzt werden.", "fortgesetzt"),
        ("Der Minister verurteilte den Angriff auf das Krankenhaus.", "Angriff"),
        ("Die Parteien einigten sich darauf, die Gefangenen freizulassen.", "freizulassen"),
    ],
)
def test_the_reports_own_word(text: str, trigger: str) -> None:
    assert voice(text, trigger)[0].kind == "reporter"


@pytest.mark.parametrize(
    "text, trigger, speaker",
    [
        ("Die Armee habe das Dorf eingenommen, sagte ein Sprecher.", "eingenommen", "ein Sprecher"),
        ("Nach Angaben der Polizei wurden zwei Männer getötet.", "getötet", "der Polizei"),
        ("Der Kommandeur sagte: „Wir haben die Brücke gesprengt.“", "gesprengt", "Der Kommandeur"),
        ("Der Präsident forderte einen sofortigen Abzug der Truppen.", "Abzug", "Der Präsident"),
        ("Aktivisten berichteten von zwei getöteten Demonstranten.", "getöteten", "Aktivisten"),
        ("Die Regierung warf den Rebellen vor, die Waffenruhe gebrochen zu haben.", "gebrochen", "Die Regierung"),
        (
            "Die Stadt wurde beschossen. Das teilte der Gouverneur nach einer Sitzung mit.",
            "beschossen",
            "der Gouverneur",
        ),
        ("Der Arzt sagte, viele seien verletzt. Ein Kind sei gestorben.", "gestorben", "Der Arzt"),
        ("Die Polizei meldete zwei Tote. Die Verletzten würden behandelt.", "behandelt", "Die Polizei"),
    ],
)
def test_somebodys_word(text: str, trigger: str, speaker: str) -> None:
    found, name, _ = voice(text, trigger)
    assert (found.kind, name) == ("attributed", speaker)


@pytest.mark.parametrize(
    "text, trigger",
    [
        ("Bei dem Angriff sollen 18 Menschen getötet worden sein.", "getötet"),
        ("Bei dem Angriff sollen 18 Menschen getötet worden sein.", "18"),
        ("Angeblich floh der General ins Ausland.", "floh"),
        ("Unbestätigten Berichten zufolge starben drei Kinder.", "starben"),
        ("Es heißt, die Stadt sei gefallen.", "gefallen"),
        ("Die Soldaten sollen in dem Gebiet im Einsatz sein.", "Einsatz"),
        ("Die Gruppe wird für mehrere Anschläge verantwortlich gemacht.", "Anschläge"),
        ("Die Stadt sei gefallen.", "gefallen"),
    ],
)
def test_nobodys_word_in_particular(text: str, trigger: str) -> None:
    found, name, _ = voice(text, trigger)
    assert (found.kind, name) == ("hearsay", None)


def test_the_act_of_saying_is_the_reports_and_inside_speech_the_outer_speakers() -> None:
    assert voice("Ankara wies den Vorwurf zurück.", "wies", True)[0].kind == "reporter"
    assert voice("Der Präsident forderte einen Abzug.", "forderte", True)[0].kind == "reporter"
    text = "Der Kreml teilte mit, der Präsident habe einen Abzug gefordert."
    found, name, _ = voice(text, "gefordert", True)
    assert (found.kind, name) == ("attributed", "Der Kreml")


def test_the_innermost_speaker_speaks_and_the_outer_one_is_second_hand() -> None:
    text = "Der Kreml teilte mit, der Präsident habe gefordert, dass die Truppen abziehen."
    _, speaker, via = voice(text, "abziehen")
    assert (speaker, via) == ("der Präsident", "Der Kreml")
    text = "Die Agentur meldete, nach Angaben der Armee seien zwei Dörfer befreit worden."
    _, speaker, via = voice(text, "befreit")
    assert (speaker, via) == ("der Armee", "Die Agentur")


def test_a_frame_without_a_source_takes_the_one_right_before() -> None:
    text = "Die Minister berieten. Es gebe keine Lösung, sagte die Kanzlerin. Israel wurde aufgefordert, die Grenze zu öffnen."
    found, speaker, _ = voice(text, "öffnen")
    assert (found.kind, speaker) == ("attributed", "die Kanzlerin")


def test_positions_outside_the_text_are_the_reporters() -> None:
    analysis = analyse("Kurz.")
    assert Voices(analysis, []).voice_of(400, 410).kind == "reporter"
    assert Voices(analyse(""), []).voice_of(0, 0).kind == "reporter"


@pytest.mark.parametrize(
    "text, trigger, speaker",
    [
        ("Die von der Armee gemeldeten Angriffe trafen Depots.", "Angriffe", "von der Armee"),
        ("Der von Moskau verkündete Abzug hat begonnen.", "Abzug", "von Moskau"),
        ("Aus Sicht der Armee hat die Miliz die Waffenruhe gebrochen.", "gebrochen", "der Armee"),
        ("Die Armee erklärte den Ort für befreit.", "befreit", "Die Armee"),
        ("Die Armee stuft den Vorfall als Angriff ein.", "Angriff", "Die Armee"),
        ("Die Armee will zwanzig Kämpfer getötet haben.", "getötet", "Die Armee"),
        ("Russland spricht von Söldnern, die das Dorf angriffen.", "angriffen", "Russland"),
        ("In dem Schreiben ist von Hinrichtungen die Rede.", "Hinrichtungen", "In dem Schreiben"),
        ("Die Regierung ist überzeugt, dass Rebellen die Brücke sprengten.", "sprengten", "Die Regierung"),
        ("Kreml: Türkei hat Abkommen gebrochen", "gebrochen", "Kreml"),
        ("Die Brücke ist zerstört, wie Karl Ohm, Chef der Behörde, mitteilte.", "zerstört", "Karl Ohm"),
        (
            "Wie eine Auswertung der Behörde ergab, wurden 40 Häuser zerstört.",
            "zerstört",
            "eine Auswertung der Behörde",
        ),
        ("Die Mission sah den Ort. Ihr zufolge starben 40 Menschen.", "starben", "Ihr zufolge"),
    ],
)
def test_claims_in_other_dress(text: str, trigger: str, speaker: str) -> None:
    found, name, _ = voice(text, trigger)
    assert (found.kind, name) == ("attributed", speaker)


@pytest.mark.parametrize(
    "text, trigger",
    [
        ("Berichte über Plünderungen häufen sich.", "Plünderungen"),
        ("Es gab Berichte, wonach Soldaten auf Demonstranten schossen.", "schossen"),
        ("Die behaupteten Angriffe trafen Depots.", "Angriffe"),
        ("Von Hinrichtungen war die Rede.", "Hinrichtungen"),
    ],
)
def test_told_by_nobody_named(text: str, trigger: str) -> None:
    assert voice(text, trigger)[0].kind == "hearsay"


@pytest.mark.parametrize(
    "text, trigger",
    [
        ("Die Zeitung druckte einen Bericht über den Angriff.", "Angriff"),
        ("Es gibt keine Berichte über Plünderungen.", "Plünderungen"),
        ("Der mutmaßliche Täter griff die Wache an.", "griff"),
        ("Dem Minister zufolge ist die Lage ernst. Rebellen griffen am Abend eine Wache an.", "griffen"),
    ],
)
def test_what_is_taken_for_granted_is_the_reports(text: str, trigger: str) -> None:
    assert voice(text, trigger)[0].kind == "reporter"


def test_the_one_who_quotes_passes_it_on() -> None:
    text = "Die Zeitung zitiert den Arzt mit den Worten, er habe zwei Tote gesehen."
    found, name, via = voice(text, "gesehen")
    assert (found.kind, name, via) == ("attributed", "den Arzt", "Die Zeitung")


@pytest.mark.parametrize(
    "text, trigger",
    [
        ("Anwohner sahen, wie Soldaten in die Menge schossen.", "schossen"),
        ("Der Sender berichtete von schweren Verlusten bei der Eroberung der Stadt.", "Eroberung"),
        ("Wie aus einem Bericht der Truppe (KFOR) hervorgeht, wurden zwei Polizisten getötet.", "getötet"),
    ],
)
def test_what_witnesses_saw_and_broadcasters_told_is_theirs(text: str, trigger: str) -> None:
    assert voice(text, trigger)[0].kind == "attributed"


def test_what_is_only_talked_of_is_hearsay() -> None:
    assert voice("Im Raum steht eine Unterstützung der Rebellen durch den Iran.", "Unterstützung")[0].kind == "hearsay"


def test_a_run_on_goes_on_over_a_relative_clause_with_sollten() -> None:
    text = (
        "Laut Hauptmann Ohm würden Fortschritte gemacht. Der Vormarsch werde durch Minen behindert. "
        "Die Straßen, die zum Vordringen genutzt werden sollten, müssten zunächst abgesucht werden."
    )
    assert voice(text, "Vordringen")[0].kind == "attributed"


@pytest.mark.parametrize(
    "text, trigger, speaker",
    [
        ("Die Miliz bezeichnete den Beschuss als Antwort auf ständige Angriffe der Armee.", "Angriffe", "Die Miliz"),
        ("Der Sprecher nannte die Offensive einen Fehler.", "Offensive", None),
        (
            "Die Zahl der Kämpfe müsse sinken, sagte der Gesandte. Dazu sollen die Truppen vom Fluss abgezogen werden.",
            "abgezogen",
            "der Gesandte",
        ),
    ],
)
def test_labels_and_plans_that_go_on(text: str, trigger: str, speaker: str | None) -> None:
    found, who, _ = voice(text, trigger)
    assert (found.kind, who) == (("attributed", speaker) if speaker else ("reporter", None))


@pytest.mark.parametrize(
    "text, trigger",
    [
        ("Aus dem Norden hört man immer wieder von Hinrichtungen.", "Hinrichtungen"),
        ("Zwei Kämpfer sollen den Posten gestürmt haben und töteten dabei drei Soldaten.", "gestürmt"),
        ("Zwei Kämpfer sollen den Posten gestürmt haben und töteten dabei drei Soldaten.", "töteten"),
        ("Mehrere Soldaten sollen geflohen sein und schlossen sich der Miliz an.", "geflohen"),
    ],
)
def test_what_is_only_heard_stays_hearsay_to_the_end_of_the_sentence(text: str, trigger: str) -> None:
    assert voice(text, trigger)[0].kind == "hearsay"

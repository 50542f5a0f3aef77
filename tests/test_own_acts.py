"""Who did it, as the sides themselves say: claims, admissions, denials, withdrawals, and who speaks for whom."""

from __future__ import annotations

import pytest

import trucewatch
from trucewatch.record import Event, Record

_AROUND = "\n\nSeit Tagen gibt es in der Region schwere Gefechte zwischen Soldaten und Rebellen."


def _read(text: str) -> Record:
    return trucewatch.read(text + _AROUND, published="2021-03-10")


def _names(record: Record, ids: list[str]) -> list[str]:
    return [a.name for a in record.actors if a.id in ids]


def _of(record: Record, kind: str, mode: str | None = None) -> list[Event]:
    return [e for e in record.events if e.type == kind and (mode is None or e.mode == mode)]


def _trigger(record: Record, words: str) -> Event:
    found = [e for e in record.events if words in [record.quote(m) for m in (e.trigger, *e.mentions)]]
    assert len(found) == 1, [(e.type, record.quote(e.trigger)) for e in record.events]
    return found[0]


def _speaker(record: Record, event: Event) -> str | None:
    return next((a.name for a in record.actors if a.id == event.voice.speaker), None)


CLAIMS = [
    ("Die Miliz bekannte sich zu dem Raketenschlag auf den Hafen.", "Raketenschlag", "Miliz"),
    ("Die Rebellengruppe übernahm die Verantwortung für den Drohnenangriff.", "Drohnenangriff", "Rebellengruppe"),
    ("Der Islamische Staat hat den Angriff für sich reklamiert.", "Angriff", "Islamischer Staat"),
    ("Die Miliz nahm den Überfall auf den Konvoi für sich in Anspruch.", "Überfall", "Miliz"),
    ("Am Abend ging ein Bekennerschreiben der Miliz zu dem Attentat ein.", "Attentat", "Miliz"),
    ("Ein Bekenntnis der Miliz zu dem Anschlag folgte am Abend.", "Anschlag", "Miliz"),
    ("Die Taliban erklärten, sie steckten hinter dem Angriff auf die Kaserne.", "Angriff", "Taliban"),
]


@pytest.mark.parametrize(("text", "act", "who"), CLAIMS)
def test_claims_are_statements_of_the_doer_about_the_act(text: str, act: str, who: str) -> None:
    record = _read(text)
    [claim] = _of(record, "STATE", "claim_responsibility")
    assert claim.polarity == "positive" and _names(record, claim.actors) == [who]
    assert claim.about == [_trigger(record, act).id]
    assert not _of(record, "SUPPORT") and not _of(record, "ACCUSE")


@pytest.mark.parametrize(
    "text",
    [
        "Zu dem Anschlag auf den Markt bekannte sich zunächst niemand.",
        "Keine Gruppe bekannte sich bislang zu der Tat.",
        "Eine Gruppe, die sich zu dem Anschlag bekannt hätte, gab es zunächst nicht.",
        "Ein Bekennerschreiben zu dem Anschlag lag zunächst nicht vor.",
    ],
)
def test_nobody_claimed_it(text: str) -> None:
    [claim] = _of(_read(text), "STATE", "claim_responsibility")
    assert claim.polarity == "negative"


@pytest.mark.parametrize(
    "text",
    ["Beide Seiten bekannten sich zur Waffenruhe.", "Die Konfliktparteien bekannten sich zu den Zielen des Abkommens."],
)
def test_standing_by_an_agreement_is_support(text: str) -> None:
    record = _read(text)
    assert _of(record, "SUPPORT") and not _of(record, "STATE", "claim_responsibility")


OWN = [
    ("Man habe in der Nacht Ziele beschossen, teilte die Nationalarmee mit.", "beschossen", "Nationalarmee"),
    ("In einer Erklärung der Gruppe heißt es, man habe die Patrouille angegriffen.", "angegriffen", "Gruppe"),
    ("«Wir haben den Flughafen angegriffen», sagte ein Sprecher der Miliz.", "angegriffen", "Miliz"),
    ("Das Ministerium erklärte, die eigenen Streitkräfte hätten die Brücke zerstört.", "zerstört", "Ministerium"),
    ("Die Luftwaffe gab bekannt, ein Lager angegriffen zu haben.", "angegriffen", "Luftwaffe"),
    ("Die Miliz hat nach eigenen Angaben zwei Stellungen zerstört.", "zerstört", "Miliz"),
    ("Man habe einen Anschlag auf die Kaserne verübt, erklärte die Miliz.", "Anschlag", "Miliz"),
]


@pytest.mark.parametrize(("text", "act", "who"), OWN)
def test_who_speaks_of_himself_did_it(text: str, act: str, who: str) -> None:
    record = _read(text)
    assert _names(record, _trigger(record, act).actors) == [who]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Bewohner sagten, man habe auf sie geschossen.", "geschossen"),
        ("Man müsse die Miliz angreifen, sagte der Minister.", "angreifen"),
    ],
)
def test_man_may_be_anybody(text: str, act: str) -> None:
    record = _read(text)
    found = [e for e in record.events if record.quote(e.trigger) == act]
    assert all(not e.actors for e in found)


def test_possessive_force_is_the_speakers() -> None:
    record = _read("Das Verteidigungsministerium bestätigte, dass seine Kampfjets das Dorf bombardiert hätten.")
    [jets] = [a for a in record.actors if a.name == "Kampfjets"]
    assert _names(record, [jets.acts_for or ""]) == ["Verteidigungsministerium"]
    assert _of(record, "CONCEDE", "admit")[0].about == [_trigger(record, "bombardiert").id]


ADMISSIONS = [
    ("Die Regierung räumte den Angriff auf den Konvoi ein.", "Angriff"),
    ("Die Armee gab zu, das Krankenhaus beschossen zu haben.", "beschossen"),
    ("Die Armee bestätigte am Abend, das Lager angegriffen zu haben.", "angegriffen"),
    ("Die Armee bestätigte ihren Angriff auf das Lager.", "Angriff"),
    ("Das russische Verteidigungsministerium hat einen Angriff auf die Stadt Charkiw bestätigt.", "Angriff"),
    ("Die Armee hat sich aus dem Ort zurückgezogen. Das bestätigte die Armee am Dienstag.", "zurückgezogen"),
    ("Der General übernahm die volle Verantwortung für den Luftangriff auf die Schule.", "Luftangriff"),
    ("Bei dem Angriff auf die Klinik habe es sich um ein Versehen gehandelt, sagte der General.", "Angriff"),
    ("Das Militär dementierte zunächst, räumte am Abend aber ein, das Haus beschossen zu haben.", "beschossen"),
]


@pytest.mark.parametrize(("text", "act"), ADMISSIONS)
def test_admissions_are_about_the_act(text: str, act: str) -> None:
    record = _read(text)
    [admission] = _of(record, "CONCEDE", "admit")
    assert admission.actors and _trigger(record, act).id in admission.about


WITHDRAWALS = [
    ("Die Armee nahm ihr Dementi zum Luftangriff auf das Lager zurück.", "Luftangriff"),
    ("Die Luftwaffe hat die eigene Darstellung korrigiert: Man habe das Lager bombardiert, hieß es nun.", "bombardiert"),
    ("Die Miliz nahm ihre Mitteilung zurück, wonach sie ein Lager beschossen habe.", None),
    ("Die Armee zog am Montag eine Erklärung vom Sonntag zurück.", None),
]


@pytest.mark.parametrize(("text", "act"), WITHDRAWALS)
def test_taking_back_words_is_no_admission(text: str, act: str | None) -> None:
    record = _read(text)
    [withdrawal] = [e for e in record.events if e.withdraws]
    assert withdrawal.type == "STATE" and len(withdrawal.actors) == 1
    assert not [e for e in record.events if e.type in ("CONCEDE", "RETREAT", "REJECT")]
    assert act is None or withdrawal.about == [_trigger(record, act).id]


def test_what_is_taken_back_is_told_no_more() -> None:
    record = _read("Die Miliz nahm ihre Mitteilung zurück, wonach sie ein Lager beschossen habe.")
    act = _trigger(record, "beschossen")
    assert (act.status, act.voice.kind, _speaker(record, act)) == ("possible", "attributed", "Miliz")


def test_the_other_sides_deed_is_no_admission() -> None:
    record = _read("Die Rebellen hätten die Stadt Kubwa eingenommen, räumte ein Sprecher der Armee ein.")
    assert not _of(record, "CONCEDE")
    [taken] = _of(record, "ADVANCE", "seize")
    assert (_names(record, taken.actors), taken.voice.kind) == (["Rebellen"], "attributed")


@pytest.mark.parametrize(
    "text",
    [
        "Der Bürgermeister bestätigte den Luftschlag auf das Lager.",
        "Beobachter der OSZE bestätigten den Beschuss des Dorfes.",
        "Die Regierung in Kiew bestätigte den russischen Angriff auf Charkiw.",
        "Die Armee korrigierte die Angaben zur Zahl der Toten bei dem Angriff.",
    ],
)
def test_confirming_what_others_did_admits_nothing(text: str) -> None:
    record = _read(text)
    assert not _of(record, "CONCEDE")


def test_confirmed_by_others_is_attributed_to_them() -> None:
    record = _read("Der Bürgermeister bestätigte den Luftschlag auf das Lager.")
    assert _speaker(record, _trigger(record, "Luftschlag")) == "Bürgermeister"


DENIALS = [
    ("Die Armee widersprach Meldungen über einen Angriff auf das Dorf.", "Angriff"),
    ("Das Militär bezeichnete Berichte über einen Luftangriff auf das Dorf als Falschmeldung.", "Luftangriff"),
    ("Die Berichte über den Beschuss der Klinik entsprächen nicht der Wahrheit, sagte ein Armeesprecher.", "Beschuss"),
    ("Meldungen über einen Angriff auf das Dorf seien frei erfunden, erklärte die Armee.", "Angriff"),
    ("Von einem Angriff könne keine Rede sein, sagte der Armeesprecher.", "Angriff"),
    ("Die Miliz bestritt den Angriff auf den Markt.", "Angriff"),
    ("Das Ministerium stritt den Luftangriff ab.", "Luftangriff"),
    ("Die Separatisten bestritten, den Bus beschossen zu haben.", "beschossen"),
    ("Die Armee bestritt, dass es einen Angriff gegeben habe.", "Angriff"),
    ("Die Rebellen wiesen den Vorwurf zurück, sie hätten das Dorf beschossen.", "beschossen"),
    ("Vorwürfe, man habe das Wohnhaus beschossen, wiesen die Separatisten als haltlos zurück.", "beschossen"),
]


@pytest.mark.parametrize(("text", "act"), DENIALS)
def test_what_is_denied_is_not_the_deniers_word(text: str, act: str) -> None:
    record = _read(text)
    [denial] = _of(record, "REJECT", "denial")
    denied = _trigger(record, act)
    assert denial.actors and denied.voice.kind == "hearsay" and denied.voice.speaker is None


def test_denied_act_is_the_accusers_word() -> None:
    record = _read("Die Regierung machte die Miliz verantwortlich. Die Miliz bestritt den Überfall auf den Konvoi.")
    assert _speaker(record, _trigger(record, "Überfall")) == "Regierung"


def test_what_stands_behind_a_denial_is_the_deniers_own() -> None:
    record = _read("Das Verteidigungsministerium dementierte: Der Ort sei weiter unter der Kontrolle der Armee.")
    assert _speaker(record, _trigger(record, "Kontrolle")) == "Verteidigungsministerium"


@pytest.mark.parametrize(
    "text",
    [
        "Einen solchen Angriff habe es nicht gegeben, teilte die Armee mit.",
        "Die Armee sprach von einer Falschmeldung. Es habe keinen Angriff auf das Dorf gegeben.",
    ],
)
def test_denied_content_is_negative_and_the_deniers(text: str) -> None:
    record = _read(text)
    event = _trigger(record, "Angriff")
    assert event.polarity == "negative" and _speaker(record, event) == "Armee"


@pytest.mark.parametrize(
    ("text", "act", "who"),
    [
        ("Die Armee sei mit drei Panzern vorgerückt, erklärten die Rebellen.\n\nEin Dorf sei beschossen worden, hieß es.",
         "beschossen", "Rebellen"),
        ("Am Morgen seien Granaten eingeschlagen, teilte die Miliz mit. Am Abend wurde nach ihren Angaben auch ein Dorf "
         "beschossen.", "beschossen", "Miliz"),
        ("Der Ort sei am Morgen bombardiert worden. So schilderte es der Gouverneur.", "bombardiert", "Gouverneur"),
        ("Der Palästinensische Rothalbmond berichtete, das Lager sei beschossen worden.", "beschossen", "Roter Halbmond"),
        ("Das Dorf sei beschossen worden, so der Bürgermeister von Marib.", "beschossen", "Bürgermeister"),
        ("Die Luftwaffe hat das Dorf bombardiert. Das berichteten Aktivisten.", "bombardiert", "Aktivisten"),
    ],
)  # fmt: skip
def test_speakers_that_the_sentence_itself_does_not_name(text: str, act: str, who: str) -> None:
    record = _read(text)
    assert _speaker(record, _trigger(record, act)) == who


@pytest.mark.parametrize(
    ("text", "role", "body"),
    [
        ("Das Innenministerium meldete den Beschuss. Zwei Häuser seien zerstört worden, sagte ein Sprecher.",
         "Sprecher", "Innenministerium"),
        ("Die Miliz griff die sudanesische Armee an. Der Angriff sei gescheitert, sagte ein Armeesprecher.",
         "Armeesprecher", "sudanesische Armee"),
        ("Er machte die Miliz verantwortlich. Deren Sprecher erklärte, es habe keinen Angriff gegeben.", "Sprecher", "Miliz"),
    ],
)  # fmt: skip
def test_a_role_speaks_for_the_body_named_before(text: str, role: str, body: str) -> None:
    record = _read(text)
    [speaker] = [a for a in record.actors if a.name == role]
    assert _names(record, [speaker.acts_for or ""]) == [body]


def test_headline_takes_the_voice_of_the_lead_also_in_other_words() -> None:
    record = trucewatch.read(
        "Entführung in Marib\n\nSanaa (dpa) - Nach Angaben der Hilfsorganisation Ärzte ohne Grenzen sind am Donnerstag in "
        "Marib drei Helfer von Rebellen verschleppt worden.\n",
        published="2021-03-10",
    )
    assert {e.voice.kind for e in record.events if e.type == "COERCE"} == {"attributed"}


def test_dead_in_running_konjunktiv_stay_with_the_speaker() -> None:
    record = _read("Die Rebellen hätten das Dorf beschossen, sagte ein Armeesprecher. Dabei sei ein Mensch getötet worden.")
    event = _trigger(record, "beschossen")
    assert [(x.harm, x.low, x.voice) for x in event.losses] == [("killed", 1, None)]
    assert _speaker(record, event) == "Armeesprecher"


def test_words_behind_a_semicolon_stay_with_the_speaker_of_the_sentence() -> None:
    record = _read("Es habe sich um ein Versehen gehandelt, sagte der General; die erste Erklärung sei voreilig gewesen.")
    assert {_speaker(record, e) for e in _of(record, "CONCEDE", "admit")} == {"General"}


def test_a_place_before_a_colon_says_nothing() -> None:
    record = trucewatch.read(
        "Goma: Viele Opfer nach Überfall\n\nKinshasa (dpa) - Bei einem Überfall auf einen Konvoi der Armee sind in Goma nach "
        "Angaben von Rebellen am Montag neun Soldaten getötet worden.\n",
        published="2021-03-10",
    )
    assert _speaker(record, _trigger(record, "Überfall")) == "Rebellen"

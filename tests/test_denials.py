"""What did not happen, is not known, is asked or was called off is never a deed, and nobody who denies it its source."""

from __future__ import annotations

import pytest

from short_texts import names, read
from trucewatch.knowledge.load import table
from trucewatch.record import Event, Record


def one(found: list[Event], kind: str) -> Event:
    return next(e for e in found if e.type == kind)


def speaker(record: Record, event: Event) -> str | None:
    return names(record, [event.voice.speaker])[0] if event.voice.speaker else None


WORDS = table("factuality.de")["word"]


@pytest.mark.parametrize("word", WORDS, ids=[w["id"] for w in WORDS])
def test_words_take_hold_of_what_they_should(word: dict[str, object]) -> None:
    sentences = [(s, True) for s in word["yes"]] + [(s, False) for s in word["no"]]  # type: ignore[attr-defined]
    for text, wanted in sentences:
        _, found = read(text)
        held = [e for e in found if f"{word['makes']}: {word['id']}" in e.why]
        assert bool(held) == wanted, text


@pytest.mark.parametrize(
    ("text", "kind", "denier"),
    [
        ("Es stimme nicht, dass die Armee das Dorf Kubwa beschossen habe, sagte ein General am Montag.", "ASSAULT", "General"),
        ("Dass Rebellen am Montag die Brücke gesprengt hätten, sei unwahr, sagte der Gouverneur.", "ASSAULT", "Gouverneur"),
        ("Es treffe nicht zu, dass Soldaten den Ort Kubwa geräumt hätten, teilte der Generalstab mit.", "RETREAT", "Generalstab"),
    ],
)  # fmt: skip
def test_who_says_that_it_is_not_so_denies_it(text: str, kind: str, denier: str) -> None:
    record, found = read(text)
    denial, act = one(found, "REJECT"), one(found, kind)
    assert (denial.mode, names(record, denial.actors), denial.about) == ("denial", [denier], [act.id])
    assert (act.polarity, speaker(record, act)) == ("negative", denier)


@pytest.mark.parametrize(
    "text",
    [
        "Die Miliz dementierte Berichte, wonach sie am Montag das Dorf Kubwa angegriffen habe.",
        "Die Miliz wies Meldungen zurück, denen zufolge sie am Montag das Dorf Kubwa angegriffen hat.",
        "Die Behauptung, Soldaten hätten am Montag das Dorf Kubwa angegriffen, sei erfunden, sagte ein General.",
        "Gerüchte, nach denen Soldaten das Dorf Kubwa angegriffen haben, seien unwahr, sagte ein General.",
        "Die Miliz wies am Montag Berichte, ihre Kämpfer hätten das Dorf Kubwa angegriffen, als falsch zurück.",
        "Die Miliz wies die Meldung, sie habe am Montag das Dorf Kubwa bombardiert, zurück.",
    ],
)
def test_what_others_report_is_their_word_when_it_is_denied(text: str) -> None:
    record, found = read(text)
    denial, act = one(found, "REJECT"), one(found, "ASSAULT")
    assert denial.about == [act.id] and names(record, denial.actors)[0] in ("Miliz", "General")
    assert (act.voice.kind, act.voice.speaker, act.polarity) == ("hearsay", None, "positive")


@pytest.mark.parametrize(
    ("text", "voice", "who"),
    [
        ("Die Behauptung, Soldaten hätten am Montag das Dorf Kubwa beschossen, ist falsch.", "reporter", None),
        ("Es ist eine Lüge, dass Soldaten am Montag das Dorf Kubwa beschossen haben.", "reporter", None),
        ("Nichts deutet darauf hin, dass Soldaten das Dorf Kubwa beschossen haben, sagten Ärzte.", "attributed", "Ärzte"),
        ("Die Ermittler fanden keine Belege dafür, dass Soldaten das Dorf Kubwa beschossen haben.", "attributed", "Ermittler"),
        ("Für einen Angriff auf das Dorf Kubwa gibt es keine Hinweise.", "reporter", None),
        ("Von einem Angriff auf das Dorf Kubwa kann keine Rede sein.", "reporter", None),
    ],
)  # fmt: skip
def test_what_is_not_so_is_negative(text: str, voice: str, who: str | None) -> None:
    record, found = read(text)
    act = one(found, "ASSAULT")
    assert (act.polarity, act.voice.kind, speaker(record, act)) == ("negative", voice, who)
    assert [names(record, e.actors) for e in found if e.type == "ASSAULT"] and not act.losses


@pytest.mark.parametrize(
    "text",
    [
        "Die UN-Mission konnte nicht bestätigen, dass Rebellen am Montag das Dorf Kubwa angegriffen haben.",
        "Die UN-Mission konnte den Angriff auf Kubwa nicht bestätigen.",
        "Die Armee bestätigte am Montag nicht, dass Raketen in Kubwa eingeschlagen sind.",
        "Fraglich ist, ob die Rebellen am Montag das Dorf Kubwa angegriffen haben.",
        "Der Gouverneur bezweifelte, dass Rebellen das Dorf Kubwa angegriffen haben.",
        "Hat die Armee am Montag das Dorf Kubwa angegriffen?",
        "Haben die Rebellen wirklich den Stützpunkt gestürmt und zwölf Soldaten getötet?",
        "Es ist nicht erwiesen, dass die Miliz das Dorf Kubwa angegriffen hat.",
        "Niemand weiß, ob die Miliz das Dorf Kubwa angegriffen hat.",
        "Sirenen heulten wegen eines vermeintlichen Angriffs auf Kubwa.",
    ],
)
def test_what_is_open_is_possible_and_nobodys_word(text: str) -> None:
    _, found = read(text)
    assert [e for e in found if e.type == "ASSAULT"]
    for act in (e for e in found if e.type == "ASSAULT"):
        assert (act.status, act.polarity, act.voice.kind, act.voice.speaker) == (
            "possible",
            "positive",
            "hearsay",
            None,
        )


def test_an_attack_told_stays_told_where_somebody_cannot_confirm_it() -> None:
    record, found = read(
        "Am Montag griffen Rebellen laut Bewohnern das Dorf Kubwa an. Die UN konnte den Angriff nicht bestätigen."
    )
    acts = [e for e in found if e.type == "ASSAULT"]
    assert [(a.status, a.voice.kind, speaker(record, a)) for a in acts] == [("occurred", "attributed", "Bewohner")]


def test_who_did_it_is_asked_but_not_that_it_was_done() -> None:
    _, found = read("Wer am Montag das Dorf Kubwa beschossen hat, ist unklar.")
    assert [(e.type, e.status, e.actors) for e in found] == [("ASSAULT", "occurred", [])]


@pytest.mark.parametrize(
    ("text", "kind", "status", "polarity"),
    [
        ("Das für Montag geplante Treffen der Generäle in Abuja ist geplatzt.", "CONSULT", "planned", "negative"),
        ("Die Regierung sagte die Verlegung von Truppen nach Kubwa ab.", "MOBILIZE", "planned", "negative"),
        ("Die für Montag angekündigte Freilassung der Geiseln fiel aus.", "RETREAT", "planned", "negative"),
        ("Der Abzug der Rebellen aus Kubwa kam nicht zustande.", "RETREAT", "planned", "negative"),
        ("Die Friedensgespräche in Abuja wurden auf Freitag verschoben.", "CONSULT", "planned", "positive"),
        ("Die Armee setzte den Abzug ihrer Truppen aus Kubwa aus.", "RETREAT", "planned", "positive"),
        ("Der Beginn der Evakuierung von Kubwa wurde vertagt.", "AID", "planned", "positive"),
        ("Die Soldaten hätten am Montag aus Kubwa abziehen sollen.", "RETREAT", "planned", "positive"),
        ("Der Angriff auf Kubwa hat nicht stattgefunden.", "ASSAULT", "occurred", "negative"),
    ],
)
def test_called_off_and_put_off(text: str, kind: str, status: str, polarity: str) -> None:
    _, found = read(text)
    assert {(e.status, e.polarity) for e in found if e.type == kind} == {(status, polarity)}


@pytest.mark.parametrize(
    "text",
    [
        "Rebellen griffen am Montag Kubwa an. Danach sagte die Armee ihre Feier ab.",
        "Nach dem Angriff auf Kubwa wurde der Prozess vertagt.",
        "Klar ist, dass Rebellen am Montag Kubwa angegriffen haben.",
        "Die Armee räumte ein, dass ihre Soldaten am Montag Kubwa angegriffen haben.",
    ],
)
def test_deeds_stay_deeds(text: str) -> None:
    _, found = read(text)
    acts = [e for e in found if e.type == "ASSAULT"]
    assert acts and all((a.status, a.polarity) == ("occurred", "positive") for a in acts)


@pytest.mark.parametrize(
    "text",
    [
        "Bei einem Luftangriff auf Kubwa starben zwei Menschen. In einer früheren Fassung hieß es, zwölf Menschen seien tot.",
        "Ärzte korrigierten ihre Angaben zu dem Luftangriff auf Kubwa. Es seien zwei und nicht zwölf Menschen getötet worden.",
        "Ärzte korrigierten die Zahl der Toten bei dem Luftangriff auf Kubwa: Zwei Menschen seien getötet worden.",
        "Bei dem Luftangriff auf Kubwa wurden nicht zwölf, sondern zwei Menschen getötet, teilten Ärzte mit.",
        "Bei dem Luftangriff auf Kubwa wurden zwei statt zwölf Menschen getötet, teilten Ärzte mit.",
    ],
)
def test_a_corrected_figure_stands_alone(text: str) -> None:
    _, found = read(text)
    assert [(x.low, x.high) for e in found for x in e.losses] == [(2, 2)]
    assert [e.polarity for e in found if e.type == "ASSAULT"] == ["positive"]
    assert not [e for e in found if e.type in ("CONCEDE", "HARM")]


@pytest.mark.parametrize(
    "text",
    [
        "Hat Ruanda den Angriff auf Kubwa befohlen?",
        "Frage: Würden Sie sagen, dass Ruanda den Angriff auf Kubwa befohlen hat?",
        "Es ist nicht erwiesen, dass Ruanda den Angriff auf Kubwa befohlen hat.",
    ],
)
def test_the_doer_is_asked_not_the_act(text: str) -> None:
    _, found = read(text)
    assert all(not e.actors for e in found if e.type == "ASSAULT")


@pytest.mark.parametrize(
    ("text", "kind", "status", "polarity"),
    [
        ("In Kubwa wächst die Sorge vor einer Offensive.", "ADVANCE", "possible", "positive"),
        ("Die Rebellen ließen zwölf Gefangene, die hätten freikommen sollen, nicht frei.", "RETREAT", "planned", "negative"),
    ],
)  # fmt: skip
def test_feared_or_kept(text: str, kind: str, status: str, polarity: str) -> None:
    _, found = read(text)
    assert (status, polarity) in {(e.status, e.polarity) for e in found if e.type == kind}
    assert not [e for e in found if e.type == kind and e.status == "occurred" and e.polarity == "positive"]


def test_who_calls_a_report_a_lie_is_no_source_of_it() -> None:
    record, found = read("Der Präsident nannte die Meldung, Soldaten hätten das Dorf Kubwa angegriffen, eine Lüge.")
    assert (one(found, "ASSAULT").voice.kind, speaker(record, one(found, "ASSAULT"))) == ("hearsay", None)


def test_whose_deed_a_charge_is_about() -> None:
    record, found = read("Der Vorwurf, die Miliz habe am Montag Kubwa beschossen, sei haltlos, sagte ein General.")
    act = one(found, "ASSAULT")
    assert (names(record, act.actors), act.targets) == (["Miliz"], [])


def test_what_the_report_calls_false_nobody_denies() -> None:
    _, found = read("Die Meldung, dass Rebellen am Montag das Dorf Kubwa angegriffen haben, ist falsch.")
    assert [(e.type, e.polarity, e.voice.kind) for e in found] == [("ASSAULT", "negative", "reporter")]

"""Numbers of victims as the words give them: ranges, rough words, families, versions (codebook section 9)."""

from __future__ import annotations

import pytest

import trucewatch
from trucewatch.record import Event, Loss, Record

_TOLD = "Goma (AFP) - Bei einem Angriff auf Rutshuru {} am Montag {} getötet worden. Das teilte die Armee mit."


def _events(text: str) -> list[Event]:
    return [e for e in trucewatch.read(text, published="2024-05-07").events if e.type in ("ASSAULT", "HARM")]


def _killed(text: str, harm: str = "killed") -> list[Loss]:
    return [x for e in _events(text) for x in e.losses if x.harm == harm]


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("15 bis 20 Dorfbewohner", 15, 20),
        ("15-20 Dorfbewohner", 15, 20),
        ("zwischen 15 und 20 Menschen", 15, 20),
        ("drei bis vier Dutzend Menschen", 36, 48),
        ("ein halbes Dutzend Kämpfer", 6, 6),
        ("anderthalb Dutzend Kämpfer", 18, 18),
        ("wenigstens ein Dutzend Menschen", 12, None),
        ("mehr als ein Dutzend Gläubige", 13, None),
        ("mehrere Dutzend Menschen", 36, None),
        ("mehrere Hundert Menschen", 300, None),
        ("einige tausend Menschen", 3000, None),
        ("Hunderte von Menschen", 200, None),
        ("ein paar Menschen", 3, None),
        ("an die 40 Menschen", 40, 40),
        ("über 40 Menschen", 41, None),
        ("nicht weniger als 20 Menschen", 20, None),
        ("nicht mehr als 20 Menschen", None, 20),
        ("zwei Frauen im Alter von 23 und 45 Jahren", 2, 2),
    ],
)
def test_numbers(words: str, low: int | None, high: int | None) -> None:
    assert [(x.low, x.high) for x in _killed(_TOLD.format("sind", words))] == [(low, high)]


@pytest.mark.parametrize(
    ("verb", "words", "each"),
    [
        ("sind", "ein Kind und sein Großvater", [1, 1]),
        ("sind", "ein Vater und seine drei Töchter", [1, 3]),
        ("ist", "eine Mutter mit ihren zwei Söhnen", [1, 2]),
        ("ist", "ein Ehepaar", [2]),
        ("sind", "ein Polizist, zwei Soldaten und ein Kind", [1, 2, 1]),
        ("sind", "ein 34-jähriger Mann und eine 60-jährige Frau", [1, 1]),
    ],
)
def test_people_told_of_together(verb: str, words: str, each: list[int]) -> None:
    assert [x.low for x in _killed(_TOLD.format(verb, words))] == each


def test_one_of_the_attackers() -> None:
    text = "Kabul (AFP) - Bei dem Anschlag in Kabul wurden der Attentäter und drei Wachleute getötet."
    assert [x.low for x in _killed(text)] == [1, 3]


@pytest.mark.parametrize("words", ["eine unbekannte Zahl von Menschen", "eine Gruppe Soldaten"])
def test_a_word_for_some_is_not_one(words: str) -> None:
    assert _killed(_TOLD.format("ist", words)) == []


_SHELLED = "Charkiw (dpa) - Russland hat am Montag Charkiw mit Raketen beschossen. {}"


@pytest.mark.parametrize(
    ("sentence", "harm", "low", "high"),
    [
        ("Acht Menschen überlebten den Beschuss nicht.", "killed", 8, 8),
        ("Mindestens drei Menschen wurden durch Splitter getötet.", "killed", 3, None),
        ("Es gab Tote in zweistelliger Höhe.", "killed", 10, 99),
        ("Die Zahl der Verletzten liegt im dreistelligen Bereich.", "wounded", 100, 999),
        ("Zwei Brüder im Alter von 12 und 15 Jahren starben.", "killed", 2, 2),
    ],
)
def test_the_sentence_after_the_act(sentence: str, harm: str, low: int, high: int | None) -> None:
    (event,) = _events(_SHELLED.format(sentence))
    assert event.type == "ASSAULT"
    assert [(x.harm, x.low, x.high) for x in event.losses] == [(harm, low, high)]


def test_two_numbers_of_one_sentence() -> None:
    (event,) = _events(_SHELLED.format("Die Behörden gaben die Zahl der Toten mit 12 an, die der Verletzten mit 87."))
    assert {(x.harm, x.low, x.high) for x in event.losses} == {("killed", 12, 12), ("wounded", 87, 87)}


def _speakers(record: Record) -> dict[tuple[int | None, int | None], str | None]:
    names = {a.id: a.name for a in record.actors}
    found = {}
    for event in record.events:
        for loss in event.losses:
            voice = loss.voice or event.voice
            found[loss.low, loss.high] = names.get(voice.speaker or "")
    return found


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "Die Armee sprach von 20 Toten, Ärzte zählten dagegen 55. Der Angriff hatte sich am Montag in Omdurman ereignet.",
            {(20, 20): "Armee", (55, 55): "Ärzte"},
        ),
        (
            "Bei einem Angriff auf Rafah starben laut der Hamas 40 Menschen, die israelische Armee sprach von sieben Toten.",
            {(40, 40): "Hamas", (7, 7): "israelische Armee"},
        ),
    ],
)
def test_each_source_keeps_its_number(text: str, numbers: dict[tuple[int, int], str]) -> None:
    record = trucewatch.read(text, published="2024-05-07")
    assert _speakers(record) == numbers
    holders = [e for e in record.events if e.losses]
    assert len(holders) == 2  # two versions, never one event with both numbers


def test_a_rough_headline_gives_way_to_the_number() -> None:
    text = (
        "Über 80 Tote bei Angriff auf Markt\n\n"
        "Sanaa (AFP) - Bei einem Luftangriff auf einen Markt in Sanaa sind am Montag mindestens 87 Menschen getötet worden."
    )
    (loss,) = _killed(text)
    assert (loss.low, loss.high) == (87, None)


def test_a_number_over_two_towns_is_no_towns_own() -> None:
    text = (
        "Bei Anschlägen in Kabul am Montag und in Herat am Dienstag sind insgesamt 25 Menschen getötet worden, "
        "davon neun in Herat. Das teilten die Behörden mit."
    )
    record = trucewatch.read(text, published="2024-05-08")
    names = {p.id: p.name for p in record.places}
    acts = {names[e.places[0]]: e for e in record.events if e.type == "ASSAULT"}
    assert {town: e.time.from_ for town, e in acts.items() if e.time} == {"Kabul": "2024-05-06", "Herat": "2024-05-07"}
    assert {town: [x.low for x in e.losses] for town, e in acts.items()} == {"Kabul": [], "Herat": [9]}
    (whole,) = [e for e in record.events if e.type == "HARM"]
    assert len(whole.places) == 2 and whole.time is not None and whole.time.precision == "longer"
    assert [(x.low, x.total) for x in whole.losses] == [(25, True)]
    incidents = trucewatch.link([{"text": text, "published": "2024-05-08"}])
    assert sorted((i.places[0].name, [x.low for x in i.losses]) for i in incidents) == [("Herat", [9]), ("Kabul", [])]


def test_one_act_on_one_day_stays_one() -> None:
    (event,) = _events("Bei einem Angriff auf Charkiw am Montag und in der Nacht sind 25 Menschen getötet worden.")
    assert [x.low for x in event.losses] == [25]

"""Attacks in everyday places are events; pictures, tales, games and exercises are none, and what is withheld is said."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import trucewatch
from trucewatch.cli import main
from trucewatch.extraction.domain import mark_of
from trucewatch.knowledge.load import table
from trucewatch.record import Record

KINDS = {"doers", "bystanders", "aims", "words", "settings"}


def read(text: str) -> tuple[Record, list[tuple[str, str | None, str]]]:
    """The record, and (type, mode, trigger) of its events."""
    record = trucewatch.read(text, published="2023-03-14")
    return record, [(e.type, e.mode, text[e.trigger[0] : e.trigger[1]]) for e in record.events]


# -- the data --------------------------------------------------------------------------------------------------------
def test_domain_words_are_plain_and_in_one_list() -> None:
    domain = table("domain.de")
    assert set(domain["conflict"]) == {"armed", "pictures", "plain"}
    assert all(set(kinds) <= KINDS for kinds in domain["other"].values())
    seen = Counter(
        w.lstrip("=")
        for part in ("conflict", "other")
        for kinds in domain[part].values()
        for ws in kinds.values()
        for w in ws
    )
    assert [w for w, n in seen.items() if n > 1] == []


def test_words_speak_for_what_their_examples_say() -> None:
    for family, examples in table("domain.de")["examples"].items():
        for word in examples["yes"]:
            mark = mark_of(word, "de")
            assert mark is not None and mark.family == family, (family, word, mark)
        for word in examples["no"]:
            mark = mark_of(word, "de")
            assert mark is None or mark.family != family, (family, word, mark)


# -- attacks in everyday places --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "kind", "mode"),
    [
        ("In Cherson hat am Montag eine Granate eine Turnhalle getroffen. Vier Handballer starben.", "ASSAULT", "shelling"),
        ("Trotz Regens haben Drohnen am Montag eine Tankstelle in Sumy getroffen.", "ASSAULT", "drone"),
        ("Vor einem Theater in Kabul ist ein Sprengsatz explodiert. Das Publikum floh.", "ASSAULT", "bombing"),
        ("In einem Kino in Homs sind neun Zuschauer von einer Rakete getroffen worden.", "ASSAULT", "shelling"),
        ("Auf einem Festival bei Gao haben Dschihadisten zwei Sänger verschleppt.", "COERCE", "abduct"),
        ("Ein Mann hat sich auf einem Sportplatz in Basra in die Luft gesprengt. Neun Fans starben.", "ASSAULT", "suicide"),
        ("Tornados der Luftwaffe haben Stellungen der Taliban bombardiert. Es gab ein Gewitter.", "ASSAULT", "airstrike"),
        ("Ein Abgeordneter der CDU ist in Cherson bei einem Drohnenangriff verletzt worden.", "ASSAULT", "drone"),
        ("Raketen der Huthi-Rebellen haben einen Tanker getroffen. Der Konzern verlor an der Börse.", "ASSAULT", None),
        ("Während des Endspiels schlug eine Mörsergranate im Stadion von Idlib ein. Zwei Fans starben.", "ASSAULT", "shelling"),
    ],
)  # fmt: skip
def test_an_attack_in_an_everyday_place_is_an_event(text: str, kind: str, mode: str | None) -> None:
    record, found = read(text)
    fitting = [f for f in found if f[0] == kind]
    assert fitting, found
    assert mode is None or mode in {f[1] for f in fitting}, found
    assert not record.report.notes


# -- other matters ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("Der Aufsteiger griff von Beginn an. Dann kapitulierte die Abwehr, Endstand 4:0.", "sport"),
        ("Schachtjor Donezk hat Dynamo Kiew 2:1 bezwungen. Kiew griff an, Donezk verteidigte.", "sport"),
        ("Der Konzern hat im Preiskrieg zum Gegenangriff geblasen. Der Rivale drohte mit Vergeltung.", "business"),
        ("Der Taifun hat die Küste angegriffen. Die Bewohner kämpfen gegen das Hochwasser.", "weather and disaster"),
        ("Ein Wolfsrudel hat eine Schafherde angegriffen und 20 Tiere getötet.", "culture and science"),
        ("Eine Drogenbande hat in Köln zwei Dealer angegriffen.", "accident and crime"),
    ],
)  # fmt: skip
def test_a_report_on_another_matter_holds_no_event_and_says_so(text: str, matter: str) -> None:
    record, found = read(text)
    assert found == []
    assert len(record.report.notes) == 1
    assert record.report.notes[0].startswith(f"held to be about something else ({matter}")
    assert "withheld" in record.report.notes[0]


def test_a_report_in_which_nothing_is_withheld_needs_no_note() -> None:
    record, found = read("Bremen (dpa) - Der Trainer verlängerte seinen Vertrag am Montag bis zum Sommer.")
    assert found == [] and record.report.notes == []


# -- tales, games, exercises -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "Bern (sda) - Im Roman erschießen Soldaten drei Dorfbewohner. Die Rebellen rächen sich und sprengen eine Brücke.",
        "Köln (dpa) - Die Fernsehserie erzählt von einem Anschlag auf den Kölner Dom, bei dem 90 Menschen sterben.",
        "Leipzig (dpa) - In dem Videospiel belagern russische Truppen Warschau. Die Spieler müssen die Stadt befreien.",
        "Wien (APA) - Der Schauspieler spielt einen Soldaten, der in Falludscha Zivilisten erschießt.",
    ],
)
def test_what_a_work_tells_did_not_happen(text: str) -> None:
    record, found = read(text)
    assert found == []
    assert "fiction or a game" in record.report.notes[0]


def test_a_tale_ends_where_the_report_tells_of_the_day() -> None:
    _, found = read("Im Film beschießt die Armee Beirut. Am Montag beschoss die israelische Armee Beirut tatsächlich.")
    assert [f[2] for f in found] == ["beschoss"]


def test_an_exercise_is_no_attack() -> None:
    _, found = read(
        "Riga (dpa) - Bei dem Manöver haben am Montag 900 Soldaten einen Hafen angegriffen und eingenommen."
    )
    assert [f[:2] for f in found] == [("MOBILIZE", "exercise")]


def test_an_imagined_enemy_attacks_nobody() -> None:
    _, found = read("Riga (dpa) - Das Manöver begann am Montag. Ein gedachter Feind beschoss den Hafen mit Raketen.")
    assert [f[:2] for f in found] == [("MOBILIZE", "exercise")]


def test_an_attack_upon_those_who_practise_is_one() -> None:
    _, found = read(
        "Sanaa (dpa) - Huthi-Rebellen haben am Montag Soldaten während eines Manövers beschossen. Drei Soldaten starben."
    )
    assert ("ASSAULT", "beschossen") in {(f[0], f[2]) for f in found}


@pytest.mark.parametrize(
    ("text", "kind", "mode"),
    [
        ("Sake ist nach tagelangen Kämpfen wieder unter Kontrolle der Armee.", "ADVANCE", "seize"),
        ("Das Stadion von Homs ist in der Hand der Rebellen.", "PRESENCE", None),
        (
            "Südkoreas Marine hat bei einer Übung mit scharfer Munition Raketen auf ein Ziel abgefeuert.",
            "MOBILIZE",
            "exercise",
        ),
    ],
)
def test_control_and_exercises_in_everyday_words(text: str, kind: str, mode: str | None) -> None:
    _, found = read(text)
    assert (kind, mode) in {f[:2] for f in found}, found
    assert kind != "MOBILIZE" or "ASSAULT" not in {f[0] for f in found}


@pytest.mark.parametrize(
    ("text", "harm", "number"),
    [
        ("Bei einer Hochzeit nahe Tais hat ein Kampfjet 40 Gäste getötet.", "killed", 40),
        ("Eine Rakete hat am Montag in einem Zoo drei Pfleger verletzt.", "wounded", 3),
    ],
)
def test_a_weapon_that_kills_or_wounds_in_an_everyday_place(text: str, harm: str, number: int) -> None:
    record, found = read(text)
    assert [f[0] for f in found] == ["ASSAULT"]
    assert [(loss.harm, loss.low, loss.high) for loss in record.events[0].losses] == [(harm, number, number)]


def test_a_car_driven_into_a_crowd_by_an_attacker() -> None:
    _, found = read("Ein Attentäter ist mit einem Lastwagen in die Zuschauer eines Feuerwerks gerast.")
    assert [f[0] for f in found] == ["ASSAULT"]


@pytest.mark.parametrize(
    "text",
    [
        "Tallinn (dpa) - Bei der Übung haben Soldaten den Hafen erobert. Jets bombardierten die Stellungen der Gegenseite.",
        "Taipeh (dpa) - Taiwans Armee hat die Abwehr einer Landung geprobt. Dabei feuerten Haubitzen auf Ziele im Meer.",
        "Das Museum zeigt, wie preußische Truppen Prag belagerten.",
        "Das Fieber-Virus hat die zweite Welle seines Angriffs gestartet.",
        "Die FDP schoss scharf gegen den Finanzminister, der zum Gegenangriff überging.",
        "Am Burgtheater erschießen Soldaten den König.",
    ],
)
def test_practised_shown_played_and_pictured(text: str) -> None:
    _, found = read(text)
    assert not [f for f in found if f[0] not in ("MOBILIZE", "ACCUSE")], found


def test_rebels_who_attack_during_an_exercise_do_so_in_earnest() -> None:
    _, found = read("Bei einer Übung der Armee haben Rebellen sechs Soldaten erschossen.")
    assert "ASSAULT" in {f[0] for f in found}


def test_the_dead_of_a_rocket_upon_a_team_are_harmed() -> None:
    record, _ = read(
        "Eine Rakete hat am Montag einen Sportplatz in Sderot getroffen. Sechs Spieler der Mannschaft starben."
    )
    assert {(loss.harm, loss.low, loss.high) for e in record.events for loss in e.losses} == {("killed", 6, 6)}


# -- what people see -------------------------------------------------------------------------------------------------
CUP = "Der Aufsteiger griff von Beginn an. Dann kapitulierte die Abwehr, Endstand 4:0."


def test_reading_says_what_is_withheld(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cup.txt"
    file.write_text(CUP, encoding="utf-8")
    assert main(["read", str(file)]) == 0
    seen = capsys.readouterr()
    assert "! held to be about something else (sport: " in seen.out and seen.err == ""
    assert main(["read", str(file), "--format", "json"]) == 0
    seen = capsys.readouterr()
    assert (
        seen.err.startswith(f"trucewatch: {file}: held to be about something else (sport: ")
        and seen.err.count("\n") == 1
    )


def test_adding_counts_what_is_withheld(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cup.txt").write_text(CUP, encoding="utf-8")
    (tmp_path / "war.txt").write_text("Eine Granate hat eine Schule in Cherson getroffen.", encoding="utf-8")
    names = [str(tmp_path / name) for name in ("cup.txt", "war.txt")]
    assert main(["add", *names, "--database", str(tmp_path / "t.db"), "--published", "2023-03-14"]) == 0
    assert f"0 failed, 1 held to be about something else: {names[0]}" in capsys.readouterr().out
    assert main(["add", *names, "--database", str(tmp_path / "t.db"), "--published", "2023-03-14"]) == 0
    assert "something else" not in capsys.readouterr().out

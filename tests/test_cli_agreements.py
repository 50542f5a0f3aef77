"""The commands of agreements as people use them: forms, languages, files, faults on one line, the same output twice."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from assessed import RIVER
from trucewatch.agreements.load import load, path_of, shipped, shipped_names
from trucewatch.agreements.model import Agreement
from trucewatch.agreements.state import State
from trucewatch.cli import main
from trucewatch.contact import Contact, Presence, Promise
from trucewatch.finding import RESULTS, Finding
from trucewatch.reporting.state_text import COLUMNS
from trucewatch.store import Store

_NEARBY = " In der Ostukraine beschossen Soldaten am Vortag mehrere Dörfer."
TEXTS = {
    "beschuss": ("2021-03-02", "Kiew (dpa) - Bei Beschuss in Awdijiwka in der Ostukraine ist am Montag ein Soldat getötet "
                 "worden. Die ukrainische Armee machte die Separatisten für den Angriff verantwortlich."),
    "zahlen": ("2021-03-02", "Kiew (dpa) - Die OSZE registrierte am Montag 312 Verletzungen der Waffenruhe im Gebiet Donezk."),
    "treffen": ("2021-03-03", "Moskau (dpa) - Putin und Selenskyj wollen sich am 20. März in Istanbul treffen, teilte der Kreml "
                "mit." + _NEARBY),
    "zusage": ("2021-03-04", "Moskau (dpa) - Russland hat zugesagt, seine Truppen bis zum 15. März aus dem Grenzgebiet zur "
               "Ukraine abzuziehen, teilte das Verteidigungsministerium am Donnerstag mit." + _NEARBY),
    "posten": ("2021-03-05", "Kiew (dpa) - Die ukrainische Armee hat am Donnerstag einen Beobachtungsposten bei Debalzewe "
               "errichtet, teilte ein Sprecher mit."),
}  # fmt: skip
MARCH = ["--since", "2021-03-01", "--until", "2021-03-07"]
Out = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("commands")


@pytest.fixture(scope="module")
def store(folder: Path) -> str:
    """A database with a few reports on the Donbass; no command changes what it says."""
    rows = [{"id": name, "publisher": "Blatt", "published": day, "text": text} for name, (day, text) in TEXTS.items()]
    file = folder / "reports.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    assert main(["add", str(file), "--database", str(folder / "t.db")]) == 0
    return str(folder / "t.db")


@pytest.fixture(scope="module")
def empty(folder: Path) -> str:
    """A database without reports."""
    with Store(str(folder / "empty.db")):
        return str(folder / "empty.db")


def run(capsys: Out, *arguments: str) -> str:
    """What a command prints that goes well."""
    capsys.readouterr()
    assert main(list(arguments)) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


# --- agreement --------------------------------------------------------------------------------------------------------


def test_list(capsys: Out) -> None:
    lines = run(capsys, "agreement", "list").splitlines()
    assert [words.split()[1] for words in lines] == list(shipped()) and len(lines) == len(shipped_names())
    assert [words[:10] for words in lines] == sorted(words[:10] for words in lines)
    assert run(capsys, "agreement", "list", "idlib", "--lang", "en").count("\n") == 3


@pytest.mark.parametrize("language", ["de", "en"])
def test_show_says_all_of_it_in_one_language(capsys: Out, language: str) -> None:
    for name in (*shipped_names(), str(RIVER)):
        agreement = load(path_of(name) if name in shipped_names() else name)
        out = " ".join(run(capsys, "agreement", "show", name, "--lang", language).split())
        for part in (*agreement.parties, *agreement.zones):
            assert getattr(part.name, language) in out and f"[{part.id}" in out
        for provision in agreement.provisions:
            assert getattr(provision.title, language) in out and f"[{provision.id}]" in out
            assert " ".join(getattr(provision.text, language).split()) in out
        assert "None" not in out and "{" not in out


def test_show_as_json_is_the_agreement_again(capsys: Out) -> None:
    for name in ("idlib-sochi-2018", str(RIVER)):
        data = json.loads(run(capsys, "agreement", "show", name, "--format", "json"))
        assert Agreement.model_validate(data) == load(path_of(name) if name in shipped_names() else name)
    several = json.loads(run(capsys, "agreement", "show", "idlib", "--format", "json"))
    assert [Agreement.model_validate(row).id for row in several] == [n for n in shipped_names() if n.startswith("idlib-")]
    assert len(json.loads(run(capsys, "agreement", "list", "--format", "json"))) == len(shipped_names())


def test_show_as_geojson_has_every_zone_within_the_map(capsys: Out) -> None:
    from shapely.geometry import shape

    data = json.loads(run(capsys, "agreement", "show", "idlib", "minsk", "--format", "geojson", "--lang", "en"))
    assert data["type"] == "FeatureCollection"
    ids = [f"{a}/{z.id}" for a in shipped_names() if a.startswith(("idlib-", "minsk-")) for z in shipped()[a].zones]
    assert sorted(f["id"] for f in data["features"]) == sorted(ids)
    for feature in data["features"]:
        area = shape(feature["geometry"])
        assert area.is_valid and area.area > 0
        west, south, east, north = area.bounds
        assert -180 <= west < east <= 180 and -90 <= south < north <= 90
        assert set(feature["properties"]) == {"agreement", "zone", "name", "approximate", "accuracy_km"}


# --- assess -----------------------------------------------------------------------------------------------------------


def findings(capsys: Out, store: str, *more: str) -> list[Finding]:
    out = run(capsys, "assess", "--database", store, "--format", "jsonl", *more)
    return [Finding.model_validate_json(row) for row in out.splitlines()]


def test_assess_in_words(store: str, capsys: Out) -> None:
    out = run(capsys, "assess", "--agreement", "minsk", "--database", store)
    assert "Awdijiwka" in out and "Maßnahmenpaket von Minsk" in out and "behauptet · laut ukrainischer Armee" in out
    assert out.endswith("2 Befunde zu 1 Vorfall\n")
    out = run(capsys, "assess", "--agreement", "minsk", "--database", store, "--lang", "en", "--reasons")
    assert "claimed · according to the Ukrainian army" in out and out.count("\n          + ") >= 6 and "[beschuss:" in out
    assert "schuldig" not in out and "guilty" not in out


def test_assess_as_json(store: str, capsys: Out) -> None:
    rows = findings(capsys, store, "--agreement", "minsk")
    assert {(f.provision, f.result) for f in rows} == {("ceasefire", "alleged"), ("no-fire", "alleged")}
    array = json.loads(run(capsys, "assess", "--agreement", "minsk", "--database", store, "--format", "json"))
    assert [Finding.model_validate(row) for row in array] == rows
    everything = findings(capsys, store, "--agreement", "minsk", "--all")
    minsk = [shipped()[name] for name in shipped_names() if name.startswith("minsk-")]
    incidents = {f.incident for f in everything}
    assert len(everything) == len(incidents) * sum(len(a.provisions) for a in minsk) and len(incidents) >= 2
    for result in RESULTS:
        asked = findings(capsys, store, "--agreement", "minsk", "--result", result)
        assert asked == [f for f in everything if f.result == result], result


def test_assess_what_is_asked(store: str, capsys: Out) -> None:
    (first, second) = findings(capsys, store, "--agreement", "minsk")
    assert findings(capsys, store, "--agreement", "minsk", "--provision", "no-fire") == [second]
    assert findings(capsys, store, "--agreement", "minsk", "--incident", first.incident[:6]) == [first, second]
    assert findings(capsys, store, "--agreement", "minsk-2-2015", "--incident", first.incident) == [first]
    assert findings(capsys, store, "--agreement", "minsk", "--since", "2021-03-01", "--until", "2021-03-01") == [first, second]
    assert findings(capsys, store, "--agreement", "minsk", "--since", "2021-03-02") == []
    assert findings(capsys, store, "--agreement", "minsk", "--until", "2021-02-28") == []
    assert findings(capsys, store, "--agreement", "idlib") == []


# --- ledgers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("command", "kind", "words"), [
    ("contacts", Contact, "Istanbul"), ("promises", Promise, "Abzug"), ("presence", Presence, "Debalzewe"),
])  # fmt: skip
def test_ledgers(command: str, kind: type[BaseModel], words: str, store: str, capsys: Out) -> None:
    common = [command, "--database", store, "--today", "2021-03-10"]
    assert words in run(capsys, *common)
    assert run(capsys, *common, "--lang", "en") != run(capsys, *common)
    assert len(run(capsys, *common, "--history")) > len(run(capsys, *common))
    rows = [kind.model_validate_json(row) for row in run(capsys, *common, "--format", "jsonl").splitlines()]
    assert len(rows) == 1
    assert [kind.model_validate(row) for row in json.loads(run(capsys, *common, "--format", "json"))] == rows
    state = str(getattr(rows[0], "state", ""))
    assert words in run(capsys, *common, "--state", state)
    assert run(capsys, *common, "--format", "jsonl", "--party", "Nirgendwer") == ""
    assert run(capsys, *common, "--format", "json", "--until", "2021-03-01") == "[]\n"
    assert run(capsys, *common, "--format", "jsonl", "--since", "2021-03-08") == ""


def test_the_day_decides_what_is_overdue(store: str, capsys: Out) -> None:
    def state(day: str) -> Any:
        (row,) = run(capsys, "promises", "--database", store, "--today", day, "--format", "jsonl").splitlines()
        return json.loads(row)["state"]

    assert [state(day) for day in ("2021-03-04", "2021-03-15", "2021-03-16")] == ["open", "open", "overdue"]

    def due(*more: str) -> int:
        return run(capsys, "promises", "--database", store, "--format", "jsonl", *more).count("\n")

    assert due("--due", "--today", "2021-03-10") == 0 and due("--due", "--today", "2021-03-16") == 1
    assert due("--due", "2021-03-20", "--today", "2021-03-10") == 1 and due("--due", "2021-03-12", "--today", "2021-03-10") == 0
    assert due("--due", "today", "--today", "2021-03-16") == 1 and due("--due") == 1  # long ago by now


# --- state ------------------------------------------------------------------------------------------------------------


def test_state_in_words(store: str, capsys: Out) -> None:
    out = run(capsys, "state", "--agreement", "minsk-2-2015", *MARCH, "--database", store)
    assert "2021-03-01 bis 2021-03-07" in out and "1 gemeldeter Vorfall berührt eine Bestimmung" in out
    assert "312 Verstöße gegen die Waffenruhe" in out and "gezählt von OSZE" in out
    assert "Keine Meldung heißt nicht Ruhe" in out and "kein Urteil" in out
    out = run(capsys, "state", "--agreement", "minsk-2-2015", *MARCH, "--database", store, "--lang", "en")
    assert "312 violations of the ceasefire" in out and "counted by the OSCE" in out


def test_state_as_json_and_csv(store: str, capsys: Out) -> None:
    asked = ["state", "--agreement", "minsk-2-2015", *MARCH, "--database", store]
    (row,) = json.loads(run(capsys, *asked, "--format", "json"))
    state = State.model_validate(row)
    assert (state.since, state.until, len(state.entries), len(state.claimed)) == ("2021-03-01", "2021-03-08", 1, 1)
    table = list(csv.DictReader(io.StringIO(run(capsys, *asked, "--format", "csv"))))
    assert tuple(table[0]) == COLUMNS and len(table) == len(state.cells)
    assert [(r["zone"], r["class"], int(r["claimed"])) for r in table] == [(c.zone, c.kind, c.claimed) for c in state.cells]
    daily = [State.model_validate(r) for r in json.loads(run(capsys, *asked, "--format", "json", "--by", "day"))]
    assert [s.since for s in daily] == list(state.per_day) and sum(len(s.entries) for s in daily) == 1
    assert [len(s.claimed) for s in daily] == [1, 0, 0, 0, 0, 0, 0]
    assert run(capsys, *asked, "--by", "week") == run(capsys, *asked)


def test_state_of_all_agreements_leaves_out_those_that_nothing_touches(store: str, capsys: Out) -> None:
    rows = json.loads(run(capsys, "state", *MARCH, "--database", store, "--format", "json"))
    assert {r["agreement"] for r in rows} == {"minsk-2-2015", "minsk-measures-2020"}


# --- without agreements' countries, without anything ------------------------------------------------------------------


def test_an_empty_database(empty: str, capsys: Out) -> None:
    assert run(capsys, "assess", "--database", empty) == "Keine Befunde.\n"
    assert run(capsys, "assess", "--database", empty, "--lang", "en", "--all") == "No findings.\n"
    assert run(capsys, "assess", "--database", empty, "--format", "jsonl") == ""
    assert json.loads(run(capsys, "assess", "--database", empty, "--format", "json")) == []
    for ledger in ("contacts", "promises", "presence"):
        assert run(capsys, ledger, "--database", empty).strip()
        assert json.loads(run(capsys, ledger, "--database", empty, "--format", "json")) == []
    assert "0 gemeldete Vorfälle" in run(capsys, "state", "--agreement", "minsk-2-2015", *MARCH, "--database", empty)
    assert run(capsys, "state", "--agreement", "minsk-2-2015", *MARCH, "--database", empty, "--format", "csv").count("\n") == 1


def test_reports_of_a_country_without_an_agreement(folder: Path, capsys: Out) -> None:
    file, database = folder / "kolumbien.txt", str(folder / "kolumbien.db")
    text = "Bogotá (dpa) - Bei einem Anschlag in der kolumbianischen Stadt Cali sind am Montag zwei Polizisten getötet worden."
    file.write_text(text, encoding="utf-8")
    assert main(["add", str(file), "--published", "2023-05-09", "--database", database]) == 0
    assert run(capsys, "assess", "--database", database) == "Keine Befunde.\n"
    (incident,) = {f.incident for f in findings(capsys, database, "--all")}
    assert {f.result for f in findings(capsys, database, "--all")} <= {"outside", "not_covered"}
    assert findings(capsys, database, "--incident", incident) == []
    week = ["--since", "2023-05-08", "--until", "2023-05-14"]
    assert "0 gemeldete Vorfälle" in run(capsys, "state", *week, "--database", database)


# --- faults -----------------------------------------------------------------------------------------------------------

_STORE = ["--database", "{store}"]
FAULTS: list[tuple[str, list[str], str]] = [
    ("no such agreement", ["agreement", "show", "versailles"], "no agreement 'versailles': give a file, or one of hodeidah"),
    ("no such file", ["agreement", "show", "./mine.toml"], "mine.toml: no such file: list the shipped agreements with"),
    ("show what", ["agreement", "show"], "trucewatch agreement list"),
    ("check what", ["agreement", "check"], "which file?"),
    ("a folder that is not there", ["agreement", "list", "-o", "/nowhere/at/all.txt"], "no such folder: make it first"),
    ("assess an unknown agreement", ["assess", "--agreement", "versailles", *_STORE], "no agreement 'versailles'"),
    ("unknown provision", ["assess", "--agreement", "minsk-2-2015", "--provision", "art-231", *_STORE],
     "no provision 'art-231': ceasefire"),
    ("unknown incident", ["assess", "--incident", "i00000000", *_STORE],
     "no incident 'i00000000': list them with: trucewatch incidents"),
    ("state of an unknown agreement", ["state", "--agreement", "versailles", *MARCH, *_STORE], "no agreement 'versailles'"),
    ("empty period", ["state", "--since", "2021-03-08", "--until", "2021-03-07", *_STORE],
     "the period is empty: --until 2021-03-07 is before --since 2021-03-08"),
    *((f"empty period: {words[0]}", [*words, "--since", "2021-03-08", "--until", "2021-03-07", *_STORE], "the period is empty")
      for words in (["incidents"], ["export", "jsonl"], ["assess"], ["contacts"], ["promises"], ["presence"])),
    ("a report in an unknown form", ["report", *MARCH, "-o", "bericht.docx", *_STORE],
     "bericht.docx: no report is written as .docx: name a file in .html, .md or .pdf"),
    ("too many periods", ["state", "--since", "2001-03-08", "--until", "2021-03-08", "--by", "day", *_STORE], "--by month"),
    ("report of an empty period", ["report", "--since", "2021-03-08", "--until", "2021-03-01", *_STORE], "the period is empty"),
    ("a PDF on the terminal", ["report", *MARCH, "--format", "pdf", *_STORE], "-o report.pdf"),
    ("no state of contacts", ["contacts", "--state", "broken", *_STORE], "--state broken: give one of proposed"),
    ("no state of promises", ["promises", "--state", "held", *_STORE], "--state held: give one of open"),
    ("no state of presence", ["presence", "--state", "x", *_STORE], "--state x: give one of"),
    *((f"no database: {words[0]}", [*words, "--database", "{none}"], "trucewatch add") for words in (
        ["assess"], ["contacts"], ["promises"], ["presence"], ["state", *MARCH], ["report", *MARCH])),
]  # fmt: skip


@pytest.mark.parametrize("case", FAULTS, ids=[f[0] for f in FAULTS])
def test_a_fault_is_one_line_that_says_what_to_do(
    case: tuple[str, list[str], str], store: str, folder: Path, capsys: Out
) -> None:
    _, arguments, words = case
    places = {"store": store, "none": str(folder / "none.db")}
    capsys.readouterr()
    assert main([a.format(**places) for a in arguments]) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and err.startswith("trucewatch: ") and words in err
    assert not (folder / "none.db").exists()


@pytest.mark.parametrize("arguments", [
    ["agreement"], ["agreement", "burn"], ["agreement", "list", "--format", "pdf"], ["assess", "--since", "gestern nacht"],
    ["assess", "--result", "guilty"], ["contacts", "--since", "2021-02-30"], ["promises", "--due", "irgendwann"],
    ["contacts", "--due"], ["promises", "--today", "31.12."], ["state"], ["state", "--since", "2021-03-01"],
    ["state", *MARCH, "--by", "year"], ["report", "--until", "2021-03-01"], ["report", *MARCH, "--format", "docx"],
    ["incidents", "--type", "FOO"], ["export", "jsonl", "--type", "BAR"],
], ids=" ".join)  # fmt: skip
def test_wrong_use_is_one_line_and_status_2(arguments: list[str], capsys: Out) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    out, err = capsys.readouterr()
    assert ended.value.code == 2 and out == "" and err.count("\n") == 1
    assert re.search(r"^trucewatch: .* \(see: trucewatch.* --help\)\n$", err)


# --- files, twice the same, quick -------------------------------------------------------------------------------------

WRITTEN = [
    ["agreement", "list"], ["agreement", "show", "unscr-1701"], ["agreement", "show", "unscr-1701", "--format", "geojson"],
    ["agreement", "show", "idlib", "--format", "json"], ["assess", *_STORE], ["assess", "--format", "json", *_STORE],
    ["assess", "--all", "--format", "jsonl", "--agreement", "minsk", *_STORE], ["contacts", "--today", "2021-03-10", *_STORE],
    ["promises", "--today", "2021-03-10", "--format", "json", *_STORE], ["presence", "--format", "jsonl", *_STORE],
    ["state", *MARCH, *_STORE], ["state", *MARCH, "--format", "csv", *_STORE], ["state", *MARCH, "--format", "json", *_STORE],
]  # fmt: skip


@pytest.mark.parametrize("arguments", WRITTEN, ids=lambda a: " ".join(x for x in a if "{" not in x))
def test_twice_the_same_and_the_same_in_a_file(arguments: list[str], store: str, tmp_path: Path, capsys: Out) -> None:
    arguments = [a.format(store=store) for a in arguments]
    printed = run(capsys, *arguments)
    assert printed == run(capsys, *arguments)
    for language in ("de", "en"):
        printed = run(capsys, *arguments, "--lang", language)
        assert run(capsys, *arguments, "--lang", language, "-o", str(tmp_path / "out")) == ""
        assert (tmp_path / "out").read_bytes() == printed.encode()


def test_a_file_is_there_whole_or_not_at_all(
    store: str, tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trucewatch.reporting.finding_text import FindingText

    out = tmp_path / "findings.txt"
    out.write_text("before", encoding="utf-8")

    def broken(*_: object) -> Any:
        yield "half a "
        raise OSError(28, "No space left on device", str(out))

    monkeypatch.setattr(FindingText, "listed", broken)
    assert main(["assess", "--database", store, "-o", str(out)]) == 1
    assert "No space left" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "before" and list(tmp_path.iterdir()) == [out]


def test_help_loads_nothing_heavy() -> None:
    """The help of every command; what the day of an option loads is asked for in test_cli_store.py."""
    code = (
        "import sys\n"
        "from trucewatch.cli import main\n"
        "for words in ([], ['agreement'], ['assess'], ['state'], ['contacts'], ['report']):\n"
        "    try: main([*words, '--help'])\n"
        "    except SystemExit: pass\n"
        "heavy = {'shapely', 'pydantic', 'numpy', 'sqlalchemy', 'tomllib'} & set(sys.modules)\n"
        "print(sorted(heavy), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "trucewatch agreement check my-agreement.toml" in done.stdout


def test_a_report_without_agreements_named_is_on_those_that_something_was_reported_under(store: str, capsys: Out) -> None:
    assert main(["report", *MARCH, "--format", "md", "--database", store]) == 0
    head = capsys.readouterr().out.split("## ")[0]
    assert "Minsk II" in head and "Libyen" not in head


def test_the_last_day_belongs_to_the_period(store: str, capsys: Out) -> None:
    """As people mean it: "from the 1st until the 3rd" has three days."""
    day = ["--since", "2021-03-01", "--until", "2021-03-01", "--database", store]
    assert "2021-03-01" in run(capsys, "incidents", "--type", "assault", *day)
    told = ["--until", "2021-03-03", "--today", "2021-03-10", "--database", store, "--format", "jsonl"]
    assert "Istanbul" in run(capsys, "contacts", *told)
    assert run(capsys, "contacts", "--until", "2021-03-02", *told[2:]) == ""
    [row, *_] = csv.DictReader(io.StringIO(run(capsys, "state", "--agreement", "minsk-2-2015", "--format", "csv", *day)))
    assert (row["since"], row["until"]) == ("2021-03-01", "2021-03-02")  # in tables the first day after it, as always
    assert run(capsys, "incidents", "--until", "9999-12-31", "--database", store)


def test_an_unknown_type_is_named_with_the_known_ones(capsys: Out) -> None:
    with pytest.raises(SystemExit):
        main(["incidents", "--type", "FOO"])
    assert "'FOO' is no type of events: give one of ACCUSE, ADVANCE, AGREE" in capsys.readouterr().err

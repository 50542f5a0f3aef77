"""The store's commands as people use them: what they print, what they say of faults, what they leave behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from trucewatch.cli import main
from trucewatch.commands.incidents import moment

STRIKE = (
    "Aden (dpa) - Bei einem Luftangriff auf einen Markt in der jemenitischen Stadt Tais sind am Montag zwölf Zivilisten "
    "getötet worden. Das teilte der Rote Halbmond mit."
)
RISEN = (
    "Sanaa (AFP) - Bei dem Luftangriff auf einen Markt in der jemenitischen Stadt Tais vom Montag sind 15 Zivilisten getötet "
    "worden. Das erklärten am Dienstag die Vereinten Nationen."
)
ROWS = [
    {"id": "erste", "publisher": "Blatt A", "published": "2018-03-05T18:00", "text": STRIKE},
    {"id": "kopie", "publisher": "Blatt B", "published": "2018-03-05T19:00", "text": STRIKE.removeprefix("Aden (dpa) - ")},
    {"id": "zweite", "publisher": "Blatt C", "published": "2018-03-06T12:00", "text": RISEN},
]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("reports") / "reports.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS), encoding="utf-8")
    return file


@pytest.fixture
def store(reports: Path, tmp_path: Path) -> str:
    database = str(tmp_path / "t.db")
    assert main(["add", str(reports), "--database", database]) == 0
    return database


def run(*arguments: str) -> int:
    return main(list(arguments))


def listed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    capsys.readouterr()
    assert run("incidents", "--format", "jsonl", *arguments) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_add_says_what_it_did_and_can_be_run_again(
    reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = str(tmp_path / "t.db")
    assert run("add", str(reports), "--database", database, "--verbose") == 0
    out = capsys.readouterr().out
    assert out.count("added ") == 3 and "3 new (1 of them copies of a known text), 0 known, 0 failed" in out
    assert run("add", str(reports), "--database", database) == 0
    assert "0 new, 3 known, 0 failed" in capsys.readouterr().out


def test_one_strike_two_origins_three_outlets(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = listed(capsys, "--database", store, "--type", "assault")
    assert found["origins"] == {"independent": 2, "unreviewed": 0, "copies": 1}
    assert found["grade"] == "corroborated"
    assert {m["name"] for m in found["members"]} == {"erste", "kopie", "zweite"}  # type: ignore[attr-defined]
    killed = next(x for x in found["losses"] if x["harm"] == "killed")  # type: ignore[attr-defined]
    assert (killed["low"], killed["high"]) == (12, 15)


def test_every_member_points_at_its_words(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {row["id"]: row["text"] for row in ROWS}
    for incident in listed(capsys, "--database", store):
        for member in incident["members"]:  # type: ignore[attr-defined]
            start, end = member["trigger"]
            assert texts[member["name"]][start:end] in member["quote"]


@pytest.mark.parametrize(
    ("options", "number"),
    [
        (["--since", "2018-03-05", "--until", "2018-03-05"], 1),
        (["--until", "2018-03-04"], 0),
        (["--since", "2018-03-07"], 0),
        (["--place", "tais"], 1),
        (["--place", "YE"], 1),
        (["--place", "Aden"], 0),
        (["--party", "Vereinte Nationen"], 1),
        (["--grade", "claimed"], 0),
        (["--min-killed", "12"], 1),
        (["--min-killed", "13"], 0),
        (["--zone", "44,13,45,14"], 1),
        (["--zone", "10,13,45,14"], 1),
        (["--zone", "50,13,60,14"], 0),
        (["--limit", "0"], 1),
    ],
)
def test_questions(options: list[str], number: int, store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(listed(capsys, "--database", store, "--type", "ASSAULT", *options)) == number


def test_areas_of_a_file(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def area(west: float) -> str:
        ring = [[west, 13], [west + 1, 13], [west + 1, 14], [west, 14], [west, 13]]
        file = tmp_path / f"zone{west}.geojson"
        feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
        return str(file)

    assert len(listed(capsys, "--database", store, "--type", "ASSAULT", "--zone", area(44))) == 1
    assert not listed(capsys, "--database", store, "--zone", area(50))
    bad = tmp_path / "bad.geojson"
    bad.write_text('{"type": "Point", "coordinates": [44, 13]}', encoding="utf-8")
    for file, words in ((bad, "holds no area"), (tmp_path / "none.geojson", "no such file")):
        assert run("incidents", "--database", store, "--zone", str(file)) == 1
        assert words in capsys.readouterr().err


def test_a_page_is_taken_in_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from trucewatch.reading import ReadingError, fetch

    page = f"<html><body><p>{STRIKE}</p></body></html>".encode()

    def fetched(url: str, **_: object) -> fetch.Fetched:
        if "gone" in url:
            raise ReadingError("the server has no such page (404)")
        return fetch.Fetched(page, url, "2018-03-05T20:00:00+00:00", "text/html; charset=utf-8")

    monkeypatch.setattr(fetch, "fetch", fetched)
    database = str(tmp_path / "t.db")
    pages = ["https://example.org/a", "https://example.org/gone"]
    assert run("add", *pages, "--published", "2018-03-05", "--database", database) == 1
    out = capsys.readouterr()
    assert "1 new" in out.out and "https://example.org/gone: the server has no such page" in out.err
    (found,) = listed(capsys, "--database", database, "--type", "ASSAULT")
    assert found["members"][0]["name"] == "https://example.org/a"  # type: ignore[index]
    from trucewatch.store import Store
    from trucewatch.store.tables import reports

    with Store(database) as store, store.reading() as connection:
        row = connection.execute(reports.select()).one()
    assert (row.raw, row.url, row.retrieved) == (page, "https://example.org/a", "2018-03-05T20:00:00+00:00")


def test_json_is_an_array_and_a_file_is_written_whole(store: str, tmp_path: Path) -> None:
    out = tmp_path / "found.json"
    assert run("incidents", "--database", store, "--format", "json", "-o", str(out)) == 0
    assert isinstance(json.loads(out.read_text(encoding="utf-8")), list)


def test_list_show_and_search_in_words(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = listed(capsys, "--database", store, "--type", "ASSAULT")
    assert run("incidents", "--database", store) == 0
    assert "Luftangriff: Ta" in capsys.readouterr().out
    assert run("show", str(found["id"])[:6], "--database", store) == 0
    shown = capsys.readouterr().out
    for words in ("belegt", "12 bis 15 Tote", "Roter Halbmond", "Vereinte Nationen", "»", "2 unabhängig", "kopie:"):
        assert words in shown, words
    assert run("show", str(found["id"]), "--database", store, "--lang", "en") == 0
    assert "corroborated" in capsys.readouterr().out
    assert run("search", "Luftangriffen", "--database", store) == 0
    assert capsys.readouterr().out.count(str(found["id"])) == 3
    assert run("search", "Wattenmeer", "--database", store) == 1


def test_diff_tells_new_from_changed(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("diff", "--since", "1h", "--database", store) == 0
    assert "Neu (" in capsys.readouterr().out
    assert run("diff", "--since", "2999-01-01", "--database", store) == 0
    assert "Nichts Neues" in capsys.readouterr().out
    assert run("diff", "--since", "neulich", "--database", store) == 1
    assert "yesterday" in capsys.readouterr().err


def test_moments() -> None:
    import datetime as dt

    noon = dt.datetime(2020, 2, 28, 12, tzinfo=dt.UTC)
    assert moment("24h", noon) == "2020-02-27T12:00:00.000000Z"
    assert moment("2020-02-28T12:00:00+01:00") == "2020-02-28T11:00:00.000000Z"
    with pytest.raises(ValueError, match="24h"):
        moment("soon")


def test_decisions_are_kept_shown_and_taken_back(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = listed(capsys, "--database", store, "--type", "ASSAULT")
    ident = str(found["id"])
    who = ["--who", "A. Monitor", "--database", store]
    assert run("decide", "correct", ident, "losses.killed.low", "14", "--why", "Liste der Klinik", *who) == 0
    assert run("decide", "accept", ident, *who) == 0
    (corrected,) = listed(capsys, "--database", store, "--type", "ASSAULT")
    assert corrected["losses"][0]["low"] == 14 and corrected["state"] == "accepted"  # type: ignore[index]
    assert corrected["decisions"][0]["computed"] == 12  # type: ignore[index]
    assert run("show", ident, "--database", store) == 0
    assert "Liste der Klinik" in capsys.readouterr().out
    assert run("decide", "undo", "1", *who) == 0
    (undone,) = listed(capsys, "--database", store, "--type", "ASSAULT")
    assert undone["losses"][0]["low"] == 12 and undone["state"] == "accepted"  # type: ignore[index]
    capsys.readouterr()
    assert run("decide", "--database", store) == 0
    out = capsys.readouterr().out
    assert "(undone)" in out and "undo decision 1" in out
    assert run("decide", "reject", ident, *who) == 0
    assert not listed(capsys, "--database", store, "--type", "ASSAULT")
    assert len(listed(capsys, "--database", store, "--type", "ASSAULT", "--rejected")) == 1


def test_split_and_merge(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = listed(capsys, "--database", store, "--type", "ASSAULT")
    who = ["--who", "A. Monitor", "--database", store]
    assert run("decide", "split", str(found["id"]), "zweite", *who) == 0
    parts = listed(capsys, "--database", store, "--type", "ASSAULT")
    assert [{m["name"] for m in p["members"]} for p in parts] == [{"erste", "kopie"}, {"zweite"}]  # type: ignore[attr-defined]
    assert parts[0]["id"] == found["id"]
    assert run("decide", "merge", *(str(p["id"]) for p in parts), *who) == 0
    (whole,) = listed(capsys, "--database", store, "--type", "ASSAULT")
    assert whole["id"] == found["id"] and whole["merged"] == [parts[1]["id"]]
    assert run("show", str(parts[1]["id"]), "--database", store) == 0  # the old id still leads there


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["decide", "accept", "i999999"], "trucewatch incidents"),
        (["decide", "accept", "{id}"], "say who decides"),
        (["decide", "correct", "{id}", "colour", "red", "--who", "A"], "no field to correct"),
        (["decide", "correct", "{id}", "losses.killed.low", "99", "--who", "A"], "above high"),
        (["decide", "correct", "{id}", "grade", "sure", "--who", "A"], "cannot be"),
        (["decide", "merge", "{id}", "{id}", "--who", "A"], "two incidents"),
        (["decide", "split", "{id}", "nix", "--who", "A"], "no member"),
        (["decide", "split", "{id}", "erste", "kopie", "zweite", "--who", "A"], "nothing would be left"),
        (["decide", "undo", "77", "--who", "A"], "no decision 77"),
        (["decide", "annotate", "{id}", "--who", "A"], "give its text"),
        (["show", "nothing"], "no incident"),
    ],
)
def test_faults_are_one_line_that_helps(
    arguments: list[str], words: str, store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = listed(capsys, "--database", store, "--type", "ASSAULT")
    assert run(*[a.replace("{id}", str(found["id"])) for a in arguments], "--database", store) == 1
    error = capsys.readouterr().err
    assert words in error and error.count("\n") == 1


def test_one_bad_line_spoils_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mixed.jsonl"
    file.write_text(f'{{"id": "a"}}\nno json\n{json.dumps(ROWS[0])}\n', encoding="utf-8")
    assert run("add", str(file), "/nowhere.txt", "--database", str(tmp_path / "t.db")) == 1
    out = capsys.readouterr()
    assert "1 new, 0 known, 3 failed" in out.out
    assert 'no "text"' in out.err and "no valid JSON" in out.err and "no such file" in out.err


def test_asking_a_database_that_is_not_there_makes_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("incidents", "--database", str(tmp_path / "none.db")) == 1
    assert "trucewatch add" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_claimed_counts_are_no_incidents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "r.txt"
    file.write_text("Kiew (dpa) - Die OSZE zählte am Montag 312 Verstöße gegen die Waffenruhe im Gebiet Donezk.", "utf-8")
    database = str(tmp_path / "t.db")
    assert run("add", str(file), "--published", "2020-03-03", "--database", database) == 0
    assert not listed(capsys, "--database", database)
    assert run("counts", "--format", "jsonl", "--database", database) == 0
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert row["low"] == 312 and row["speaker"] == "OSZE"


def test_exports_are_written(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "events.csv"
    assert run("export", "acled", "--hxl", "-o", str(out), "--database", store) == 0
    head, tags, *rows = out.read_text(encoding="utf-8").splitlines()
    assert "fatalities" in head and tags.startswith("#") and rows
    assert run("export", "papyrus", "--database", store) == 1
    assert "geojson" in capsys.readouterr().err


def test_reread_adds_a_reading_and_keeps_the_ids(
    store: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = listed(capsys, "--database", store)
    assert run("reread", "--database", store) == 0
    assert "0 read again" in capsys.readouterr().out
    from trucewatch.linking import take_in

    monkeypatch.setattr(take_in, "engine_version", lambda: "9.9+test")
    assert run("reread", "--database", store) == 0
    assert "3 read again, 0 failed" in capsys.readouterr().out
    after = listed(capsys, "--database", store)
    assert {i["id"] for i in before} == {i["id"] for i in after}


def test_from_python() -> None:
    import trucewatch

    found = trucewatch.link(trucewatch.read(r["text"], published=r["published"], publisher=r["publisher"]) for r in ROWS)
    assert [i.grade for i in found if i.type == "ASSAULT"] == ["corroborated"]


def test_schema_of_an_incident(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("schema", "incident") == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Incident"


def test_help_starts_fast_and_loads_no_database() -> None:
    code = "import sys; from trucewatch.cli import parser; parser(); print('sqlalchemy' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"

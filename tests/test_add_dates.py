"""``add`` and what it is given: dates that are missing and repaired, forms and languages that are not read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from trucewatch.cli import main
from trucewatch.knowledge.load import table
from trucewatch.reading.tongue import tongue
from trucewatch.store import Store
from trucewatch.store.tables import records, reports

Said = pytest.CaptureFixture[str]
TEXT = (
    "Kiew (dpa) - Bei einem Luftangriff auf Charkiw sind am Montag vier Menschen getötet worden. "
    "Das teilte das ukrainische Militär mit."
)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    return folder


def add(database: str, *what: Path | str, status: int = 0) -> None:
    assert main(["add", *map(str, what), "--database", database]) == status


def incidents(database: str, capsys: Said) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["incidents", "--format", "jsonl", "--database", database]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def dates(database: str) -> list[str | None]:
    with Store(database, make=False) as store, store.reading() as connection:
        return list(connection.execute(sa.select(reports.c.published).order_by(reports.c.id)).scalars())


def meta(folder: Path, name: str = "a", **row: str) -> None:
    (folder / f"{name}.meta.json").write_text(json.dumps(row), encoding="utf-8")


def test_a_report_without_a_date_is_warned_of_once(news: Path, database: str, capsys: Said) -> None:
    for number in range(7):
        (news / f"b{number}.txt").write_text(f"{TEXT} Nummer {number}.", encoding="utf-8")
    add(database, news)
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert "8 reports (" in err and "a.txt" in err and "and 3 more" in err
    assert "--published YYYY-MM-DD" in err and "NAME.meta.json" in err
    add(database, news, "--published", "2021-03-02")
    assert "dated anew" in capsys.readouterr().out
    add(database, news)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("how", ["option", "meta"])
def test_a_date_given_later_repairs_a_known_report(how: str, news: Path, database: str, capsys: Said) -> None:
    add(database, news)
    [before] = incidents(database, capsys)
    assert before["time"] is None or before["time"]["from"] is None
    assert main(["decide", "annotate", before["id"], "eine Notiz", "--who", "A", "--database", database]) == 0
    if how == "option":
        add(database, news, "--published", "2021-03-02")
    else:
        meta(news, published="2021-03-02")
        add(database, news)
    assert "0 new, 1 known (1 of them dated anew), 0 failed" in capsys.readouterr().out
    [after] = incidents(database, capsys)
    assert after["id"] == before["id"] and after["time"]["from"] == "2021-03-01"
    assert [d["value"] for d in after["decisions"]] == ["eine Notiz"]
    assert after["members"][0]["published"] == "2021-03-02" and dates(database) == ["2021-03-02"]
    with Store(database, make=False) as store, store.reading() as connection:
        assert (
            connection.execute(sa.select(sa.func.count()).select_from(records)).scalar_one() == 2
        )  # the earlier one stays
    add(database, news)
    assert "1 known, 0 failed" in capsys.readouterr().out
    assert main(["reread", "--database", database]) == 0
    assert dates(database) == ["2021-03-02"]


def test_a_wrong_date_is_changed_where_the_report_itself_is_named(news: Path, database: str, capsys: Said) -> None:
    add(database, news, "--published", "2021-03-02")
    add(database, news, "--published", "2021-03-09")  # a folder that grows: what is dated keeps its date
    assert dates(database) == ["2021-03-02"]
    add(database, news / "a.txt", "--published", "2021-03-09")
    assert dates(database) == ["2021-03-09"]
    add(database, news / "a.txt", "--published", "2021-03-02")
    assert dates(database) == ["2021-03-02"]
    [found] = incidents(database, capsys)
    assert found["time"]["from"] == "2021-03-01"


def test_metadata_goes_before_the_text_but_not_before_what_was_given(news: Path, database: str, capsys: Said) -> None:
    (news / "a.txt").write_text(f"Stand: 05.03.2021\n\n{TEXT}", encoding="utf-8")
    add(database, news)
    assert dates(database) == ["2021-03-05"]
    meta(news, published="2021-03-02")
    add(database, news)
    assert dates(database) == ["2021-03-02"]
    meta(news, published="2021-03-03")
    capsys.readouterr()
    add(database, news)
    assert dates(database) == ["2021-03-02"]
    assert "kept with another date" in capsys.readouterr().err


def test_a_line_of_json_lines_gets_its_date(tmp_path: Path, database: str, capsys: Said) -> None:
    file = tmp_path / "r.jsonl"
    file.write_text(
        json.dumps({"id": "x", "text": TEXT}) + "\n" + json.dumps({"text": TEXT, "published": "2021-03-02"}) + "\n"
    )
    add(database, file)
    add(database, file, "--published", "2021-03-09")
    assert dates(database) == ["2021-03-09", "2021-03-02"]


def test_faulty_metadata_is_named(news: Path, database: str, capsys: Said) -> None:
    for text, words in (("{", "no valid JSON"), ("[]", "one JSON object"), ('{"published": "neulich"}', "is no date")):
        (news / "a.meta.json").write_text(text, encoding="utf-8")
        add(database, news, status=1)
        err = capsys.readouterr().err
        assert "a.meta.json beside it" in err and words in err and len(err.splitlines()) == 1


# --- not read ---------------------------------------------------------------------------------------------------------


def test_forms_that_are_not_read_are_named_and_counted(news: Path, database: str, capsys: Said) -> None:
    meta(news, published="2021-03-02")
    for name in ("b.docx", "c.pdf", "d.eml", "e.png", "f.xyz"):
        (news / name).write_bytes(b"PK\x03\x04 something")
    (news / ".hidden.pdf").write_bytes(b"%PDF-")
    (news / "g.txt").write_bytes(b"%PDF-1.7 something")
    (news / "h.txt").write_text(
        f"Return-Path: <a@b.de>\nReceived: from x\n by y\nSubject: Angriff\n\n{TEXT}", encoding="utf-8"
    )
    add(database, news, status=1)
    out, err = capsys.readouterr()
    assert "1 new, 0 known, 0 failed, 7 not read" in out
    for name in ("b.docx", "c.pdf", "d.eml", "e.png", "f.xyz", "g.txt", "h.txt"):
        assert f"{name}: not read: " in err
    assert "pdftotext" in err and "this is an e-mail" in err and "hidden" not in err and "meta" not in err
    add(database, news / "c.pdf", status=1)
    assert "1 not read" in capsys.readouterr().out


def test_languages_that_are_not_read(news: Path, database: str, capsys: Said) -> None:
    (news / "a.txt").unlink()
    for number, case in enumerate(table("tongues")["yes"]):
        (news / f"{number}.txt").write_text(case["text"] + "\n", encoding="utf-8")
    add(database, news, status=1)
    out, err = capsys.readouterr()
    assert "0 new, 0 known, 0 failed, 5 not read" in out
    assert "0.txt: not read: in another language (en): only German is read" in err and "in another script" in err


@pytest.mark.parametrize("case", [*table("tongues")["yes"], *table("tongues")["no"]], ids=lambda c: c["text"][:30])
def test_tongues(case: dict[str, str]) -> None:
    assert tongue(case["text"]) == case.get("tongue")

"""The command line: forms, inputs, order, faults and exit statuses."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import trucewatch
from conftest import ROOT
from trucewatch import one_report
from trucewatch.cli import main
from trucewatch.commands import work
from trucewatch.commands.inputs import Job

TEXT = "Kiew (dpa) - Die Waffenruhe hält nach Angaben der OSZE seit Montag."


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "trucewatch", *words]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, timeout=120, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three good reports, one binary file, one note that is no report."""
    for number in range(1, 4):
        (tmp_path / f"r{number}.txt").write_text(f"Meldung {number} aus Kiew\n\n{TEXT}", encoding="utf-8")
    (tmp_path / "r2.meta.json").write_text('{"published": "2021-04-14"}', encoding="utf-8")
    (tmp_path / "z.txt").write_bytes(b"%PDF-1.4")
    (tmp_path / "notes.md").write_text("x", encoding="utf-8")
    return tmp_path


def test_json_of_one_report_is_the_record(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(folder / "r2.txt"), "--format", "json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["schema"] == "trucewatch/1"
    assert record["report"]["published"] == "2021-04-14"
    assert record == json.loads(trucewatch.read(folder / "r2.txt").to_json())


def test_a_folder_gives_all_in_order_and_names_the_bad_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(folder), "--format", "jsonl"]) == 1
    out, err = capsys.readouterr()
    titles = [json.loads(line)["report"]["title"] for line in out.splitlines()]
    assert titles == ["Meldung 1 aus Kiew", "Meldung 2 aus Kiew", "Meldung 3 aus Kiew"]
    assert "1 of 4" in err and "z.txt" in err and "PDF" in err
    assert "Traceback" not in err


def test_a_pattern_and_several_files_give_an_array(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(folder / "r*.txt"), "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 3
    assert main(["read", str(folder / "z.txt"), str(folder / "nowhere"), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out) == []


def test_processes_keep_the_order_of_the_inputs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"text": TEXT * (1 + 40 * (n == 0)), "title": f"T{n}"} for n in range(12)]
    lines = "\n".join(json.dumps(row) for row in rows)
    (folder / "many.jsonl").write_text(lines + "\n\nnot json\n[]\n", encoding="utf-8")
    assert main(["read", str(folder / "many.jsonl"), "--format", "jsonl", "--jobs", "2"]) == 1
    out, err = capsys.readouterr()
    assert [json.loads(line)["report"]["title"] for line in out.splitlines()] == [f"T{n}" for n in range(12)]
    assert "many.jsonl:14" in err and "many.jsonl:15" in err
    assert main(["read", str(folder / "many.jsonl"), "--format", "jsonl"]) == 1
    assert capsys.readouterr().out == out


def test_output_file_is_whole_or_not_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = folder / "out.json"
    assert main(["read", str(folder / "r1.txt"), "-o", str(target)]) == 0
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == "trucewatch/1"
    before = target.read_bytes()
    assert main(["read", str(folder / "z.txt"), "-o", str(target)]) == 1
    assert target.read_bytes() == before
    assert main(["read", str(folder / "r1.txt"), "-o", str(folder / "no" / "such" / "out.json")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 2
    assert not list(folder.glob(".*part"))


def test_output_folder_gets_a_file_for_each_report(folder: Path) -> None:
    out = folder / "pages"
    assert main(["read", str(folder / "r1.txt"), str(folder / "r1.txt"), "--format", "html", "-o", f"{out}/"]) == 0
    assert sorted(p.name for p in out.iterdir()) == ["index.html", "r1-2.html", "r1.html"]
    assert 'href="r1-2.html"' in (out / "index.html").read_text(encoding="utf-8")


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("utf-16"))))
    assert main(["read", "-", "--format", "json", "--published", "14.04.2021"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["report"]["published"] == "2021-04-14"
    assert record["report"]["encoding"] == "utf-16-le"


def test_text_names_files_only_where_there_are_several(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["read", str(folder / "r1.txt")])
    assert "r1.txt" not in capsys.readouterr().out
    main(["read", str(folder / "r1.txt"), str(folder / "r2.txt"), "--lang", "en"])
    out = capsys.readouterr().out
    assert "r2.txt" in out and "\x1b" not in out


@pytest.mark.parametrize(
    "words",
    [
        ["read"],
        ["read", "x", "--format", "xml"],
        ["read", "x", "--published", "bald"],
        ["read", "x", "--jobs", "-1"],
        ["x"],
    ],
)
def test_wrong_use_is_one_line_and_status_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_nothing_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(tmp_path)]) == 1
    assert "no reports in this folder" in capsys.readouterr().err
    assert main(["read", str(tmp_path / "*.txt")]) == 1
    assert "no such file" in capsys.readouterr().err


def test_an_internal_error_is_named_and_spoils_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(report: object) -> None:
        raise RuntimeError("a\nb")

    monkeypatch.setattr(one_report, "read_report", broken)
    result = work.work(Job("x", data=b"Kiew"), work.Rendering("json", "de", None), 1)
    assert result.fault is not None
    assert "RuntimeError" in result.fault and "\n" not in result.fault


def test_a_report_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(report: object) -> None:
        while True:
            pass

    monkeypatch.setattr(one_report, "read_report", endless)
    monkeypatch.setattr(work, "SECONDS", 1)
    result = work.work(Job("x", data=b"Kiew"), work.Rendering("json", "de", None), 1)
    assert result.fault is not None and "longer than 1 seconds" in result.fault


def test_explain(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(folder / "r1.txt"), "--event", "e99"]) == 1
    assert "no event 'e99'" in capsys.readouterr().err
    assert main(["explain", str(folder / "z.txt"), "--event", "e1"]) == 1
    assert main(["explain", str(folder / "r1.txt")]) == 0


def test_schema_describes_what_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert set(schema["properties"]) == {"schema", "report", "actors", "places", "events", "speech", "times"}
    assert "why" not in schema["$defs"]["Event"]["properties"]
    assert "from" in schema["$defs"]["TimeExpression"]["properties"]


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert trucewatch.__version__ in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["read", "--help"])
    assert "--published 2020-02-28" in capsys.readouterr().out


def test_a_reader_that_goes_away_ends_it_quietly(folder: Path) -> None:
    lines = "\n".join(json.dumps({"text": TEXT}) for _ in range(400))
    (folder / "many.jsonl").write_text(lines, encoding="utf-8")
    command = f"{sys.executable} -m trucewatch read {folder / 'many.jsonl'} --format json | head -c 10"
    done = subprocess.run(command, shell=True, capture_output=True, timeout=120, check=False)
    assert done.stderr == b""


def test_same_bytes_in_same_bytes_out_whatever_the_hash_seed() -> None:
    words = ("read", str(ROOT / "examples"), "--format", "jsonl")
    first, second = (run(*words, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first.stdout == second.stdout != b""
    assert first.returncode == 0

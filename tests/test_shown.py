"""What comes from elsewhere steers no terminal, page or table: control characters, writing direction, formulas."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import shelf
from assessed import RIVER
from trucewatch.cli import main
from trucewatch.reporting.article import text_of
from trucewatch.reporting.exports.tables import text as cell_text
from trucewatch.reporting.situation.ground import web_address
from trucewatch.shown import shown, shown_json, shown_lines

Said = pytest.CaptureFixture[str]
EVIL = "\x1b]0;owned\x07\x1b[31mrot\u202ekcat\u2066x\x9b2J\r\x08"
STEERING = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@given(st.text())
def test_nothing_steers(text: str) -> None:
    assert not STEERING.search(shown(text)) and "\n" not in shown(text)
    assert not STEERING.search(shown_lines(text)) and shown_lines(text).count("\n") >= text.count("\n")
    assert not STEERING.search(text_of(text)) and not STEERING.search(cell_text(text))
    assert shown(shown(text)) == shown(text)


@given(st.recursive(st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)))
def test_json_says_the_same(value: object) -> None:
    spelled = shown_json(json.dumps(value, ensure_ascii=False, indent=1))
    assert not STEERING.search(spelled)
    assert json.loads(spelled) == value


def test_usual_words_stay() -> None:
    for words in ("Čeľadná – „так“ 停戦 עברית عربي", "👍🏽 e\u0301"):
        assert shown(words) == shown_lines(words) == shown_json(words) == words
    assert shown_lines("a\tb\nc") == "a\tb\nc"


def test_own_colours_only_where_colours_are_shown() -> None:
    assert shown_lines("\x1b[31ma\x1b[0m", colour=True) == "\x1b[31ma\x1b[0m"
    assert "\x1b" not in shown_lines("\x1b[31ma\x1b[0m") + shown_lines("\x1b[8m\x1b[2K\x1b[1;1H", colour=True)


@pytest.mark.parametrize(
    "url", ["https://user:pw@host.de/", "https://host.de@evil.example/", "https:user:pw@host.de", "https:///user@host.de"]
)
def test_an_address_with_a_login_is_no_link(url: str) -> None:
    assert web_address(url) is None
    assert web_address("https://host.de/@name?a=b@c") is not None


# --- at the edge of every command -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("evil")
    row = {**shelf.STRIKE, "id": f"k{EVIL}1", "title": f"Titel {EVIL}", "publisher": f"Bote {EVIL}"}
    row["text"] = row["text"].replace("Charkiw", f"Charkiw {EVIL}") + f" Die Separatisten {EVIL} wiesen das zurück."
    count = {"id": f"z{EVIL}", "published": "2021-03-02", "publisher": EVIL,
             "text": f"Kiew (dpa) - Die OSZE {EVIL} registrierte am Montag 312 Verletzungen der Waffenruhe in Donezk."}
    file = folder / "reports.jsonl"
    file.write_text("".join(json.dumps(r) + "\n" for r in (row, count)), encoding="utf-8")
    assert main(["add", str(file), "--database", str(folder / "t.db")]) == 0
    return str(folder / "t.db")


def test_no_command_steers_the_terminal(store: str, tmp_path: Path, capsys: Said) -> None:
    at = ["--database", store]
    assert main(["incidents", "--format", "jsonl", *at]) == 0
    [ident, *_] = [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]
    assert main(["decide", "annotate", ident, f"Notiz {EVIL}", "--who", f"A {EVIL}", "--why", f"darum {EVIL}", *at]) == 0
    week = ["--since", "2021-03-01", "--until", "2021-03-07"]
    file = tmp_path / f"böse{EVIL.replace('/', '')}.txt"
    file.write_text(f"Kiew (dpa) - Rebellen {EVIL} haben am Montag Charkiw {EVIL} beschossen.", encoding="utf-8")
    for command in (
        ["search", "Charkiw", *at], ["search", "Charkiw", "--format", "jsonl", *at], ["search", EVIL, *at],
        ["incidents", *at], ["incidents", "--format", "json", *at],
        ["show", ident, *at], ["show", ident, "--format", "json", *at],
        ["show", EVIL, *at], ["diff", *at], ["diff", "--format", "jsonl", *at], ["counts", *at],
        ["decide", *at], ["decide", "--format", "jsonl", *at], ["decide", "accept", EVIL, "--who", EVIL, *at],
        ["assess", "--reasons", "--all", *at], ["assess", "--format", "json", *at], ["contacts", *at],
        ["state", *week, *at], ["state", *week, "--format", "csv", *at], ["report", *week, *at],
        ["report", *week, "--format", "md", *at], ["export", "acled", *at], ["export", EVIL, *at],
        ["read", str(file)], ["read", str(file), "--format", "json"], ["read", str(file), "--format", "html"],
        ["read", str(file) + EVIL], ["explain", str(file)], ["explain", str(file), "--event", EVIL],
        ["agreement", "show", EVIL], ["add", str(file), "--verbose", *at], ["add", EVIL, *at],
        ["incidents", "--database", str(tmp_path / EVIL.replace("/", ""))],
    ):  # fmt: skip
        main(command)
        out, err = capsys.readouterr()
        assert out or err, command
        assert not STEERING.search(out) and not STEERING.search(err), command


def test_arguments_that_are_wrong(capsys: Said) -> None:
    with pytest.raises(SystemExit):
        main(["read", "x", "--published", EVIL])
    assert not STEERING.search(capsys.readouterr().err)


def test_an_agreement_of_somebody(tmp_path: Path, capsys: Said) -> None:
    text = RIVER.read_text(encoding="utf-8")
    name = re.search(r'^title = \{ de = "', text, re.M) or re.search(r'^de = "', text, re.M)
    assert name is not None
    evil = "\\u001b[31m\\u202e\\u009b2J"
    file = tmp_path / "evil.toml"
    file.write_text(text[: name.end()] + evil + text[name.end() :], encoding="utf-8")
    for command in (["show", str(file)], ["show", str(file), "--format", "json"], ["check", str(file)]):
        assert main(["agreement", *command]) == 0
        out, err = capsys.readouterr()
        assert out and not STEERING.search(out + err), command


# --- files that are written -------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_output_replaces_neither_devices_nor_links(store: str, tmp_path: Path, capsys: Said) -> None:
    report = tmp_path / "a.txt"
    report.write_text("Kiew (dpa) - Rebellen haben am Montag Charkiw beschossen.", encoding="utf-8")
    week = ["--since", "2021-03-01", "--until", "2021-03-07", "--database", store]
    for number, command in enumerate(
        (["read", str(report)], ["report", *week], ["report", *week, "--format", "pdf"], ["incidents", "--database", store])
    ):
        real, link, null = tmp_path / f"real{number}", tmp_path / f"link{number}", tmp_path / f"null{number}"
        real.write_text("alt", encoding="utf-8")
        link.symlink_to(real)
        assert main([*command, "-o", str(link)]) == 0
        assert link.is_symlink() and len(real.read_bytes()) > 3
        null.symlink_to(os.devnull)
        assert main([*command, "-o", str(null)]) == 0
        assert null.is_symlink() and Path(os.devnull).is_char_device()
    assert not list(tmp_path.glob(".*part*"))

"""Files of others keep nobody waiting and lead nowhere else: pipes, links, ids and faults without end."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from assessed import RIVER
from trucewatch.agreements.load import check
from trucewatch.cli import main

TEXT = "Kiew (dpa) - Rebellen haben am Montag die Stadt Charkiw beschossen."
Said = pytest.CaptureFixture[str]


def written(folder: Path, text: str) -> Path:
    file = folder / "file.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_shapes_from_a_pipe_or_device(kind: str, tmp_path: Path) -> None:
    name = tmp_path / "shape.geojson"
    if kind == "pipe":
        os.mkfifo(name)
    else:
        name.symlink_to("/dev/zero")
    zone = '[[zones]]\nid = "drawn"\nname = { de = "Z", en = "Z" }\ngeojson = "shape.geojson"\n'
    [fault] = check(written(tmp_path, RIVER.read_text(encoding="utf-8") + zone))
    assert "geojson" in fault and "no file: name one that stands beside this one" in fault


def test_an_id_of_a_megabyte(tmp_path: Path) -> None:
    text = RIVER.read_text(encoding="utf-8")
    for old, new in (('id = "river"', f'id = "{"r" * 1_000_000}"'), ('id = "port"', f'id = "{"p" * 1_000_000}"')):
        assert old in text
        faults = check(written(tmp_path, text.replace(old, new)))
        assert faults and sum(map(len, faults)) < 10_000
        assert "at most 200 characters" in "".join(faults)


def test_faults_without_end(tmp_path: Path, capsys: Said) -> None:
    text = RIVER.read_text(encoding="utf-8")
    zones = "".join(f'[[zones]]\nid = "z{n}"\n' for n in range(3_000))
    keys = "\n".join(f"key{n} = {n}" for n in range(9_000)) + "\n"
    wrong = ", ".join(f'"nobody{n}"' for n in range(9_000))
    start = time.monotonic()
    for many in (text + zones, keys + text, text.replace('binds = ["gamma"]', f"binds = [{wrong}]")):
        faults = check(written(tmp_path, many))
        assert len(faults) == 101 and "more: mend these first" in faults[-1]
        assert max(map(len, faults)) < 1_000
    assert time.monotonic() - start < 30
    assert main(["agreement", "check", str(tmp_path / "file.toml")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 101


def test_a_folder_leads_nowhere_else(tmp_path: Path, capsys: Said) -> None:
    inside, outside = tmp_path / "news", tmp_path / "private"
    for folder in (inside, outside):
        folder.mkdir()
    (inside / "a.txt").write_text(TEXT, encoding="utf-8")
    (inside / "same.txt").symlink_to(inside / "a.txt")
    (outside / "b.txt").write_text(TEXT.replace("Charkiw", "Poltawa"), encoding="utf-8")
    (inside / "b.txt").symlink_to(outside / "b.txt")
    (inside / "more").symlink_to(outside)
    assert main(["read", str(inside), "--format", "jsonl"]) == 0
    out = capsys.readouterr().out
    assert len(out.splitlines()) == 2 and "Poltawa" not in out
    (tmp_path / "named").symlink_to(outside)  # what is named itself is meant
    for name in (tmp_path / "named", inside / "b.txt"):
        assert main(["read", str(name), "--format", "jsonl"]) == 0
        assert "Poltawa" in capsys.readouterr().out

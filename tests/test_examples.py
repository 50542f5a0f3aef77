"""The shipped examples and the examples in the README do what they say."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

import trucewatch
from conftest import EXAMPLES, ROOT
from trucewatch.cli import main

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_there_are_enough_examples_with_metadata() -> None:
    assert len(EXAMPLES) >= 8
    for path in EXAMPLES:
        assert json.loads(path.with_name(f"{path.stem}.meta.json").read_text(encoding="utf-8"))["published"]


@pytest.mark.parametrize("path", [p for p in EXAMPLES if "kein-krieg" in p.stem], ids=lambda p: p.stem)
def test_sport_and_business_in_words_of_war_hold_no_events(path: Path) -> None:
    assert trucewatch.read(path).events == []


def test_readme_python_examples() -> None:
    """Each Python block of the README runs; ``>>>`` lines are doctests."""
    import doctest

    blocks = re.findall(r"```python\n(.*?)```", README, re.S)
    assert blocks
    for number, block in enumerate(blocks):
        test = doctest.DocTestParser().get_doctest(block, {}, f"README-{number}", "README.md", 0)
        assert test.examples
        assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False).run(test).failed == 0


def test_readme_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Each ``trucewatch`` command of the README runs on the shipped examples."""
    shell = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.S))
    commands = re.findall(r"^trucewatch (.+?)(?:\s+#.*)?$", shell, re.M)
    assert len(commands) >= 3
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    for command in commands:
        if "INCIDENT" in command:
            assert main(["incidents", "--format", "jsonl", "--limit", "1"]) == 0
            command = command.replace("INCIDENT", json.loads(capsys.readouterr().out)["id"])
        assert main(shlex.split(command)) == 0, command
        assert "Traceback" not in capsys.readouterr().err

"""The published JSON Schemas are those of the types, and lists that the command line keeps for itself are the types' own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from trucewatch import cli, cli_agreements, cli_store
from trucewatch.cli import main
from trucewatch.finding import RESULTS, Result
from trucewatch.incident import Grade

PUBLISHED = Path(__file__).parent.parent / "docs" / "schema"


@pytest.mark.parametrize("name", ["agreement", "finding", "contact", "promise", "presence"])
def test_published_schema_is_in_step(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """To write it anew: ``trucewatch schema NAME > docs/schema/NAME-1.json``."""
    assert main(["schema", name]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads((PUBLISHED / f"{name}-1.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", cli.SCHEMAS)
def test_every_schema_can_be_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", name]) == 0
    shape = json.loads(capsys.readouterr().out)
    assert shape["type"] == "object" and shape["properties"]


def test_lists_of_the_command_line_are_those_of_the_types() -> None:
    """They stand there for themselves so that ``--help`` does not load the types."""
    assert get_args(Grade) == cli_store.GRADES
    assert get_args(Result) == RESULTS == cli_agreements.RESULTS

"""The shipped examples are read as their hand-written records say, but for the fields listed in ``examples/open.toml``.

The list is strict: a field that is read right must leave it, so that it only shrinks. ``python tests/test_example_records.py``
prints what differs.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import trucewatch
from conftest import EXAMPLES, ROOT
from hand_records import checked, differences, load

HERE = ROOT / "tests" / "examples"
OPEN: dict[str, dict[str, str]] = tomllib.loads((HERE / "open.toml").read_text(encoding="utf-8"))


def _differences(path: Path) -> dict[str, str]:
    return differences(trucewatch.read(path), load(HERE / f"{path.stem}.yaml"), path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_shipped_example_is_read_as_written_by_hand(path: Path) -> None:
    wrong, known = _differences(path), OPEN.get(path.stem, {})
    assert {k: v for k, v in wrong.items() if k not in known} == {}
    assert set(known) <= set(wrong), "read right now: take it off the list"


def test_every_open_field_has_its_reason() -> None:
    assert {p.stem for p in EXAMPLES} >= set(OPEN)
    assert all(reason.strip() for fields in OPEN.values() for reason in fields.values())


if __name__ == "__main__":
    for example in EXAMPLES:
        print(example.stem, f"{checked(load(HERE / f'{example.stem}.yaml'))} fields")
        for field, what in _differences(example).items():
            print("  ", field, "" if field in OPEN.get(example.stem, {}) else "NEW", what)

"""Speed and accuracy hold on to what was reached (benchmarks/floors.toml)."""

from __future__ import annotations

import sys

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import floors


def test_speed_keeps_its_ratios() -> None:
    lost = [f"{item.key}: {item.measured:.2f} > {item.bound}" for item in floors.speed() if not item.kept]
    assert not lost


def test_linking_keeps_its_floors() -> None:
    lost = [f"{item.table} {item.key}: {item.measured} against {item.bound}" for item in floors.linking() if not item.kept]
    assert not lost


@pytest.mark.gold
@pytest.mark.skipif(not floors.has_gold(), reason="no shared gold beside the checkout (set TRUCEWATCH_SHARED)")
def test_accuracy_keeps_its_floors() -> None:
    lost = [
        f"{item.table} {item.key}: {item.measured} against {item.bound}" for item in floors.accuracy() if not item.kept
    ]
    assert not lost

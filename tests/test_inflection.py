"""Names behind prepositions are inflected as German asks."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.knowledge.inflection import dative, datives
from trucewatch.knowledge.load import FOLDER

EXAMPLES = tomllib.loads((FOLDER / "inflection.de.toml").read_text("utf-8"))["example"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["name"])
def test_examples_of_the_table(example: dict[str, str]) -> None:
    """Every example that the data carries."""
    assert dative(example["name"], example.get("kind")) == example["dative"]


def test_lists_are_inflected_name_by_name() -> None:
    """Each name by its own kind."""
    assert datives([("Ärzte", "group"), ("ukrainische Armee", None)]) == "Ärzten, ukrainischer Armee"


@given(st.text(max_size=30))
def test_anything_can_be_asked(name: str) -> None:
    """Foreign, broken or empty names never fail and lose nothing but an ending."""
    assert len(dative(name)) >= len(name) - 1

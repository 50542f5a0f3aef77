"""A number of people in words, as its source gave it: "mehr als 300", "Dutzende", "bis zu 50", in German or English."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trucewatch.record import ROUGH, Bound

_FLOORS = {"dozens": 24, "hundreds": 200, "thousands": 2000, "millions": 2_000_000}
"""The floors of rough words (codebook section 9); above them the words were "several dozen" and the like."""


def amount(
    low: int | None,
    high: int | None,
    approximate: bool,
    bound: Bound | None,
    forms: dict[str, Any],
    number: Callable[[int], str] = str,
) -> str:
    """The number in the words of ``forms`` (the table ``number`` of the labels); ``number`` writes the figures.

    ``bound`` counts only where it fits the ends that are there: a person may have corrected them.

    >>> from trucewatch.knowledge.load import table
    >>> amount(301, None, False, "more_than", table("labels.de")["number"])
    'mehr als 300'
    >>> amount(24, None, False, "dozens", table("labels.en")["number"])
    'dozens'
    """
    if low is None and high is None:
        return str(forms["unknown"])
    if high is None and low is not None and bound in ROUGH:
        several = low > _FLOORS.get(str(bound), low)
        return str(forms["rough"][f"several_{bound}" if several else bound])
    form, one, other = _form(low, high, approximate, bound)
    if form is None:
        return number(one)
    return str(forms[form]).format(low=number(one), high=number(other))


def _form(low: int | None, high: int | None, approximate: bool, bound: Bound | None) -> tuple[str | None, int, int]:
    """The name of the form, and the figures that it takes."""
    if high is None:
        assert low is not None
        return ("more_than", low - 1, low) if bound == "more_than" and low > 0 else ("at_least", low, low)
    if low is None:
        return ("less_than", high, high + 1) if bound == "less_than" else ("up_to", high, high)
    if low != high:
        return "range", low, high
    if bound == "nearly":
        return "nearly", low, high
    return ("about" if approximate else None), low, high

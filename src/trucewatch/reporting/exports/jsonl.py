"""JSON Lines: every incident whole, one a line, as the schema ``trucewatch/incident/1`` says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from trucewatch.incident import Incident
from trucewatch.reporting.exports.outcome import Outcome, Wish


def write(incidents: Iterable[Incident], file: TextIO, wish: Wish) -> Outcome:
    """Writes all incidents, the rejected ones as well: nothing is left out and nothing translated."""
    outcome = Outcome()
    for incident in incidents:
        file.write(incident.to_json() + "\n")
        outcome.written += 1
    return outcome

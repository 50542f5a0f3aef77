"""GeoJSON (RFC 7946): a FeatureCollection, one feature a line, in WGS 84 with longitude first."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any, TextIO

from trucewatch.incident import Incident
from trucewatch.reporting.exports import layer
from trucewatch.reporting.exports.outcome import Outcome, Wish
from trucewatch.reporting.words import Language


def write(incidents: Iterable[Incident], file: TextIO, wish: Wish) -> Outcome:
    """Writes the collection as incidents come; incidents that a person rejected are left out of maps and counted."""
    outcome = Outcome()
    file.write('{"type": "FeatureCollection", "features": [')
    for number, incident in enumerate(outcome.kept(incidents)):
        file.write((",\n" if number else "\n") + json.dumps(feature(incident, wish.language), ensure_ascii=False))
    file.write("\n]}\n")
    return outcome


def feature(incident: Incident, language: Language = "de") -> dict[str, Any]:
    """One incident as a Feature; without coordinates it is "unlocated" (RFC 7946, section 3.2): geometry null."""
    point = layer.point(incident)
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": {"type": "Point", "coordinates": [point.lon, point.lat]} if point else None,
        "properties": {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in layer.properties(incident, point, language).items()
        },
    }

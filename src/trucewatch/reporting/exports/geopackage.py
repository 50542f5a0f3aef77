"""GeoPackage (OGC 12-128): one layer "incidents" of points in WGS 84, with the properties of the GeoJSON export.

Written by GDAL through pyogrio, from batches of Arrow columns, so that the number of incidents does not matter. Times
are text: a GeoPackage's date-time is UTC, and ours are local without a zone; the days are dates.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from trucewatch.incident import Incident
from trucewatch.reporting.exports import layer
from trucewatch.reporting.exports.columns import LAYER
from trucewatch.reporting.exports.errors import ExportError, missing
from trucewatch.reporting.exports.outcome import Outcome, Wish
from trucewatch.reporting.exports.where import Point

NAME = "incidents"
_BATCH = 1000
_KEY = "incident"
"""The column of the incident's id: "id" would look like the layer's own key, a number."""


def write(incidents: Iterable[Incident], path: Path, wish: Wish) -> Outcome:
    """Writes the layer; incidents that a person rejected are left out of maps and counted.

    Raises ``ExportError`` where pyogrio or pyarrow are not installed, or GDAL cannot write.
    """
    try:
        import pyarrow as pa
        import pyogrio
    except ImportError:
        raise missing("geopackage", ["pyogrio", "pyarrow"]) from None
    outcome = Outcome()
    types = {"integer": pa.int64(), "number": pa.float64(), "date": pa.date32(), "yes/no": pa.bool_()}
    fields = [pa.field("geometry", pa.binary())]
    fields += [pa.field(_name(column.name), types.get(column.kind, pa.string())) for column in LAYER]
    schema = pa.schema(fields)
    rows = (_row(incident, wish) for incident in outcome.kept(incidents))
    faults: list[Exception] = []

    def batches() -> Iterator[Any]:
        # GDAL asks for batches through C and says only that there was an error: what it was is kept here.
        try:
            for batch in _batches(rows):
                yield pa.RecordBatch.from_pylist(batch, schema)
        except Exception as fault:
            faults.append(fault)
            raise

    try:
        pyogrio.write_arrow(
            pa.RecordBatchReader.from_batches(schema, batches()),
            path,
            layer=NAME,
            driver="GPKG",
            geometry_name="geometry",
            geometry_type="Point",
            crs="EPSG:4326",
        )
    except (RuntimeError, ValueError, OSError) as error:
        if faults:
            raise faults[0] from None
        words = " ".join(str(error).split())
        raise ExportError(f"GDAL cannot write this GeoPackage ({words}); name another file") from None
    return outcome


def _row(incident: Incident, wish: Wish) -> dict[str, Any]:
    point = layer.point(incident)
    named = {_name(name): value for name, value in layer.properties(incident, point, wish.language).items()}
    return {"geometry": wkb(point) if point else None, **named}


def _name(column: str) -> str:
    return _KEY if column == "id" else column


def wkb(point: Point) -> bytes:
    """A point as well-known binary: little-endian, type 1, longitude, latitude."""
    return struct.pack("<BIdd", 1, 1, point.lon, point.lat)


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch

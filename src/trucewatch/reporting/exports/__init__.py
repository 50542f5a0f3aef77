"""Incidents in the formats of others: tables for coders, layers for maps, data sets, annotations.

>>> import io
>>> file = io.StringIO()
>>> export([], "jsonl", file).written
0
"""

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from trucewatch.incident import Incident
from trucewatch.reporting.exports import acled, annotations, geojson, geopackage, jsonl, parquet, ucdp
from trucewatch.reporting.exports.errors import ExportError
from trucewatch.reporting.exports.outcome import Outcome, Wish
from trucewatch.reporting.files import OutputError, whole_path, whole_text
from trucewatch.reporting.words import Language

__all__ = ["FORMATS", "ExportError", "Format", "Outcome", "export"]


@dataclass(frozen=True, slots=True)
class Format:
    """One export format. Just one of ``to_text`` (can stream) and ``to_file`` (needs a path) is given."""

    endings: tuple[str, ...]
    """File endings, the usual one first."""
    description: str
    to_text: Callable[[Iterable[Incident], TextIO, Wish], Outcome] | None = None
    to_file: Callable[[Iterable[Incident], Path, Wish], Outcome] | None = None
    hxl: bool = False
    """Whether a row of HXL tags can stand under the header."""

    @property
    def needs_file(self) -> bool:
        """Whether the format can only be written to a file, not to standard output."""
        return self.to_text is None


FORMATS: dict[str, Format] = {
    "acled": Format((".csv",), "CSV in ACLED's columns, ranges and grades beside them", acled.write, hxl=True),
    "ucdp": Format((".csv",), "CSV in UCDP GED's columns: armed force with deaths", ucdp.write, hxl=True),
    "geojson": Format((".geojson", ".json"), "GeoJSON (RFC 7946), for maps", geojson.write),
    "geopackage": Format((".gpkg",), "GeoPackage, layer 'incidents', for GIS", to_file=geopackage.write),
    "parquet": Format((".parquet",), "Parquet, typed nested columns, incidents whole", to_file=parquet.write),
    "jsonl": Format((".jsonl", ".ndjson"), "JSON Lines, incidents whole (trucewatch/incident/1)", jsonl.write),
    "annotations": Format((".jsonld",), "W3C Web Annotations with PROV, one for each telling", annotations.write),
}
"""All formats by name."""


def export(
    incidents: Iterable[Incident],
    form: str,
    output: Path | TextIO,
    *,
    hxl: bool = False,
    language: Language = "de",
) -> Outcome:
    """Writes ``incidents`` in the format ``form`` (a key of ``FORMATS``) to a file or a text stream.

    Incidents are taken one by one (GeoPackage and Parquet: a thousand), so an iterator of any length will do. A file is
    there complete or not at all. ``hxl`` puts HXL tags under a table's header; ``language`` is that of titles and
    labels. Returns how many incidents were written, and how many were left out and why.

    Raises ``ExportError`` (one line, saying what to do) for an unknown format, a stream where a file is needed, a
    library that is missing, a file that cannot be written. What the iterator raises goes through, and no file is left.
    """
    if form not in FORMATS:
        raise ExportError(f"there is no export format {form!r}; choose one of {', '.join(FORMATS)}")
    chosen, wish = FORMATS[form], Wish(language, hxl)
    if hxl and not chosen.hxl:
        tables = " or ".join(name for name, other in FORMATS.items() if other.hxl)
        raise ExportError(f"HXL tags are for tables; leave them off or choose {tables}")
    try:
        return _written(incidents, form, chosen, output, wish)
    except OutputError as fault:
        raise ExportError(str(fault)) from None


def _written(
    incidents: Iterable[Incident], form: str, chosen: Format, output: Path | TextIO, wish: Wish
) -> Outcome:
    if chosen.to_text is not None:
        target = whole_text(output) if isinstance(output, Path) else contextlib.nullcontext(output)
        with target as file:
            return chosen.to_text(incidents, file, wish)
    if not isinstance(output, Path):
        raise ExportError(f"{form} needs a file; name one, such as incidents{chosen.endings[0]}")
    assert chosen.to_file is not None
    with whole_path(output) as path:
        return chosen.to_file(incidents, path, wish)

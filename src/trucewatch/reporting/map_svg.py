"""A map of incidents and zones as one SVG: no script, no tiles, nothing from elsewhere, the same bytes every time.

What is known only to lie in an area is drawn as that area, hatched, never as a point in its middle.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import shapely

from trucewatch.knowledge.load import table
from trucewatch.reporting.map_frame import Frame, frame_around, number
from trucewatch.reporting.map_items import MapArea, MapLine, MapMark
from trucewatch.reporting.map_layers import Layers
from trucewatch.reporting.map_legend import legend, scale_bar
from trucewatch.reporting.map_symbols import said
from trucewatch.reporting.words import Language

__all__ = ["MapArea", "MapLine", "MapMark", "map_svg"]


def map_svg(
    areas: Sequence[MapArea],
    marks: Sequence[MapMark],
    lines: Sequence[MapLine] = (),
    *,
    language: Language = "de",
    width: int = 900,
) -> str:
    """The map as SVG text, ``width`` pixels wide; a small note in an SVG where there is nothing to draw.

    The frame holds all zones, lines and precise marks, and the areas of the others unless they would make it much
    larger; the count of incidents in such an area stands in a corner. Every mark is a link to ``#i-ID`` with its title.
    """
    words: dict[str, str] = table(f"labels_map.{language}")
    areas = [a for a in areas if not a.shape.is_empty]
    lines = [x for x in lines if not x.shape.is_empty]
    marks = sorted((m for m in marks if not m.shape_or_point.is_empty), key=lambda m: m.id)
    frame = frame_around(
        [
            *(a.shape for a in areas),
            *(x.shape for x in lines),
            *(shapely.centroid(m.shape_or_point) for m in marks if m.precise),
        ],
        [m.shape_or_point for m in marks if not m.precise],
        float(width),
    )
    if frame is None:
        return _note(words, language, width)
    return _sheet(frame, words, language, areas, marks, lines)


def _sheet(
    frame: Frame,
    words: dict[str, str],
    language: Language,
    areas: Sequence[MapArea],
    marks: Sequence[MapMark],
    lines: Sequence[MapLine],
) -> str:
    name = _name(areas, marks, lines, language, frame.width)
    hatch = f"{name}-hatch"
    bar, room = scale_bar(frame)
    layers = Layers(frame, language, hatch)
    layers.room.take(room)
    # Who comes first gets the room: signs, then counts, then words by their weight for the reader.
    signs = layers.precise([m for m in marks if m.precise])
    hatched, pills = layers.rough([m for m in marks if not m.precise])
    names = layers.labels()
    zones, fronts = layers.zones(areas), layers.lines(lines)
    land = layers.land()
    base = [*land, *hatched, *zones, *fronts, *layers.towns(), *layers.states(), *layers.words, *names, bar]
    wide, tall = number(frame.width), number(frame.height)
    kinds = _kinds(areas, bool(hatched or any(not m.precise for m in marks)), bool(lines))
    below, more = legend(words, {m.grade for m in marks}, kinds, hatch, frame)
    rough = sum(not m.precise for m in marks)
    desc = said(words["desc"].format(marks=len(marks), rough=rough, areas=len(areas)))
    # Links inside role="img" are hidden from screen readers: the drawing is the image, the marks stand beside it.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="tw-map" role="group" lang="{language}" '
        f'aria-labelledby="{name}-t {name}-d" viewBox="0 0 {wide} {number(frame.height + more)}" '
        f'width="{wide}" height="{number(frame.height + more)}">\n'
        f'<title id="{name}-t">{said(words["title"])}</title><desc id="{name}-d">{desc}</desc>\n'
        f"<style>\n{_css()}</style>\n"
        f'<defs><clipPath id="{name}-clip"><rect width="{wide}" height="{tall}"/></clipPath>'
        f'<pattern id="{hatch}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path class="hatch" d="M3.5,0V7"/></pattern></defs>\n'
        f'<g class="map" clip-path="url(#{name}-clip)">\n<g role="img" aria-labelledby="{name}-t">\n'
        f'<rect class="sea" width="{wide}" height="{tall}"/>\n{_rows(base)}</g>\n{_rows([*pills, *signs])}</g>\n'
        f'<rect class="edge" x="0.5" y="0.5" width="{number(frame.width - 1)}" '
        f'height="{number(frame.height - 1)}"/>\n{below}\n</svg>\n'
    )


def _rows(drawn: Sequence[str]) -> str:
    return "".join(f"{x}\n" for x in drawn)


def _kinds(areas: Sequence[MapArea], rough: bool, lines: bool) -> list[str]:
    """The entries that the legend needs beside the grades."""
    about, exact = any(a.approximate for a in areas), any(not a.approximate for a in areas)
    there = {"rough": rough, "approximate": about, "exact": exact, "line": lines}
    return [kind for kind, needed in there.items() if needed]


def _name(
    areas: Sequence[MapArea], marks: Sequence[MapMark], lines: Sequence[MapLine], language: str, width: float
) -> str:
    """A prefix for ids that differs between the maps of one page and is the same for the same map."""
    whole = hashlib.sha256(f"{language} {width}".encode())
    shown = [(a.name, a.shape) for a in areas] + [(x.name, x.shape) for x in lines]
    for name, shape in shown + [(m.id, m.shape_or_point) for m in marks]:
        whole.update(f"\0{name}\0".encode() + shape.wkb)
    return f"m{whole.hexdigest()[:8]}"


def _note(words: dict[str, str], language: Language, width: int) -> str:
    text = said(words["empty"])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="tw-map" role="img" lang="{language}" aria-label="{text}" '
        f'viewBox="0 0 {width} 44" width="{width}" height="44">\n<title>{text}</title>\n<style>\n{_css()}</style>\n'
        f'<text x="12" y="27">{text}</text>\n</svg>\n'
    )


@cache
def _css() -> str:
    return (Path(__file__).parent / "map.css").read_text(encoding="utf-8")

"""The layers of a map: land, zones, lines, marks, names; each takes the room that those before it left."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import shapely

from trucewatch.knowledge.shapes import outlines
from trucewatch.reporting.map_frame import Frame, number, path
from trucewatch.reporting.map_groups import grouped, link_of, room_of, width_of
from trucewatch.reporting.map_items import MapArea, MapLine, MapMark
from trucewatch.reporting.map_labels import Rectangle, Room, around, beside, text_width
from trucewatch.reporting.map_symbols import PILL, pill, pill_width, said, single
from trucewatch.reporting.map_towns import state_name, towns_in
from trucewatch.reporting.words import Language

_SEEN = 0.35
"""An area of which less than this is on the map is not hatched: its count stands in the corner."""
_TOWNS, _APART = 16, 42.0
"""How many towns are named for orientation only, and the pixels between two of them."""
_STATE = 26.0
"""Pixels from its middle to its edge that a state's land must have for its name."""


class Layers:
    """One map being drawn: each method gives drawings, in the order to draw them; ``words`` are drawn above all."""

    def __init__(self, frame: Frame, language: Language, hatch: str) -> None:
        self.frame, self.language, self.hatch = frame, language, hatch
        self.room = Room(frame.width, frame.height)
        self.words: list[str] = []
        self._land: dict[str, Any] = {}
        self._wanted: list[tuple[float, float, float, str]] = []
        self._marked: list[tuple[float, float]] = []

    # -- incidents ---------------------------------------------------------------------------------------------------
    def precise(self, marks: Sequence[MapMark]) -> list[str]:
        """A sign for each incident whose place is known, one pill for several in one place."""
        drawn = []
        for x, y, group in grouped(self.frame, marks):
            links = [link_of(m) for m in group]
            wide = width_of(group)
            self.room.take(room_of(x, y, wide))
            self._marked.append((x, y))
            names = list(dict.fromkeys(m.label for m in group if m.label))
            if names:
                self._wanted.append((x, y, wide / 2, ", ".join(names[:2]) + (" …" if len(names) > 2 else "")))
            drawn.append(single(links[0], x, y, _href) if len(links) == 1 else pill(links, x, y, _href))
        return drawn

    def rough(self, marks: Sequence[MapMark]) -> tuple[list[str], list[str]]:
        """Hatched areas, and a pill with the count in each; in the corner for what is mostly off the map."""
        groups: dict[bytes, list[MapMark]] = {}
        for mark in marks:
            groups.setdefault(shapely.normalize(mark.shape_or_point).wkb, []).append(mark)
        hatched, pills, corner = [], [], 16.0
        for group in sorted(groups.values(), key=lambda g: (-g[0].shape_or_point.area, g[0].id)):
            links, name = [link_of(m) for m in group], next((m.label for m in group if m.label), "")
            wide = pill_width(links, name)
            sheet = self.frame.drawn(group[0].shape_or_point)
            if sheet.area == 0 or self.frame.share(group[0].shape_or_point) < _SEEN:
                x, y = self.frame.width - 10 - wide / 2, corner
                corner += PILL + 6
                self.room.take(room_of(x, y, wide))
            else:
                hatched.append(f'<path class="unsure" fill="url(#{self.hatch})" d="{path(sheet)}"/>')
                x, y = self._inside(sheet, wide, PILL)
            pills.append(pill(links, x, y, _href, name, rough=True))
        return hatched, pills

    def labels(self) -> list[str]:
        """The names of the places of precise marks, where there is room."""
        drawn = []
        for x, y, gap, text in sorted(self._wanted, key=lambda w: (w[1], w[0], w[3])):
            wide = text_width(text, 12.5, bold=True)
            if spot := self.room.first(beside(x, y, wide, 14.0, gap + 2)):
                drawn.append(_text("marked", spot, text, x))
        return drawn

    # -- zones and lines ---------------------------------------------------------------------------------------------
    def zones(self, areas: Sequence[MapArea]) -> list[str]:
        """Zones, dashed where their border is an estimate, with their names inside."""
        drawn = []
        for area in areas:
            sheet = self.frame.drawn(area.shape)
            about = " about" if area.approximate else ""
            drawn.append(f'<path class="zone{about}" d="{path(sheet)}"><title>{said(area.name)}</title></path>')
            self._over(sheet, area.name, "area", 13.0)
        return drawn

    def lines(self, lines: Sequence[MapLine]) -> list[str]:
        """Lines, with their names near the middle."""
        drawn = []
        for line in lines:
            sheet = self.frame.drawn(line.shape)
            drawn.append(f'<path class="front" d="{path(sheet)}"><title>{said(line.name)}</title></path>')
            longest = max(shapely.get_parts(sheet), key=lambda p: p.length, default=None)
            if longest is not None and longest.length > 0:
                middle = longest.interpolate(0.5, normalized=True)
                wide = text_width(line.name, 12.0, bold=True)
                if spot := self.room.first(beside(middle.x, middle.y, wide, 14.0, 6.0)):
                    self.words.append(_text("along", spot, line.name, middle.x))
        return drawn

    # -- land --------------------------------------------------------------------------------------------------------
    def land(self) -> list[str]:
        """The states' land."""
        west, east = self.frame.west, self.frame.east
        turn = (west + 180.0) % 360.0 - 180.0, (east + 180.0) % 360.0 - 180.0
        box = (-180.0, 180.0) if east - west >= 359.0 else turn
        shapes = outlines((box[0], self.frame.south, box[1], self.frame.north))
        self._land = {iso: sheet for iso, s in shapes.items() if not (sheet := self.frame.drawn(s)).is_empty}
        return [f'<path class="land" d="{path(sheet)}"/>' for sheet in self._land.values()]

    def towns(self) -> list[str]:
        """Dots for the largest towns, for orientation; their names come above."""
        dots: list[str] = []
        spots = list(self._marked)
        for town in towns_in(self.frame, self._land, self.language):
            if len(dots) >= _TOWNS:
                break
            point = self.frame.drawn(shapely.Point(town.lon, town.lat))
            if any((point.x - x) ** 2 + (point.y - y) ** 2 < _APART**2 for x, y in spots):
                continue
            dot = (point.x - 3, point.y - 3, point.x + 3, point.y + 3)
            wide = text_width(town.name, 11.5)
            spot = self.room.free(dot) and self.room.first(beside(point.x, point.y, wide, 13.0, 5.0))
            if spot:
                self.room.take(dot)
                spots.append((point.x, point.y))
                dots.append(f'<circle class="dot" cx="{number(point.x)}" cy="{number(point.y)}" r="2"/>')
                self.words.append(_text("town", spot, town.name, point.x))
        return dots

    def states(self) -> list[str]:
        """The states' names, where their land on the map is wide enough."""
        drawn = []
        for iso, sheet in self._land.items():
            name = state_name(iso, self.language)
            wide = text_width(name, 12.0) + 2.2 * len(name)
            seen = self.frame.visible(sheet)
            middle = _middle(seen)
            if middle is None or middle[1] < _STATE:
                continue
            spots = [s for s in around(*middle[0], wide, 15.0) if seen.covers(shapely.box(*s).centroid)]
            if spot := self.room.first(spots):
                drawn.append(_text("state", spot, name))
        return drawn

    # -- finding room ------------------------------------------------------------------------------------------------
    def _inside(self, sheet: Any, wide: float, high: float) -> tuple[float, float]:
        """Free room for a pill inside an area, near its middle; the middle itself if all is taken."""
        seen = self.frame.visible(sheet)
        found = _middle(seen)
        x, y = found[0] if found else (self.frame.width / 2, self.frame.height / 2)
        spots = [s for s in around(x, y, wide, high) if seen.covers(shapely.box(*s).centroid)]
        left, top, right, bottom = self.room.first(spots) or (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        self.room.take((left, top, right, bottom))
        return (left + right) / 2, (top + bottom) / 2

    def _over(self, sheet: Any, name: str, kind: str, size: float) -> None:
        """A name inside an area, if possible whole inside, else around its middle."""
        seen = self.frame.visible(sheet)
        found = _middle(seen)
        if not name or found is None:
            return
        spots = list(around(*found[0], text_width(name, size, bold=True), size + 3))
        within = [s for s in spots if seen.covers(shapely.box(*s))]
        if spot := self.room.first(within) or self.room.first(spots):
            self.words.append(_text(kind, spot, name))


def _middle(sheet: Any) -> tuple[tuple[float, float], float] | None:
    """The point of an area that is farthest from its edge, and how far; ``None`` for no area."""
    parts = [p for p in shapely.get_parts(sheet) if p.area > 0]
    if not parts:
        return None
    radius = shapely.maximum_inscribed_circle(max(parts, key=lambda p: p.area), tolerance=2.0)
    return radius.coords[0], float(radius.length)


def _text(kind: str, room: Rectangle, text: str, beside_x: float | None = None) -> str:
    """A text in its room, on the side of the point that it belongs to: fonts differ in width."""
    left, _, right, bottom = room
    x, anchor = (left + right) / 2, ' text-anchor="middle"'
    if beside_x is not None and left > beside_x:
        x, anchor = left, ""
    elif beside_x is not None and right < beside_x:
        x, anchor = right, ' text-anchor="end"'
    return f'<text class="{kind}" x="{number(x)}" y="{number(bottom - 3.5)}"{anchor}>{said(text)}</text>'


def _href(ident: str) -> str:
    return f"#i-{escape(ident)}"

"""The map of a situation report: the zones of its agreements and its incidents, areas where only an area is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import shapely
from shapely.geometry import Point

from trucewatch.agreements.extents import extent
from trucewatch.agreements.zones import area_of
from trucewatch.incident import Incident, IncidentPlace
from trucewatch.linking.places import RANK, finest, rank
from trucewatch.reporting.map_svg import MapArea, MapMark, map_svg
from trucewatch.reporting.situation.context import Context
from trucewatch.reporting.situation.document import Block, Line, Paragraph, Picture, Section, Text

_POINTS = ("exact", "place")


def drawing(context: Context) -> Section:
    """The map with its note, and the incidents that cannot be drawn."""
    labels = context.labels
    areas, near = _areas(context)
    marks = [m for i in context.situation.incidents if i.state != "rejected" and (m := _mark(context, i)) is not None]
    title = labels.of("section.map")
    if not areas and not marks:
        return Section(title, "map", 2, (Paragraph((labels.line("map.nothing"),), "none"), *_unplaced(context, marks)))
    svg = map_svg(areas, marks, language=context.language)
    words = labels.plain("map.words", zones=len(areas), marks=len(marks))
    refs = context.incident_refs((m.id for m in marks), rest="timeline")
    absent = Line(labels.parts("map.absent", marks=len(marks)), refs)
    picture = Picture(svg, words, labels.line("map.near" if near else "map.note"), absent)
    return Section(title, "map", 2, (picture, *_unplaced(context, marks)))


def _areas(context: Context) -> tuple[list[MapArea], bool]:
    """The zones in which incidents lie or may lie, else all; the same shape once; and whether they are the former."""
    places = [p for i in context.situation.incidents for p in i.places if rank(p) < RANK["country"]]
    found: dict[bytes, tuple[MapArea, bool]] = {}
    for agreement in context.agreements:
        for zone in agreement.zones:
            area = area_of(agreement, zone.id)
            shape = area.degrees()
            if shape.wkb not in found:
                touched = any(area.holds([p]).share for p in places)
                found[shape.wkb] = (MapArea(context.both(zone.name), shape, zone.approximate), touched)
    near = [area for area, touched in found.values() if touched]
    return near or [area for area, _ in found.values()], bool(near)


def _mark(context: Context, incident: Incident) -> MapMark | None:
    places = finest(incident.places)
    found = _where(places)
    if found is None:
        return None
    label = context.places(places)
    return MapMark(incident.id, context.both(incident.title), found[0], incident.grade, found[1], label)


def _where(places: Sequence[IncidentPlace]) -> tuple[Any, bool] | None:
    """The point of one exact place, else the area of all of them; and whether it is a point."""
    if len(places) == 1:
        place = places[0]
        if place.precision in _POINTS and place.kind != "area" and place.lat is not None and place.lon is not None:
            return Point(place.lon, place.lat), True
    shapes = [found.shape for p in places if (found := extent(p)) is not None]
    return (shapely.union_all(shapes), False) if shapes else None


def _unplaced(context: Context, marks: Sequence[MapMark]) -> list[Block]:
    drawn = {m.id for m in marks}
    mine = [i.id for i in context.situation.incidents if i.id not in drawn and i.state != "rejected"]
    if not mine:
        return []
    words = Text(context.labels.plain("map.unplaced", number=len(mine)))
    return [Paragraph((Line((words,), context.incident_refs(mine, most=12), told=True),))]

"""The map of incidents and zones as SVG."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

shapely = pytest.importorskip("shapely")

from trucewatch.knowledge.load import table  # noqa: E402
from trucewatch.knowledge.shapes import outline  # noqa: E402
from trucewatch.reporting.map_labels import Room, beside  # noqa: E402
from trucewatch.reporting.map_svg import MapArea, MapLine, MapMark, map_svg  # noqa: E402

SVG = "{http://www.w3.org/2000/svg}"
ZONE = shapely.Polygon([(36.05, 35.95), (36.7, 36.35), (37.0, 36.0), (36.75, 35.45), (36.2, 35.5)])
FRONT = shapely.LineString([(36.2, 35.4), (36.8, 35.6), (37.0, 36.2)])


def marks() -> list[MapMark]:
    town = [
        MapMark(f"t{n}", f"Beschuss {n}", shapely.Point(36.8, 35.86), grade, label="Sarakib")  # type: ignore[arg-type]
        for n, grade in enumerate(("confirmed", "claimed", "claimed", "contested"))
    ]
    area = [MapMark(f"a{n}", f"In der Provinz {n}", ZONE, "reported", False, "Provinz Idlib") for n in range(3)]
    state = MapMark("s1", "In Syrien", outline("SY"), "claimed", False, "Syrien")
    return [*town, *area, state, MapMark("k1", "Kafr Nabl", shapely.Point(36.56, 35.61), "corroborated")]


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def links(root: ET.Element) -> dict[str, str]:
    return {a.attrib["href"]: a.findtext(f"{SVG}title") or "" for a in root.iter(f"{SVG}a")}


def test_every_mark_is_a_link_with_its_title() -> None:
    root = drawn(map_svg([MapArea("Zone", ZONE, True)], marks(), [MapLine("Front", FRONT)]))
    assert links(root) == {f"#i-{m.id}": m.title for m in marks()}
    words = " ".join(root.itertext())
    for said in ("Zone", "Front", "Sarakib", "Provinz Idlib", "Syrien", "km", "nur das Gebiet bekannt", "belegt"):
        assert said in words


def test_names_are_escaped() -> None:
    nasty = "<script>&\"'\x00\x1b"
    mark = MapMark('x"><b', nasty, shapely.Point(36.6, 35.9), "claimed", label=nasty)
    rough = MapMark("y", nasty, ZONE, "claimed", False, nasty)
    svg = map_svg([MapArea(nasty, ZONE)], [mark, rough], [MapLine(nasty, FRONT)])
    assert "<script" not in svg and "\x00" not in svg and "\x1b" not in svg
    assert '#i-x"><b' in links(drawn(svg))


def test_the_same_bytes_in_any_order() -> None:
    zone = [MapArea("Zone", ZONE)]
    assert map_svg(zone, marks()) == map_svg(zone, marks()[::-1])
    assert map_svg(zone, marks()) != map_svg(zone, marks(), language="en")


def test_nothing_to_draw() -> None:
    root = drawn(map_svg([], []))
    assert root.attrib["role"] == "img" and "keine Karte" in " ".join(root.itertext())
    assert "no map" in map_svg([], [MapMark("e", "leer", shapely.Point(), "claimed")], language="en")


def test_nothing_from_elsewhere() -> None:
    svg = map_svg([MapArea("Zone", ZONE)], marks())
    for word in ("<script", "<image", "@import", "url(http", "xlink", "<foreignObject", "onload"):
        assert word not in svg
    assert svg.count("http") == 1  # the namespace


def test_ids_differ_between_maps() -> None:
    one, other = map_svg([MapArea("A", ZONE)], []), map_svg([MapArea("B", ZONE)], [])
    ids = [{e.attrib["id"] for e in drawn(svg).iter() if "id" in e.attrib} for svg in (one, other)]
    assert ids[0] and not ids[0] & ids[1]


def test_across_the_180th_meridian() -> None:
    zone = shapely.MultiPolygon([shapely.box(179.2, -17.5, 180, -16), shapely.box(-180, -17.5, -179.3, -16)])
    here = [MapMark(f"f{n}", "x", shapely.Point(lon, -16.8), "claimed") for n, lon in enumerate((179.9, -179.5))]
    svg = map_svg([MapArea("Zone", zone, True)], here)
    assert ">20 km<" in svg  # a map of 200 km, not of the world
    assert len(links(drawn(svg))) == 2 and "Fidschi" in svg


@pytest.mark.parametrize("iso", ["RU", "FJ", "US", "AQ", "CL"])
def test_large_countries(iso: str) -> None:
    svg = map_svg([], [MapMark("c", "x", outline(iso), "claimed", False, iso)])
    assert len(links(drawn(svg))) == 1


def test_one_village() -> None:
    svg = map_svg([], [MapMark("v", "Dorf", shapely.Point(36.56, 35.61), "reported", label="Kafr Nabl")])
    assert ">5 km<" in svg and "Kafr Nabl" in svg
    sea = map_svg([], [MapMark("v", "Schiff", shapely.Point(-30.0, 0.0), "reported")])
    assert len(links(drawn(sea))) == 1


def test_only_the_grades_that_occur_stand_in_the_legend() -> None:
    svg = map_svg([], [MapMark("v", "Dorf", shapely.Point(36.56, 35.61), "reported")])
    assert "berichtet" in svg and "bestritten" not in svg and ">Zone" not in svg


def test_words_do_not_cover_each_other() -> None:
    room = Room(200, 100)
    first, second = room.first(beside(100, 50, 60, 12, 5)), room.first(beside(100, 50, 60, 12, 5))
    assert first and second and first != second and not room.free(first)
    assert room.first([(0, 0, 300, 10)]) is None


def test_both_languages_have_the_same_words() -> None:
    german, english = table("labels_map.de"), table("labels_map.en")
    assert german.keys() == english.keys()

"""Whether a place lies in a zone: yes, no, or it cannot be told, with a share; on both sides of 180 degrees, and at the poles."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.agreements.errors import AgreementError
from trucewatch.agreements.extents import extent
from trucewatch.agreements.load import named
from trucewatch.agreements.model import Agreement
from trucewatch.agreements.zones import Area, Within, area_of
from trucewatch.incident import IncidentPlace
from trucewatch.knowledge.longitudes import framed

_BOTH = {"de": "Gebiet", "en": "zone"}
_REST: dict[str, Any] = {
    "id": "made", "title": _BOTH, "form": "unilateral", "signed": "2020-01-01", "windows": [{"from": "2020-01-01"}],
    "parties": [{"id": "a", "name": _BOTH}], "area": ["z"],
    "provisions": [{
        "id": "p", "kind": "cessation", "title": _BOTH, "text": _BOTH, "binds": ["a"], "forbids": [{"type": "ASSAULT"}],
    }],
}  # fmt: skip
SQUARE = [[10.0, 50.0], [11.0, 50.0], [11.0, 51.0], [10.0, 51.0]]


def made(*more: dict[str, Any], **zone: Any) -> Area:
    """The area of a zone "z", exact where nothing else is said; ``more``: other zones that it speaks of."""
    zones = [{"id": name, "name": _BOTH, "accuracy_km": 0, **z} for name, z in (("z", zone), *((m["id"], m) for m in more))]
    return area_of(Agreement.model_validate({**_REST, "zones": zones}), "z")


def at(
    lat: float | None, lon: float | None, precision: str = "exact", country: str | None = None, name: str = "Ort"
) -> IncidentPlace:
    return IncidentPlace(name=name, country=country, lat=lat, lon=lon, precision=precision)  # type: ignore[arg-type]


def holds(area: Area, *spot: Any, **more: Any) -> bool | None:
    return area.holds([at(*spot, **more)]).holds


def away(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """(latitude, longitude) so far on the great circle from a point, towards a bearing in degrees from north."""
    phi, angle, turn = math.radians(lat), km / 6371.0, math.radians(bearing)
    there = math.asin(math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(turn))
    east = math.atan2(
        math.sin(turn) * math.sin(angle) * math.cos(phi), math.cos(angle) - math.sin(phi) * math.sin(there)
    )
    return math.degrees(there), lon + math.degrees(east)


def covers(area: Area, lat: float, lon: float) -> bool:
    """Whether a bare point is in the zone as told."""
    return bool(area.nominal.covers(shapely.Point(area.plane.point(lon, lat))))


# --- polygons ---------------------------------------------------------------------------------------------------------

_RINGS = {
    "as it is": SQUARE,
    "closed": [*SQUARE, SQUARE[0]],
    "clockwise": SQUARE[::-1],
    "points twice": [p for p in SQUARE for _ in range(3)],
    "from another corner": [*SQUARE[2:], *SQUARE[:2]],
    "a turn back": [[lon - 360, lat] for lon, lat in SQUARE],
}


@pytest.mark.parametrize("ring", _RINGS.values(), ids=_RINGS)
def test_a_square_however_it_is_drawn(ring: list[list[float]]) -> None:
    area = made(polygons=[ring])
    assert holds(area, 50.5, 10.5) is True
    assert holds(area, 50.5, 11.2) is False and holds(area, 50.5, -169.5) is False and holds(area, -50.5, 10.5) is False
    found = area.holds([at(50.5, 11.0)])
    assert found.holds is None and found.share == pytest.approx(0.5, abs=0.01)
    assert area.nominal.area == pytest.approx(made(polygons=[SQUARE]).nominal.area)


def test_a_bow_tie_is_its_two_wings() -> None:
    tie = made(polygons=[[[10, 50], [11, 51], [11, 50], [10, 51]]])
    assert holds(tie, 50.5, 10.2) is True and holds(tie, 50.5, 10.8) is True
    assert holds(tie, 50.85, 10.5) is False and holds(tie, 50.15, 10.5) is False


def test_a_tiny_polygon_holds_nothing_for_certain() -> None:
    area = made(polygons=[[[10, 50], [10.0001, 50], [10.0001, 50.0001]]])
    found = area.holds([at(50, 10)])
    assert found.holds is None and found.share is not None and found.share < 0.01


def test_two_polygons_are_one_zone() -> None:
    east = [[lon + 1, lat] for lon, lat in SQUARE]
    area = made(polygons=[SQUARE, east])
    assert holds(area, 50.5, 11.0) is True  # on the seam
    assert holds(area, 50.5, 12.0) is None


def test_a_polygon_with_a_spike_is_its_area() -> None:
    spiked = made(polygons=[[*SQUARE, [10.0, 50.5], [5.0, 50.5], [10.0, 50.5]]])
    assert holds(spiked, 50.5, 7.0) is False and holds(spiked, 50.5, 10.5) is True


# --- lines and points -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("side", "north", "south"), [("both", True, True), ("left", True, False), ("right", False, True)]
)  # fmt: skip
def test_sides_of_a_line(side: str, north: bool, south: bool) -> None:
    area = made(line=[[10, 50], [11, 50]], buffer_km=20, side=side)
    assert holds(area, 50.09, 10.5) is north and holds(area, 49.91, 10.5) is south
    back = made(line=[[11, 50], [10, 50]], buffer_km=20, side=side)
    assert holds(back, 50.09, 10.5) is south and holds(back, 49.91, 10.5) is north
    assert holds(area, 50.25, 10.5) is False and holds(area, 49.75, 10.5) is False


def test_a_range_is_inside_up_to_its_least_and_outside_beyond_its_most() -> None:
    area = made(line=[[10, 50], [11, 50]], buffer_km=[10, 20])
    assert holds(area, 50 + 8 / 111.2, 10.5) is True
    assert holds(area, 50 + 15 / 111.2, 10.5) is None
    assert holds(area, 50 + 22 / 111.2, 10.5) is False
    ring = made(point=[10, 50], radius_km=[10, 20])
    assert [holds(ring, 50 + km / 111.2, 10) for km in (8, 15, 22)] == [True, None, False]


@pytest.mark.parametrize("lat", [0, 35, 60, -60])
@pytest.mark.parametrize("km", [5, 30])
def test_distances_are_those_on_the_great_circle(lat: float, km: float) -> None:
    disc = made(point=[40.0, lat], radius_km=km)
    for bearing in range(0, 360, 15):
        assert covers(disc, *away(lat, 40.0, bearing, km * 0.99)), bearing
        assert not covers(disc, *away(lat, 40.0, bearing, km * 1.01)), bearing
    band = made(line=[[39.5, lat], [40.5, lat]], buffer_km=km)
    upright = made(line=[[40.0, lat - 0.2], [40.0, lat + 0.2]], buffer_km=km)
    for bearing, area in ((0, band), (180, band), (90, upright), (270, upright)):
        assert covers(area, *away(lat, 40.0, bearing, km * 0.99)) and not covers(area, *away(lat, 40.0, bearing, km * 1.01))


@pytest.mark.parametrize(("lat", "off"), [(0, 0.001), (35, 0.013), (48, 0.021), (60, 0.033)])
def test_how_far_off_distances_are_at_the_ends_of_a_long_zone(lat: float, off: float) -> None:
    """A line of 220 km from south to north: one scale for the whole map (plane.py); the more, the nearer to a pole."""
    area = made(line=[[40.0, lat - 1], [40.0, lat + 1]], buffer_km=50)
    for end in (lat - 1 + 0.2, lat + 1 - 0.2):
        assert covers(area, *away(end, 40.0, 90, 50 * (1 - off))) and not covers(area, *away(end, 40.0, 90, 50 * (1 + off)))


# --- within, minus ----------------------------------------------------------------------------------------------------

_PORT = {"id": "port", "point": [10.5, 50.5], "radius_km": 10}
_STRIP = {"id": "strip", "polygons": [SQUARE]}


def test_minus_takes_out_and_within_cuts() -> None:
    ring = made(_PORT, _STRIP, within="strip", minus=["port"])
    assert holds(ring, 50.5, 10.5) is False and holds(ring, 50.8, 10.5) is True and holds(ring, 51.2, 10.5) is False
    half = made(_STRIP, within="strip", point=[10.0, 50.5], radius_km=30)
    assert holds(half, 50.5, 10.2) is True and holds(half, 50.5, 9.8) is False


def test_what_is_taken_out_roughly_is_told_neither_way_at_its_edge() -> None:
    rough = {**_PORT, "accuracy_km": 5}
    ring = made(rough, _STRIP, within="strip", minus=["port"])
    assert [holds(ring, 50.5 + km / 111.2, 10.5) for km in (3, 10, 17)] == [False, None, True]


def test_a_name_that_is_not_drawn_leaves_the_zone_as_it_is_cut() -> None:
    area = made(_STRIP, within="strip", units=[{"country": "DE", "name": "Thüringen", "drawn": False}])
    assert holds(area, 50.5, 10.5) is True and holds(area, 52.0, 10.5) is False


@pytest.mark.parametrize("zone", [
    {"within": "strip", "minus": ["strip"]}, {"within": "strip", "point": [40.0, 50.0], "radius_km": 5},
    {"polygons": [[[10, 50], [10.5, 50], [11, 50]]]},
])  # fmt: skip
def test_no_area_is_an_error(zone: dict[str, Any]) -> None:
    with pytest.raises(AgreementError, match="has no area"):
        made(_STRIP, **zone)


# --- units and countries ----------------------------------------------------------------------------------------------


def test_a_province_by_its_name_is_inside_whatever_its_shape() -> None:
    idlib = made(units=[{"country": "SY", "name": "Idlib", "also": ["Idleb"]}])
    for name in ("Idlib", "idlib", "Idleb"):
        assert idlib.holds([at(None, None, "admin1", "SY", name)]) == Within(True, 1.0)
    assert idlib.holds([at(None, None, "admin1", "TR", "Idlib")]).holds is False
    assert holds(idlib, 35.93, 36.63, "place", "SY") is True and holds(idlib, 33.5, 36.3, "place", "SY") is False


def test_a_name_that_is_not_drawn_is_inside_too() -> None:
    area = made(polygons=[[[36, 35], [37, 35], [37, 36], [36, 36]]], units=[{"country": "SY", "name": "Idlib", "drawn": False}])
    assert area.holds([at(None, None, "admin1", "SY", "Idlib")]) == Within(True, 1.0)
    assert area.holds([at(None, None, "place", "SY", "Idlib")]).holds is None  # the town of that name is another thing


def test_an_unknown_province_is_an_error_not_its_country() -> None:
    with pytest.raises(AgreementError, match="no extent is known for Nirgendwo"):
        made(units=[{"country": "SY", "name": "Nirgendwo"}])
    with pytest.raises(AgreementError, match="no extent is known"):
        made(units=[{"country": "QQ"}])


def test_a_country_holds_all_that_is_told_to_be_in_it() -> None:
    syria = made(units=[{"country": "SY"}])
    assert syria.holds([at(None, None, "country", "SY", "Syrien")]) == Within(True, 1.0)
    assert syria.holds([at(None, None, "place", "SY", "Nirgendwo")]) == Within(True, 1.0)
    assert syria.holds([at(36.2, 36.16, "place", "TR", "Antakya")]) == Within(False, 0.0)
    assert syria.holds([at(33.0, 35.5, "line", "SY", "syrisch-israelische Grenze")]).holds is not True


def test_countries_keep_out_what_is_told_to_be_in_another() -> None:
    area = made(polygons=[SQUARE], countries=["AA"])
    assert holds(area, 50.5, 10.5, "exact", "AA") is True
    assert area.holds([at(50.5, 10.5, "exact", "BB")]) == Within(False, 0.0)
    assert holds(area, 50.5, 10.5, "exact", None) is True


def test_no_place_and_a_place_without_coordinates_cannot_be_told() -> None:
    area = made(polygons=[SQUARE])
    assert area.holds([]) == Within(None, None)
    assert area.holds([at(None, None, "place")]) == Within(None, None)
    assert area.holds([at(None, None, "place", "QQ")]) == Within(None, None)
    whole = area.holds([at(None, None, "place", "DE")])  # somewhere in Germany
    assert whole.holds is None and whole.share is not None and 0 < whole.share < 0.1
    assert area.holds([at(None, None, "place", "FR")]) == Within(False, 0.0)


def test_several_places_have_to_agree() -> None:
    area = made(polygons=[SQUARE])
    inside, outside, unknown = at(50.5, 10.5), at(52.0, 10.5), at(None, None, "place")
    assert area.holds([inside, inside]) == Within(True, 1.0)
    assert area.holds([outside, outside]) == Within(False, 0.0)
    assert area.holds([inside, outside]) == Within(None, 0.5)
    mixed = area.holds([inside, unknown])
    assert mixed.holds is None and mixed.share is not None and mixed.share < 1


# --- 180 degrees, the poles -------------------------------------------------------------------------------------------


def _ring(*edges: float) -> list[list[float]]:
    west, south, east, north = edges
    return [[west, south], [east, south], [east, north], [west, north]]


_ACROSS = {
    "179 to 181": [_ring(179, -20, 181, -18)],
    "179 to -179": [_ring(179, -20, -179, -18)],
    "-181 to -179": [_ring(-181, -20, -179, -18)],
    "split": [_ring(179, -20, 180, -18), _ring(-180, -20, -179, -18)],
}


@pytest.mark.parametrize("polygons", _ACROSS.values(), ids=_ACROSS)
def test_a_zone_across_180_degrees(polygons: list[list[list[float]]]) -> None:
    area = made(polygons=polygons)
    assert all(holds(area, -19, lon) is True for lon in (179.5, 179.98, 180.0, -180.0, -179.98, -179.5, 180.5))
    assert all(holds(area, -19, lon) is False for lon in (178.5, -178.5, 0.0, 1.0, 90.0, -90.0))
    edge = area.holds([at(-19, -179)])
    assert edge.holds is None and edge.share == pytest.approx(0.5, abs=0.02)
    drawn = framed(area.degrees())
    assert drawn.bounds[0] >= -180 and drawn.bounds[2] <= 180 and drawn.area == pytest.approx(4, rel=0.001)


def test_lines_and_circles_across_180_degrees() -> None:
    for line in ([[179.5, 0], [-179.5, 0]], [[179.5, 0], [180.5, 0]]):
        area = made(line=line, buffer_km=10)
        assert holds(area, 0.0, 180.0) is True and holds(area, 0.0, -179.7) is True and holds(area, 0.0, 0.0) is False
    for lon in (180.0, -180.0, 179.99):
        circle = made(point=[lon, 65.0], radius_km=30)
        assert holds(circle, 65.0, 179.7) is True and holds(circle, 65.0, -179.7) is True and holds(circle, 65.0, 178.0) is False


@pytest.mark.parametrize(
    ("country", "inside", "outside"),
    [
        ("FJ", [(-18.1, 178.4), (-16.8, 179.98), (-16.8, -179.95)], [(-18.1, 0.0), (-21.2, -175.2)]),
        ("NZ", [(-41.3, 174.8), (-43.95, -176.5)], [(-33.9, 151.2), (-41.3, 5.0)]),
        ("RU", [(55.75, 37.6), (66.2, -172.5), (66.5, 178.5), (56.0, 93.0)], [(64.5, -165.4), (48.2, 16.4), (35.7, 139.7)]),
    ],
)
def test_a_country_across_180_degrees(
    country: str, inside: list[tuple[float, float]], outside: list[tuple[float, float]]
) -> None:
    area = made(units=[{"country": country}], accuracy_km=5)
    for lat, lon in inside:
        assert holds(area, lat, lon) is not False, (lat, lon)
        assert covers(area, lat, lon) or country == "FJ", (lat, lon)
    for lat, lon in outside:
        assert holds(area, lat, lon) is False, (lat, lon)
    far = made(polygons=[SQUARE])
    assert far.holds([at(None, None, "country", country)]) == Within(False, 0.0)


def test_a_whole_country_as_the_place_of_an_incident_across_180_degrees() -> None:
    area = made(polygons=[_ring(170, -25, -170, -10)])
    assert area.holds([at(None, None, "country", "FJ")]).holds is True
    part = made(polygons=[_ring(178, -25, -178, -17)]).holds([at(None, None, "country", "FJ")])
    assert part.holds is None and part.share is not None and 0 < part.share < 1


def test_a_shape_that_ends_at_180_degrees_is_not_smeared_over_a_map_around_greenwich() -> None:
    area = made(polygons=[_ring(-1, 66, 1, 68)])
    assert area.plane.lon == 0.0
    assert area.holds([at(67.0, 179.999)]) == Within(False, 0.0)
    assert area.holds([at(None, None, "country", "RU")]) == Within(False, 0.0)


@pytest.mark.parametrize("lat", [89.99, 90.0, -90.0, -89.99])
def test_poles_break_nothing(lat: float) -> None:
    sign = 1 if lat > 0 else -1
    cap = made(polygons=[_ring(-60, 80 * sign, 60, lat)])
    for area in (cap, made(point=[0.0, lat], radius_km=100), made(line=[[0, 85 * sign], [90, lat]], buffer_km=50)):
        for spot in ((lat, 0.0), (lat, 120.0), (0.0, 0.0), (-lat, 0.0)):
            found = area.holds([at(*spot)])
            assert found.share is None or 0 <= found.share <= 1
        assert holds(area, -lat, 0.0) is not True and holds(area, 0.0, 0.0) is False
    assert holds(cap, 85 * sign, 0.0) is True
    with pytest.raises(AgreementError, match="has no area"):  # all around the earth: no flat map shows it
        made(polygons=[_ring(-180, 80 * sign, 180, lat)])


# --- what always holds ------------------------------------------------------------------------------------------------

_lons, _lats = st.floats(-180, 180), st.floats(-60, 60)
_precisions = st.sampled_from(("exact", "place", "admin2", "admin1", "region", "line"))


@st.composite
def zones(draw: st.DrawFn) -> dict[str, Any]:
    """A zone of some kind around a point anywhere."""
    lon, lat = draw(_lons), draw(_lats)
    near = st.tuples(st.floats(lon - 2, lon + 2), st.floats(lat - 2, lat + 2))
    kind = draw(st.integers(0, 2))
    width: Any = draw(st.floats(1, 80))
    width = [width, width * draw(st.floats(1, 2))] if draw(st.booleans()) else width
    if kind == 0:
        ring = draw(st.lists(near, min_size=3, max_size=7, unique=True))
        return {"polygons": [ring], "middle": (lat, lon)}
    if kind == 1:
        line = draw(st.lists(near, min_size=2, max_size=4, unique=True))
        side = draw(st.sampled_from(("both", "left", "right")))
        return {"line": line, "buffer_km": width, "side": side, "middle": (lat, lon)}
    return {"point": (lon, lat), "radius_km": width, "middle": (lat, lon)}


def _tried(zone: dict[str, Any], **more: Any) -> Area | None:
    try:
        return made(**{k: v for k, v in zone.items() if k != "middle"}, **more)
    except AgreementError:  # points on one line
        return None


@settings(max_examples=120, deadline=None)
@given(zone=zones(), up=st.floats(-3, 3), right=st.floats(-3, 3), precision=_precisions, accuracy=st.sampled_from((0, 5, 30)))
def test_share_and_answer_fit_together(zone: dict[str, Any], up: float, right: float, precision: str, accuracy: float) -> None:
    area = _tried(zone, accuracy_km=accuracy)
    if area is None:
        return
    lat, lon = zone["middle"]
    spot = at(lat + up, lon + right, precision)
    found = area.holds([spot])
    assert found.share is not None and 0 <= found.share <= 1
    assert (found.share == 1) == (found.holds is True)
    assert found.holds is not False or found.share == 0
    where = extent(spot)
    assert where is not None
    if area.inner.covers(area.plane.to_plane(where.shape)):
        assert found.holds is True


@settings(max_examples=80, deadline=None)
@given(zone=zones(), up=st.floats(-3, 3), right=st.floats(-3, 3), precision=_precisions, cut=st.booleans(),
       accuracies=st.lists(st.integers(0, 60), min_size=2, max_size=4))  # fmt: skip
def test_a_rougher_edge_never_tells_more(
    zone: dict[str, Any], up: float, right: float, precision: str, cut: bool, accuracies: list[int]
) -> None:
    lat, lon = zone["middle"]
    spot = at(lat + up, lon + right, precision)
    answers = []
    for accuracy in sorted(accuracies):
        rough = {k: v for k, v in zone.items() if k != "middle"} | {"accuracy_km": accuracy}
        hole = {"id": "hole", "point": (lon, lat), "radius_km": 10, "accuracy_km": accuracy}
        try:
            answers.append(holds_of(made(hole, **rough, minus=["hole"] if cut else []), spot))
        except AgreementError:
            return
    for before, after in pairwise(answers):
        assert after is None or after is before, answers


def holds_of(area: Area, place: IncidentPlace) -> bool | None:
    return area.holds([place]).holds


@settings(max_examples=80, deadline=None)
@given(zone=zones(), up=st.floats(-3, 3), right=st.floats(-3, 3), turn=st.sampled_from((-360, 360)))
def test_a_full_turn_changes_nothing(zone: dict[str, Any], up: float, right: float, turn: int) -> None:
    """[190, 10] is [-170, 10]: of the zone, as of the incident."""
    area = _tried(zone)
    lat, lon = zone["middle"]
    far = {k: v for k, v in zone.items() if k != "middle"}
    for key in ("polygons", "line"):
        if key in far:
            points = far[key][0] if key == "polygons" else far[key]
            moved = [(x + turn, y) for x, y in points if -360 <= x + turn <= 360]
            if len(moved) != len(points):
                return
            far[key] = [moved] if key == "polygons" else moved
    if area is None or "point" in far:
        return
    one, other = area.holds([at(lat + up, lon + right)]), made(**far).holds([at(lat + up, lon + right)])
    if one.holds is not None and other.holds is not None:
        assert one.holds is other.holds
    assert one.share == pytest.approx(other.share, abs=0.02)


def test_a_coast_is_a_sure_edge_however_roughly_a_zone_is_drawn() -> None:
    """A port lies wholly in the province before whose coast it lies; the sea is no other province."""
    agreement = named("minsk-2-2015")
    port = IncidentPlace(name="Mariupol", country="UA", lat=47.10, lon=37.55, precision="place")
    assert area_of(agreement, "donbas").holds([port]) == Within(True, 1.0)


def test_the_border_is_a_sure_edge_for_what_is_told_to_be_in_the_country() -> None:
    agreement = named("minsk-2-2015")
    where = {"lat": 48.74, "lon": 39.70, "precision": "place"}  # some km from the border with Russia, beyond the accuracy
    told = IncidentPlace(name="Ort", country="UA", **where)  # type: ignore[arg-type]
    near = IncidentPlace(name="Ort", **{**where, "lon": 39.78})  # type: ignore[arg-type]
    assert area_of(agreement, "donbas").holds([told]).holds is True
    assert area_of(agreement, "donbas").holds([near]).holds is None  # of no country that is told: it may be beyond

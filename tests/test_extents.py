"""Where an incident may lie that is known only as precisely as its place."""

from __future__ import annotations

import subprocess
import sys

import pytest

shapely = pytest.importorskip("shapely")

from trucewatch.agreements.extents import extent  # noqa: E402
from trucewatch.agreements.provinces import codes, province  # noqa: E402
from trucewatch.incident import IncidentPlace  # noqa: E402
from trucewatch.knowledge.gazetteer import gazetteer  # noqa: E402
from trucewatch.knowledge.longitudes import framed, middle_of  # noqa: E402
from trucewatch.knowledge.shapes import outline, outlines  # noqa: E402

IDLIB = IncidentPlace(name="Idlib", country="SY", lat=35.8, lon=36.6, precision="admin1", geonames=169387)


def place(name: str, country: str | None, at: tuple[float, float] | None, precision: str, **more: object):
    lat, lon = at or (None, None)
    return IncidentPlace(name=name, country=country, lat=lat, lon=lon, precision=precision, **more)  # type: ignore[arg-type]


def holds(shape, lat: float, lon: float) -> bool:
    return bool(shape.covers(shapely.Point(lon, lat)))


def part(name: str, iso: str):
    """A part of a state, as the extraction gives it: with the middle of the whole."""
    state = gazetteer().countries[iso]
    return extent(place(name, iso, (state.lat, state.lon), "region", kind="region"))


@pytest.mark.parametrize(
    ("town", "lat", "lon", "inside"),
    [
        ("Idlib", 35.93, 36.63, True),
        ("Sarakib", 35.86, 36.80, True),
        ("Maarat an-Numan", 35.64, 36.67, True),
        ("Dschisr asch-Schughur", 35.81, 36.32, True),
        ("Aleppo", 36.20, 37.16, False),
        ("Hama", 35.13, 36.75, False),
        ("Latakia", 35.52, 35.79, False),
    ],
)
def test_idlib(town: str, lat: float, lon: float, inside: bool) -> None:
    found = extent(IDLIB)
    assert found is not None and found.kind == "province" and found.rough
    assert holds(found.shape, lat, lon) is inside, town


def test_donbas() -> None:
    donetsk = extent(place("Donezk", "UA", (48.0, 37.8), "admin1"))
    luhansk = extent(place("Luhansk", "UA", (48.9, 39.0), "admin1"))
    both = extent(place("Donbass", "UA", (48.2, 38.0), "region", kind="region"))
    assert donetsk and luhansk and both and donetsk.kind == luhansk.kind == both.kind == "province"
    for lat, lon in ((48.59, 38.0), (47.1, 37.55), (48.14, 37.74)):  # Bachmut, Mariupol, Awdijiwka
        assert holds(donetsk.shape, lat, lon) and not holds(luhansk.shape, lat, lon) and holds(both.shape, lat, lon)
    assert holds(luhansk.shape, 48.95, 38.49) and not holds(donetsk.shape, 48.95, 38.49)  # Sjewjerodonezk
    assert not holds(both.shape, 49.99, 36.23)  # Charkiw


def test_a_region_is_a_disc() -> None:
    found = extent(place("Bergkarabach", "AZ", (39.8, 46.8), "region", kind="region"))
    assert found is not None and found.kind == "disc" and found.radius_km == 100 and found.rough
    assert holds(found.shape, 39.82, 46.75) and not holds(found.shape, 40.4, 49.87)


def test_towns_by_size() -> None:
    village = extent(place("Petriwske", "UA", (47.87, 37.6), "place"))
    city = extent(place("Aleppo", "SY", (36.2, 37.16), "place", geonames=170063))
    site = extent(place("Flughafen Donezk", "UA", (48.07, 37.73), "exact"))
    assert village and city and site
    assert (site.radius_km, village.radius_km, city.radius_km) == (1, 3, 8)
    assert not village.rough and village.shape.area < city.shape.area


def test_a_part_of_a_state() -> None:
    north, east, whole = part("Nordsyrien", "SY"), part("Ostukraine", "UA"), part("syrische Küste", "SY")
    assert north and east and whole
    assert holds(north.shape, 36.2, 37.16) and not holds(north.shape, 32.62, 36.1)
    assert holds(east.shape, 48.0, 37.8) and not holds(east.shape, 49.84, 24.03)
    assert whole.shape.equals(outline("SY")) and whole.rough


def test_country() -> None:
    found = extent(place("Syrien", "SY", None, "country"))
    assert found is not None and found.kind == "country" and not found.rough
    assert holds(found.shape, 33.5, 36.3) and not holds(found.shape, 33.9, 35.5)
    somewhere = extent(place("Unbekanntes Dorf", "SY", None, "place"))
    assert somewhere is not None and somewhere.kind == "country" and somewhere.rough


def test_nothing_known() -> None:
    assert extent(place("Irgendwo", None, None, "place")) is None
    assert extent(place("Irgendwo", None, None, "region")) is None
    assert extent(place("Nirgendland", "QQ", None, "country")) is None


def test_names_and_towns_that_disagree() -> None:
    """A "province" of which neither a town's name nor the towns around speak clearly is a rough disc."""
    found = extent(place("Erfunden", "SY", (35.5, 37.0), "admin1"))  # where three provinces meet
    assert found is not None and found.kind in ("disc", "province") and found.rough


def test_provinces_tile_syria() -> None:
    shapes = [shape for code in codes("SY") if (shape := province("SY", code)) is not None]
    land = outline("SY")
    assert len(shapes) == 14 and land is not None
    assert sum(s.area for s in shapes) == pytest.approx(land.area, rel=1e-9)
    assert shapely.union_all(shapes).symmetric_difference(land).area < 1e-9


@pytest.mark.parametrize("iso", ["FJ", "RU", "NZ", "US", "KI"])
def test_across_the_180th_meridian(iso: str) -> None:
    found = extent(place(iso, iso, None, "country"))
    assert found is not None and found.shape.bounds[0] >= -180 and found.shape.bounds[2] <= 180
    for code in codes(iso):
        shape = province(iso, code)
        assert shape is None or (shape.is_valid and shape.bounds[0] >= -180 and shape.bounds[2] <= 180)


def test_a_disc_across_the_180th_meridian() -> None:
    found = extent(place("Taveuni", "FJ", (-16.85, 179.99), "admin2"))
    assert found is not None and found.shape.geom_type == "MultiPolygon"
    assert holds(found.shape, -16.85, -179.95) and holds(found.shape, -16.85, 179.9)


def test_longitudes() -> None:
    assert middle_of([178.0, -179.0]) == 179.5
    assert middle_of([10.0, 20.0]) == 15.0
    assert middle_of([]) == 0.0
    fiji = framed(outline("FJ"), 179.0)
    assert fiji.bounds[2] - fiji.bounds[0] < 6


def test_disputed_lands_stand_as_the_readme_says() -> None:
    for iso, lat, lon in (("UA", 44.95, 34.1), ("EH", 27.15, -13.2), ("SY", 33.1, 35.75), ("XK", 42.6, 20.9)):
        assert holds(outline(iso), lat, lon), iso
    assert holds(outline("PS"), 31.5, 34.46) and holds(outline("PS"), 31.95, 35.25)


def test_outlines_of_a_box() -> None:
    assert list(outlines((35.0, 33.0, 40.0, 37.0))) == ["IL", "IQ", "JO", "LB", "SY", "TR"]
    assert list(outlines((178.0, -20.0, -178.0, -15.0))) == ["FJ"]


def test_the_same_in_every_process() -> None:
    code = (
        "from trucewatch.agreements.provinces import province; import hashlib;"
        "print(hashlib.sha256(province('SY', '12').wkb + province('UA', '05').wkb).hexdigest())"
    )
    runs = {subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for _ in range(2)}
    assert len(runs) == 1
    assert extent(IDLIB) is extent(IDLIB.model_copy())

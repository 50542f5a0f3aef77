"""A false agreement file never crashes anything: each fault is one line that names file, line and key."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessed import RIVER
from trucewatch.agreements.errors import AgreementError
from trucewatch.agreements.lines import line_of
from trucewatch.agreements.load import check, chosen, load, path_of, read, shipped_names
from trucewatch.cli import main

TEXT = RIVER.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("agreements")


def line(words: str, text: str = TEXT) -> int:
    """The line (from 1) on which these words first stand."""
    return text.count("\n", 0, text.index(words)) + 1


def changed(old: str, new: str) -> str:
    assert old in TEXT, old
    return TEXT.replace(old, new, 1)


def faults_of(folder: Path, text: str) -> list[str]:
    path = folder / "false.toml"
    path.write_text(text, encoding="utf-8", newline="")
    return check(path)


# What stands there, what is put in its place, words on the line that the fault names, the key, what it says.
FALSE = [
    ("unknown key at the top", "form =", "forn =", "", "", ""),
    ("unknown key of the whole", 'id = "river"', 'id = "river"\ncolour = "red"', "colour", "colour", "no such key"),
    ("unknown key of a zone", "radius_km = 10", "radius_km = 10\nradius_m = 3", "radius_m ", "zones[4].radius_m", "no such key"),
    ("unknown key of a provision", 'duty = "fulfil"', 'dutty = "fulfil"', "dutty", "provisions[7].dutty", "no such key"),
    ("unknown key in an inline table", 'modes = ["mine"] }]', 'mode = ["mine"] }]',
     "mode = ", "exceptions[2].acts[1].mode", "no such"),
    ("no id of a zone", 'id = "port"\nname = { de = "Hafen"', 'name = { de = "Hafen"',
     "[[zones]]\nname", "zones[4].id", "is missing"),
    ("no English title", 'en = "River agreement"\n', "", "[title]", "title.en", "is missing"),
    ("no binds", 'binds = ["gamma"]\nacts_by = ["alpha"]', 'acts_by = ["alpha"]',
     '[[provisions]]\nid = "guarantee"', "provisions[5].binds", "is missing"),
    ("binds nobody", 'binds = ["gamma"]\nacts_by = ["alpha"]', 'binds = []\nacts_by = ["alpha"]',
     '[[provisions]]\nid = "guarantee"', "provisions[5]", "binds nobody"),
    ("number for a text", 'id = "river"', "id = 7", "id = 7", "id", "valid string"),
    ("text for a list", 'area = ["strip"]', 'area = "strip"', "area", "area", "valid list"),
    ("table for a text", 'id = "river"', "id = { a = 1 }", "id = {", "id", "valid string"),
    ("empty id", 'id = "port"\nname', 'id = ""\nname', 'id = ""', "zones[4].id", "at least 1"),
    ("id with capitals", 'id = "river"', 'id = "River 1"', "River 1", "id", "small letters"),
    ("text for a coordinate", "[10.0, 50.5]", '["ten", 50.5]', '"ten"', "zones[3].line[1][1]", "valid number"),
    ("three numbers", "point = [10.5, 50.5]", "point = [10.5, 50.5, 1]", "point", "zones[4].point", "2 items"),
    ("no form of ours", 'form = "multilateral"', 'form = "trilateral"', "form", "form", "'trilateral' is not one of"),
    ("another schema", "agreement/1", "agreement/9", "agreement/9", "schema", "is not one of"),
    ("unknown role", 'role = "listed"', 'role = "friend"', "friend", "parties[4].role", "is not one of"),
    ("unknown kind of actor", 'kinds = ["civilians"]', 'kinds = ["cats"]', "cats", "parties[6].kinds[1]", "is not one of"),
    ("bad ISO code", 'states = ["AA"]', 'states = ["Alpha"]', "Alpha\"]", "parties[1].states", "two capitals"),
    ("bad ISO code of a zone", 'countries = ["AA", "BB"]', 'countries = ["AA", "b"]',
     "countries", "zones[1].countries", "two capitals"),
    ("bad ISO code of a unit", "radius_km = 10", 'radius_km = 10\nunits = [{ country = "Syrien" }]',
     "units", "zones[4].units[1].country", "two capitals"),
    ("unit that nobody knows", "radius_km = 10", 'radius_km = 10\nunits = [{ country = "SY", name = "Nirgendwo" }]',
     '[[zones]]\nid = "port"', "zones[4]", "no extent is known for Nirgendwo"),
    ("unknown id in binds", 'binds = ["gamma"]\nacts_by = ["alpha"]', 'binds = ["gama"]\nacts_by = ["alpha"]',
     '["gama"]', "provisions[5].binds", "'gama' is not among the parties"),
    ("unknown id in acts_by", 'acts_by = ["alpha"]', 'acts_by = ["omega"]', "omega", "provisions[5].acts_by", "'omega'"),
    ("unknown id in against", 'against = ["observers"]', 'against = ["x"]', '["x"]', "provisions[3].against", "'x'"),
    ("unknown id in where", 'where = ["outskirts"]', 'where = ["outskirt"]',
     'where = ["outskirt"]', "provisions[8].where", "not among the zones"),
    ("unknown id in exceptions", '"listed", "self-defence"]', '"listed", "sd"]', '"sd"', "provisions[1].exceptions", "'sd'"),
    ("unknown id in within", 'within = "strip"', 'within = "stripe"', "stripe\"", "zones[5].within", "'stripe'"),
    ("unknown id in minus", 'minus = ["port"]', 'minus = ["ports"]', "minus", "zones[5].minus", "'ports'"),
    ("unknown id in area", 'area = ["strip"]', 'area = ["strip", "sea"]', "area", "area", "'sea'"),
    ("unknown id in an exception", 'targets = ["delta"]', 'targets = ["d"]', "targets", "exceptions[1].targets", "'d'"),
    ("unknown id in a window", 'kind = "extension"\nfrom = 2020-11-01', 'parties = ["x"]\nfrom = 2020-11-01',
     'parties = ["x"]', "windows[3].parties", "'x'"),
    ("zone twice", 'id = "rough"\nname = { de = "ungef', 'id = "strip"\nname = { de = "ungef',
     'id = "strip"\nname = { de = "ungef', "zones[2].id", "'strip' is there twice"),
    ("party twice", 'id = "beta"', 'id = "alpha"', 'id = "alpha"\nname = { de = "Beta', "parties[2].id", "twice"),
    ("provision twice", 'id = "quiet"', 'id = "ceasefire"',
     'id = "ceasefire"\nkind = "cessation"\ntitle = { de = "Ruhe', "provisions[6].id", "twice"),
    ("a party called anyone", 'id = "observers"', 'id = "anyone"', 'id = "anyone"', "parties[5].id", "choose another id"),
    ("no date", "signed = 2019-12-20\narea", 'signed = "soon"\narea', "soon", "signed", "is no date"),
    ("a date that is none", "to = 2020-07-01", 'to = "2020-02-30"', "02-30", "windows[1].to", "is no date"),
    ("a time alone", "deadline = 2020-02-01", "deadline = 12:00:00", "deadline", "provisions[7].deadline", "valid string"),
    ("to before from", "from = 2020-07-01\nto = 2020-10-01", "from = 2020-07-01\nto = 2020-06-01",
     'kind = "extension"|-1', "windows[2]", "to = 2020-06-01 is not after"),
    ("to is from, told as a moment", "from = 2020-07-01\nto = 2020-10-01", "from = 2020-07-01\nto = 2020-07-01T00:00:00",
     'kind = "extension"|-1', "windows[2]", "is not after"),
    ("a provision that ends before", "where = [\"band\"]\nfrom = 2020-02-01",
     "where = [\"band\"]\nfrom = 2020-02-01\nto = 2020-01-01",
     '[[provisions]]\nid = "heavy"', "provisions[2]", "is not after"),
    ("unknown type of act", '{ type = "ADVANCE" }', '{ type = "MARCH" }',
     '"MARCH"', "provisions[1].forbids[2].type", "is not one of"),
    ("bad mode", 'modes = ["mine"]', 'modes = ["mines"]', '"mines"', "exceptions[2].acts[1]", "'mines' is no mode of ASSAULT"),
    ("polygon of two points", "[[[10.0, 50.0], [11.0, 50.0], [11.0, 51.0], [10.0, 51.0]]]", "[[[10.0, 50.0], [11.0, 50.0]]]",
     '[[zones]]\nid = "strip"', "zones[1]", "three points"),
    ("polygon of one point thrice", "[[[10.0, 50.0], [11.0, 50.0], [11.0, 51.0], [10.0, 51.0]]]",
     "[[[10.0, 50.0], [10, 50], [10, 50.0]]]",
     '[[zones]]\nid = "strip"', "zones[1]", "three points"),
    ("polygon on one line", "[[[10.0, 50.0], [11.0, 50.0], [11.0, 51.0], [10.0, 51.0]]]",
     "[[[10.0, 50.0], [10.5, 50], [11, 50.0]]]",
     '[[zones]]\nid = "strip"', "zones[1]", "has no area"),
    ("off the earth", "point = [10.5, 50.5]", "point = [10.5, 95.0]", "point", "zones[4].point", "no place on the earth"),
    ("latitude first", "[[10.0, 50.5], [11.0, 50.5]]", "[[50.5, 100.0], [50.5, 111.0]]",
     "line = ", "zones[3].line", "longitude, latitude"),
    ("not a number", "point = [10.5, 50.5]", "point = [nan, 50.5]", "point", "zones[4].point", "no place on the earth"),
    ("empty zone", 'point = [10.5, 50.5]\nradius_km = 10', "", '[[zones]]\nid = "port"', "zones[4]", "says nowhere"),
    ("only a name", "point = [10.5, 50.5]\nradius_km = 10", 'units = [{ country = "SY", name = "Idlib", drawn = false }]',
     '[[zones]]\nid = "port"', "zones[4]", "says nowhere"),
    ("line without width", "buffer_km = [15, 20]\n", "", '[[zones]]\nid = "band"', "zones[3]", "go together"),
    ("point without radius", "radius_km = 10\n", "", '[[zones]]\nid = "port"', "zones[4]", "go together"),
    ("line of one point", "[[10.0, 50.5], [11.0, 50.5]]", "[[10.0, 50.5]]", '[[zones]]\nid = "band"', "zones[3]", "two points"),
    ("range backwards", "buffer_km = [15, 20]", "buffer_km = [20, 15]",
     "buffer_km", "zones[3].buffer_km", "smaller to the larger"),
    ("range of three", "buffer_km = [15, 20]", "buffer_km = [1, 2, 3]", "buffer_km", "zones[3].buffer_km", "no distance"),
    ("width in words", "radius_km = 10", 'radius_km = "ten"', "radius_km", "zones[4].radius_km", "no distance"),
    ("width below zero", "radius_km = 10", "radius_km = -10", "radius_km", "zones[4].radius_km", "no distance"),
    ("endless width", "radius_km = 10", "radius_km = inf", "radius_km", "zones[4].radius_km", "no distance"),
    ("accuracy below zero", "accuracy_km = 10", "accuracy_km = -1",
     "accuracy_km = -1", "zones[2].accuracy_km", "greater than or equal"),
    ("within itself", 'within = "strip"', 'within = "outskirts"', "within", "zones[5].within", "itself"),
    ("less itself", 'minus = ["port"]', 'minus = ["outskirts"]', "within", "zones[5].within", "itself"),
    ("a circle of two", "radius_km = 10", 'radius_km = 10\nminus = ["outskirts"]', "minus", "zones[4].minus", "itself"),
    ("less everything", 'minus = ["port"]', 'minus = ["strip"]', '[[zones]]\nid = "outskirts"', "zones[5]", "has no area"),
    ("excepts nothing", 'targets = ["delta"]\n', "", '[[exceptions]]\nid = "listed"', "exceptions[1]", "excepts nothing"),
    ("neither forbids nor demands", 'forbids = [{ type = "COERCE", modes = ["restrict_movement", "arrest"] }]', "",
     '[[provisions]]\nid = "access"', "provisions[3]", "neither forbids"),
    ("nowhere", 'area = ["strip"]\n', "", '[[provisions]]\nid = "ceasefire"', "provisions[1]", "holds nowhere"),
    ("a folder up", "radius_km = 10", 'radius_km = 10\ngeojson = "../x.geojson"',
     "geojson", "zones[4].geojson", "beside this one"),
    ("a file elsewhere", "radius_km = 10", 'radius_km = 10\ngeojson = "/etc/passwd"',
     "geojson", "zones[4].geojson", "beside this one"),
    ("no such shapes", "radius_km = 10", 'radius_km = 10\ngeojson = "gone.geojson"',
     "geojson", "zones[4].geojson", "no such file: it is to"),
    ("shapes in a folder", "radius_km = 10", 'radius_km = 10\ngeojson = "."', "geojson", "zones[4].geojson", "a folder"),
    ("no name of shapes", "radius_km = 10", 'radius_km = 10\ngeojson = "a\\u0000b"', "geojson", "zones[4].geojson", "null"),
    ("a key of two lines", 'id = "river"', 'id = "river"\n"a\\nb\\u001b" = 1', '"a', "a\\nb\\x1b", "no such key"),
    ("an id of two lines", 'where = ["outskirts"]', 'where = ["out\\nskirts"]',
     "where = [\"out\\", "provisions[8].where", "not among"),
]  # fmt: skip
_MORE = {
    "nowhere", "party twice", "zone twice", "a party called anyone", "polygon on one line", "a circle of two",
    "unit that nobody knows",
}  # fmt: skip
"""Those that make something else false as well."""


@pytest.mark.parametrize("case", FALSE, ids=lambda c: c[0])
def test_a_fault_names_line_and_key(case: tuple[str, str, str, str, str, str], folder: Path) -> None:
    name, old, new, stands, key, words = case
    text = changed(old, new)
    if name == "unknown key at the top":  # two faults: what is there, and what is missing for it
        assert [f.split(": ", 1)[1] for f in faults_of(folder, text)] == [
            "form: is missing", "forn: no such key here (see: trucewatch schema agreement)"
        ]  # fmt: skip
        return
    stands, _, off = stands.partition("|")
    at = line(stands, text) + int(off or 0)
    found = faults_of(folder, text)
    expected = f"{folder / 'false.toml'}:{at}: {key}: "
    assert any(f.startswith(expected) and words in f for f in found), found
    assert len(found) == 1 or name in _MORE, found
    assert all(f.count("\n") == 0 and f.isprintable() for f in found)


def test_there_are_enough_of_them() -> None:
    assert len(FALSE) >= 60


def test_the_river_itself_is_right_however_it_is_written(folder: Path) -> None:
    assert check(RIVER) == []
    for text in (TEXT.replace("\n", "\r\n"), "\ufeff" + TEXT, TEXT.replace(" = ", "\t=\t"), TEXT.replace("\n[[", "\n\n  [[ ")):
        assert faults_of(folder, text) == []
    same = load(RIVER)
    for encoding in ("utf-8", "utf-16", "utf-8-sig", "cp1252"):
        (folder / "river.toml").write_bytes(TEXT.encode(encoding))
        assert load(folder / "river.toml") == same


# --- what is no TOML at all -------------------------------------------------------------------------------------------

BROKEN: list[tuple[str, bytes, str]] = [
    ("empty", b"", ":1: id: is missing"),
    ("only a comment", b"# nothing\n", ":1: provisions: is missing"),
    ("no text", bytes(range(256)) * 4, ": "),
    ("a PDF", b"%PDF-1.7\n%\xe2\xe3", ": this is a PDF"),
    ("a null byte", b'id = "a\x00b"\n', ":"),
    ("no TOML", b'id = "river"\nsigned: 2019\n', ":2: this is no TOML"),
    ("open bracket", b'id = "river"\narea = ["strip"\n', ":2: this is no TOML"),
    ("open text", b'id = "river\n', ":1: this is no TOML"),
    ("key twice", b'id = "a"\nid = "b"\n', ":2: this is no TOML"),
    ("a moment without seconds", b'id = "a"\nsigned = 2020-03-06T00:01\n', ':2: this is no TOML: Expected newline'),
    ("no such day", b"signed = 2020-02-30\n", ":1: this is no TOML: Invalid date"),
    ("a carriage return", b'id = "a"\rform = "b"\n', ":1: this is no TOML"),
    ("an endless number", b'id = "a"\nsigned = ' + b"1" * 5000, ":2: this is no TOML"),
    ("nested too deep", b"a = " + b"[" * 100_000, ": this is no agreement: it is nested too deep"),
    ("deep by dots", b"id" + b".a" * 2_000 + b" = 1", ":"),
    ("too large", b"#" * (8 * 1024 * 1024 + 1), ": too large"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "words"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_what_is_no_agreement(data: bytes, words: str, folder: Path) -> None:
    path = folder / "broken.toml"
    path.write_bytes(data)
    agreement, found = read(path)
    assert agreement is None and found
    assert any(f.startswith(f"{path}{words}") for f in found), found[:3]
    assert all("\n" not in f and f.startswith(f"{path}:") for f in found)


def test_a_moment_without_seconds_says_what_to_write(folder: Path) -> None:
    (fault,) = faults_of(folder, changed('from = "2020-01-01T00:00"', "from = 2020-01-01T00:00"))
    assert f":{line('from = ')}:" in fault and 'in quotation marks: "2020-03-06T00:01"' in fault


def test_what_is_not_there(folder: Path) -> None:
    for path in (folder, folder / "none.toml", folder / "none" / "x.toml", folder / ("x" * 300)):
        agreement, (fault,) = read(path)
        assert agreement is None and fault.startswith(f"{path}: ")
    with pytest.raises(AgreementError, match="no such file"):
        load(folder / "none.toml")


# --- shapes beside the file -------------------------------------------------------------------------------------------

_RING = [[10, 50], [11, 50], [11, 51], [10, 50]]
SHAPES: list[tuple[str, object, str, str | None]] = [
    ("an area", {"type": "Polygon", "coordinates": [_RING]}, "", None),
    ("areas", {"type": "MultiPolygon", "coordinates": [[_RING], [[*_RING[::-1]]]]}, "", None),
    ("a feature by its id", {"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": 7, "properties": None, "geometry": {"type": "Polygon", "coordinates": [_RING]}}]}, "#7", None),
    ("a feature by its property", {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"id": "a"}, "geometry": {"type": "Polygon", "coordinates": [_RING]}}]}, "#a", None),
    ("with heights", {"type": "Polygon", "coordinates": [[[*p, 8.5] for p in _RING]]}, "", None),
    ("a feature that is not there", {"type": "FeatureCollection", "features": []}, "#b", "no area of id 'b'"),
    ("a point", {"type": "Point", "coordinates": [10, 50]}, "", "holds no area"),
    ("no geometry", {"type": "Feature", "geometry": None}, "", "is no GeoJSON of areas"),
    ("no type", {"coordinates": [_RING]}, "", "is no GeoJSON of areas"),
    ("a list", [1, 2], "", "is no GeoJSON of areas"),
    ("words", {"type": "Polygon", "coordinates": "here"}, "", "is no GeoJSON of areas"),
    ("flat", {"type": "Polygon", "coordinates": _RING}, "", "is no GeoJSON of areas"),
    ("too large a number", {"type": "Polygon", "coordinates": [[[10**400, 5], *_RING]]}, "", "is no GeoJSON of areas"),
    ("off the earth", {"type": "Polygon", "coordinates": [[[50, 100], *_RING]]}, "", "no place on the earth"),
    ("two points", {"type": "Polygon", "coordinates": [_RING[:2]]}, "", "three points"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "feature", "words"), [s[1:] for s in SHAPES], ids=[s[0] for s in SHAPES])
def test_shapes_beside_the_file(data: object, feature: str, words: str | None, folder: Path) -> None:
    (folder / "shapes.geojson").write_text(json.dumps(data), encoding="utf-8")
    text = changed("point = [10.5, 50.5]\nradius_km = 10", f'geojson = "shapes.geojson{feature}"')
    found = faults_of(folder, text)
    if words is None:
        assert found == []
        return
    (fault,) = found
    assert words in fault and "zones[4]" in fault
    head = line('[[zones]]\nid = "port"', text)
    assert f":{line('geojson', text)}: " in fault or f":{head}: " in fault


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000, b'{"type": ' + b"9" * 5000 + b"}"])
def test_shapes_that_are_no_json(data: bytes, folder: Path) -> None:
    (folder / "shapes.geojson").write_bytes(data)
    (fault,) = faults_of(folder, changed("point = [10.5, 50.5]\nradius_km = 10", 'geojson = "shapes.geojson"'))
    assert "zones[4].geojson" in fault and "\n" not in fault


def test_polygons_of_a_wrong_kind_beside_shapes(folder: Path) -> None:
    (folder / "shapes.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [_RING]}), encoding="utf-8")
    text = changed("point = [10.5, 50.5]\nradius_km = 10", 'geojson = "shapes.geojson"\npolygons = 5')
    (fault,) = faults_of(folder, text)
    assert f":{line('polygons = 5', text)}: zones[4].polygons: " in fault


# --- lines ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path", "at"),
    [
        ('id = "a"\nsigned = 1', ("signed",), 2),
        ("[[a]]\nx = 1\n[[a]]\nx = 2", ("a", 1, "x"), 4),
        ("[[a]]\n[a.b]\nx = 1\n[[a]]\n[a.b]\nx = 2", ("a", 1, "b", "x"), 6),
        ("[[a]]\n[[a.b]]\nx = 1\n[[a.b]]\nx = 2", ("a", 0, "b", 1, "x"), 5),
        ("a = [\n  { x = 1 },\n  { x = 2 },\n]", ("a", 1, "x"), 3),
        ("a = [{ x = 1 },\n{ y = 1, x = [\n1,\n2] }]", ("a", 1, "x", 1), 4),
        ("a.b.c = 1\na.b.d = 2", ("a", "b", "d"), 2),
        ('a . "b.c" = 1\n', ("a", "b.c"), 1),
        ('x = """\na = 1\n"""\na = 2', ("a",), 4),
        ("x = '''\na = 1'''''\na = 2", ("a",), 3),
        ('x = """a\\"""\nb"""\na = 2', ("a",), 3),
        ('# """\na = 2', ("a",), 2),
        ("x = \"'''\"\na = 2", ("a",), 2),
        ("x = '#'\ny = \"#[\"\na = 2", ("a",), 3),
        ("x = '\u2028'\na = 2", ("a",), 2),
        ("x = 1979-05-27 07:32:00\na = 2", ("a",), 2),
        ("a = [1979-05-27 07:32:00,\n1980-05-27]\n", ("a", 1), 2),
        ("[a] # [b]\nx = 1", ("a", "x"), 2),
        ("a = [\n[1.0, 2.0],\n[\n3.0, 4.0]]", ("a", 1, 0), 4),
        ('"\\u0061" = 1', ("a",), 1),
        ("x = 1\n[[a]]\nb = 2", ("a", 0, "missing"), 2),
        ("x = 1", ("a",), None),
    ],
)  # fmt: skip
def test_line_of(text: str, path: tuple[str | int, ...], at: int | None) -> None:
    import tomllib

    tomllib.loads(text)
    assert line_of(text, path) == at


def test_every_place_of_every_shipped_file_is_found() -> None:
    import tomllib

    def paths(value: object, here: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
        inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        return [here, *(p for key, part in inner for p in paths(part, (*here, key)))]

    for name in shipped_names():
        text = path_of(name).read_text(encoding="utf-8")
        lines = text.split("\n")
        for path in paths(tomllib.loads(text), ())[1:]:
            at = line_of(text, path)
            assert at is not None
            if isinstance(path[-1], str):
                assert path[-1] in lines[at - 1], (name, path, at)


# --- at random --------------------------------------------------------------------------------------------------------

_SIGNS = [*"[]{}\"'=,.#\n\\-0159eEä\x00\x07\u2028 ", '"""', "[[", "inf", "nan", "true", "2020-01-01", "{}", "[]", "\r\n"]


def _swapped(text: str, dice: random.Random) -> str:
    lines = text.split("\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _without_line(text: str, dice: random.Random) -> str:
    lines = text.split("\n")
    del lines[dice.randrange(len(lines))]
    return "\n".join(lines)


def _twice(text: str, dice: random.Random) -> str:
    lines = text.split("\n")
    lines.insert(dice.randrange(len(lines)), dice.choice(lines))
    return "\n".join(lines)


def _sign(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text))
    return text[:at] + dice.choice(_SIGNS) + text[at + dice.randrange(3) :]


def _other_value(text: str, dice: random.Random) -> str:
    """One value in place of another: still TOML, mostly."""
    values = list(re.finditer(r'(?<== )[^\n]+|"[^"\n]*"|\d+(?:\.\d+)?', text))
    one, other = dice.choice(values), dice.choice(values)
    return text[: one.start()] + other[0] + text[one.end() :]


_WAYS: list[Callable[[str, random.Random], str]] = [
    _swapped, _without_line, _twice, _sign, _other_value, _other_value, _other_value,
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(dice=st.randoms(use_true_random=False), which=st.integers(0, 30), times=st.integers(1, 4))
def test_a_file_spoilt_at_random_never_crashes(dice: random.Random, which: int, times: int, folder: Path) -> None:
    names = shipped_names()
    text = path_of(names[which]).read_text(encoding="utf-8") if which < len(names) else TEXT
    for _ in range(times):
        text = dice.choice(_WAYS)(text, dice)
    path = folder / "spoilt.toml"
    path.write_text(text, encoding="utf-8", newline="")
    agreement, found = read(path)
    assert agreement is not None or found
    for fault in found:
        assert fault.startswith(f"{path}:") and fault.isprintable(), fault
        number = re.match(r":(\d+): ", fault.removeprefix(str(path)))
        assert number is None or 1 <= int(number[1]) <= text.count("\n") + 1, fault


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_never_crash(data: bytes, folder: Path) -> None:
    path = folder / "bytes.toml"
    path.write_bytes(data)
    agreement, found = read(path)
    assert agreement is None
    assert found and all(f.startswith(f"{path}:") and "\n" not in f for f in found)


# --- the command ------------------------------------------------------------------------------------------------------


def _two_faults() -> str:
    return changed('form = "multilateral"', 'form = "x"').replace('role = "listed"', 'role = "y"')


def test_check_says_all_faults_of_all_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    two = folder / "two.toml"
    two.write_text(_two_faults(), encoding="utf-8")
    assert main(["agreement", "check", str(RIVER), str(two), "idlib-sochi-2018", str(folder / "none.toml"), "--lang", "en"]) == 1
    out, err = capsys.readouterr()
    assert [words.split(":")[0] for words in out.splitlines()] == [str(RIVER), "idlib-sochi-2018"]
    assert "in order (10 provisions, 5 zones)" in out
    lines = err.splitlines()
    assert len(lines) == 3 and all(words.startswith("trucewatch: ") for words in lines)
    assert f"{two}:{line('form')}: form: " in lines[0] and "parties[4].role" in lines[1] and "no such file" in lines[2]
    assert main(["agreement", "check", str(RIVER)]) == 0
    assert capsys.readouterr().err == ""


def test_load_names_the_first_and_says_how_many_more(folder: Path) -> None:
    path = folder / "two.toml"
    path.write_text(_two_faults(), encoding="utf-8")
    with pytest.raises(AgreementError, match=r"form: 'x' is not one of .* \(and 1 more: trucewatch agreement check "):
        load(path)


def test_two_files_of_one_id(folder: Path) -> None:
    other = folder / "other.toml"
    other.write_text(TEXT, encoding="utf-8")
    assert [a.id for a in chosen([str(RIVER), str(other)])] == ["river"]
    other.write_text(changed("radius_km = 10", "radius_km = 11"), encoding="utf-8")
    with pytest.raises(AgreementError, match="another agreement of the id 'river'"):
        chosen([str(RIVER), str(other)])

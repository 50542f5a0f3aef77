"""Agreement files: read, checked, and the ones that are shipped."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from trucewatch.agreements.errors import AgreementError
from trucewatch.agreements.lines import line_of
from trucewatch.agreements.model import Agreement, faults
from trucewatch.reading import ReadingError
from trucewatch.reading.decode import decode
from trucewatch.shown import shown

_SHIPPED = Path(__file__).parent / "shipped"
_LARGEST = 8 * 1024 * 1024
"""Bytes; a larger file is no agreement."""
_MOST = 100
"""Faults of a file that are named, and characters of a key that are shown."""


def load(path: str | Path) -> Agreement:
    """The agreement of a TOML file, with the shapes of GeoJSON files beside it.

    Raises ``AgreementError``: one line with file, line, key and what to do; where there are several faults, the first.

    >>> load(_SHIPPED / "idlib-sochi-2018.toml").form
    'bilateral'
    """
    agreement, found = read(path)
    if found or agreement is None:
        more = f" (and {len(found) - 1} more: trucewatch agreement check {path})" if len(found) > 1 else ""
        raise AgreementError(found[0] + more)
    return agreement


def check(path: str | Path) -> list[str]:
    """All faults of an agreement file, each one line; empty where it is right."""
    return read(path)[1]


def read(path: str | Path) -> tuple[Agreement | None, list[str]]:
    """The agreement and the faults of its file; ``None`` where nothing can be made of it."""
    path = Path(path)
    try:
        return _read(path)
    except RecursionError:
        return None, [f"{path}: this is no agreement: it is nested too deep"]


def _read(path: Path) -> tuple[Agreement | None, list[str]]:
    try:
        text = _text(path)
    except ReadingError as fault:
        return None, [str(fault)]
    try:
        data = tomllib.loads(text)
    except ValueError as fault:  # also a number of more digits than Python reads, which tomllib lets through
        return None, [_no_toml(path, text, str(fault))]
    try:
        data = _with_shapes(data, path.parent)
        agreement = Agreement.model_validate(data)
    except _ShapeError as fault:
        return None, [_told(path, text, fault.path, str(fault))]
    except ValidationError as fault:
        return None, _all_told(path, text, ((e["loc"], _words(e)) for e in fault.errors(include_url=False)))
    found = _all_told(path, text, faults(agreement))
    return agreement, found or _all_told(path, text, _shapes(agreement))


def _all_told(path: Path, text: str, found: Iterable[tuple[tuple[str | int, ...], str]]) -> list[str]:
    """The faults, each one line; of very many the first."""
    rest = iter(found)
    told = [_told(path, text, where, words) for where, words in islice(rest, _MOST)]
    more = sum(1 for _ in islice(rest, 100 * _MOST))
    if more:
        told.append(f"{path}: and {f'over {more - 1}' if more == 100 * _MOST else more} more: mend these first")
    return told


def _shapes(agreement: Agreement) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Zones of which no area can be made."""
    from trucewatch.agreements.zones import area_of

    for n, zone in enumerate(agreement.zones):
        try:
            area_of(agreement, zone.id)
        except AgreementError as fault:
            yield ("zones", n), str(fault)


_NOT_THERE = "no such file: list the shipped agreements with: trucewatch agreement list"


def _text(path: Path, not_there: str = _NOT_THERE, plain: bool = False) -> str:
    """A file's text; ``plain`` where it may be nothing but a file on a disk. Raises ``ReadingError``."""
    try:
        if path.is_dir():
            raise ReadingError(f"{path}: a folder: name the file of one agreement")
        if plain and path.exists() and not path.is_file():  # a pipe would be waited for without end
            raise ReadingError(f"{path}: no file: name one that stands beside this one")
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise ReadingError(f"{path}: too large for an agreement (over 8 MiB)")
        return decode(data).text
    except FileNotFoundError:
        raise ReadingError(f"{path}: {not_there}") from None
    except OSError as fault:
        raise ReadingError(f"{path}: {fault.strerror or fault}") from None
    except ReadingError as fault:
        words = str(fault)
        raise ReadingError(words if words.startswith(str(path)) else f"{path}: {words}") from None


def _no_toml(path: Path, text: str, message: str) -> str:
    """What is wrong with a file that is no TOML; a moment without seconds is the usual trap."""
    number = _line_in(message, text)
    lines = text.split("\n")
    line = lines[int(number) - 1] if int(number) <= len(lines) else ""
    hint = ""
    if re.search(r"=\s*\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?!:)", line):
        hint = '; put a moment without seconds in quotation marks: "2020-03-06T00:01"'
    return f"{path}:{number}: this is no TOML: {_plain(message)}{hint}"


def _line_in(message: str, text: str) -> str:
    """The line that a message of tomllib names: the last one for "at end of document"."""
    if found := re.search(r"at line (\d+)", message):
        return found[1]
    long = re.search(r"[\d_]{4000,}", text) if "digits" in message else None
    return str(text.count("\n", 0, long.start()) + 1 if long else text.rstrip("\n").count("\n") + 1)


def _plain(message: str) -> str:
    return re.sub(r"\s*\(at .*\)", "", message)[:120]


def _told(path: Path, text: str, where: Iterable[str | int], words: str) -> str:
    """One fault: file, line, key, what to do."""
    keys = list(where)
    line = line_of(text, keys)
    name = ""
    for key in keys:
        name += f"[{key + 1}]" if isinstance(key, int) else (f".{key}" if name else key)
    key, what = shown(_spelled(name or "file"), _MOST), shown(_spelled(words), 4 * _MOST)
    return f"{path}:{line if line is not None else 1}: {key}: {what}"


def _spelled(words: str) -> str:
    """Ids and keys may hold anything: what is not to be seen in them is spelled out, so that it can be found."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in words)


def _words(error: Any) -> str:
    """What pydantic found, in words that say what to do."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return "no such key here (see: trucewatch schema agreement)"
    if kind == "missing":
        return "is missing"
    if kind == "literal_error":
        return f"{_short(error['input'])} is not one of {context.get('expected')}"
    if kind == "value_error":
        return str(context.get("error"))
    if kind == "string_pattern_mismatch":
        return f"{_short(error['input'])}: small letters, digits and - only"
    return f"{error['msg']} (found: {_short(error['input'])})"


def _short(value: Any) -> str:
    words = repr(value)
    return words if len(words) <= 60 else words[:57] + "…"


# --- shapes beside the file -------------------------------------------------------------------------------------------


class _ShapeError(ValueError):
    def __init__(self, path: tuple[str | int, ...], words: str) -> None:
        super().__init__(words)
        self.path = path


def _with_shapes(data: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The data with the polygons of its GeoJSON files in place; a zone keeps the file's name."""
    zones = data.get("zones")
    if not isinstance(zones, list):
        return data
    for n, zone in enumerate(zones):
        if isinstance(zone, dict) and isinstance(zone.get("geojson"), str):
            where = ("zones", n, "geojson")
            name, _, feature = zone["geojson"].partition("#")
            if not name or Path(name).is_absolute() or ".." in Path(name).parts:
                raise _ShapeError(where, f"{name!r}: name a file beside this one")
            try:
                shapes = json.loads(_text(folder / name, "no such file: it is to stand beside this one", plain=True))
                rings = list(_rings(shapes, feature))
            except ReadingError as fault:
                raise _ShapeError(where, str(fault)) from None
            except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, RecursionError) as fault:
                words = " ".join(str(fault).split())[:80]
                raise _ShapeError(where, f"{name} is no GeoJSON of areas ({words})") from None
            if not rings:
                raise _ShapeError(where, f"{name} holds no area{f' of id {feature!r}' if feature else ''}")
            drawn = zone.get("polygons", [])
            if isinstance(drawn, list):  # else the model says what is wrong with it
                zone["polygons"] = [*drawn, *rings]
    return data


def _rings(data: Any, feature: str) -> Iterator[list[list[float]]]:
    """The outer rings of a GeoJSON's areas, those of one feature where it is named (holes are left out)."""
    kind = data["type"]
    if kind == "FeatureCollection":
        for one in data["features"]:
            if not feature or feature in (str(one.get("id")), (one.get("properties") or {}).get("id")):
                yield from _rings(one, "")
    elif kind == "Feature":
        yield from _rings(data["geometry"], "")
    elif kind == "GeometryCollection":
        for one in data["geometries"]:
            yield from _rings(one, "")
    elif kind == "Polygon":
        yield [[float(x), float(y)] for x, y, *_ in data["coordinates"][0]]
    elif kind == "MultiPolygon":
        for part in data["coordinates"]:
            yield [[float(x), float(y)] for x, y, *_ in part[0]]


# --- the shipped ones -------------------------------------------------------------------------------------------------


@cache
def shipped() -> dict[str, Agreement]:
    """The agreements that come with the program, by id, in the order of their dates.

    >>> "unscr-1701" in shipped()
    True
    """
    found = [load(path) for path in sorted(_SHIPPED.glob("*.toml"))]
    return {a.id: a for a in sorted(found, key=lambda a: (a.signed, a.id))}


def named(name: str) -> Agreement:
    """A shipped agreement by its id, or the agreement of a file; raises ``AgreementError``."""
    if name in (known := shipped_names()):
        return load(path_of(name))
    if name.endswith((".toml", ".TOML")) or "/" in name or Path(name).exists():
        return load(name)
    raise AgreementError(f"no agreement {name!r}: give a file, or one of {', '.join(known)}")


def path_of(name: str) -> Path:
    """The file of a shipped agreement."""
    return _SHIPPED / f"{name}.toml"


def chosen(names: Iterable[str]) -> list[Agreement]:
    """The agreements that were asked for, each once: ids, files, or the beginning of ids ("idlib" for all on Idlib).

    None given: all shipped ones. Raises ``AgreementError``.
    """
    found: dict[str, Agreement] = {}
    for name in names:
        family = [n for n in shipped_names() if n.startswith(f"{name}-")] if name not in shipped_names() else []
        for one in family or [name]:
            agreement = named(one)
            if found.setdefault(agreement.id, agreement) != agreement:
                raise AgreementError(f"{one}: another agreement of the id {agreement.id!r} was given: change the id in one file")
    return list(found.values()) or list(shipped().values())


def shipped_names() -> list[str]:
    """The ids of the shipped agreements, without reading the files."""
    return sorted(path.stem for path in _SHIPPED.glob("*.toml"))

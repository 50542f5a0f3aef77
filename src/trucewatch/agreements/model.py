"""An agreement as data: parties, zones, provisions, exceptions, windows (schema ``trucewatch/agreement/1``).

"Provision" is the legal word for a clause of an agreement; "clause" is kept for the grammatical one. Facts in our own
short words: a paraphrase is no quotation. Coordinates are degrees (WGS 84), ``(longitude, latitude)`` as in GeoJSON
(RFC 7946); distances are kilometres; moments are local, half-open: ``from`` belongs to a span, ``to`` does not.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from trucewatch.incident import Both
from trucewatch.record import MODES, ActorKind, EventType

ProvisionKind = Literal[
    "cessation", "withdrawal_line", "weapons", "presence", "observer_access", "humanitarian_access", "prisoners",
    "consultation", "no_pretext", "movement", "other",
]  # fmt: skip
"""What a provision is about: cessation of hostilities, withdrawal behind a line, weapons, presence and posts, access for
observers, humanitarian access, prisoners, consultation and hotlines, no new pretext, freedom of movement, anything else."""
Role = Literal["party", "guarantor", "addressee", "mediator", "monitor", "listed", "protected"]
"""``party``: bound by its own consent; ``guarantor``: vouches for others; ``addressee``: spoken of as bound without having
signed; ``monitor``: observers and peacekeepers; ``listed``: groups that an exception names; ``protected``: whom a
provision shields (civilians, aid workers)."""
Duty = Literal["refrain", "ensure", "fulfil"]
"""``refrain``: not to do it; ``ensure``: to see to it that others do not; ``fulfil``: to do something."""

Position = tuple[float, float]
Ring = list[Position]


def _moment(value: Any) -> Any:
    """A date or date-time of the file's own kind, or an ISO text, as the record writes it; the type sees to the rest."""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None).isoformat(timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        try:
            found = dt.datetime.fromisoformat(value).replace(tzinfo=None)
        except ValueError:
            raise ValueError(f"{value!r} is no date: write one such as 2020-03-06 or 2020-03-06T00:01") from None
        return found.date().isoformat() if len(value) <= 10 else found.isoformat(timespec="minutes")
    return value


Moment = Annotated[str, BeforeValidator(_moment)]
"""ISO date or date-time to the minute, local time of the place."""
Id = Annotated[str, Field(min_length=1, max_length=200)]


def _forward(start: str | None, end: str | None) -> None:
    """Raises ``ValueError`` where a span is empty: a date is its first moment."""
    if start is not None and end is not None and dt.datetime.fromisoformat(end) <= dt.datetime.fromisoformat(start):
        raise ValueError(f"to = {end} is not after from = {start}")


class _Model(BaseModel):
    """Base of all types of an agreement file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, serialize_by_alias=True, frozen=True)


def _codes(value: list[str]) -> list[str]:
    """ISO 3166-1 alpha-2 codes; raises ``ValueError`` for anything else."""
    for code in value:
        if not re.fullmatch(r"[A-Z]{2}", code):
            raise ValueError(f"{code!r} is no ISO code of a country: write two capitals such as SY")
    return value


class Span(_Model):
    """A half-open span of time; an open end is ``None``."""

    from_: Moment | None = Field(default=None, alias="from")
    to: Moment | None = None

    @model_validator(mode="after")
    def _forward(self) -> Span:
        _forward(self.from_, self.to)
        return self


class Window(Span):
    """A span in which the agreement holds: the first one, or an extension."""

    kind: Literal["initial", "extension"] = "initial"
    parties: list[str] = Field(default_factory=list)
    """For whom; empty: for all."""
    declared: Moment | None = None
    """When it was announced."""


class Party(_Model):
    """Somebody whom the agreement speaks of, and how reports' actors are known as them.

    An actor is this party if its state is among ``states``, its register name or Wikidata id among ``groups`` or
    ``organisations``, or its kind among ``kinds``. An armed group without a name ("Rebellen") in one of the countries
    ``unnamed_in`` may be it; it is it for certain where ``unnamed_certain`` says that no other can be meant.
    """

    id: Id
    name: Both
    role: Role = "party"
    signed: Moment | None = None
    """When it signed or declared it; ``None`` where it did not."""
    in_force: Span | None = None
    """Where it holds for this party at another time than the windows say."""
    states: list[str] = Field(default_factory=list)
    """ISO 3166-1 alpha-2 codes: governments, forces and officials of these states."""
    groups: list[str] = Field(default_factory=list)
    organisations: list[str] = Field(default_factory=list)
    kinds: list[ActorKind] = Field(default_factory=list)
    unnamed_in: list[str] = Field(default_factory=list)
    unnamed_certain: bool = False

    @field_validator("states", "unnamed_in")
    @classmethod
    def _codes(cls, value: list[str]) -> list[str]:
        return _codes(value)


class Unit(_Model):
    """A named administrative unit: a country, or a province, district or town as reports and gazetteers name it."""

    country: str
    name: str | None = None
    """Name of the unit in the gazetteer or in reports; ``None``: the whole country."""
    geonames: int | None = None
    also: list[str] = Field(default_factory=list)
    """Further spellings."""
    drawn: bool = True
    """``false``: a name under which reports mean the zone, whose shape the zone's polygons give."""

    @field_validator("country")
    @classmethod
    def _code(cls, value: str) -> str:
        return _codes([value])[0]


class Zone(_Model):
    """An area: one or more of polygons, a line with a buffer, a point with a radius, named units.

    Several of them in one zone are taken together. ``within`` cuts it to another zone, ``minus`` takes others out.
    """

    id: Id
    name: Both
    note: Both | None = None
    approximate: bool = True
    accuracy_km: float = Field(default=5.0, ge=0, le=200)
    """How far the drawn edge may be from the true one."""
    countries: list[str] = Field(default_factory=list)
    """ISO codes of the only countries that it lies in: what is told to be in another one is outside, however near."""
    polygons: list[Ring] = Field(default_factory=list)
    """Outer rings; closed or not."""
    geojson: str | None = None
    """File beside the agreement's, with ``#id`` of a feature where it holds several."""
    line: list[Position] = Field(default_factory=list)
    buffer_km: float | tuple[float, float] | None = None
    """Half width around the line; two numbers where the text gives a range ("15 to 20 km")."""
    side: Literal["both", "left", "right"] = "both"
    """Which side of the line, looking from its first point on."""
    point: Position | None = None
    radius_km: float | tuple[float, float] | None = None
    units: list[Unit] = Field(default_factory=list)
    within: str | None = None
    minus: list[str] = Field(default_factory=list)

    @field_validator("polygons", "line", "point", mode="after")
    @classmethod
    def _on_earth(cls, value: Any) -> Any:
        for lon, lat in _positions(value):
            if not (-360 <= lon <= 360 and -90 <= lat <= 90):
                raise ValueError(f"[{lon}, {lat}] is no place on the earth: write [longitude, latitude] in degrees")
        return value

    @field_validator("countries")
    @classmethod
    def _known(cls, value: list[str]) -> list[str]:
        return _codes(value)

    @field_validator("buffer_km", "radius_km", mode="before")
    @classmethod
    def _width(cls, value: Any) -> Any:
        ends = value if isinstance(value, list | tuple) else [value, value]
        told = len(ends) == 2 and all(isinstance(x, int | float) and not isinstance(x, bool) for x in ends)
        if value is not None and not (told and 0 < ends[0] <= ends[1] <= 5000):
            raise ValueError("no distance: write kilometres above 0, for a range [15, 20] from the smaller to the larger")
        return value

    @model_validator(mode="after")
    def _whole(self) -> Zone:
        for ring in self.polygons:
            if len({tuple(p) for p in ring}) < 3:
                raise ValueError("a polygon needs three points or more")
        if bool(self.line) != (self.buffer_km is not None):
            raise ValueError("line and buffer_km go together")
        if len(self.line) == 1:
            raise ValueError("a line needs two points or more")
        if (self.point is not None) != (self.radius_km is not None):
            raise ValueError("point and radius_km go together")
        drawn = any(unit.drawn for unit in self.units)
        if not (self.polygons or self.geojson or self.line or self.point is not None or drawn or self.within):
            raise ValueError("says nowhere: give polygons, geojson, line, point, units or within")
        return self


def _positions(value: Any) -> Iterable[Position]:
    if value is None:
        return
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], float | int):
        yield value
        return
    for part in value:
        yield from _positions(part)


class Act(_Model):
    """Acts in the codebook's terms; no modes: all of the type, also where a report names none."""

    type: EventType
    modes: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _known(self) -> Act:
        for mode in self.modes:
            if mode not in MODES[self.type]:
                known = ", ".join(sorted(MODES[self.type])) or "none"
                raise ValueError(f"{mode!r} is no mode of {self.type}: {known}")
        return self


class ListedException(_Model):
    """What a provision does not cover: acts against, or by, these; of these kinds; in these zones."""

    id: Id
    text: Both
    targets: list[str] = Field(default_factory=list)
    actors: list[str] = Field(default_factory=list)
    acts: list[Act] = Field(default_factory=list)
    where: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _says(self) -> ListedException:
        if not (self.targets or self.actors or self.acts or self.where):
            raise ValueError("excepts nothing: give targets, actors, acts or where")
        return self


class Provision(_Model):
    """One clause: whom it binds, what it forbids or demands, where, from when to when, save what."""

    id: Id
    kind: ProvisionKind
    title: Both
    text: Both
    """Our own short paraphrase."""
    source: str | None = None
    """Where it stands: "para. 2", "Art. 4"."""
    duty: Duty = "refrain"
    binds: list[str]
    """Ids of the parties that have the duty."""
    acts_by: list[str] = Field(default_factory=list)
    """Ids of those whose acts are meant; empty: of those it binds. ``["anyone"]``: whoever does it."""
    against: list[str] = Field(default_factory=list)
    """Ids of those whom the act must be done to; empty: no matter to whom."""
    forbids: list[Act] = Field(default_factory=list)
    demands: list[Act] = Field(default_factory=list)
    where: list[str] = Field(default_factory=list)
    """Ids of zones; empty: the agreement's area."""
    from_: Moment | None = Field(default=None, alias="from")
    to: Moment | None = None
    deadline: Moment | None = None
    """For a demand: by when."""
    exceptions: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _whole(self) -> Provision:
        if not self.forbids and not self.demands:
            raise ValueError("neither forbids nor demands anything")
        if not self.binds:
            raise ValueError("binds nobody: give the ids of the parties that have the duty")
        _forward(self.from_, self.to)
        return self


class Reference(_Model):
    """Where the text of the agreement can be read."""

    title: str
    url: str | None = None
    symbol: str | None = None
    """Document symbol, such as S/RES/1701 (2006)."""


ANYONE = "anyone"
"""In ``acts_by``: no matter who does it."""


class Agreement(_Model):
    """One agreement, declaration or resolution."""

    schema_: Literal["trucewatch/agreement/1"] = Field(default="trucewatch/agreement/1", alias="schema")
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=200)
    title: Both
    form: Literal["unilateral", "bilateral", "multilateral"]
    medium: Literal["written", "verbal"] = "written"
    signed: Moment
    windows: list[Window] = Field(min_length=1)
    """When it holds; extensions are further windows."""
    predecessors: list[str] = Field(default_factory=list)
    successors: list[str] = Field(default_factory=list)
    references: list[Reference] = Field(default_factory=list)
    note: Both | None = None
    """What is left out or unsure."""
    area: list[str] = Field(default_factory=list)
    """Zones that hold for provisions without zones of their own."""
    parties: list[Party] = Field(min_length=1)
    zones: list[Zone] = Field(default_factory=list)
    exceptions: list[ListedException] = Field(default_factory=list)
    provisions: list[Provision] = Field(min_length=1)

    def party(self, name: str) -> Party:
        """The party of this id."""
        return next(p for p in self.parties if p.id == name)

    def zone(self, name: str) -> Zone:
        """The zone of this id."""
        return next(z for z in self.zones if z.id == name)

    def provision(self, name: str) -> Provision:
        """The provision of this id; raises ``KeyError``."""
        for provision in self.provisions:
            if provision.id == name:
                return provision
        raise KeyError(name)

    @property
    def countries(self) -> frozenset[str]:
        """ISO codes of the countries that its zones lie in, as far as the file says."""
        return frozenset(c for z in self.zones for c in (*z.countries, *(u.country for u in z.units)))

    def zones_of(self, provision: Provision) -> list[str]:
        """Ids of the zones in which a provision holds."""
        return provision.where or self.area


def faults(agreement: Agreement) -> Iterable[tuple[tuple[str | int, ...], str]]:
    """What does not fit together in a file whose single values are right: (path of keys, what to do)."""
    ids: dict[str, list[str]] = {}
    found: dict[str, frozenset[str]] = {}
    for name in ("parties", "zones", "exceptions", "provisions"):
        ids[name] = [x.id for x in getattr(agreement, name)]
        found[name] = frozenset(ids[name])
        for again in (i for i, n in Counter(ids[name]).items() if n > 1):
            yield (name, len(ids[name]) - 1 - ids[name][::-1].index(again), "id"), f"{again!r} is there twice"

    def unknown(path: tuple[str | int, ...], named: Iterable[str], among: str) -> Iterable[tuple[Any, str]]:
        for name in named:
            if name not in found[among]:
                known = ", ".join(ids[among][:50]) or "none"
                yield path, f"{name!r} is not among the {among} of this file ({known})"

    if ANYONE in ids["parties"]:
        yield ("parties", ids["parties"].index(ANYONE), "id"), f"{ANYONE!r} means whoever does it: choose another id"
    yield from unknown(("area",), agreement.area, "zones")
    for n, window in enumerate(agreement.windows):
        yield from unknown(("windows", n, "parties"), window.parties, "parties")
    for n, zone in enumerate(agreement.zones):
        yield from unknown(("zones", n, "within"), [zone.within] if zone.within else [], "zones")
        yield from unknown(("zones", n, "minus"), zone.minus, "zones")
        if zone.id in _ancestors(agreement, zone):
            yield ("zones", n, "within" if zone.within else "minus"), f"{zone.id!r} is cut to or from itself"
    for n, exception in enumerate(agreement.exceptions):
        for key in ("targets", "actors"):
            yield from unknown(("exceptions", n, key), getattr(exception, key), "parties")
        yield from unknown(("exceptions", n, "where"), exception.where, "zones")
    for n, provision in enumerate(agreement.provisions):
        path = ("provisions", n)
        yield from unknown((*path, "binds"), provision.binds, "parties")
        yield from unknown((*path, "acts_by"), [a for a in provision.acts_by if a != ANYONE], "parties")
        yield from unknown((*path, "against"), provision.against, "parties")
        yield from unknown((*path, "where"), provision.where, "zones")
        yield from unknown((*path, "exceptions"), provision.exceptions, "exceptions")
        if provision.forbids and not agreement.zones_of(provision):
            yield path, "holds nowhere: give where, or area for the whole agreement"


def _ancestors(agreement: Agreement, zone: Zone) -> set[str]:
    """Ids of the zones that this one is cut to or from, by all steps."""
    found: set[str] = set()
    todo = [zone]
    known = {z.id: z for z in agreement.zones}
    while todo:
        one = todo.pop()
        for name in (*([one.within] if one.within else []), *one.minus):
            if name not in found and name in known:
                found.add(name)
                todo.append(known[name])
    return found

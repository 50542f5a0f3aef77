"""The types of schema ``trucewatch/incident/1``: one happening, however many reports tell of it (ledgers, section 1).

An incident rests on its members: ``(report, event)`` pairs that lead to the words. Positions are ``(start, end)``,
half-open, in Unicode code points of the member's report. Nothing here knows how an incident is made.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from trucewatch.record import ActorKind, Bound, EventType, Harm, PlacePrecision, Span, TimePrecision, VoiceKind

Grade = Literal["contested", "confirmed", "corroborated", "reported", "claimed"]
Stance = Literal["asserts", "denies", "denies_responsibility", "accuses", "admits", "withdraws"]

INCIDENT_TYPES: frozenset[EventType] = frozenset(
    {"ASSAULT", "ADVANCE", "RETREAT", "MOBILIZE", "VIOLATE", "COERCE", "HARM", "DAMAGE", "AID", "PROTEST"}
)
"""The event types that make incidents; all others are speech, talk or standing states."""


class _Model(BaseModel):
    """Base of all incident types: unknown keys are errors, aliases are what is written."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Both(_Model):
    """The same sentence or title in German and in English."""

    de: str
    en: str


class IncidentPlace(_Model):
    """Where it happened, as precisely as the sources say; ``lat``/``lon`` in degrees (WGS 84), a middle for areas."""

    name: str
    kind: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2 code."""
    geonames: int | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision


class IncidentTime(_Model):
    """When it happened: half-open ISO bounds, local time."""

    from_: str | None = Field(default=None, alias="from")
    to: str | None = None
    precision: TimePrecision


class Party(_Model):
    """One actor or target over all members; ``acts_for`` names the side it belongs to."""

    name: str
    kind: ActorKind
    entity: str | None = None
    acts_for: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2 code of the state whose side it is, where known."""
    side: str | None = None
    """Key of its side: ``S:TR`` a state with its government, forces and officials, ``G:…`` an armed group, ``O:…`` an
    organisation, ``M:…`` a medium, ``C:`` civilians, ``P:…`` unnamed people, ``?:…`` somebody whose side is not told."""
    unnamed: bool = False
    """A group without a name of its own ("Rebellen"): it may be any."""


class Withdrawn(_Model):
    """That whoever said it took it back: it stays in view and counts no more."""

    by: str
    when: str | None = None
    """When that was published, ISO date or date-time."""
    report: str
    event: str


class Figure(_Model):
    """One number as one source gave it, at one time."""

    low: int | None = None
    high: int | None = None
    approximate: bool = False
    total: bool = False
    source: str
    """The side or body that gave it, in words; the agency or outlet for a report's own word."""
    voice: VoiceKind
    report: str
    event: str
    said: str | None = None
    """When it was published, ISO date or date-time."""
    withdrawn: Withdrawn | None = None
    """Its source took it back or corrected it."""
    words: str | None = None
    """The number as the source wrote it ("mehr als 300")."""
    bound: Bound | None = None
    """What the words say of the number: ``more_than`` for "mehr als 300", whose ``low`` is 301."""


class IncidentLoss(_Model):
    """One harm to one group: the current range over the latest figure of each source, and every figure ever given."""

    harm: Harm
    who: str | None = None
    kind: Literal["civilians", "combatants"] | None = None
    """Whether the texts call them civilians or combatants; ``None`` where they do not say."""
    part_of_total: bool = False
    """A subset of another entry ("darunter 9 Kinder"): never to be added to it."""
    low: int | None = None
    high: int | None = None
    approximate: bool = False
    words: str | None = None
    """The figure that stands, as its source wrote it; ``None`` where several differ."""
    bound: Bound | None = None
    """What is said of the open end, or of the one number: ``more_than`` for "mehr als 300", whose ``low`` is 301."""
    history: list[Figure] = Field(default_factory=list)


class Member(_Model):
    """One event of one report that tells of this incident."""

    report: str
    name: str
    event: str
    type: EventType
    trigger: Span
    mentions: list[Span] = Field(default_factory=list)
    evidence: Span
    quote: str = ""
    """The words of the evidence, as they stand in the report."""
    origin: str
    voice: VoiceKind
    speaker: str | None = None
    via: str | None = None
    stance: Stance = "asserts"
    published: str | None = None
    publisher: str | None = None
    background: bool = False
    withdrawn: Withdrawn | None = None
    """Its speaker took it back."""


class Origins(_Model):
    """How many sources of text stand behind the members: never the number of outlets."""

    independent: int = 0
    unreviewed: int = 0
    copies: int = 0
    """Reports that add no origin: copies, rewrites and further texts of an agency already counted."""


class Charge(_Model):
    """One side that is said to have done it, with who says so and who denies it."""

    party: Party
    grade: Grade | None = None
    by: list[str] = Field(default_factory=list)
    denied_by: list[str] = Field(default_factory=list)
    admitted: bool = False
    """The side says so itself."""
    evidence: list[tuple[str, str]] = Field(default_factory=list)
    """(report, event) of those who say it or deny it."""


class Responsibility(_Model):
    """Who is blamed, by whom, and who denies or admits it; graded apart from the occurrence."""

    grade: Grade | None = None
    accused: list[str] = Field(default_factory=list)
    by: list[str] = Field(default_factory=list)
    denied_by: list[str] = Field(default_factory=list)
    admitted_by: list[str] = Field(default_factory=list)
    charges: list[Charge] = Field(default_factory=list)
    """The same for each accused side."""


class AppliedDecision(_Model):
    """What a person decided about this incident, in short; the whole stands in the store."""

    id: int
    kind: str
    who: str
    when: str
    why: str = ""
    field: str | None = None
    value: Any = None
    computed: Any = None
    """What the program had put where a person corrected a field."""


class Incident(_Model):
    """One happening, with all its members, figures, grade and reasons."""

    schema_: Literal["trucewatch/incident/1"] = Field(default="trucewatch/incident/1", alias="schema")
    id: str
    type: EventType
    mode: str | None = None
    title: Both
    places: list[IncidentPlace] = Field(default_factory=list)
    countries: list[str] = Field(default_factory=list)
    """ISO 3166-1 alpha-2 codes: where it was, or where no place is told, what the reports tell of around it."""
    time: IncidentTime | None = None
    actors: list[Party] = Field(default_factory=list)
    targets: list[Party] = Field(default_factory=list)
    losses: list[IncidentLoss] = Field(default_factory=list)
    members: list[Member]
    origins: Origins = Field(default_factory=Origins)
    grade: Grade
    why: Both
    responsibility: Responsibility = Field(default_factory=Responsibility)
    first_reported: str | None = None
    last_changed: str | None = None
    background: bool = False
    merged: list[str] = Field(default_factory=list)
    """Ids of incidents that turned out to be this one."""
    state: Literal["open", "accepted", "rejected"] = "open"
    """What people made of it: nothing yet, accepted, or rejected as no incident."""
    decisions: list[AppliedDecision] = Field(default_factory=list)

    def to_json(self, indent: int | None = None) -> str:
        """The incident as JSON text, keys in the ledgers' order; the same incident gives the same bytes."""
        return self.model_dump_json(indent=indent)

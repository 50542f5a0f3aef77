"""The types of the ledgers of contacts, promises and presences (ledgers, section 2): what parties have with each other.

Like an incident, each rests on its history: every line leads to a ``(report, event)`` pair, quotes its words and keeps
who says so, so that no claim ever becomes the report's own word. Positions are ``(start, end)``, half-open, in Unicode
code points of the line's report. Nothing here knows how a ledger is made.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from trucewatch.incident import IncidentPlace, IncidentTime, Party
from trucewatch.record import EventType, Span, VoiceKind

Form = Literal["phone", "meeting", "talks", "summit", "visit", "video", "hotline", "mediation"]
Level = Literal["heads", "ministers", "military", "experts", "envoys"]
ContactState = Literal["proposed", "agreed", "scheduled", "held", "postponed", "cancelled", "overdue", "no_news"]
ContactTold = Literal["proposed", "agreed", "scheduled", "held", "postponed", "cancelled", "refused", "denied"]
"""What one report tells of a contact: ``refused`` by one of those asked, ``denied`` that it took place."""
PromiseKind = Literal["promise", "demand", "threat"]
PromiseState = Literal["open", "met", "partly", "broken", "overdue", "withdrawn", "contested"]
PromiseTold = Literal["said", "met", "partly", "broken", "withdrawn", "refused", "alleged", "denied"]
"""What one line tells: the promise or demand itself, or what an incident shows of it."""
PresenceForm = Literal["observation_post", "unit", "checkpoint", "patrol"]
PresenceState = Literal["present", "surrounded", "attacked", "abandoned", "denied"]


class _Model(BaseModel):
    """Base of all ledger types: unknown keys are errors, aliases are what is written."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, serialize_by_alias=True)

    def to_json(self, indent: int | None = None) -> str:
        """As JSON text, keys in the ledgers' order; the same ledger gives the same bytes."""
        return self.model_dump_json(indent=indent)


class Line(_Model):
    """What one event of one report tells, on whose word."""

    report: str
    name: str
    event: str
    said: str | None = None
    """When the report was published, ISO date or date-time."""
    source: str | None = None
    """The side or body that says so; the agency or outlet for a report's own word; ``None`` where nobody is named."""
    voice: VoiceKind
    via: str | None = None
    quote: str
    """The words of the evidence, as they stand in the report."""
    evidence: Span
    time: IncidentTime | None = None
    """When it was or is to be, as this report tells."""


class ContactLine(Line):
    """What one report tells of a contact."""

    state: ContactTold


class Happened(_Model):
    """An event that a line leads to: the outcome of talks, the act that is promised or demanded."""

    report: str
    name: str
    event: str
    type: EventType
    mode: str | None = None
    quote: str
    actors: list[Party] = Field(default_factory=list)
    places: list[IncidentPlace] = Field(default_factory=list)
    negative: bool = False
    """That it does not happen is what is promised or demanded."""
    voice: VoiceKind | None = None
    source: str | None = None


class Contact(_Model):
    """One call, meeting, round of talks or visit, from its proposal to its outcome."""

    schema_: Literal["trucewatch/contact/1"] = Field(default="trucewatch/contact/1", alias="schema")
    id: str
    form: Form
    participants: list[Party] = Field(default_factory=list)
    level: Level | None = None
    topic: str | None = None
    place: IncidentPlace | None = None
    time: IncidentTime | None = None
    state: ContactState
    history: list[ContactLine]
    initiated_by: str | None = None
    outcome: list[Happened] = Field(default_factory=list)


class PromiseLine(Line):
    """What one report tells of a promise or demand, or one event of an incident that meets or breaks it."""

    state: PromiseTold
    incident: str | None = None
    """Id of the incident that shows it."""


class Promise(_Model):
    """One promise, demand or threat, with its deadline and what became of it."""

    schema_: Literal["trucewatch/promise/1"] = Field(default="trucewatch/promise/1", alias="schema")
    id: str
    kind: PromiseKind
    by: list[Party] = Field(default_factory=list)
    to: list[Party] = Field(default_factory=list)
    what: Happened
    deadline: str | None = None
    """ISO date, half-open: what is to be done by the end of February 2020 has 2020-03-01."""
    state: PromiseState
    late: bool = False
    """It was met after its deadline."""
    history: list[PromiseLine]


class PresenceLine(Line):
    """What one report tells of a post, unit or patrol."""

    state: PresenceState
    by: list[Party] = Field(default_factory=list)
    """Who surrounds or attacks, where told."""


class Presence(_Model):
    """Posts, units or patrols of one side at one place."""

    schema_: Literal["trucewatch/presence/1"] = Field(default="trucewatch/presence/1", alias="schema")
    id: str
    form: PresenceForm
    whose: Party
    places: list[IncidentPlace] = Field(default_factory=list)
    low: int | None = None
    high: int | None = None
    """How many, where a text says so: the range over the latest figure of each source."""
    since: str | None = None
    first_reported: str | None = None
    last_reported: str | None = None
    state: PresenceState
    history: list[PresenceLine]

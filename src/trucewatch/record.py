"""The types of schema ``trucewatch/1``: what one report becomes (codebook section 2).

Every position is ``(start, end)``, half-open, in Unicode code points of the report's text as given.
Nothing here knows how a record is made; every other room may import from this one.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Span = tuple[int, int]
"""``(start, end)``: half-open, in Unicode code points of the report's text."""

ActorKind = Literal[
    "person", "state", "government", "armed_forces", "armed_group", "organisation", "media", "civilians", "group"
]
PlacePrecision = Literal["exact", "place", "admin2", "admin1", "country", "region", "line"]
TimePrecision = Literal["minute", "hour", "part_of_day", "day", "week", "month", "season", "year", "longer", "vague"]
EventType = Literal[
    "ASSAULT", "ADVANCE", "RETREAT", "MOBILIZE", "PRESENCE", "VIOLATE", "COERCE", "HARM", "DAMAGE", "AGREE",
    "CONSULT", "COOPERATE", "SUPPORT", "AID", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE", "SANCTION",
    "PROTEST", "STATE",
]  # fmt: skip
Harm = Literal["killed", "wounded", "missing", "captured", "displaced"]
Bound = Literal[
    "at_least", "more_than", "up_to", "less_than", "about", "nearly", "several", "many", "dozens", "hundreds",
    "thousands", "tens_of_thousands", "hundreds_of_thousands", "millions",
]  # fmt: skip
"""What a source says of a number ("mehr als 300": more than 300), or says instead of one ("Dutzende": dozens)."""
ROUGH: frozenset[Bound] = frozenset(
    {
        "several", "many", "dozens", "hundreds", "thousands", "tens_of_thousands", "hundreds_of_thousands", "millions",
    }
)  # fmt: skip
"""The bounds that give only an order of size."""
VoiceKind = Literal["reporter", "attributed", "hearsay"]
Status = Literal["occurred", "ongoing", "planned", "demanded", "threatened", "possible", "habitual"]
Polarity = Literal["positive", "negative"]
SpeechKind = Literal["Direct", "Indirect", "Reported", "FreeIndirect", "IndirectFreeIndirect"]
TimeKind = Literal["date", "time", "duration", "set"]
Denies = Literal["occurrence", "responsibility", "content"]
"""What a denial turns down: that it happened, having done it, or what was said of it."""

MODES: dict[str, frozenset[str]] = {
    "ASSAULT": frozenset(
        "airstrike drone shelling missile small_arms clash bombing suicide mine execution raid shootdown".split()
    ),
    "ADVANCE": frozenset("advance seize incursion encircle".split()),
    "RETREAT": frozenset("withdraw surrender ceasefire_observed disarm release".split()),
    "MOBILIZE": frozenset("deploy reinforce fortify alert exercise supply_arms".split()),
    "PRESENCE": frozenset("observation_post unit checkpoint patrol".split()),
    "VIOLATE": frozenset("ceasefire airspace withdrawal_line other".split()),
    "COERCE": frozenset("arrest abduct restrict_movement blockade sanction_of_people expel jam".split()),
    "HARM": frozenset("killed wounded missing displaced captured".split()),
    "DAMAGE": frozenset("housing hospital school infrastructure military".split()),
    "AGREE": frozenset("ceasefire zone prisoner_exchange meeting aid_access other".split()),
    "CONSULT": frozenset("phone meeting talks summit visit video hotline mediation".split()),
    "COOPERATE": frozenset("military intelligence diplomatic economic".split()),
    "SUPPORT": frozenset("military political financial".split()),
    "AID": frozenset("food medical evacuation shelter".split()),
    "REQUEST": frozenset("ceasefire withdrawal talks aid investigation other".split()),
    "ACCUSE": frozenset(),
    "REJECT": frozenset("denial refusal".split()),
    "THREATEN": frozenset("force ultimatum sanctions other".split()),
    "CONCEDE": frozenset("admit apologise offer ease".split()),
    "SANCTION": frozenset(),
    "PROTEST": frozenset(),
    "STATE": frozenset(
        "assert justify concern disclaim_knowledge claim_responsibility condolence welcome announce estimate".split()
    ),
}
"""The modes that each event type may have (codebook section 4); ``None`` is always allowed."""


class _Model(BaseModel):
    """Base of all record types: unknown keys are errors, aliases are what is written."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, serialize_by_alias=True)


OFF_TOPIC = "held to be about something else"
"""How the note on a report begins whose possible events are withheld; the evidence and their number follow."""


class ReportInfo(_Model):
    """What is known of the report itself (codebook section 2)."""

    id: str
    language: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    agencies: list[str] = Field(default_factory=list)
    datelines: list[str] = Field(default_factory=list)
    characters: int
    encoding: str | None = None
    """Encoding that the bytes were decoded from; ``None`` where the report came as text."""
    notes: list[str] = Field(default_factory=list)
    """Plain words on what was unusual in the input (NUL bytes removed, mark-up found, text cut …), and ``OFF_TOPIC``."""

    @property
    def off_topic(self) -> str | None:
        """The note that the report is held to be about something else, so that possible events are withheld; else None."""
        return next((note for note in self.notes if note.startswith(OFF_TOPIC)), None)


class Actor(_Model):
    """One referent that acts, suffers or speaks, with all its mentions (codebook section 3)."""

    id: str
    name: str
    kind: ActorKind
    entity: str | None = None
    acts_for: str | None = None
    label_by: str | None = None
    mentions: list[Span] = Field(default_factory=list)
    country: str | None = None
    """ISO 3166-1 alpha-2: the state whose side the actor belongs to, where the text or the register shows it."""


class Place(_Model):
    """A place that the report ties to its events (codebook section 8)."""

    id: str
    name: str
    kind: str
    country: str | None = None
    geonames: int | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision
    mentions: list[Span] = Field(default_factory=list)


class TimeSpan(_Model):
    """When an event was: half-open ISO bounds, local (codebook section 7)."""

    from_: str | None = Field(default=None, alias="from")
    to: str | None = None
    precision: TimePrecision
    expression: Span | None = None


class Voice(_Model):
    """Who says so (codebook section 5)."""

    kind: VoiceKind
    speaker: str | None = None
    via: str | None = None
    cue: Span | None = None


class Loss(_Model):
    """One harm to one group (codebook section 9)."""

    harm: Harm
    who: str | None = None
    low: int | None = None
    high: int | None = None
    expression: Span | None = None
    approximate: bool = False
    total: bool = False
    part_of_total: bool = False
    voice: Voice | None = None
    words: str | None = None
    """The number as written, without the noun that is counted: "mehr als 300", "Dutzende" (codebook section 15)."""
    vague: bool = False
    """The words give only an order of size ("mehrere", "Dutzende")."""
    bound: Bound | None = None
    """What the words say of the number, in terms of no language: ``more_than`` for "mehr als 300", whose ``low`` is 301."""


class Count(_Model):
    """How many acts one event stands for (codebook section 10)."""

    low: int | None = None
    high: int | None = None
    bound: Bound | None = None
    """What the words say of the number: ``more_than`` for "mehr als 100", whose ``low`` is 101."""


class Event(_Model):
    """One happening of the report (codebook section 4)."""

    id: str
    type: EventType
    mode: str | None = None
    trigger: Span
    actors: list[str] = Field(default_factory=list)
    targets: list[str] = Field(default_factory=list)
    places: list[str] = Field(default_factory=list)
    time: TimeSpan | None = None
    losses: list[Loss] = Field(default_factory=list)
    count: Count | None = None
    status: Status = "occurred"
    polarity: Polarity = "positive"
    voice: Voice
    about: list[str] = Field(default_factory=list)
    background: bool = False
    denies: Denies | None = None
    """Of a REJECT, where its words tell (codebook section 15)."""
    withdraws: bool = False
    """It takes back or corrects its speaker's own earlier words, those that it is ``about``: a claim, a figure, a denial
    (codebook 13.32). It is neither a deed nor an admission."""
    mentions: list[Span] = Field(default_factory=list)
    evidence: Span
    rule: str
    why: list[str] = Field(default_factory=list, exclude=True)
    """How each field came about, for ``trucewatch explain``; not part of the written record."""


class Speech(_Model):
    """One stretch of reported speech (codebook section 11)."""

    kind: SpeechKind
    content: list[Span]
    speaker: list[Span] = Field(default_factory=list)
    speaker_actor: str | None = None
    cue: list[Span] = Field(default_factory=list)
    addressee: list[Span] = Field(default_factory=list)
    frame: list[Span] = Field(default_factory=list)


class TimeExpression(_Model):
    """One temporal expression of the text (codebook section 12)."""

    expression: Span
    from_: str | None = Field(default=None, alias="from")
    to: str | None = None
    precision: TimePrecision
    kind: TimeKind


class Record(_Model):
    """Everything that reading one report gave, in schema ``trucewatch/1``."""

    schema_: Literal["trucewatch/1"] = Field(default="trucewatch/1", alias="schema")
    report: ReportInfo
    actors: list[Actor] = Field(default_factory=list)
    places: list[Place] = Field(default_factory=list)
    events: list[Event] = Field(default_factory=list)
    speech: list[Speech] = Field(default_factory=list)
    times: list[TimeExpression] = Field(default_factory=list)
    _text: str = ""

    @property
    def text(self) -> str:
        """The report's text that all spans point into (not part of the written record)."""
        return self._text

    def to_json(self, indent: int | None = 1) -> str:
        """The record as JSON text, keys in the codebook's order; the same record gives the same bytes."""
        return self.model_dump_json(indent=indent)

    def quote(self, span: Span) -> str:
        """The words that ``span`` points at.

        >>> record = Record(report=ReportInfo(id="x", language="de", characters=0))
        >>> record.quote((0, 0))
        ''
        """
        return self._text[span[0] : span[1]]

    def _repr_html_(self) -> str:
        """The rich display in notebooks: the text with its marks, linked to what was found."""
        from trucewatch.reporting.html import fragment  # the one look back: shown, not built, by a later room

        return fragment(self)

    def model_post_init(self, context: Any) -> None:
        return None

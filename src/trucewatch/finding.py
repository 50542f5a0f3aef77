"""The types of schema ``trucewatch/finding/1``: an incident held against one provision (ledgers, section 3).

No finding says that someone is guilty. It says what was reported, by whom, against which words of an agreement.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from trucewatch.incident import Both

Result = Literal[
    "outside", "not_covered", "exempt", "undetermined", "alleged", "contested", "corroborated", "admitted"
]  # fmt: skip
RESULTS: tuple[Result, ...] = (
    "outside", "not_covered", "exempt", "undetermined", "alleged", "contested", "corroborated", "admitted",
)  # fmt: skip
"""From what says least to what says most."""
Test = Literal["party", "act", "place", "time", "exception", "grade"]
Support = Literal["alleged", "contested", "corroborated", "admitted"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Evidence(NamedTuple):
    """Leads to the words: an event of a report. In JSON a pair, ``[report, event]``, as in the ledgers."""

    report: str
    event: str


class Reason(_Model):
    """One step of the chain. ``holds``: yes, no, or it cannot be told."""

    test: Test
    holds: bool | None
    value: Support | None = None
    """For the test ``grade``: how well it is supported that a bound party did it; ``None``: nobody says so."""
    claimed: bool = False
    """It cannot be told from what is reported, but who calls the act a breach says it with that."""
    because: Both
    evidence: list[Evidence] = Field(default_factory=list)


class Finding(_Model):
    """What can be said of one incident under one provision, with the chain of reasons that it follows from."""

    schema_: Literal["trucewatch/finding/1"] = Field(default="trucewatch/finding/1", alias="schema")
    agreement: str
    provision: str
    incident: str
    result: Result
    by: list[str] = Field(default_factory=list)
    """Who says that a bound party did it."""
    parties: list[str] = Field(default_factory=list)
    """Ids of the agreement's parties that are said to have done it."""
    share_inside: float | None = None
    """Share of the area where the incident may lie that is inside the provision's zones (0 to 1)."""
    bearing: Literal["contrary", "fulfilling"] | None = None
    """Whether the act is one that the provision forbids, or one that it demands."""
    reasons: list[Reason]
    missing: list[str] = Field(default_factory=list)
    """What would have to be known to say more: party, act, place, time, target, source, agreement_of_sources."""


def result_of(reasons: list[Reason]) -> Result:
    """The result follows from the reasons alone.

    A test that fails ends it: place or time → ``outside``, act or party → ``not_covered``; an exception that holds →
    ``exempt``. What cannot be told of place, time, act or party leaves it ``undetermined``; what somebody claims of it by
    speaking of a breach, and an exception that cannot be told, leave it at most ``alleged`` or ``contested``.

    >>> result_of([Reason(test="place", holds=False, because=Both(de="", en=""))])
    'outside'
    """
    holds = {r.test: r.holds for r in reasons}
    if holds.get("time") is False or holds.get("place") is False:
        return "outside"
    if holds.get("act") is False or holds.get("party") is False:
        return "not_covered"
    if holds.get("exception") is True:
        return "exempt"
    told = {r.test: r.holds is True or r.claimed for r in reasons}
    value = next((r.value for r in reasons if r.test == "grade"), None)
    if not all(told.get(test) for test in ("time", "place", "act", "party")) or value is None:
        return "undetermined"
    if None in holds.values() and value in ("corroborated", "admitted"):
        return "alleged"
    return value

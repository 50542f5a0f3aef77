"""Holds incidents against an agreement: for every provision what can be said, with the chain of reasons.

The chain is asked in order: time, place, act, party, exception, grade. It ends at the first test that fails; what cannot be
told stays in it as such. The result follows from the reasons alone (``finding.result_of``): no finding says more than its
sources, and none says that somebody is guilty (ledgers, section 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from trucewatch.agreements import quick, wording
from trucewatch.agreements.matching import any_party, countries_of, is_act, is_breach
from trucewatch.agreements.model import ANYONE, Agreement, ListedException, Party, Provision
from trucewatch.agreements.when import Interval, interval_of, joined, spans_of, within
from trucewatch.agreements.wording import (
    act_of,
    both_listed,
    countries_listed,
    listed,
    percent,
    places_listed,
    said,
    word,
)
from trucewatch.agreements.zones import Area, Within, area_of, countries_told
from trucewatch.finding import Evidence, Finding, Reason, Result, Support, Test, result_of
from trucewatch.incident import Both, Charge, Incident, IncidentPlace, Responsibility
from trucewatch.incident import Party as Side
from trucewatch.linking.places import finest


def assess(incidents: Iterable[Incident], agreement: Agreement | Sequence[Agreement]) -> Iterator[Finding]:
    """The findings of all incidents under all provisions of one agreement or of several; those of ``outside`` as well.

    They come incident by incident, in the order of the agreements and of their provisions. Raises ``AgreementError`` where
    a zone of an agreement has no area.

    >>> from trucewatch import link, read
    >>> from trucewatch.agreements.load import named
    >>> told = "Kiew (dpa) - Die Separatisten haben am Montag nach Angaben der Armee den Ort Awdijiwka beschossen."
    >>> found = assess(link([read(told, published="2015-03-03")]), named("minsk-2-2015"))
    >>> next(f.result for f in found if f.provision == "ceasefire")
    'alleged'
    """
    agreements = [agreement] if isinstance(agreement, Agreement) else agreement
    assessors = [Assessor(a) for a in agreements]
    for incident in incidents:
        facts = Facts(incident)
        for assessor in assessors:
            yield from assessor.findings(facts)


class Assessor:
    """Some provisions of an agreement made ready to be asked together; all of them where none are named."""

    def __init__(self, agreement: Agreement, provisions: Sequence[Provision] | None = None) -> None:
        self.agreement = agreement
        self.rules = [Rule(agreement, p) for p in (agreement.provisions if provisions is None else provisions)]
        self.spans = joined(span for rule in self.rules for span in rule.spans)
        self._span = wording.spans_of(self.spans)
        areas = [rule.area for rule in self.rules]
        told = [area.countries for area in areas if area is not None and area.countries]
        self.countries = frozenset().union(*told) if told and len(told) == len(areas) else frozenset()
        """The only countries that any of the provisions is about; empty where that is not told."""

    def findings(self, facts: Facts) -> Iterator[Finding]:
        """What can be said of an incident under each provision, in their order."""
        far = self._far(facts)
        if far is None:
            for rule in self.rules:
                yield rule.finding(facts)
            return
        reasons, share = far
        for rule in self.rules:
            yield rule.made(facts, "outside", reasons, share=share)

    def _far(self, facts: Facts) -> tuple[list[Reason], float | None] | None:
        """The reasons for which an incident is outside all of the provisions at once, where it is long ago or far away."""
        if self.spans and within(facts.interval, self.spans) is False and facts.interval.told:
            because = said("time", "outside", when=facts.when, span=self._span)
            return [quick.reason("time", False, because)], None
        if self.countries and facts.elsewhere(self.countries):
            because = said("place", "elsewhere", where=facts.where)
            return [quick.reason("place", False, because)], 0.0
        return None


class Facts:
    """What findings need of one incident, each worked out once."""

    def __init__(self, incident: Incident) -> None:
        self.incident = incident
        self.interval = interval_of(incident)
        self.countries = countries_of(incident)
        self.charges = charges_of(incident)
        self.times: dict[tuple[Interval, ...], Reason] = {}
        """Spans of provisions -> the step of the chain on time: many provisions share theirs."""
        self.spots: dict[tuple[str, ...], tuple[Reason, float | None]] = {}
        """Zones (behind their agreement's id) -> the step on place, and the share inside."""

    @cached_property
    def when(self) -> Both:
        """The time in words."""
        return wording.span_of(self.interval)

    @cached_property
    def places(self) -> list[IncidentPlace]:
        """The most precise places; where only a country is told, that."""
        return finest(self.incident.places)

    @cached_property
    def where(self) -> Both:
        """The places in words; where none is told, the countries that the reports tell of."""
        if not self.places and self.incident.countries:
            return said("words", "in_countries", countries=countries_listed(self.incident.countries))
        return places_listed(self.places, "unknown_place")

    @cached_property
    def around(self) -> list[IncidentPlace]:
        """The countries that the reports tell of, as places: where an incident without a place of its own may have been."""
        return [IncidentPlace(name=c, country=c, precision="country") for c in self.incident.countries]

    def elsewhere(self, countries: frozenset[str]) -> bool:
        """Whether it was in none of these countries: no place is in one, or the reports tell of others only."""
        if not self.places:
            return bool(self.incident.countries) and not countries & set(self.incident.countries)
        return all((told := countries_told(p)) and not told & countries for p in self.places)

    @cached_property
    def events(self) -> list[Evidence]:
        """The events that tell of it."""
        return [Evidence(m.report, m.event) for m in self.incident.members if m.stance == "asserts"]

    @cached_property
    def tellers(self) -> list[str]:
        """Who says that it happened: speakers, and for a report's own word its publisher."""
        told = (m.speaker or m.publisher for m in self.incident.members if m.stance in ("asserts", "admits"))
        return list(dict.fromkeys(name for name in told if name))

    @cached_property
    def denials(self) -> list[Evidence]:
        """The events that deny it or a part in it."""
        return [
            Evidence(m.report, m.event)
            for m in self.incident.members
            if m.stance in ("denies", "denies_responsibility")
        ]

    @cached_property
    def deniers(self) -> list[str]:
        """Who denies that it happened."""
        return list(dict.fromkeys(m.speaker for m in self.incident.members if m.stance == "denies" and m.speaker))

    def words_of(self, charges: Sequence[Charge]) -> list[Evidence]:
        """The events that these charges rest on."""
        return [Evidence(*pair) for pair in dict.fromkeys(p for c in charges for p in c.evidence)] or self.events


def charges_of(incident: Incident) -> list[Charge]:
    """Who is said to have done it; of an incident kept by an older version, from the names that it has."""
    blamed: Responsibility = incident.responsibility
    if blamed.charges:
        return blamed.charges
    return [
        Charge(party=side, grade=blamed.grade, by=blamed.by, denied_by=blamed.denied_by) for side in incident.actors
    ]


@dataclass(frozen=True, slots=True)
class _Accused:
    """Which charges are of sides that a provision means, for certain or perhaps, and which of its parties they are."""

    sure: list[Charge]
    maybe: list[Charge]
    parties: list[str]


class Rule:
    """One provision made ready to be asked."""

    def __init__(self, agreement: Agreement, provision: Provision) -> None:
        self.agreement, self.provision = agreement, provision
        self.bound = [agreement.party(p) for p in provision.binds]
        self.actors = (
            None if ANYONE in provision.acts_by else [agreement.party(p) for p in provision.acts_by] or self.bound
        )
        self.against = [agreement.party(p) for p in provision.against]
        self.spans = tuple(spans_of(agreement, provision, self.bound))
        self.span = wording.spans_of(self.spans)
        zones = agreement.zones_of(provision)
        self.area: Area | None = area_of(agreement, *zones) if zones else None
        names = [agreement.zone(z).name for z in zones]
        self.zone = Both(de=" / ".join(n.de for n in names), en=" / ".join(n.en for n in names))
        self.bound_names = both_listed([p.name for p in self.bound])
        self.exceptions = [e for e in agreement.exceptions if e.id in provision.exceptions]
        self._zones = (agreement.id, *zones)

    def finding(self, facts: Facts) -> Finding:
        """What can be said of an incident under this provision."""
        time = self._time(facts)
        if time.holds is False:
            return self.made(facts, "outside", [time])
        place, share = self._place(facts)
        if place.holds is False:
            return self.made(facts, "outside", [time, place], share=share)
        bearing, act = self._act(facts)
        if act.holds is False:
            return self.made(facts, "not_covered", [time, place, act], share=share, bearing=bearing)
        accused = self._accused(facts)
        reasons = [time, place, act, *self._who(facts, accused)]
        result = result_of(reasons)
        graded = self.actors is None and any(r.test == "grade" for r in reasons)
        return self.made(
            facts, result, reasons, share=share, bearing=bearing, parties=accused.parties,
            by=facts.tellers if graded else _speakers(accused.sure), missing=_missing(reasons, result, facts),
        )  # fmt: skip

    def made(self, facts: Facts, result: Result, reasons: list[Reason], **more: Any) -> Finding:
        """A finding under this provision."""
        return quick.finding(self.agreement.id, self.provision.id, facts.incident.id, result, reasons, **more)

    # -- time and place ------------------------------------------------------------------------------------------------

    def _time(self, facts: Facts) -> Reason:
        known = facts.times.get(self.spans)
        if known is None:
            known = facts.times[self.spans] = self._when(facts)
        return known

    def _when(self, facts: Facts) -> Reason:
        if not self.spans:
            return quick.reason("time", False, said("time", "never"))
        holds = within(facts.interval, self.spans)
        told = facts.interval.told
        if holds is True:
            name = "inside" if told else "bounded"
        elif holds is False:
            name = "outside"
        else:
            name = "partly" if told else "unknown"
        when = facts.when if name in ("inside", "outside", "partly") else wording.day_of(facts.incident.first_reported)
        return quick.reason("time", holds, said("time", name, when=when, span=self.span))

    def _place(self, facts: Facts) -> tuple[Reason, float | None]:
        known = facts.spots.get(self._zones)
        if known is None:
            known = facts.spots[self._zones] = self._where(facts)
        return known

    def _where(self, facts: Facts) -> tuple[Reason, float | None]:
        if self.area is None:
            return quick.reason("place", True, said("place", "nowhere")), None
        if self.area.countries and facts.elsewhere(self.area.countries):
            return quick.reason("place", False, said("place", "outside", where=facts.where, zone=self.zone)), 0.0
        found = self.area.holds(facts.places or facts.around)
        if not facts.places and found.holds is True:  # what the reports tell of around it is no place of its own
            found = Within(None, found.share)
        if found.holds is True:
            name = "inside"
        elif found.holds is False:
            name = "outside"
        elif is_breach(facts.incident) and (found.share is None or found.share > 0):
            return quick.reason("place", None, said("place", "claimed", zone=self.zone), claimed=True), found.share
        else:
            name = "unknown" if found.share is None or not facts.places else "possibly"
        share = percent(found.share, never_none=found.holds is None) if found.share is not None else ""
        because = said("place", name, where=facts.where, zone=self.zone, share=share)
        return quick.reason("place", found.holds, because), found.share

    # -- what was done, to whom ----------------------------------------------------------------------------------------

    def _act(self, facts: Facts) -> tuple[str | None, Reason]:
        incident = facts.incident
        act = act_of(incident)
        forbidden = is_act(incident, self.provision.forbids)
        if forbidden is False:
            if is_act(incident, self.provision.demands) and self._fulfils(facts):
                return "fulfilling", _reason("act", False, facts, "fulfilling", act=act)
            return None, _reason("act", False, facts, "other", act=act)
        if self.against:
            target = self._target(facts)
            if target.holds is not True:
                return ("contrary" if target.holds is None else None), target
        if forbidden is None:
            return "contrary", _reason("act", None, facts, "untold", act=act)
        return "contrary", _reason("act", True, facts, "contrary", act=act)

    def _fulfils(self, facts: Facts) -> bool:
        """Whether a demanded act was done by somebody whom the provision binds, and to whom it is meant."""
        if self.against and not _among(facts.incident.targets, self.against, facts.countries)[0]:
            return False
        sides = [*facts.incident.actors, *(c.party for c in facts.charges)]
        return any(any_party(side, self.bound, facts.countries)[0] for side in sides)

    def _target(self, facts: Facts) -> Reason:
        meant = both_listed([p.name for p in self.against])
        holds, whom = _among(facts.incident.targets, self.against, facts.countries)
        name = {True: "target", False: "not_target", None: "target_untold"}[holds]
        return _reason("act", holds, facts, name, whom=listed(whom, "unknown_target"), meant=meant)

    # -- who, save what, on whose word ---------------------------------------------------------------------------------

    def _accused(self, facts: Facts) -> _Accused:
        if self.actors is None:
            return _Accused(list(facts.charges), [], [])
        sure, maybe, ids = [], [], []
        for charge in facts.charges:
            found, party = any_party(charge.party, self.actors, facts.countries)
            if found:
                sure.append(charge)
                ids.append(party or "")
            elif found is None:
                maybe.append(charge)
        return _Accused(sure, maybe, list(dict.fromkeys(ids)))

    def _who(self, facts: Facts, accused: _Accused) -> list[Reason]:
        names = {"whom": listed((c.party.name for c in accused.sure or accused.maybe or facts.charges), "nobody")}
        if self.actors is None:
            found = [_reason("party", True, facts, "anyone", party=self.bound_names)]
            return self._supported(facts, accused, found)
        if not accused.sure:
            if accused.maybe:
                return [_reason("party", None, facts, "maybe", facts.words_of(accused.maybe), **names)]
            if facts.charges:
                return [_reason("party", False, facts, "not_bound", facts.words_of(facts.charges), **names)]
            return [_reason("party", None, facts, "nobody")]
        names["by"] = listed(_speakers(accused.sure), "somebody")
        names["party"] = self.bound_names
        own = all(not c.by and c.admitted for c in accused.sure)
        name = (
            ("ensure" if self.provision.duty == "ensure" else "bound")
            if not own
            else ("ensure_own" if self.provision.duty == "ensure" else "own")
        )
        found = [_reason("party", True, facts, name, facts.words_of(accused.sure), **names)]
        return self._supported(facts, accused, found)

    def _supported(self, facts: Facts, accused: _Accused, found: list[Reason]) -> list[Reason]:
        """The steps after the party: exceptions, and on whose word."""
        found = _one_exception([*found, *(self._exception(e, facts, accused) for e in self.exceptions)])
        if found[-1].test == "exception" and found[-1].holds is True:
            return found
        if self.actors is None:
            return [*found, _occurred(facts)]
        return [*found, _grade(facts, accused.sure, others=self.provision.duty == "ensure")]

    def _exception(self, exception: ListedException, facts: Facts, accused: _Accused) -> Reason:
        """Whether an exception applies: all that it names has to hold."""
        tests: list[tuple[bool | None, str, Both]] = []
        if exception.acts:
            tests.append((is_act(facts.incident, exception.acts), "holds_act", word("nobody")))
        if exception.targets:
            parties = [self.agreement.party(p) for p in exception.targets]
            holds, whom = _all_among(facts.incident.targets, parties, facts.countries)
            tests.append((holds, "holds" if holds else "untold", listed(whom, "unknown_target")))
        if exception.actors:
            parties = [self.agreement.party(p) for p in exception.actors]
            holds, whom = _all_among([c.party for c in accused.sure], parties, facts.countries)
            tests.append((holds, "holds_actor" if holds else "untold_actor", listed(whom, "nobody")))
        if exception.where:
            inside = area_of(self.agreement, *exception.where).holds(facts.places).holds
            tests.append((inside, "holds_act" if inside else "untold_place", word("nobody")))
        holds = all(t[0] for t in tests) if all(t[0] is not None for t in tests) else None
        if any(t[0] is False for t in tests):
            return _reason("exception", False, facts, "none")
        shown = next((t for t in tests if t[0] is holds), tests[0])
        return _reason("exception", holds, facts, shown[1], text=exception.text, whom=shown[2])


def _one_exception(reasons: list[Reason]) -> list[Reason]:
    """One step for all exceptions: the one that holds, else those that cannot be told, else that none does."""
    party, tested = reasons[0], reasons[1:]
    if not tested:
        return reasons
    sure = [r for r in tested if r.holds is True]
    untold = [r for r in tested if r.holds is None]
    return [party, (sure or untold or tested)[0]]


def _among(sides: Sequence[Side], parties: Sequence[Party], countries: frozenset[str]) -> tuple[bool | None, list[str]]:
    """Whether one of the sides is one of the parties, and the names that tell; no sides: cannot be told."""
    if not sides:
        return None, []
    found = [(any_party(side, parties, countries)[0], side.name) for side in sides]
    for holds in (True, None):
        names = [name for h, name in found if h is holds]
        if names:
            return holds, names
    return False, [name for _, name in found]


def _all_among(
    sides: Sequence[Side], parties: Sequence[Party], countries: frozenset[str]
) -> tuple[bool | None, list[str]]:
    """Whether all sides are among the parties: who is excepted shields nobody beside him. Some of them: cannot be told."""
    holds, names = _among(sides, parties, countries)
    if holds and not all(any_party(side, parties, countries)[0] for side in sides):
        return None, names
    return holds, names


_TOLD: dict[Support, bool | None] = {"admitted": True, "corroborated": True, "contested": False, "alleged": None}


def _occurred(facts: Facts) -> Reason:
    """How well it is supported that it happened, for a provision that asks not by whom."""
    incident = facts.incident
    by = listed(facts.tellers, "somebody")
    value: Support = "alleged"
    if incident.grade == "contested":
        against = listed(facts.deniers or incident.responsibility.denied_by, "others")
        value, because = "contested", said("grade", "occurrence_contested", by=by, against=against)
    elif incident.grade in ("corroborated", "confirmed"):
        value, because = "corroborated", said("grade", "occurrence_corroborated", by=by)
    else:
        because = said("grade", "occurrence_alleged", by=by)
    evidence = _once([*facts.events, *facts.denials])
    return quick.reason("grade", _TOLD[value], because, evidence, value)


def _grade(facts: Facts, charges: Sequence[Charge], others: bool) -> Reason:
    """How well it is supported that those sides did it: what can be said at most over all of them.

    ``others``: they are not those whom the provision binds; their word admits nothing for these.
    """
    incident = facts.incident
    whom, by = listed((c.party.name for c in charges), "nobody"), listed(_speakers(charges), "somebody")
    evidence = facts.words_of(charges)
    admitted = [c for c in charges if c.admitted and not c.denied_by]
    denied = [d for c in charges for d in c.denied_by] or list(incident.responsibility.denied_by)
    value: Support
    if incident.grade == "contested" and not admitted:
        against = listed(facts.deniers or denied, "others")
        value, because = "contested", said("grade", "contested_occurrence", whom=whom, by=by, against=against)
        evidence = [*evidence, *facts.denials]
    elif admitted:
        names = listed((c.party.name for c in admitted), "nobody")
        value = "corroborated" if others else "admitted"
        because = said("grade", "admitted", whom=names)
        evidence = facts.words_of(admitted)
    elif denied or incident.responsibility.grade == "contested" or any(c.grade == "contested" for c in charges):
        against = listed(denied, "others")
        value, because = "contested", said("grade", "contested", whom=whom, by=by, against=against)
        evidence = [*evidence, *facts.denials]
    elif incident.grade in ("corroborated", "confirmed") and any(c.grade == "corroborated" for c in charges):
        value, because = "corroborated", said("grade", "corroborated", whom=whom, by=by)
    else:
        value, because = "alleged", said("grade", "alleged", whom=whom, by=by)
    return quick.reason("grade", _TOLD[value], because, _once(evidence), value)


def _speakers(charges: Sequence[Charge]) -> list[str]:
    """Who says it: those who blame, and the sides that say it of themselves."""
    return list(dict.fromkeys([s for c in charges for s in (*c.by, *([c.party.name] if c.admitted else []))]))


def _once(evidence: Sequence[Evidence]) -> list[Evidence]:
    return list(dict.fromkeys(evidence))


def _reason(
    test: Test, holds: bool | None, facts: Facts, name: str, evidence: Sequence[Evidence] | None = None, **parts: Both
) -> Reason:
    found = facts.events if evidence is None else evidence
    return quick.reason(test, holds, said(test, name, **parts), found)


def _missing(reasons: Sequence[Reason], result: str, facts: Facts) -> list[str]:
    """What would have to be known to say more."""
    if result in ("outside", "not_covered", "exempt", "corroborated", "admitted"):
        return []
    found: list[str] = []
    for reason in reasons:
        if reason.holds is None and reason.test in ("time", "place", "party"):
            found.append(reason.test)
        elif reason.holds is None and reason.test == "exception":
            found.append("target")
        elif reason.holds is None and reason.test == "act":
            found.append("target" if not facts.incident.targets and facts.incident.mode else "act")
    value = next((r.value for r in reasons if r.test == "grade"), None)
    if value == "alleged":
        found.append("source")
    elif value == "contested":
        found.append("agreement_of_sources")
    return list(dict.fromkeys(found))

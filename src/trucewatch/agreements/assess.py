"""Holds incidents against an agreement: for every provision what can be said, with the chain of reasons.

The chain is asked in order: time, place, act, party, exception, grade. It ends at the first test that fails; what cannot be
told stays in it as such. The result follows from the reasons alone (``finding.result_of``): no finding says more than its
sources, and none says that somebody is guilty (ledgers, section 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from trucewatch.agreements import wording
from trucewatch.agreements.matching import any_party, countries_of, is_act, is_breach
from trucewatch.agreements.model import ANYONE, Agreement, ListedException, Party, Provision
from trucewatch.agreements.when import Interval, interval_of, spans_of, within
from trucewatch.agreements.wording import act_of, both_listed, listed, percent, said, word
from trucewatch.agreements.zones import Area, area_of
from trucewatch.finding import Evidence, Finding, Reason, Support, result_of
from trucewatch.incident import Both, Charge, Incident, IncidentPlace, Responsibility
from trucewatch.incident import Party as Side
from trucewatch.linking.places import RANK


def assess(incidents: Iterable[Incident], agreement: Agreement) -> Iterator[Finding]:
    """The findings of all incidents under all provisions of an agreement, in their order; those of ``outside`` as well.

    Raises ``AgreementError`` where a zone of the agreement has no area.

    >>> from trucewatch import link, read
    >>> from trucewatch.agreements.load import named
    >>> told = "Kiew (dpa) - Die Separatisten haben am Montag nach Angaben der Armee den Ort Awdijiwka beschossen."
    >>> found = assess(link([read(told, published="2015-03-03")]), named("minsk-2-2015"))
    >>> next(f.result for f in found if f.provision == "ceasefire")
    'alleged'
    """
    rules = [Rule(agreement, provision) for provision in agreement.provisions]
    for incident in incidents:
        facts = Facts(incident)
        for rule in rules:
            yield rule.finding(facts)


class Facts:
    """What findings need of one incident, each worked out once."""

    def __init__(self, incident: Incident) -> None:
        self.incident = incident
        self.interval = interval_of(incident)
        self.when = wording.span_of(self.interval)
        self.countries = countries_of(incident)
        self.charges = charges_of(incident)

    @cached_property
    def places(self) -> list[IncidentPlace]:
        """The most precise places; where only a country is told, that."""
        best = min((RANK.get(p.precision, 9) for p in self.incident.places), default=0)
        return [p for p in self.incident.places if RANK.get(p.precision, 9) == best]

    @cached_property
    def where(self) -> Both:
        """The places in words."""
        return listed((p.name for p in self.places), "unknown_place")

    @cached_property
    def events(self) -> list[Evidence]:
        """The events that tell of it."""
        return [Evidence(report=m.report, event=m.event, name=m.name) for m in self.incident.members if m.stance == "asserts"]

    @cached_property
    def tellers(self) -> list[str]:
        """Who says that it happened: speakers, and for a report's own word its publisher."""
        told = (m.speaker or m.publisher for m in self.incident.members if m.stance in ("asserts", "admits"))
        return list(dict.fromkeys(name for name in told if name))

    @cached_property
    def denials(self) -> list[Evidence]:
        """The events that deny it or a part in it."""
        return [
            Evidence(report=m.report, event=m.event, name=m.name)
            for m in self.incident.members
            if m.stance in ("denies", "denies_responsibility")
        ]

    @cached_property
    def deniers(self) -> list[str]:
        """Who denies that it happened."""
        return list(dict.fromkeys(m.speaker for m in self.incident.members if m.stance == "denies" and m.speaker))

    def words_of(self, charges: Sequence[Charge]) -> list[Evidence]:
        """The events that these charges rest on."""
        names = {m.report: m.name for m in self.incident.members}
        found = dict.fromkeys(pair for c in charges for pair in c.evidence)
        return [Evidence(report=r, event=e, name=names.get(r)) for r, e in found] or self.events


def charges_of(incident: Incident) -> list[Charge]:
    """Who is said to have done it; of an incident kept by an older version, from the names that it has."""
    blamed: Responsibility = incident.responsibility
    if blamed.charges:
        return blamed.charges
    return [Charge(party=side, grade=blamed.grade, by=blamed.by, denied_by=blamed.denied_by) for side in incident.actors]


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
        self.actors = None if ANYONE in provision.acts_by else [agreement.party(p) for p in provision.acts_by] or self.bound
        self.against = [agreement.party(p) for p in provision.against]
        self.spans = spans_of(agreement, provision, self.bound)
        self.span = wording.spans_of(self.spans)
        zones = agreement.zones_of(provision)
        self.area: Area | None = area_of(agreement, *zones) if zones else None
        names = [agreement.zone(z).name for z in zones]
        self.zone = Both(de=" / ".join(n.de for n in names), en=" / ".join(n.en for n in names))
        self.bound_names = both_listed([p.name for p in self.bound])
        self.exceptions = [e for e in agreement.exceptions if e.id in provision.exceptions]
        self._places: dict[tuple[object, ...], tuple[Reason, float | None]] = {}
        self._times: dict[tuple[Interval, str | None], Reason] = {}

    def finding(self, facts: Facts) -> Finding:
        """What can be said of an incident under this provision."""
        reasons: list[Reason] = []
        share: float | None = None
        bearing = None
        accused = _Accused([], [], [])
        time = self._time(facts)
        reasons.append(time)
        if time.holds is not False:
            place, share = self._place(facts)
            reasons.append(place)
            if place.holds is not False:
                bearing, act = self._act(facts)
                reasons.append(act)
                if act.holds is not False:
                    accused = self._accused(facts)
                    reasons.extend(self._who(facts, accused))
        result = result_of(reasons)
        by = _speakers(accused.sure) if self.actors is not None else facts.tellers
        if not any(r.test == "grade" for r in reasons):
            by = _speakers(accused.sure)
        return Finding.model_construct(
            schema_="trucewatch/finding/1", agreement=self.agreement.id, provision=self.provision.id,
            incident=facts.incident.id, result=result, by=by, parties=accused.parties,
            share_inside=share, bearing=bearing, reasons=reasons, missing=_missing(reasons, result, facts),
        )  # fmt: skip

    # -- time and place ------------------------------------------------------------------------------------------------

    def _time(self, facts: Facts) -> Reason:
        key = (facts.interval, None if facts.interval.told else facts.incident.first_reported)
        known = self._times.get(key)
        if known is None:
            known = self._times[key] = self._when(facts)
        return known

    def _when(self, facts: Facts) -> Reason:
        if not self.spans:
            return Reason(test="time", holds=False, because=said("time", "never"))
        holds = within(facts.interval, self.spans)
        told = facts.interval.told
        if holds is True:
            name = "inside" if told else "bounded"
        elif holds is False:
            name = "outside"
        else:
            name = "partly" if told else "unknown"
        when = facts.when if name in ("inside", "outside", "partly") else wording.day_of(facts.incident.first_reported)
        return Reason(test="time", holds=holds, because=said("time", name, when=when, span=self.span))

    def _place(self, facts: Facts) -> tuple[Reason, float | None]:
        if self.area is None:
            return Reason(test="place", holds=True, because=said("place", "nowhere")), None
        breach = is_breach(facts.incident)
        key = (breach, tuple((p.name, p.country, p.lat, p.lon, p.precision) for p in facts.places))
        known = self._places.get(key)
        if known is None:
            known = self._places[key] = self._where(facts, self.area, breach)
        return known

    def _where(self, facts: Facts, area: Area, breach: bool) -> tuple[Reason, float | None]:
        found = area.holds(facts.places)
        if found.holds is True:
            name = "inside"
        elif found.holds is False:
            name = "outside"
        elif breach and (found.share is None or found.share > 0):
            because = said("place", "claimed", zone=self.zone)
            return Reason(test="place", holds=None, claimed=True, because=because), found.share
        else:
            name = "unknown" if found.share is None else "possibly"
        share = percent(found.share, never_none=found.holds is None) if found.share is not None else ""
        because = said("place", name, where=facts.where, zone=self.zone, share=share)
        return Reason(test="place", holds=found.holds, because=because), found.share

    # -- what was done, to whom ----------------------------------------------------------------------------------------

    def _act(self, facts: Facts) -> tuple[str | None, Reason]:
        incident = facts.incident
        act = act_of(incident)
        forbidden = is_act(incident, self.provision.forbids)
        if forbidden is False:
            if is_act(incident, self.provision.demands):
                return "fulfilling", _reason("act", False, facts, "fulfilling", act=act)
            return None, _reason("act", False, facts, "other", act=act)
        if self.against:
            target = self._target(facts)
            if target.holds is not True:
                return ("contrary" if target.holds is None else None), target
        if forbidden is None:
            return "contrary", _reason("act", None, facts, "untold", act=act)
        return "contrary", _reason("act", True, facts, "contrary", act=act)

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
        name = ("ensure" if self.provision.duty == "ensure" else "bound") if not own else (
            "ensure_own" if self.provision.duty == "ensure" else "own"
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
            holds, whom = _among(facts.incident.targets, parties, facts.countries)
            tests.append((holds, "holds" if holds else "untold", listed(whom, "unknown_target")))
        if exception.actors:
            parties = [self.agreement.party(p) for p in exception.actors]
            holds, whom = _among([c.party for c in accused.sure], parties, facts.countries)
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
    return Reason(test="grade", holds=_TOLD[value], value=value, because=because, evidence=evidence)


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
    return Reason(test="grade", holds=_TOLD[value], value=value, because=because, evidence=_once(evidence))


def _speakers(charges: Sequence[Charge]) -> list[str]:
    """Who says it: those who blame, and the sides that say it of themselves."""
    return list(dict.fromkeys([s for c in charges for s in (*c.by, *([c.party.name] if c.admitted else []))]))


def _once(evidence: Sequence[Evidence]) -> list[Evidence]:
    return list({(e.report, e.event): e for e in evidence}.values())


def _reason(
    test: str, holds: bool | None, facts: Facts, name: str, evidence: Sequence[Evidence] | None = None, **parts: Both
) -> Reason:
    found = facts.events if evidence is None else evidence
    return Reason.model_construct(
        test=test, holds=holds, value=None, claimed=False, because=said(test, name, **parts), evidence=list(found)
    )


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


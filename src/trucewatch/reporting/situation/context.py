"""What every part of the situation report needs: numbers of incidents and sources, links to them, names, times, losses."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from trucewatch.agreements.situation import Situation, Source, touches
from trucewatch.agreements.wording import Language, day_of, said
from trucewatch.contact import Happened
from trucewatch.contact import Line as ToldLine
from trucewatch.finding import Finding
from trucewatch.incident import Both, Figure, Incident, IncidentLoss, IncidentPlace, IncidentTime, Member, Party
from trucewatch.knowledge.inflection import fill
from trucewatch.record import Loss
from trucewatch.reporting.incident_text import GRADE_SIGN, basis
from trucewatch.reporting.situation.document import Ref, Text
from trucewatch.reporting.situation.labels import Labels, labels
from trucewatch.reporting.view import clean
from trucewatch.reporting.words import Words, words

MOST_LINKS = 6
"""Links in a row; the others are counted, and the count leads to a list of them."""
_LONGEST = 420
"""Characters of a quotation."""


@dataclass(frozen=True, slots=True)
class Said:
    """One passage about an incident: events of one report with the same words, speaker and stance."""

    member: Member
    events: frozenset[str]
    anchor: str


class Context:
    """A situation in one language, with everything in it numbered."""

    def __init__(self, situation: Situation, language: Language) -> None:
        self.situation = situation
        self.language: Language = language
        self.said: Words = words(language)
        self.labels: Labels = labels(language)
        self.numbers = {i.id: n for n, i in enumerate(situation.incidents, 1)}
        self.incidents = {i.id: i for i in situation.incidents}
        self.agreements = sorted(situation.agreements, key=lambda a: (a.signed, a.id))
        self.agreement_numbers = {a.id: n for n, a in enumerate(self.agreements, 1)}
        self.states = sorted(situation.states, key=lambda s: self.agreement_numbers[s.agreement])

    # --- what touches ---

    def touching(self, incident: Incident) -> list[Finding]:
        """The findings under which an incident touches a provision; none where a person rejected it."""
        if incident.state == "rejected":
            return []
        return [f for f in self.situation.findings.get(incident.id, ()) if touches(f)]

    @cached_property
    def touched(self) -> list[Incident]:
        """The incidents that touch a provision, in the order of the report."""
        return [i for i in self.situation.incidents if self.touching(i)]

    @cached_property
    def others(self) -> list[Incident]:
        """The other incidents of the situation."""
        touched = {i.id for i in self.touched}
        return [i for i in self.situation.incidents if i.id not in touched]

    # --- links ---

    def incident(self, name: str) -> Ref | None:
        """The link to an incident of this report."""
        number = self.numbers.get(name)
        if number is None:
            return None
        title = self.both(self.incidents[name].title)
        return Ref(f"{self.labels.of('letters.incident')}{number}", anchor(f"i-{name}"), title)

    def incident_refs(self, names: Iterable[str], most: int = MOST_LINKS, rest: str = "timeline") -> tuple[Ref, ...]:
        """Links to incidents in their order; the last counts what is left out and leads to ``rest``."""
        found = sorted((n for n in set(names) if n in self.numbers), key=lambda n: self.numbers[n])
        return capped([r for n in found if (r := self.incident(n))], most, rest)

    def agreement(self, name: str) -> Ref:
        """The link to an agreement."""
        number = self.agreement_numbers[name]
        title = self.both(self.situation.agreement(name).title)
        return Ref(f"{self.labels.of('letters.agreement')}{number}", anchor(f"a-{name}"), title)

    def named(self, name: str) -> tuple[Text | Ref, ...]:
        """An agreement by its title, with the link."""
        return Text(self.both(self.situation.agreement(name).title)), self.agreement(name)

    def source(self, report: str, at: str | None = None) -> Ref:
        """The link to a source; ``at`` is the anchor of the very words."""
        number = self.source_numbers[report]
        return Ref(str(number), f"s-{number}", self.about(self.sources[number - 1]), at)

    def source_refs(self, reports: Iterable[str], rest: str = "sources", most: int = MOST_LINKS) -> tuple[Ref, ...]:
        """Links to sources, each once, in their order."""
        found = sorted({r for r in reports if r in self.source_numbers}, key=lambda r: self.source_numbers[r])
        return capped([self.source(r) for r in found], most, rest)

    def event_refs(self, incident: Incident, events: Iterable[tuple[str, str]]) -> tuple[Ref, ...]:
        """Links to the sources of events of an incident, at the words where the report quotes them; one a source."""
        found: dict[str, Ref] = {}
        for report, event in events:
            if report in self.source_numbers:
                at = next(
                    (s.anchor for s in self.sayings(incident) if s.member.report == report and event in s.events), None
                )
                found.setdefault(report, self.source(report, at))
        return capped(sorted(found.values(), key=lambda r: int(r.label)), MOST_LINKS, self.members_anchor(incident))

    def members_anchor(self, incident: Incident) -> str:
        """Where all that is said about an incident stands: its table of members, or the entry itself."""
        number = self.numbers[incident.id]
        return f"q-{number}" if self.touching(incident) else anchor(f"i-{incident.id}")

    def member_refs(self, incident: Incident, most: int = MOST_LINKS) -> tuple[Ref, ...]:
        """Links to the sources of an incident."""
        return self.source_refs((m.report for m in incident.members), self.members_anchor(incident), most)

    # --- sources ---

    @cached_property
    def sources(self) -> list[Source]:
        """All reports that something here rests on, by date."""
        found: dict[str, Source] = {}
        for incident in self.situation.incidents:
            for member in incident.members:
                found.setdefault(
                    member.report, Source(member.report, member.name, None, member.published, member.publisher)
                )
            for figure in (f for x in incident.losses for f in x.history):
                found.setdefault(figure.report, Source(figure.report, figure.report, None, figure.said))
        s = self.situation
        told: list[ToldLine] = [x for c in s.contacts for x in c.history]
        told += [x for p in s.promises for x in p.history]
        told += [x for p in s.presences for x in p.history]
        for line in told:
            found.setdefault(line.report, Source(line.report, line.name, None, line.said))
        for count in (c for state in s.states for c in state.claimed):
            found.setdefault(count.report, Source(count.report, count.name or count.report, None, count.published))
        known = [s.sources.get(digest, source) for digest, source in found.items()]
        return sorted(known, key=lambda x: (x.published or "9999", x.name, x.report))

    @cached_property
    def source_numbers(self) -> dict[str, int]:
        """Digest → number in the list of sources."""
        return {s.report: n for n, s in enumerate(self.sources, 1)}

    def about(self, source: Source) -> str:
        """A source in a few words: publisher, date, title."""
        publisher = clean(source.publisher or "/".join(source.agencies) or source.name)
        parts = [publisher, self.date(source.published), clean(source.title or "")]
        return ", ".join(p for p in parts if p)

    def outlet(self, report: str) -> str:
        """Who published a report: its publisher, else its agencies, else its name."""
        source = self.sources[self.source_numbers[report] - 1]
        return clean(source.publisher or "/".join(source.agencies) or source.name)

    # --- what is said ---

    def sayings(self, incident: Incident) -> list[Said]:
        """The passages about an incident, by date; events of one report with the same words once."""
        known = self._sayings.get(incident.id)
        if known is not None:
            return known
        rows: dict[tuple[object, ...], tuple[Member, set[str]]] = {}
        for member in sorted(incident.members, key=lambda m: (m.published or "9999", m.name, m.evidence)):
            key = (member.report, clean(member.quote), member.speaker, member.via, member.voice, member.stance)
            rows.setdefault(key, (member, set()))[1].add(member.event)
        number = self.numbers[incident.id]
        found = [Said(m, frozenset(e), f"q-{number}-{n}") for n, (m, e) in enumerate(rows.values(), 1)]
        self._sayings[incident.id] = found
        return found

    @cached_property
    def _sayings(self) -> dict[str, list[Said]]:
        return {}

    def speaker(self, incident: Incident, member: Member) -> str:
        """Who says so: "laut Kreml, wiedergegeben von Tass".

        Where a report itself tells that somebody accuses, denies or admits, it is not the report that does.
        """
        outlet = self.outlet(member.report)
        if member.voice == "reporter" and member.stance != "asserts":
            who = self._told_of(incident, member)
            named = self.said.name(who) if who else self.said.of("incident", "no_source")
            return self.labels.plain("incident.relayed", who=named, outlet=outlet)
        return self.whose(member.voice, member.speaker, member.via, outlet)

    def _told_of(self, incident: Incident, member: Member) -> str | None:
        """Who accuses, denies or admits where the report tells it: the one side that charges name for these words."""
        if member.speaker:
            return clean(member.speaker)
        names: dict[str, None] = {}
        for charge in incident.responsibility.charges:
            if (member.report, member.event) in charge.evidence:
                of = {"accuses": charge.by, "denies_responsibility": charge.denied_by, "admits": [charge.party.name]}
                names.update(dict.fromkeys(of.get(member.stance, ())))
        named = [n for n in names if n.casefold() in member.quote.casefold()]
        found = list(names) if len(names) == 1 else named
        return clean(found[0]) if len(found) == 1 else None

    def teller(self, told: ToldLine) -> str:
        """Who says so in a line of a ledger."""
        return self.whose(told.voice, told.source, told.via, self.outlet(told.report))

    def whose(self, voice: str, speaker: str | None, via: str | None, outlet: str) -> str:
        """On whose word something is said."""
        name = clean(speaker or "")
        if voice == "reporter":
            words_ = self.labels.plain("incident.own", who=outlet)
        elif voice == "hearsay":
            words_ = fill(self.said.of("says", "hearsay_speaker" if name else "hearsay"), speaker=name)
        else:
            words_ = fill(self.said.of("says", "attributed" if name else "attributed_unknown"), speaker=name)
        return words_ + (f", {fill(self.said.of('says', 'via'), via=clean(via))}" if via else "")

    def figure_source(self, figure: Figure) -> str:
        """Who gives a number."""
        name = clean(figure.source)
        if figure.voice == "reporter":
            return self.labels.plain("incident.own", who=self.said.name(name))
        form = "hearsay_speaker" if figure.voice == "hearsay" else "attributed"
        return fill(self.said.of("says", form), speaker=name)

    def quote(self, words_: str) -> Text:
        """A quotation, shortened where it is very long."""
        text = clean(words_)
        return Text(text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(" ", 1)[0] + " …", "quote")

    # --- words ---

    def both(self, value: Both) -> str:
        """The words of this language."""
        return clean(value.en if self.language == "en" else value.de)

    def grade(self, incident: Incident) -> str:
        """Sign and word of an incident's grade, and what stands behind it."""
        words_ = f"{GRADE_SIGN[incident.grade]} {self.said.of('grade', incident.grade)}"
        return f"{words_} ({basis(incident, self.said)})"

    def result(self, result: str) -> str:
        """The word for a finding's result."""
        return self.both(said("result", result))

    def party(self, party: Party, article: bool = False) -> str:
        """A name, and for whom it acts; with ``article`` as it stands in a sentence."""
        side = f" ({clean(self.said.name(party.acts_for))})" if party.acts_for else ""
        return clean(self.said.name(party.name, party.kind, article)) + side

    def places(self, places: Iterable[IncidentPlace]) -> str:
        """Names of places in a row, each once."""
        return ", ".join(dict.fromkeys(clean(self.said.place(p)) for p in places))

    def parties(self, parties: Sequence[Party], nobody: str = "") -> str:
        """Names in a row, each once."""
        return ", ".join(dict.fromkeys(self.party(p) for p in parties)) or nobody

    def happened(self, what: Happened) -> str:
        """An act in the words of the labels: "Rückzug (Abzug)"."""
        return self.act(what.type, what.mode)

    def act(self, kind: str, mode: str | None) -> str:
        """Type and mode: "Angriff (Luftangriff)"."""
        name, how = self.said.of("type", kind), self.said.mode(kind, mode)
        return f"{name} ({how})" if how and how != name else name

    def loss(self, loss: IncidentLoss) -> str:
        """One loss as a range: "33 bis 34 Tote (türkische Soldaten)"."""
        plain = Loss(
            harm=loss.harm,
            low=loss.low,
            high=loss.high,
            approximate=loss.approximate,
            part_of_total=loss.part_of_total,
            bound=loss.bound,
        )
        return self.said.loss(plain, self._group(loss))

    def _group(self, loss: IncidentLoss) -> str | None:
        who = clean(self.said.name(loss.who)) if loss.who else None
        if loss.kind and not loss.part_of_total:
            return self.said.group(who, loss.kind)
        return who

    def figure(self, loss: IncidentLoss, figure: Figure) -> str:
        """A number as one source gave it."""
        plain = Loss(
            harm=loss.harm,
            low=figure.low,
            high=figure.high,
            approximate=figure.approximate,
            total=figure.total,
            bound=figure.bound,
        )
        return self.said.loss(plain)

    # --- times ---

    def date(self, value: str | None) -> str:
        """A day in short: 28.02.2020; nothing where it is no date."""
        if not value:
            return ""
        try:
            return self.both(day_of(value))
        except ValueError:
            return ""

    def span(self, since: str, until: str) -> str:
        """Days from ``since`` to before ``until``."""
        last = day_before(until)
        if last <= since:
            return self.date(since)
        return self.labels.of("date.span").format(**{"from": self.date(since), "to": self.date(last)})

    def when(self, time: IncidentTime | None) -> str:
        """A time in words; nothing where none is told."""
        if time is None or not (time.from_ or time.to):
            return ""
        return self.said.when(time.from_, time.to, time.precision)

    def deadline(self, value: str) -> str:
        """A half-open deadline in words: the last day that belongs to it."""
        if "T" in value and not value.endswith("T00:00"):
            slots = {"day": self.date(value), "clock": value[11:16]}
            return self.labels.of("date.until_moment").format(**slots)
        return self.labels.of("date.to_day").format(to=self.date(day_before(value)))


def anchor(name: str) -> str:
    """A name as an anchor: letters, digits, hyphens, underscores, dots."""
    return re.sub(r"[^\w.-]", "-", name, flags=re.ASCII)


def capped(refs: Sequence[Ref], most: int, rest: str) -> tuple[Ref, ...]:
    """At most so many links; the last one counts the others and leads to ``rest``. One too many is still shown."""
    if len(refs) <= most + 1:
        return tuple(refs)
    return (*refs[:most], Ref(f"+{len(refs) - most}", rest))


def day_before(day: str) -> str:
    """The ISO day before; never before the calendar's first."""
    try:
        return (dt.date.fromisoformat(day[:10]) - dt.timedelta(days=1)).isoformat()
    except (OverflowError, ValueError):
        return day[:10]

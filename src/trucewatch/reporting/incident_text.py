"""Incidents for the terminal: a list, one in full with all its sources side by side, and what changed."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from trucewatch.incident import Figure, Incident, IncidentLoss, Member, Party
from trucewatch.knowledge.inflection import fill
from trucewatch.record import Loss
from trucewatch.reporting.text import Ink
from trucewatch.reporting.view import clean
from trucewatch.reporting.words import VOICE_SIGN, Language, Words, words
from trucewatch.store.incidents import Change

GRADE_SIGN = {"contested": "◇", "confirmed": "◆", "corroborated": "●", "reported": "◐", "claimed": "○"}
"""The fuller the sign, the better supported; told apart without colour."""
_COLOUR = {"contested": "31", "confirmed": "32", "corroborated": "32", "reported": "34", "claimed": "33"}
_SHORT = 150
"""Characters of a quotation in the terminal."""


def basis(incident: Incident, said: Words) -> str:
    """How many reports and origins stand behind an incident, in words."""
    return said.basis(len({m.report for m in incident.members}), incident.origins.independent)


class IncidentText:
    """Incidents in one language, for one width of terminal."""

    def __init__(self, language: Language = "de", colour: bool = False, width: int = 100) -> None:
        self.said = words(language)
        self.language = language
        self.ink = Ink(colour)
        self.width = width

    def _of(self, name: str) -> str:
        return self.said.of("incident", name)

    def _grade(self, incident: Incident) -> str:
        words_ = f"{GRADE_SIGN[incident.grade]} {self.said.of('grade', incident.grade)}"
        return f"{self.ink.style(_COLOUR[incident.grade], words_)} ({basis(incident, self.said)})"

    def title(self, incident: Incident) -> str:
        """The title in this language."""
        return clean(getattr(incident.title, self.language))

    # -- lists ---------------------------------------------------------------------------------------------------------
    def line(self, incident: Incident) -> str:
        """One incident in two lines: when, what, where, toll; its grade, who is blamed, its id."""
        marks = [self._of(incident.state)] if incident.state != "open" else []
        marks += [self._of("background")] if incident.background else []
        head = f"{self._day(incident)}  {self.ink.bold(self.title(incident))}"
        blamed = incident.responsibility
        second = [self._grade(incident)]
        if blamed.accused:
            grade = f" ({self.said.of('grade', blamed.grade)})" if blamed.grade else ""
            second.append(f"{self._of('responsibility')}: {clean(self.said.names(blamed.accused))}{grade}")
        second += [*marks, self.ink.dim(incident.id)]
        return f"{head}\n{' ' * 12}{' · '.join(second)}"

    def _day(self, incident: Incident) -> str:
        if incident.time is not None and incident.time.from_:
            return incident.time.from_[:10]
        if incident.first_reported:
            return f"≤{incident.first_reported[:10]}"[:11].ljust(10)
        return "    ?     "

    def listed(self, found: Iterable[Incident], more: int = 0) -> Iterator[str]:
        """All of them, then how many were left out."""
        number = 0
        for number, incident in enumerate(found, 1):  # noqa: B007 - counted
            yield self.line(incident) + "\n"
        if not number:
            yield self._of("none") + "\n"
            return
        counted = self._of("found_one") if number == 1 else self._of("found").format(number=number)
        yield self.ink.dim(counted) + "\n"
        if more > 0:
            yield self.ink.dim(self._of("more").format(number=more)) + "\n"

    # -- one in full ---------------------------------------------------------------------------------------------------
    def shown(self, incident: Incident) -> str:
        """Everything known of one incident, all sources side by side."""
        ink, of = self.ink, self._of
        lines = [ink.bold(self.title(incident)), ink.dim(incident.id), ""]
        lines += self._field(of("grade"), f"{self._grade(incident)} — {clean(getattr(incident.why, self.language))}")
        lines += self._field(of("where"), self._places(incident) or of("unknown_place"))
        lines += self._field(of("when"), self._time(incident) or of("unknown_time"))
        for name, parties in (("who", incident.actors), ("whom", incident.targets)):
            if parties:
                lines += self._field(of(name), ", ".join(self._party(p) for p in parties))
        lines += self._responsibility(incident)
        for number, loss in enumerate(incident.losses):
            lines += self._field(of("losses") if not number else "", self.loss(loss))
        counted = of("origins").format(**incident.origins.model_dump())
        lines += self._field(of("sources"), counted)
        if incident.first_reported:
            dates = f"{of('first_reported')} {incident.first_reported}, {of('last_changed')} {incident.last_changed}"
            lines += self._field("", ink.dim(dates))
        if incident.merged:
            lines += self._field(of("merged"), ", ".join(incident.merged))
        lines += ["", ink.bold(of("members"))]
        for member in incident.members:
            lines += self._member(member)
        figures = [(x, f) for x in incident.losses for f in x.history]
        if figures:
            lines += ["", ink.bold(of("figures"))]
            figures.sort(key=lambda pair: pair[1].said or "")
            lines += [f"  {self._figure(loss, figure)}" for loss, figure in figures]
        if incident.decisions:
            lines += ["", ink.bold(of("decisions")), *self._decisions(incident)]
        return "\n".join(lines) + "\n"

    def _field(self, name: str, value: str) -> list[str]:
        head = f"{name}:".ljust(15) if name else " " * 15
        if self.ink.on:  # colour codes would be counted as width
            return [head + value]
        return textwrap.wrap(value, max(40, self.width), initial_indent=head, subsequent_indent=" " * 15) or [head]

    def _places(self, incident: Incident) -> str:
        return ", ".join(
            f"{clean(self.said.place(p))} ({self.said.of('precision', p.precision)})" for p in incident.places
        )

    def _time(self, incident: Incident) -> str:
        time = incident.time
        return self.said.when(time.from_, time.to, time.precision) if time is not None else ""

    def _party(self, party: Party) -> str:
        side = f" ({clean(self.said.name(party.acts_for))})" if party.acts_for else ""
        return clean(self.said.name(party.name, party.kind)) + side

    def _responsibility(self, incident: Incident) -> list[str]:
        blamed = incident.responsibility
        if blamed.grade is None and not blamed.accused:
            return []
        parts = [self.said.of("grade", blamed.grade)] if blamed.grade else []
        for name in ("accused", "by", "denied_by", "admitted_by"):
            names = getattr(blamed, name)
            if names:
                parts.append(f"{self._of(name)}: {clean(self.said.names(names))}")
        return self._field(self._of("responsibility"), "; ".join(parts))

    def loss(self, loss: IncidentLoss) -> str:
        """One loss in words."""
        plain = Loss(
            harm=loss.harm,
            low=loss.low,
            high=loss.high,
            approximate=loss.approximate,
            part_of_total=loss.part_of_total,
            bound=loss.bound,
        )
        who = clean(self.said.name(loss.who)) if loss.who else None
        if loss.kind and not loss.part_of_total:
            who = self.said.group(who, loss.kind)
        if loss.low is None and loss.high is None and loss.history:
            return self._of("all_withdrawn").format(harm=self.said.of("harm", loss.harm)[1], who=who or "").strip()
        return self.said.loss(plain, who)

    def _member(self, member: Member) -> list[str]:
        speaker = clean(self.said.name(member.speaker)) if member.speaker else None
        if member.voice == "reporter" and member.stance == "asserts":
            who = self._of("own_word")
        else:
            who = speaker or self._of("no_source")
        via = f" ({fill(self.said.of('says', 'via'), via=clean(member.via))})" if member.via else ""
        when = member.published or ""
        where = f"{clean(member.publisher)}, " if member.publisher else ""
        head = f"  {VOICE_SIGN[member.voice]} {who}{via}: {self.said.of('stance', member.stance)}"
        tail = self.ink.dim(f"  [{where}{clean(member.name)}:{member.event}, {member.origin}, {when}]")
        quote = clean(member.quote)
        quote = quote if len(quote) <= _SHORT else quote[: _SHORT - 1] + "…"
        if member.withdrawn is not None:
            head += f" ({self.said.withdrawn(clean(member.withdrawn.by), member.withdrawn.when)})"
        return [
            head + tail,
            *textwrap.wrap(f"»{quote}«", self.width, initial_indent="      ", subsequent_indent="      "),
        ]

    def _figure(self, loss: IncidentLoss, figure: Figure) -> str:
        said = Loss(
            harm=loss.harm, low=figure.low, high=figure.high, approximate=figure.approximate, total=figure.total,
            bound=figure.bound,
        )  # fmt: skip
        who = clean(self.said.name(loss.who)) if loss.who else None
        when = (figure.said or "").replace("T", " ")
        back = figure.withdrawn
        gone = f" ({self.said.withdrawn(clean(back.by), back.when)})" if back is not None else ""
        return f"{when.ljust(16)}  {self.said.loss(said, who)} — {clean(self.said.name(figure.source))}{gone}"

    def _decisions(self, incident: Incident) -> list[str]:
        lines = []
        for decision in incident.decisions:
            what = self.said.of("decision", decision.kind)
            if decision.field:
                what += f" {decision.field} = {decision.value} ({self._of('computed')}: {decision.computed})"
            elif decision.value:
                what += f": {clean(str(decision.value))}"
            why = f" — {clean(decision.why)}" if decision.why else ""
            lines.append(f"  {decision.id}  {decision.when[:16].replace('T', ' ')}  {clean(decision.who)}: {what}{why}")
        return lines

    # -- what changed --------------------------------------------------------------------------------------------------
    def changes(self, found: Iterable[Change], since: str) -> Iterator[str]:
        """What became of incidents, the weightiest kinds of change first."""
        kinds: dict[str, list[str]] = {}
        for change in found:
            kinds.setdefault(kind_of(change), []).append(self._change(change))
        if not kinds:
            yield self.said.of("diff", "nothing").format(since=since) + "\n"
        for kind in KINDS:
            if kind in kinds:
                yield self.ink.bold(f"{self.said.of('diff', kind)} ({len(kinds[kind])})") + "\n"
                yield from (line + "\n" for line in kinds[kind])

    def _change(self, change: Change) -> str:
        if change.after is None:
            assert change.before is not None
            into = f" → {change.merged_into}" if change.merged_into else ""
            return f"{self._day(change.before)}  {self.title(change.before)}  {self.ink.dim(change.incident + into)}"
        line = self.line(change.after)
        if change.before is None:
            return line
        parts = []
        if change.before.grade != change.after.grade:
            parts.append(f"{self.said.of('grade', change.before.grade)} → {self.said.of('grade', change.after.grade)}")
        before, after = self._tolls(change.before), self._tolls(change.after)
        if before != after:
            parts.append(f"{before or '–'} → {after or '–'}")
        return line + (f"\n{' ' * 12}{'; '.join(parts)}" if parts else "")

    def _tolls(self, incident: Incident) -> str:
        return ", ".join(self.loss(x) for x in incident.losses if not x.part_of_total)


KINDS = ("new", "contested", "corroborated", "grade", "figures", "decided", "merged", "gone", "changed")
"""Kinds of change, the weightiest first."""


def kind_of(change: Change) -> str:
    """The weightiest thing that a change is."""
    before, after = change.before, change.after
    if after is None:
        return "merged" if change.merged_into else "gone"
    if before is None:
        return "new"
    if before.grade != after.grade:
        if after.grade == "contested":
            return "contested"
        return "corroborated" if after.grade in ("corroborated", "confirmed") else "grade"
    if after.responsibility.grade == "contested" != before.responsibility.grade:
        return "contested"
    if _ranges(before) != _ranges(after):
        return "figures"
    return "decided" if before.decisions != after.decisions else "changed"


def _ranges(incident: Incident) -> list[tuple[object, ...]]:
    return [(x.harm, x.kind, x.who, x.low, x.high) for x in incident.losses if not x.part_of_total]

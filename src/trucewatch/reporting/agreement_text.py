"""An agreement for the terminal: a line in a list, or in full."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from trucewatch.agreements.model import ANYONE, Act, Agreement, Party, Provision, Zone
from trucewatch.reporting.phrases import in_language, phrase
from trucewatch.reporting.text import Ink
from trucewatch.reporting.words import Language, words


class AgreementText:
    """Agreements in one language, for one width of terminal."""

    def __init__(self, language: Language = "de", colour: bool = False, width: int = 100) -> None:
        self.language: Language = language
        self.ink = Ink(colour)
        self.width = width

    def _of(self, group: str, name: str, **parts: object) -> str:
        return phrase(self.language, group, name, **parts)

    def listed(self, agreements: Sequence[Agreement]) -> Iterator[str]:
        """One line each: date, id, title."""
        widest = max((len(a.id) for a in agreements), default=0)
        for agreement in agreements:
            title = in_language(agreement.title, self.language)
            yield f"{agreement.signed[:10]}  {self.ink.bold(agreement.id.ljust(widest))}  {title}\n"

    def shown(self, agreement: Agreement) -> str:
        """All of it."""
        of, ink = self._of, self.ink
        lines = [ink.bold(in_language(agreement.title, self.language)), ink.dim(agreement.id)]
        lines.append(f"{of('form', agreement.form)}, {of('medium', agreement.medium)}, {of('term', 'signed')} {agreement.signed}")
        for window in agreement.windows:
            kind = f" ({of('term', 'extension')})" if window.kind == "extension" else ""
            until = f" {of('term', 'until')} {window.to}" if window.to else ""
            lines.append(f"{of('term', 'in_force')}: {window.from_ or '…'}{until}{kind}")
        for name in ("predecessors", "successors"):
            if getattr(agreement, name):
                lines.append(f"{of('term', name)}: {', '.join(getattr(agreement, name))}")
        lines += ["", ink.bold(of("term", "parties")), *(self._party(p) for p in agreement.parties)]
        if agreement.zones:
            lines += ["", ink.bold(of("term", "zones"))]
            lines += [line for z in agreement.zones for line in self._zone(z)]
        lines += ["", ink.bold(of("term", "provisions"))]
        lines += [line for p in agreement.provisions for line in self._provision(agreement, p)]
        if agreement.exceptions:
            lines += ["", ink.bold(of("term", "exceptions"))]
            lines += [x for e in agreement.exceptions for x in self._wrapped(f"{e.id}: {in_language(e.text, self.language)}")]
        if agreement.note:
            lines += ["", ink.bold(of("term", "note")), *self._wrapped(in_language(agreement.note, self.language))]
        if agreement.references:
            lines += ["", ink.bold(of("term", "references"))]
            lines += ["  " + " · ".join(x for x in (r.title, r.symbol, r.url) if x) for r in agreement.references]
        return "\n".join(lines) + "\n"

    def _wrapped(self, text: str, indent: str = "  ") -> list[str]:
        return textwrap.wrap(text, max(40, self.width), initial_indent=indent, subsequent_indent=indent)

    def _party(self, party: Party) -> str:
        who = ", ".join((*party.states, *party.groups, *party.organisations, *party.kinds))
        when = f", {self._of('term', 'signed')} {party.signed}" if party.signed else ""
        tail = self.ink.dim(f"  [{party.id}: {who}]") if who else self.ink.dim(f"  [{party.id}]")
        return f"  {in_language(party.name, self.language)} ({self._of('role', party.role)}{when}){tail}"

    def _zone(self, zone: Zone) -> Iterator[str]:
        sure = self._of("term", "accuracy", km=f"{zone.accuracy_km:g}") if zone.accuracy_km else self._of("term", "exact")
        yield f"  {in_language(zone.name, self.language)} ({sure}){self.ink.dim(f'  [{zone.id}]')}"
        if zone.note:
            yield from self._wrapped(in_language(zone.note, self.language), "    ")

    def _provision(self, agreement: Agreement, provision: Provision) -> Iterator[str]:
        of = self._of
        source = f", {provision.source}" if provision.source else ""
        title = self.ink.bold(in_language(provision.title, self.language))
        kind = self.ink.dim(f"({of('kind', provision.kind)}{source})  [{provision.id}]")
        yield f"  {title}  {kind}"
        yield from self._wrapped(in_language(provision.text, self.language), "    ")
        fields = [f"{of('term', 'binds')}: {self._names(agreement, provision.binds)} ({of('duty', provision.duty)})"]
        if provision.acts_by:
            fields.append(f"{of('term', 'acts_by')}: {self._names(agreement, provision.acts_by)}")
        for name in ("forbids", "demands"):
            acts: list[Act] = getattr(provision, name)
            if acts:
                fields.append(f"{of('term', name)}: {'; '.join(self._act(a) for a in acts)}")
        if provision.against:
            fields.append(f"{of('term', 'against')}: {self._names(agreement, provision.against)}")
        zones = [in_language(agreement.zone(z).name, self.language) for z in agreement.zones_of(provision)]
        fields.append(f"{of('term', 'where')}: {', '.join(zones) or of('term', 'nowhere')}")
        if provision.from_ or provision.to:
            fields.append(f"{of('term', 'in_force')}: {provision.from_ or '…'} – {provision.to or '…'}")
        if provision.deadline:
            fields.append(f"{of('term', 'deadline')}: {provision.deadline}")
        if provision.exceptions:
            fields.append(f"{of('term', 'except')}: {', '.join(provision.exceptions)}")
        for field in fields:
            yield from self._wrapped(field, "      ")

    def _names(self, agreement: Agreement, ids: Sequence[str]) -> str:
        names = [
            self._of("term", "anyone") if i == ANYONE else in_language(agreement.party(i).name, self.language) for i in ids
        ]
        return ", ".join(names)

    def _act(self, act: Act) -> str:
        said = words(self.language)
        modes = ", ".join(said.mode(act.type, mode) or mode for mode in act.modes)
        return said.of("type", act.type) + (f" ({modes})" if modes else "")

"""The state of a truce for the terminal and as a table (CSV)."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import Any

from trucewatch.agreements.claimed import ClaimedCount
from trucewatch.agreements.model import Agreement
from trucewatch.agreements.state import STANDINGS, Cell, State, class_name
from trucewatch.knowledge.load import table
from trucewatch.record import Loss
from trucewatch.reporting.phrases import in_language, phrase, region_name
from trucewatch.reporting.text import Ink
from trucewatch.reporting.view import clean
from trucewatch.reporting.words import Language, words

_REGION = ("violations", "explosions", "before", "weapons", "restrictions", "killed")
_CELL = (*STANDINGS, "possibly", "before")
_WIDEST = 34


class StateText:
    """States in one language."""

    def __init__(self, language: Language = "de", colour: bool = False) -> None:
        self.language: Language = language
        self.ink = Ink(colour)

    def _of(self, name: str, **parts: object) -> str:
        return phrase(self.language, "state", name, **parts)

    def shown(self, state: State, agreement: Agreement) -> str:
        """One period: what was reported, by region and by zone, what changed, what was claimed in numbers."""
        title = in_language(agreement.title, self.language)
        last = (dt.date.fromisoformat(state.until) - dt.timedelta(days=1)).isoformat()
        lines = [self.ink.bold(self._of("title", agreement=title, since=state.since, until=last))]
        before = sum(r.before for r in state.regions)
        lines.append(self._of("total", number=len(state.entries), before=before))
        if state.quiet is not None:
            first, after = (dt.date.fromisoformat(d) for d in state.quiet)
            end = (after - dt.timedelta(days=1)).isoformat()
            lines.append(self._of("quiet", since=state.quiet[0], until=end, days=self._of("days", number=(after - first).days)))
        else:
            lines.append(self._of("no_quiet"))
        lines += self._signals(state)
        if state.regions:
            lines += ["", self.ink.bold(self._of("regions"))]
            names = [
                clean(region_name(agreement, r.region, self.language)) or self._of("no_zone") for r in state.regions
            ]
            numbers = [[str(getattr(r, n)) for n in _REGION] for r in state.regions]
            rows = [[name, *row] for name, row in zip(names, numbers, strict=True)]
            lines += self._table([self._of("region"), *map(self._of, _REGION)], rows, 1)
        if state.cells:
            lines += ["", self.ink.bold(self._of("zones"))]
            rows = [[*self._names(c, agreement), *(str(getattr(c, n)) for n in _CELL)] for c in state.cells]
            lines += self._table([*map(self._of, ("zone", "kind", "party", *_CELL))], rows, 3)
        if state.claimed:
            lines += ["", self.ink.bold(self._of("claims"))]
            lines += [line for c in state.claimed for line in self.claim(c)]
        return "\n".join(lines) + "\n"

    def _signals(self, state: State) -> Iterator[str]:
        if not state.signals:
            word = table("truce_state")["words"]["none" if state.compared else "little"]
            yield str(word[self.language])
            return
        yield self._of("signals") + ":"
        for signal in state.signals:
            yield f"  ▲ {in_language(signal.cause, self.language)}  {self.ink.dim(' '.join(signal.incidents[:6]))}"

    def claim(self, count: ClaimedCount) -> Iterator[str]:
        """A claimed count in two lines: the number and whose it is, and the words."""
        said = words(self.language)
        if count.low is not None or count.high is not None:
            number, what = said.range(count.low, count.high, bound=count.bound), self._counted(count)
        else:
            number, what = (
                "",
                ", ".join(said.loss(Loss(harm=x.harm, low=x.low, high=x.high, bound=x.bound)) for x in count.losses),
            )
        accused = ", ".join(p.name for p in count.accused) or self._of("unknown")
        speaker = count.speaker or (self._of("own_word") if count.voice == "reporter" else self._of("unknown"))
        line = self._of("claim", number=number, what=what, accused=clean(accused), speaker=clean(speaker)).strip()
        yield f"  {count.day}  {line}{self.ink.dim(f'  [{clean(count.name)}:{count.event}]')}"
        yield f"      »{clean(count.quote)}«"

    def _counted(self, count: ClaimedCount) -> str:
        """What is counted: "Verstöße gegen die Waffenruhe", "Angriffe (Beschuss)"."""
        said = words(self.language)
        what = phrase(self.language, "counted", count.type)
        if what == count.type:
            what = said.of("type", count.type)
        mode = said.mode(count.type, count.mode)
        if not mode:
            return what
        return f"{what} {mode}" if count.type == "VIOLATE" and count.mode != "other" else f"{what} ({mode})"

    def _names(self, cell: Cell, agreement: Agreement) -> list[str]:
        zone = in_language(agreement.zone(cell.zone).name, self.language) if cell.zone else self._of("no_zone")
        party = in_language(agreement.party(cell.party).name, self.language) if cell.party else self._of("nobody")
        return [zone, in_language(class_name(cell.kind), self.language), party]

    def _table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], names: int) -> list[str]:
        """Names to the left, numbers to the right; long names are cut."""
        cut = [[x if len(x) <= _WIDEST else x[: _WIDEST - 1] + "…" for x in row] for row in (heads, *rows)]
        widths = [max(len(row[n]) for row in cut) for n in range(len(heads))]
        lines = []
        for row in cut:
            parts = [x.ljust(w) if n < names else x.rjust(w) for n, (x, w) in enumerate(zip(row, widths, strict=True))]
            lines.append("  " + "  ".join(parts).rstrip())
        return [self.ink.dim(lines[0]), *lines[1:]]


COLUMNS = (
    "agreement", "since", "until", "zone", "zone_name", "class", "class_name", "party", "party_name", *STANDINGS, "possibly",
    "before", "incidents",
)  # fmt: skip


def rows(state: State, agreement: Agreement, language: Language) -> Iterator[dict[str, Any]]:
    """The table by zone, class and side, a row each."""
    text = StateText(language)
    for cell in state.cells:
        zone, kind, party = text._names(cell, agreement)
        yield {
            "agreement": state.agreement, "since": state.since, "until": state.until, "zone": cell.zone, "zone_name": zone,
            "class": cell.kind, "class_name": kind, "party": cell.party or "", "party_name": party,
            **{n: getattr(cell, n) for n in (*STANDINGS, "possibly", "before")}, "incidents": " ".join(cell.incidents),
        }  # fmt: skip


def as_csv(states: Sequence[tuple[State, Agreement]], language: Language) -> str:
    """The tables of all states as one CSV with a header."""
    from trucewatch.reporting.exports.tables import cell

    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for state, agreement in states:
        writer.writerows({name: cell(value) for name, value in row.items()} for row in rows(state, agreement, language))
    return out.getvalue()

"""Contacts, promises and presences for the terminal: what became of each, when, where, and who says so."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from trucewatch.contact import Contact, Line, Presence, Promise
from trucewatch.incident import Party
from trucewatch.knowledge.inflection import fill
from trucewatch.knowledge.load import table
from trucewatch.reporting.text import Ink
from trucewatch.reporting.view import clean
from trucewatch.reporting.words import VOICE_SIGN, Language, words

STATE_SIGN = {
    "held": "●", "met": "●", "present": "●", "scheduled": "◐", "agreed": "◔", "proposed": "○", "open": "○",
    "partly": "◐", "postponed": "↷", "cancelled": "✕", "broken": "✕", "abandoned": "✕", "withdrawn": "↶",
    "overdue": "!", "no_news": "?", "contested": "◇", "denied": "◇", "surrounded": "◍", "attacked": "⚠",
}  # fmt: skip
"""Told apart without colour."""
_COLOUR = {
    "held": "32", "met": "32", "present": "32", "overdue": "31", "broken": "31", "attacked": "31", "contested": "31",
    "cancelled": "33", "postponed": "33", "no_news": "33", "surrounded": "33",
}  # fmt: skip
_SHORT = 140
"""Characters of a quotation in the terminal."""
_MOST_SOURCES = 3
_INDENT = " " * 12


@cache
def _labels(language: Language) -> dict[str, Any]:
    return table(f"labels_ledgers.{language}")


class ContactText:
    """The three ledgers in one language, for one width of terminal."""

    def __init__(self, language: Language = "de", colour: bool = False, width: int = 100) -> None:
        self.language = language
        self.said = words(language)
        self.ink = Ink(colour)
        self.width = width

    def _of(self, group: str, name: str) -> str:
        return str(_labels(self.language).get(group, {}).get(name, name))

    def _term(self, name: str, **values: str) -> str:
        return fill(self._of("term", name), **values)

    def _state(self, state: str) -> str:
        return self.ink.style(_COLOUR.get(state, "34"), f"{STATE_SIGN.get(state, '·')} {self._of('state', state)}")

    def _names(self, parties: Iterable[Party]) -> str:
        return ", ".join(clean(self.said.name(p.name, p.kind)) for p in parties) or self._term("unknown")

    def _day(self, iso: str) -> str:
        return self.said.day(dt.date.fromisoformat(iso[:10]))

    # -- contacts ------------------------------------------------------------------------------------------------------
    def contacts(self, found: Sequence[Contact], history: bool = False) -> Iterator[str]:
        """All contacts, in the order given; with ``history`` every line that they rest on."""
        yield from self._all(found, "contacts", self._contact, history)

    def _contact(self, contact: Contact) -> list[str]:
        level = f" ({self._of('level', contact.level)})" if contact.level else ""
        head = f"{self._names(contact.participants)}: {self._of('form', contact.form)}{level}"
        when = self._when(contact)
        where = [clean(self.said.place(contact.place))] if contact.place is not None else []
        lines = [
            f"{self._state(contact.state)}  {self.ink.bold(head)}",
            _INDENT + " · ".join([when, *where, self._sources(contact.history), self.ink.dim(contact.id)]),
        ]
        if contact.topic:
            lines.append(f"{_INDENT}{self._term('topic')}: »{clean(contact.topic)}«")
        if contact.initiated_by:
            lines.append(f"{_INDENT}{self._term('initiated_by')}: {clean(self.said.name(contact.initiated_by))}")
        for event in contact.outcome:
            source = self._according([event.source] if event.source else [])
            kind = self.said.mode(event.type, event.mode) or self.said.of("type", event.type)
            lines.append(f"{_INDENT}{self._term('outcome')}: {kind} – »{_cut(event.quote)}« {source}".rstrip())
        return lines

    def _when(self, contact: Contact) -> str:
        """When it was or is to be; of what was held without a time, when it was reported."""
        time = contact.time
        if time is not None and time.from_ is None and time.to is not None:
            last = dt.date.fromisoformat(time.to[:10]) - dt.timedelta(days="T" not in time.to)
            return self._term("until", day=self._day(last.isoformat()))
        if time is not None:
            return self.said.when(time.from_, time.to, time.precision)
        said = next((line.said for line in contact.history if line.said), None)
        if contact.state == "held" and said:
            return self._term("reported_once", first=said[:10])
        return self._term("no_time")

    # -- promises ------------------------------------------------------------------------------------------------------
    def promises(self, found: Sequence[Promise], today: dt.date, history: bool = False) -> Iterator[str]:
        """All promises and demands by deadline; what is overdue says since when, counted to ``today``."""
        by_deadline = sorted(found, key=lambda p: (p.deadline or "9999", p.id))
        yield from self._all(by_deadline, "promises", lambda p: self._promise(p, today), history)

    def _promise(self, promise: Promise, today: dt.date) -> list[str]:
        to = f" {self._term('to')} {self._names(promise.to)}" if promise.to else ""
        act = self.said.mode(promise.what.type, promise.what.mode) or self.said.of("type", promise.what.type)
        act = f"{self._term('not')} {act}" if promise.what.negative else act
        where = ", ".join(clean(self.said.place(p)) for p in promise.what.places[:2])
        head = f"{self._of('kind', promise.kind)}: {self._names(promise.by)}{to}: {act}{f' ({where})' if where else ''}"
        parts = [self._deadline(promise, today), self._sources(promise.history), self.ink.dim(promise.id)]
        return [
            f"{self._state(promise.state)}  {self.ink.bold(head)}",
            _INDENT + " · ".join(parts),
            f"{_INDENT}»{_cut(promise.what.quote)}«",
        ]

    def _deadline(self, promise: Promise, today: dt.date) -> str:
        if promise.deadline is None:
            return self._term("no_deadline")
        first_after = dt.date.fromisoformat(promise.deadline)
        last = first_after - dt.timedelta(days=1)
        if promise.state == "overdue":
            return self._term("overdue_since", day=self._day(promise.deadline))
        if last == today and promise.state in ("open", "partly"):
            return self._term("due_today")
        late = f", {self._term('late')}" if promise.late else ""
        return self._term("until", day=self._day(last.isoformat())) + late

    # -- presences -----------------------------------------------------------------------------------------------------
    def presences(self, found: Sequence[Presence], history: bool = False) -> Iterator[str]:
        """All posts and forces, in the order given."""
        yield from self._all(found, "presences", self._presence, history)

    def _presence(self, presence: Presence) -> list[str]:
        number = ""
        if presence.low is not None or presence.high is not None:
            number = f"{self.said.range(presence.low, presence.high)} × "
        head = f"{clean(self.said.name(presence.whose.name, presence.whose.kind))}: {number}{self._of('form', presence.form)}"
        where = ", ".join(clean(self.said.place(p)) for p in presence.places) or self.said.of(
            "incident", "unknown_place"
        )
        by = {p.name: p for line in presence.history if line.state == presence.state for p in line.by}
        parts = [where]
        if by:
            parts.append(self._term("by", names=", ".join(clean(name) for name in by)))
        if presence.since:
            parts.append(self._term("since", day=self._day(presence.since)))
        elif presence.first_reported and presence.last_reported:
            name = "reported_once" if presence.first_reported == presence.last_reported else "reported"
            parts.append(self._term(name, first=presence.first_reported, last=presence.last_reported))
        parts += [self._sources(presence.history), self.ink.dim(presence.id)]
        return [f"{self._state(presence.state)}  {self.ink.bold(head)}", _INDENT + " · ".join(parts)]

    # -- who says so ---------------------------------------------------------------------------------------------------
    def _all(self, found: Sequence[Any], name: str, entry: Any, history: bool) -> Iterator[str]:
        if not found:
            yield self._term(f"none_{name}") + "\n"
        for one in found:
            lines = entry(one)
            if history:
                lines += [text for line in one.history for text in self._line(line)]
            yield "\n".join(lines) + "\n"

    def _sources(self, history: Sequence[Line]) -> str:
        """Who says so: the report itself only where it does."""
        named = [self._who(line) for line in history]
        return self._according(list(dict.fromkeys(named)))

    def _according(self, sources: Sequence[str]) -> str:
        shown = [clean(s) for s in sources[:_MOST_SOURCES]] + (["…"] if len(sources) > _MOST_SOURCES else [])
        return self._term("according", sources=", ".join(shown)) if shown else ""

    def _who(self, line: Line) -> str:
        if line.voice == "reporter":
            return line.source or self._term("own_word")
        if line.voice == "hearsay":
            return f"{self._term('hearsay')} ({self.said.name(line.source)})" if line.source else self._term("hearsay")
        return line.source or self._term("no_source")

    def _line(self, line: Any) -> list[str]:
        via = f" ({self._term('via', via=clean(line.via))})" if line.via else ""
        state = str(_labels(self.language)["told"].get(line.state) or self._of("state", line.state))
        head = f"    {VOICE_SIGN[line.voice]} {clean(self.said.name(self._who(line)))}{via}: {state}"
        tail = self.ink.dim(f"  [{clean(line.name) or line.report[:15]}:{line.event}, {line.said or ''}]")
        quote = textwrap.wrap(f"»{_cut(line.quote)}«", self.width, initial_indent=" " * 6, subsequent_indent=" " * 6)
        return [head + tail, *quote]


def _cut(quote: str) -> str:
    """A quotation on one line, short enough for the terminal."""
    words_ = clean(quote)
    return words_ if len(words_) <= _SHORT else words_[: _SHORT - 1] + "…"

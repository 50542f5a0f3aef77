"""Whose they are who meet: the sides behind "the foreign ministers of Armenia and Azerbaijan", by the words around an event."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from trucewatch.agreements.ledger_words import listed
from trucewatch.incident import Party
from trucewatch.knowledge.register import Entity, Official, register
from trucewatch.linking.node import Side
from trucewatch.linking.sides import Sides
from trucewatch.record import Actor, ActorKind, Event, Record, ReportInfo, Span

_TOKEN = re.compile(r"[^\W_][\w-]*|[,;:.!?()]")
_MOST_WORDS = 14
_STATE_KINDS = ("state", "government", "armed_forces")


class Around:
    """Reads the names around actors and event nouns of one record."""

    def __init__(self, record: Record, text: str, sides: Sides) -> None:
        self.text = text
        self.sides = sides
        self.language = record.report.language
        self.joining = listed(self.language, "joining")
        self.heading = listed(self.language, "joining", "heading")
        self.collective = listed(self.language, "collective")
        self.mentions = {m[0]: (m, a) for a in record.actors for m in a.mentions}

    def parties(self, event: Event, extra: Iterable[str] = ()) -> tuple[Side, ...]:
        """The sides of an event's actors; a word for people of several sides is read with the names beside it."""
        found: dict[tuple[str, str], Side] = {}
        for number in dict.fromkeys((*event.actors, *extra)):
            for side in self._of_actor(number, event):
                found.setdefault((side.key, side.entity or side.name if side.kind == "person" else ""), side)
        return one_each(found.values())

    def beside(self, trigger: Span) -> tuple[Side, ...]:
        """The sides that an event noun is read with: "türkisch-russische Gespräche", "Verhandlungen von X und Y"."""
        return one_each((*self.before(trigger[0]), *self._after(trigger[1])))

    def named_in(self, clause: Span) -> tuple[Side, ...]:
        """The sides named in a clause, but not as places ("lud die Minister von X und Y nach Moskau ein": X and Y)."""
        tokens = list(_TOKEN.finditer(self.text, *clause))
        found: list[Side] = []
        number = 0
        while number < len(tokens):
            before = tokens[number - 1].group().lower() if number else ""
            named = self._name(tokens, number) if before not in self.heading else None
            if named is not None:
                found.append(named[1])
            number += named[0] if named is not None else 1
        return one_each(found)

    def _of_actor(self, number: str, event: Event) -> tuple[Side, ...]:
        actor = self.sides.actors.get(number)
        side = self.sides.of(number)
        if actor is None or side is None:
            return ()
        if not self._is_collective(actor):
            official = register().officials.get(actor.name)
            return (side if side.known or official is None else side_of(official),)
        low, high = event.evidence
        near = [m for m in actor.mentions if low - 40 <= m[0] < high] or actor.mentions
        mention = min(near, key=lambda m: abs(m[0] - event.trigger[0]), default=None)
        if mention is None:
            return (side,)
        around = one_each((*self.before(mention[0]), *self.within(mention), *self._after(mention[1])))
        return around if around else (side,)

    def _is_collective(self, actor: Actor) -> bool:
        low = actor.name.lower()
        return actor.name not in register().officials and any(word in low for word in self.collective)

    def _after(self, at: int) -> list[Side]:
        """The names in a row behind a position, joined by small words; other words end it."""
        tokens = list(_TOKEN.finditer(self.text, at, min(len(self.text), at + 220)))[:_MOST_WORDS]
        found: list[Side] = []
        number, skip_noun = 0, False
        while number < len(tokens):
            match = tokens[number]
            word = match.group()
            if match.start() in self.mentions and match.start() >= at:
                mention, actor = self.mentions[match.start()]
                side = self.sides.of(actor.id)
                if side is not None and side.known and actor.kind != "civilians" and mention[0] > at - 1:
                    found.append(side)
                    while number < len(tokens) and tokens[number].start() < mention[1]:
                        number += 1
                    skip_noun = True
                    continue
            named = self._name(tokens, number)
            if named is not None:
                length, side = named
                found.append(side)
                number += length
                skip_noun = True
                continue
            joins = word in self.joining or word.lower() in self.joining
            if not joins and not (skip_noun and word[:1].isupper() and tokens[number - 1].end() + 1 == match.start()):
                break
            skip_noun = False
            number += 1
        return found

    def before(self, at: int) -> list[Side]:
        """The states of the adjectives just before a position ("die türkisch-russischen", "der israelische")."""
        words = re.findall(r"[\w-]+", self.text[max(0, at - 60) : at])
        if self.text[max(0, at - 1) : at] not in (" ", "\n"):
            return []
        found: list[Side] = []
        for word in reversed(words[-4:]):
            sides = [s for part in word.split("-") if (s := self._adjective(part)) is not None]
            if sides:
                found = sides + found
            elif word not in self.joining or word.lower() not in ("und", "sowie"):
                if word[:1].isupper() or word in self.joining:
                    break
        return found

    def within(self, mention: Span) -> list[Side]:
        """The states of adjectives that are part of a name."""
        words = re.findall(r"\w+", self.text[mention[0] : mention[1]])
        return [s for word in words if (s := self._adjective(word)) is not None]

    def _adjective(self, word: str) -> Side | None:
        low = word.lower()
        code = register().adjective(word) or (register().adjectives.get(low) if low.endswith("isch") else None)
        return (
            side_of_state(code)
            if code and (word[:1].islower() or low.endswith(("er", "isch", "ische", "ischen")))
            else None
        )

    def _name(self, tokens: list[re.Match[str]], at: int) -> tuple[int, Side] | None:
        words = [t.group() for t in tokens]
        longer = register().name_at(words, at)
        if longer is not None:
            return longer[0], side_of(longer[1])
        word = words[at]
        entity = register().word(word) or register().prefixes.get(word.split("-")[0].lower() if "-" in word else "")
        if entity is not None:
            return 1, side_of(entity)
        code = register().demonyms.get(word.lower()) if word[:1].isupper() else None
        if code:
            return 1, side_of_state(code)
        officials = register().surnames.get(word) if word[:1].isupper() else None
        if officials and len(officials) == 1:
            return 1, side_of(officials[0])
        state = self._adjective(word)
        return (1, state) if state is not None else None


def one_each(sides: Iterable[Side]) -> tuple[Side, ...]:
    """Each side once; a person goes before a bare state, unknown sides only where they are no one known."""
    found: dict[str, Side] = {}
    persons: dict[tuple[str, str], Side] = {}
    for side in sides:
        if side.kind == "person":
            persons.setdefault((side.key, side.entity or side.name), side)
        found.setdefault(side.key, side)
    of_persons = {key for key, _ in persons}
    return (*persons.values(), *(s for key, s in found.items() if key not in of_persons))


@lru_cache(maxsize=2048)
def _side(name: str, kind: ActorKind, entity: str | None, country: str | None) -> Side:
    actor = Actor(id="a1", name=name, kind=kind, entity=entity, country=country)
    side = Sides(Record(report=ReportInfo(id="", language="", characters=0), actors=[actor])).of("a1")
    assert side is not None
    return side


def side_of(entry: Entity | Official) -> Side:
    """The side of an entry of the register."""
    if isinstance(entry, Official):
        term = entry.term(None)
        if term is None or term.of in register().states:
            return _side(entry.name, "person", entry.wikidata, term.of if term is not None else None)
        body = register().entities.get(term.of)
        if body is None:
            return _side(entry.name, "person", entry.wikidata, None)
        of = side_of(body)
        return replace(of, name=entry.name, kind="person", entity=entry.wikidata, acts_for=of.name)
    return _side(entry.name, entry.kind, entry.wikidata, entry.state if entry.kind in _STATE_KINDS else None)


def side_of_state(code: str) -> Side:
    """The side of a state by its ISO code."""
    state = register().states[code]
    return _side(state.name, "state", state.wikidata, code)


def side_of_party(party: Party) -> Side:
    """The side of an incident's actor."""
    return _side(party.name, party.kind, party.entity, party.country)

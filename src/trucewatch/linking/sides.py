"""From a record's actors to sides: which state, group or body an actor or speaker belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trucewatch.knowledge.register import register
from trucewatch.linking.knowledge import families, has_word, is_word, standing, state_media
from trucewatch.linking.node import Side
from trucewatch.record import Actor, Record

_OF_STATE = frozenset(("state", "government", "armed_forces"))
_DEEPEST = 6
_BEFORE = 40
"""Code points before a name in which a word about it is looked for."""


class Sides:
    """The sides of one record's actors; each is worked out once."""

    def __init__(self, record: Record, text: str = "") -> None:
        self.text = text
        self.language = record.report.language
        self.actors = {actor.id: actor for actor in record.actors}
        self._known: dict[str, Side] = {}
        countries = {p.country for p in record.places if p.country}
        named = [*(p.name for p in record.places), *(a.name for a in record.actors), *record.report.datelines]
        self.contested = any(has_word(self.language, "contested_areas", name) for name in named)
        """Whether the report is from land that a state claims and others hold: its authorities may be either's."""
        self.home = next(iter(countries)) if len(countries) == 1 else None
        """The only country that the report's places lie in: a bare "the army" is that country's."""

    def of(self, actor: str | None) -> Side | None:
        """The side of an actor id; ``None`` for none."""
        if actor is None or actor not in self.actors:
            return None
        if actor not in self._known:
            self._known[actor] = self._side(self.actors[actor])
        return self._known[actor]

    def all_of(self, actors: Iterable[str]) -> tuple[Side, ...]:
        """The sides of several actors, in their order."""
        return tuple(side for a in actors if (side := self.of(a)) is not None)

    def _chain(self, actor: Actor) -> list[Actor]:
        """The actor and whom it acts for, up to the last."""
        chain = [actor]
        while chain[-1].acts_for in self.actors and len(chain) < _DEEPEST:
            above = self.actors[chain[-1].acts_for]
            if above in chain:
                break
            chain.append(above)
        return chain

    def _side(self, actor: Actor) -> Side:
        chain = self._chain(actor)
        above = chain[1].name if len(chain) > 1 else None
        key, party, generic, country = self._key(actor, chain)
        return Side(key, actor.name, actor.kind, party, generic, actor.entity, above, country)

    def _key(self, actor: Actor, chain: list[Actor]) -> tuple[str, bool, bool, str | None]:
        """(key, can be a party, is a group without a name, country)."""
        for one in chain:
            family = families().get(one.name) or (families().get(one.entity) if one.entity else None)
            if family:
                return family, standing().get(one.name, standing().get(family, False)), False, None
        if has_word(self.language, "neutral", actor.name):
            return self._neutral(actor)
        if actor.kind in ("organisation", "group") and has_word(self.language, "bodies", actor.name):
            return f"O:{_known_form(actor.name)}", False, False, None
        for one in chain:
            spoken_for = state_media().get(one.name) if one.kind == "media" else None
            if spoken_for:
                return spoken_for, True, False, spoken_for[2:] if spoken_for.startswith("S:") else None
        if actor.kind == "media" and self.home is not None and self._of_the_state(actor):
            return f"S:{self.home}", True, False, self.home
        if self.contested and any(self._local(one) for one in chain):
            return f"?:{_plain(actor.name)}", True, False, None  # of the state, or of who holds the land?
        # Whom it acts for goes before where it is: "die Behörden der Separatisten" are no authority of the state.
        for one in sorted(chain, key=lambda a: a.kind != "armed_group"):
            if one.kind == "armed_group":
                generic = one.entity is None and one.name not in register().entities
                return f"G:{_known_form(one.name)}", True, generic, None
            if one.kind in ("organisation", "civilians") and one is not actor:
                break
            country = country_of(one)
            if country and (one.kind in _OF_STATE or one.kind in ("person", "media")):
                return f"S:{country}", True, False, country
        if actor.kind in ("group", "organisation") and has_word(self.language, "combatants", actor.name):
            return f"G:{_known_form(actor.name)}", True, actor.entity is None, None
        if actor.kind == "organisation":
            return f"O:{_known_form(actor.name)}", standing().get(actor.name, False), False, None
        if actor.kind == "media":
            return f"M:{_known_form(actor.name)}", False, False, None
        if actor.kind == "civilians":
            return "C:", False, True, None
        if actor.kind == "group":
            return f"P:{_form(actor.name)}", False, True, None
        if actor.kind == "armed_forces" and actor.name in standing():
            return f"O:{_known_form(actor.name)}", standing()[actor.name], False, None
        organisation = next((one for one in chain[1:] if one.kind == "organisation"), None)
        if organisation is not None:
            return f"O:{_known_form(organisation.name)}", standing().get(organisation.name, False), False, None
        if self.home is not None and actor.kind in ("government", "armed_forces"):
            return f"S:{self.home}", True, True, self.home
        return f"?:{_plain(actor.name)}", True, False, None

    def _of_the_state(self, medium: Actor) -> bool:
        """Whether a medium is the state's: by its name, or by the word before it ("der staatliche Sender X")."""
        if has_word(self.language, "state_medium", medium.name):
            return True
        before = (self.text[max(0, start - _BEFORE) : start] for start, _ in medium.mentions)
        return any(has_word(self.language, "state_medium", words) for words in before)

    def _local(self, actor: Actor) -> bool:
        """Whether this is an authority that is named by its place alone, with no state's name to it."""
        if actor.kind != "government" or not has_word(self.language, "local_authority", actor.name):
            return False
        return not any(register().adjective(word) for word in re.findall(r"[\w-]+", actor.name))

    def named(self, words: str) -> Side:
        """The side of a speaker that is no actor of the record, by the report's words for it alone."""
        telling = [w for w in words.split() if w[:1].isupper() and not is_word(self.language, "said_by", w)]
        name = " ".join(telling) or words
        neutral = has_word(self.language, "neutral", name)
        return Side(f"{'P' if neutral else '?'}:{_form(name)}", name, "group", not neutral, generic=neutral)

    def _neutral(self, actor: Actor) -> tuple[str, bool, bool, str | None]:
        """Rescue, medicine, observers and local people: bodies with a name are sources, unnamed people are one."""
        if actor.kind in ("group", "organisation") and has_word(self.language, "combatants", actor.name):
            return f"G:{_known_form(actor.name)}", True, actor.entity is None, None
        if actor.kind == "organisation":
            return f"O:{_known_form(actor.name)}", False, False, None
        return f"P:{_form(actor.name)}", False, True, None


def country_of(actor: Actor) -> str | None:
    """ISO code of the state whose side the actor is on: as the reader found it, or by the register."""
    found = getattr(actor, "country", None)
    if found:
        return str(found)
    entity = register().entities.get(actor.name)
    if entity is not None and entity.state and entity.kind != "armed_group":
        return entity.state
    if actor.kind in ("armed_forces", "government", "media", "state"):
        for word in re.findall(r"[\w-]+", actor.name):
            code = register().adjective(word)
            if code:
                return code
    return None


def _known_form(name: str) -> str:
    """A name of the register as it stands there, any other without the endings of cases."""
    plain = _plain(name)
    return plain if plain in register().entities or plain in standing() else _form(plain)


def _form(name: str) -> str:
    """A name without the endings of cases: "Ärzten" and "Ärzte" are one."""
    return " ".join(re.sub(r"(?<=\w{4})(?:en|es|e|n|s)$", "", word) for word in name.casefold().split())


def _plain(name: str) -> str:
    return " ".join(name.split())

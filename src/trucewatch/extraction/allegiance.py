"""On which state's side an actor is: the register, adjectives, offices, seats and, for bare offices, what stands beside them.

Armed groups, civilians and international bodies are on no state's side, whatever country they are in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from trucewatch.extraction.actor_index import Actors
from trucewatch.extraction.actor_roles import owner_of_compound, words
from trucewatch.extraction.mentions import Mention
from trucewatch.extraction.places import PlaceMention, Places
from trucewatch.extraction.referents import Draft
from trucewatch.knowledge.load import table
from trucewatch.knowledge.register import register
from trucewatch.language.analysis import Analysis, Clause
from trucewatch.record import ActorKind

_SIDED: frozenset[ActorKind] = frozenset({"state", "government", "armed_forces"})
_ACTING: frozenset[ActorKind] = frozenset({"person", "government", "armed_forces"})
_UP = 6
"""Chains of ``acts_for`` are followed so far."""
_TERM_SLACK = 1
"""Years by which a term of office may be out of date."""


def set_countries(actors: Actors, drafts: Sequence[Draft], places: Places | None, inside: dict[int, Clause]) -> None:
    """Set ``country`` of the actors; ``drafts`` are those that they were made from, in the same order.

    ``inside`` gives the clause of each token.
    """
    finder = _Allegiances(actors, drafts, places, inside)
    for number, draft in enumerate(drafts):
        actors.all[number].country = finder.own(draft)
    finder.through_others()
    for number, draft in enumerate(drafts):
        if actors.all[number].country is None and finder.bare(draft):
            actors.all[number].country = finder.beside(number, draft)
    finder.through_others()


def _classes(mention: Mention) -> frozenset[str]:
    """The classes of the mention's noun and of its first part ("Polizeisprecher": spokesperson, police)."""
    part = owner_of_compound(mention.role.word) if mention.role is not None and mention.role.word else None
    roles = (mention.role, *(o.role for o in (mention.owner, part) if o is not None))
    return frozenset(r.cls for r in roles if r is not None)


def _iso(code: str | None) -> str | None:
    """Only codes of ISO 3166-1 alpha-2: the register has a few more for breakaway territories."""
    return code if code and len(code) == 2 and code.isalpha() else None


@dataclass(slots=True)
class _Allegiances:
    actors: Actors
    drafts: Sequence[Draft]
    places: Places | None
    inside: dict[int, Clause]
    hanging: dict[int, list[PlaceMention]] = field(default_factory=dict)
    """Noun token -> the places that hang on it ("Gouverneur von Hatay")."""
    by_sentence: dict[int, list[PlaceMention]] = field(default_factory=dict)
    named: dict[int, set[int]] = field(default_factory=dict)
    """Sentence -> actors mentioned in it."""

    def __post_init__(self) -> None:
        for mention in self.places.mentions if self.places is not None else ():
            if mention.governor is not None:
                self.hanging.setdefault(mention.governor, []).append(mention)
            self.by_sentence.setdefault(self.analysis.tokens[mention.first].sentence, []).append(mention)
        for number, draft in enumerate(self.drafts):
            for told in draft.mentions:
                self.named.setdefault(told.sentence, set()).add(number)

    @property
    def analysis(self) -> Analysis:
        return self.actors.analysis

    # -- what the actor's own words and the register say ----------------------------------------------------------------
    def own(self, draft: Draft) -> str | None:
        """The country that the actor's name, adjective, office or seat says."""
        if any(m.stance for m in draft.mentions) or self._unrecognised_seat(draft):
            return None
        if draft.kind in _SIDED:
            return _iso(draft.state) or self._installed(draft) or self._by_place(draft)
        if draft.kind == "person":
            return self._of_person(draft)
        if draft.kind == "media":
            return self._of_medium(draft)
        if draft.kind == "group" and len(draft.key) > 1 and draft.key[1] in words("official_groups"):
            return _iso(draft.state)
        return None

    def _of_person(self, draft: Draft) -> str | None:
        published = self.analysis.published
        if draft.official is not None:
            term = draft.official.term(published)
            held = term is not None and (published is None or term.covers(published, _TERM_SLACK))
            if term is not None and held and term.role in words("register_offices"):
                return _iso(term.of)
            return None
        held_offices = sorted(draft.offices)
        side = [of for cls, of in held_offices if cls in words("state_offices") or self._called(draft)]
        for of in side:
            if _iso(of) in register().states:
                return _iso(of)
        return (self._installed(draft) or self._by_place(draft)) if side else None

    def _called(self, draft: Draft) -> bool:
        """Does one of the words for the person name an office of state ("Sicherheitsberater", "Polizeichef")?"""
        return any(m.role is not None and m.role.word.lower() in words("state_posts") for m in draft.mentions)

    def _of_medium(self, draft: Draft) -> str | None:
        known = table("organisations")["state_media"].get(draft.name)
        if known is not None:
            return str(known)
        run = any(m.role is not None and m.role.word.lower() in words("state_media") for m in draft.mentions)
        return _iso(draft.state) if run or draft.traits & words("state_run") else None

    def _by_place(self, draft: Draft) -> str | None:
        """ "der Gouverneur der Provinz Hatay", "die Behörden in Charkiw", "das Ministerium in Moskau": where it is."""
        for mention in draft.mentions:
            if mention.shadow or mention.role is None or self._doubted(mention):
                continue
            cls = mention.role.cls
            seated = cls in words("seated") and not mention.plural
            if cls not in words("local") and not seated:
                continue
            heads = [mention.head] if mention.hit is None else [t for t in (mention.hit.title,) if t is not None]
            for place in (p for head in heads for p in self._at(head)):
                if not seated or place.precision == "country" or self._capital(place.name, place.country):
                    return _iso(place.country)
        return None

    def _at(self, head: int) -> Iterator[_Where]:
        for mention in self.hanging.get(head, ()):
            place = self.places.all[mention.place] if self.places is not None else None
            if place is not None and place.country is not None:
                yield _Where(place.name, place.country, place.precision)

    def _unrecognised_seat(self, draft: Draft) -> bool:
        """ "die Behörden in Stepanakert": of a territory with a government of its own, not of the state around it."""
        heads = {t for m in draft.mentions for t in (m.head, *m.covers)}
        seats = [register().word(place.name) for head in heads for place in self._at(head)]
        return any(seat is not None and seat.capital and seat.state and not _iso(seat.state) for seat in seats)

    def _capital(self, name: str, country: str | None) -> bool:
        """Is the town a seat of the state's government?"""
        seat = register().word(name)
        return seat is not None and seat.capital and seat.state == country

    def _doubted(self, mention: Mention) -> bool:
        """ "der selbsternannte Bürgermeister": whose he is the place does not tell."""
        phrase = mention.phrase
        doubt = words("unrecognised")
        return phrase is not None and any(
            self.analysis.tokens[i].lemma.lower().startswith(tuple(doubt)) for i in phrase.adjectives
        )

    def _installed(self, draft: Draft) -> str | None:
        """ "die von Moskau eingesetzten Behörden": the state that installed them."""
        for mention in draft.mentions:
            clause = next((c for c in self._described(mention) if c.predicate in words("installing")), None)
            if clause is not None and clause.subject is not None:
                found = {self.actors.all[a].country or self.drafts[a].state for a in self.actors.of(clause.subject)}
                if len(found) == 1:
                    return _iso(found.pop())
        return None

    def _described(self, mention: Mention) -> Iterator[Clause]:
        clause = self.inside.get(mention.head)
        for number in clause.children if clause is not None else ():
            child = self.analysis.clauses[number]
            held = child.antecedent
            if child.relation == "participle" and held is not None and held.head in (mention.head, *mention.covers):
                yield child

    # -- through whom it acts for -------------------------------------------------------------------------------------
    def through_others(self) -> None:
        """Who speaks or acts for somebody on a state's side is on it too; armed groups end the chain."""
        for entry in self.actors.all:
            if entry.kind not in (*_ACTING, "media"):
                continue
            above = entry.acts_for
            for _ in range(_UP):
                if above is None or entry.country is not None or self.actors.all[above].kind not in (*_SIDED, "person"):
                    break
                entry.country = self.actors.all[above].country
                above = self.actors.all[above].acts_for

    # -- what stands beside a bare office -----------------------------------------------------------------------------
    def bare(self, draft: Draft) -> bool:
        """Is it an office or force with no owner or adjective of its own?"""
        if draft.kind not in _ACTING or draft.of or draft.state or draft.foreign or draft.official is not None:
            return False
        if draft.kind == "person":
            if any(of for _, of in draft.offices):
                return False
        elif draft.named:
            return False
        told = [m for m in draft.mentions if m.role is not None]
        if self._unrecognised_seat(draft):
            return False
        if any(m.stance or self._doubted(m) or next(self._described(m), None) is not None for m in told):
            return False
        if any(m.owner_head is not None for m in told):
            return False  # "die Truppen des Generals X": his, whoever he is
        return any(_classes(m) & words("inferred") for m in told)

    def beside(self, number: int, draft: Draft) -> str | None:
        """The state that its sentence or its paragraph makes plain; for local offices the country of what happened there."""
        sentences = sorted({m.sentence for m in draft.mentions})
        local = any(_classes(m) & words("local") for m in draft.mentions)
        found = None
        if draft.kind != "person":
            found = self._first(self._of_subject(number, m) for m in draft.mentions)
        if found is None and local:
            found = self._first(self._happened(s) for s in sentences)
        if found is None:
            found = self._first(self._alone(number, s) for s in sentences) or self._dateline()
        return found

    @staticmethod
    def _first(found: Iterator[str | None]) -> str | None:
        return next((f for f in found if f is not None), None)

    def _of_subject(self, number: int, mention: Mention) -> str | None:
        """ "Die Türkei reagierte nach Angaben des Ministeriums": the source inside a clause belongs to who acts in it."""
        clause = self.inside.get(mention.head)
        if clause is None or clause.subject is None or clause.mood != "indicative":
            return None
        subject = clause.subject
        if subject.first <= mention.head <= subject.last or subject.role == "agent":
            return None
        found = {self.actors.all[a].country for a in self.actors.of(subject) if a != number}
        return found.pop() if len(found) == 1 else None

    def _happened(self, sentence: int) -> str | None:
        """The one country in which the places of a sentence lie, or those of the sentences of its paragraph before it."""
        sentences = self.analysis.sentences
        at = sentence
        while at >= 0 and sentences[at].paragraph == sentences[sentence].paragraph:
            here = [m for m in self.by_sentence.get(at, ()) if m.locative and not m.dateline]
            if here and self.places is not None:
                found = {self.places.all[m.place].country for m in here}
                return _iso(found.pop()) if len(found) == 1 else None
            at -= 1
        return None

    def _alone(self, number: int, sentence: int) -> str | None:
        """The only state that the paragraph speaks of: as a side or by its name, not just by a town in it."""
        sentences = self.analysis.sentences
        paragraph = sentences[sentence].paragraph
        sides: set[str] = set()
        grounds: set[str] = set()
        for step in (-1, 1):
            at = sentence if step > 0 else sentence - 1
            while 0 <= at < len(sentences) and sentences[at].paragraph == paragraph:
                sides |= self._sides(at, number) | self._grounds(at, states=True)
                grounds |= self._grounds(at)
                at += step
        return sides.pop() if len(sides) == 1 and grounds <= sides else None

    def _sides(self, sentence: int, but: int) -> set[str]:
        actors = self.actors.all
        return {c for a in self.named.get(sentence, ()) if a != but and (c := actors[a].country) is not None}

    def _grounds(self, sentence: int, states: bool = False) -> set[str]:
        """The countries of the places of a sentence; ``states``: only of those that are countries."""
        if self.places is None:
            return set()
        here = (self.places.all[m.place] for m in self.by_sentence.get(sentence, ()) if not m.dateline)
        return {p.country for p in here if p.country is not None and (p.precision == "country" or not states)}

    def _dateline(self) -> str | None:
        """The capital that the report comes from, where the report is about that state."""
        if self.places is None:
            return None
        found = {self.places.all[m.place].country for m in self.places.mentions if m.dateline}
        country = found.pop() if len(found) == 1 else None
        if country is None or country not in register().states:
            return None
        names = {self.places.all[m.place].name for m in self.places.mentions if m.dateline}
        told = any(e.country == country and e.kind in _SIDED for e in self.actors.all) or any(
            self.places.all[m.place].country == country for m in self.places.mentions if not m.dateline
        )
        return country if told and all(self._capital(name, country) for name in names) else None


@dataclass(frozen=True, slots=True)
class _Where:
    name: str
    country: str
    precision: str

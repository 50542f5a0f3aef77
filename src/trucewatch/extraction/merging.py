"""One event per happening: which candidates are the same happening told again (codebook section 4, rules; 13.1, 13.2)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from trucewatch.extraction.happening import Happening, Toll
from trucewatch.extraction.linked_clauses import act_beside
from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Analysis, Clause

SPEECH_ACTS = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "CONCEDE", "STATE"})
_FORCE = frozenset({"ASSAULT", "HARM"})
_ACT_PREPOSITIONS = frozenset(
    {"bei", "durch", "in", "infolge", "mit", "wegen", "during", "by", "nach", "aus", "unter"}
)


_ONCE = frozenset({"suicide", "shootdown"})
"""Modes that a report seldom tells of twice without saying so."""
_MEANS = frozenset({"mit", "per", "zu", "in", "auf", "via", "bei", "über", "von"})


@cache
def _act_words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    data = table(f"merging.{language}")
    return frozenset(data["generic"]), frozenset(data["standing"])


def _times_apart(one: Happening, other: Happening) -> bool:
    a, b = one.time, other.time
    if a is None or b is None or None in (a.from_, a.to, b.from_, b.to):
        return False
    assert a.from_ and a.to and b.from_ and b.to
    return a.to <= b.from_ or b.to <= a.from_


def _apart(one: list[int], other: list[int]) -> bool:
    return bool(one) and bool(other) and not set(one) & set(other)


def _numbers_apart(one: Happening, other: Happening) -> bool:
    for a in one.tolls:
        for b in other.tolls:
            if a.harm == b.harm and not a.part and not b.part and not b.total and not b.additional and not a.additional:
                if a.low is not None and b.low is not None and a.low != b.low:
                    return True
    return False


class Merger:
    """Takes candidates in text order and gives the happenings, each with its mentions."""

    def __init__(
        self,
        analysis: Analysis,
        contained: dict[int, set[int]],
        side: Callable[[int], int],
        anybody: Callable[[int], bool],
    ) -> None:
        self.analysis = analysis
        self.meetings = frozenset(table(f"merging.{analysis.language}")["meeting"])
        self.anybody = anybody
        """Is the actor plain people ("Menschen", "Personen"), whom another word may name as well?"""
        self.side = side
        self.contained = contained
        """For a place index, the places that lie in it or that it lies in."""

    def merge(self, candidates: list[Happening]) -> list[Happening]:
        """All candidates folded into happenings, in order of their first mention."""
        candidates = self._verb_with_its_noun(candidates)
        candidates = self._acts_before_harm(candidates)
        kept: list[Happening] = []
        for candidate in candidates:
            earlier = self._same(candidate, kept)
            if earlier is None:
                kept.append(candidate)
            else:
                self.join(earlier, candidate)
        return kept

    # -- a verb and the event noun it governs --------------------------------------------------------------------------
    def _verb_with_its_noun(self, candidates: list[Happening]) -> list[Happening]:
        """ "berief eine Krisensitzung ein", "vereinbarten eine Waffenruhe", "vereinbarte Waffenruhe": one event, not two."""
        dropped: set[int] = set()
        for k, verb in enumerate(candidates):
            clause = verb.clause
            if verb.frame.noun or clause is None or k in dropped:
                continue
            for j, noun in enumerate(candidates):
                if (
                    j in dropped
                    or not noun.frame.noun
                    or noun.type != verb.type
                    or noun.phrase is None
                    or noun.clause is None
                ):
                    continue
                if noun.mode is not None and verb.mode not in (None, "other", noun.mode) and noun.mode != "other":
                    continue
                attribute = (
                    clause.relation == "participle"
                    and clause.antecedent is not None
                    and clause.antecedent.head == noun.token
                )
                held = noun.clause is clause and self._holds(clause, noun)
                if not attribute and not held:
                    continue
                first, second = (verb, noun) if self._verb_names_it(verb, noun) and not attribute else (noun, verb)
                self._unite(first, second)
                dropped.add(j if first is verb else k)
                if first is noun:
                    break
        return [c for k, c in enumerate(candidates) if k not in dropped]

    def _holds(self, clause: Clause, noun: Happening) -> bool:
        assert noun.phrase is not None
        heads = {p.head for p in (clause.object, clause.subject) if p is not None}
        heads |= {p.head for p in clause.phrases if p.kind == "prepositional" and p.preposition in _MEANS}
        return noun.phrase.head in heads

    def _verb_names_it(self, verb: Happening, noun: Happening) -> bool:
        """The verb carries the meaning ("vereinbaren", "beraten per Videoschalte"), not the noun ("einberufen", "unterhalten")."""
        assert noun.phrase is not None
        if noun.phrase.kind == "prepositional":
            return verb.type != "ASSAULT"
        return verb.type == "AGREE" and verb.frame.mode == "other" and not verb.frame.where

    def _unite(self, first: Happening, second: Happening) -> None:
        first.mentions.append(second.trigger)
        if first.mode in (None, "other") and second.mode is not None:
            first.mode = second.mode
        first.actors = first.actors or [a for a in second.actors if a not in first.targets]
        first.targets = first.targets or [a for a in second.targets if a not in first.actors]
        first.places = first.places or second.places
        first.time = first.time or second.time
        first.count = first.count or second.count
        first.tolls.extend(t for t in second.tolls if not _has(first.tolls, t))
        verb = second if first.frame.noun else first
        if verb.clause is not None and verb.clause.relation != "participle":
            first.status, first.polarity = verb.status, verb.polarity
        if first.said.kind == "reporter" and second.said.kind != "reporter":
            first.said = second.said
        first.why.append(f"one with “{second.rule}” in its clause")

    # -- act and harm in one clause --------------------------------------------------------------------------------
    def _acts_before_harm(self, candidates: list[Happening]) -> list[Happening]:
        """Prefer the act over the harm: "bei einem Luftangriff wurden 33 getötet" is one ASSAULT with losses."""
        dropped: set[int] = set()
        for k, harm in enumerate(candidates):
            if (
                harm.clause is None
                or harm.type not in _FORCE
                or (harm.frame.noun and harm.type != "HARM")
                or k in dropped
            ):
                continue
            act = self._act_for(harm, [c for j, c in enumerate(candidates) if j != k and j not in dropped])
            if act is not None:
                self._absorb(act, harm)
                dropped.add(k)
        return [c for k, c in enumerate(candidates) if k not in dropped]

    def _act_for(self, harm: Happening, others: list[Happening]) -> Happening | None:
        assert harm.clause is not None
        clauses = [harm.clause.i]
        clause: Clause = harm.clause
        while clause.relation == "coordinated" and clause.parent is not None and len(clauses) < 6:
            clause = self.analysis.clauses[clause.parent]
            clauses.append(clause.i)
        for other in others:
            if other.type != "ASSAULT" or not other.frame.noun or other.clause is None or other.phrase is None:
                continue
            if other.polarity != harm.polarity or other.token == harm.token:
                continue
            if other.clause.i not in clauses:
                continue
            phrase = other.phrase
            if harm.frame.noun:
                if harm.phrase is not None and (
                    phrase in harm.phrase.attached or harm.phrase in phrase.attached or phrase is other.clause.subject
                ):
                    return other
                if phrase.kind == "prepositional" and phrase.preposition in _ACT_PREPOSITIONS:
                    return other
                continue
            top = next((p for p in other.clause.phrases if p.first <= phrase.first <= p.last), phrase)
            if (
                top.kind == "prepositional"
                and top.preposition in _ACT_PREPOSITIONS
                and (top.preposition != "nach" or harm.type == "HARM")
            ):
                return other
            if top is other.clause.subject or top is other.clause.agent:
                return other
        return act_beside(self.analysis, harm, others)

    def _absorb(self, act: Happening, harm: Happening) -> None:
        act.targets = act.targets or [t for t in harm.targets if t not in act.actors]
        if not act.targets and harm.targets:
            act.targets = list(harm.targets)
        act.actors = act.actors or [a for a in harm.actors if a not in act.targets]
        act.places = act.places or harm.places
        act.time = act.time or harm.time
        act.tolls.extend(t for t in harm.tolls if not _has(act.tolls, t))
        if act.said.kind == "reporter" and harm.said.kind != "reporter":
            act.said = harm.said
        if act.status == "occurred":
            act.status = harm.status
        act.why.append(f"takes the losses of “{harm.frame.id}” in its clause")

    # -- told again --------------------------------------------------------------------------------------------------
    def _same(self, candidate: Happening, kept: list[Happening]) -> Happening | None:
        for earlier in reversed(kept):
            if self._told_again(earlier, candidate):
                return earlier
        return None

    def _compatible(self, one: Happening, other: Happening) -> bool:
        if one.polarity != other.polarity:
            return False
        modes = {one.mode, other.mode}
        if one.type == "CONSULT" and any(self._any_meeting(h) for h in (one, other)):
            modes = {None}
        if len(modes) == 2 and None not in modes and "other" not in modes and modes != {"talks", "meeting"}:
            return False
        places_apart = _apart(one.places, other.places) and not any(
            q in self.contained.get(p, ()) for p in one.places for q in other.places
        )
        actors_apart = self._sides_apart(one.actors, other.actors) and not (
            one.mode in _ONCE and one.mode == other.mode
        )
        return not (
            places_apart
            or _times_apart(one, other)
            or actors_apart
            or self._sides_apart(one.targets, other.targets)
            or _numbers_apart(one, other)
        )

    def _any_meeting(self, happening: Happening) -> bool:
        """ "das Gespräch", or a headline's "Treffen": may name a call, a summit or talks told elsewhere."""
        phrase = happening.phrase
        known = happening.headline or phrase is not None and phrase.determiner in ("definite", "demonstrative")
        return happening.frame.noun and happening.frame.word in self.meetings and known

    def _sides_apart(self, one: list[int], other: list[int]) -> bool:
        """Both name somebody, and not even the sides meet ("Ankara" and "die Türkei" are one side)."""
        if any(self.anybody(a) for a in one) and any(self.anybody(a) for a in other):
            return False
        return _apart(one, other) and _apart([self.side(a) for a in one], [self.side(a) for a in other])

    def _told_again(self, earlier: Happening, later: Happening) -> bool:
        if earlier.type != later.type:
            cross = {earlier.type, later.type} == {"HARM", "ASSAULT"}
            return cross and self._harm_told_again(earlier, later)
        if self._harms_listed(earlier, later):
            return True
        if earlier.headline and not later.headline and later.type in SPEECH_ACTS and earlier.frame.word == later.frame.word:
            return bool({self.side(a) for a in earlier.actors} & {self.side(a) for a in later.actors})
        if not self._compatible(earlier, later):
            return False
        definite = later.phrase is not None and later.phrase.determiner in ("definite", "demonstrative", "possessive")
        demonstrative = later.phrase is not None and later.phrase.determiner == "demonstrative"
        summary = earlier.headline and not later.headline
        if later.type in SPEECH_ACTS:
            if later.frame.noun and (definite or demonstrative):
                return earlier.sentence != later.sentence and (not _apart(earlier.actors, later.actors))
            return summary and bool(set(earlier.actors) & set(later.actors)) and earlier.frame.word == later.frame.word
        if earlier.sentence == later.sentence and not later.frame.noun and not earlier.frame.noun:
            return False
        if later.frame.noun:
            if (
                later.status != earlier.status
                and {later.status, earlier.status} & {"planned", "possible", "threatened", "demanded"}
                and not demonstrative
            ):
                if later.type not in ("AGREE", "CONSULT"):
                    return False
            if later.type == "AGREE" and later.mode == earlier.mode and later.mode in ("ceasefire", "zone"):
                return True
            if (
                later.type == "PRESENCE"
                and later.mode == earlier.mode
                and later.mode in ("observation_post", "checkpoint")
                and self._shares(earlier, later)
            ):
                return True
            if (
                later.type == "VIOLATE"
                and earlier.count is None
                and later.count is not None
                and later.sentence - earlier.last_told <= 2
            ):
                return True  # "mehr Verstöße … Es waren 312 Verletzungen"
            if (
                later.type == "ADVANCE"
                and earlier.status == later.status
                and (self._shares(earlier, later) or not earlier.actors)
                and later.count is None
            ):
                return True  # an offensive is seldom told of twice in one report
            new_number = later.phrase is not None and later.phrase.quantity is not None and not definite
            if new_number and later.count != earlier.count:
                return False
            if later.type == "PROTEST" and not later.count:
                return True
            if later.type == "ASSAULT":
                if later.frame.word == earlier.frame.word and later.frame.word in _act_words(self.analysis.language)[1]:
                    return not later.count  # lasting fighting, told of once
                if not self._points_back(earlier, later):
                    return False
            if definite or demonstrative:
                return earlier.sentence != later.sentence or earlier.frame.word != later.frame.word
            if later.mode == earlier.mode == "bombing" and not later.count and not later.places and later.sentence - earlier.last_told <= 3:
                return True
            bare = not (later.places or later.time or later.targets or later.count)
            return (
                (summary or earlier.frame.word == later.frame.word) and bare or summary and self._shares(earlier, later)
            )
        if later.type in ("PROTEST", "DAMAGE") and later.mode == earlier.mode and not later.count:
            return later.type == "PROTEST" or not later.places and later.sentence - earlier.last_told <= 3
        if (
            later.clause is not None
            and later.clause.relation == "participle"
            and later.frame.word == earlier.frame.word
        ):
            return True  # an attribute restates what the report told before
        held = later.clause.object if later.clause is not None else None
        if (
            later.type == "AGREE"
            and later.mode in (None, "other")
            and held is not None
            and held.determiner in ("definite", "demonstrative")
            and not held.pronoun
        ):
            return True  # "Das Abkommen sei am Freitag besiegelt worden"
        # a verb tells it again: the same parties, and nothing new in place or time
        if summary and (self._shares(earlier, later)):
            return True
        if later.mode == earlier.mode == "bombing" and not later.targets and not later.places and later.sentence - earlier.last_told <= 3:
            return True  # "Der Sprengsatz explodierte, als …"
        if later.mode in _ONCE and later.mode == earlier.mode and not later.targets and not later.places:
            return True  # "…, als er sich in die Luft sprengte"
        same_parties = bool(set(earlier.actors) & set(later.actors) or not earlier.actors or not later.actors) and bool(
            set(earlier.targets) & set(later.targets)
        )
        if same_parties and later.status == earlier.status:
            if not later.places and not later.time:
                return earlier.frame.word == later.frame.word or earlier.frame.noun
        return False

    def _points_back(self, earlier: Happening, later: Happening) -> bool:
        """May the later noun name the earlier act: the same word, a part of it, or a noun for any single act?"""
        generic, standing = _act_words(self.analysis.language)
        one, other = earlier.frame.word, later.frame.word
        if one == other or one.endswith(other) or other.endswith(one):
            return True
        lasting = (one in standing) != (other in standing) or (earlier.mode == "clash") != (later.mode == "clash")
        return not lasting and (other in generic or one in generic or not earlier.frame.noun)

    def _harms_listed(self, earlier: Happening, later: Happening) -> bool:
        """ "fünf Zivilisten getötet und zwei weitere verletzt": one harm with two losses."""
        if (
            earlier.type != "HARM"
            or later.type != "HARM"
            or earlier.polarity != later.polarity
            or earlier.status != later.status
        ):
            return False
        if (
            later.sentence - earlier.sentence > 1
            or _times_apart(earlier, later)
            or later.places
            and _apart(earlier.places, later.places)
        ):
            return False
        if later.mode == earlier.mode and _numbers_apart(earlier, later):
            return False
        if later.mode != earlier.mode and (
            earlier.last_told == later.sentence
            or bool(set(earlier.targets) & set(later.targets))
            and later.sentence - earlier.last_told <= 2
        ):
            return True
        return any(t.additional for t in later.tolls)

    def _harm_told_again(self, earlier: Happening, later: Happening) -> bool:
        """A later harm of the same people without an act of its own belongs to the act told before."""
        nobody = bool(later.tolls) and all(t.low == t.high == 0 for t in later.tolls)  # "verletzt worden sei niemand"
        if (
            later.type != "HARM"
            or earlier.type != "ASSAULT"
            or earlier.polarity != later.polarity
            and not nobody
            or later.time is not None
            and _times_apart(earlier, later)
        ):
            if (
                earlier.type == "HARM"
                and later.type == "ASSAULT"
                and earlier.headline
                and later.tolls
                and earlier.tolls
            ):
                return any((a.harm, a.low) == (b.harm, b.low) for a in earlier.tolls for b in later.tolls)
            return False
        if earlier.status not in ("occurred", "ongoing") or later.status != "occurred":
            return False
        tokens = self.analysis.tokens
        gap = later.sentence - earlier.last_told
        sentences = self.analysis.sentences
        paragraph = sentences[later.sentence].paragraph == sentences[earlier.last_told].paragraph
        additional = any(t.additional for t in later.tolls)
        first = sentences[later.sentence].first
        opening = {tokens[i].text.lower() for i in range(first, min(first + 6, len(tokens)))}
        here = bool(opening & {"dabei", "dadurch", "hierbei", "zudem", "außerdem"})
        if nobody and 0 <= gap <= 1:
            return True
        if 0 <= gap <= (2 if additional else 1) and (additional or here) and (paragraph or additional):
            return True
        bare = (
            later.time is None
            and not later.places
            and later.clause is not None
            and later.clause.agent is None
            and bool(later.tolls)
        )
        if (
            bare
            and gap == 1
            and paragraph
            and not earlier.tolls
            and not later.frame.noun
            and not _apart(earlier.targets, later.targets)
        ):
            return True  # "Eine Autobombe explodierte. Zwei Menschen wurden getötet."
        if later.frame.noun and 0 <= gap <= 2 and paragraph and later.tolls and not later.time and not later.places:
            return True  # "98 Tote seien Flüchtlinge"
        if (
            earlier.status == "ongoing"
            and 0 <= gap <= 1
            and paragraph
            and later.tolls
            and not later.places
            and later.time is None
        ):
            for toll in later.tolls:
                toll.total = True
            return True  # "Seit 2014 kämpfen … Mehr als 13 000 Menschen wurden getötet."
        if (
            later.frame.noun
            and later.phrase is not None
            and later.phrase.determiner in ("definite", "demonstrative")
            and not later.tolls
        ):
            return (
                bool(earlier.tolls)
                and later.sentence - earlier.sentence <= 6
                and not _apart(earlier.targets, later.targets)
            )
        same_number = any(
            (a.harm, a.low, a.high) == (b.harm, b.low, b.high) for a in earlier.tolls for b in later.tolls
        )
        return same_number and not _apart(earlier.targets, later.targets)

    def _shares(self, one: Happening, other: Happening) -> bool:
        sides = {self.side(a) for a in one.actors} & {self.side(a) for a in other.actors}
        return bool(sides or set(one.targets) & set(other.targets) or set(one.places) & set(other.places))

    def join(self, earlier: Happening, later: Happening) -> None:
        """Put what the later mention adds into the earlier event."""
        earlier.mentions.append(later.trigger)
        bare = earlier.frame.noun and not (earlier.actors or earlier.targets or earlier.time or earlier.tolls or earlier.headline)
        if bare and later.actors and later.type == earlier.type and earlier.type in ("AGREE", "CONSULT"):
            earlier.mentions.append(earlier.trigger)  # the mention that says who did it stands for the event
            earlier.trigger, earlier.token, earlier.clause = later.trigger, later.token, later.clause
            earlier.said, earlier.status, earlier.sentence = later.said, later.status, later.sentence
        earlier.latest = max(earlier.last_told, later.sentence)
        vague = earlier.mode is None or earlier.type == "CONSULT" and earlier.frame.word in self.meetings and later.mode != "talks"
        if later.mode is not None and vague and later.type == earlier.type:
            earlier.mode = later.mode
        if earlier.headline and not later.headline:
            earlier.said = later.said
            earlier.headline = False
            earlier.status = later.status
            earlier.why.append("the headline takes the voice that the body gives it")
        earlier.actors = earlier.actors or [a for a in later.actors if a not in earlier.targets]
        earlier.targets = earlier.targets or [a for a in later.targets if a not in earlier.actors]
        earlier.places += [p for p in later.places if p not in earlier.places]
        if earlier.status != "ongoing":
            earlier.time = earlier.time or later.time
        earlier.count = earlier.count or later.count
        for toll in later.tolls:
            if toll.total:
                earlier.tolls = [t for t in earlier.tolls if t.harm != toll.harm]
            if not _has(earlier.tolls, toll):
                earlier.tolls.append(toll)
        earlier.why.append(f"told again at {later.trigger[0]}–{later.trigger[1]} ({later.rule})")


def _has(tolls: list[Toll], toll: Toll) -> bool:
    return any((t.harm, t.low, t.high) == (toll.harm, toll.low, toll.high) for t in tolls)

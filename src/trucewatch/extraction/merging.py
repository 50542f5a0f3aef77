"""One event per happening: candidates told again go into the happening's mentions (codebook section 4, rules)."""

from __future__ import annotations

from trucewatch.extraction.happening import Happening, Toll, has_toll
from trucewatch.extraction.merging_words import merging_words
from trucewatch.extraction.one_clause import OneClause
from trucewatch.extraction.tallies import Tallies
from trucewatch.extraction.told_again import Sides, ToldAgain, gives_way
from trucewatch.language.analysis import Analysis


class Merger:
    """Takes candidates in text order and gives the happenings, each with its mentions."""

    def __init__(self, analysis: Analysis, sides: Sides) -> None:
        self.one_clause = OneClause(analysis)
        self.told_again = ToldAgain(analysis, sides)
        self.tallies = Tallies(analysis, sides)
        self.meetings = merging_words(analysis.language).meetings

    def merge(self, candidates: list[Happening]) -> list[Happening]:
        """All candidates folded into happenings, in order of their first mention; the nearest earlier one wins."""
        kept: list[Happening] = []
        for candidate in self.one_clause.fold(candidates):
            earlier: Happening | None
            if candidate.frame.tally in ("update", "version"):
                earlier = self.tallies.act(kept, candidate)
            else:
                earlier = self._same(kept, candidate) or self.told_again.only_act(kept, candidate)
            if earlier is None:
                kept.append(candidate)
            else:
                self.join(earlier, candidate)
        return kept

    def _same(self, kept: list[Happening], candidate: Happening) -> Happening | None:
        """The happening that the candidate tells again: the nearest one told with a word of its family, else the nearest."""
        nearest: Happening | None = None
        may_be = [k for k in reversed(kept) if self.told_again.same(k, candidate)]
        if candidate.type == "ASSAULT" and candidate.frame.noun:  # "der Angriff": the one spoken of last
            may_be.sort(key=lambda k: -k.last_told)
        if candidate.time is not None:  # "der Angriff vom Mittwoch": the one that is told of that day
            may_be = [k for k in may_be if k.time is not None] or may_be
        for earlier in may_be:
            if candidate.type != "ASSAULT" or not candidate.frame.noun or _kin(earlier, candidate):
                return earlier
            nearest = nearest or earlier
        return nearest

    def join(self, earlier: Happening, later: Happening) -> None:
        """Put what the later mention adds into the earlier event."""
        earlier.mentions.append(later.trigger)
        self._fuller(earlier, later)
        earlier.latest = max(earlier.last_told, later.sentence)
        if later.mode is not None and later.type == earlier.type and self._open_mode(earlier, later):
            earlier.mode = later.mode
        head = earlier.headline and not later.headline
        if head:
            if later.chronicled:
                earlier.time = later.time
            earlier.said, earlier.status, earlier.headline = later.said, later.status, False
            earlier.why.append("the headline takes the voice that the body gives it")
        told = later.type == earlier.type and not later.denied and not later.frame.noun
        if earlier.denied and told and later.said.kind == "attributed":
            earlier.said, earlier.denied = later.said, False  # denied first, then told by whoever says so
        if earlier.open and not later.open and later.type == earlier.type:
            earlier.said, earlier.status, earlier.open = later.said, later.status, False  # asked first, then told
        actors = earlier.actors
        places = earlier.places + [p for p in later.places if p not in earlier.places]
        time = earlier.time
        told = later.frame.tally in ("update", "version")
        earlier.take_slots(later)
        if told:
            earlier.time = time  # when somebody counted
        earlier.places = places
        if self._claim(earlier, later):
            earlier.actors = actors
        if (
            earlier.type in ("CONSULT", "AGREE")
            and later.type == earlier.type
            and (earlier.frame.joint or later.frame.joint)
        ):
            # talks have several parties: each mention may name others of them
            earlier.actors += [a for a in later.actors if a not in earlier.actors and a not in earlier.targets]
        if earlier.status == "ongoing":
            earlier.time = time  # what lasts does not take the date of one mention
        added: list[int] = []
        for toll in later.tolls:
            if toll.who in earlier.actors and earlier.mode != "clash":
                toll.who = None  # "beschossen Stellungen. Drei Soldaten wurden getötet": hardly their own
            if toll.additional and any(t.total and t.harm == toll.harm for t in earlier.tolls):
                toll.part = True  # "stieg auf neun. … zwei weitere Leichen": they are among them
            if toll.total:  # "ein weiterer starb. Damit stieg die Zahl auf 34": the one is part of them
                earlier.tolls = [t for t in earlier.tolls if t.harm != toll.harm or t.additional]
                for part in (t for t in earlier.tolls if t.harm == toll.harm):
                    part.part = True
                    if part.said is None or part.said.kind == "reporter":
                        part.said = toll.said  # whoever gives the sum gives its parts
            if not toll.part:  # "Viele Tote … zwölf Menschen"
                same = [t for t in earlier.tolls if t.harm == toll.harm and not t.part]
                if any(gives_way(toll, t) for t in same):
                    continue
                rough = [id(t) for t in same if gives_way(t, toll)]
                earlier.tolls = [t for t in earlier.tolls if id(t) not in rough]
            if head:  # "Sechs Tote" over "mindestens sechs Menschen"
                earlier.tolls = [t for t in earlier.tolls if not _narrower(t, toll)]
            if not has_toll([t for t in earlier.tolls if id(t) not in added], toll):
                earlier.tolls.append(toll)
                added.append(id(toll))
        earlier.why.append(f"told again at {later.trigger[0]}–{later.trigger[1]} ({later.rule})")

    def _claim(self, earlier: Happening, later: Happening) -> bool:
        """Who did it, by another's word alone, is no fact about an act that the report tells in its own."""
        return (
            earlier.said.kind == "reporter" and later.said.kind != "reporter" and later.type in ("ASSAULT", "ADVANCE")
        )

    def _fuller(self, earlier: Happening, later: Happening) -> None:
        """The mention that says who did it stands for the event, not a bare noun before it."""
        if earlier.type not in ("AGREE", "CONSULT") or later.type != earlier.type or not later.actors:
            return
        named = earlier.actors or earlier.targets or earlier.time or earlier.tolls
        if named or earlier.headline or not earlier.frame.noun:
            return
        earlier.mentions.append(earlier.trigger)
        earlier.trigger, earlier.token, earlier.clause = later.trigger, later.token, later.clause
        earlier.said, earlier.status, earlier.sentence = later.said, later.status, later.sentence

    def _open_mode(self, earlier: Happening, later: Happening) -> bool:
        if earlier.mode is None:
            return True
        return earlier.type == "CONSULT" and earlier.frame.word in self.meetings and later.mode != "talks"


_FAMILY = 5
"""Letters at the beginning that two words of one family share ("überfallen", "Überfall")."""


def _kin(one: Happening, other: Happening) -> bool:
    """Are the two told with the same word, or with words of one family?"""
    a, b = one.frame.word, other.frame.word
    return a == b or a[:_FAMILY] == b[:_FAMILY] and min(len(a), len(b)) >= _FAMILY


def _narrower(head: Toll, told: Toll) -> bool:
    """Does a headline give as exact what the text leaves open?"""
    same = head.harm == told.harm and head.low == told.low and not (head.part or told.part or told.additional)
    return same and head.high is not None and told.high is None

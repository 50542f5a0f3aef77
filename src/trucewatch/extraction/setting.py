"""Where: the places that the words tie to an event, and what in a clause belongs to which event (codebook section 8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from trucewatch.extraction.chronology import Chronology
from trucewatch.extraction.frames import FrameTable
from trucewatch.extraction.framing import Framing
from trucewatch.extraction.happening import Happening
from trucewatch.extraction.matching import Matcher
from trucewatch.extraction.places import PlaceMention, Places
from trucewatch.extraction.times_stretches import stretches
from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Analysis, Clause, Phrase
from trucewatch.language.times import grammar
from trucewatch.record import TimeExpression

NOWHERE = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "CONCEDE", "STATE", "SUPPORT", "COOPERATE", "SANCTION"})
"""Acts of speech and standing relations: the places in their clause belong to what they speak of."""
_HERE = frozenset({"SUPPORT", "COOPERATE"})
"""Relations that take an adverb of place ("die dort mit Rebellen verbündet ist")."""
_MEETINGS = frozenset({"CONSULT", "AGREE"})
_STANDS = frozenset({"ASSAULT", "HARM", "DAMAGE"})
"""Happenings that lead nowhere: a place to which somebody goes is not theirs ("reiste nach dem Angriff nach X")."""
_MOVES = frozenset({"ADVANCE", "RETREAT", "COERCE", "AID"})
_SENT = frozenset({"deploy", "reinforce", "supply_arms"})
"""Types and modes of acts that lead somewhere."""
_MOST_PLACES = 3


@cache
def words(language: str, name: str) -> frozenset[str]:
    """The prepositions of one group of the language's table of slots."""
    return frozenset(table(f"slots.{language}")["prepositions"][name])


class Setting:
    """Finds places and times of happenings."""

    def __init__(
        self, analysis: Analysis, matcher: Matcher, frames: FrameTable, places: Places, times: Sequence[TimeExpression]
    ) -> None:
        self.analysis = analysis
        self.matcher = matcher
        self.frames = frames
        self.all_places = places
        self.chronology = Chronology(analysis.text, [t for t in times if t.from_ is not None])
        self.times = [
            t
            for t in stretches(times, analysis.text, analysis.language)
            if t.kind != "set" and (t.from_ is not None or t.to is not None) and not self._starts_a_line(t)
        ]
        self._eventful: dict[int, bool] = {}
        self.framing = Framing(analysis, matcher, frames)

    def _starts_a_line(self, time: TimeExpression) -> bool:
        """The clock time at the head of an entry of a live blog ("14.30 Uhr: …") dates the entry, not the act.

        Nor does a line of metadata ("Letzte Aktualisierung: …").
        """
        if grammar(self.analysis.language).relation(self.analysis.text, *time.expression) == "stamp":
            return True
        after = self.analysis.text[time.expression[1] : time.expression[1] + 6].replace("Uhr", "").strip()
        return after[:1] == ":"

    # -- what belongs to whom --------------------------------------------------------------------------------------
    def aside(self, happening: Happening) -> bool:
        """Does the event noun stand apart from its clause ("nach der Flucht …", "berieten über einen Austausch")?"""
        phrase, clause = happening.phrase, happening.clause
        if not happening.frame.noun or phrase is None:
            return False
        language = self.analysis.language
        if phrase.preposition in words(language, "aside"):
            return True
        return (
            clause is not None
            and phrase.preposition in words(language, "aim")
            and clause.predicate not in self.frames.support_verbs
            and self.tells(clause)
        )

    def told_of(self, happening: Happening) -> list[Clause]:
        """Relative clauses that only say where or when the event noun was ("ein Angriff, der sich in X zutrug")."""
        clause = happening.clause
        if not happening.frame.noun or clause is None:
            return []
        occurring = table(f"slots.{self.analysis.language}")["occurring"]["words"]
        heads = {happening.token, *(p.head for p in happening.phrase.walk())} if happening.phrase else {happening.token}
        found = [self.analysis.clauses[c] for c in clause.children]
        return [
            c
            for c in found
            if c.relation == "relative"
            and c.antecedent is not None
            and c.antecedent.head in heads
            and (c.predicate in occurring or c.predicate in self.frames.support_verbs)
        ]

    def tells(self, clause: Clause) -> bool:
        """Does the clause's verb tell of an event of its own?"""
        if clause.i not in self._eventful:
            self._eventful[clause.i] = bool(clause.predicate_tokens) and self.matcher.verb(clause) is not None
        return self._eventful[clause.i]

    def chain(self, clause: Clause | None, phrase: Phrase) -> tuple[int, int]:
        """Code points of an event noun's phrase with what hangs on it; before the finite verb that is all up to the verb."""
        end = max([phrase.end, *(p.end for p in hanging(phrase))])
        if clause is not None and clause.finite is not None and phrase.first < clause.finite:
            edge = phrase.last
            for other in clause.phrases:
                if other.first == edge + 1 and other.kind == "prepositional" and other.first < clause.finite:
                    edge, end = other.last, max(end, other.end)
        return phrase.start, end

    def owned(self, happening: Happening, clause: Clause) -> list[tuple[int, int]]:
        """Stretches of the clause that belong to another event noun ("Nach der Flucht von Kämpfern am Freitag führten …")."""
        spans: list[tuple[int, int]] = []
        aside = words(self.analysis.language, "aside")
        owner = words(self.analysis.language, "owner")
        ends = {p.last for p in clause.phrases}
        for phrase in clause.phrases:
            if phrase.preposition in owner and phrase.first - 1 in ends and not self._of_a_war(clause, phrase):
                # "der Angriff auf X vom Mittwoch"
                if any(phrase.start <= t.expression[0] < phrase.end for t in self.times):
                    spans.append((phrase.start, phrase.end))
            if self._held_elsewhere(happening, phrase):
                spans += [(p.start, p.end) for p in clause.phrases if p.preposition and p.first == phrase.last + 1]
            if phrase.preposition not in aside or phrase.first <= happening.token <= phrase.last:
                continue
            early = clause.finite is None or phrase.first < clause.finite
            if not self.frames.nouns_of(phrase.lemma, self.analysis.tokens[phrase.head].joints):
                after = phrase.preposition in words(self.analysis.language, "after") and early
                if not after or self._plain(phrase):
                    continue
            if early:
                spans.append(self.chain(clause, phrase))
            else:
                held = [p.end for p in hanging(phrase) if not self._directed(p)]
                spans.append((phrase.start, max([phrase.end, *held])))
        return spans

    def _held_elsewhere(self, happening: Happening, phrase: Phrase) -> bool:
        """ "Kämpfe überschatten Gespräche in Doha": where a meeting is held is not where an act noun beside it was."""
        if not happening.frame.noun or happening.type in _MEETINGS or phrase.first <= happening.token <= phrase.last:
            return False
        nouns = self.frames.nouns_of(phrase.lemma, self.analysis.tokens[phrase.head].joints)
        return bool(nouns) and all(frame.type in _MEETINGS for frame, _ in nouns)

    def _of_a_war(self, clause: Clause, phrase: Phrase) -> bool:
        """ "in dem Bürgerkrieg von 1960 bis 1996 wurden …": its years are those of what befell people in it."""
        period = table(f"losses.{self.analysis.language}")["period"]
        host = next((p for p in clause.phrases if p.last + 1 == phrase.first), None)
        return (
            host is not None
            and host.preposition in period["during"]
            and host.lemma.lower().endswith(tuple(period["wars"]))
        )

    def _plain(self, phrase: Phrase) -> bool:
        """Is the phrase itself a place or a time ("nach Aleppo", "seit Montag")?"""
        head = self.analysis.tokens[phrase.head]
        return bool(self.all_places.at(head.start, head.end)) or any(
            t.expression[0] <= head.start < t.expression[1] for t in self.times
        )

    # -- places ------------------------------------------------------------------------------------------------------
    def places(self, happening: Happening, given: list[int]) -> list[int]:
        """Places of a happening; ``given`` are those that its frame's own slots name."""
        clause = happening.clause
        found = self._own(happening, given)
        if happening.type in NOWHERE:
            if happening.type in _HERE and clause is not None and not found:
                found = [m.place for m in self._in_clause(clause) if m.anaphoric and m.locative and m.first == m.last]
            return self.narrow(found)
        near: list[int] = []
        if happening.phrase is not None:
            low, high = (
                self.chain(clause, happening.phrase)
                if happening.frame.noun and self.aside(happening)
                else (happening.phrase.start, max([happening.phrase.end, *(p.end for p in hanging(happening.phrase))]))
            )
            heading = words(self.analysis.language, "heading") if happening.type in _STANDS else frozenset()
            moved_to = self._moved_to(happening)
            near = [
                m.place
                for m in self.all_places.at(low, high)
                if m.locative and m.preposition not in heading and not any(a <= m.start < b for a, b in moved_to)
            ]
            if not near:
                near = [m.place for told in self.told_of(happening) for m in self._in_clause(told) if m.locative]
            if not near and happening.frame.noun and self.framing.speaks_of(happening):
                return self.narrow(found)  # "sprach in Genf über die Angriffe"
            if self.aside(happening):
                if not near and self._brought_up(happening):
                    near = self._around(happening)
                elsewhere = happening.phrase.preposition in words(self.analysis.language, "moment")
                meeting = happening.type == "CONSULT" and not (elsewhere and clause is not None and self.tells(clause))
                if near or not meeting:
                    return self.narrow(found + near)
        if not near and clause is not None:
            near = self._of_clause(happening, clause)
        return self.narrow(found + near)

    def _own(self, happening: Happening, given: list[int]) -> list[int]:
        """The places of the frame's slots but those of another event noun ("nach dem Treffen in Doha kam es in Idlib …")."""
        clause = happening.clause
        if clause is None or not given:
            return list(given)
        spans = self.owned(happening, clause)
        mine = {m.place for m in self._in_clause(clause) if not any(a <= m.start < b for a, b in spans)}
        others = {m.place for m in self._in_clause(clause)} - mine
        return [p for p in given if p not in others]

    def _moved_to(self, happening: Happening) -> list[tuple[int, int]]:
        """ "nach dem Manöver ins Mittelmeer verlegt": where something goes is not where a thing that stays is held."""
        if happening.phrase is None or happening.type in _MOVES or happening.mode in _SENT:
            return []
        return [(p.start, p.end) for p in hanging(happening.phrase) if self._directed(p)]

    def _directed(self, phrase: Phrase) -> bool:
        """Does the phrase say where to ("ins Mittelmeer"), not where?"""
        into = words(self.analysis.language, "into")
        return phrase.preposition in into and bool(phrase.cases) and "dat" not in phrase.cases

    def _brought_up(self, happening: Happening) -> bool:
        """ "In X fiel nach einem Einschlag der Strom aus": the act is news, and its clause tells of what came of it."""
        phrase, clause = happening.phrase, happening.clause
        new = phrase is not None and phrase.determiner in ("indefinite", "quantifier", "none") and not happening.places
        result = clause is not None and clause.voice == "active" and (not self.tells(clause) or self._result(clause))
        spoken = clause is not None and clause.predicate in self.frames.report_verbs
        return new and result and not spoken and happening.type not in _MEETINGS

    def _result(self, clause: Clause) -> bool:
        """The clause tells what an act brought about ("nach einem Angriff gerieten Häuser in Brand")."""
        match = self.matcher.verb(clause)
        return match is not None and match[0].type in ("DAMAGE", "HARM") and not match[0].actor

    def _around(self, happening: Happening) -> list[int]:
        """The places at which the clause around an act is set."""
        assert happening.clause is not None
        at = words(self.analysis.language, "at_place")
        return [m.place for m in self._in_clause(happening.clause) if m.locative and m.preposition in at]

    def narrow(self, found: list[int]) -> list[int]:
        """The most specific ones: no country beside a place in it."""
        known = list(dict.fromkeys(found))
        every = self.all_places.all
        inside = {every[p].country for p in known if every[p].precision not in ("country", "line")}
        return [p for p in known if every[p].precision != "country" or every[p].country not in inside][:_MOST_PLACES]

    def _in_clause(self, clause: Clause) -> Iterator[PlaceMention]:
        own = set(clause.tokens)
        for mention in self.all_places.mentions:
            if mention.first in own or any(p.first <= mention.first <= p.last for p in clause.phrases):
                yield mention

    def _of_clause(self, happening: Happening, clause: Clause) -> list[int]:
        owned = self.owned(happening, clause)
        direct: list[int] = []
        nested: list[int] = []
        mentions = list(self._in_clause(clause))
        if happening.type == "AGREE":  # "beschloss, über X eine Flugverbotszone einzurichten"
            below = [self.analysis.clauses[c] for c in clause.children]
            scope = words(self.analysis.language, "scope")
            mentions += [
                m for c in below if c.relation == "infinitive" for m in self._in_clause(c) if m.preposition in scope
            ]
        for mention in mentions:
            if any(a <= mention.start < b for a, b in owned) or not self._sited(happening, clause, mention):
                continue
            host = self._host(clause, mention)
            (nested if host is not None and host.first < mention.first else direct).append(mention.place)
        if direct or happening.type in _MEETINGS:
            return direct
        return nested or self._of_antecedent(clause) or self._of_attribute(clause) or self._of_parent(happening, clause)

    def _sited(self, happening: Happening, clause: Clause, mention: PlaceMention) -> bool:
        """May the mention say where this kind of event is?"""
        language = self.analysis.language
        if happening.type == "AGREE" and mention.preposition in words(language, "scope") and not mention.metonymic:
            return True
        if not mention.locative:
            return False
        if happening.type != "CONSULT":
            return True
        top = next((p for p in clause.phrases if p.kind == "prepositional" and _holds(p, mention)), None)
        return not any(
            p.preposition in words(language, "topic")
            and any(inner.first <= mention.first <= inner.last for inner in [p, *hanging(p)])
            for p in clause.phrases
            if p.kind == "prepositional" and top is not None
        )

    def _host(self, clause: Clause, mention: PlaceMention) -> Phrase | None:
        """Before the finite verb stands one phrase: what follows another there hangs on it ("Soldaten in Idlib wurden …")."""
        if clause.finite is None or mention.first > clause.finite:
            return None
        first = next((p for p in clause.phrases if p.first < clause.finite), None)
        if first is None or first.kind == "prepositional" or first.last >= clause.finite:
            return None
        return None if first.first <= mention.first <= first.last and first.kind == "adverb" else first

    def _of_antecedent(self, clause: Clause) -> list[int]:
        """ "Demonstranten in X, die …": where those are whom the relative clause describes."""
        if clause.relation != "relative" or clause.antecedent is None:
            return []
        phrase = clause.antecedent
        end = max([phrase.end, *(p.end for p in hanging(phrase))])
        return [m.place for m in self.all_places.at(phrase.start, min(end, clause.start)) if m.locative]

    def _of_attribute(self, clause: Clause) -> list[int]:
        """ "Gäste einer Feier, die in X stattfand, wurden …": where what the clause speaks of took place."""
        occurring = table(f"slots.{self.analysis.language}")["occurring"]["words"]
        below = [self.analysis.clauses[c] for c in clause.children]
        told = [c for c in below if c.relation == "relative" and c.predicate in occurring]
        return [m.place for c in told for m in self._in_clause(c) if m.locative]

    def _of_parent(self, happening: Happening, clause: Clause) -> list[int]:
        """An infinitive of purpose is where the clause around it is, unless that one speaks or tells of an act of its own."""
        if clause.relation != "infinitive" or clause.parent is None:
            return []
        parent = self.analysis.clauses[clause.parent]
        if self.tells(parent) or parent.predicate in self.frames.report_verbs:
            return []
        owned = self.owned(happening, parent)
        return [m.place for m in self._in_clause(parent) if m.locative and not any(a <= m.start < b for a, b in owned)]


def hanging(phrase: Phrase) -> list[Phrase]:
    """The phrases that hang on a phrase or on one that hangs on it."""
    return [p for p in phrase.walk() if p is not phrase]


def _holds(phrase: Phrase, mention: PlaceMention) -> bool:
    return phrase.first <= mention.first <= phrase.last

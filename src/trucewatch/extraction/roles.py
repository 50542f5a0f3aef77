"""Who did it, to whom, where and when: the slots of an event candidate, filled from its clause or noun phrase."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.extraction.actors import Actors
from trucewatch.extraction.frames import FrameTable
from trucewatch.extraction.happening import Happening
from trucewatch.extraction.matching import Matcher
from trucewatch.extraction.places import Places
from trucewatch.extraction.times import time_span
from trucewatch.language.analysis import Analysis, Clause, Phrase
from trucewatch.record import TimeExpression

_FORCES = frozenset({"armed_forces", "armed_group", "state", "government"})
_PEOPLE = frozenset({"person", "civilians", "group", "armed_forces", "armed_group", "organisation", "government", "state", "media"})
_OFFICIAL = frozenset({"state", "government", "organisation", "person"})
"""Who can negotiate, demand and accuse for a side."""


_CARRIED = frozenset({"mit", "zu", "in", "by", "with"})
"""Prepositions by which a support verb carries its event noun ("begann mit Angriffen")."""
_AT = frozenset({"bei", "auf", "in", "nach", "während", "an", "zu"})
"""Prepositions by which the subject takes part in a meeting named by the noun ("einigten sich bei ihrem Treffen")."""
_ASIDE = frozenset({"nach", "seit", "unter", "trotz", "wegen", "vor", "infolge", "angesichts"})
"""Prepositions that set their event noun apart from the clause's own time."""
_NOWHERE = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "CONCEDE", "STATE", "SUPPORT", "COOPERATE", "SANCTION"})
"""Acts of speech and standing relations: the places in their clause belong to what they speak of."""


class PhraseKinds:
    """Answers the frames' ``%kind`` conditions from the report's actors and places."""

    def __init__(self, actors: Actors, places: Places) -> None:
        self.actors = actors
        self.places = places

    def is_kind(self, phrase: Phrase, kind: str) -> bool:
        """Does ``phrase`` name a force, people, a place, a government, or a counted group?"""
        if kind == "number":
            return phrase.quantity is not None
        if kind == "place":
            return bool(self.places.in_phrase(phrase))
        kinds = {self.actors.all[i].kind for i in self.actors.of(phrase)}
        if kind == "force":
            return bool(kinds & _FORCES)
        if kind == "people":
            return bool(kinds & _PEOPLE)
        if kind == "official":
            return bool(kinds & _OFFICIAL)
        return kind in kinds


class Roles:
    """Fills the slots of happenings."""

    def __init__(
        self, analysis: Analysis, matcher: Matcher, table: FrameTable, actors: Actors, places: Places, times: Sequence[TimeExpression]
    ) -> None:
        self.analysis = analysis
        self.matcher = matcher
        self.table = table
        self.actors = actors
        self.places = places
        self.times = times
        self._inverted: set[int] = set()

    def fill(self, happening: Happening) -> None:
        """Set actors, targets, places, time and mode of ``happening``."""
        happening.actors = self._people(happening, happening.frame.actor, forced=False)
        happening.targets = [a for a in self._people(happening, happening.frame.target, forced=True) if a not in happening.actors]
        happening.places = self._places(happening)
        self._time(happening)
        self._mode(happening)
        self._count(happening)

    # -- people --------------------------------------------------------------------------------------------------
    def phrases(self, happening: Happening, slots: Sequence[str]) -> list[Phrase]:
        """The phrases in the first of ``slots`` that is filled."""
        for slot in slots:
            found = self._slot(happening, slot)
            if found:
                return found
        return []

    def _slot(self, happening: Happening, slot: str) -> list[Phrase]:
        clause, phrase = happening.clause, happening.phrase
        if clause is None:
            return []
        if happening.frame.noun:
            if phrase is None:
                return []
            if slot == "clause_subject":
                return [clause.subject] if clause.subject is not None and phrase.kind == "prepositional" else []
            if slot == "subject":
                return self._support_subject(happening, clause, phrase)
            if slot in ("object", "indirect_object"):
                return self._argument(happening, clause, phrase, slot)
            found = self.matcher.slot(clause, slot, phrase)
            if not found and slot not in ("genitive", "von", "adjective", "compound", "possessive") and self._governs(clause, phrase):
                found = [p for p in clause.prepositional(slot) if p is not phrase and p.first > phrase.last]
            return found
        inverted = clause.voice == "passive" and clause.predicate != "sein" and happening.frame.word == "sein"
        return self.matcher.slot(clause, slot, None, inverted)

    def _governs(self, clause: Clause, phrase: Phrase) -> bool:
        """The noun is the object of a support verb or its clause has no other event: its clause's phrases are its own."""
        return clause.predicate in self.table.support_verbs or not clause.predicate

    def _support_subject(self, happening: Happening, clause: Clause, phrase: Phrase) -> list[Phrase]:
        if phrase.preposition == "als":  # "Russland als Verbündeter der Regierung"
            hosts = [p for p in clause.phrases if p.last + 1 == phrase.first]
            return [hosts[-1].parts()[-1]] if hosts else [clause.subject] if clause.subject else []
        supports = clause.predicate in self.table.support_verbs and (phrase.kind == "noun" or phrase.preposition in _CARRIED)
        if happening.type == "CONSULT" and phrase.preposition in _AT:
            supports = True
        if phrase is clause.predicative:
            supports = True
        if not supports or clause.subject is None or clause.subject is phrase:
            return []
        return [clause.subject]

    def _argument(self, happening: Happening, clause: Clause, phrase: Phrase, slot: str) -> list[Phrase]:
        if clause.predicate not in self.table.support_verbs:
            return []
        found = clause.object if slot == "object" else clause.indirect_object
        return [found] if found is not None and found is not phrase else []

    def _people(self, happening: Happening, slots: Sequence[str], forced: bool) -> list[int]:
        together: list[int] = []
        named: set[str] = set()
        for slot in slots:
            found: list[int] = []
            if slot == "subject" and happening.frame.noun and named - {"mit"}:
                continue  # "sagte er nach einem Treffen der Außenminister": the noun's own words name everyone who took part
            if slot == "adjective" and happening.phrase is not None:
                for i in happening.phrase.adjectives:
                    actor = self.actors.adjective_of(i)
                    if actor is not None:
                        found.append(actor)
            elif slot == "compound":
                if happening.first_part:
                    actor = self.actors.compound_of(happening.token)
                    if actor is not None:
                        found.append(actor)
            elif slot == "possessive" and happening.phrase is not None:
                found.extend(self._possessor(happening, happening.phrase))
            else:
                for phrase in self._slot(happening, slot):
                    found.extend(self._of(phrase, slot))
            if found:
                happening.why.append(f"{'target' if forced else 'actor'} from slot {slot}")
                together.extend(found)
                named.add(slot)
                if forced or not happening.frame.joint:
                    break
        return list(dict.fromkeys(together))

    def _of(self, phrase: Phrase, slot: str) -> list[int]:
        """Actors of a phrase; a place named with a locative preposition is none."""
        return self.actors.of(phrase)

    def _possessor(self, happening: Happening, phrase: Phrase) -> list[int]:
        """ "ihre Offensive": the subject of the clause, else of the clause before it."""
        if phrase.determiner != "possessive" or happening.clause is None:
            return []
        clause: Clause | None = happening.clause
        for _ in range(3):
            if clause is None:
                return []
            subject = clause.subject or (clause.object if clause.voice == "passive" else None)
            if subject is not None and subject is not phrase and not (subject.first <= phrase.head <= subject.last):
                return self.actors.of(subject)
            clause = self.analysis.clauses[clause.parent] if clause.parent is not None else None
        return []

    # -- where and when ------------------------------------------------------------------------------------------
    def _own_spans(self, happening: Happening) -> list[tuple[int, int]]:
        """Code points where a place or time of this event may stand: its noun phrase, else its clause's own tokens."""
        clause = happening.clause
        tokens = self.analysis.tokens
        spans: list[tuple[int, int]] = []
        if clause is not None:
            spans.extend((tokens[i].start, tokens[i].end) for i in clause.tokens)
            for phrase in clause.phrases:
                spans.append((phrase.start, phrase.end))
        elif happening.phrase is not None:
            spans.append((happening.phrase.start, happening.phrase.end))
        return spans

    def _places(self, happening: Happening) -> list[int]:
        clause = happening.clause
        found: list[int] = []
        for slot in happening.frame.place:
            for phrase in self._slot(happening, slot):
                found.extend(m.place for m in self.places.in_phrase(phrase))
            if found:
                break
        near: list[int] = []
        if happening.type in _NOWHERE:
            return list(dict.fromkeys(found))[:3]
        if happening.phrase is not None:
            for phrase in [happening.phrase, *happening.phrase.attached]:
                near.extend(m.place for m in self.places.in_phrase(phrase) if self.places.locative(m))
        if not near and clause is not None:
            near = self._clause_places(clause, happening)
        found.extend(near)
        return list(dict.fromkeys(found))[:3]

    def _clause_places(self, clause: Clause, happening: Happening) -> list[int]:
        actors = {p.head for p in (clause.subject, clause.indirect_object) if p is not None}
        found: list[int] = []
        own = set(clause.tokens)
        for mention in self.places.mentions:
            if mention.first in own or any(p.first <= mention.first <= p.last and p.head not in actors for p in clause.phrases):
                if self.places.locative(mention):
                    found.append(mention.place)
        return found

    def _time(self, happening: Happening) -> None:
        clause = happening.clause
        best: TimeExpression | None = None
        if happening.phrase is not None:
            low, high = happening.phrase.start, max([happening.phrase.end, *(p.end for p in happening.phrase.attached)])
            best = next((t for t in self.times if low <= t.expression[0] and t.expression[1] <= high and t.from_ is not None or t.to is not None and low <= t.expression[0] and t.expression[1] <= high), None)
        looked = 0
        aside = happening.frame.noun and happening.phrase is not None and happening.phrase.preposition in _ASIDE
        if aside:
            clause = None
        while best is None and clause is not None and looked < 3:
            best = self._clause_time(clause, happening)
            looked += 1
            if clause.relation == "coordinated" and clause.parent is not None:
                clause = self.analysis.clauses[clause.parent]
            elif clause.relation in ("infinitive", "participle") and clause.parent is not None and False:
                clause = self.analysis.clauses[clause.parent]
            else:
                break
        if best is not None and happening.type in ("THREATEN", "REQUEST") and best.from_ is None:
            best = None  # "ein Ultimatum bis Ende Februar": the deadline is the content's
        if best is not None:
            happening.time = time_span(best, self.analysis.text, self.analysis.language)
            happening.why.append(f"time from the words at {best.expression[0]}–{best.expression[1]}")

    def _clause_time(self, clause: Clause, happening: Happening) -> TimeExpression | None:
        tokens = self.analysis.tokens
        ranges = [(tokens[i].start, tokens[i].end) for i in clause.tokens]
        low, high = clause.start, clause.end
        taken = self._owned(clause, happening)
        found = [
            t
            for t in self.times
            if not any(a <= t.expression[0] < b for a, b in taken)
            and t.kind in ("date", "time")
            and (t.from_ is not None or t.to is not None)
            and low <= t.expression[0] < high
            and self.analysis.text[t.expression[1] : t.expression[1] + 5].lstrip()[:1] != ":"
            and self.analysis.text[t.expression[1] : t.expression[1] + 6].replace("Uhr", "").strip()[:1] != ":"
            and any(s <= t.expression[0] < e for s, e in ranges)
        ]
        if not found:
            return None
        exact = [t for t in found if t.precision not in ("vague", "longer")]
        pool = exact or found
        return min(pool, key=lambda t: abs(t.expression[0] - happening.trigger[0]))

    def _owned(self, clause: Clause, happening: Happening) -> list[tuple[int, int]]:
        """Stretches that belong to another event noun: "Nach der Flucht von Kämpfern am Freitag führten …"."""
        spans: list[tuple[int, int]] = []
        for phrase in clause.phrases:
            if phrase.preposition not in _ASIDE or phrase.head == happening.token:
                continue
            if clause.finite is not None and phrase.first > clause.finite:
                continue
            if not self.table.nouns_of(phrase.lemma, self.analysis.tokens[phrase.head].joints):
                continue
            end, edge = phrase.end, phrase
            for other in clause.phrases:
                if other.first == edge.last + 1 and other.kind == "prepositional" and (clause.finite is None or other.first < clause.finite):
                    edge, end = other, other.end
            spans.append((phrase.start, end))
        return spans

    # -- mode and count ------------------------------------------------------------------------------------------
    def _mode(self, happening: Happening) -> None:
        """A more specific mode from the compound's first part, an adjective or the weapon beside it."""
        compound = self.table.compound_mode.get(happening.type, {})
        first = happening.first_part.lower()
        if first and compound and (happening.mode is None or not happening.frame.whole):
            for part, mode in compound.items():
                if first == part or first.startswith(part) or first.endswith(part):
                    happening.mode = mode or happening.mode
                    happening.why.append(f"mode {mode} from the compound's first part “{part}”")
                    return
        if happening.clause is not None and happening.mode in (None, "other"):
            around = self.matcher.surroundings
            noun = happening.phrase if happening.frame.noun else None
            found = around.mode(happening.type, around.content(happening.clause, noun))
            if found is not None:
                happening.mode = found
                return
        if happening.mode is not None:
            return
        instruments = self.table.instrument_mode.get(happening.type, {})
        if not instruments or happening.clause is None:
            return
        phrases = list(happening.phrase.attached) if happening.phrase is not None else []
        phrases += [p for p in happening.clause.phrases if p.preposition in ("mit", "durch", "aus", "per", "mittels", "von") or p.role in ("agent", "subject") and not happening.frame.noun]
        if happening.phrase is not None:
            for i in happening.phrase.adjectives:
                lemma = self.analysis.tokens[i].lemma.lower()
                if lemma in instruments:
                    happening.mode = instruments[lemma]
                    return
        for phrase in phrases:
            for part in phrase.parts():
                low = part.lemma.lower()
                for word, mode in instruments.items():
                    if low == word or (len(word) >= 4 and low.endswith(word)) or (len(word) >= 5 and low.startswith(word)):
                        happening.mode = mode or None
                        happening.why.append(f"mode {mode} from the means “{part.lemma}”")
                        return

    def _count(self, happening: Happening) -> None:
        if happening.phrase is None or happening.frame.harm is not None:
            return
        quantity = happening.phrase.quantity
        if quantity is None or happening.phrase.head != happening.token:
            return
        if quantity.low == quantity.high == 1 or quantity.low == 0:
            return
        happening.count = (quantity.low, quantity.high)

"""One event told by two words of one clause: a verb and its event noun, an act and the harm it did (codebook section 4)."""

from __future__ import annotations

from trucewatch.extraction.happening import Happening, add_tolls
from trucewatch.extraction.linked_clauses import act_beside
from trucewatch.extraction.merging_words import merging_words
from trucewatch.language.analysis import Analysis, Clause, Phrase

_FORCE = frozenset({"ASSAULT", "HARM"})


class OneClause:
    """Folds the candidates of one clause (and of the clauses coordinated with it) that are one happening."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.words = merging_words(analysis.language)

    def fold(self, candidates: list[Happening]) -> list[Happening]:
        """The candidates, in order, less those that went into another of their clause."""
        return self._acts_before_harm(self._verb_with_its_noun(candidates))

    # -- a verb and the event noun it governs --------------------------------------------------------------------------
    def _verb_with_its_noun(self, candidates: list[Happening]) -> list[Happening]:
        """ "berief eine Krisensitzung ein", "vereinbarten eine Waffenruhe", "vereinbarte Waffenruhe": one event, not two."""
        nouns: dict[int, list[int]] = {}
        for k, candidate in enumerate(candidates):
            if candidate.frame.noun and candidate.phrase is not None and candidate.clause is not None:
                nouns.setdefault(candidate.sentence, []).append(k)
        dropped: set[int] = set()
        for k, verb in enumerate(candidates):
            if verb.frame.noun or verb.clause is None or k in dropped:
                continue
            for j in nouns.get(verb.sentence, ()):
                noun = candidates[j]
                if j in dropped or noun.type != verb.type or not _modes_meet(verb.mode, noun.mode):
                    continue
                attribute = _describes(verb.clause, noun)
                if not attribute and not (noun.clause is verb.clause and self._holds(verb.clause, noun)):
                    continue
                first, second = (verb, noun) if not attribute and _verb_names_it(verb, noun) else (noun, verb)
                _unite(first, second)
                dropped.add(j if first is verb else k)
                if first is noun:
                    break
        return [c for k, c in enumerate(candidates) if k not in dropped]

    def _holds(self, clause: Clause, noun: Happening) -> bool:
        assert noun.phrase is not None
        heads = {p.head for p in (clause.object, clause.subject) if p is not None}
        heads |= {p.head for p in clause.phrases if p.kind == "prepositional" and p.preposition in self.words.means}
        return noun.phrase.head in heads

    # -- act and harm --------------------------------------------------------------------------------------------------
    def _acts_before_harm(self, candidates: list[Happening]) -> list[Happening]:
        """Prefer the act over the harm: "bei einem Luftangriff wurden 33 getötet" is one ASSAULT with losses."""
        by_sentence: dict[int, list[int]] = {}
        for k, candidate in enumerate(candidates):
            by_sentence.setdefault(candidate.sentence, []).append(k)
        dropped: set[int] = set()
        for k, harm in enumerate(candidates):
            if harm.clause is None or harm.type not in _FORCE or k in dropped or harm.mode == "displaced":
                continue  # flight stands beside the act that people flee from (codebook 13.12)
            if harm.frame.noun and harm.type != "HARM":
                continue
            others = [candidates[j] for j in by_sentence[harm.sentence] if j != k and j not in dropped]
            act = self._act_for(harm, others)
            if act is not None and not _another_version(act, harm):
                _absorb(act, harm, self.words.after)
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
            same = other.polarity == harm.polarity and other.token != harm.token and other.clause.i in clauses
            if same and self._did(harm, other.phrase, other.clause):
                return other
        return act_beside(self.analysis, harm, others)

    def _did(self, harm: Happening, act: Phrase, clause: Clause) -> bool:
        """Did the act named by the phrase ``act`` do the harm: "bei/durch …", as subject, or beside the harm's noun?"""
        if harm.frame.noun:
            own = harm.phrase
            beside = own is not None and (
                act in (*own.attached, *own.genitives) or own in (*act.attached, *act.genitives)
            )  # "die Opfer des Anschlags"
            return beside or act is clause.subject or act.kind == "prepositional" and act.preposition in self.words.act
        top = next((p for p in clause.phrases if p.first <= act.first <= p.last), act)
        if top.kind == "prepositional" and top.preposition in self.words.act:
            return top.preposition not in self.words.after or harm.type == "HARM"
        if top is clause.indirect_object and harm.type == "HARM":
            return True  # "einem Luftangriff fielen drei Menschen zum Opfer"
        return top is clause.subject or top is clause.agent


def _modes_meet(verb: str | None, noun: str | None) -> bool:
    return noun in (None, "other") or verb in (None, "other", noun)


def _describes(clause: Clause, noun: Happening) -> bool:
    """The clause is a participle before the event noun ("die vereinbarte Waffenruhe").

    Or it tells of the death that the noun names ("der Tod eines Anführers, der im August getötet worden war").
    """
    antecedent = clause.antecedent
    if clause.relation == "relative" and noun.type == "HARM" and antecedent is not None and noun.phrase is not None:
        return any(p.head == antecedent.head for p in noun.phrase.walk())
    return clause.relation == "participle" and clause.antecedent is not None and clause.antecedent.head == noun.token


def _verb_names_it(verb: Happening, noun: Happening) -> bool:
    """The verb carries the meaning ("vereinbaren", "per Videoschalte beraten"), not the noun ("Krisensitzung einberufen")."""
    assert noun.phrase is not None
    if noun.phrase.kind == "prepositional":
        return verb.type != "ASSAULT"
    return verb.type == "AGREE" and verb.frame.mode == "other" and not verb.frame.where


def _unite(first: Happening, second: Happening) -> None:
    first.mentions.append(second.trigger)
    if first.mode in (None, "other") and second.mode is not None:
        first.mode = second.mode
    first.take_slots(second)
    add_tolls(first, second.tolls)
    verb = second if first.frame.noun else first
    if verb.clause is not None and verb.clause.relation != "participle":
        first.status, first.polarity = verb.status, verb.polarity
    if first.said.kind == "reporter" and second.said.kind != "reporter":
        first.said = second.said
    first.why.append(f"one with “{second.rule}” in its clause")


def _another_version(act: Happening, harm: Happening) -> bool:
    """ "starben nach Angaben der Hamas 40 Menschen, die Armee sprach von sieben Toten": another source's number."""
    if harm.frame.tally != "version" or harm.said.speaker is None or harm.said.speaker == act.said.speaker:
        return False
    told = {t.harm: (t.low, t.high) for t in act.tolls if not t.part}
    return any(t.harm in told and told[t.harm] != (t.low, t.high) for t in harm.tolls)


def _absorb(act: Happening, harm: Happening, after: frozenset[str]) -> None:
    if not act.targets:
        act.targets = [t for t in harm.targets if t not in act.actors] or list(harm.targets)
    act.actors = act.actors or [a for a in harm.actors if a not in act.targets]
    act.places = act.places or harm.places
    if act.phrase is None or act.phrase.preposition not in after or harm.frame.noun:
        act.time = act.time or harm.time  # "nach dem Angriff … am Dienstag gestorben" dates the death
    add_tolls(act, harm.tolls)
    if act.said.kind == "reporter" and harm.said.kind != "reporter":
        act.said = harm.said
    if act.status == "occurred":
        act.status = harm.status
    act.why.append(f"takes the losses of “{harm.frame.id}” in its clause")

"""Acts that are their speaker's own: "man habe angegriffen", an act that its doer confirms, a charge taken upon oneself."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from trucewatch.extraction.actors import Actors
from trucewatch.extraction.contents import Contents
from trucewatch.extraction.frames import FrameTable
from trucewatch.extraction.happening import Happening, Said, disjoint
from trucewatch.extraction.places import Places
from trucewatch.extraction.withdrawals import Withdrawals
from trucewatch.knowledge.load import table as knowledge
from trucewatch.knowledge.register import register
from trucewatch.language.analysis import Analysis, Clause, Phrase

_BODIES = frozenset({"state", "government", "armed_forces", "armed_group", "organisation"})
"""Who does what its people say that "we" did."""
_FORCES = frozenset({"armed_forces", "armed_group"})
_DEEDS = frozenset({"ASSAULT", "ADVANCE", "RETREAT", "MOBILIZE", "PRESENCE", "VIOLATE", "COERCE", "DAMAGE", "AID"})
"""What the body does for which somebody says "we"; what else "we" do, say or feel is the speaker's."""
_SPEECH = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "CONCEDE", "STATE", "SUPPORT"})
_ANSWERS = frozenset({"denial", "admit"})
"""Modes of acts that answer a charge: without a doer of their own their speaker does them."""
_ANSWERING = frozenset({"CONCEDE", "REJECT"})
_AROUND = 2
"""An act told of so many sentences away may be the one that is owned up to."""
_DEEPEST = 6


@cache
def _words(language: str, name: str) -> tuple[str, ...]:
    return tuple(knowledge(f"slots.{language}")["self"][name])


def _answers(act: Happening) -> bool:
    """An admission, a denial or a claim, positively told of."""
    if act.polarity == "negative":
        return False
    if act.frame.withdraws:
        return True  # "korrigierte ihre Darstellung: Man habe …"
    return act.type in _ANSWERING and act.mode in _ANSWERS or act.mode == "claim_responsibility"


class OwnActs:
    """Ties what somebody says of himself to him. ``side``: the last actor in the chain of whom an actor acts for."""

    def __init__(
        self, analysis: Analysis, actors: Actors, places: Places, table: FrameTable, side: Callable[[int], int]
    ) -> None:
        """One per report."""
        self.analysis = analysis
        self.actors = actors
        self.places = places
        self.table = table
        self.side = side
        self.withdrawals = Withdrawals(side)

    def settle(self, kept: list[Happening], contents: Contents) -> list[Happening]:
        """Fill in the doers that speak of themselves; without the confirmations of what others did."""
        for happening in kept:
            self._same_subject(happening)
        for happening in kept:
            self._of_holder(happening, contents.of(happening))
        for happening in kept:
            self._spoken_on(happening, kept)
        for happening in kept:
            self._speaking_of_self(happening)
        for happening in kept:
            held = contents.of(happening)
            if held is None or held.type not in ("ACCUSE", "REJECT"):
                self._taken_upon(happening)
        kept = self.withdrawals.settle(kept)
        return [h for h in kept if (self._confirms(h, kept) if h.frame.own else not self._of_others(h))]

    def _same_subject(self, happening: Happening) -> None:
        """ "dementierte zunächst, räumte am Abend aber ein": the subject of the clause right before, with what it holds."""
        clause = happening.clause
        if happening.type not in _ANSWERING or happening.frame.noun or happening.actors or clause is None:
            return
        if clause.subject is not None or clause.finite is None or clause.finite != clause.tokens[0]:
            return
        for number in reversed(self.analysis.sentences[clause.sentence].clauses):
            other = self.analysis.clauses[number]
            if other.tokens[0] < clause.tokens[0] and other.subject is not None and other.mood == clause.mood:
                happening.actors = self.actors.of(other.subject)
                return

    def _of_holder(self, happening: Happening, holder: Happening | None) -> None:
        """ "…, räumte am Abend aber ein, das Haus beschossen zu haben": the infinitive's doer is the verb's."""
        clause = happening.clause
        if holder is None or holder.type not in _ANSWERING or happening.actors or clause is None:
            return
        bare = clause.relation == "infinitive" and clause.subject is None and clause.voice == "active"
        if bare and not happening.frame.noun and "subject" in happening.frame.actor:
            happening.actors = [a for a in holder.actors if a not in happening.targets]

    def _spoken_on(self, happening: Happening, kept: list[Happening]) -> None:
        """ "korrigierte seine Darstellung: Man habe …, hieß es": words right behind an answer are its actor's."""
        said, clause = happening.said, happening.clause
        if _answers(happening) and said.kind == "hearsay" and clause is not None and clause.mood == "indicative":
            # "Die Armee hat das korrigiert: Man habe …, hieß es": the answer is the report's own word
            happening.said = Said()
        if said.speaker is not None or said.kind == "reporter" or happening.type in _ANSWERING:
            return
        for act in reversed(kept):
            if act.trigger < happening.trigger and act.actors and _answers(act) and act.clause is not clause:
                if 0 <= happening.sentence - act.sentence <= 1 and self._konjunktiv(happening):
                    happening.said = Said("attributed", act.actors[0], said.via, said.cue)
                    happening.why.append(f"runs on from {act.rule}")
                return

    def _konjunktiv(self, happening: Happening) -> bool:
        return happening.clause is not None and happening.clause.mood in ("subjunctive1", "subjunctive2")

    # -- who speaks of himself -----------------------------------------------------------------------------------------
    def _speaking_of_self(self, happening: Happening) -> None:
        """ "man habe", "unsere Truppen hätten", "ihre Kampfjets hätten": the speaker's side did it."""
        clause, speaker = happening.clause, happening.said.speaker
        if happening.said.kind != "attributed" or speaker is None or clause is None:
            return
        doer = self._body(speaker)
        if doer is None:
            return
        if happening.type not in _DEEDS:
            doer = speaker
        subject = self._doing(happening, clause)
        if subject is not None and not happening.actors and self._is_self(subject, clause):
            self._give(happening, doer)
        elif subject is not None and self._own_force(subject):
            self._give(happening, doer)
        elif subject is not None:
            self._theirs(subject, doer)
        elif (
            not happening.frame.noun and not happening.actors and (clause.subject is None or not happening.frame.actor)
        ):
            if happening.type in ("REJECT", "CONCEDE") and happening.mode in _ANSWERS or happening.frame.withdraws:
                happening.actors = [speaker]  # "Die Berichte seien erfunden, sagte X": who says so denies
                happening.why.append("who says so answers the charge")

    def _doing(self, happening: Happening, clause: Clause) -> Phrase | None:
        """The subject that does the act: of the verb itself, or of the verb that carries the noun ("einen Anschlag verübt")."""
        if clause.voice == "passive":
            return None
        if not happening.frame.noun:
            return clause.subject if "subject" in happening.frame.actor else None
        carried = happening.phrase is clause.object and clause.predicate in self.table.support_verbs
        return clause.subject if carried and happening.type not in _SPEECH else None

    def _is_self(self, subject: Phrase, clause: Clause) -> bool:
        language = self.analysis.language
        if self.analysis.tokens[subject.head].text.lower() not in _words(language, "speaking"):
            return False
        reported = clause.quoted or clause.mood in ("subjunctive1", "subjunctive2") or clause.conjunction is not None
        return reported and clause.modal not in _words(language, "anybody")

    def _own_force(self, subject: Phrase) -> bool:
        """ "unsere Truppen", "die eigenen Kräfte"."""
        if not any(self.actors.all[a].kind in _FORCES for a in self.actors.of(subject)):
            return False
        return self._marked(subject, "own")

    def _marked(self, phrase: Phrase, name: str) -> bool:
        stems = _words(self.analysis.language, name)
        words = (self.analysis.tokens[i].text.lower() for i in range(phrase.core_first, phrase.head))
        return any(w.startswith(stem) and len(w) <= len(stem) + 2 for w in words for stem in stems)

    def _theirs(self, subject: Phrase, doer: int) -> None:
        """ "ihre Kampfjets": a force without an owner is the one's who speaks of it."""
        if subject.determiner != "possessive" or not self._marked(subject, "theirs"):
            return
        for number in self.actors.of(subject):
            entry = self.actors.all[number]
            if entry.kind in _FORCES and entry.entity is None and entry.acts_for is None and number != doer:
                if self.side(doer) != number:
                    entry.acts_for = doer

    def _give(self, happening: Happening, doer: int) -> None:
        happening.actors = [doer]
        happening.targets = [t for t in happening.targets if t != doer]
        happening.why.append("its speaker speaks of himself")

    def _body(self, speaker: int) -> int | None:
        """The body or force that somebody speaks for: what "we" did is its doing. None: nobody that acts in a conflict."""
        at: int | None = speaker
        for _ in range(_DEEPEST):
            if at is None:
                break
            entry = self.actors.all[at]
            if entry.kind in _BODIES:
                return at
            at = entry.acts_for
        entry = self.actors.all[speaker]
        if entry.kind == "group" and any(w in _words(self.analysis.language, "bodies") for w in entry.name.split()):
            return speaker
        return speaker if entry.kind == "person" else None

    # -- a charge taken upon oneself -----------------------------------------------------------------------------------
    def _taken_upon(self, happening: Happening) -> None:
        """ "erklärten, sie steckten hinter dem Angriff": whoever blames himself claims the act, or denies it."""
        clause, speaker = happening.clause, happening.said.speaker
        if happening.type != "ACCUSE" or happening.frame.noun or clause is None or speaker is None:
            return
        if happening.said.kind != "attributed" or happening.actors or "subject" not in happening.frame.target:
            return
        subject = clause.subject
        himself = subject is not None and self._is_self(subject, clause)
        if not himself and not (happening.targets and all(self._same(t, speaker) for t in happening.targets)):
            return
        happening.actors, happening.targets = [self._body(speaker) or speaker], []
        if happening.polarity == "negative":
            happening.type, happening.mode, happening.polarity = "REJECT", "denial", "positive"
        else:
            happening.type, happening.mode = "STATE", "claim_responsibility"
        happening.why.append("the speaker names himself")

    def _same(self, one: int, other: int) -> bool:
        return self.side(one) == self.side(other)

    def _of_others(self, act: Happening) -> bool:
        """ "räumte ein, die Rebellen hätten die Stadt eingenommen": what the other side did is no deed to admit."""
        if act.type != "CONCEDE" or act.mode != "admit" or act.frame.noun or not act.actors:
            return False
        deeds = [h for h in act.about if h.type in _DEEDS and h.polarity == "positive"]
        if not deeds or len(deeds) < len(act.about):
            return False
        if any(not h.actors for h in deeds):
            return False
        doers = [a for h in deeds for a in h.actors]
        speaker = act.actors[0]
        if any(self._same(a, speaker) or self._the_forces(a, speaker) for a in doers):
            return False
        return all(self.actors.all[a].kind in _FORCES | {"state", "government"} for a in doers)

    # -- one's own act confirmed ---------------------------------------------------------------------------------------
    def _confirms(self, act: Happening, kept: list[Happening]) -> bool:
        """Is it the speaker's own act that he confirms? What others did he only attests to."""
        if not act.actors or act.polarity == "negative" or act.clause is None:
            return False
        held = [h for h in self._held(act, kept) if h.type not in _SPEECH and h.polarity == "positive"]
        own = [h for h in held if self._own(h, act.actors[0], kept)]
        if not own:
            return False
        act.about = [*act.about, *(h for h in own if h not in act.about)]
        return True

    def _held(self, act: Happening, kept: list[Happening]) -> list[Happening]:
        """What an act speaks of: what its content holds, its object, or, where that only points, the sentence before."""
        clause = act.clause
        assert clause is not None
        inside = [h for h in kept if h is not act and (h in act.about or h.clause is clause and h.frame.noun)]
        if inside:
            return [h for h in inside if h in act.about or h.phrase is clause.object]
        first = self.analysis.tokens[clause.tokens[0]]
        if first.text.lower() not in _words(self.analysis.language, "pointing"):
            return []
        return [h for h in kept if h.sentence == act.sentence - 1]

    def _own(self, happening: Happening, speaker: int, kept: list[Happening]) -> bool:
        """Did the speaker's side do it, as far as the words or the rest of the report tell?"""
        if happening.actors:
            return any(self._same(a, speaker) or self._the_forces(a, speaker) for a in happening.actors)
        if happening.phrase is not None and happening.phrase.determiner == "possessive":
            return True
        if any(self._same(t, speaker) for t in happening.targets):
            return False
        others = [h for h in kept if h is not happening and h.polarity == "positive"]
        alike = [
            h for h in others if h.type == happening.type and h.mode in (None, happening.mode) and not h.background
        ]
        doers = [a for h in alike if not disjoint(h.places, happening.places) for a in h.actors]
        doers += [t for h in others if h.type == "ACCUSE" for t in h.targets]
        if doers:
            return all(self._same(a, speaker) for a in doers)
        if any(self._others_deed(h, speaker) for h in others):
            return False
        return happening.type in ("ASSAULT", "ADVANCE") and self._abroad(happening, speaker)

    def _others_deed(self, other: Happening, speaker: int) -> bool:
        """Somebody else claims such an act, or the speaker's own forces stand abroad and may have suffered it."""
        ours = any(self._same(a, speaker) or self.side(a) == self.side(speaker) for a in other.actors)
        if other.type == "STATE" and other.mode == "claim_responsibility":
            return not ours
        return ours and (other.type == "PRESENCE" or other.type == "MOBILIZE" and other.mode == "deploy")

    def _the_forces(self, actor: int, speaker: int) -> bool:
        """ "Ein Militärsprecher bestätigte den Einsatz der Luftwaffe": forces and officials that the report gives no owners."""
        doer, says = self.actors.all[actor], self.actors.all[speaker]
        bare = doer.kind == "armed_forces" and doer.acts_for is None and doer.entity is None
        return bare and says.kind in ("person", "government", "armed_forces") and self.side(speaker) == speaker

    def _abroad(self, happening: Happening, speaker: int) -> bool:
        """Force on ground of another state than the speaker's own: he did not suffer it."""
        home = self._state(speaker)
        grounds = {self.places.all[p].country for p in happening.places}
        return home is not None and bool(grounds) and None not in grounds and home not in grounds

    def _state(self, actor: int) -> str | None:
        """The state that somebody stands for, by name or by the adjective of it."""
        at: int | None = actor
        known = register()
        for _ in range(_DEEPEST):
            if at is None:
                return None
            entry = self.actors.all[at]
            for code, state in known.states.items():
                if entry.kind == "state" and entry.entity is not None and state.wikidata == entry.entity:
                    return code
            named = [c for w in entry.name.split() if (c := known.adjective(w)) is not None]
            if named:
                return named[0]
            at = entry.acts_for
        return None

    # -- what is owned up to -------------------------------------------------------------------------------------------
    def link(self, merged: list[Happening]) -> None:
        """Give admissions and claims that name no act the one of their speaker that is told of next to them."""
        for act in merged:
            admits = act.type == "CONCEDE" and act.mode == "admit"
            denied = self.withdrawals.of_denial(act)
            if act.frame.withdraws and not act.about:
                act.about = self.withdrawals.said_instead(act, merged)
            if not admits and not denied and not (act.type == "STATE" and act.mode == "claim_responsibility"):
                continue
            self._named_elsewhere(act, merged)
            if act.about:
                continue
            near = [
                h
                for h in merged
                if h.type not in _SPEECH and not h.background and abs(h.sentence - act.sentence) <= _AROUND
            ]
            ours = [h for h in near if any(self._same(a, b) for a in h.actors for b in act.actors)]
            behind = [h for h in ours if h.trigger > act.trigger]
            before = [h for h in (ours or near) if h.trigger < act.trigger]
            if behind or before:
                act.about = [behind[0] if behind else before[-1]]

    def _named_elsewhere(self, act: Happening, merged: list[Happening]) -> None:
        """A noun of admitting or claiming that names nobody ("Bekenntnis zu Anschlag"): whoever the report tells did so."""
        if act.actors or not act.frame.noun or act.polarity == "negative":
            return
        others = [h for h in merged if h is not act and h.actors and _answers(h) and h.type != "REJECT"]
        if others:
            act.actors = list(others[0].actors)
        elif act.about:
            said = act.about[0].said.speaker
            act.actors = [a for a in act.about[0].actors if said is not None and self._same(a, said)]

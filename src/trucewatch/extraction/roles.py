"""Who did it, to whom, where and when: the slots of an event candidate, filled from its clause or noun phrase."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.extraction.actor_roles import role_of
from trucewatch.extraction.actor_roles import words as role_words
from trucewatch.extraction.actors import ActorEntry, Actors
from trucewatch.extraction.dating import Dating
from trucewatch.extraction.frames import FrameTable
from trucewatch.extraction.happening import Happening
from trucewatch.extraction.matching import Matcher
from trucewatch.extraction.named_after import NamedAfter
from trucewatch.extraction.place_words import place_words
from trucewatch.extraction.places import Places
from trucewatch.extraction.setting import NOWHERE, Setting, words
from trucewatch.knowledge.load import table as knowledge
from trucewatch.language.analysis import Analysis, Clause, Phrase
from trucewatch.record import TimeExpression

_FORCES = frozenset({"armed_forces", "armed_group", "state", "government"})
_PEOPLE = frozenset(
    {"person", "civilians", "group", "armed_forces", "armed_group", "organisation", "government", "state", "media"}
)
_OFFICIAL = frozenset({"state", "government", "organisation", "person"})
"""Who can negotiate, demand and accuse for a side."""


_HIT = frozenset({"ASSAULT", "ADVANCE", "DAMAGE"})
"""Acts whose target may be named by what it owns ("ein Büro der Hamas")."""
_HEAVY = frozenset({"airstrike", "drone", "missile", "shelling", "shootdown"})
"""Modes of arms that only forces have."""
_OWNERS = frozenset({"armed_forces", "armed_group", "government", "organisation", "person"})


class PhraseKinds:
    """Answers the frames' ``%kind`` conditions from the report's actors and places."""

    def __init__(self, actors: Actors, places: Places) -> None:
        self.actors = actors
        self.places = places

    def is_kind(self, phrase: Phrase, kind: str) -> bool:
        """Does ``phrase`` name a force, people, a place, a government, or a counted group?"""
        if kind == "number":
            return phrase.quantity is not None
        if kind == "count":
            counts: list[str] = knowledge(f"losses.{self.actors.analysis.language}")["total"]["nouns"]
            return phrase.lemma.lower() in counts
        if kind == "place":
            return bool(self.places.named_in(phrase, self.actors.analysis))
        kinds = {self.actors.all[i].kind for i in self.actors.of(phrase)}
        if kind == "force":
            return bool(kinds & _FORCES)
        if kind == "people":
            return bool(kinds & _PEOPLE) or not kinds and self._named(phrase)
        if kind == "official":
            return bool(kinds & _OFFICIAL)
        return kind in kinds

    def _named(self, phrase: Phrase) -> bool:
        """Is the head a proper name that names no place: somebody of whom the report says nothing else?"""
        token = self.actors.analysis.tokens[phrase.head]
        return token.coarse == "PROPN" and phrase.determiner == "none" and not self.places.in_phrase(phrase)


class Roles:
    """Fills the slots of happenings."""

    def __init__(
        self,
        analysis: Analysis,
        matcher: Matcher,
        table: FrameTable,
        actors: Actors,
        places: Places,
        times: Sequence[TimeExpression],
    ) -> None:
        self.analysis = analysis
        self.matcher = matcher
        self.table = table
        self.actors = actors
        self.places = places
        self.named_after = NamedAfter(analysis.tokens, place_words(analysis.language))
        self.setting = Setting(analysis, matcher, table, places, times)
        self.dating = Dating(analysis, self.setting)

    def fill(self, happening: Happening) -> None:
        """Set actors, targets, places, time and mode of ``happening``."""
        happening.actors = self._people(happening, happening.frame.actor, forced=False)
        happening.targets = [
            a for a in self._people(happening, happening.frame.target, forced=True) if a not in happening.actors
        ]
        self._did_it(happening)
        self._unarmed(happening)
        self._each_other(happening)
        happening.places = self.setting.places(happening, self._places(happening))
        self.dating.fill(happening)
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
            if (
                not found
                and slot not in ("genitive", "von", "adjective", "compound", "possessive")
                and self._governs(clause, phrase)
            ):
                found = [p for p in clause.prepositional(slot) if p is not phrase and p.first > phrase.last]
            if not found and slot in words(self.analysis.language, "sides") and not self.setting.tells(clause):
                found = [p for p in clause.prepositional(slot) if p is not phrase and not self._of_another(clause, p)]
            return found
        inverted = clause.voice == "passive" and clause.predicate != "sein" and happening.frame.word == "sein"
        return self.matcher.slot(clause, slot, None, inverted)

    def _of_another(self, clause: Clause, tied: Phrase) -> bool:
        """ "ein Vertrag zwischen Leuten": it stands right behind another noun of the clause."""
        return any(p.last + 1 == tied.first and not p.pronoun and p.kind == "noun" for p in clause.phrases)

    def _governs(self, clause: Clause, phrase: Phrase) -> bool:
        """The noun is the object of a support verb or its clause has no other event: its clause's phrases are its own."""
        return clause.predicate in self.table.support_verbs or not clause.predicate

    def _support_subject(self, happening: Happening, clause: Clause, phrase: Phrase) -> list[Phrase]:
        if phrase.preposition == "als":  # "Russland als Verbündeter der Regierung"
            hosts = [p for p in clause.phrases if p.last + 1 == phrase.first]
            return [hosts[-1].parts()[-1]] if hosts else [clause.subject] if clause.subject else []
        supports = self._supports(clause) and (
            phrase.kind == "noun" or phrase.preposition in words(self.analysis.language, "carried")
        )
        if happening.type == "CONSULT" and phrase.preposition in words(self.analysis.language, "at"):
            supports = True
        if phrase is clause.predicative:
            supports = True
        if phrase.role == "genitive":
            supports = False  # "äußerte Zweifel an der Haltbarkeit der Einigung": the subject did not agree
        if not supports or clause.subject is None or clause.subject is phrase:
            return []
        return [clause.subject]

    def _supports(self, clause: Clause) -> bool:
        joining = knowledge(f"slots.{self.analysis.language}")["joining"]["words"]
        return clause.predicate in self.table.support_verbs or clause.predicate in joining

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
                    if not forced and happening.frame.noun and self._is_the_site(happening, phrase, slot):
                        continue
                    found.extend(
                        self.actors.of(phrase) or (self._owners(phrase) if forced and happening.type in _HIT else [])
                    )
            if found:
                happening.why.append(f"{'target' if forced else 'actor'} from slot {slot}")
                together.extend(found)
                named.add(slot)
                if forced or not happening.frame.joint:
                    break
        return list(dict.fromkeys(together))

    def _is_the_site(self, happening: Happening, phrase: Phrase, slot: str) -> bool:
        """ "die Bombardierung Jugoslawiens", "die Anschläge von Sri Lanka": where it was, not whose it was."""
        if slot not in ("genitive", "von") or phrase.first < happening.token:
            return False
        if not all(self.actors.all[a].kind in ("state", "government") for a in self.actors.of(phrase)):
            return False
        preposition = phrase.preposition if slot == "von" else None
        heads = [p for p in phrase.parts() if self.analysis.tokens[p.head].coarse == "PROPN"]
        return any(self.named_after.standing(happening.token, p.head, preposition, True) == "site" for p in heads)

    def _owners(self, phrase: Phrase) -> list[int]:
        """Whose the thing is that was hit ("ein Büro der Miliz", "Stellungen von Rebellen", "Talibanstellungen")."""
        found: list[int] = []
        owner = words(self.analysis.language, "owner")
        for part in phrase.parts():
            tied = [p for p in part.attached if p.preposition in owner]
            inner = [*part.genitives, *(p for p in tied if not self._site(part, p))]
            found.extend(a for p in inner for a in self.actors.of(p))
            compound = self.actors.compound_of(part.head)
            if compound is not None:
                found.append(compound)
        return [a for a in found if self.actors.all[a].kind in _OWNERS]

    def _did_it(self, happening: Happening) -> None:
        """ "wurden durch Beschuss der Armee getroffen": the genitive of a force is who did it, the clause names who was hit."""
        phrase, clause = happening.phrase, happening.clause
        if happening.type != "ASSAULT" or phrase is None or clause is None or happening.actors or not happening.targets:
            return
        if phrase.preposition not in words(self.analysis.language, "agent") or clause.object is None:
            return
        owners = [a for p in phrase.genitives for a in self.actors.of(p)]
        forces = [a for a in owners if self.actors.all[a].kind in _FORCES]
        if forces and forces == happening.targets:
            happening.actors, happening.targets = forces, []
            happening.why.append("behind the preposition of the agent: the genitive is who did it")

    def _unarmed(self, happening: Happening) -> None:
        """Civilians, prisoners and passers-by fly no air raids: where a noun's words tie them to one, it befell them."""
        if happening.type != "ASSAULT" or happening.mode not in _HEAVY or not happening.frame.noun:
            return
        unarmed = [a for a in happening.actors if self._has_no_arms(self.actors.all[a])]
        if unarmed:
            happening.actors = [a for a in happening.actors if a not in unarmed]
            happening.targets = happening.targets or ([] if happening.actors else unarmed)
            happening.why.append("people without arms did not do it")

    def _has_no_arms(self, actor: ActorEntry) -> bool:
        role = role_of(actor.name, actor.name)
        return actor.kind == "civilians" or (role is not None and role.cls in role_words("unarmed"))

    def _site(self, thing: Phrase, tied: Phrase) -> bool:
        """ "den Flughafen von Tripolis": one place, not something that the government owns."""
        return any(m.first <= thing.head and tied.head <= m.last for m in self.places.mentions)

    def _each_other(self, happening: Happening) -> None:
        """ "warfen sich gegenseitig vor": the actors are the targets too."""
        clause = happening.clause
        if clause is None or happening.frame.noun or happening.targets or len(happening.actors) < 2:
            return
        reciprocal = knowledge(f"slots.{self.analysis.language}")["reciprocal"]["words"]
        if any(self.analysis.tokens[i].text.lower() in reciprocal for i in clause.tokens):
            happening.targets = list(happening.actors)
            happening.why.append("each other: the actors are the targets")

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

    def _places(self, happening: Happening) -> list[int]:
        """The places in the frame's own place slots, save those of another event noun's words."""
        clause = happening.clause
        owned = self.setting.owned(happening, clause) if clause is not None and happening.frame.place else []
        for slot in happening.frame.place:
            phrases = [p for p in self._slot(happening, slot) if not any(a <= p.start < b for a, b in owned)]
            found = [m.place for phrase in phrases for m in self.places.named_in(phrase, self.analysis)]
            heads = {part.head for phrase in phrases for part in phrase.parts()}
            found = found or [m.place for m in self.places.mentions if any(m.first <= h <= m.last for h in heads)]
            if not found and happening.type in _HIT:  # "griff das Ministerium in Damaskus an"
                origin = self.named_after.words.sets["locative.origin"]  # "Soldaten aus Südafrika"
                found = [m.place for m in self.places.mentions if m.governor in heads and m.preposition not in origin]
            if found:
                return found
        return []

    # -- mode and count ------------------------------------------------------------------------------------------
    def _mode(self, happening: Happening) -> None:
        """A more specific mode from the compound's first part, an adjective or the weapon beside it."""
        compound = self.table.compound_mode.get(happening.type, {})
        first = happening.first_part.lower()
        if first and compound and (happening.mode is None or not happening.frame.whole):
            for beginning, mode in compound.items():
                if first == beginning or first.startswith(beginning) or first.endswith(beginning):
                    happening.mode = mode or happening.mode
                    happening.why.append(f"mode {mode} from the compound's first part “{beginning}”")
                    return
        if happening.clause is not None and happening.mode in (None, "other"):
            around = self.matcher.surroundings
            noun = happening.phrase if happening.frame.noun else None
            told = around.mode(happening.type, around.content(happening.clause, noun))
            if told is not None:
                happening.mode = told
                return
        if happening.mode is not None:
            return
        instruments = self.table.instrument_mode.get(happening.type, {})
        if not instruments or happening.clause is None:
            return
        aimed = happening.frame.target + happening.frame.place
        phrases = [p for p in happening.phrase.attached if p.preposition not in aimed] if happening.phrase else []
        if happening.phrase is not None and happening.frame.word in self.table.bursts:
            phrases += happening.phrase.genitives  # "die Explosion einer Mine"
        phrases += [
            p
            for p in happening.clause.phrases
            if p.preposition in ("mit", "durch", "aus", "per", "mittels", "von", "unter")
            or p.role in ("agent", "subject")
            and not happening.frame.noun
            or p.role == "indirect_object"
            and "indirect_object" in happening.frame.actor
        ]
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
                    if (
                        low == word
                        or (len(word) >= 4 and low.endswith(word))
                        or (len(word) >= 5 and low.startswith(word))
                    ):
                        happening.mode = mode or None
                        happening.why.append(f"mode {mode} from the means “{part.lemma}”")
                        return

    def _count(self, happening: Happening) -> None:
        if happening.frame.harm is not None or happening.type in NOWHERE:
            return
        if not happening.frame.noun:
            happening.count = self._how_often(happening)
        if happening.phrase is None:
            return
        quantity = happening.phrase.quantity
        if quantity is None or happening.phrase.head != happening.token:
            return
        if quantity.low == quantity.high == 1 or quantity.low == 0:
            return
        happening.count, happening.count_bound = (quantity.low, quantity.high), quantity.bound

    def _how_often(self, happening: Happening) -> tuple[int | None, int | None] | None:
        """ "verletzten die Waffenruhe 52 Mal", "15-mal": how many acts the verb stands for."""
        if happening.clause is None:
            return None
        words = knowledge(f"slots.{self.analysis.language}")["times"]
        for phrase in happening.clause.phrases:
            quantity = phrase.quantity
            if quantity is not None and phrase.lemma.lower() in words["nouns"] and not phrase.preposition:
                return (quantity.low, quantity.high) if quantity.low not in (0, 1) else None
        for i in happening.clause.tokens:
            low = self.analysis.tokens[i].text.lower()
            ending = next((e for e in words["endings"] if low.endswith(e)), "")
            number = low.removesuffix(ending) if ending else ""
            if number.isdecimal() and 1 < int(number) < 100_000:
                return int(number), int(number)
        return None

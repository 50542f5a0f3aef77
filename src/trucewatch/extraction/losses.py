"""Losses: how many were killed, wounded, missing, captured or displaced, and whose (codebook section 9)."""

from __future__ import annotations

from functools import cache, lru_cache

from trucewatch.extraction.actors import Actors
from trucewatch.extraction.happening import Happening, Toll, toll_of
from trucewatch.extraction.roles import Roles
from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Analysis, Clause, Phrase


@cache
def _harm_nouns(language: str) -> dict[str, str]:
    return {word: harm for harm, words in table(f"losses.{language}")["noun"].items() for word in words}


@cache
def _words(language: str, group: str, name: str) -> frozenset[str]:
    return frozenset(table(f"losses.{language}")[group][name])


@lru_cache(maxsize=8192)
def harm_of_noun(language: str, lemma: str) -> str | None:
    """What a noun says befell the people it counts ("Todesopfer": killed), or None."""
    low = lemma.lower()
    nouns = _harm_nouns(language)
    if low in nouns:
        return nouns[low]
    return next((harm for word, harm in nouns.items() if len(word) >= 6 and low.endswith(word)), None)


class Losses:
    """Reads the losses of happenings."""

    def __init__(self, analysis: Analysis, roles: Roles, actors: Actors) -> None:
        self.analysis = analysis
        self.roles = roles
        self.actors = actors
        self.language = analysis.language

    def read(self, happening: Happening) -> None:
        """Fill ``happening.tolls`` from its frame's harm, its victims' numbers and counted nouns of loss."""
        clause = happening.clause
        harm = happening.frame.harm or self._of_verb(happening)
        if harm is not None:
            self._own(happening, harm)
        if clause is not None and happening.type in (
            "ASSAULT",
            "HARM",
            "COERCE",
            "DAMAGE",
            "PROTEST",
            "ADVANCE",
            "VIOLATE",
        ):
            self._counted(happening, clause)
            if happening.frame.tally is not None:
                self._tell_by_noun(happening, clause)

    def _of_verb(self, happening: Happening) -> str | None:
        """What the verb says befell its object, where the frame names the weapon alone ("durch Schüsse getötet")."""
        if happening.frame.noun or happening.clause is None or happening.type != "ASSAULT":
            return None
        verbs = table(f"losses.{self.language}")["verb"]
        return next((harm for harm, words in verbs.items() if happening.clause.predicate in words), None)

    def _own(self, happening: Happening, harm: str) -> None:
        if happening.frame.noun and self._died(happening.clause, happening.phrase, harm):
            return
        phrases = self.roles.phrases(happening, happening.frame.target)
        if (
            happening.phrase is not None
            and not phrases
            and harm_of_noun(self.language, happening.phrase.lemma) is not None
        ):
            phrases = [happening.phrase]
        elif (
            happening.phrase is not None
            and happening.phrase.quantity is not None
            and harm_of_noun(self.language, happening.phrase.lemma)
        ):
            self._add(happening, harm, happening.phrase, self.actors.of(phrases[0])[:1] if phrases else [])
            return
        for phrase in phrases:
            people = [p for part in phrase.parts() for p in (part, *self._with(part))]
            for part in people:
                self._add(happening, harm, part, self.actors.of(part)[:1], listed=len(people) > 1)
        clause = happening.clause
        if clause is not None and not phrases:
            return
        if clause is not None:
            self._parts(happening, harm, clause)

    def _with(self, phrase: Phrase) -> list[Phrase]:
        """ "eine Mutter mit ihren zwei Kindern": people who share what befell those they are named with."""
        prepositions = _words(self.language, "with", "prepositions")
        found = [p for p in phrase.attached if p.preposition in prepositions and p.determiner == "possessive"]
        return [part for p in found for part in p.parts() if self.actors.of(part)]

    def _add(self, happening: Happening, harm: str, phrase: Phrase, who: list[int], *, listed: bool = False) -> None:
        """Add the loss that ``phrase`` counts; ``listed``: it stands beside others ("ein Kind und seine Mutter")."""
        quantity = phrase.quantity
        actor = who[0] if who else None
        if quantity is not None:
            toll = toll_of(harm, actor, quantity)
        elif self._none_of_them(happening, phrase):
            span = (self.analysis.tokens[phrase.core_first].start, self.analysis.tokens[phrase.core_last].end)
            toll = Toll(harm, actor, 0, 0, span, part=True)
        elif self._single(phrase) and not phrase.pronoun and not phrase.members:
            if actor is not None and self.actors.all[actor].kind not in (
                "person",
                "civilians",
                "armed_forces",
                "armed_group",
                "group",
            ):
                return
            if phrase.lemma.lower() in table(f"numbers.{self.language}")["words"]["uncounted"]:
                return  # "eine Gruppe", "eine unbekannte Zahl"
            if phrase.determiner not in ("indefinite", "definite", "none", "possessive"):
                return
            token = self.analysis.tokens[phrase.head]
            unknown = actor is None and not self._one(token.lemma)
            if unknown and token.coarse == "NOUN" and harm_of_noun(self.language, token.lemma) is None:
                return  # "traf einen Frachter"
            collective = actor is not None and self.actors.all[actor].kind != "person"
            if collective and phrase.determiner != "indefinite" and not self._one(token.lemma):
                return
            toll = Toll(harm, actor, 1, 1, (self.analysis.tokens[phrase.core_first].start, token.end))
        else:
            return
        same = [t for t in happening.tolls if (t.harm, t.low, t.high) == (toll.harm, toll.low, toll.high)]
        apart = listed and all(t.span[1] <= toll.span[0] or toll.span[1] <= t.span[0] for t in same)
        if not same or apart:
            happening.tolls.append(toll)

    def _single(self, phrase: Phrase) -> bool:
        """In the singular, also where only the case says so ("der Attentäter" as subject)."""
        if phrase.number is None and phrase.determiner == "definite":
            return "nom" in phrase.cases and "acc" not in phrase.cases and self._one(phrase.lemma)
        return phrase.number == "singular"

    def _told_apart(self, one: Toll, other: Toll) -> bool:
        """ "ein Kind und seine Mutter": two people, each told of by words of their own."""
        apart = one.span[1] <= other.span[0] or other.span[1] <= one.span[0]
        return apart and None not in (one.who, other.who) and one.who != other.who

    def _one(self, lemma: str) -> bool:
        """Does the noun name one person ("der Attentäter"), not a body of many ("die Miliz")?"""
        return lemma.lower().endswith(tuple(_words(self.language, "single", "nouns")))

    def _none_of_them(self, happening: Happening, phrase: Phrase) -> bool:
        """ "Kinder kamen nicht zu Schaden": none of these people."""
        clause = happening.clause
        plain = phrase.number == "plural" and not phrase.pronoun and not phrase.members
        told = clause is not None and clause.negated and clause.modal is None and not happening.frame.negative
        return plain and told and happening.type == "HARM" and not happening.frame.noun

    def _parts(self, happening: Happening, harm: str, clause: Clause) -> None:
        """ "…, darunter 68 Kinder und 13 Frauen": subsets of the number before."""
        words = _words(self.language, "part", "words")
        tokens = self.analysis.tokens
        for i in clause.tokens:
            pair = f"{tokens[i - 1].text} {tokens[i].text}".lower() if i else ""
            if tokens[i].text.lower() not in words and pair not in words:
                continue
            for phrase in clause.phrases:
                if phrase.first in (i + 1, i) or phrase.first == i + 2:
                    for part in phrase.parts():
                        if part.quantity is not None:
                            who = self.actors.of(part)[:1]
                            happening.tolls.append(toll_of(harm, who[0] if who else None, part.quantity, part=True))

    def _counted(self, happening: Happening, clause: Clause) -> None:
        """ "forderte 30 Tote", "mit mindestens 16 Toten", "Zahl der Toten stieg auf 29"."""
        taken = self.roles.setting.owned(happening, clause) if not happening.frame.noun else []
        for top in clause.phrases:
            if any(a <= top.start < b for a, b in taken):
                continue  # "nach dem Angriff mit acht Toten …"
            if (
                happening.frame.noun
                and happening.phrase is not None
                and happening.phrase.head == top.head
                and happening.frame.harm
            ):
                continue
            for phrase in top.parts():
                harm = harm_of_noun(self.language, phrase.lemma)
                if harm is None or phrase.quantity is None or harm == "captured" and not self._held(happening, phrase):
                    continue
                if self._died(clause, phrase, harm):
                    continue
                self._add(happening, harm, phrase, self._owners(phrase))
            for phrase in top.parts():  # "Tote in zweistelliger Höhe"
                harm = harm_of_noun(self.language, phrase.lemma)
                if harm is not None and phrase.quantity is None and harm != "captured":
                    amount = _words(self.language, "amount", "nouns")
                    for beside in (p for p in phrase.attached if p.quantity is not None and p.lemma.lower() in amount):
                        if beside.quantity is not None:
                            happening.tolls.append(
                                toll_of(harm, next(iter(self._owners(phrase)), None), beside.quantity)
                            )
            for phrase in top.parts():  # "die Leichen von 24 Polizisten"
                harm = harm_of_noun(self.language, phrase.lemma)
                if harm is None or phrase.quantity is not None or harm == "captured":
                    continue
                of = [p for p in phrase.attached if p.preposition in _words(self.language, "side", "prepositions")]
                for inner in (p for part in (*phrase.genitives, *of) for p in part.parts()):
                    if inner.quantity is not None and harm_of_noun(self.language, inner.lemma) is None:
                        self._add(happening, harm, inner, self.actors.of(inner)[:1])
        if clause.negated and happening.frame.tally == "count":
            self._nobody(happening, clause)
        self.total(happening, clause)
        if (
            clause.relation == "participle" and clause.parent is not None
        ):  # "Die Zahl der getöteten Soldaten ist auf 29 gestiegen"
            self.total(happening, self.analysis.clauses[clause.parent])

    def _died(self, clause: Clause | None, phrase: Phrase | None, harm: str) -> bool:
        """ "Zwei Verletzte erlagen ihren Wunden": the noun says who died, it counts no wounded."""
        if clause is None or phrase is None or clause.subject is None or clause.subject.head != phrase.head:
            return False
        words = _words(self.language, "died", "verbs")
        return clause.predicate in words and harm in _words(self.language, "died", "befallen")

    def _whose(self, phrase: Phrase) -> list[int]:
        """Of whom the people of a noun of loss are, where it says more than that they are victims ("Tote")."""
        found = [a for a in self.actors.of(phrase) if harm_of_noun(self.language, self.actors.all[a].name) is None]
        return found[:1] or self._owners(phrase)

    def _owners(self, phrase: Phrase) -> list[int]:
        """ "31 Tote der Armee", "31 Tote auf syrischer Seite"."""
        sides = [p for p in phrase.attached if p.preposition in _words(self.language, "side", "prepositions")]
        return [a for p in (*phrase.genitives, *sides) for a in self.actors.of(p)][:1]

    def _nobody(self, happening: Happening, clause: Clause) -> None:
        """ "Tote oder Verletzte gab es nicht": none of either."""
        for top in clause.phrases:
            for phrase in top.parts():
                harm = harm_of_noun(self.language, phrase.lemma)
                if harm is not None and phrase.quantity is None and phrase is not clause.agent:
                    span = (self.analysis.tokens[phrase.core_first].start, self.analysis.tokens[phrase.core_last].end)
                    happening.tolls.append(Toll(harm, None, 0, 0, span))

    def _tell_by_noun(self, happening: Happening, clause: Clause) -> None:
        """The noun of loss names the happening, not the verb of counting ("stieg", "bezifferte")."""
        for phrase in (p for top in clause.phrases for p in top.walk()):
            harm = harm_of_noun(self.language, phrase.lemma)
            if harm is None or harm not in {t.harm for t in happening.tolls}:
                continue
            token = self.analysis.tokens[phrase.head]
            happening.token, happening.trigger = token.i, (token.start, token.end)
            happening.mode = harm
            happening.targets = happening.targets or [t.who for t in happening.tolls[:1] if t.who is not None]
            return

    def _held(self, happening: Happening, phrase: Phrase) -> bool:
        """Are captives a loss here, and not people of whom the clause tells something else ("330 Geiseln starben")?"""
        return (
            happening.type in ("COERCE", "HARM")
            and happening.mode in ("abduct", "captured")
            or (
                happening.type == "ASSAULT"
                and happening.frame.harm is None
                and happening.clause is not None
                and phrase is not happening.clause.subject
                and happening.clause.predicate in _words(self.language, "take", "verbs")
            )
        )

    def total(self, happening: Happening, clause: Clause) -> None:
        """A new running total: "Die Zahl der getöteten Soldaten ist auf 29 gestiegen"."""
        if clause.predicate not in _words(self.language, "total", "verbs"):
            return
        nouns = _words(self.language, "total", "nouns")
        subject = next((p for p in (clause.subject, clause.object) if p is not None and p.lemma.lower() in nouns), None)
        if subject is None:
            return
        prepositions = _words(self.language, "total", "prepositions")
        counted = [p for p in clause.prepositional(*prepositions) if p.quantity is not None]
        # "nach dem Angriff auf einen Markt … auf 17": the number stands alone, or counts the people that it is about
        bare = [p for p in counted if p.quantity is not None and p.quantity.end == self.analysis.tokens[p.head].end]
        number = next(reversed(bare or [p for p in counted if p.determiner != "indefinite"]), None)
        if number is None or number.quantity is None:
            return
        harm = harm_of_noun(self.language, subject.lemma)
        who: list[int] = []
        for phrase in [p for top in (*subject.genitives, *subject.attached) for p in top.parts()]:
            harm = harm_of_noun(self.language, phrase.lemma) or harm
            for i in phrase.adjectives:
                harm = harm or harm_of_noun(self.language, self.analysis.tokens[i].text)
            who = self._whose(phrase) or who
        harm = harm or "killed"
        happening.tolls = [t for t in happening.tolls if t.harm != harm]
        happening.tolls.append(toll_of(harm, who[0] if who else None, number.quantity, total=True))
        happening.tolls.extend(t for t in self._carried(clause) if t.harm != harm)

    def _carried(self, clause: Clause) -> list[Toll]:
        """ "… mit 12 an, die der Verletzten mit 87": the number of another harm, told without noun and verb."""
        found = []
        for other in self.analysis.clauses:
            if other.sentence != clause.sentence or other.predicate or other.start < clause.start:
                continue
            phrases = [p for top in other.phrases for p in top.walk()]
            number = next((p.quantity for p in phrases if p.preposition and p.quantity and self._bare(p)), None)
            harm = next((h for p in phrases if (h := harm_of_noun(self.language, p.lemma))), None)
            if number is not None and harm is not None:
                found.append(toll_of(harm, None, number, total=True))
        return found

    def _bare(self, phrase: Phrase) -> bool:
        """Does the number stand without a noun ("mit 87")?"""
        return phrase.quantity is not None and phrase.quantity.until == self.analysis.tokens[phrase.head].end

"""Did it happen: status and polarity of an event candidate from its clause, modifiers and what governs it (codebook 6)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from trucewatch.extraction.frames import frames
from trucewatch.extraction.happening import Happening
from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Analysis, Clause, Phrase

_ACTS = frozenset(
    {"ASSAULT", "ADVANCE", "RETREAT", "MOBILIZE", "COERCE", "HARM", "DAMAGE", "AID", "VIOLATE", "PROTEST"}
)
_CLAIMS = frozenset({"ACCUSE", "REJECT", "CONCEDE", "STATE"})
_STATES = frozenset({"SUPPORT", "PRESENCE"})
_LASTING = frozenset({"ASSAULT", "COERCE", "AID", "PRESENCE", "SUPPORT", "AGREE"})
_PAST = ("past", "perfect", "pluperfect")


@dataclass(frozen=True)
class StatusWords:
    """The tables of knowledge/status.<language>.toml, ready to look up."""

    attribute: dict[str, str]
    governor: dict[str, str]
    conjunction: dict[str, frozenset[str]]
    modal: dict[str, str]
    preposition: dict[str, frozenset[str]]
    adverb: dict[str, tuple[str, ...]]
    carriers: frozenset[str]
    openers: frozenset[str]


@cache
def status_words(language: str = "de") -> StatusWords:
    """The status words of ``language``, loaded once."""
    data = table(f"status.{language}")
    return StatusWords(
        {word: status for status, words in data["attribute"].items() for word in words},
        {word: status for status, words in data["governor"].items() for word in words},
        {name: frozenset(words) for name, words in data["conjunction"].items()},
        dict(data["modal"]),
        {name: frozenset(words) for name, words in data["preposition"].items()},
        {name: tuple(words) for name, words in data["adverb"].items()},
        frozenset(data["negation"]["carriers"]),
        frozenset(data["negation"]["openers"]),
    )


class Statuses:
    """Decides status and polarity of the candidates of one analysed text."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.words = status_words(analysis.language)

    def decide(self, happening: Happening, governed: str | None) -> bool:
        """Set status and polarity; False where the words make it no event at all (unreal, mere condition).

        ``governed`` is the status that a speech act or a governing verb gives to what it holds, if any.
        """
        clause = happening.clause
        if clause is not None and self._no_event(clause, happening):
            return False
        happening.polarity = "negative" if self._negated(happening) else "positive"
        status = self._attribute(happening) or happening.frame.status
        if clause is not None and happening.frame.noun and self._stopped(clause, happening):
            status = "ongoing"  # what is to be stopped or goes on is going on
        status = status or governed
        if clause is not None and status is None:
            hypothetical = self._hypothetical(clause, happening)
            open_claim = hypothetical == "possible" and happening.type in _CLAIMS | {"REQUEST", "THREATEN", "CONSULT"}
            if hypothetical == "none" or open_claim:
                return False
            status = hypothetical or self._from_clause(clause, happening)
            if status == "none":
                return False  # "das Recht, gegen Rebellen vorzugehen"
        if status is None and clause is not None:
            status = self._perhaps(clause, happening) or self._repeated(clause, happening)
        happening.status = status or happening.frame.default_status or self._default(happening)
        if happening.status == "ongoing" and happening.chronicled and self._over(happening):
            happening.status = "occurred"  # "27. November 2024: Die Waffenruhe tritt in Kraft"
        return True

    # -- no event, negative ------------------------------------------------------------------------------------------
    def _no_event(self, clause: Clause, happening: Happening) -> bool:
        if clause.relation == "question" and happening.type in _CLAIMS and not happening.frame.noun:
            return True  # "unklar, wer hinter der Tat steckt"
        if clause.relation == "participle" and clause.negated and not happening.frame.noun:
            return True  # "auf von der Regierung nicht kontrolliertem Gebiet"
        return self._unreal(clause)

    def _unreal(self, clause: Clause) -> bool:
        """ "hätten sie die Zusagen ernst genommen, wären …": verb-first Konjunktiv II is a condition against the facts."""
        tokens = self.analysis.tokens
        if clause.mood != "subjunctive2" or clause.finite is None or clause.quoted or clause.modal is not None:
            return False
        if clause.relation not in ("main", "quotation", "complement") or tokens[clause.finite].coarse != "AUX":
            return False
        lead = [tokens[i] for i in clause.tokens if i < clause.finite and tokens[i].coarse not in ("PUNCT", "CCONJ")]
        return all(token.text.lower() in self.words.openers for token in lead)

    def _negated(self, happening: Happening) -> bool:
        frame, clause, phrase = happening.frame, happening.clause, happening.phrase
        if frame.own_negation or clause is None:
            return frame.negative
        if not frame.noun:
            return frame.negative != (clause.negated or self._of_nobody(clause))
        if phrase is None:
            return frame.negative
        inside = phrase.determiner == "negative" or phrase.preposition in self.words.preposition["without"]
        return frame.negative != (inside or clause.negated and self._carries(clause, phrase))

    def _of_nobody(self, clause: Clause) -> bool:
        """ "eine Gruppe, die sich dazu bekannt hätte, gab es nicht": Konjunktiv II on what there is not."""
        if clause.relation != "relative" or clause.mood != "subjunctive2" or clause.parent is None:
            return False
        above = self.analysis.clauses[clause.parent]
        return above.negated and above.mood == "indicative" and above.predicate in self.words.carriers

    def _carries(self, clause: Clause, phrase: Phrase) -> bool:
        """The clause's negation reaches the event noun: "gab es keine Angriffe", "fand nicht statt"."""
        return (phrase is clause.object or phrase is clause.subject) and clause.predicate in self.words.carriers

    # -- status from the words around ----------------------------------------------------------------------------------
    def _attribute(self, happening: Happening) -> str | None:
        if happening.phrase is None:
            return None
        for i in happening.phrase.adjectives:
            found = self.words.attribute.get(self.analysis.tokens[i].lemma.lower())
            if found is not None:
                return found if found not in ("past", "hearsay") else None
        return None

    def _stopped(self, clause: Clause, happening: Happening) -> bool:
        """The act noun is the object of stopping or going on ("ein Ende der Angriffe", "die Offensive stoppen")."""
        phrase, governor = happening.phrase, self.words.governor
        if phrase is None or happening.type not in _ACTS | {"AGREE", "SANCTION"}:
            return False
        if governor.get(clause.predicate) == "ongoing" and (phrase is clause.object or phrase is clause.subject):
            return True
        hosts = (p for top in clause.phrases for p in top.walk() if phrase in p.genitives)
        return any(governor.get(host.lemma.lower()) == "ongoing" for host in hosts)

    def _perhaps(self, clause: Clause, happening: Happening) -> str | None:
        """ "haben möglicherweise … gesprengt": possible; of what an act noun names only where the clause says that it was."""
        if happening.frame.noun and not (
            clause.predicate in self.words.carriers and happening.phrase in (clause.object, clause.subject)
        ):
            return None
        words = " " + " ".join(self.analysis.tokens[i].text.lower() for i in clause.tokens) + " "
        return "possible" if any(f" {word} " in words for word in self.words.adverb["possible"]) else None

    def _repeated(self, clause: Clause, happening: Happening) -> str | None:
        """ "immer wieder", "häufig": habitual; "weiterhin", "nach wie vor": ongoing."""
        if happening.type not in _ACTS and happening.type != "ACCUSE" or clause.tense in ("pluperfect", "future"):
            return None
        words = " " + " ".join(self.analysis.tokens[i].text.lower() for i in clause.tokens) + " "
        for status in ("habitual", "ongoing"):
            if any(f" {word} " in words for word in self.words.adverb[status]):
                return status
        return "habitual" if self._practice(clause, happening, words) else None

    def _practice(self, clause: Clause, happening: Happening, words: str) -> bool:
        """ "man greife ausschließlich militärische Ziele an": what a speaker says that is always done is no act."""
        said = clause.mood == "subjunctive1" or clause.quoted or clause.relation == "complement"
        if not said or clause.tense != "present" or happening.frame.noun:
            return False
        return any(f" {word} " in words for word in self.words.adverb["practice"])

    def _hypothetical(self, clause: Clause, happening: Happening) -> str | None:
        kinds = self.words.conjunction
        current: Clause | None = clause
        for _ in range(4):
            if current is None:
                return None
            word = current.conjunction or ""
            if word in kinds["open"] and current.relation in ("adverbial", "question"):
                return "possible"
            if word in kinds["condition"] and current.relation in ("adverbial", "question"):
                over = current.tense in ("past", "pluperfect") and current.mood == "indicative"
                told = word in kinds["temporal"] and over
                return None if told else "none"
            if current.relation in ("infinitive", "adverbial") and not happening.frame.noun:
                if word in kinds["purpose"]:
                    return "planned"
                if word in kinds["instead"]:
                    return "possible"
            if current.relation not in ("infinitive", "participle", "coordinated"):
                return None
            if happening.frame.noun and current.relation != "infinitive":
                return None
            current = self.analysis.clauses[current.parent] if current.parent is not None else None
        return None

    def _from_clause(self, clause: Clause, happening: Happening) -> str | None:
        if happening.frame.noun:
            return self._of_noun(clause, happening)
        if clause.modal is not None:
            return self._modal(clause)
        if clause.tense == "future":
            return "planned"
        governor = self.words.governor
        if clause.parent is not None:
            parent = self.analysis.clauses[clause.parent]
            status = governor.get(parent.predicate)
            if clause.relation == "infinitive":
                if status is not None:
                    return status
                for phrase in parent.phrases:
                    status = governor.get(phrase.lemma.lower())
                    if status is not None and phrase.last + 2 >= clause.tokens[0]:
                        return status
            elif clause.relation in ("complement", "question") and status == "possible":
                return status
        soon = (self.analysis.tokens[i].text.lower() in self.words.adverb["planned"] for i in clause.tokens)
        return "planned" if clause.mood == "indicative" and clause.tense == "present" and any(soon) else None

    def _of_noun(self, clause: Clause, happening: Happening) -> str | None:
        phrase = happening.phrase
        governor = self._governor(clause, phrase)
        if governor is not None:
            return governor
        if phrase is None or not (phrase is clause.object or phrase is clause.subject or phrase in clause.phrases):
            return None
        aside = phrase.kind == "prepositional" and phrase.preposition in self.words.preposition["aside"]
        if clause.modal is not None and clause.predicate and not aside:
            return self._modal(clause)
        return "planned" if clause.tense == "future" else None

    def _modal(self, clause: Clause) -> str | None:
        kind = self.words.modal.get(clause.modal or "")
        finite = self.analysis.tokens[clause.finite] if clause.finite is not None else None
        past = finite is not None and finite.tense == "past"
        if kind == "reported" and finite is not None and finite.lemma != clause.modal and clause.mood == "subjunctive2":
            return "planned"  # "hätten abziehen sollen": what was due and did not come
        if kind == "reported":
            if clause.tense == "perfect":
                return None  # hearsay: "soll … getötet haben", "sollen unterwegs gewesen sein"
            return "demanded" if clause.quoted and past else "planned"  # "Ägypten sollte die Grenze öffnen"
        if kind == "intended":
            return None if clause.tense == "perfect" else "planned"  # a claim: "will zwei Panzer zerstört haben"
        if kind == "obliged":
            if clause.tense == "perfect":
                return "possible"
            if clause.mood == "indicative":
                return "occurred" if clause.tense in _PAST else None
            return "demanded"
        if kind == "able":
            return "occurred" if clause.tense == "past" and clause.mood == "indicative" else "possible"
        return None

    def _governor(self, clause: Clause, phrase: Phrase | None) -> str | None:
        """A verb or noun that holds the event noun ("Furcht vor Angriffen", "plant eine Offensive")."""
        if phrase is None:
            return None
        governor, prepositions = self.words.governor, self.words.preposition
        if phrase.preposition in prepositions["feared"] and self._feared(clause, phrase):
            return "possible"
        before = phrase.preposition in prepositions["before"] and phrase.determiner != "none"
        if before and clause.predicate not in governor:
            return "planned" if clause.tense in _PAST and self._meeting(phrase) else None
        for host in (p for top in clause.phrases for p in top.walk()):
            content = phrase in host.attached and phrase.preposition not in prepositions["setting"]
            if content or phrase in host.genitives:
                status = governor.get(host.lemma.lower())
                if status is not None:
                    return status
        status = governor.get(clause.predicate)
        if status == "beaten":  # "wehrte den Angriff ab": it took place; "um Angriffe abzuwehren": perhaps
            status = None if clause.tense in _PAST else "possible"
        if status is None:
            return None
        if phrase is clause.object:
            return status
        held = (
            phrase.kind == "prepositional"
            and phrase in clause.phrases
            and phrase.preposition in prepositions["governed"]
        )
        return status if held and status == "possible" else None

    def _feared(self, clause: Clause, phrase: Phrase) -> bool:
        """ "wächst die Sorge vor einer Offensive": right behind the noun of fear, wherever the verb stands."""
        host = next((p for p in clause.phrases if p.last + 1 == phrase.first), None)
        return (
            host is not None and phrase in clause.phrases and self.words.governor.get(host.lemma.lower()) == "possible"
        )

    def _meeting(self, phrase: Phrase) -> bool:
        """Is the noun a meeting, visit or talk ("Stunden vor dem Staatsbesuch": still to come)?"""
        return any(f.type == "CONSULT" for f, _ in frames(self.analysis.language).nouns_of(phrase.lemma))

    # -- where nothing says so -----------------------------------------------------------------------------------------
    def _default(self, happening: Happening) -> str:
        clause, frame = happening.clause, happening.frame
        if happening.type == "SUPPORT" and frame.noun:
            return "occurred"
        if happening.type in _STATES:
            present = clause is None or clause.tense in ("present", "none") or clause.relation == "participle"
            if present or frame.noun:
                return "ongoing"
        if clause is not None and not frame.noun and happening.type in _LASTING and self._lasting(clause):
            return "ongoing"
        return "occurred"

    def _over(self, happening: Happening) -> bool:
        """Was its time over when the report was published?"""
        span, published = happening.time, self.analysis.published
        return span is not None and span.to is not None and published is not None and span.to[:10] <= published[:10]

    def _lasting(self, clause: Clause) -> bool:
        """Present tense in the body of a report: it goes on (headlines use the present for what happened)."""
        if clause.tense != "present" or clause.modal is not None:
            return False
        mood = (
            clause.mood in ("indicative", "subjunctive1") or clause.mood == "subjunctive2" and clause.voice == "passive"
        )
        return mood and self.analysis.sentences[clause.sentence].kind == "body"

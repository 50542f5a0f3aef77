"""Did it happen: status and polarity of an event candidate from its clause, modifiers and what governs it (codebook 6)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from trucewatch.extraction.happening import Happening
from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Analysis, Clause, Phrase

_ACTS = frozenset(
    {"ASSAULT", "ADVANCE", "RETREAT", "MOBILIZE", "COERCE", "HARM", "DAMAGE", "AID", "VIOLATE", "PROTEST"}
)
_CLAIMS = frozenset({"ACCUSE", "REJECT", "CONCEDE", "STATE"})
_STATES = frozenset({"SUPPORT", "PRESENCE"})


@dataclass(frozen=True)
class StatusWords:
    """The tables of knowledge/status.<language>.toml, ready to look up."""

    attribute: dict[str, str]
    governor: dict[str, str]
    hypothetical: frozenset[str]
    possible: frozenset[str]
    modal: dict[str, str]
    habitual: tuple[str, ...]
    ongoing: tuple[str, ...]
    background: tuple[str, ...]
    planned: frozenset[str]


@cache
def status_words(language: str = "de") -> StatusWords:
    """The status words of ``language``, loaded once."""
    data = table(f"status.{language}")
    return StatusWords(
        {word: status for status, words in data["attribute"].items() for word in words},
        {word: status for status, words in data["governor"].items() for word in words},
        frozenset(data["conjunction"]["hypothetical"]),
        frozenset(data["conjunction"]["possible"]),
        dict(data["modal"]),
        tuple(data["adverb"]["habitual"]),
        tuple(data["adverb"]["ongoing"]),
        tuple(data["adverb"]["background"]),
        frozenset(data["adverb"]["planned"]),
    )


class Statuses:
    """Decides status and polarity, knowing which clause holds which speech act's content."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.words = status_words(analysis.language)

    def decide(self, happening: Happening, governed: str | None) -> bool:
        """Set status and polarity; False where the words make it no event at all (unreal, mere condition).

        ``governed`` is the status that a speech act or a governing verb gives to what it holds, if any.
        """
        clause = happening.clause
        if (
            clause is not None
            and clause.relation == "question"
            and happening.type in _CLAIMS
            and not happening.frame.noun
        ):
            return False  # "unklar, wer hinter der Tat steckt"
        if clause is not None and clause.relation == "participle" and clause.negated and not happening.frame.noun:
            return False  # "auf von der Regierung nicht kontrolliertem Gebiet"
        negated = happening.frame.negative
        status = happening.frame.status
        if clause is not None:
            if happening.frame.noun:
                if happening.phrase is not None and (
                    happening.phrase.determiner == "negative" or happening.phrase.preposition == "ohne"
                ):
                    negated = not negated
                elif clause.negated and self._carries(clause, happening):
                    negated = not negated
            elif clause.negated:
                negated = not negated
        if happening.frame.own_negation:
            negated = happening.frame.negative
        happening.polarity = "negative" if negated else "positive"
        modified = self._attribute(happening)
        if clause is not None and happening.frame.noun and self._stopped(clause, happening):
            modified = "ongoing"  # what is to be stopped or goes on is going on
        if modified is not None and modified != "hearsay":
            status = modified
        if governed is not None and status is None:
            status = governed
        if clause is not None and self._unreal(clause):
            return False
        if clause is not None and status is None:
            hypothetical = self._hypothetical(clause, happening)
            if (
                hypothetical == "none"
                or hypothetical == "possible"
                and happening.type in _CLAIMS | {"REQUEST", "THREATEN", "CONSULT"}
            ):
                return False
            status = hypothetical or self._from_clause(clause, happening)
            if status == "none":
                return False  # "das Recht, gegen Rebellen vorzugehen"
        if status is None and clause is not None:
            status = self._repeated(clause, happening)
        happening.status = status or happening.frame.default_status or self._default(happening)
        return True

    def _repeated(self, clause: Clause, happening: Happening) -> str | None:
        """ "immer wieder", "häufig": habitual; "weiterhin", "nach wie vor": ongoing."""
        if happening.type not in _ACTS and happening.type != "ACCUSE" or clause.tense in ("pluperfect", "future"):
            return None
        words = " " + " ".join(self.analysis.tokens[i].text.lower() for i in clause.tokens) + " "
        if any(f" {w} " in words for w in self.words.habitual):
            return "habitual"
        return "ongoing" if any(f" {w} " in words for w in self.words.ongoing) else None

    def _stopped(self, clause: Clause, happening: Happening) -> bool:
        """The act noun is the object of stopping or going on ("ein Ende der Angriffe", "die Offensive stoppen")."""
        phrase = happening.phrase
        if phrase is None or happening.type not in _ACTS | {"AGREE", "SANCTION"}:
            return False
        if self.words.governor.get(clause.predicate) == "ongoing" and (phrase is clause.object or phrase is clause.subject):
            return True
        hosts = (p for top in clause.phrases for p in top.walk() if phrase in p.genitives)
        return any(self.words.governor.get(host.lemma.lower()) == "ongoing" for host in hosts)

    def _unreal(self, clause: Clause) -> bool:
        """ "hätten sie die Zusagen ernst genommen, wären …": verb-first Konjunktiv II is a condition against the facts."""
        tokens = self.analysis.tokens
        if (
            clause.mood != "subjunctive2"
            or clause.finite is None
            or clause.quoted
            or clause.relation not in ("main", "quotation", "complement")
        ):
            return False
        lead = [
            i
            for i in clause.tokens
            if i < clause.finite and tokens[i].coarse not in ("PUNCT", "CCONJ") and tokens[i].text.lower() != "doch"
        ]
        return not lead and tokens[clause.finite].coarse == "AUX" and clause.modal is None

    def _default(self, happening: Happening) -> str:
        clause = happening.clause
        if happening.type == "SUPPORT" and happening.frame.noun:
            return "occurred"
        if happening.type in _STATES and (
            clause is None
            or clause.tense in ("present", "none")
            or clause.relation == "participle"
            or happening.frame.noun
        ):
            return "ongoing"
        if (
            clause is not None
            and not happening.frame.noun
            and clause.tense == "present"
            and happening.type in ("ASSAULT", "COERCE", "AID", "PRESENCE", "SUPPORT", "AGREE")
            and self._lasting(clause)
        ):
            return "ongoing"
        return "occurred"

    def _lasting(self, clause: Clause) -> bool:
        """Present tense in the body of a report: it goes on (headlines use the present for what happened)."""
        return (
            self.analysis.sentences[clause.sentence].kind == "body"
            and (clause.mood in ("indicative", "subjunctive1") or clause.mood == "subjunctive2" and clause.voice == "passive")
            and clause.modal is None
        )

    def _attribute(self, happening: Happening) -> str | None:
        if happening.phrase is None:
            return None
        for i in happening.phrase.adjectives:
            low = self.analysis.tokens[i].lemma.lower()
            if low in self.words.attribute:
                found = self.words.attribute[low]
                return None if found == "past" else found
        return None

    def _carries(self, clause: Clause, happening: Happening) -> bool:
        """The clause's negation reaches the event noun: "gab es keine Angriffe", "fand nicht statt"."""
        phrase = happening.phrase
        return phrase is not None and (phrase is clause.object or phrase is clause.subject) and clause.predicate in (
            "geben", "stattfinden", "kommen", "bestehen", "erfolgen", "existieren", "zustandekommen",
        )  # fmt: skip

    def _hypothetical(self, clause: Clause, happening: Happening) -> str | None:
        seen = 0
        current: Clause | None = clause
        while current is not None and seen < 4:
            low = current.conjunction or ""
            if low in self.words.hypothetical and current.relation in ("adverbial", "question"):
                if low == "ob":
                    return "possible"
                if low == "wenn" and current.tense == "past" and current.mood == "indicative":
                    return None
                return "none"
            if (
                low in self.words.possible
                and current.relation in ("infinitive", "adverbial")
                and not happening.frame.noun
                and low in ("um", "damit", "ohne", "statt", "anstatt")
            ):
                return "possible" if low not in ("um", "damit") else "planned"
            if current.relation not in ("infinitive", "participle", "coordinated"):
                break
            if happening.frame.noun and current.relation != "infinitive":
                break
            current = self.analysis.clauses[current.parent] if current.parent is not None else None
            seen += 1
        return None

    def _from_clause(self, clause: Clause, happening: Happening) -> str | None:
        words = self.words
        if happening.frame.noun:
            governor = self._governor(clause, happening.phrase)
            if governor is not None:
                return governor
            supports = happening.phrase is not None and (
                happening.phrase is clause.object
                or happening.phrase is clause.subject
                or clause.phrases
                and happening.phrase in clause.phrases
            )
            if not supports:
                return None
            if clause.modal is not None and clause.predicate and not self._before_verb_time(happening):
                return self._modal(clause)
            if clause.tense == "future":
                return "planned"
            return None
        if clause.modal is not None:
            return self._modal(clause)
        if clause.tense == "future":
            return "planned"
        if clause.relation == "infinitive" and clause.parent is not None:
            parent = self.analysis.clauses[clause.parent]
            status = words.governor.get(parent.predicate)
            if status is not None:
                return status
            for phrase in parent.phrases:
                status = words.governor.get(phrase.lemma.lower())
                if status is not None and phrase.last + 2 >= clause.tokens[0]:
                    return status
        if clause.relation in ("complement", "question") and clause.parent is not None:
            parent = self.analysis.clauses[clause.parent]
            status = words.governor.get(parent.predicate)
            if status == "possible":
                return status
        if (
            clause.mood == "subjunctive2"
            and clause.tense in ("past", "present")
            and clause.modal is None
            and clause.finite is not None
        ):
            lemma = self.analysis.tokens[clause.finite].lemma
            if lemma == "werden" and clause.voice == "active":
                return "planned"
        if (
            clause.mood == "indicative"
            and clause.tense == "present"
            and any(self.analysis.tokens[i].text.lower() in words.planned for i in clause.tokens)
        ):
            return "planned"
        return None

    def _before_verb_time(self, happening: Happening) -> bool:
        """ "nach dem Angriff sollen …": the event noun in such a phrase lies before the modal's act."""
        phrase = happening.phrase
        return (
            phrase is not None
            and phrase.kind == "prepositional"
            and phrase.preposition
            in ("nach", "bei", "seit", "wegen", "infolge", "trotz", "während", "vor", "durch", "von", "aus", "gegen")
        )

    def _meeting(self, phrase: Phrase) -> bool:
        """Is the noun a meeting, visit or talk ("Stunden vor dem Staatsbesuch": still to come)?"""
        from trucewatch.extraction.frames import frames

        return any(f.type == "CONSULT" for f, _ in frames(self.analysis.language).nouns_of(phrase.lemma))

    def _modal(self, clause: Clause) -> str | None:
        if clause.modal == "sollen" and (
            clause.tense == "perfect" or any(self.analysis.tokens[i].tag == "VAPP" for i in clause.tokens)
        ):
            return None  # hearsay: "soll … getötet haben", "sollen unterwegs gewesen sein"
        if (
            clause.modal == "sollen"
            and clause.voice == "passive"
            and any(self.analysis.tokens[i].tag == "VAPP" for i in clause.tokens)
        ):
            return None
        if clause.modal in ("können", "müssen", "dürfen") and clause.tense == "perfect":
            return "possible"
        if clause.modal == "müssen" and clause.mood == "indicative":
            return "occurred" if clause.tense in ("past", "perfect", "pluperfect") else None
        if clause.modal == "können" and clause.tense == "past" and clause.mood == "indicative":
            return "occurred"
        if clause.modal == "sollen" and clause.quoted and clause.finite is not None:
            if self.analysis.tokens[clause.finite].tense == "past":
                return "demanded"  # "Ägypten sollte die Grenze öffnen"
        return self.words.modal.get(clause.modal or "")

    def _governor(self, clause: Clause, phrase: Phrase | None) -> str | None:
        """A verb or noun that holds the event noun ("Furcht vor Angriffen", "plant eine Offensive")."""
        if phrase is None:
            return None
        if phrase.preposition == "vor" and phrase.determiner != "none" and clause.predicate not in self.words.governor:
            return "planned" if clause.tense in ("past", "perfect", "pluperfect") and self._meeting(phrase) else None
        for host in (p for top in clause.phrases for p in top.walk()):
            if (
                phrase in host.attached
                and phrase.preposition not in ("wegen", "nach", "bei", "in", "seit", "durch", "unter")
                or phrase in host.genitives
            ):
                status = self.words.governor.get(host.lemma.lower())
                if status is not None:
                    return status
        if (
            phrase is clause.object
            or phrase.kind == "prepositional"
            and phrase in clause.phrases
            and phrase.preposition in ("vor", "mit", "über", "auf", "um", "an", "von")
        ):
            status = self.words.governor.get(clause.predicate)
            if status is not None and (phrase is clause.object or status == "possible"):
                return status
        return None

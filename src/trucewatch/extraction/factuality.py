"""Whether what is told of is so: denied, open, asked, taken back, called off or put off by the words over it.

An act under such words is never told as a deed, and whoever denies it or cannot confirm it is no source of it
(codebook 13.21, 13.33 and 13.34).
"""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.extraction.factuality_words import Makes, Word, factuality_words, words_of
from trucewatch.extraction.frames import frames
from trucewatch.extraction.happening import Happening
from trucewatch.extraction.speech_cues import cues, is_noun_of
from trucewatch.extraction.status import status_words
from trucewatch.language.analysis import Analysis, Clause, Phrase

_DEEPEST = 6
_HELD = ("complement", "question", "infinitive", "quotation")
_NEW = ("none", "indefinite", "quantifier", "negative", "question")
"""Determiners of an act noun that its clause brings up; a definite one is taken for granted."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the words over an act make of it. ``clause`` is theirs; ``told``: they speak of somebody's claim, report, charge."""

    makes: Makes
    clause: Clause
    disowned: bool = False
    told: bool = False
    rule: str = ""


class Factuality:
    """Answers for the happenings of one analysed text."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.words = factuality_words(analysis.language)
        self.cues = cues(analysis.language)
        self.carriers = status_words(analysis.language).carriers | frames(analysis.language).support_verbs
        self.asked_clauses = self._asked()

    def over(self, happening: Happening) -> Verdict | None:
        """The verdict of the nearest words that hold ``happening``, or None where it is told as it is."""
        clause = happening.clause
        if clause is None:
            return None
        if happening.frame.noun:
            found = self._over_noun(happening, clause)
            if found is not None or not self._brought_up(happening, clause):
                return found
        return self._over_clause(happening, clause) or self._question(happening, clause)

    def doer_asked(self, happening: Happening) -> bool:
        """ "Hat Ruanda den Angriff befohlen?", "Es stimmt nicht, dass Ruanda den Angriff befahl": an act, but not its doer."""
        clause = happening.clause
        if clause is None or not happening.frame.noun or self._brought_up(happening, clause):
            return False
        return (self._over_clause(happening, clause) or self._question(happening, clause)) is not None

    def part_question(self, happening: Happening) -> Clause | None:
        """The clause of "wer dahintersteckt" over the happening, where something says that this is not known."""
        clause = happening.clause
        if clause is None or clause.parent is None or not self._asks_part(clause):
            return None
        above = self.analysis.clauses[clause.parent]
        return clause if any(w.makes == "open" for w, _ in words_of(self.analysis, above, self.words)) else None

    def told_under(self, happening: Happening, above: Clause) -> bool:
        """Is it told in what a noun of saying in ``above`` names ("dementierte Berichte, wonach …")?"""
        current = happening.clause
        for _ in range(_DEEPEST):
            if current is None or current.parent is None:
                return False
            over = self.analysis.clauses[current.parent]
            if over is above:
                return current.relation not in ("main", "coordinated") and self._told(current, above)
            if current.relation not in ("infinitive", "coordinated"):
                return False
            current = over
        return False

    # -- clauses -------------------------------------------------------------------------------------------------------
    def _over_clause(self, happening: Happening, clause: Clause) -> Verdict | None:
        current = clause
        for _ in range(_DEEPEST):
            if current.parent is None:
                return None
            above = self.analysis.clauses[current.parent]
            told = self._told(current, above)
            if current.relation in _HELD or told and current.relation in ("relative", "adverbial"):
                found = self._held_by(happening, current, above, told)
                if found is not None:
                    return found
            if current.relation not in ("infinitive", "coordinated"):
                return None
            current = above
        return None

    def _held_by(self, happening: Happening, held: Clause, above: Clause, told: bool) -> Verdict | None:
        if self._asks_part(held):
            return None  # "unklar ist, wer das Dorf beschossen hat": that it was is taken for granted
        aside = held.relation == "quotation" and not told and not self._whole(held)
        for word, _ in words_of(self.analysis, above, self.words):
            if aside and word.makes != "outdated":
                continue  # "Die Armee habe geschossen, das sei falsch"
            if "clause" not in word.holds and not ("whether" in word.holds and self._whether(held)):
                continue
            if word.types and happening.type not in word.types or word.makes == "withdrawn" and not told:
                continue
            return self._verdict(word, above, told)
        return None

    def _verdict(self, word: Word, above: Clause, told: bool) -> Verdict:
        makes = word.makes
        if makes in ("untrue", "unsupported") and self._guarded(above):
            makes = "open"  # "könnte falsch sein"
        return Verdict(makes, above, word.disowned or makes != word.makes, told, word.id)

    def _guarded(self, clause: Clause) -> bool:
        return (
            clause.modal is not None
            and clause.modal in status_words(self.analysis.language).modal
            and (status_words(self.analysis.language).modal[clause.modal] == "able" and clause.mood == "subjunctive2")
        )

    def _whole(self, clause: Clause) -> bool:
        """A clause that begins with its conjunction, put before the words over it ("Dass …, ist falsch")."""
        return self.analysis.tokens[clause.tokens[0]].tag in self.cues.tags["linking"]

    def _whether(self, clause: Clause) -> bool:
        return clause.conjunction in self.cues.words["whether"]

    def _asks_part(self, clause: Clause) -> bool:
        first = next((t for i in clause.tokens if (t := self.analysis.tokens[i]).coarse != "PUNCT"), None)
        second = (
            self.analysis.tokens[first.i + 1] if first is not None and first.i + 1 < len(self.analysis.tokens) else None
        )
        if first is not None and first.coarse == "ADP" and second is not None:
            first = second  # "für wen", "von welcher Seite"
        asks = first is not None and first.text.lower() in self.words.part
        return asks and clause.relation in ("question", "quotation", "main", "complement")

    def _told(self, held: Clause, above: Clause) -> bool:
        """Does the clause say what a noun of saying names ("Die Behauptung, man habe …", "Berichte, nach denen …")?"""
        if held.relation == "relative":
            noun = held.antecedent
            ties = self.cues.with_source_noun | self.cues.with_source
            according = any(p.preposition in ties and p.pronoun for p in held.phrases) or self._according(held)
            return noun is not None and according and self._saying(noun)
        if held.relation == "adverbial":
            return self._according(held)
        if self._opens_with_noun(held):
            return True
        before = self._noun_before(held, above)
        return before is not None

    def _according(self, clause: Clause) -> bool:
        first = self.analysis.tokens[clause.tokens[0]].text.lower()
        return (clause.conjunction or first).lower() in self.cues.words["according"] or first in self.cues.words[
            "according"
        ]

    def _saying(self, phrase: Phrase) -> bool:
        return is_noun_of(self.analysis.tokens[phrase.head], self.cues.content_nouns | self.cues.vague_nouns)

    def _opens_with_noun(self, clause: Clause) -> bool:
        """The noun was read into its clause: "Die Behauptung, ukrainische Truppen hätten …, ist falsch"."""
        opening = min(clause.phrases, key=lambda p: p.first, default=None)
        if opening is None or opening.first != clause.tokens[0] or not self._saying(opening):
            return False
        after = opening.last + 1
        return after < len(self.analysis.tokens) and self.analysis.tokens[after].text == ","

    def _noun_before(self, held: Clause, above: Clause) -> Phrase | None:
        """The noun of saying right before the comma that opens the held clause."""
        end = held.tokens[0] - 1
        if end < 0 or self.analysis.tokens[end].text != ",":
            return None  # "korrigierte die Darstellung: Man habe …": what is said instead
        while end >= 0 and self.analysis.tokens[end].coarse == "PUNCT":
            end -= 1
        near = [p for p in above.phrases if self._saying(p) and p.first <= end]
        return next((p for p in near if p.last == end or self._up_to(p, above, end)), None)

    def _up_to(self, phrase: Phrase, above: Clause, end: int) -> bool:
        """ "nahm eine Erklärung vom Sonntag zurück, wonach …": only its date or owner and the verb stand in between."""
        between = [p for p in above.phrases if phrase.last < p.first <= end]
        verbs = set(above.predicate_tokens)
        inside = {i for p in between for i in range(p.first, p.last + 1)} | verbs
        return all(i in inside for i in range(phrase.last + 1, end + 1)) and all(
            p.kind == "prepositional" for p in between
        )

    # -- act nouns -----------------------------------------------------------------------------------------------------
    def _brought_up(self, happening: Happening, clause: Clause) -> bool:
        """Does the clause itself say that there was such an act ("dass es einen Angriff gegeben habe")?"""
        phrase = happening.phrase
        if phrase is None or clause.predicate not in self.carriers:
            return False
        inside = phrase is clause.object or phrase is clause.subject
        carrier = clause.predicate in status_words(self.analysis.language).carriers
        return inside and (carrier or phrase.determiner in _NEW)

    def _over_noun(self, happening: Happening, clause: Clause) -> Verdict | None:
        phrase = happening.phrase
        if phrase is None:
            return None
        for i in phrase.adjectives:
            makes = self.words.attribute.get(self.analysis.tokens[i].lemma.lower())
            if makes is not None:
                return Verdict(makes, clause, makes == "open", rule="attribute")
        for host in (p for top in clause.phrases for p in top.walk()):
            word = self.words.nouns.get(host.lemma.lower())
            if word is not None and phrase is not host and (phrase in host.genitives or phrase in host.attached):
                if not word.types or happening.type in word.types:
                    return self._verdict(word, clause, False)
        around = [clause]
        for number in clause.children:
            child = self.analysis.clauses[number]
            if (
                child.relation == "relative"
                and child.antecedent is not None
                and child.antecedent.head == happening.token
            ):
                around.append(child)
        for current in around:
            for word, beside in words_of(self.analysis, current, self.words):
                if word.types and happening.type not in word.types:
                    continue
                if "noun" in word.holds and (current is not clause or self._is_held(phrase, clause)):
                    return self._verdict(word, current, False)
                if (
                    "about" in word.holds
                    and current is clause
                    and (told := self._tied(phrase, clause, word, beside)) is not None
                ):
                    return self._verdict(word, current, told)
        return None

    def _is_held(self, phrase: Phrase, clause: Clause) -> bool:
        for host in (clause.object, clause.subject):
            if host is None or host.determiner == "negative":
                continue
            if phrase is host or phrase in host.parts():
                return True
            if host.lemma.lower() in self.words.carried and (phrase in host.genitives or phrase in host.attached):
                return True
        return False

    def _tied(self, phrase: Phrase, clause: Clause, word: Word, beside: tuple[int, ...]) -> bool | None:
        """Does the act noun hang on the predicate or a word of it, or (taken back) on a noun of saying?

        True: somebody has spoken of it ("von einem Angriff könne keine Rede sein" answers those who do).
        """
        if phrase.preposition in word.by and phrase in clause.phrases:
            return word.makes == "untrue"
        for host in clause.phrases:
            claim = self._saying(host) and (word.makes == "withdrawn" or self._told_of(phrase, host, clause, word))
            if host.head not in beside and not claim or phrase.preposition in self.cues.circumstance:
                continue
            if phrase in host.attached or phrase in clause.phrases and host.last + 1 == phrase.first:
                return claim
        return None

    def _told_of(self, phrase: Phrase, host: Phrase, clause: Clause, word: Word) -> bool:
        """ "Meldungen über einen Angriff haben sich als falsch erwiesen": what they tell of is not so."""
        if word.makes not in ("untrue", "open") or phrase.preposition not in self.cues.words["telling_of"]:
            return False
        return host in (clause.subject, clause.object)

    # -- questions -----------------------------------------------------------------------------------------------------
    def _question(self, happening: Happening, clause: Clause) -> Verdict | None:
        current = clause
        for _ in range(_DEEPEST):
            if current.i in self.asked_clauses:
                if current is clause and self._asks_part(current) and clause.tense in ("past", "perfect", "pluperfect"):
                    return None  # "Wer schoss auf den Konvoi?": that somebody did is taken for granted
                return Verdict("open", current, True, rule="question")
            if current.relation not in ("infinitive", "coordinated", "complement") or current.parent is None:
                return None
            current = self.analysis.clauses[current.parent]
        return None

    def _asked(self) -> frozenset[int]:
        """The main clauses that a question mark closes."""
        found: set[int] = set()
        for mark in (t for t in self.analysis.tokens if t.text in self.words.marks):
            before = [
                c
                for number in self.analysis.sentences[mark.sentence].clauses
                if (c := self.analysis.clauses[number]).tokens and c.tokens[0] < mark.i
            ]
            if not before:
                continue
            last = max(before, key=lambda c: max(i for i in c.tokens if i < mark.i))
            for _ in range(_DEEPEST):
                if last.parent is None or last.relation in ("main", "quotation"):
                    break
                if not self.analysis.clauses[last.parent].predicate:
                    break  # "Frage: Hat die Armee geschossen?"
                last = self.analysis.clauses[last.parent]
            alone = sum(c.relation in ("main", "quotation") for c in before) == 1
            if alone or self._verb_first(last) or self._asks_part(last):
                found.add(last.i)
        return frozenset(found)

    def _verb_first(self, clause: Clause) -> bool:
        first = next((i for i in clause.tokens if self.analysis.tokens[i].coarse not in ("PUNCT", "CCONJ")), None)
        return first is not None and first == clause.finite

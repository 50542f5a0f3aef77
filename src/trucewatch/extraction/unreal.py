"""What is told in a novel, film or game, practised in an exercise or shown in an exhibition (knowledge/unreal.*.toml).

A frame is opened by a phrase ("Im Roman …"), by a work that tells ("Der Film erzählt von …"), by who plays or practises, or by an
imagined doer. It covers its clause, what hangs on it, and the sentences of the paragraph that carry the tale on, until one tells
of something else: in the past, with a date, or of nobody in the tale.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from trucewatch.extraction.happening import Happening
from trucewatch.extraction.matching import Kinds
from trucewatch.knowledge.load import FOLDER, table
from trucewatch.language.analysis import Analysis, Clause, Phrase
from trucewatch.record import TimeExpression

_KINDS = ("fiction", "stage", "game", "exercise", "exhibition")
_PRACTISED = frozenset({"ASSAULT", "ADVANCE", "COERCE", "RETREAT", "DAMAGE", "VIOLATE"})
"""What an exercise holds of unreal acts; its moves of troops, and those hurt in it, are real."""
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Tale:
    """One frame: ``kind`` fiction, exercise, exhibition or imagined, and the word that opens it."""

    kind: str
    word: str


@cache
def _data(language: str) -> dict[str, Any]:
    return table(f"unreal.{language}") if (FOLDER / f"unreal.{language}.toml").exists() else {}


def _is(lemma: str, words: Iterable[str], exceptions: Iterable[str] = ()) -> bool:
    """Is a word one of ``words`` or a compound that ends in one of them that is not written "=word"?"""
    low = lemma.lower()
    if any(low.endswith(e.lower()) for e in exceptions):
        return False
    for word in words:
        bare = word.lstrip("=").lower()
        if low == bare or not word.startswith("=") and len(bare) >= _SHORTEST and low.endswith(bare):
            return True
        if low.endswith("-" + bare):
            return True
    return False


class Unreal:
    """Which clauses of a report tell of nothing that happened."""

    def __init__(self, analysis: Analysis, times: Sequence[TimeExpression], kinds: Kinds) -> None:
        self.analysis = analysis
        self.kinds = kinds
        self.data = _data(analysis.language)
        self.dates = [t.expression for t in times if t.kind in ("date", "time") and t.from_ is not None]
        self.clauses: dict[int, Tale] = {}
        self.below: dict[int, Tale] = {}
        """Clauses whose own predicate is real and what it speaks of is not ("Die Truppen probten einen Angriff")."""
        if self.data:
            self._read()

    def of(self, happening: Happening) -> Tale | None:
        """The frame that ``happening`` is told in, or None."""
        if not self.data:
            return None
        tale = self._imagined(happening)
        if tale is None and happening.clause is not None:
            tale = self.clauses.get(happening.clause.i)
            if tale is None and happening.frame.noun:
                tale = self.below.get(happening.clause.i)
        if tale is None and happening.clause is None:
            tale = next(
                (self.clauses[c] for c in self.analysis.sentences[happening.sentence].clauses if c in self.clauses),
                None,
            )
        if tale is not None and tale.kind in ("exercise", "imagined") and happening.type not in _PRACTISED:
            return None
        return tale

    def name(self, tale: Tale) -> str:
        """The kind in words, with the word that shows it ("an exercise: Manöver")."""
        return f"{self.data['names'][tale.kind]}: {tale.word}"

    # -- frames ------------------------------------------------------------------------------------------------------
    def _read(self) -> None:
        carried: Tale | None = None
        paragraph = -1
        for sentence in self.analysis.sentences:
            clauses = [self.analysis.clauses[i] for i in sentence.clauses]
            if carried is not None and sentence.paragraph == paragraph and self._runs_on(clauses, carried):
                for clause in clauses:
                    self.clauses[clause.i] = carried
                continue
            carried, paragraph = None, sentence.paragraph
            for clause in sorted(clauses, key=lambda c: c.start):
                self._open(clause)
            for clause in clauses:
                if clause.relation in ("main", "coordinated", "fragment") and clause.i in self.clauses:
                    carried = self.clauses[clause.i]
                elif clause.relation == "main" and clause.i in self.below and carried is None:
                    carried = self.below[clause.i]

    def _open(self, clause: Clause) -> None:
        if clause.i in self.clauses:
            return
        above = self.analysis.clauses[clause.parent] if clause.parent is not None else None
        if above is not None and (above.i in self.clauses or above.i in self.below):
            tale = self.clauses.get(above.i) or self.below[above.i]
            if clause.relation != "coordinated" or above.i in self.clauses and self._goes_on(clause):
                self.clauses[clause.i] = tale
                return
        for kind in _KINDS:
            words = self.data[kind]
            for phrase in clause.phrases:
                opens = phrase.preposition in words["prepositions"] and self._work(phrase, words, clause)
                if opens and not self._intruder(clause, words):
                    self.clauses[clause.i] = Tale(kind, self._text(phrase))
                    return
            subject = clause.subject
            if clause.predicative is not None and self._work(clause.predicative, words, clause, subject=True):
                self.clauses[clause.i] = Tale(kind, self._text(clause.predicative))  # "ist ein Roman über den Krieg: …"
                return
            if subject is None:
                if clause.predicate in words["acting"] and not words["players"]:
                    self.below[clause.i] = Tale(kind, clause.predicate)
                continue
            tells = self._work(subject, words, clause, subject=True) or self._named(subject, words["subjects"])
            if clause.predicate in words["telling"] and tells:
                self.clauses[clause.i] = Tale(kind, self._text(subject))
                return
            if clause.predicate in words["acting"] and (not words["players"] or self._named(subject, words["players"])):
                self.below[clause.i] = Tale(kind, f"{self._text(subject)} … {clause.predicate}")
                return
            if self._named(subject, words["characters"]):
                self.clauses[clause.i] = Tale(kind, self._text(subject))
                return

    def _intruder(self, clause: Clause, words: dict[str, Any]) -> bool:
        """ "Bei einer Übung haben Rebellen Soldaten erschossen": a force that takes no part in the exercise."""
        subject = clause.subject
        if subject is None or not words.get("enemies"):
            return False
        return self.kinds.is_kind(subject, "armed_group") and not self._named(subject, words["enemies"])

    def _goes_on(self, clause: Clause) -> bool:
        """A clause joined to one in the tale is in it, unless it dates what it tells."""
        return not self._dated(clause.start, clause.end)

    def _work(self, phrase: Phrase, words: dict[str, Any], clause: Clause, subject: bool = False) -> bool:
        for part in phrase.parts():
            lemma = self.analysis.tokens[part.head].lemma
            if not _is(lemma, words["words"], words["not"]):
                continue
            attributed = bool(part.genitives or part.attached)
            if _is(lemma, words["bare"]) and (attributed and not subject or clause.tense not in ("present", "none")):
                continue
            return True
        return False

    def _named(self, phrase: Phrase, words: list[str]) -> bool:
        return any(_is(self.analysis.tokens[part.head].lemma, words) for part in phrase.parts())

    def _text(self, phrase: Phrase) -> str:
        return self.analysis.tokens[phrase.head].text

    def _imagined(self, happening: Happening) -> Tale | None:
        """An imagined doer, target or act ("ein gedachter Gegner", "simulierte Ziele")."""
        clause = happening.clause
        phrases = [happening.phrase] if happening.phrase is not None else []
        if happening.phrase is None and clause is not None:
            phrases += [p for p in (clause.subject, clause.object, clause.agent) if p is not None]
        wanted = self.data["imagined"]["adjectives"]
        for phrase in phrases:
            for part in phrase.walk():
                for i in part.adjectives:
                    token = self.analysis.tokens[i]
                    if token.lemma.lower() in wanted or any(
                        token.text.lower().startswith(w) for w in wanted if len(token.text) <= len(w) + 2
                    ):
                        return Tale("imagined", f"{token.text} {self._text(part)}")
        return None

    # -- running on --------------------------------------------------------------------------------------------------
    def _runs_on(self, clauses: list[Clause], tale: Tale) -> bool:
        mains = [c for c in clauses if c.relation in ("main", "coordinated")]
        if not mains or self._dated(min(c.start for c in clauses), max(c.end for c in clauses)):
            return False
        first = mains[0]
        subject = first.subject or first.object
        if subject is not None and (subject.pronoun or self._named(subject, self.data["running_on"]["words"])):
            return True
        imagined = self.data["imagined"]["adjectives"]
        if subject is not None and any(self.analysis.tokens[i].lemma.lower() in imagined for i in subject.adjectives):
            return True
        if any(self._named(p, self.data["running_on"]["words"]) for p in first.phrases):
            return True
        if tale.kind == "exercise":
            return not any(self.kinds.is_kind(p, "place") for c in clauses for p in c.phrases)
        return (
            tale.kind == "game"
            or tale.kind in ("fiction", "stage")
            and all(c.tense in ("present", "none") for c in mains)
        )

    def _dated(self, start: int, end: int) -> bool:
        return any(start <= low < end for low, _ in self.dates)

"""Conditions on the surroundings of a predicate: words of its clause, of what is said, and the mode that they decide.

Frames of speech acts need more than their slots: "fordern" asks for a ceasefire or for talks by the words of its content,
and the same verb in a report on wages is no event. Everything here is cached per clause and per class.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from trucewatch.extraction.frames import FrameTable
from trucewatch.knowledge.load import FOLDER, table
from trucewatch.language.analysis import Analysis, Clause, Phrase, Token

_CLASS_ENDING = 4
_WORD_ENDING = 5
_PART = "~"
"""Marks a word that stands as the last part of a compound ("~angriff" in "Luftangriff")."""
_UNJOINED = (4, 6)
"""Letters before and in the last part of a compound whose joint is not known: less is no compound ("Vor|schlag")."""
_CONTENT = frozenset({"complement", "infinitive", "quotation", "question"})
_LONGEST = 60
_PLACED = frozenset({"auf", "über", "in", "an"})
"""Prepositions whose object's case tells the place from what is spoken of."""
_DEPTH = 4
"""How deep subclauses of what is said are followed."""


@cache
def content_modes(language: str) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Event type -> its modes in order, each with the words of the content that decide it ([content_mode.*] tables)."""
    found: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for path in sorted(FOLDER.glob(f"frames.{language}*.toml")):
        for kind, modes in table(path.name.removesuffix(".toml")).get("content_mode", {}).items():
            found[kind] = tuple((mode, tuple(words)) for mode, words in modes.items())
    return found


def _parts(word: str, token: Token) -> Iterable[str]:
    """The last parts of ``word`` (lower case): what stands behind its joints, hyphens or, none known, behind a long beginning."""
    length = len(word)
    starts: set[int] = set()
    if token.coarse in ("NOUN", "PROPN", "X"):
        starts.update(j for j in token.joints if length - j >= _CLASS_ENDING)
    if not starts:
        before, last = _UNJOINED
        starts = set(range(before, length - last + 1)) if length <= _LONGEST else set()
    if "-" in word:
        starts.update(i + 1 for i, letter in enumerate(word) if letter == "-")
    return (_PART + word[start:] for start in starts)


def setting(phrase: Phrase) -> bool:
    """A prepositional phrase that says where the act took place, not what it was about ("auf einem Treffen")."""
    return phrase.kind == "prepositional" and phrase.preposition in _PLACED and phrase.cases == {"dat"}


class Surroundings:
    """The words around a predicate, looked up once per clause."""

    def __init__(self, analysis: Analysis, frames: FrameTable) -> None:
        self.analysis = analysis
        self._words: dict[int, frozenset[str]] = {}
        self._hits: dict[tuple[frozenset[str], str], bool] = {}
        self._forms: dict[int, frozenset[str]] = {}
        self._phrases: dict[int, frozenset[str]] = {}
        self._classes = {name: self._split(members) for name, members in frames.classes.items()}

    @staticmethod
    def _split(members: Iterable[str]) -> frozenset[str]:
        """A class as whole words and, marked, last parts of compounds."""
        whole = {m.lstrip("=") for m in members}
        return frozenset(whole | {_PART + m for m in members if not m.startswith("=") and len(m) >= _CLASS_ENDING})

    def forms(self, i: int) -> frozenset[str]:
        """Form and lemma of token ``i`` (lower case), and the last parts of them where they are compounds."""
        known = self._forms.get(i)
        if known is None:
            token = self.analysis.tokens[i]
            whole = {token.text.lower(), token.lemma.lower()}
            known = self._forms[i] = frozenset(whole | {part for word in whole for part in _parts(word, token)})
        return known

    def _range(self, first: int, last: int) -> Iterable[str]:
        for i in range(first, last + 1):
            yield from self.forms(i)

    def core(self, phrase: Phrase) -> frozenset[str]:
        """Words of a phrase without its dependents."""
        known = self._phrases.get(id(phrase))
        if known is None:
            found = {phrase.lemma.lower(), *self.forms(phrase.head)}
            found.update(self._range(phrase.core_first, phrase.core_last))
            known = self._phrases[id(phrase)] = frozenset(found)
        return known

    def words(self, clause: Clause) -> frozenset[str]:
        """Forms and lemmas (lower case) of a clause's own tokens and phrases, and its predicate."""
        known = self._words.get(clause.i)
        if known is None:
            found = {clause.predicate.lower()}
            for i in clause.tokens:
                found.update(self._range(i, i))
            known = self._words[clause.i] = frozenset(found)
        return known

    def content(self, clause: Clause, phrase: Phrase | None = None) -> frozenset[str]:
        """Words of what is said: of the noun's own phrases, or of all but the speaker, and of the subclauses that hold it."""
        found: set[str] = set()
        if phrase is not None:
            for (
                inner
            ) in phrase.walk():  # "eine Forderung der Minister nach einer Feuerpause": behind the genitive as well
                found.update(self._range(inner.first, inner.last))
        else:
            found.update(self.words(clause))
            beside = [clause.subject, clause.indirect_object, *(p for p in clause.phrases if setting(p))]
            for other in beside:
                if other is not None:
                    found.difference_update(self._range(other.first, other.last))
        self._subclauses(clause, found, 0)
        return frozenset(found)

    def _subclauses(self, clause: Clause, found: set[str], depth: int) -> None:
        if depth >= _DEPTH:
            return
        for number in clause.children:
            child = self.analysis.clauses[number]
            if child.relation in _CONTENT or depth and child.relation == "coordinated":
                found.update(self.words(child))
                self._subclauses(child, found, depth + 1)

    def has(self, words: frozenset[str], wanted: Iterable[str]) -> bool:
        """Is one of ``wanted`` (a word, "two words" that both occur, or "@class") among ``words``?"""
        return any(self._has(words, want) for want in wanted if not want.startswith("%"))

    def _has(self, words: frozenset[str], want: str) -> bool:
        key = (words, want)
        known = self._hits.get(key)
        if known is not None:
            return known
        if want.startswith("@"):
            hit = not self._classes.get(want[1:], frozenset()).isdisjoint(words)
        else:
            hit = all(
                p.lstrip("=") in words or len(p) >= _WORD_ENDING and _PART + p in words for p in want.lower().split()
            )
        self._hits[key] = hit
        return hit

    def mode(self, kind: str, words: frozenset[str]) -> str | None:
        """The mode that the words of the content decide for an event of type ``kind``, or None."""
        for mode, wanted in content_modes(self.analysis.language).get(kind, ()):
            if self.has(words, wanted):
                return mode
        return None

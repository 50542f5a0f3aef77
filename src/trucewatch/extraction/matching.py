"""Which frames the clauses and nouns of an analysis match: event candidates before roles, voice and merging."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from trucewatch.extraction.conditions import Surroundings
from trucewatch.extraction.frames import Frame, FrameTable
from trucewatch.extraction.happening import Happening
from trucewatch.language.analysis import Analysis, Clause, Phrase

_DEMONSTRATIVES = ("das", "dies")
"""Words that a condition means as pronouns, not as articles."""
_AGENT = frozenset({"durch", "seitens"})
"""Prepositions that name who did it, wherever in the noun's phrase they stand."""
_LONG = 5
"""A word of at least this many letters also matches as the last part of a compound."""


class Kinds(Protocol):
    """What the matcher must know about phrases: the ``%kind`` conditions of the frames."""

    def is_kind(self, phrase: Phrase, kind: str) -> bool:
        """Does ``phrase`` name something of this kind (force, people, place, government, number)?"""
        ...


def _edge(phrase: Phrase) -> list[Phrase]:
    """The phrase and the genitives at its right edge: what stands behind them may belong to any of them."""
    found = [phrase]
    while found[-1].genitives and len(found) < 5:
        found.append(found[-1].genitives[-1])
    return found


_AHEAD = ("threatened", "planned")


class Matcher:
    """Holds the frame table, the analysis and the kinds, and gives candidates clause by clause."""

    def __init__(self, analysis: Analysis, table: FrameTable, kinds: Kinds) -> None:
        self.analysis = analysis
        self.table = table
        self.kinds = kinds
        self.surroundings = Surroundings(analysis, table)
        self.heads: dict[int, tuple[Phrase, Clause]] = {}
        for clause in analysis.clauses:
            for top in clause.phrases:
                for phrase in top.walk():
                    known = self.heads.get(phrase.head)
                    if (
                        known is None
                        or phrase.last - phrase.first < known[0].last - known[0].first
                        or known[1].relation != "participle"
                        and clause.relation == "participle"
                    ):
                        self.heads[phrase.head] = (phrase, clause)

    # -- slots ---------------------------------------------------------------------------------------------------
    def slot(
        self, happening_clause: Clause, name: str, phrase: Phrase | None = None, inverted: bool = False
    ) -> list[Phrase]:
        """The phrases in slot ``name`` of a clause (or of a noun phrase, where ``phrase`` is given)."""
        clause = happening_clause
        if "." in name:
            outer, inner = name.split(".", 1)
            return [p for one in self.slot(clause, outer, phrase, inverted) for p in self.slot(clause, inner, one)]
        if phrase is not None:
            if name == "genitive":
                return list(phrase.genitives)
            if name in ("subject", "object", "indirect_object", "predicative"):
                return []
            found = [p for host in _edge(phrase) for p in host.attached if p.preposition == name]
            if not found and name in _AGENT:  # "die Einnahme von X durch Rebellen": behind the place
                found = [p for host in phrase.walk() for p in host.attached if p.preposition == name]
            return found
        if name == "subject":
            if inverted:
                return [clause.object] if clause.object else []
            return [clause.subject] if clause.subject else []
        if name == "object":
            if inverted:
                return []
            return [clause.object] if clause.object else []
        if name == "indirect_object":
            if (
                clause.indirect_object is None
                and clause.object is not None
                and ("dat" in clause.object.cases or not clause.object.cases)
            ):
                return [clause.object]  # "werfen den Rebellen vor": the form does not show which case
            return [clause.indirect_object] if clause.indirect_object else []
        if name == "predicative":
            return [clause.predicative] if clause.predicative else []
        if name in (
            "complement",
            "infinitive",
            "quotation",
            "genitive",
            "genitive_object",
            "adjective",
            "compound",
            "possessive",
        ):
            return []
        found = clause.prepositional(name)
        if name == "von":
            found = [p for p in found if not self._told_by(clause, p)]
        if name == "von" and len(found) + len(clause.phrases) > 1:
            return [p for p in found if not self._hangs(clause, p)]
        return found

    def _told_by(self, clause: Clause, phrase: Phrase) -> bool:
        """ "nach Angaben von Anwohnern schlugen Granaten ein": the words behind the preposition say whose account it is."""
        before = next((p for p in clause.phrases if p.last + 1 == phrase.first and p.kind == "prepositional"), None)
        return before is not None and before.lemma.lower() in self.table.accounts

    def _hangs(self, clause: Clause, phrase: Phrase) -> bool:
        """ "den Abzug von Truppen", "der Sprecher von Amnesty fordert": it belongs to the noun right before it."""
        for host in (clause.object, clause.subject):
            if host is None or host.pronoun or phrase not in _edge(host)[-1].attached and phrase not in host.attached:
                continue
            if host is clause.object:
                return True
            if clause.finite is not None and phrase.last < clause.finite and clause.relation == "main":
                return True
        return False

    def _holds(self, phrases: list[Phrase], wanted: tuple[str, ...]) -> bool:
        for top in phrases:
            for phrase in top.parts():
                for want in wanted:
                    if want == "%name":
                        if self.analysis.tokens[phrase.head].coarse == "PROPN" and not phrase.pronoun:
                            return True
                    elif want.startswith("%"):
                        if self.kinds.is_kind(phrase, want[1:]):
                            return True
                    elif want in _DEMONSTRATIVES:
                        if phrase.pronoun and phrase.lemma.lower() == want:  # "das", not "das Verhalten"
                            return True
                    elif self.surroundings.has(self.surroundings.core(phrase), (want,)):
                        return True
        return False

    def _done(self, clause: Clause) -> bool:
        """What the clause governs is all over ("verkündet, die Rebellen hätten Homs beschossen"): no plan and no threat."""
        told = [self.analysis.clauses[c] for c in clause.children]
        told = [c for c in told if c.relation in ("complement", "quotation", "infinitive") and c.predicate]
        if not told or clause.object is not None or any(c.quoted or c.children for c in told):
            return False
        return all(c.tense in ("perfect", "pluperfect") for c in told)

    def _conditions(self, frame: Frame, clause: Clause, phrase: Phrase | None, inverted: bool) -> bool:
        if frame.content_status in _AHEAD and phrase is None and self._done(clause):
            return False
        for slot, wanted in frame.where:
            if slot == "complement":
                if not any(
                    self.analysis.clauses[c].relation in ("complement", "infinitive", "quotation")
                    for c in clause.children
                ):
                    return False
                continue
            if not self._met(frame, clause, slot, wanted, phrase, inverted):
                return False
        return not any(self._met(frame, clause, slot, wanted, phrase, inverted) for slot, wanted in frame.unless)

    def _met(
        self, frame: Frame, clause: Clause, slot: str, wanted: tuple[str, ...], phrase: Phrase | None, inverted: bool
    ) -> bool:
        """Does one condition hold? ``slot`` may join several with "|"; or clause, content, role, bare, relation, actor."""
        if slot == "relation":
            return clause.relation in wanted
        if slot == "clause":
            words = self.surroundings.words(clause)
            if phrase is not None:
                words |= self.surroundings.content(clause, phrase)
            return self.surroundings.has(words, wanted) or self._kind_in(clause, wanted)
        if slot == "content":
            return self.surroundings.has(self.surroundings.content(clause, phrase), wanted)
        if slot == "role":
            role = phrase.preposition if phrase is not None and phrase is not clause.predicative else "predicative"
            return role in wanted
        if slot == "bare":
            if phrase is None or phrase.determiner != "none" or phrase.genitives or phrase.preposition not in wanted:
                return False
            return not any(p.preposition in frame.target + frame.place for p in phrase.attached)
        names = {"actor": frame.actor, "about": frame.about}.get(slot) or tuple(slot.split("|"))
        held: list[Phrase] = []
        for name in names:
            if phrase is not None and name in ("adjective", "compound", "possessive"):
                if (
                    slot == "actor"
                    and (phrase.adjectives or phrase.determiner == "possessive")
                    and any(w.startswith("%") for w in wanted)
                ):
                    return True
                continue
            found = self._noun_or_clause(frame, clause, name, phrase, inverted)
            if phrase is not None and not found:
                found = [p for p in clause.prepositional(name) if p.first > phrase.last]
            held.extend(found)
        if "%none" in wanted and all(p.pronoun for p in held) or "%any" in wanted and held:
            return True
        return self._holds(held, wanted)

    def _kind_in(self, clause: Clause, wanted: tuple[str, ...]) -> bool:
        kinds = [w[1:] for w in wanted if w.startswith("%")]
        return any(self.kinds.is_kind(p, kind) for kind in kinds for top in clause.phrases for p in top.walk())

    def _noun_or_clause(
        self, frame: Frame, clause: Clause, slot: str, phrase: Phrase | None, inverted: bool
    ) -> list[Phrase]:
        if phrase is not None:
            found = self.slot(clause, slot, phrase)
            if slot == "adjective":
                return [phrase]
            return found or self.slot(clause, slot) if slot in ("subject", "object") else found
        return self.slot(clause, slot, None, inverted)

    # -- verbs ---------------------------------------------------------------------------------------------------
    def clause_words(self, clause: Clause) -> dict[str, int]:
        """Every word of the clause and of its phrases, as lower-case form and lemma, with its token index."""
        words: dict[str, int] = {}
        indices = set(clause.tokens)
        for phrase in clause.phrases:
            indices.update(range(phrase.first, min(phrase.last, phrase.first + 30) + 1))
        for i in sorted(indices):
            token = self.analysis.tokens[i]
            words.setdefault(token.text.lower(), i)
            words.setdefault(token.lemma.lower(), i)
        return words

    def verb(self, clause: Clause) -> tuple[Frame, list[int], bool] | None:
        """The best verb frame of a clause, the tokens of its companion words, and whether it is "participle + sein"."""
        keys: list[tuple[str, bool]] = []
        predicate = clause.predicate.lower()
        if predicate in self.table.verbs:
            keys.append((predicate, False))
        passive = any(
            self.analysis.tokens[i].lemma == "werden" and self.analysis.tokens[i].tag.startswith("VA")
            for i in clause.tokens
        )
        if (
            predicate != "sein"
            and not passive
            and any(
                self.analysis.tokens[i].lemma == "sein" and self.analysis.tokens[i].tag.startswith("VA")
                for i in clause.tokens
            )
        ):
            keys.append(("sein", True))
        best: tuple[int, Frame, list[int], bool] | None = None
        words: dict[str, int] | None = None
        for key, stative in keys:
            for frame in self.table.verbs.get(key, ()):
                tokens: list[int] = []
                if frame.companions:
                    words = self.clause_words(clause) if words is None else words
                    found = self._companions(frame, clause, words)
                    if found is None:
                        continue
                    tokens = found
                    if stative and not any(t in clause.predicate_tokens for t in tokens):
                        continue
                elif stative:
                    continue
                inverted = stative and clause.voice == "passive"
                if not self._conditions(frame, clause, None, inverted):
                    continue
                if stative and any(frame.id == f.id for f in self.table.verbs.get(predicate, ())):
                    continue  # the verb itself has this frame: "ist verletzt" as "verletzen"
                weight = frame.weight - (3 if clause.reflexive and "sich" not in frame.companions else 0)
                if best is None or weight > best[0]:
                    best = (weight, frame, tokens, inverted)
        return best[1:] if best is not None else None

    def _companions(self, frame: Frame, clause: Clause, words: dict[str, int]) -> list[int] | None:
        found: list[int] = []
        for word in frame.companions:
            if word == "sich":
                if not clause.reflexive:
                    return None
                continue
            if word in ("der", "die", "das", "den", "dem", "ein", "eine", "einen"):
                continue
            at = words.get(word)
            if at is None and len(word) >= _LONG:
                at = next((i for w, i in words.items() if w.endswith(word)), None)
            if at is None:
                return None
            found.append(at)
        return found

    def verbs(self) -> Iterator[Happening]:
        """All event candidates from predicates, in text order."""
        for clause in self.analysis.clauses:
            if not clause.predicate_tokens:
                left_out = self._copula_left_out(clause)
                if left_out is not None:
                    yield left_out
                continue
            match = self.verb(clause)
            if match is None:
                continue
            frame, companions, inverted = match
            token, trigger = self._trigger(clause, companions, frame)
            happening = Happening(frame, frame.type, frame.mode, token, trigger, clause, sentence=clause.sentence)
            happening.beside = tuple(companions)
            happening.why.append(
                f"predicate “{clause.predicate}” matches frame {frame.id}"
                + (" (participle + sein)" if inverted else "")
            )
            yield happening

    def _copula_left_out(self, clause: Clause) -> Happening | None:
        """A headline's "Entführte Arbeiter wieder frei": the verb "to be" is left out, its first phrase is the subject."""
        sentence = self.analysis.sentences[clause.sentence]
        host = next((p for p in clause.phrases if p.kind == "noun"), None)
        if sentence.kind != "headline" or clause.predicate or host is None or not clause.tokens:
            return None
        words = self.clause_words(clause)
        for frame in self.table.verbs.get("sein", ()):
            found = self._companions(frame, clause, words) if frame.companions and not frame.joined else None
            if not found or max(found) < max(i for i in clause.tokens if self.analysis.tokens[i].text.isalpha()):
                continue
            clause.subject = host
            if self._conditions(frame, clause, None, False):
                token = self.analysis.tokens[found[-1]]
                happening = Happening(
                    frame, frame.type, frame.mode, token.i, (token.start, token.end), clause, sentence=clause.sentence
                )
                happening.why.append(f"“{token.text}” without its verb matches frame {frame.id}")
                return happening
            clause.subject = None
        return None

    def _trigger(self, clause: Clause, companions: list[int], frame: Frame) -> tuple[int, tuple[int, int]]:
        """The shortest words that name the happening: see codebook section 4."""
        tokens = self.analysis.tokens
        verb = clause.predicate_tokens[0]
        if len(clause.predicate_tokens) == 2 and tokens[verb].tag == "PTKVZ":
            verb = clause.predicate_tokens[1]
        if frame.joined and len(clause.predicate_tokens) == 2:
            beside = next(i for i in clause.predicate_tokens if i != verb)
            return beside, (tokens[beside].start, tokens[beside].end)
        if frame.verb_trigger:
            companions = []
        content = [
            i
            for i in companions
            if tokens[i].coarse in ("NOUN", "ADJ", "VERB", "ADV", "PROPN", "PART") and i not in clause.predicate_tokens
        ]
        if content:
            head = content[-1]
            first, last = min(content), max(content)
            if last + 1 == verb and last - first <= 2:
                return head, (tokens[first].start, tokens[verb].end)
            return head, (tokens[head].start, tokens[head].end)
        particle = next((i for i in clause.predicate_tokens if i != verb), None)
        if particle is not None and abs(particle - verb) == 1:
            low, high = min(particle, verb), max(particle, verb)
            return verb, (tokens[low].start, tokens[high].end)
        return verb, (tokens[verb].start, tokens[verb].end)

    def _beside(self, frame: Frame, phrase: Phrase | None) -> bool:
        """Every other word of a noun frame of several words ("sexuelle Gewalt") stands in the noun's phrase, in any form."""
        if phrase is None:
            return False
        words = [self.analysis.tokens[i].text.lower() for i in range(phrase.first, phrase.last + 1)]
        return all(any(w.startswith(c.rstrip("e")) for w in words) for c in frame.companions)

    # -- nouns ---------------------------------------------------------------------------------------------------
    def nouns(self, used: frozenset[int]) -> Iterator[Happening]:
        """All event candidates from nouns that no verb frame has used, in text order."""
        for token in self.analysis.tokens:
            if (
                token.coarse not in ("NOUN", "X")
                and not (token.coarse == "PROPN" and "-" in token.text)
                or token.i in used
            ):
                continue
            sentence = self.analysis.sentences[token.sentence]
            if sentence.kind == "byline" or not token.text[:1].isupper() and token.coarse != "NOUN":
                continue
            found = self.table.nouns_of(token.lemma, token.joints) or (
                self.table.nouns_of(token.text, token.joints) if token.lemma != token.text else []
            )
            if not found:
                continue
            phrase, clause = self.heads.get(token.i, (None, None))
            owner = clause or self.analysis.clause_of(token.i)
            for frame, first in found:
                if frame.companions and not self._beside(frame, phrase):
                    continue
                if owner is not None and phrase is not None:
                    if not self._conditions(frame, owner, phrase, False):
                        continue
                elif frame.where:
                    continue
                happening = Happening(
                    frame,
                    frame.type,
                    frame.mode,
                    token.i,
                    (token.start, token.end),
                    owner,
                    phrase,
                    first,
                    token.sentence,
                )
                happening.why.append(
                    f"noun “{token.text}” matches frame {frame.id}" + (f", first part “{first}”" if first else "")
                )
                yield happening
                break

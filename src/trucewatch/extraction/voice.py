"""Whose word a happening is: reporter, attributed or hearsay (codebook section 5), decided from the stretches of speech."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from trucewatch.extraction.speech_cues import Cues, cues, flags_of
from trucewatch.extraction.speech_model import Source, Stretch
from trucewatch.extraction.speech_runon import claim_form
from trucewatch.extraction.speech_sources import of_clause
from trucewatch.extraction.speech_speaker import can_speak
from trucewatch.extraction.voice_claims import noun_holder, told_of
from trucewatch.language.analysis import Analysis, Clause, Phrase, Token
from trucewatch.record import Span, VoiceKind


@dataclass(frozen=True, slots=True)
class VoiceOf:
    """Who says so. ``speaker`` and ``via`` are phrases of the analysis; ``stretch`` indexes the list of stretches.

    ``via`` may name the same person as ``speaker`` in other words: whoever resolves actors drops it then.
    """

    kind: VoiceKind
    speaker: Phrase | None = None
    via: Phrase | None = None
    cue: Span | None = None
    stretch: int | None = None
    why: str = ""


_FAR = 4
"""Words go on from a source named at most so many sentences before."""
_UNSOURCED = "Konjunktiv with no source in reach"
REPORTER = VoiceOf("reporter", why="no cue of another voice")


class Voices:
    """Answers ``voice_of`` for one analysed text and its stretches of speech."""

    def __init__(self, analysis: Analysis, stretches: list[Stretch]) -> None:
        """``stretches`` as ``find_speech`` gives them."""
        self.analysis = analysis
        self.stretches = stretches
        self.known: Cues = cues(analysis.language)
        self._anaphoric = {
            s.clause: s.source for s in stretches if s.rule.startswith("anaphor") and s.clause is not None
        }
        self._spans = sorted((a, b, k) for k, s in enumerate(stretches) for a, b in s.content)
        self._starts = [a for a, _, _ in self._spans]
        self._longest = max((b - a for a, b, _ in self._spans), default=0)

    def voice_of(self, start: int, end: int, frame_verb: bool = False) -> VoiceOf:
        """The voice of what the words ``[start, end)`` name (an event's trigger, a loss's number).

        ``frame_verb``: the words are themselves an act of saying ("forderte"): their own act does not make them attributed.
        """
        token = self.analysis.token_at(start)
        if token is None:
            return REPORTER
        clause = self.analysis.clause_of(token.i)
        while clause is not None and clause.relation == "participle" and clause.parent is not None:
            clause = self.analysis.clauses[clause.parent]  # "berichteten von drei getöteten Soldaten"
        holders = self._holders(start)
        quoting = None if clause is None else self._quoting(token, clause)
        if quoting is not None:
            return VoiceOf(
                "attributed", quoting, self._outer(quoting, holders), None, None, "told by the one who quotes"
            )
        own = None if frame_verb or clause is None else self._claimed(token, clause)
        hearsay = None if clause is None else self._hearsay(token, clause)
        if own is not None and own.vague and not holders:
            return VoiceOf("hearsay", None, None, None, None, "named by nobody")
        if own is not None and own.phrase is not None:
            via = self._outer(own.phrase, holders)
            return VoiceOf("attributed", own.phrase, own.via or via, None, None, "content of an act of speech")
        if holders:
            return self._held(start, holders, clause, hearsay)
        if hearsay is not None and hearsay.why == _UNSOURCED:
            return self._beside(token) or hearsay
        return hearsay or REPORTER

    def _beside(self, token: Token) -> VoiceOf | None:
        """ "Es sei ein Versehen, sagte der General; die erste Erklärung sei falsch gewesen": the source of the same sentence."""
        here = [
            n
            for n, s in enumerate(self.stretches)
            if s.sentence == token.sentence and s.source.phrase is not None and not s.source.vague and s.frame
        ]
        before = [n for n in here if self.stretches[n].frame[0][0] < token.start]
        if not before:
            return None
        last = self.stretches[before[-1]]
        return VoiceOf("attributed", last.source.phrase, last.source.via, None, before[-1], "runs on in the sentence")

    def _holders(self, start: int) -> list[int]:
        """Stretches whose content covers the position, the smallest first; reported acts hold nothing but their act."""
        found: set[int] = set()
        for k in range(bisect_right(self._starts, start) - 1, -1, -1):
            a, b, number = self._spans[k]
            if start - a > self._longest:
                break
            if a <= start < b and self._speaks(self.stretches[number]):
                found.add(number)
        return sorted(found, key=lambda n: (self.stretches[n].length(), -n))

    def _speaks(self, stretch: Stretch) -> bool:
        """Whether the stretch gives somebody's words: not an act told in sum, not the content of a decision."""
        if stretch.kind == "Reported":
            return False
        if stretch.kind == "Indirect" and stretch.rule.startswith("verb") and stretch.clause is not None:
            return "decision" not in flags_of(self.analysis, self.analysis.clauses[stretch.clause], self.known)
        return True

    def _held(self, start: int, holders: list[int], clause: Clause | None, hearsay: VoiceOf | None) -> VoiceOf:
        inner = self.stretches[holders[0]]
        cue = inner.cue[0] if inner.cue else (inner.frame[0] if inner.frame else None)
        speaker = inner.source.phrase
        if inner.kind == "FreeIndirect":
            if hearsay is None and inner.clause is not None and len(holders) == 1:
                head = self.analysis.clauses[inner.clause]
                hearsay = self._hearsay(self.analysis.tokens[head.tokens[0]], head)
            if hearsay is None and len(holders) == 1:
                if speaker is not None and self._goes_on(inner):
                    return VoiceOf("attributed", speaker, inner.source.via, cue, holders[0], inner.rule)
                return VoiceOf("reporter", why="a plan in the report's own words")
            if len(holders) == 1 and hearsay is not None:
                return VoiceOf(
                    "hearsay", speaker if inner.inherited_near else None, None, hearsay.cue, holders[0], inner.rule
                )
        if speaker is None and len(holders) > 1:
            speaker = next((p for n in holders[1:] if (p := self.stretches[n].source.phrase) is not None), None)
        if speaker is None and inner.context is not None:
            speaker = inner.context.phrase
        elif speaker is not None and inner.author is not None and self._unsigned(speaker):
            speaker = inner.author.phrase
        if speaker is None and not inner.source.vague and self._nameless(inner):
            speaker = self._source_before(start)
        if speaker is None or inner.source.vague:
            outer = self._outer(speaker, holders[1:])
            if outer is not None and inner.source.vague:
                return VoiceOf("attributed", outer, None, cue, holders[0], inner.rule)
            return VoiceOf("hearsay", None, None, cue, holders[0], inner.rule)
        via = inner.source.via or self._outer(speaker, holders[1:])
        return VoiceOf("attributed", speaker, via, cue, holders[0], inner.rule)

    def _goes_on(self, stretch: Stretch) -> bool:
        """ "Dazu sollen …", "Zu diesem Zweck sollen …" right after a source's words: its plan goes on."""
        opening = self.analysis.text[stretch.content[0][0] : stretch.content[0][1]].lstrip().lower()
        return opening.startswith(tuple(f"{words} " for words in self.known.words["goes_on"]))

    def _nameless(self, stretch: Stretch) -> bool:
        """Words that go on from a source named before: "…, hieß es" with nobody in it, or Konjunktiv without a frame."""
        if stretch.clause is None or stretch.inherited:
            return stretch.inherited
        if stretch.rule.startswith("phrase"):
            return True  # "nach ihren Angaben"
        return "only_it" in flags_of(self.analysis, self.analysis.clauses[stretch.clause], self.known)

    def _source_before(self, start: int) -> Phrase | None:
        """The source that the sentence before has, or the ones before it as long as each holds speech (codebook 13.30)."""
        token = self.analysis.token_at(start)
        if token is None:
            return None
        for back in range(1, _FAR + 1):
            here = [s for s in self.stretches if s.sentence <= token.sentence - back <= s.sentence_end]
            named = [s for s in here if s.source.phrase is not None and not s.source.vague and s.kind != "Direct"]
            if named:
                return max(named, key=lambda s: (s.frame or s.content)[0]).source.phrase
            if not here or any(s.source.vague for s in here):
                return None
            inherited = [s.context.phrase for s in here if s.context is not None and s.context.phrase is not None]
            if inherited:
                return inherited[-1]
        return None

    def _unsigned(self, phrase: Phrase) -> bool:
        """A document that the report has named before ("heißt es in dem Bericht"): its author is the source before."""
        if phrase.determiner not in ("definite", "demonstrative", "none") or phrase.genitives or phrase.adjectives:
            return False
        head = self.analysis.tokens[phrase.head]
        return head.lemma.lower() in self.known.documents or head.text.lower() in self.known.documents

    def _outer(self, speaker: Phrase | None, holders: list[int]) -> Phrase | None:
        """The next speaker around, if it is another one."""
        for number in holders:
            phrase = self.stretches[number].source.phrase
            if phrase is None or speaker is None:
                continue
            if phrase.head != speaker.head and phrase.lemma != speaker.lemma:
                return phrase
        return None

    def _quoting(self, token: Token, clause: Clause) -> Phrase | None:
        """ "wird von der Agentur zitiert": who passes on that somebody said so at all."""
        if token.i not in clause.predicate_tokens:
            return None
        flags = flags_of(self.analysis, clause, self.known)
        return of_clause(self.analysis, clause, self.known, flags).via if "quoting" in flags else None

    def _claimed(self, token: Token, clause: Clause) -> Source | None:
        """The speaker whose act of speech has ``token`` in its object ("forderte den Abzug"), or whose noun holds it."""
        holder = noun_holder(self.analysis, token, clause, self.known)
        if holder is not None:
            return holder
        demand = self._in_demand(clause)
        if demand is not None:
            return demand
        seen = self._seen(clause)
        if seen is not None:
            return seen
        told = told_of(self.analysis, clause, token, self.known)
        if told is not None:
            return told
        labelled = self._labelled(token, clause)
        if labelled is not None:
            return labelled
        anaphoric = self._anaphoric.get(clause.i)
        if anaphoric is not None and token.i not in clause.predicate_tokens:
            return self._outside(anaphoric, token)
        flags = flags_of(self.analysis, clause, self.known)
        if not flags & {"claims", "blames"} or token.i in clause.predicate_tokens or token.i == clause.finite:
            return None
        source = of_clause(self.analysis, clause, self.known, flags)
        if source.phrase is None and (clause.voice == "passive" or "impersonal" in flags):
            return Source(None, [], vague=True) if self._in_argument(token, clause) else None
        if "claims" not in flags or source.phrase is None or not self._in_argument(token, clause):
            return None
        if clause.relation == "relative" and clause.antecedent is not None:
            if not can_speak(self.analysis, clause.antecedent, self.known):
                return None  # "Indizien, die für eine Beteiligung sprechen"
        return self._outside(source, token)

    def _labelled(self, token: Token, clause: Clause) -> Source | None:
        """ "bezeichnete den Beschuss als Warnung wegen wiederholter Verstöße": what stands behind "als" is the speaker's."""
        flags = flags_of(self.analysis, clause, self.known)
        if "label" not in flags or clause.voice == "passive" or clause.reflexive:
            return None
        if token.i in clause.predicate_tokens or token.i == clause.finite:
            return None  # the labelling itself
        marks = self.known.words["labelled_as"]
        at = next((i for i in clause.tokens if self.analysis.tokens[i].text.lower() in marks), None)
        if at is None or token.i <= at:
            return None
        return self._outside(of_clause(self.analysis, clause, self.known, flags), token)

    def _outside(self, source: Source, token: Token) -> Source | None:
        """The source, unless the token is part of its own name."""
        if source.phrase is None or source.phrase.first <= token.i <= source.phrase.last:
            return None
        return source

    def _in_demand(self, clause: Clause) -> Source | None:
        """ "fordert einen Waffenstillstand, der überwacht werden soll": the wish goes on in the relative clause."""
        if (
            clause.relation != "relative"
            or clause.parent is None
            or clause.modal not in self.known.words["hearsay_modals"]
        ):
            return None
        above = self.analysis.clauses[clause.parent]
        flags = flags_of(self.analysis, above, self.known)
        return of_clause(self.analysis, above, self.known, flags) if "claims" in flags else None

    def _seen(self, clause: Clause) -> Source | None:
        """ "Anwohner sahen, wie Soldaten in die Menge schossen": the report has it from the witnesses."""
        words = self.known.words
        if clause.parent is None or clause.conjunction not in words["perceived"]:
            return None
        above = self.analysis.clauses[clause.parent]
        if above.predicate not in words["perceiving"] or above.subject is None or above.negated:
            return None
        speaker = above.subject
        return (
            Source(speaker, [(speaker.start, speaker.end)]) if can_speak(self.analysis, speaker, self.known) else None
        )

    def _in_argument(self, token: Token, clause: Clause) -> bool:
        """Whether the token stands in what the verb governs, not in its subject or in a circumstance before the verb."""
        inside = [p for p in clause.phrases if p.first <= token.i <= p.last]
        if not inside or (clause.voice == "active" and any(p.role == "subject" for p in inside)):
            return False
        if clause.finite is not None and token.i < clause.finite:
            opening = min(clause.phrases, key=lambda p: p.first)
            if opening.kind != "noun" and opening.preposition not in self.known.of_content:
                return False
            return all(p.kind == "noun" or p.preposition in self.known.of_content for p in inside[:1])
        if inside[0].kind == "noun" or inside[0].preposition not in self.known.circumstance:
            return True
        # "berichtete von Verlusten bei der Eroberung der Stadt": what stands right behind the content belongs to it
        before = next((p for p in clause.phrases if p.last + 1 in (inside[0].first, inside[0].first - 1)), None)
        return (
            before is not None
            and before.preposition in self.known.words["about"]
            and before.first > (clause.finite or 0)
        )

    def _hearsay(self, token: Token, clause: Clause) -> VoiceOf | None:
        """Hearsay that the clause itself marks: "soll … getötet haben", "angeblich", Konjunktiv with no source."""
        tokens, words = self.analysis.tokens, self.known.words
        if clause.relation != "question" and claim_form(self.analysis, clause, self.known):
            at = tokens[clause.finite] if clause.finite is not None else token
            return VoiceOf("hearsay", None, None, (at.start, at.end), None, "modal of hearsay")
        if (
            token.i > 0
            and tokens[token.i - 1].coarse == "ADJ"
            and tokens[token.i - 1].lemma.lower() in words["hearsay_clause"]
        ):
            at = tokens[token.i - 1]
            return VoiceOf("hearsay", None, None, (at.start, at.end), None, "adjective of hearsay")
        for i in clause.tokens:
            word = tokens[i]
            opening = i == self.analysis.sentences[word.sentence].first  # a capital letter there tells no noun
            if word.text.lower() in words["hearsay_clause"] and (opening or word.coarse in ("ADV", "ADJ")):
                return VoiceOf("hearsay", None, None, (word.start, word.end), None, "adverb of hearsay")
        for phrase in clause.phrases:  # "Im Raum steht eine Unterstützung durch den Iran"
            if f"{phrase.preposition} {phrase.lemma} {clause.predicate}".lower() in words["hearsay_predicates"]:
                return VoiceOf("hearsay", None, None, (phrase.start, phrase.end), None, "idiom of hearsay")
        if self._heard_of(token, clause):
            return VoiceOf("hearsay", None, None, None, None, "heard of by nobody in particular")
        if self._carried_on(clause):
            return VoiceOf("hearsay", None, None, None, None, "goes on from a modal of hearsay")
        if clause.mood == "subjunctive1":
            at = tokens[clause.finite] if clause.finite is not None else token
            return VoiceOf("hearsay", None, None, (at.start, at.end), None, _UNSOURCED)
        return None

    def _heard_of(self, token: Token, clause: Clause) -> bool:
        """ "Immer wieder hört man von Hinrichtungen": told by nobody."""
        words, tokens = self.known.words, self.analysis.tokens
        subject = clause.subject
        if clause.predicate not in words["heard"] or subject is None or tokens[subject.head].text.lower() not in words["anyone"]:
            return False
        return any(p.preposition in words["about"] and p.first <= token.i <= p.last for p in clause.phrases)

    def _carried_on(self, clause: Clause) -> bool:
        """ "Er soll geschossen haben und tötete damit …": a second verb of the same subject, left as unsure as the first."""
        if clause.relation != "coordinated" or clause.parent is None or clause.mood != "indicative":
            return False
        above = self.analysis.clauses[clause.parent]
        own = clause.subject is not None and clause.subject.first >= min(clause.tokens)
        return not own and claim_form(self.analysis, above, self.known)

"""What becomes of acts that are denied, open, asked, taken back, called off or put off: polarity, status, whose word."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.extraction.actors import Actors
from trucewatch.extraction.factuality import Factuality, Verdict
from trucewatch.extraction.factuality_words import factuality_words
from trucewatch.extraction.frames import Frame
from trucewatch.extraction.happening import Happening, Said
from trucewatch.extraction.voice import Voices
from trucewatch.language.analysis import Analysis, Clause, Phrase

NOT_SO = "not-so"
"""The frame of a denial that no verb of denying carries ("es stimme nicht, dass …")."""
_SPEECH = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "CONCEDE", "STATE", "SUPPORT"})
_ARRANGED = frozenset({"CONSULT", "RETREAT", "AID", "MOBILIZE", "COOPERATE"})
"""What is arranged beforehand: when it does not take place, it was only planned (codebook 13.34)."""
_DEEDS = frozenset({"ASSAULT", "ADVANCE", "COERCE", "AGREE", "PROTEST", "HARM", "DAMAGE", "VIOLATE", "PRESENCE"})
"""What else may be called off or not take place."""


class NotSo:
    """Sees to the happenings of one report, each when its voice is known."""

    def __init__(self, analysis: Analysis, actors: Actors, voices: Voices) -> None:
        self.analysis = analysis
        self.actors = actors
        self.voices = voices
        self.factuality = Factuality(analysis)
        self.words = factuality_words(analysis.language)
        self.denied: list[tuple[Clause, int, Happening]] = []
        """Clauses in which somebody says that a happening is not so."""
        self.untrue: list[Clause] = []
        """Clauses in which the report itself says so."""

    def settle(self, happening: Happening) -> bool:
        """Set polarity, status and voice by the words over the happening; False where they leave no event."""
        if (
            self.factuality.part_question(happening) is not None
            and happening.type in _SPEECH
            and not happening.frame.noun
        ):
            return False  # "Wer dafür verantwortlich ist, ist unklar"
        happening.asked = self.factuality.part_question(happening) is not None
        if self.factuality.doer_asked(happening) and happening.clause is not None:
            asked = self.actors.of(happening.clause.subject) if happening.clause.subject is not None else []
            happening.actors = [a for a in happening.actors if a not in asked]
        verdict = self.factuality.over(happening)
        if verdict is None or verdict.makes == "outdated":
            return verdict is None
        if happening.type in _SPEECH and verdict.makes not in ("untrue", "unsupported"):
            return verdict.rule != "question" and verdict.makes != "open" or happening.frame.noun
        happening.why.append(f"{verdict.makes}: {verdict.rule}")
        if verdict.makes in ("untrue", "unsupported"):
            self._untrue(happening, verdict)
        elif verdict.makes == "open":
            self._open(happening, verdict)
        elif verdict.makes == "withdrawn":
            happening.status, happening.withdrawn = "possible", True
            self._of_owner(happening, verdict)
        else:
            self._off(happening, verdict)
        return True

    # -- not so --------------------------------------------------------------------------------------------------------
    def _untrue(self, happening: Happening, verdict: Verdict) -> None:
        if happening.polarity == "negative":  # "es stimmt nicht, dass sie nicht geschossen haben"
            happening.polarity, happening.status, happening.said = "positive", "possible", Said("hearsay")
            return
        said = self._said(verdict.clause)
        found_by = self._finder(verdict.clause)
        if said.kind == "reporter" and found_by is not None:
            said = Said("attributed", found_by, None, None)
        denier = said.speaker if said.kind == "attributed" else None
        if verdict.makes == "untrue" and denier is not None:
            self.denied.append((verdict.clause, denier, happening))
        if verdict.makes == "untrue" and verdict.told and said.kind != "reporter":
            if happening.said.kind == "reporter" or happening.said.speaker == denier:
                happening.said = Said("hearsay")
            happening.denied = True
            return
        if said.kind == "reporter":
            self.untrue.append(verdict.clause)
        happening.polarity, happening.said = "negative", said
        happening.tolls = []

    def _finder(self, clause: Clause) -> int | None:
        """ "Die Ermittler fanden keine Beweise dafür, dass …": who looked and found nothing."""
        subject = clause.subject
        if subject is None or clause.voice == "passive" or self._nobody(subject):
            return None
        found = self.actors.of(subject)
        return found[0] if found else None

    def _nobody(self, phrase: Phrase) -> bool:
        return self.analysis.tokens[phrase.head].text.lower() in self.words.nobody

    def _said(self, clause: Clause) -> Said:
        """In whose voice the words stand that say so."""
        at = clause.predicate_tokens[0] if clause.predicate_tokens else clause.tokens[0]
        token = self.analysis.tokens[at]
        found = self.voices.voice_of(token.start, token.end, frame_verb=True)
        return Said(found.kind, self._one(found.speaker), self._one(found.via), found.cue)

    def _one(self, phrase: Phrase | None) -> int | None:
        found = self.actors.of(phrase) if phrase is not None else []
        return found[0] if found else None

    # -- open, taken back, off -----------------------------------------------------------------------------------------
    def _open(self, happening: Happening, verdict: Verdict) -> None:
        happening.status, happening.open = "possible", True
        if not verdict.disowned:
            return
        said = happening.said
        disowning = {self._finder(verdict.clause), self._said(verdict.clause).speaker}
        if said.kind == "reporter" or said.kind == "attributed" and said.speaker in disowning:
            happening.said = Said("hearsay")

    def _of_owner(self, happening: Happening, verdict: Verdict) -> None:
        owner = self._finder(verdict.clause)
        if owner is not None and happening.said.kind != "attributed":
            happening.said = Said("attributed", owner)

    def _off(self, happening: Happening, verdict: Verdict) -> None:
        if happening.type not in _ARRANGED | _DEEDS or happening.type == "AGREE" and happening.status == "ongoing":
            return
        if verdict.makes == "put_off":
            happening.status, happening.polarity = "planned", "positive"
            return
        happening.polarity = "negative"
        if happening.type in _ARRANGED or not verdict.clause.negated:
            happening.status = "planned"

    # -- who says that it is not so ------------------------------------------------------------------------------------
    def denials(self, kept: Sequence[Happening]) -> list[Happening]:
        """With a REJECT for each clause in which somebody says that an act is not so, where no frame has told it."""
        found: dict[int, Happening] = {}
        for clause, denier, happening in self.denied:
            if happening not in kept:
                continue
            told = next((h for h in kept if h.type == "REJECT" and h.clause is clause), None)
            act = told or found.setdefault(clause.i, self._denial(clause, denier))
            if happening not in act.about:
                act.about.append(happening)
            if not act.actors:
                act.actors = [denier]
        nobodys = [
            h for h in kept if h.type == "REJECT" and h.mode == "denial" and not h.actors and self._reports_own(h)
        ]
        return [*(h for h in kept if h not in nobodys), *found.values()]

    def _reports_own(self, denial: Happening) -> bool:
        """ "Die Meldung, dass …, ist falsch": that it is not so is the report's own word, nobody denies."""
        return denial.said.kind == "reporter" and any(v is denial.clause for v in self.untrue)

    def turned_down(self, kept: Sequence[Happening]) -> None:
        """ "dementierte Berichte, wonach sie das Dorf angegriffen habe": the reports' word, not the denier's."""
        for act in (h for h in kept if h.type == "REJECT" and h.mode == "denial" and h.actors):
            charged = any(h.type == "ACCUSE" and h.clause is act.clause for h in kept)  # the charge leads to its act
            for happening in kept:
                if (
                    act.clause is None
                    or happening.frame.noun
                    or happening.type in _SPEECH
                    or happening.clause is act.clause
                ):
                    continue
                if not self.factuality.told_under(happening, act.clause):
                    continue
                if happening not in act.about and not charged:
                    act.about.append(happening)
                if happening.said.kind == "reporter" or happening.said.speaker in act.actors:
                    happening.said = Said("hearsay")
                happening.denied = True

    def _denial(self, clause: Clause, denier: int) -> Happening:
        at = clause.predicate_tokens[0] if clause.predicate_tokens else clause.tokens[0]
        token = self.analysis.tokens[at]
        frame = Frame(id=NOT_SO, word=token.lemma.lower(), type="REJECT", mode="denial", noun=False)
        act = Happening(frame, "REJECT", "denial", token.i, (token.start, token.end), clause, sentence=clause.sentence)
        act.actors = [denier]
        act.why.append("says that it is not so")
        return act

"""Charges and denials: which act they are about, whose word the act charged is, who is said to have done it (codebook 13.21)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from trucewatch.extraction.denied import said_instead
from trucewatch.extraction.happening import Happening, Said
from trucewatch.extraction.merging_words import merging_words
from trucewatch.extraction.not_so import NOT_SO
from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Analysis

_SPEECH_ACTS = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "CONCEDE", "STATE", "SUPPORT"})
_FORCE = frozenset({"ASSAULT", "ADVANCE", "VIOLATE", "COERCE"})
_HARM = frozenset({"HARM", "DAMAGE"})
_REACH = 3
"""A charge or denial without words for the act speaks of one told at most so many sentences before."""


class Charges:
    """Sees to accusations and denials of one report; ``side`` gives the side that an actor stands on."""

    def __init__(self, analysis: Analysis, side: Callable[[int], int]) -> None:
        self.analysis = analysis
        self.side = side

    # -- before acts told again are joined -----------------------------------------------------------------------------
    def one_accusation(self, kept: list[Happening]) -> None:
        """ "beschuldigte X, hinter der Tat zu stecken": the content blames the same party, one accusation in two verbs."""
        for act in list(kept):
            for inner in [c for c in act.about if act.type == c.type == "ACCUSE" and c in kept]:
                if act.frame.noun or not set(inner.targets) <= set(act.targets) or not inner.targets:
                    continue
                act.about = [c for c in act.about if c is not inner] + [c for c in inner.about if c not in act.about]
                act.mentions.append(inner.trigger)
                kept.remove(inner)

    def accused(self, kept: Sequence[Happening]) -> None:
        """Nobody charges himself: where the grammar made the accuser the one who did it, nobody is left."""
        for act in (h for h in kept if h.type == "ACCUSE" and h.actors):
            for content in (c for c in act.about if c.type not in _SPEECH_ACTS and not c.headline):
                if set(content.actors) & set(act.actors):
                    content.actors = [a for a in act.targets if a not in content.targets]

    def denied(self, kept: Sequence[Happening], named: Mapping[int, list[Happening]]) -> None:
        """What somebody denies having done is the accuser's word, or nobody's in reach; never that of the one who denies.

        ``named``: for the token of a denial the event nouns inside its object ("dementierte Berichte über den Angriff").
        """
        for denial in (h for h in kept if h.type == "REJECT" and h.actors):
            deniers = {self.side(a) for a in denial.actors}
            charges = self._turned_down(denial, kept)
            for content in [*self._contents(denial, charges), *named.get(denial.token, ())]:
                if content.type in _SPEECH_ACTS or said_instead(self.analysis, denial, content.clause):
                    continue
                if content.polarity == "negative" and denial.frame.id == NOT_SO:
                    continue  # "es stimme nicht, dass …": that it is not so is the denier's word
                speaker = content.said.speaker
                if content.said.kind == "attributed" and speaker is not None and self.side(speaker) not in deniers:
                    continue
                if content.said.kind == "reporter" and content.frame.noun:
                    continue  # "bestritt eine Beteiligung an dem Angriff": that there was one is the report's own word
                accuser = self._accuser(kept, denial, content, deniers)
                kind = "attributed" if accuser is not None else "hearsay"
                content.said = Said(kind, accuser, None, denial.trigger)
                content.denied = True
                if not content.actors and any(content in c.about for c in charges):
                    content.actors = [a for a in denial.actors if a not in content.targets]
                content.why.append("what is denied: the accuser's word")

    def _turned_down(self, denial: Happening, kept: Sequence[Happening]) -> list[Happening]:
        """The charges that the denial's own clause names ("wies den Vorwurf zurück, …")."""
        return [
            h
            for h in kept
            if h.type == "ACCUSE" and h.frame.noun and (h in denial.about or h.clause is denial.clause is not None)
        ]

    def _contents(self, denial: Happening, charges: Sequence[Happening]) -> list[Happening]:
        found = list(denial.about)
        for charge in charges:
            found += [c for c in charge.about if c not in found]
        return found

    def _accuser(
        self, kept: Sequence[Happening], denial: Happening, content: Happening, deniers: set[int]
    ) -> int | None:
        near = [
            h
            for h in kept
            if h.type == "ACCUSE" and h.actors and abs(h.sentence - denial.sentence) <= _REACH and h is not denial
        ]
        own = [h for h in near if content in h.about or h in denial.about or h.clause is denial.clause is not None]
        against = [h for h in near if deniers & {self.side(t) for t in h.targets}]
        for charge in [*own, *reversed(against)]:
            if self.side(charge.actors[0]) not in deniers:
                return charge.actors[0]
        return None

    # -- when all happenings are known --------------------------------------------------------------------------------
    def link(self, merged: Sequence[Happening]) -> None:
        """Give charges and denials without words for the act the one that they speak of, and denials what the charge is about."""
        for act in merged:
            blames = act.type in ("ACCUSE", "REJECT") or act.mode == "claim_responsibility"
            if blames and not act.about:
                act.about = self._meant(act, merged)
        for act in merged:
            if act.type != "REJECT":
                continue
            for charge in [c for c in act.about if c.type == "ACCUSE"]:
                act.about += [c for c in charge.about if c not in act.about and c is not act]
        for act in merged:
            if act.type == "ACCUSE" and act.frame.noun and not act.actors:
                self._claimed(act, {a for d in merged if d.type == "REJECT" and act in d.about for a in d.actors})

    def _meant(self, act: Happening, merged: Sequence[Happening]) -> list[Happening]:
        """The last act of force before it, with what it hit told in between; else the last harm, else anything before it."""
        paragraph = self.analysis.sentences[act.sentence].paragraph
        earlier = [
            h
            for h in merged
            if h.trigger < act.trigger
            and h.type not in _SPEECH_ACTS
            and act.sentence - h.last_told <= (_REACH if self._paragraph(h) == paragraph else 2)
        ]
        charge = next((h for h in reversed(merged) if self._answered(h, act)), None)
        if charge is not None:
            return [c for c in charge.about if c is not act] or [charge]
        said = self._statement(act, merged)
        if said is not None:
            return [said]
        versions = self._version(act, earlier)
        if versions:
            return versions
        if act.type == "ACCUSE":  # nobody is charged with what the accuser's own side is said to have done
            ours = {self.side(a) for a in act.actors}
            others = [h for h in earlier if not h.actors or not {self.side(a) for a in h.actors} <= ours]
            earlier = others or earlier
        standing = merging_words(self.analysis.language).standing
        force = [
            h
            for h in earlier
            if h.type in _FORCE and h.status in ("occurred", "ongoing") and h.frame.word not in standing
        ]
        if not force:
            return earlier[-1:]
        last = force[-1]
        parts = [
            h for h in earlier if h.type in _HARM and h.trigger > last.trigger and h.said.speaker == last.said.speaker
        ]
        return [last, *parts]

    def _statement(self, act: Happening, merged: Sequence[Happening]) -> Happening | None:
        """ "Das Militär teilte mit, … Die Hamas wies das zurück": what the other side has said just before."""
        held = act.clause.object if act.type == "REJECT" and act.clause is not None else None
        last = next((h for h in reversed(merged) if h.trigger < act.trigger), None)
        if (
            held is None
            or not held.pronoun
            or last is None
            or last.type != "STATE"
            or act.sentence - last.sentence != 1
        ):
            return None
        return None if {self.side(a) for a in last.actors} & {self.side(a) for a in act.actors} else last

    def _version(self, act: Happening, earlier: Sequence[Happening]) -> list[Happening]:
        """ "wies diese Darstellung zurück": all that the other side has just claimed."""
        held = act.clause.object if act.type == "REJECT" and act.clause is not None else None
        words = table(f"merging.{self.analysis.language}")["versions"]["words"]
        if held is None or held.lemma.lower() not in words or not earlier or earlier[-1].said.kind != "attributed":
            return []
        teller = earlier[-1].said.speaker
        if teller is not None and self.side(teller) in {self.side(a) for a in act.actors}:
            return []
        return [h for h in earlier if h.said.kind == "attributed" and h.said.speaker == teller]

    def _paragraph(self, happening: Happening) -> int:
        return self.analysis.sentences[happening.last_told].paragraph

    def _answered(self, charge: Happening, act: Happening) -> bool:
        """Does the denial ``act`` answer ``charge``, made just before against the same side?"""
        if act.type != "REJECT" or charge.type != "ACCUSE" or charge.trigger > act.trigger or not charge.about:
            return False
        if act.sentence - charge.sentence > 2:
            return False
        return bool({self.side(t) for t in charge.targets} & {self.side(a) for a in act.actors})

    def _claimed(self, charge: Happening, deniers: set[int]) -> None:
        """ "Die Rebellen wiesen den Vorwurf zurück": the charge was made by whoever told of the act before."""
        told = {c.said.speaker for c in charge.about if c.said.kind == "attributed" and c.said.speaker is not None}
        definite = charge.phrase is not None and charge.phrase.determiner in ("definite", "demonstrative")
        if definite and len(told) == 1:
            charge.actors = [a for a in told if a is not None and a not in charge.targets and a not in deniers]

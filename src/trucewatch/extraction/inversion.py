"""Sentences that begin with what is said of: "Eine Verschiebung nannte der Minister fatal".

The grammar alone cannot tell subject from object where neither form shows its case; who can speak decides.
"""

from __future__ import annotations

from typing import Protocol

from trucewatch.extraction.frames import Frame, FrameTable
from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Analysis, Clause, Phrase

_SPEAKERS = ("official", "people", "force", "organisation", "media")
_ACTS = frozenset({"ACCUSE", "REJECT", "REQUEST", "STATE", "CONCEDE"})


class _Kinds(Protocol):
    def is_kind(self, phrase: Phrase, kind: str) -> bool: ...


def put_right(analysis: Analysis, frames: FrameTable, kinds: _Kinds) -> None:
    """Exchange subject and object of speech acts where only the object can be a speaker and the forms allow it."""
    for clause in analysis.clauses:
        _name_first(analysis, clause)
        _left_out(analysis, clause)
        if clause.voice == "active" and clause.finite is not None:
            _struck_first(analysis, clause, frames, kinds)
        if clause.voice == "active" and clause.finite is not None and _speech_act(clause, frames):
            _pointing_first(analysis, clause, kinds)
            first, second = clause.subject, clause.object
            if first is None or second is None or first.pronoun or second.pronoun or second.start < first.start:
                continue
            if not first.may_be("acc") or not second.may_be("nom") or not analysis.agree(second, clause.finite):
                continue
            if not _speaker(first, kinds) and _speaker(second, kinds):
                clause.subject, clause.object = second, first
                first.role, second.role = "object", "subject"


def _struck_first(analysis: Analysis, clause: Clause, frames: FrameTable, kinds: _Kinds) -> None:
    """ "Kundus eroberten die Taliban", "die Stadt, die die Miliz belagert", "Zwei Soldaten töteten die Taliban".

    Order says that the first is the subject; a town takes nobody, and whom a side killed is counted.
    """
    first, second = clause.subject, clause.object
    deeds = [f for f in frames.verbs.get(clause.predicate.lower(), ()) if f.type in _DEEDS]
    if not deeds or first is None or second is None or second.pronoun or second.start < first.start:
        return
    told = next((p for p in clause.phrases if p.pronoun and p.role == "subject"), first)
    if not told.may_be("acc") or not second.may_be("nom") or not analysis.agree(second, clause.finite):
        return
    if not any(kinds.is_kind(p, "force") for p in second.parts()):
        return
    if _is_place(analysis, first, kinds) or _victims(first, second, deeds, kinds):
        clause.subject, clause.object = second, first
        told.role, second.role = "object", "subject"


def _is_place(analysis: Analysis, phrase: Phrase, kinds: _Kinds) -> bool:
    if kinds.is_kind(phrase, "force") or kinds.is_kind(phrase, "official"):
        return False
    cues = table(f"places.{analysis.language}")["cues"]
    low = phrase.lemma.lower()
    return kinds.is_kind(phrase, "place") or any(low in cues[name] for name in ("place", "quarter", "admin1", "admin2"))


def _victims(first: Phrase, second: Phrase, deeds: list[Frame], kinds: _Kinds) -> bool:
    """Counted people before a verb of killing or taking, a side that nobody counted behind it."""
    if first.quantity is None or second.quantity is not None or second.determiner not in ("definite", "none"):
        return False
    return first.determiner == "none" and kinds.is_kind(first, "people") and any(f.harm is not None for f in deeds)


_DEEDS = frozenset({"ASSAULT", "ADVANCE", "COERCE"})


def _pointing_first(analysis: Analysis, clause: Clause, kinds: _Kinds) -> None:
    """ "Das bestätigte die Armee": what is said of stands first, by a word that points at the sentence before."""
    first, pointing = clause.subject, table(f"slots.{analysis.language}")["self"]["pointing"]
    if first is None or clause.finite is None or not first.pronoun or first.first > clause.finite:
        return
    if analysis.tokens[first.head].text.lower() not in pointing or first.head != clause.tokens[0]:
        return
    for second in clause.phrases:
        if second.kind != "noun" or second.pronoun or second.first < clause.finite or second.role == "predicative":
            continue
        if second.may_be("nom") and analysis.agree(second, clause.finite) and _speaker(second, kinds):
            clause.subject, clause.object = second, first
            first.role, second.role = "object", "subject"
        return


def _name_first(analysis: Analysis, clause: Clause) -> None:
    """ "NAME, the envoy of the UN in the Congo, called …": the name before the comma is who acts, the rest describes it."""
    subject = clause.subject
    if subject is None or subject.determiner != "definite" or subject.members or clause.voice == "passive":
        return
    at = next((k for k, p in enumerate(clause.phrases) if p is subject), 0)
    name = clause.phrases[at - 1] if at else None
    if (
        name is None
        or name.kind != "noun"
        or name.determiner != "none"
        or name.members
        or name is clause.object
        or analysis.tokens[name.head].coarse != "PROPN"
        or name.last + 2 != subject.first
        or analysis.tokens[name.last + 1].text != ","
        or clause.finite is None
        or clause.finite < subject.last
    ):
        return
    name.appositions.append(subject)
    clause.subject, name.role = name, "subject"
    subject.role = "apposition"
    if clause.indirect_object is name:
        clause.indirect_object = None


def _left_out(analysis: Analysis, clause: Clause) -> None:
    """A headline's "Moskau: Haben Stellungen nicht beschossen": "we" is left out, whoever speaks is the subject."""
    held, sentence = clause.subject, analysis.sentences[clause.sentence]
    if sentence.kind != "headline" or clause.finite is None or held is None or clause.object is not None:
        return
    before, tokens = clause.finite - 1, analysis.tokens
    if before <= sentence.first or tokens[before].text != ":" or tokens[sentence.last].text == "?":
        return
    if clause.voice == "passive" or held.first < clause.finite or tokens[clause.finite].number != "plural":
        return
    others = (analysis.clauses[n] for n in sentence.clauses)
    speaker = next((p for c in others if c is not clause for p in c.phrases if p.last == before - 1), None)
    if speaker is not None and held.may_be("acc") and not clause.reflexive:
        clause.subject, clause.object = speaker, held
        held.role = "object"


def _speech_act(clause: Clause, frames: FrameTable) -> bool:
    predicate = clause.predicate.lower()
    return predicate in frames.report_verbs or any(f.type in _ACTS for f in frames.verbs.get(predicate, ()))


def _speaker(phrase: Phrase, kinds: _Kinds) -> bool:
    return any(kinds.is_kind(part, kind) for part in phrase.parts() for kind in _SPEAKERS) and not any(
        kinds.is_kind(part, "count") for part in phrase.parts()  # "Die Zahl der Toten bezifferte X auf …"
    )

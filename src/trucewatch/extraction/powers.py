"""Co-reference of governments and their parts: "die Regierung", "das Ministerium", "sein Ministerium", "die Polizei"."""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.extraction.ledger import Ledger
from trucewatch.extraction.mentions import Mention
from trucewatch.extraction.referents import Key

_BY_WORD = frozenset({"authorities", "justice", "presidency", "security_council", "embassy"})
"""Classes in which every noun is an office of its own."""


@dataclass(slots=True)
class Powers:
    """Finds the part of a government that a description means."""

    ledger: Ledger

    def key(self, m: Mention, state: str) -> Key:
        """The key of a state's government or of a part of it."""
        assert m.role is not None
        if m.role.cls in ("government", "side"):
            return ("government", state)
        return (m.role.cls, state, m.lemma if m.role.cls == "ministry" or m.role.cls in _BY_WORD else "")

    def find(self, m: Mention) -> int | None:
        """The actor of a description without an owner, or None where it begins one of its own."""
        role, ledger = m.role, self.ledger
        assert role is not None
        if role.cls == "side":
            return None
        if role.cls == "government":
            return ledger.keys.get(("government", "government", "", "plural")) if m.plural else self._government(m)
        if role.cls.startswith("ministry"):
            return self._ministry(m)
        parts = [i for i, d in ledger.latest() if d.kind == "government" and role.cls in d.key[:2]]
        if role.cls in _BY_WORD:
            parts = [i for i in parts if m.lemma in ledger.drafts[i].lemmas]
        return ledger.recent(parts, m.sentence)

    def _government(self, m: Mention) -> int | None:
        """Called so before; else the government of the state that the report is about; else the only one."""
        ledger = self.ledger
        all_of_them = [i for i, d in ledger.latest() if d.key[0] == "government"]
        called = [i for i in all_of_them if m.lemma in ledger.drafts[i].lemmas]
        if called:
            return ledger.recent(called, m.sentence)
        if ledger.focus is not None:
            actor = ledger.actor(("government", ledger.focus), "government", m.name)
            ledger.drafts[actor].state = ledger.focus
            return actor
        return ledger.recent(all_of_them, m.sentence)

    def _ministry(self, m: Mention) -> int | None:
        role, ledger = m.role, self.ledger
        assert role is not None
        if m.possessive:
            owned = self._of_minister(m)
            if owned is not None:
                return owned
        ministries = [i for i, d in ledger.latest() if d.key[0].startswith("ministry")]
        if role.cls != "ministry":
            ministries = [i for i in ministries if ledger.drafts[i].key[0] == role.cls]
        found = ledger.recent(ministries, m.sentence)
        return found if found is None or not self._another(found, m) else self._of_speaker(m)

    def _another(self, ministry: int, m: Mention) -> bool:
        """Was the ministry last named in another paragraph, while another government has spoken in this one?"""
        speaker = self._speaker(m)
        paragraph = self._paragraph(m.sentence)
        here = any(self._paragraph(told.sentence) == paragraph for told in self.ledger.drafts[ministry].mentions)
        return speaker is not None and not here

    def _speaker(self, m: Mention) -> int | None:
        """The government that was the last subject of the paragraph, where the ministry follows it."""
        ledger = self.ledger
        for trace in ledger.near(m.sentence):
            if trace.subject and self._paragraph(trace.sentence) == self._paragraph(m.sentence):
                draft = ledger.drafts[trace.actor]
                if draft.key[0] == "government" and draft.state is not None:
                    return trace.actor
        return None

    def _of_speaker(self, m: Mention) -> int | None:
        speaker = self._speaker(m)
        state = self.ledger.drafts[speaker].state if speaker is not None else None
        if state is None:
            return None
        actor = self.ledger.actor(self.key(m, state), "government", m.name)
        self.ledger.drafts[actor].state = state
        return actor

    def _paragraph(self, sentence: int) -> int:
        return self.ledger.analysis.sentences[sentence].paragraph

    def _of_minister(self, m: Mention) -> int | None:
        """ "sein Ministerium": that of the one person of the sentence who has an office of state."""
        ledger = self.ledger
        people = {t.actor for t in ledger.traces.get(m.sentence, ()) if ledger.drafts[t.actor].kind == "person"}
        offices = {o for i in people for o in ledger.drafts[i].offices if o[1] in ledger.known.states}
        if len(people) != 1 or len(offices) != 1:
            return None
        cls, state = offices.pop()
        actor = ledger.actor((f"ministry.{cls}", state, ""), "government", m.name)
        ledger.drafts[actor].state = state
        return actor

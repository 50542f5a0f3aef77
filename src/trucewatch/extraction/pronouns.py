"""Co-reference of pronouns: the one actor near that agrees in number and gender, or nobody."""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.extraction.actor_roles import words
from trucewatch.extraction.ledger import NEAR, Ledger, Trace
from trucewatch.extraction.mentions import Mention


@dataclass(slots=True)
class Pronouns:
    """Finds the antecedent of a pronoun."""

    ledger: Ledger

    def resolve(self, m: Mention) -> tuple[int, ...]:
        """The antecedent; two persons for a plural that nothing else fits; empty where more than one would do.

        A pronoun never means what its own clause names beside it, save a demonstrative ("dieser": the one named last).
        """
        if m.ellipsis:
            found = self.ledger.counted_before(m.sentence)
            return (found,) if found is not None else ()
        own = self.ledger.clauses.get(m.head)
        latter = self.ledger.analysis.tokens[m.head].text.lower() in words("latter")
        for back in range(NEAR + 1):
            near = [t for t in self.ledger.traces.get(m.sentence - back, ()) if t.token < m.head]
            if own is not None and not latter:
                near = [t for t in near if self.ledger.clauses.get(t.token) is not own]
            window = [t for t in near if _agrees(t, m)]
            people = [t for t in window if self._person(t)]
            if people and not m.plural:
                window = people
            actors = {t.actor for t in window}
            if len(actors) == 1:
                return (actors.pop(),)
            if latter and people:
                return (people[-1].actor,)
            subjects = {t.actor for t in window if t.subject}
            if back == 1 and len(subjects) == 1:
                return (subjects.pop(),)
            if m.plural and not actors:
                pair = {t.actor for t in near if self._person(t) and self.ledger.drafts[t.actor].named}
                if len(pair) == 2:
                    return tuple(sorted(pair))
            if actors:
                return ()
        return ()

    def _person(self, trace: Trace) -> bool:
        return self.ledger.drafts[trace.actor].kind == "person"


def _agrees(trace: Trace, m: Mention) -> bool:
    if m.plural or trace.plural:
        return m.plural and trace.plural
    return trace.gender is not None and trace.gender == m.gender

"""Co-reference of organisations: "die Organisation", "die Mission", "seine Organisation", "die Agentur"."""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.extraction.ledger import Ledger
from trucewatch.extraction.mentions import Mention
from trucewatch.record import ActorKind


@dataclass(slots=True)
class Bodies:
    """Finds the organisation or medium that a description means."""

    ledger: Ledger

    def find(self, m: Mention) -> int | None:
        """ "die Organisation", "die Mission", "die Agentur" after a named one."""
        role, ledger = m.role, self.ledger
        assert role is not None
        found = self._led(m) if m.possessive else ledger.same_words(m)
        if (
            m.possessive
            or found is not None
            or (m.plural and role.cls != "mission")
            or role.cls in ("party", "body", "alliance")
        ):
            return found
        kinds: tuple[ActorKind, ...] = (role.kind, "armed_group") if role.cls == "organisation" else (role.kind,)
        return ledger.recent(ledger.of_kind(*kinds, named=True), m.sentence)

    def _led(self, m: Mention) -> int | None:
        """ "seine Organisation": that of the one person of the sentence who holds an office in one."""
        ledger = self.ledger
        people = {t.actor for t in ledger.traces.get(m.sentence, ()) if ledger.drafts[t.actor].kind == "person"}
        owners = {of for i in people for _, of in ledger.drafts[i].offices if of in ledger.known.entities}
        if len(people) != 1 or len(owners) != 1:
            return None
        entity = ledger.known.entities[owners.pop()]
        actor = ledger.actor(("named", entity.name), entity.kind, entity.name)
        ledger.drafts[actor].entity, ledger.drafts[actor].named = entity.wikidata, True
        return actor

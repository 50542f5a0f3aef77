"""One actor per referent: which mentions mean the same (names, descriptions, pronouns). Two that both fit are left apart."""

from __future__ import annotations

from trucewatch.extraction.bodies import Bodies
from trucewatch.extraction.descriptions import Descriptions
from trucewatch.extraction.ledger import Ledger
from trucewatch.extraction.mentions import Mention
from trucewatch.extraction.named import Names
from trucewatch.extraction.offices import Offices
from trucewatch.extraction.powers import Powers
from trucewatch.extraction.pronouns import Pronouns


class Resolver:
    """Goes through the mentions in text order and writes the actors into the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.names = Names(ledger)
        self.descriptions = Descriptions(ledger, Offices(ledger), Powers(ledger), Bodies(ledger))
        self.pronouns = Pronouns(ledger)

    def resolve(self, mention: Mention) -> tuple[int, ...]:
        """The actors that ``mention`` means (none where a pronoun has no single antecedent)."""
        if mention.pronoun:
            found = self.pronouns.resolve(mention)
        elif mention.hit is not None:
            found = self.names.resolve(mention)
        else:
            found = self.descriptions.resolve(mention)
        for actor in found:
            self.ledger.note(actor, mention, alone=len(found) == 1)
        if found:
            for i in (mention.head, mention.first, *mention.covers):
                self.ledger.at_token.setdefault(i, found)
        return found

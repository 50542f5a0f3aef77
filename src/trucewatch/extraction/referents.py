"""An actor while it is put together from its mentions."""

from __future__ import annotations

from dataclasses import dataclass, field

from trucewatch.extraction.mentions import Mention
from trucewatch.knowledge.load import table
from trucewatch.knowledge.register import Official, State
from trucewatch.language.analysis import Analysis
from trucewatch.record import ActorKind

Key = tuple[str, ...]
"""What makes two mentions one actor; the first part is its sort ("person", "state", "forces", "named" …)."""


@dataclass(slots=True)
class Draft:
    """One actor so far. ``state`` is the ISO code of the state that it is or belongs to, ``of`` another owner's name."""

    key: Key
    kind: ActorKind
    name: str
    entity: str | None = None
    state: str | None = None
    of: str | None = None
    foreign: bool = False
    """Somebody's whom no table knows ("die Streitkräfte der Karabach-Armenier"): of no state that others named."""
    official: Official | None = None
    named: bool = False
    gender: str | None = None
    counted: int | None = None
    offices: set[tuple[str, str]] = field(default_factory=set)
    lemmas: set[str] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)
    """Nouns inside a name that later stand alone for it ("rebellen" of "Huthi-Rebellen")."""
    traits: set[str] = field(default_factory=set)
    """Stems of the adjectives that it was described with."""
    mentions: list[Mention] = field(default_factory=list)
    pronouns: list[Mention] = field(default_factory=list)

    def take(self, mention: Mention) -> None:
        """Add a mention; the first description with an adjective gives a nameless actor its name."""
        self.mentions.append(mention)
        if mention.role is not None and not (mention.shadow and mention.hit is not None):
            self.lemmas.add(mention.lemma or mention.role.word)
        if mention.hit is not None:
            self.ends.add(mention.hit.ending)
        elif mention.role is not None and mention.role.rest:
            self.ends.add(mention.role.word.lower())
        self.traits |= mention.traits
        if mention.counted is not None and self.counted is None:
            self.counted = mention.counted
        if not self.named and self.kind not in ("state", "person") and mention.hit is None and not mention.shadow:
            if " " in mention.name and " " not in self.name or not self.name:
                self.name = mention.name


def government_name(state: State) -> str | None:
    """The name that a government has when only its capital is named ("ukrainische Regierung")."""
    naming = table("roles.de")["naming"]
    if not state.adjective:
        return None
    ending = table("roles.de")["adjective"]["nominative"][naming["government_gender"]]
    name: str = naming["government"].format(adjective=state.adjective + ending)
    return name


def person_name(draft: Draft, mention: Mention, analysis: Analysis) -> str:
    """The fullest form that the text has; the register's where the text has only a family name."""
    hit = mention.hit
    assert hit is not None
    words = [t.text for t in analysis.tokens[hit.first : hit.last + 1]]
    if hit.genitive and words[-1].endswith("s"):
        words[-1] = words[-1][:-1]
    if len(words) > 1 and not hit.surname:
        full = " ".join(words).replace(" .", ".")
        return full if len(full) >= len(draft.name) or not draft.named else draft.name
    return draft.name

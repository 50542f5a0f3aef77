"""What an export is asked for, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from trucewatch.incident import Incident
from trucewatch.knowledge.load import table
from trucewatch.reporting.words import Language, words


@dataclass(frozen=True, slots=True)
class Wish:
    """How to write: the language of titles and labels, and whether tables get a row of HXL tags."""

    language: Language = "de"
    hxl: bool = False


@dataclass(slots=True)
class Outcome:
    """How many incidents were written, and how many were left out for which reason (``[reasons]`` in exports.toml)."""

    written: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def sentence(self, language: Language = "de") -> str:
        """The outcome in one line, for the terminal.

        >>> Outcome(3, Counter({"rejected": 1, "no_deaths": 2})).sentence("en")
        '3 written; 3 left out: no deaths reported (2), rejected as no incident (1)'
        """
        labels = table("exports")["words"][language]
        number = words(language).number
        parts = [labels["written"].format(count=number(self.written))]
        if total := self.left_out.total():
            why = table("exports")["reasons"][language]
            reasons = ", ".join(f"{why[name]} ({number(self.left_out[name])})" for name in sorted(self.left_out))
            parts.append(labels["left_out"].format(count=number(total), reasons=reasons))
        return "; ".join(parts)

    def kept(self, incidents: Iterable[Incident]) -> Iterator[Incident]:
        """The incidents that no person rejected, one by one; both kinds are counted."""
        for incident in incidents:
            if incident.state == "rejected":
                self.left_out["rejected"] += 1
            else:
                self.written += 1
                yield incident

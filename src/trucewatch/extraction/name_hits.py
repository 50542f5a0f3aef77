"""Names found in a text, and what the finders of names share."""

from __future__ import annotations

from dataclasses import dataclass, field

from trucewatch.extraction.actor_roles import Role, role_of, words
from trucewatch.extraction.places import Places
from trucewatch.knowledge.register import Entity, Official, Register, register
from trucewatch.language.analysis import Analysis, Token
from trucewatch.record import ActorKind

LONGEST_NAME = 7
"""No name has more words."""
QUOTES = frozenset('„“”"«»‚‘’')


@dataclass(slots=True)
class NameHit:
    """A name: tokens ``first`` to ``last`` (inclusive). ``title`` is the token of the office or noun before it."""

    first: int
    last: int
    kind: ActorKind
    name: str
    entity: Entity | None = None
    official: Official | None = None
    surname: bool = False
    """Only a family name: co-reference decides whose."""
    title: int | None = None
    role: Role | None = None
    genitive: bool = False
    plural: bool = False
    gender: str | None = None
    people: bool = False
    """A people's name ("Türken"): stands for the state."""
    ending: str = ""
    """Role word that the name ends in, lower case ("rebell" of "Huthi-Rebellen"): it may stand alone later."""


@dataclass(slots=True)
class NameBoard:
    """The names of one text found so far; a token belongs to one name at most."""

    analysis: Analysis
    place_tokens: frozenset[int]
    """Tokens of place names."""
    hits: list[NameHit] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    known: Register = field(default_factory=register)

    @property
    def tokens(self) -> list[Token]:
        """The tokens of the text."""
        return self.analysis.tokens

    def put(self, hit: NameHit) -> None:
        """Add a name and take its tokens."""
        text = self.tokens[hit.last].text
        part = text.rsplit("-", 1)[-1]
        if hit.kind != "person" and (hit.last > hit.first or part != text):
            role = role_of(part, part)
            hit.ending = role.word.lower() if role is not None else part.lower()
        self.hits.append(hit)
        self.taken.update(range(hit.first, hit.last + 1))

    def title(self, first: int) -> tuple[int | None, Role | None]:
        """The noun right before a name that says what it is ("Präsident X", "die Miliz Y", "Sprecher Dr. Z")."""
        at = first - 1
        while at >= 0 and first - at < 4 and self._skipped(self.tokens[at].text):
            at -= 1
        if at < 0 or self.tokens[at].sentence != self.tokens[first].sentence or at in self.taken:
            return None, None
        if at == first - 1 and self.analysis.apart(first):
            return None, None
        token = self.tokens[at]
        if token.coarse not in ("NOUN", "PROPN", "X") or not token.text[:1].isupper():
            return None, None
        role = role_of(token.text, token.lemma)
        return (at, role) if role is not None else (None, None)

    def office(self, first: int) -> tuple[int | None, Role | None]:
        """As ``title``, but only where it is one person's."""
        title, role = self.title(first)
        return (title, role) if role is not None and role.kind == "person" else (None, None)

    def plausible(self, family: str, role: Role | None) -> list[Official]:
        """Who of the register may be meant by a family name: in office around the time, in that office if there is one."""
        found = self.known.surnames.get(family, [])
        date = self.analysis.published
        if date is not None and date[:4].isdigit():
            found = [o for o in found if any(t.covers(date, 3) for t in o.terms)]
        if role is not None and role.kind == "person" and len(found) > 1:
            found = [o for o in found if any(t.role == role.cls for t in o.terms)]
        return found

    def quoted(self, first: int, last: int) -> bool:
        """Do quotation marks stand right around these tokens?"""
        tokens = self.tokens
        return (
            first > 0
            and last + 1 < len(tokens)
            and tokens[first - 1].text in QUOTES
            and tokens[last + 1].text in QUOTES
        )

    def gender(self, first: int, title: int | None) -> str:
        """m or f, by the office's form, else by the first name."""
        if title is not None:
            return "f" if self.tokens[title].text.lower().endswith(tuple(words("female_ending"))) else "m"
        return "f" if self.tokens[first].text.lower() in words("women") else "m"

    def _skipped(self, text: str) -> bool:
        return text in QUOTES or text == "." or text.lower() in words("honorifics")


def place_tokens(places: Places | None) -> frozenset[int]:
    """The tokens of all place names."""
    if places is None:
        return frozenset()
    return frozenset(i for m in places.mentions if not m.anaphoric for i in range(m.first, m.last + 1))

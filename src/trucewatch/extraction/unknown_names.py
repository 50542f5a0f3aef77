"""Names that the register does not know: people by their office or form, groups and media by the noun before them."""

from __future__ import annotations

from dataclasses import dataclass, field

from trucewatch.extraction.actor_roles import Role, role_of, words
from trucewatch.extraction.name_hits import LONGEST_NAME, NameBoard, NameHit

_PARTS = 5
"""A person's name has at most so many words."""
_BEARERS = frozenset({"organisation", "media", "armed_group", "armed_forces"})


@dataclass(slots=True)
class UnknownNames:
    """Puts unknown names on the board."""

    board: NameBoard
    forms: set[str] = field(default_factory=set)
    """All words of the text."""

    def find(self) -> None:
        """Go through the text once."""
        self.forms = {t.text for t in self.board.tokens}
        i = 0
        while i < len(self.board.tokens):
            if not self._part(i) and not self._odd_family_name(i):
                i += 1
                continue
            title, role = self.board.title(i)
            last = self._end(i, role is not None)
            hit = self._judge(i, last, title, role)
            if hit is not None:
                self.board.put(hit)
            i = last + 1

    def _part(self, i: int) -> bool:
        """May token ``i`` be part of a name?"""
        if i >= len(self.board.tokens) or i in self.board.taken:
            return False
        token = self.board.tokens[i]
        if not token.text[:1].isalpha():
            return False
        upper = token.text[:1].isupper()
        return (token.coarse == "PROPN" and (upper or "-" in token.text)) or (token.coarse == "X" and upper)

    def _particle(self, i: int) -> bool:
        return i < len(self.board.tokens) and self.board.tokens[i].text.lower() in words("particles")

    def _end(self, first: int, titled: bool) -> int:
        """Last token of the run of name parts that begins at ``first`` ("Ali Abdullah al Huthi", "George W. Bush")."""
        tokens = self.board.tokens
        last = first
        while (
            last + 1 < len(tokens)
            and tokens[last + 1].sentence == tokens[first].sentence
            and last - first < LONGEST_NAME
        ):
            after = last + 1
            if self._part(after):
                last = after
            elif self._particle(after) and self._part(after + 1):
                last = after + 1
            elif self._particle(after) and self._particle(after + 1) and self._part(after + 2):
                last = after + 2
            elif tokens[after].text == "." and len(tokens[last].text) == 1 and self._part(after + 1):
                last = after + 1
            elif last == first and titled and self._common_word(after):
                last = after
            else:
                break
        return last

    def _common_word(self, i: int) -> bool:
        """A family name that is a common word ("Minister Hans Eiche"): right behind a first name that has an office."""
        token, before = self.board.tokens[i], self.board.tokens[i - 1]
        return (
            i not in self.board.taken
            and token.text[:1].isupper()
            and token.coarse in ("NOUN", "ADJ", "VERB", "ADV", "ADP")
            and before.coarse == "PROPN"
            and not before.text.endswith("s")
            and role_of(token.text, token.lemma) is None
        )

    def _odd_family_name(self, i: int) -> bool:
        """A family name that the tagger took for a noun, right behind an office ("Präsident Deby", "General Sturm")."""
        token = self.board.tokens[i]
        if i == 0 or i in self.board.taken or i in self.board.place_tokens:
            return False
        if (
            token.coarse != "NOUN"
            or token.cases
            or not token.text[:1].isupper()
            or role_of(token.text, token.lemma) is not None
        ):
            return False
        return self.board.office(i)[0] == i - 1

    def _judge(self, first: int, last: int, title: int | None, role: Role | None) -> NameHit | None:
        """What the run of name parts names, or None: a place, or nothing that can be told."""
        board, tokens = self.board, self.board.tokens
        text = tokens[last].text
        person = role is not None and (role.kind == "person" or (first < last and _individual(role)))
        if first and tokens[first - 1].text.lower() in words("place_cues"):
            return None
        if not person and (first in board.place_tokens or last in board.place_tokens):
            return None
        genitive = text.endswith("s") and tokens[last].lemma == text[:-1] and self._genitive(first, last, title)
        name = " ".join(t.text for t in tokens[first : last + 1]).removesuffix("s" if genitive else "\0")
        if person:
            hit = NameHit(first, last, "person", name, None, None, first == last, title, role, genitive)
            hit.gender = board.gender(first, title)
            known = board.plausible(name, role) or board.plausible(text, role) if hit.surname else []
            if len(known) == 1:
                hit.official, hit.name, hit.gender = known[0], known[0].name, known[0].gender
            return hit
        if role is not None and role.kind in _BEARERS:
            if role.cls in ("body", "mission") or (
                role.cls in ("unit", "fighters", "press", "forces") and not text[:1].isupper()
            ):
                return None
            return NameHit(first, last, role.kind, name, title=title, role=role, genitive=genitive)
        if first < last and self._like_person(first, last):
            return NameHit(first, last, "person", name, genitive=genitive, gender=board.gender(first, None))
        return None

    def _genitive(self, first: int, last: int, title: int | None) -> bool:
        """Is the final s an ending ("Karsais Rede") rather than part of the name ("Frau Torres sagte")?"""
        tokens = self.board.tokens
        if tokens[last].text[:-1] in self.forms:
            return True
        after = tokens[last + 1].coarse if last + 1 < len(tokens) else "PUNCT"
        before = tokens[first - 1].coarse if first else "PUNCT"
        return after == "NOUN" or (title is None and before == "NOUN")

    def _like_person(self, first: int, last: int) -> bool:
        """Two to five capitalised words that say nothing else; not in quotation marks, not behind a noun."""
        board = self.board
        if last - first >= _PARTS or board.quoted(first, last):
            return False
        for token in board.tokens[first : last + 1]:
            if (
                token.text.isupper()
                and len(token.text) > 3
                or "/" in token.text
                or board.known.word(token.text) is not None
            ):
                return False
            if role_of(token.text, token.lemma) is not None or token.text.lower() in words("bodies"):
                return False
        before = board.tokens[first - 1] if first else None
        if before is None or before.coarse != "NOUN" or before.sentence != board.tokens[first].sentence:
            return True
        return before.text.lower().endswith(tuple(words("person_endings")))


def _individual(role: Role) -> bool:
    """May the noun mean one person ("der Zeuge X", "der Soldat Y"), not only a body of people?"""
    if role.kind in ("civilians", "group"):
        return role.cls not in words("gatherings")
    return role.word.lower() in words("individual")

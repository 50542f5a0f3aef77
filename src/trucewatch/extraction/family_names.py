"""Family names standing alone: of somebody named in full in the text, or of an office holder of the time."""

from __future__ import annotations

from dataclasses import dataclass, field

from trucewatch.extraction.actor_roles import role_of
from trucewatch.extraction.name_hits import NameBoard, NameHit
from trucewatch.language.analysis import Token

_ARTICLES = ("al-", "el-")


@dataclass(slots=True)
class FamilyNames:
    """Puts single family names on the board, wherever in the text the full name stands."""

    board: NameBoard
    bearers: dict[str, NameHit] = field(default_factory=dict)

    def find(self) -> None:
        """Collect who is named in full, then go through the words that are left."""
        for hit in self.board.hits:
            if hit.kind == "person" and not hit.surname:
                names = {hit.name.split()[-1], *(hit.official.surnames if hit.official is not None else ())}
                for name in sorted(names):
                    self.bearers.setdefault(name, hit)
                    if name[:3].lower() in _ARTICLES:
                        self.bearers.setdefault(name[3:], hit)
        for token in self.board.tokens:
            named = token.text[:1].isupper() or token.text[:3] in _ARTICLES
            if named and token.i not in self.board.taken and token.coarse in ("PROPN", "X", "NOUN", "ADJ"):
                found = self._of(token, token.text, False)
                if found is None and token.text.endswith(("s", "'", "’")):
                    found = self._of(token, token.text[:-1], True)
                if found is not None:
                    self.board.put(found)

    def _of(self, token: Token, form: str, genitive: bool) -> NameHit | None:
        title, role = self.board.office(token.i)
        proper = token.coarse in ("PROPN", "X")
        bearer = self.bearers.get(form)
        if bearer is not None and (proper or form == bearer.name.split()[-1]):
            free = token.i not in self.board.place_tokens and role_of(token.text, token.lemma) is None
            if proper or title is not None or free:
                return NameHit(
                    token.i,
                    token.i,
                    "person",
                    bearer.name,
                    None,
                    bearer.official,
                    True,
                    title,
                    role,
                    genitive,
                    gender=bearer.gender,
                )
        if proper and self._alone(token) and token.i not in self.board.place_tokens:
            found = self.board.plausible(form, role)
            if len(found) == 1:
                return NameHit(
                    token.i,
                    token.i,
                    "person",
                    found[0].name,
                    None,
                    found[0],
                    True,
                    title,
                    role,
                    genitive,
                    gender=found[0].gender,
                )
        return None

    def _alone(self, token: Token) -> bool:
        """No other name part stands beside it: "Deif" is known, "Karim Deif" is somebody else."""
        tokens = self.board.tokens
        near = [tokens[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(tokens)]
        return not any(
            t.coarse == "PROPN" and t.i not in self.board.taken and t.sentence == token.sentence for t in near
        )

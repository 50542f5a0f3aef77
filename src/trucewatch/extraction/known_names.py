"""Names of the register in a text: states, peoples, capitals, groups, organisations, media, office holders."""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.extraction.actor_roles import words
from trucewatch.extraction.name_hits import LONGEST_NAME, NameBoard, NameHit
from trucewatch.knowledge.register import Entity, Official

_GROUPS = frozenset({"armed_group", "organisation"})
"""What "die Gruppe X" may be."""
_WORDS = frozenset({"NOUN", "PROPN", "X", "ADJ", "NUM"})


@dataclass(slots=True)
class KnownNames:
    """Puts every name of the register on the board, longest first."""

    board: NameBoard

    def find(self) -> None:
        """Go through the text once."""
        tokens = self.board.tokens
        texts = [t.text for t in tokens]
        i = 0
        while i < len(texts):
            i += self._at(i, texts) if texts[i][:1].isalnum() else 1

    def _at(self, i: int, texts: list[str]) -> int:
        """Take the name that begins at token ``i``, if one does; how many tokens to go on by."""
        board = self.board
        several = board.known.name_at(texts[i : i + LONGEST_NAME], 0)
        if several is not None and board.tokens[i].sentence == board.tokens[i + several[0] - 1].sentence:
            self._entry(i, i + several[0] - 1, self._shortened(i + several[0], several[1]))
            return several[0]
        single = board.known.word(texts[i])
        if single is not None and self._meant(i, single):
            self._entry(i, i, single)
        elif texts[i].lower() in board.known.demonyms and board.tokens[i].coarse in ("NOUN", "PROPN"):
            self._people(i)
        return 1

    def _shortened(self, after: int, entry: Entity | Official) -> Entity | Official:
        """ "die Nationale Befreiungsarmee UCK", "… (UCK)": of two groups with one name the short one behind it is meant."""
        tokens = self.board.tokens
        at = after + (after < len(tokens) and tokens[after].text == "(")
        if isinstance(entry, Official) or entry.kind not in _GROUPS or at >= len(tokens):
            return entry
        short = self.board.known.word(tokens[at].text) if tokens[at].text.isupper() else None
        return short if short is not None and short.kind == entry.kind else entry

    def _people(self, i: int) -> None:
        """ "Türken", "Israelis": the people for the state, unless it is the first word of a name ("Deutsche Welle")."""
        board = self.board
        if i + 1 < len(board.tokens) and board.tokens[i + 1].coarse == "PROPN":
            return
        state = board.known.demonyms[board.tokens[i].text.lower()]
        entity = board.known.seat(state)
        board.put(NameHit(i, i, "state", entity.name, entity, plural=True, people=True))

    def _meant(self, i: int, entity: Entity) -> bool:
        """An everyday word or a town needs signs that the name is meant; a word of a longer name is not it."""
        board, token = self.board, self.board.tokens[i]
        before = board.tokens[i - 1] if i else None
        if entity.guarded:
            role = board.title(i)[1]
            return board.quoted(i, i) or (role is not None and role.kind == entity.kind)
        if (
            before is not None
            and entity.capital
            and i in board.place_tokens
            and before.text.lower() in words("place_cues")
        ):
            return False
        if (
            before is not None
            and entity.kind in ("armed_group", "media")
            and token.text.istitle()
            and i - 1 not in board.taken
        ):
            if before.text.lower() in words("particles") and i > 1 and board.tokens[i - 2].coarse == "PROPN":
                return False
            if before.coarse == "PROPN":
                return before.text.endswith("s") or i - 1 in board.place_tokens
        return token.coarse in _WORDS or token.text.isupper() or token.text == entity.name

    def _entry(self, first: int, last: int, entry: Entity | Official) -> None:
        board, text = self.board, self.board.tokens[last].text
        if isinstance(entry, Official):
            title, role = board.office(first)
            genitive = text.endswith("s") and not entry.name.endswith("s")
            board.put(
                NameHit(
                    first, last, "person", entry.name, None, entry, False, title, role, genitive, gender=entry.gender
                )
            )
            return
        hit = NameHit(first, last, entry.kind, entry.name, entry, plural=entry.plural)
        if entry.kind == "state" and entry.state is not None:
            gender = board.known.states[entry.state].gender
            hit.gender = gender if gender != "plural" else None
        hit.genitive = text.endswith(("s", "s'", "s’")) and (entry.kind == "state" or text not in entry.name.split())
        if text in entry.name.split() and not text.endswith(("'", "’")):
            hit.genitive = False
        title, role = board.title(first)
        fits = role is not None and (role.kind == entry.kind or role.cls == "parties" and entry.kind in _GROUPS)
        if fits and entry.kind != "state":
            hit.title, hit.role = title, role
        board.put(hit)

"""Names in a text: those of the register, and unknown ones that their surroundings show to be names of people or groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trucewatch.extraction.actor_roles import Role, role_of, words
from trucewatch.extraction.places import Places
from trucewatch.knowledge.load import table
from trucewatch.knowledge.register import Entity, Official, register
from trucewatch.language.analysis import Analysis, Phrase, Token
from trucewatch.record import ActorKind

_LONGEST_NAME = 7
_QUOTES = '„“”"«»‚‘’'


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


class NameScan:
    """All names of one text, in order, none overlapping another."""

    def __init__(self, analysis: Analysis, places: Places | None) -> None:
        self.tokens = analysis.tokens
        self.analysis = analysis
        self.register = register()
        self.hits: list[NameHit] = []
        self.taken: set[int] = set()
        self.place_tokens = self._place_tokens(places)
        self._known()
        self._unknown()
        self._surnames()
        self.hits.sort(key=lambda h: h.first)
        self.covering = {i: h for h in self.hits for i in range(h.first, h.last + 1)}
        """Token -> the name that it belongs to."""
        self.titles = {h.title for h in self.hits if h.title is not None}

    def _place_tokens(self, places: Places | None) -> set[int]:
        if places is None:
            return set()
        return {i for m in places.mentions if not m.anaphoric for i in range(m.first, m.last + 1)}

    def _put(self, hit: NameHit) -> None:
        self.hits.append(hit)
        self.taken.update(range(hit.first, hit.last + 1))

    def _title(self, first: int) -> tuple[int | None, Role | None]:
        """The noun right before a name that says what it is ("Präsident X", "die Miliz Y", "Sprecher Dr. Z")."""
        at = first - 1
        while (
            at >= 0
            and (
                self.tokens[at].text in ("„", '"', "»", "“", ".") or self.tokens[at].text.lower() in words("honorifics")
            )
            and first - at < 4
        ):
            at -= 1
        if at < 0 or self.tokens[at].sentence != self.tokens[first].sentence or at in self.taken:
            return None, None
        token = self.tokens[at]
        if token.coarse not in ("NOUN", "PROPN", "X") or not token.text[:1].isupper():
            return None, None
        role = role_of(token.text, token.lemma)
        return (at, role) if role is not None else (None, None)

    # -- the register ----------------------------------------------------------------------------------------------
    def _known(self) -> None:
        texts = [t.text for t in self.tokens]
        i = 0
        while i < len(texts):
            if not (
                texts[i][:1].isalnum()
                and (
                    texts[i][:1].isupper()
                    or "-" in texts[i]
                    or len(texts[i]) < 4
                    or texts[i][:3] in ("al-", "el-", "bin")
                    or texts[i].lower() in ("tagesschau.de", "internationale", "medico")
                )
            ):
                i += 1
                continue
            several = self.register.name_at(texts[i : i + _LONGEST_NAME], 0)
            if several is not None and self.tokens[i].sentence == self.tokens[i + several[0] - 1].sentence:
                self._entry(i, i + several[0] - 1, several[1])
                i += several[0]
                continue
            single = self.register.word(texts[i])
            if single is not None and self._really(i, single):
                self._entry(i, i, single)
            elif texts[i].lower() in self.register.demonyms and self.tokens[i].coarse in ("NOUN", "PROPN"):
                code = self.register.demonyms[texts[i].lower()]
                if not (texts[i].lower() == "deutsche" and i + 1 < len(texts) and self.tokens[i + 1].coarse == "PROPN"):
                    entity = self.register.seat(code)
                    self._put(NameHit(i, i, "state", entity.name, entity, plural=True, people=True))
            i += 1

    def _really(self, i: int, entity: Entity) -> bool:
        """An everyday word or a town needs signs that the name is meant."""
        token = self.tokens[i]
        before = self.tokens[i - 1] if i else None
        if entity.guarded:
            quoted = (
                before is not None
                and before.text in '„"»“'
                and i + 1 < len(self.tokens)
                and self.tokens[i + 1].text in '“"«”'
            )
            role = self._title(i)[1]
            return quoted or (role is not None and role.kind == entity.kind)
        if (
            entity.capital
            and i in self.place_tokens
            and before is not None
            and before.text.lower() in words("place_cues")
        ):
            return False
        if (
            entity.kind in ("armed_group", "media")
            and before is not None
            and before.coarse == "PROPN"
            and i - 1 not in self.taken
            and " " not in entity.name
            and token.text.istitle()
        ):
            return before.text.endswith("s") or i - 1 in self.place_tokens
        return token.coarse in ("NOUN", "PROPN", "X", "ADJ", "NUM") or token.text.isupper() or token.text == entity.name

    def _entry(self, first: int, last: int, entry: Entity | Official) -> None:
        title, role = self._title(first)
        text = self.tokens[last].text
        if isinstance(entry, Official):
            self._put(NameHit(first, last, "person", entry.name, None, entry, title=title if role and role.kind == "person" else None,
                              role=role if role and role.kind == "person" else None, gender=entry.gender,
                              genitive=text.endswith("s") and not entry.name.endswith("s")))  # fmt: skip
            return
        gender = self.register.states[entry.state].gender if entry.kind == "state" and entry.state else None
        hit = NameHit(
            first,
            last,
            entry.kind,
            entry.name,
            entry,
            plural=entry.plural,
            gender=gender if gender != "plural" else None,
        )
        hit.genitive = (
            text.endswith("s")
            and not any(text == w for w in entry.name.split())
            or entry.kind == "state"
            and text.endswith(("s'", "s’"))
        )
        if title is not None and role is not None and role.kind == entry.kind and entry.kind != "state":
            hit.title, hit.role = title, role
        self._put(hit)

    # -- names that the register does not know ------------------------------------------------------------------------
    def _name_part(self, i: int) -> bool:
        if i >= len(self.tokens) or i in self.taken:
            return False
        token = self.tokens[i]
        if not token.text[:1].isalpha():
            return False
        return (
            token.coarse == "PROPN"
            and (token.text[:1].isupper() or "-" in token.text)
            or (token.coarse == "X" and token.text[:1].isupper())
        )

    def _run_end(self, first: int, titled: bool) -> int:
        """Last token of the run of name parts that begins at ``first``."""
        last = first
        sentence = self.tokens[first].sentence
        while (
            last + 1 < len(self.tokens) and self.tokens[last + 1].sentence == sentence and last - first < _LONGEST_NAME
        ):
            nxt = last + 1
            if self._name_part(nxt):
                last = nxt
            elif self.tokens[nxt].text.lower() in words("particles") and (
                self._name_part(nxt + 1)
                or (
                    self.tokens[nxt + 1 : nxt + 2]
                    and self.tokens[nxt + 1].text.lower() in words("particles")
                    and self._name_part(nxt + 2)
                )
            ):
                last = nxt + 1 if self._name_part(nxt + 1) else nxt + 2
            elif self.tokens[nxt].text == "." and len(self.tokens[last].text) == 1 and self._name_part(nxt + 1):
                last = nxt + 1
            elif (
                (titled or last > first) and nxt not in self.taken and self.tokens[nxt].text[:1].isupper()
                and self.tokens[nxt].coarse in ("NOUN", "ADJ", "VERB", "ADV", "ADP") and self.tokens[last].coarse == "PROPN" and last == first
                and role_of(self.tokens[nxt].text, self.tokens[nxt].lemma) is None and not self.tokens[last].text.endswith("s")
            ):  # fmt: skip
                last = nxt
            else:
                break
        return last

    def _unknown(self) -> None:
        i = 0
        while i < len(self.tokens):
            if not self._name_part(i):
                if not self._titled_oddity(i):
                    i += 1
                    continue
            title, role = self._title(i)
            last = self._run_end(i, role is not None)
            hit = self._judge(i, last, title, role)
            if hit is not None:
                self._put(hit)
            i = last + 1

    def _titled_oddity(self, i: int) -> bool:
        """A family name that the tagger took for a noun, right behind an office ("Präsident Deby", "General Sturm")."""
        token = self.tokens[i]
        if i in self.taken or token.coarse not in ("NOUN", "ADJ", "VERB") or not token.text[:1].isupper() or i == 0:
            return False
        if role_of(token.text, token.lemma) is not None or i in self.place_tokens:
            return False
        title, role = self._title(i)
        return (
            title == i - 1
            and role is not None
            and role.kind == "person"
            and self.tokens[i].coarse == "NOUN"
            and token.cases == frozenset()
        )

    def _judge(self, first: int, last: int, title: int | None, role: Role | None) -> NameHit | None:
        tokens = self.tokens
        text = tokens[last].text
        before = tokens[first - 1].text.lower() if first else ""
        if (
            before in words("place_cues")
            or any(i in self.place_tokens for i in (first, last))
            and (role is None or role.kind != "person")
        ):
            return None
        genitive = text.endswith("s") and tokens[last].lemma == text[:-1]
        name = " ".join(t.text for t in tokens[first : last + 1])
        name = name[:-1] if genitive else name
        if role is not None and role.kind == "person":
            hit = NameHit(
                first,
                last,
                "person",
                name,
                title=title,
                role=role,
                genitive=genitive,
                gender=self._gender(first, title),
            )
            hit.surname = first == last
            if hit.surname and (name in self.register.surnames or text in self.register.surnames):
                known = self._plausible(name if name in self.register.surnames else text, role)
                if len(known) == 1:
                    hit.official, hit.name, hit.gender = known[0], known[0].name, known[0].gender
            return hit
        if (
            role is not None
            and role.kind in ("organisation", "media", "armed_group", "armed_forces")
            and not text.isdigit()
        ):
            if role.cls in ("unit", "fighters", "press", "forces") and first == last and not text[:1].isupper():
                return None
            if role.cls in ("body", "mission"):
                return None
            return NameHit(first, last, role.kind, name, title=title, role=role, genitive=genitive)
        if first == last:
            return None
        if (
            last - first >= 1
            and not any(tokens[i].text.isupper() and len(tokens[i].text) > 3 for i in range(first, last + 1))
            and self._like_person(first, last)
        ):
            return NameHit(first, last, "person", name, genitive=genitive, gender=self._gender(first, title))
        return None

    def _like_person(self, first: int, last: int) -> bool:
        """Two to five capitalised words that are no role nouns; the register's officials help with family names."""
        if last - first > 4:
            return False
        for i in range(first, last + 1):
            token = self.tokens[i]
            if token.text[:1].isdigit() or self.register.word(token.text) is not None or "/" in token.text:
                return False
            if role_of(token.text, token.lemma) is not None:
                return False
        before = self.tokens[first - 1] if first else None
        if (
            before is not None
            and before.text in _QUOTES
            and last + 1 < len(self.tokens)
            and self.tokens[last + 1].text in _QUOTES
        ):
            return False
        return before is None or before.coarse != "NOUN" or before.sentence != self.tokens[first].sentence

    def _gender(self, first: int, title: int | None) -> str | None:
        if title is not None:
            low = self.tokens[title].text.lower()
            return "f" if low.endswith(tuple(words("female_ending"))) else "m"
        return "f" if self.tokens[first].text.lower() in words("women") else "m"

    # -- family names ---------------------------------------------------------------------------------------------------
    def _surnames(self) -> None:
        """Single words that are the family name of somebody named in full, or of somebody in the register."""
        full: dict[str, NameHit] = {}
        for hit in self.hits:
            if hit.kind == "person" and not hit.surname:
                keys = {hit.name.split()[-1]}
                if hit.official is not None:
                    keys |= set(hit.official.surnames)
                for key in keys:
                    full.setdefault(key, hit)
                    full.setdefault(key.split("-", 1)[-1] if key[:3].lower() in ("al-", "el-") else key, hit)
        for token in self.tokens:
            if token.i in self.taken or not (
                token.coarse in ("PROPN", "X", "NOUN", "ADJ")
                and (token.text[:1].isupper() or token.text[:3] in ("al-", "el-"))
            ):
                continue
            for form in (token.text, token.text[:-1] if token.text.endswith(("s", "'", "’")) else ""):
                title, role = self._title(token.i)
                titled = role is not None and role.kind == "person"
                host = full.get(form)
                if (
                    form
                    and host is not None
                    and (
                        token.coarse in ("PROPN", "X")
                        or titled
                        or role_of(token.text, token.lemma) is None
                        and token.i not in self.place_tokens
                    )
                ):
                    if token.coarse in ("NOUN", "ADJ") and form != host.name.split()[-1]:
                        continue
                    self._put(NameHit(token.i, token.i, "person", host.name, None, host.official, True, title if titled else None,
                                      role if titled else None, form != token.text, gender=host.gender))  # fmt: skip
                    break
                if (
                    form
                    and token.coarse in ("PROPN", "X")
                    and form in self.register.surnames
                    and self._alone(token)
                    and token.i not in self.place_tokens
                ):
                    candidates = self._plausible(form, role)
                    if len(candidates) == 1:
                        found = candidates[0]
                        self._put(NameHit(token.i, token.i, "person", found.name, None, found, True, title if titled else None,
                                          role if titled else None, form != token.text, gender=found.gender))  # fmt: skip
                        break

    def _alone(self, token: Token) -> bool:
        near = [self.tokens[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(self.tokens)]
        return not any(t.coarse == "PROPN" and t.i not in self.taken and t.sentence == token.sentence for t in near)

    def _plausible(self, form: str, role: Role | None) -> list[Official]:
        found = self.register.surnames[form]
        date = self.analysis.published
        if date is not None and date[:4].isdigit():
            found = [o for o in found if any(t.covers(date, 3) for t in o.terms)]
        if role is not None and role.kind == "person" and len(found) > 1:
            found = [o for o in found if any(t.role == role.cls for t in o.terms)]
        return found


def described(
    tokens: Sequence[Token], head: Token, adjectives: Sequence[int], phrase: Phrase | None, role: Role, plural: bool
) -> tuple[int, str, bool]:
    """The tight words of a description: (first token, name in the nominative, does an adjective only tell its friends?)."""
    data = table("roles.de")["adjective"]
    kept: list[int] = []
    at = head.i - 1
    while at in adjectives and _kept(tokens[at], role):
        kept.insert(0, at)
        at -= 1
        if at > 0 and tokens[at].coarse == "CCONJ" and at - 1 in adjectives and _kept(tokens[at - 1], role):
            kept.insert(0, at)
            at -= 1
    gender = "plural" if plural else (phrase.gender if phrase is not None and phrase.gender else None)
    parts = []
    for i in kept:
        text = tokens[i].text
        if tokens[i].coarse == "ADJ" and gender in data["nominative"]:
            text = _nominative(text, data["endings"], data["nominative"][gender])
        parts.append(text if i > kept[0] or not adjectives else _lower_first(text, tokens, i))
    parts.append(_head_form(head, plural, role))
    stance = any(tokens[i].text.lower().startswith(tuple(data["stance"])) for i in kept)
    return (kept[0] if kept else head.i), " ".join(parts), stance


def _lower_first(text: str, tokens: Sequence[Token], i: int) -> str:
    """An adjective that only begins a sentence loses its capital."""
    first = i == 0 or tokens[i - 1].sentence != tokens[i].sentence
    return text[:1].lower() + text[1:] if first and not text.lower().endswith("er") else text


def _nominative(text: str, endings: Sequence[str], ending: str) -> str:
    if text[:1].isupper() and text.endswith("er"):
        return text
    for old in endings:
        if text.endswith(old) and len(text) > len(old) + 2:
            return text[: -len(old)] + ending
    return text


def _head_form(head: Token, plural: bool, role: Role) -> str:
    if not role.rest and role.word.endswith("e") and role.word.lower().endswith(tuple(words("adjectival"))):
        if head.text.lower().startswith(role.word.lower()) and plural:
            return role.word
    if not plural:
        return head.lemma if head.lemma[:1].isupper() else head.text
    if head.text.endswith("ern") and head.text != head.lemma:
        return head.text[:-1]
    if head.text == head.lemma + "n" and head.lemma.endswith("el"):
        return head.lemma
    return head.text


def _kept(token: Token, role: Role) -> bool:
    if token.coarse != "ADJ":
        return False
    low = token.text.lower()
    known = register()
    if known.adjective(token.text) is not None:
        return True
    data = table("roles.de")["adjective"]
    base = next((low[: -len(e)] for e in data["endings"] if low.endswith(e)), low)
    if base in data["keep"] or base in data["peoples"] or base.startswith(tuple(data["stance"])):
        return True
    if base in words("loose") or base in data["doubt"] or base in data["former"]:
        return False
    return role.kind in ("civilians", "group", "person", "state", "organisation", "media") and token.text[:1].islower()

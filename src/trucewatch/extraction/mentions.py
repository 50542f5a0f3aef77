"""Mentions of actors in a text: names, descriptions, pronouns, adjectives and first parts, before co-reference."""

from __future__ import annotations

from dataclasses import dataclass, field

from trucewatch.extraction.actor_names import NameScan
from trucewatch.extraction.actor_roles import (
    Owner,
    Role,
    carrier_of,
    owner_of_compound,
    owner_of_part,
    part_of,
    role_of,
    words,
)
from trucewatch.extraction.name_hits import NameHit
from trucewatch.extraction.naming import described, traits
from trucewatch.extraction.owners import Owners
from trucewatch.extraction.places import Places
from trucewatch.knowledge.load import table
from trucewatch.knowledge.register import register
from trucewatch.language.analysis import Analysis, Clause, Phrase, Token
from trucewatch.record import ActorKind


@dataclass(slots=True)
class Mention:
    """One mention: tokens ``first`` to ``last`` (inclusive) are its tight words, ``head`` stands for it in a phrase."""

    first: int
    last: int
    head: int
    kind: ActorKind
    name: str
    sentence: int
    hit: NameHit | None = None
    role: Role | None = None
    owner: Owner | None = None
    owner_head: int | None = None
    """Token that heads the genitive or attached phrase which names the owner ("Sprecher der *Miliz*")."""
    lemma: str = ""
    definite: bool = False
    plural: bool = False
    counted: int | None = None
    gender: str | None = None
    shadow: bool = False
    """An adjective or first part ("türkische Angriffe", "Talibanangriff"): points to an actor without naming it fully."""
    pronoun: bool = False
    ellipsis: bool = False
    """A number without its noun ("mehrere weitere", "zwei davon"): of those counted before."""
    people: bool = False
    """A people's name ("Türken") rather than the state's."""
    both: bool = False
    possessive: bool = False
    stance: bool = False
    """Described as someone's friend or foe ("prorussische Separatisten"): the name keeps it, the state is no owner."""
    phrase: Phrase | None = None
    label: Phrase | None = None
    """Whose word for the actor it is ("die von X so bezeichneten …")."""
    traits: frozenset[str] = frozenset()
    """Stems of its adjectives, save those of states."""
    covers: list[int] = field(default_factory=list)
    """Further tokens that stand for the same actor (title, abbreviation, apposition)."""


class Finder:
    """Collects the mentions of one text."""

    def __init__(self, analysis: Analysis, places: Places | None) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.places = places
        self.data = table("roles.de")
        self.register = register()
        self.names = NameScan(analysis, places)
        self.owners = Owners(analysis.tokens, self.names.hits)
        self.phrases: dict[int, Phrase] = {}
        self.inside: dict[int, Phrase] = {}
        self.hosts: dict[int, Phrase] = {}
        """Head of a phrase -> the phrase that it is a genitive of, attached to, or an apposition to."""
        self.found: list[Mention] = []
        self.clauses: dict[int, Clause] = {i: c for c in analysis.clauses for i in c.tokens}
        """Token -> the clause that owns it."""
        verbs = self.data["words"]["label_verbs"]
        self.labels: dict[int, Clause] = {
            c.object.head: c
            for c in analysis.clauses
            if c.relation == "participle" and c.object is not None and c.predicate in verbs
        }
        """Head of a phrase -> the participle that says who calls it so ("die von X so bezeichneten …")."""
        self._index()

    def _index(self) -> None:
        for clause in self.analysis.clauses:
            for top in clause.phrases:
                for phrase in top.walk():
                    known = self.phrases.get(phrase.head)
                    if phrase.members or (known is not None and not known.members):
                        continue
                    self.phrases[phrase.head] = phrase
                    for i in range(phrase.core_first, phrase.core_last + 1):
                        self.inside.setdefault(i, phrase)
                    for inner in (*phrase.genitives, *phrase.attached, *phrase.appositions):
                        for part in inner.parts():
                            self.hosts.setdefault(part.head, phrase)

    def find(self) -> list[Mention]:
        """All mentions, in text order."""
        taken: set[int] = set()
        for hit in self.names.hits:
            self.found.append(self._named(hit))
            taken.update(range(hit.first, hit.last + 1))
        for token in self.tokens:
            if token.i in taken:
                continue
            if token.coarse == "NOUN" or (token.coarse in ("PROPN", "X") and token.text[:1].isupper()):
                self._noun(token)
            elif self._counted_alone(token):
                self._ellipsis(token)
            elif token.coarse == "ADJ":
                self._adjective(token)
            elif token.coarse == "PRON":
                self._pronoun(token)
        self.found.sort(key=lambda m: (m.first, m.last))
        return self.found

    # -- names ---------------------------------------------------------------------------------------------------
    def _named(self, hit: NameHit) -> Mention:
        token = self.tokens[hit.last]
        phrase = self.phrases.get(hit.last) or self.inside.get(hit.last) or self.inside.get(hit.first)
        mention = Mention(hit.first, hit.last, hit.last, hit.kind, hit.name, token.sentence, hit, phrase=phrase)
        mention.definite, mention.plural, mention.people = True, hit.plural, hit.people
        mention.gender = hit.gender or (
            phrase.gender if phrase is not None and phrase.head in range(hit.first, hit.last + 1) else None
        )
        mention.covers = list(range(hit.first, hit.last))
        if hit.title is not None:
            title = self.tokens[hit.title]
            mention.role = hit.role
            mention.covers.append(hit.title)
            mention.owner, mention.owner_head = self.owners.of(hit.title, phrase, hit.role)
            if mention.gender is None and title.text.lower().endswith(tuple(words("female_ending"))):
                mention.gender = "f"
        if phrase is not None:
            if (
                phrase.head not in (hit.last, hit.title)
                and hit.first <= phrase.core_last
                and phrase.core_first <= hit.last
            ):
                if (
                    self.tokens[phrase.head].i in range(hit.first, hit.last + 1)
                    or hit.title is None
                    and self._is_title(phrase.head, hit)
                ):
                    mention.covers.append(phrase.head)
            mention.label = self._label(phrase)
        return mention

    def _is_title(self, head: int, hit: NameHit) -> bool:
        """Does the noun at ``head`` describe the name behind it ("die Miliz X", "Nachrichtenagentur Y")?"""
        role = role_of(self.tokens[head].text, self.tokens[head].lemma)
        return role is not None and head < hit.first and hit.kind != "state" and role.kind not in ("civilians",)

    # -- descriptions ----------------------------------------------------------------------------------------------
    def _noun(self, token: Token) -> None:
        phrase = self.phrases.get(token.i) or self.inside.get(token.i)
        if phrase is not None and phrase.head != token.i and token.i in phrase.adjectives:
            return
        role = role_of(token.text, token.lemma)
        if role is None:
            self._carrier(token, phrase)
            return
        if self._titles_a_name(token.i):
            return
        own = phrase is not None and phrase.head == token.i
        adjectives = phrase.adjectives if own and phrase is not None else ()
        plural = token.number == "plural"
        if own and phrase is not None:
            crowd = role.kind in ("armed_forces", "armed_group", "civilians", "group")
            plural = phrase.number == "plural" or phrase.number is None and (crowd or self._many(token, phrase))
        first, name, stance = described(self.tokens, token, adjectives, phrase if own else None, role, plural)
        mention = Mention(
            first, token.i, token.i, role.kind, name, token.sentence, role=role, lemma=token.lemma, stance=stance
        )
        mention.phrase = phrase if own else None
        mention.traits = traits(self.tokens, first, token.i)
        mention.owner, mention.owner_head = self.owners.of(token.i, phrase if own else None, role)
        if own and phrase is not None:
            mention.definite = phrase.determiner in ("definite", "possessive", "demonstrative")
            mention.counted = phrase.quantity.low if phrase.quantity is not None else None
            mention.gender = phrase.gender
            mention.both = any(self.tokens[i].text.lower() in words("both") for i in range(phrase.core_first, token.i))
            mention.label = self._label(phrase)
            mention.possessive = phrase.determiner == "possessive"
        mention.plural = plural
        self.found.append(mention)

    def _many(self, token: Token, phrase: Phrase) -> bool:
        """A form that may be singular or plural is plural before a plural verb, or bare where a person would have an article."""
        clause = self.clauses.get(token.i)
        if clause is not None and clause.finite is not None and phrase.role == "subject":
            return self.tokens[clause.finite].number == "plural"
        return phrase.determiner == "none"

    def _titles_a_name(self, i: int) -> bool:
        return i in self.names.titles

    def _carrier(self, token: Token, phrase: Phrase | None) -> None:
        """ "türkische Angaben", "UN-Angaben", "Talibanangriff": the adjective or first part names the actor."""
        carrier = carrier_of(token.text, token.lemma)
        if carrier is not None and carrier[0] == "source":
            if carrier[1]:
                owner = owner_of_part(carrier[1])
                if owner is not None:
                    self._shadow(token, owner)
            return
        owner = owner_of_compound(token.text)
        if owner is not None:
            self._shadow(token, owner)

    def _shadow(self, token: Token, owner: Owner) -> None:
        if owner.role is not None:
            kind, name, role = owner.role.kind, owner.role.word, owner.role
        elif owner.entity is not None:
            kind, name, role = owner.entity.kind, owner.entity.name, None
        else:
            return
        mention = Mention(token.i, token.i, token.i, kind, name, token.sentence, role=role, shadow=True, definite=True)
        if owner.role is None:
            mention.hit = NameHit(token.i, token.i, kind, name, owner.entity)
        else:
            mention.lemma = owner.role.word
            phrase = self.phrases.get(token.i)
            mention.owner = self.owners.by_adjective(phrase) if phrase is not None else None
        self.found.append(mention)

    def _adjective(self, token: Token) -> None:
        """A state's adjective before a noun that is no actor: the state, or its government for what it says."""
        code = self.register.adjective(token.text)
        if code is None:
            return
        phrase = self.inside.get(token.i)
        if phrase is None or phrase.head == token.i:
            return
        head = self.tokens[phrase.head]
        carrier = carrier_of(head.text, head.lemma)
        entity = self.register.seat(code)
        if carrier is not None and carrier == ("source", ""):
            mention = Mention(
                token.i, head.i, head.i, "government", "", token.sentence, shadow=True, definite=True, owner=Owner(code)
            )
            mention.role = Role("government", "government", "")
            mention.covers = [token.i]
            self.found.append(mention)
            return
        if role_of(head.text, head.lemma) is None:
            hit = NameHit(token.i, token.i, "state", entity.name, entity)
            self.found.append(
                Mention(
                    token.i, token.i, token.i, "state", entity.name, token.sentence, hit, shadow=True, definite=True
                )
            )

    def _label(self, phrase: Phrase) -> Phrase | None:
        """Who calls the actor so: the subject of a labelling participle that describes ``phrase``."""
        clause = self.labels.get(phrase.head)
        return (clause.subject or clause.agent) if clause is not None else None

    # -- pronouns and bare numbers ------------------------------------------------------------------------------
    def _counted_alone(self, token: Token) -> bool:
        phrase = self.phrases.get(token.i)
        if phrase is None or phrase.quantity is None or phrase.kind != "noun" or part_of(phrase):
            return False
        return token.coarse in ("ADJ", "NUM", "DET", "PRON") and phrase.role in ("subject", "object")

    def _ellipsis(self, token: Token) -> None:
        mention = Mention(
            token.i, token.i, token.i, "civilians", "", token.sentence, ellipsis=True, pronoun=True, plural=True
        )
        self.found.append(mention)

    def _pronoun(self, token: Token) -> None:
        low = token.text.lower()
        agreement = self.data["words"]["pronouns"].get(low)
        phrase = self.phrases.get(token.i)
        if agreement is None or phrase is None or not phrase.pronoun:
            return
        mention = Mention(
            token.i, token.i, token.i, "person", "", token.sentence, pronoun=True, definite=True, phrase=phrase
        )
        mention.gender = agreement[0] if agreement[0] in "mf" else None
        mention.plural = "p" in agreement and self._plural(token, phrase, agreement)
        if mention.plural:
            mention.gender = None
        self.found.append(mention)

    def _plural(self, token: Token, phrase: Phrase, agreement: str) -> bool:
        if agreement == "p":
            return True
        clause = self.clauses.get(token.i)
        if clause is not None and clause.finite is not None and phrase.role in ("subject", None):
            verb = self.tokens[clause.finite].number
            return verb == "plural"
        return phrase.number == "plural"

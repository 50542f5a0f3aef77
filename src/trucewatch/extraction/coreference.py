"""One actor per referent: which mentions mean the same (names, descriptions, pronouns). Two that both fit are left apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from trucewatch.extraction.actor_roles import words
from trucewatch.extraction.mentions import Mention
from trucewatch.extraction.referents import Draft, Key, government_name, person_name
from trucewatch.knowledge.register import Register, register
from trucewatch.language.analysis import Analysis, Clause
from trucewatch.record import ActorKind

_NEAR = 2
"""A bare description reaches back this many sentences where more than one actor fits it."""


@dataclass(slots=True)
class _Trace:
    """That an actor was mentioned at ``token``."""

    token: int
    sentence: int
    actor: int
    gender: str | None
    plural: bool
    subject: bool


@dataclass(slots=True)
class Resolver:
    """Goes through the mentions in text order and keeps the actors found so far."""

    analysis: Analysis
    subjects: frozenset[int]
    """Head tokens of (deep) subjects."""
    clauses: dict[int, Clause]
    """Token -> the clause that owns it."""
    appositions: dict[int, set[int]]
    """Head token -> head tokens of its appositions, or of the phrase that it is an apposition to."""
    focus: str | None = None
    """ISO code of the state that the report is mostly about, where there is one."""
    drafts: list[Draft] = field(default_factory=list)
    keys: dict[Key, int] = field(default_factory=dict)
    traces: list[_Trace] = field(default_factory=list)
    at_token: dict[int, tuple[int, ...]] = field(default_factory=dict)
    known: Register = field(default_factory=register)

    def resolve(self, mention: Mention) -> tuple[int, ...]:
        """The actors that ``mention`` means (none where a pronoun has no single antecedent)."""
        if mention.pronoun:
            found = self._pronoun(mention)
        elif mention.hit is not None:
            found = self._named(mention)
        else:
            found = self._described(mention)
        for actor in found:
            self._note(actor, mention, alone=len(found) == 1)
        for i in (mention.head, mention.first, *mention.covers):
            if found:
                self.at_token.setdefault(i, found)
        return found

    # -- bookkeeping -------------------------------------------------------------------------------------------------
    def _actor(self, key: Key, kind: ActorKind, name: str) -> int:
        if key not in self.keys:
            self.keys[key] = len(self.drafts)
            self.drafts.append(Draft(key, kind, name))
        return self.keys[key]

    def _note(self, actor: int, mention: Mention, alone: bool) -> None:
        draft = self.drafts[actor]
        if alone and not mention.pronoun:
            draft.take(mention)
        elif mention.pronoun:
            draft.pronouns.append(mention)
        self.traces.append(
            _Trace(
                mention.head,
                mention.sentence,
                actor,
                mention.gender or draft.gender,
                mention.plural,
                mention.head in self.subjects,
            )
        )

    def _recent(self, test: Iterable[int], sentence: int) -> int | None:
        """The one actor of ``test``; where there are more, the one that alone was mentioned in the last sentences."""
        choice = set(test)
        if len(choice) == 1:
            return choice.pop()
        if not choice:
            return None
        for back in range(_NEAR + 1):
            near = {t.actor for t in self.traces if t.sentence == sentence - back and t.actor in choice}
            if len(near) == 1:
                return near.pop()
            if near:
                return None
        return None

    def _of_kind(self, *kinds: ActorKind, named: bool | None = None) -> list[int]:
        return [i for i, d in enumerate(self.drafts) if d.kind in kinds and (named is None or d.named == named)]

    # -- names -----------------------------------------------------------------------------------------------------------
    def _named(self, m: Mention) -> tuple[int, ...]:
        hit = m.hit
        assert hit is not None
        if hit.kind == "person":
            return (self._person(m),)
        entity = hit.entity
        if entity is None:
            return (self._actor(("named", hit.name.lower()), hit.kind, hit.name),)
        if entity.kind == "state" and entity.state is not None:
            actor = self._actor(("state", entity.state), "state", entity.name)
            self.drafts[actor].entity, self.drafts[actor].state = entity.wikidata, entity.state
            return (actor,)
        if entity.capital and entity.state is not None:
            state = entity.state
            actor = self._actor(
                ("government", state), "government", government_name(self.known.states[state]) or entity.name
            )
            self.drafts[actor].state = state
            return (actor,)
        actor = self._actor(("named", entity.name), entity.kind, entity.name)
        draft = self.drafts[actor]
        draft.entity, draft.named = entity.wikidata, True
        draft.state = entity.state if entity.kind in ("government", "armed_forces") else None
        return (actor,)

    def _person(self, m: Mention) -> int:
        hit = m.hit
        assert hit is not None
        name = hit.official.name if hit.official is not None else hit.name
        key: Key = ("person", name)
        if key not in self.keys and hit.official is None:
            last = name.split()[-1]
            same = [
                k
                for k in self.keys
                if k[0] == "person"
                and isinstance(k[1], str)
                and k[1].split()[-1] == last
                and (hit.surname or " " not in k[1])
            ]
            if len(same) == 1:
                key = same[0]
        if key not in self.keys:
            held = self._holder_described(m)
            if held is not None:
                self.keys[key] = held
                self.drafts[held].key = key
        actor = self._actor(key, "person", name)
        draft = self.drafts[actor]
        draft.named, draft.name = True, person_name(draft, m, self.analysis)
        draft.gender = draft.gender or hit.gender
        if hit.official is not None:
            draft.entity, draft.official = hit.official.wikidata, hit.official
            term = hit.official.term(self.analysis.published)
            if term is not None:
                draft.offices.add((term.role, term.of))
        if hit.role is not None:
            draft.offices.add((hit.role.cls, self._owner_name(m)))
        return actor

    def _holder_described(self, m: Mention) -> int | None:
        """ "der Gouverneur der Provinz, X": the description stood right before as the phrase that the name explains."""
        for before in self.traces[-3:]:
            draft = self.drafts[before.actor]
            if draft.kind == "person" and not draft.named and before.token in self.appositions.get(m.head, ()):
                return before.actor
        return None

    def _owner_name(self, m: Mention) -> str:
        if m.owner is None:
            return ""
        if (
            m.owner.entity is not None
            and m.owner.entity.kind != "state"
            and not m.owner.entity.capital
            and m.owner.entity.kind != "government"
        ):
            return m.owner.entity.name
        return m.owner.state or ""

    # -- descriptions --------------------------------------------------------------------------------------------------------
    def _described(self, m: Mention) -> tuple[int, ...]:
        role = m.role
        assert role is not None
        for other in self.appositions.get(m.head, ()):
            same = self.at_token.get(other, ())
            if (
                len(same) == 1
                and self.drafts[same[0]].named
                and (self.drafts[same[0]].kind == "person") == (role.kind == "person")
            ):
                if role.kind == "person":
                    self.drafts[same[0]].offices.add((role.cls, self._owner_name(m)))
                return same
        if m.both and role.kind in ("person", "state"):
            pair = self._last_two(role.kind, m)
            if pair:
                return pair
        if role.kind == "person":
            return (self._office(m),)
        state = m.owner.state if m.owner is not None and not m.stance else None
        owner = m.owner.entity if m.owner is not None else None
        if owner is not None and owner.kind in ("state", "government"):
            state, owner = state or owner.state, None
        if owner is not None:
            return (self._part_of(m, owner.name, owner.kind),)
        if m.owner_head is not None and state is None and role.kind in ("armed_forces", "armed_group", "organisation"):
            above = self.at_token.get(m.owner_head)
            if above and self.drafts[above[0]].kind in ("armed_forces", "armed_group", "organisation"):
                return above[:1]
        if state is not None:
            return (self._of_state(m, state),)
        return (self._bare(m),)

    def _last_two(self, kind: ActorKind, m: Mention) -> tuple[int, ...]:
        seen: list[int] = []
        for trace in reversed(self.traces):
            if trace.sentence < m.sentence - _NEAR:
                break
            if self.drafts[trace.actor].kind == kind and trace.actor not in seen:
                seen.append(trace.actor)
        return tuple(reversed(seen)) if len(seen) == 2 else ()

    def _part_of(self, m: Mention, owner: str, kind: ActorKind) -> int:
        """ "Hisbollah-Kämpfer" are the Hisbollah, "UN-Beobachter" the UN; "EU-Truppen" are forces of their own."""
        role = m.role
        assert role is not None
        same = {
            "armed_group": ("armed_forces", "armed_group"),
            "organisation": ("organisation",),
            "media": ("media", "group"),
            "armed_forces": ("armed_forces", "armed_group"),
        }
        if role.kind in same.get(kind, ()) and role.cls not in ("body", "party", "alliance"):
            actor = self._actor(("named", owner), kind, owner)
            entity = self.known.entities.get(owner)
            if entity is not None:
                self.drafts[actor].entity, self.drafts[actor].named = entity.wikidata, True
            return actor
        actor = self._actor(
            (role.kind, role.cls, owner, m.lemma if role.kind in ("civilians", "group") else ""), role.kind, m.name
        )
        self.drafts[actor].of = owner
        return actor

    def _of_state(self, m: Mention, state: str) -> int:
        role = m.role
        assert role is not None
        if role.kind == "armed_forces":
            key: Key = ("unit", m.lemma, state) if role.cls == "unit" else (role.cls, state)
        elif role.kind == "government":
            key = (
                ("government", state)
                if role.cls in ("government", "side")
                else (role.cls, state, m.lemma if role.cls in ("ministry", "authorities") else "")
            )
        elif role.kind in ("armed_group", "state"):
            key = (role.kind, role.cls, state)
        else:
            key = (role.kind, role.cls, state, m.lemma)
        if role.kind == "state" and m.definite and not m.plural:
            actor = self._actor(("state", state), "state", self.known.states[state].name)
            self.drafts[actor].state = state
            self.drafts[actor].entity = self.known.states[state].wikidata
            return actor
        if key not in self.keys and role.kind == "armed_group":
            alike = [
                i
                for i, d in enumerate(self.drafts)
                if d.key[:2] == ("armed_group", role.cls) and d.state in (None, state)
            ]
            if len(alike) == 1:
                return alike[0]
        actor = self._actor(
            key, role.kind, m.name or government_name(self.known.states[state]) or self.known.states[state].name
        )
        self.drafts[actor].state = state
        return actor

    def _bare(self, m: Mention) -> int:
        """A description with nobody named as its owner: an actor that it fits, else one of its own."""
        role = m.role
        assert role is not None
        found: int | None = None
        if role.kind == "armed_forces":
            found = self._same_words(m)
            if found is None and role.cls == "forces":
                found = self._forces(m)
        elif role.kind == "armed_group":
            found = self._group(m)
        elif role.kind == "government":
            found = self._power(m)
        elif role.kind in ("organisation", "media") and m.definite:
            kinds: tuple[ActorKind, ...] = (
                ("media",)
                if role.kind == "media"
                else ("organisation", "armed_group")
                if role.cls == "organisation"
                else ("organisation",)
            )
            found = self._same_words(m)
            if found is None and not m.plural or role.cls == "mission":
                found = found if found is not None else self._recent(self._of_kind(*kinds, named=True), m.sentence)
        elif role.kind in ("civilians", "group"):
            found = self._people(m)
        elif role.kind == "state" and m.definite and not m.plural and m.lemma == role.word:
            found = self._recent(
                [t.actor for t in self.traces if t.sentence >= m.sentence - 1 and self.drafts[t.actor].kind == "state"],
                m.sentence,
            )
        if found is not None:
            return found
        key: Key = (
            role.kind,
            role.cls,
            "",
            "plural"
            if role.cls == "government" and m.plural
            else m.lemma
            if role.kind in ("civilians", "group", "state", "organisation", "media") or role.cls in ("fighters", "unit")
            else "",
        )
        if role.kind in ("civilians", "group") and key in self.keys:
            key = (*key, str(m.head))
        return self._actor(key, "group" if role.cls == "side" else role.kind, m.name)

    def _same_words(self, m: Mention) -> int | None:
        low = m.lemma.lower()
        same = [i for i, d in enumerate(self.drafts) if d.kind == m.kind and (m.lemma in d.lemmas or low in d.ends)]
        return self._recent(same, m.sentence)

    def _forces(self, m: Mention) -> int | None:
        """Bare "die Truppen": the only forces so far, else those of the only state that the sentence named before."""
        forces = [i for i in self._of_kind("armed_forces") if self.drafts[i].key[0] in ("forces", "named")]
        if len(forces) > 1:
            named = {
                self.drafts[t.actor].state for t in self.traces
                if t.sentence == m.sentence and self.drafts[t.actor].kind in ("state", "government")
            }  # fmt: skip
            here = [i for i in forces if self.drafts[i].state in named]
            if len(here) == 1:
                return here[0]
        return self._recent(forces, m.sentence)

    def _group(self, m: Mention) -> int | None:
        role = m.role
        assert role is not None
        same = [
            i for i in self._of_kind("armed_group")
            if m.lemma in self.drafts[i].lemmas or role.word.lower() in self.drafts[i].ends or m.lemma.lower() in self.drafts[i].ends
        ]  # fmt: skip
        found = self._recent(same, m.sentence) if same else None
        if found is not None:
            return found
        if role.cls in ("militia", "extremists", "fighters") and m.definite:
            named = self._of_kind("armed_group", named=True)
            found = self._recent([i for i in named if self._seen(i, m.sentence)], m.sentence)
            if found is not None:
                return found
        if role.cls == "fighters":
            found = self._recent(self._of_kind("armed_group"), m.sentence) if m.definite and m.plural else None
            return found
        alike = [i for i, d in enumerate(self.drafts) if d.key[:2] == ("armed_group", role.cls)]
        return self._recent(alike, m.sentence)

    def _seen(self, actor: int, sentence: int) -> bool:
        return any(t.actor == actor and t.sentence >= sentence - _NEAR for t in self.traces)

    def _power(self, m: Mention) -> int | None:
        role = m.role
        assert role is not None
        if role.cls == "side":
            return None
        if m.possessive and role.cls.startswith("ministry"):
            holders = [t for t in self.traces if t.sentence == m.sentence and self.drafts[t.actor].kind == "person"]
            offices = {o for t in holders for o in self.drafts[t.actor].offices if o[1] in self.known.states}
            if len({t.actor for t in holders}) == 1 and len(offices) == 1:
                cls, state = offices.pop()
                actor = self._actor((f"ministry.{cls}", state, ""), "government", m.name)
                self.drafts[actor].state = state
                return actor
        if role.cls == "government" and m.plural:
            return self.keys.get(("government", "government", "", "plural"))
        if role.cls == "government":
            called = [i for i, d in enumerate(self.drafts) if d.key[0] == "government" and m.lemma in d.lemmas]
            if called:
                return self._recent(called, m.sentence)
            if self.focus is not None:
                actor = self._actor(("government", self.focus), "government", m.name)
                self.drafts[actor].state = self.focus
                return actor
            return self._recent([i for i, d in enumerate(self.drafts) if d.key[0] == "government"], m.sentence)
        if role.cls.startswith("ministry"):
            wanted = [
                i
                for i, d in enumerate(self.drafts)
                if str(d.key[0]).startswith("ministry") and (role.cls == "ministry" or d.key[0] == role.cls)
            ]
            found = self._recent(wanted, m.sentence)
            if found is not None or role.cls == "ministry" and m.definite and m.lemma != role.word:
                return found
            return None
        same = [
            i
            for i, d in enumerate(self.drafts)
            if d.kind == "government" and d.key[0] == role.cls or d.key[:2] == ("government", role.cls)
        ]
        if role.cls in ("authorities", "justice", "presidency", "security_council", "embassy"):
            same = [i for i in same if m.lemma in self.drafts[i].lemmas]
        return self._recent(same, m.sentence)

    def _people(self, m: Mention) -> int | None:
        same = [i for i in self._of_kind("civilians", "group") if m.lemma in self.drafts[i].lemmas]
        if not same:
            return None
        if m.counted is not None:
            same = [i for i in same if self.drafts[i].counted in (None, m.counted)] if not m.definite else same
            return same[-1] if same else None
        recent = self._recent(same, m.sentence)
        return recent if recent is not None else same[-1]

    # -- offices ---------------------------------------------------------------------------------------------------------------
    def _office(self, m: Mention) -> int:
        role = m.role
        assert role is not None
        owner = self._owner_name(m)
        key: Key = (
            "office",
            role.cls,
            owner,
            role.word if role.cls in ("minister", "other", "leader", "spokesperson") and not owner else "",
        )
        if m.plural:
            key = (*key, "plural", m.lemma)
            return self._actor(
                key,
                "government"
                if role.cls in ("foreign", "defence", "interior", "president", "head", "minister")
                else "group",
                m.name,
            )
        if key in self.keys and (m.definite or owner):
            return self.keys[key]
        if m.definite or owner:
            people = [i for i in self._of_kind("person") if self._holds(self.drafts[i], role.cls, owner, m)]
            found = self._recent(people, m.sentence)
            if found is not None:
                return found
        if key in self.keys:
            key = (*key, str(m.head))
        actor = self._actor(key, "person", m.name)
        draft = self.drafts[actor]
        draft.offices.add((role.cls, owner))
        draft.gender = m.gender
        if owner and m.definite and m.owner is not None:
            holder = self.known.holder(role.cls, owner, self.analysis.published)
            draft.entity = holder.wikidata if holder is not None else None
        return actor

    def _holds(self, draft: Draft, cls: str, owner: str, m: Mention) -> bool:
        if (
            m.gender is not None
            and draft.gender is not None
            and m.gender != draft.gender
            and draft.named
            and m.gender == "f"
        ):
            return False
        for held, of in draft.offices:
            if held == cls and (not owner or not of or owner == of) and (owner == of or not owner or draft.named):
                return True
        return False

    # -- pronouns ---------------------------------------------------------------------------------------------------------------
    def _pronoun(self, m: Mention) -> tuple[int, ...]:
        own = self.clauses.get(m.head)
        latter = self.analysis.tokens[m.head].text.lower() in words("latter")
        for back in (0, 1, 2):
            near = [
                t
                for t in self.traces
                if t.sentence == m.sentence - back
                and t.token < m.head
                and (own is None or self.clauses.get(t.token) is not own)
            ]
            window = [t for t in near if self._agrees(t, m)]
            people = [t for t in window if self.drafts[t.actor].kind == "person"]
            if not m.plural and people:
                window = people
            actors = {t.actor for t in window}
            if len(actors) == 1:
                return (actors.pop(),)
            if latter and people and back == 1:
                return (people[-1].actor,)
            subjects = {t.actor for t in window if t.subject}
            if len(subjects) == 1 and back == 1:
                return (subjects.pop(),)
            if m.plural and not actors:
                pair = {t.actor for t in near if self.drafts[t.actor].kind == "person" and self.drafts[t.actor].named}
                if len(pair) == 2:
                    return tuple(sorted(pair))
            if actors:
                return ()
        return ()

    def _agrees(self, trace: _Trace, m: Mention) -> bool:
        if m.plural:
            return trace.plural
        if trace.plural:
            return False
        return trace.gender == m.gender if trace.gender is not None else False

"""What a single act shows of itself: who acts, with what, upon whom, and what it is called for (knowledge/domain.*.toml).

An armed doer, a weapon, a place and casualties speak for a use of force, a club or a storm as doer against it. This comes before
what the sentence and the report speak of: a rocket may hit a football ground, and a striker may fire one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from trucewatch.extraction.domain import Domain, Mark, mark_of, slots
from trucewatch.extraction.happening import Happening
from trucewatch.extraction.matching import Matcher
from trucewatch.extraction.setting import words as knowledge_words
from trucewatch.language.analysis import Analysis, Clause, Phrase

_ARMED = ("armed_forces", "armed_group")
_HARMS = ("HARM", "DAMAGE")
_FORCE = frozenset({"ASSAULT", "ADVANCE", "COERCE", "RETREAT", "HARM", "DAMAGE", "VIOLATE"})

DOER, BYSTANDER, AIM, WORD = -4.0, -2.0, -6.0, -1.0
"""What somebody of another matter as doer, a bystander as doer, a picture's aim, and another word of that matter take away."""
ARMED_DOER, STATE_DOER, WEAPON, ARMED_TARGET, PLACE, HARM, COUNTED = 3.0, 1.0, 2.0, 2.0, 1.0, 1.0, 1.0
ENOUGH = 3.0
"""From here on an act stands for itself, whatever the report is about."""
LONE = 2.0
"""From here on where no word of the report speaks of another matter."""
REFUTED = -3.0
"""From here on it is none, whatever the report is about."""


_JOINED = 4
"""Clauses joined to one another that may share a subject."""
_WEAPONS = ("@weapon", "@aircraft")


@dataclass(slots=True)
class Evidence:
    """The sum, and the words behind it."""

    total: float = 0.0
    reasons: list[str] = field(default_factory=list)
    family: str = ""
    """The other matter that speaks against it most."""

    enough: float = ENOUGH

    def add(self, weight: float, reason: str, family: str = "") -> None:
        """Count one reason."""
        self.total += weight
        self.reasons.append(f"{reason} {weight:+.0f}")
        if weight < 0 and family:
            self.family = self.family or family

    @property
    def stands(self) -> bool:
        """Strong enough by itself."""
        return self.total >= self.enough

    @property
    def refuted(self) -> bool:
        """Shown to be something else."""
        return self.total <= REFUTED


class Witness:
    """Collects the evidence of happenings."""

    def __init__(self, analysis: Analysis, matcher: Matcher, domain: Domain) -> None:
        self.analysis = analysis
        self.matcher = matcher
        self.domain = domain
        self._slots = slots(analysis.language)
        self._known: dict[tuple[int, bool], Evidence] = {}

    def of(self, happening: Happening) -> Evidence:
        """The evidence for and against ``happening`` in its own clause and noun phrase."""
        key = (happening.token, happening.frame.noun)
        if key not in self._known:
            self._known[key] = self._collect(happening)
        return self._known[key]

    def _collect(self, happening: Happening) -> Evidence:
        found = Evidence(enough=LONE if self.domain.pure else ENOUGH)
        if not self.domain.known:
            return found
        if happening.phrase is None and happening.clause is None:
            return found
        doers = [] if self._suffered(happening) else [p for phrase in self._doers(happening) for p in phrase.parts()]
        self._weigh_doers(happening, doers, found)
        self._weigh_compound(happening, found)
        seen = {p.head for p in doers}
        for phrase in self._upon(happening):
            for part in phrase.parts():
                if part.head not in seen:
                    seen.add(part.head)
                    self._weigh_target(happening, part, found)
        self._weigh_rest(happening, seen, found)
        return found

    def _suffered(self, happening: Happening) -> bool:
        """ "Zwei Spieler starben": the subject of a harm that nobody is told to have done is who suffers it."""
        clause = happening.clause
        return happening.type in ("HARM", "DAMAGE") and (
            clause is None or clause.object is None or clause.subject is None
        )

    # -- who acts ------------------------------------------------------------------------------------------------
    def _doers(self, happening: Happening) -> list[Phrase]:
        clause, phrase = happening.clause, happening.phrase
        if phrase is None:
            if clause is None:
                return []
            found = [p for p in (self._subject(clause), clause.agent) if p is not None]
            if "object" in happening.frame.actor and clause.object is not None:
                found.append(clause.object)  # "ist in die Menge gerast", which looks like a passive
            if clause.voice == "active":
                return found[:1]
            return found or clause.prepositional(*self._slots["doer"])
        own = [p for p in phrase.attached if p.preposition in self._slots["doer"]]
        if phrase.genitives or own:
            return [*phrase.genitives, *own]
        if clause is None or clause.subject is None or clause.subject is phrase:
            return clause.prepositional(*self._slots["doer"]) if clause is not None else []
        if phrase.determiner == "possessive":  # "die zweite Welle seines Angriffs"
            return [clause.subject]
        carried = phrase.preposition is None or phrase.preposition in knowledge_words(self.analysis.language, "carried")
        return [clause.subject] if carried or phrase.preposition in self._slots["carried"] else []

    def _subject(self, clause: Clause) -> Phrase | None:
        """The subject of a clause, or of the one that it is joined to ("Spieler kämpfen und werfen Bomben")."""
        for _ in range(_JOINED):
            joined = clause.relation == "coordinated" and clause.parent is not None and clause.voice == "active"
            if clause.subject is not None or not joined:
                break
            clause = self.analysis.clauses[clause.parent or 0]
        return clause.subject

    def _weigh_doers(self, happening: Happening, doers: list[Phrase], found: Evidence) -> None:
        armed = weapon = state = other = False
        for part in doers:
            mark = self._mark(part)
            owners = [p for p in part.walk() if p is not part]
            owned = any(self._armed(p) for p in owners)
            if mark is not None and mark.kind in ("doers", "aims") and not owned:
                if not other:
                    found.add(DOER, f"doer {self._word(part)}", mark.family)
                other = True
            elif mark is not None and mark.kind == "bystanders" and not owned:
                if not other and happening.type not in _HARMS:
                    weight = DOER if happening.type in _FORCE else BYSTANDER
                    found.add(weight, f"doer {self._word(part)}", mark.family)
                other = True
            elif self._armed(part) or owned:
                if not armed:
                    strength = ARMED_DOER if mark is None or mark.weight >= ARMED_DOER or owned else WEAPON
                    found.add(strength, f"armed doer {self._word(part)}")
                armed = True
            elif self._weapon(part):
                if not weapon:
                    found.add(WEAPON, f"weapon {self._word(part)}")
                weapon = True
            elif mark is not None and mark.kind == "plain" and happening.type in _FORCE:
                if not state:
                    found.add(STATE_DOER, f"doer {self._word(part)}")
                state = True
            elif (
                not state
                and happening.type != "COERCE"
                and any(self.matcher.kinds.is_kind(part, k) for k in ("state", "government"))
            ):
                found.add(STATE_DOER, f"state {self._word(part)}")
                state = True

    def _weigh_compound(self, happening: Happening, found: Evidence) -> None:
        """The first part of a compound: a weapon ("Drohnenangriff"), or another matter ("Preiskrieg", "Milliardenoffensive")."""
        if not happening.first_part:
            return
        token = self.analysis.tokens[happening.token]
        mark = mark_of(token.lemma, self.domain.language)
        if mark is not None and mark.hostile:
            found.add(DOER, f"word {token.text}", mark.family)
        elif happening.mode is not None or mark is not None and mark.weight >= ARMED_DOER:
            found.add(1.0, f"word {token.text}")

    # -- upon what -----------------------------------------------------------------------------------------------
    def _upon(self, happening: Happening) -> list[Phrase]:
        clause, phrase = happening.clause, happening.phrase
        if phrase is not None:
            return [p for p in phrase.attached if p.preposition in self._slots["upon"]]
        if clause is None:
            return []
        found = [p for p in (clause.object, clause.indirect_object) if p is not None]
        return found + clause.prepositional(*self._slots["against"])

    def _weigh_target(self, happening: Happening, part: Phrase, found: Evidence) -> None:
        mark = self._mark(part)
        if mark is not None and mark.kind == "aims" and happening.type in _FORCE:
            found.add(AIM, f"aim {self._word(part)}", mark.family)
        elif mark is not None and mark.kind == "doers" and happening.type in _FORCE and mark.family in _LIFELESS:
            found.add(AIM, f"aim {self._word(part)}", mark.family)
        elif self._armed(part):
            found.add(ARMED_TARGET, f"target {self._word(part)}")
        elif mark is not None and mark.kind == "plain" and happening.type in _FORCE:
            found.add(STATE_DOER, f"target {self._word(part)}")

    # -- the rest ------------------------------------------------------------------------------------------------
    def _weigh_rest(self, happening: Happening, seen: set[int], found: Evidence) -> None:
        """Means, places, casualties and the words of other matters in the clause."""
        words = place = weapon = False
        acts = self._slots["no_weapon"]
        beside = [i for i in happening.beside if self._weapon_word(i) and self.analysis.tokens[i].lemma not in acts]
        if beside:  # "auf eine Mine fahren"
            found.add(WEAPON, f"weapon {self.analysis.tokens[beside[0]].text}")
            weapon = True
        cause = happening.type in _HARMS
        for part, occasion in self._around(happening):
            if not place and self.matcher.kinds.is_kind(part, "place"):
                found.add(PLACE, f"place {self._word(part)}")
                place = True
            if part.head in seen or part.head == happening.token:
                continue
            mark = self._mark(part)
            fought = part.preposition in self._slots["against"] and happening.type in (*_FORCE, "MOBILIZE")
            if (
                fought
                and mark is not None
                and (mark.kind == "aims" or mark.kind == "doers" and mark.family in _LIFELESS)
            ):
                found.add(AIM, f"aim {self._word(part)}", mark.family)
            elif mark is not None and mark.hostile:
                heavy = cause and part.preposition in self._slots["cause"]
                if heavy or not words and not occasion and found.total < WEAPON:
                    found.add(
                        DOER if heavy else WORD, f"{'cause' if heavy else 'word'} {self._word(part)}", mark.family
                    )
                words = True
            elif not weapon and part.preposition in self._slots["means"] and (self._weapon(part) or self._armed(part)):
                found.add(WEAPON, f"means {self._word(part)}")
                weapon = True
        self._weigh_victims(happening, found)

    def _weigh_victims(self, happening: Happening, found: Evidence) -> None:
        """People whom a verb of force kills, wounds or carries off, best if they are several or counted."""
        target = happening.clause.object if happening.clause is not None and happening.phrase is None else None
        forced = happening.type == "ASSAULT" or happening.mode == "abduct"
        if target is None or not forced or happening.frame.harm not in ("killed", "wounded", "captured"):
            return
        found.add(HARM, f"harm to {self._word(target)}")
        if any(p.quantity is not None and p.quantity.low != 1 for p in target.walk()):
            found.add(COUNTED, "counted")

    def _around(self, happening: Happening) -> Iterator[tuple[Phrase, bool]]:
        """The phrases around the act, and whether they tell on what occasion it was done ("während des Endspiels")."""
        occasions = self._slots["occasion"]
        clause, phrase = happening.clause, happening.phrase
        if phrase is not None:
            yield from ((p, False) for p in phrase.walk() if p is not phrase)
        if clause is not None:
            for top in clause.phrases:
                yield from ((p, top.preposition in occasions) for p in top.walk() if p is not phrase)

    # -- words ---------------------------------------------------------------------------------------------------
    def _mark(self, phrase: Phrase) -> Mark | None:
        return mark_of(self.analysis.tokens[phrase.head].lemma, self.domain.language)

    def _word(self, phrase: Phrase) -> str:
        return self.analysis.tokens[phrase.head].text

    def _armed(self, phrase: Phrase) -> bool:
        mark = self._mark(phrase)
        if mark is not None and mark.family != "conflict":
            return False
        return mark is not None and mark.kind == "armed" or any(self.matcher.kinds.is_kind(phrase, k) for k in _ARMED)

    def _weapon(self, phrase: Phrase) -> bool:
        mark = self._mark(phrase)
        if mark is not None and mark.family != "conflict":
            return False
        around = self.matcher.surroundings
        return around.has(around.core(phrase), _WEAPONS)

    def _weapon_word(self, i: int) -> bool:
        return self.matcher.surroundings.has(self.matcher.surroundings.forms(i), _WEAPONS)


_LIFELESS = frozenset({"weather_and_disaster"})
"""Matters whose doers are no people: to fight them is a picture."""

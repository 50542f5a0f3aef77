"""Is a later candidate an earlier happening told again? One rule a function (codebook section 4, rules; 13.1, 13.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trucewatch.extraction.elaboration import Elaboration
from trucewatch.extraction.happening import Happening, Toll, disjoint
from trucewatch.extraction.merging_words import merging_words
from trucewatch.extraction.retold import Retold
from trucewatch.language.analysis import Analysis

SPEECH_ACTS = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "CONCEDE", "STATE"})
_OPEN = frozenset({"planned", "possible", "threatened", "demanded"})
_ONCE = frozenset({"suicide", "shootdown"})
"""Modes that a report seldom tells of twice without saying so."""
_OLD_DAYS = 365
_NAMED_REACH = 2
"""What a frame or a headline names is told, with its date, at most so many sentences on."""
_LOSS_REACH = 2
"""Losses told apart from their act stand at most so many sentences behind the last word on it."""
_CHARGE_REACH = 3
"""A denial speaks of an act told at most so many sentences before."""
_POSTS = frozenset({"observation_post", "checkpoint"})


@dataclass(frozen=True)
class Sides:
    """What the comparison must know of actors and places, given as functions of their indices.

    ``side``: the last actor in the chain of whom an actor acts for. ``anybody``: is the actor plain people ("Menschen"),
    whom another word may name as well? ``named``: does a name tell who it is? ``contained``: for a place, the places that
    lie in it or that it lies in.
    """

    side: Callable[[int], int]
    anybody: Callable[[int], bool]
    named: Callable[[int], bool]
    contained: dict[int, set[int]]

    def apart(self, one: list[int], other: list[int]) -> bool:
        """Both name somebody, and not even the sides meet ("Ankara" and "die Türkei" are one side)."""
        if any(self.anybody(a) for a in one) and any(self.anybody(a) for a in other):
            return False
        return disjoint(one, other) and disjoint([self.side(a) for a in one], [self.side(a) for a in other])

    def places_apart(self, one: list[int], other: list[int]) -> bool:
        """Both name places, and none is or lies in one of the other."""
        return disjoint(one, other) and not any(q in self.contained.get(p, ()) for p in one for q in other)

    def share(self, one: Happening, other: Happening) -> bool:
        """Do the two have a side, a target or a place in common?"""
        sides = {self.side(a) for a in one.actors} & {self.side(a) for a in other.actors}
        return bool(sides or set(one.targets) & set(other.targets) or set(one.places) & set(other.places))


_ROUGH_TO, _FLOOR_TO = 8.0, 1.25
"""How far above a rough word's floor, and above a floor in figures, a number may lie that it stands for."""
_SEVERAL = 3
"""What "several" and "many" count as at least (codebook section 9)."""


def times_apart(one: Happening, other: Happening) -> bool:
    """Both have closed times that do not meet."""
    a, b = one.time, other.time
    if a is None or b is None or a.from_ is None or a.to is None or b.from_ is None or b.to is None:
        return False
    return a.to <= b.from_ or b.to <= a.from_


def ages_apart(one: Happening, other: Happening, published: str | None) -> bool:
    """One is dated more than a year back, the other, told far from it, not ("der Krieg von 2020 endete mit 6500 Toten")."""
    old = [_is_old(h, published) for h in (one, other)]
    near = abs(other.sentence - one.last_told) <= _NAMED_REACH
    named = (one.framed or one.headline) and near or one.background or one.long_ago
    goes_on = near or other.background or other.long_ago
    if old[1] and not old[0]:
        return one.time is None and not named
    return old[0] and not old[1] and other.time is None and not goes_on


def _is_old(happening: Happening, published: str | None) -> bool:
    end = happening.time.to if happening.time is not None else None
    if end is None or not published:
        return False
    try:
        return (dt.date.fromisoformat(published[:10]) - dt.date.fromisoformat(end[:10])).days > _OLD_DAYS
    except ValueError:
        return False


def numbers_apart(one: Happening, other: Happening) -> bool:
    """Two numbers for the same harm that cannot both be right, neither a part, a total nor an addition."""
    plain = [[t for t in h.tolls if not (t.part or t.total or t.additional)] for h in (one, other)]
    return any(
        a.harm == b.harm and a.low is not None and b.low is not None and a.low != b.low and not is_rough(a, b)
        for a in plain[0]
        for b in plain[1]
    )


def is_rough(one: Toll, other: Toll) -> bool:
    """Is one of the two only a rough word or floor for the other's number ("Viele Tote", "Dutzende", "über 80")?"""
    return gives_way(one, other) or gives_way(other, one)


def gives_way(floor: Toll, number: Toll) -> bool:
    """Does ``number`` say more closely what ``floor`` says roughly: "Dutzende" and 37, "mehr als 80" and 87?"""
    if floor.high is not None or floor.low is None or number.low is None or number.low < floor.low:
        return False
    if number.high is None and number.low == floor.low:
        return False
    if floor.low == _SEVERAL and floor.bound in (None, "several", "many"):
        return True
    factor = _ROUGH_TO if floor.bound not in ("at_least", "more_than", None) else _FLOOR_TO
    return number.low <= factor * floor.low


class ToldAgain:
    """Compares an earlier happening with a later candidate."""

    def __init__(self, analysis: Analysis, sides: Sides) -> None:
        self.analysis = analysis
        self.sides = sides
        self.words = merging_words(analysis.language)
        self.elaboration = Elaboration(analysis, sides)
        self.retold = Retold(analysis, sides)

    def same(self, earlier: Happening, later: Happening) -> bool:
        """Is ``later`` a mention of ``earlier``?"""
        if earlier.period != later.period:
            return later.period and earlier.status == "ongoing" and self._harm_of_act(earlier, later)
        if self.retold.same(earlier, later):
            return True
        if later.type in ("ASSAULT", "HARM") and ages_apart(earlier, later, self.analysis.published):
            return False
        if earlier.type != later.type:
            return self._harm_of_act(earlier, later) or self._headline_of_harm(earlier, later)
        if self._harms_listed(earlier, later) or self._summary_of_speech(earlier, later):
            return True
        if self._place_and_time_meet(earlier, later):
            if self.elaboration.same(earlier, later, self._modes_meet(earlier, later)):
                return True
        if not self._compatible(earlier, later):
            return False
        if later.type in SPEECH_ACTS:
            return self._speech_act(earlier, later)
        if later.denied and self._charged(earlier, later) or self._asked(earlier, later):
            return True
        if later.frame.noun:
            return self._noun(earlier, later)
        return (earlier.sentence != later.sentence or earlier.frame.noun) and self._verb(earlier, later)

    # -- may they be one at all ----------------------------------------------------------------------------------------
    def _compatible(self, one: Happening, other: Happening) -> bool:
        if one.polarity != other.polarity or not self._modes_meet(one, other):
            return False
        once = one.mode in _ONCE and one.mode == other.mode
        return not (
            self.sides.places_apart(one.places, other.places)
            or times_apart(one, other)
            or self.sides.apart(one.actors, other.actors)
            and not once
            or self.sides.apart(one.targets, other.targets)
            or numbers_apart(one, other)
        )

    def _place_and_time_meet(self, one: Happening, other: Happening) -> bool:
        if one.polarity != other.polarity or numbers_apart(one, other):
            return False
        return not (self.sides.places_apart(one.places, other.places) or times_apart(one, other))

    def _modes_meet(self, one: Happening, other: Happening) -> bool:
        if one.type == "CONSULT" and (self._any_meeting(one) or self._any_meeting(other)):
            return True
        modes = {one.mode, other.mode}
        return len(modes) == 1 or None in modes or "other" in modes or modes == {"talks", "meeting"}

    def _any_meeting(self, happening: Happening) -> bool:
        """ "das Gespräch", or a headline's "Treffen": may name a call, a summit or talks told elsewhere."""
        known = happening.headline or _determiner(happening) in ("definite", "demonstrative")
        return happening.frame.noun and happening.frame.word in self.words.meetings and known

    def _charged(self, earlier: Happening, later: Happening) -> bool:
        """ "bestritt, den Markt beschossen zu haben": the act told before, with the same thing hit."""
        clause = later.clause
        if (
            clause is None
            or later.time is not None
            or later.sentence - earlier.last_told not in range(_CHARGE_REACH + 1)
        ):
            return False
        if later.frame.noun:  # "bestritt einen Abzug"
            return earlier.mode == later.mode is not None and not later.places and not later.targets
        if earlier.type != "ASSAULT":
            return False
        known = clause.object is not None and clause.object.determiner in ("definite", "demonstrative")
        return known

    def _asked(self, earlier: Happening, later: Happening) -> bool:
        """ "Wer die Granate abfeuerte, war unklar": who did the act told just before."""
        clause = later.clause
        if clause is None or not later.asked or later.frame.noun or later.type != "ASSAULT":
            return False
        bare = not (later.places or later.time or later.tolls)
        return bare and 0 <= later.sentence - earlier.last_told <= _LOSS_REACH

    # -- acts of speech ------------------------------------------------------------------------------------------------
    def _summary_of_speech(self, earlier: Happening, later: Happening) -> bool:
        """The headline's verb again in the body, by the same side."""
        if (
            not earlier.headline
            or later.headline
            or later.type not in SPEECH_ACTS
            or earlier.frame.word != later.frame.word
        ):
            return False
        before, now = ({self.sides.side(a) for a in h.actors} for h in (earlier, later))
        if len(before) > 1 and len(now) == 1 and later.targets:
            return False  # "X und Y werfen sich … vor": what each of them says is told in the body
        return bool(before & now)

    def _speech_act(self, earlier: Happening, later: Happening) -> bool:
        if not later.frame.noun or _determiner(later) not in ("definite", "demonstrative", "possessive"):
            return False
        return earlier.sentence != later.sentence and not disjoint(earlier.actors, later.actors)

    # -- nouns ---------------------------------------------------------------------------------------------------------
    def _noun(self, earlier: Happening, later: Happening) -> bool:
        determiner = _determiner(later)
        known = determiner in ("definite", "demonstrative", "possessive") or self._such(later)
        gap = later.sentence - earlier.last_told
        if later.status != earlier.status and {later.status, earlier.status} & _OPEN and determiner != "demonstrative":
            unsure = later.open and known  # "konnte den Angriff nicht bestätigen"
            if later.type not in ("AGREE", "CONSULT") and not unsure:
                return False
        if self._told_once(earlier, later) or self._label(earlier, later):
            return True
        if later.type == "VIOLATE" and earlier.count is None and later.count is not None and gap <= 2:
            return True  # "mehr Verstöße … Es waren 312 Verletzungen"
        if later.type == "COERCE" and later.mode != earlier.mode:
            return False  # "das Kriegsrecht" after arrests
        number = later.phrase is not None and later.phrase.quantity is not None and not known
        if number and later.count != earlier.count:
            return False
        if later.type == "PROTEST" and not later.count:
            return True
        if later.type == "ASSAULT":
            if self._answers(later) and not self._answers(earlier) and not self._one_side(earlier, later):
                return False
            if self._another(later):
                return False
            if later.frame.word == earlier.frame.word and later.frame.word in self.words.standing:
                return not later.count  # lasting fighting, told of once
            if not self._points_back(earlier, later):
                return False
        if known:
            return earlier.sentence != later.sentence or earlier.frame.word != later.frame.word
        if later.mode == earlier.mode == "bombing" and not later.count and not later.places and gap <= 3:
            return True
        summary = earlier.headline and not later.headline
        bare = not (later.places or later.time or later.targets or later.count)
        if (
            summary
            and earlier.frame.word == later.frame.word
            or bare
            and (summary or earlier.frame.word == later.frame.word)
        ):
            return True
        return summary and self.sides.share(earlier, later)

    def _answers(self, happening: Happening) -> bool:
        """A reprisal answers another act ("Vergeltungsschlag", "Gegenangriff")."""
        if not happening.frame.noun:
            return False
        first, word = happening.first_part, happening.frame.word
        return first in self.words.answering or any(word.startswith(w) for w in self.words.answering)

    def _one_side(self, earlier: Happening, later: Happening) -> bool:
        sides = {self.sides.side(a) for a in earlier.actors}
        return bool(sides & {self.sides.side(a) for a in later.actors})

    def _such(self, happening: Happening) -> bool:
        """ "bestritt, dass es einen solchen Angriff gegeben habe": the kind of act that was told before."""
        phrase = happening.phrase
        return phrase is not None and any(
            self.analysis.tokens[i].text.lower() in self.words.such for i in range(phrase.first, phrase.head)
        )

    def _another(self, happening: Happening) -> bool:
        """ "bei einem weiteren Angriff", "die anschließenden Angriffe": not the one told before."""
        phrase = happening.phrase
        return phrase is not None and any(
            self.analysis.tokens[i].lemma.lower() in self.words.another for i in phrase.adjectives
        )

    def _label(self, earlier: Happening, later: Happening) -> bool:
        """ "verurteilte ihn als feigen Anschlag", "deutet auf einen Anschlag hin": what the act told before was."""
        phrase, clause = later.phrase, later.clause
        if later.type != "ASSAULT" or phrase is None or clause is None or clause.predicate not in self.words.labelling:
            return False
        bare = not (later.places or later.time or later.tolls or later.count or later.actors)
        named = bool(phrase.preposition) or phrase is clause.predicative
        if not bare or not named or phrase.determiner not in ("indefinite", "none"):
            return False
        return earlier.status in ("occurred", "ongoing") and earlier.frame.word not in self.words.standing

    def _told_once(self, earlier: Happening, later: Happening) -> bool:
        """Truces, zones, posts of one owner and offensives: a report has one of each."""
        if later.type == "AGREE" and later.mode == earlier.mode and later.mode in ("ceasefire", "zone"):
            return True
        if later.type == "PRESENCE" and later.mode == earlier.mode and later.mode in _POSTS:
            return self.sides.share(earlier, later)
        if later.type == "ADVANCE" and earlier.status == later.status and later.count is None:
            return self.sides.share(earlier, later) or not earlier.actors
        return False

    def _points_back(self, earlier: Happening, later: Happening) -> bool:
        """May the later noun name the earlier act: the same word, a part of it, or a noun for any single act?"""
        generic, standing = self.words.generic, self.words.standing
        one, other = earlier.frame.word, later.frame.word
        if one == other or one.endswith(other) or other.endswith(one):
            return True
        if earlier.mode == "shootdown" != later.mode:
            return False  # "der Angriff" after a drone shot down: hardly that
        lasting = (one in standing) != (other in standing) or (earlier.mode == "clash") != (later.mode == "clash")
        return not lasting and (other in generic or one in generic or not earlier.frame.noun)

    # -- verbs ---------------------------------------------------------------------------------------------------------
    def _verb(self, earlier: Happening, later: Happening) -> bool:
        gap = later.sentence - earlier.last_told
        if later.type in ("PROTEST", "DAMAGE") and later.mode == earlier.mode and not later.count:
            return later.type == "PROTEST" or not later.places and gap <= 3
        clause = later.clause
        if clause is not None and clause.relation == "participle" and later.frame.word == earlier.frame.word:
            return True  # an attribute restates what the report told before
        if later.mode == "clash" and earlier.frame.noun and earlier.frame.word in self.words.standing and gap <= 1:
            if not (later.count or later.time or later.tolls):
                return True  # "Bei Auseinandersetzungen … Dort kämpfen Rebellen gegen die Armee"
        held = clause.object if clause is not None else None
        if later.type == "AGREE" and later.mode in (None, "other") and held is not None and not held.pronoun:
            if held.determiner in ("definite", "demonstrative"):
                return True  # "Das Abkommen sei am Freitag besiegelt worden"
        if earlier.headline and not later.headline and self.sides.share(earlier, later):
            return True
        if gap == 1 and later.type == "ASSAULT" and self._told_in_detail(earlier, later):
            return True
        if later.type == "ADVANCE" and later.mode == earlier.mode and later.status == earlier.status:
            if earlier.actors and later.actors and not later.time and self.sides.share(earlier, later):
                return True  # "die Eroberung der Stadt … Regierungstruppen hätten die Stadt besetzt"
        if later.type == "ADVANCE" and later.mode == earlier.mode == "seize" and later.status == earlier.status:
            if set(earlier.places) & set(later.places):
                return True  # a town is taken once
        if later.mode == earlier.mode and not later.targets and not later.places:
            if later.mode == "bombing" and gap <= 3:
                return True  # "Der Sprengsatz explodierte, als …"
            if later.mode in _ONCE:
                return True  # "…, als er sich in die Luft sprengte"
        actors = bool(set(earlier.actors) & set(later.actors)) or not earlier.actors or not later.actors
        parties = actors and bool(set(earlier.targets) & set(later.targets))
        if parties and later.status == earlier.status and not later.places and not later.time:
            return earlier.frame.word == later.frame.word or earlier.frame.noun
        return False

    def _told_in_detail(self, earlier: Happening, later: Happening) -> bool:
        """ "bestätigte einen Angriff. Kampfjets hätten … bombardiert, teilte sie mit": the same source says how."""
        speakers = (earlier.said.speaker, later.said.speaker)
        if earlier.actors or earlier.targets or not earlier.frame.noun or earlier.frame.word not in self.words.generic:
            return False
        if later.places or later.time is not None or later.count is not None or None in speakers:
            return False
        known = earlier.said.kind == later.said.kind == "attributed"
        return known and len({self.sides.side(s) for s in speakers if s is not None}) == 1

    # -- harms ---------------------------------------------------------------------------------------------------------
    def _harms_listed(self, earlier: Happening, later: Happening) -> bool:
        """ "fünf Zivilisten getötet und zwei weitere verletzt": one harm with two losses."""
        if earlier.type != "HARM" or later.type != "HARM":
            return False
        if (
            earlier.polarity != later.polarity
            or earlier.status != later.status
            or later.sentence - earlier.sentence > 1
        ):
            return False
        if times_apart(earlier, later) or later.places and disjoint(earlier.places, later.places):
            return False
        if later.mode == earlier.mode and numbers_apart(earlier, later):
            return False
        if later.mode != earlier.mode:
            gap = later.sentence - earlier.last_told
            if gap == 0 or gap <= 2 and bool(set(earlier.targets) & set(later.targets)):
                return True
        return any(t.additional for t in later.tolls)

    def _headline_of_harm(self, earlier: Happening, later: Happening) -> bool:
        """The headline names the harm, the body the act: the numbers say that it is one."""
        if earlier.type != "HARM" or later.type != "ASSAULT" or not earlier.headline:
            return False
        return any((a.harm, a.low) == (b.harm, b.low) for a in earlier.tolls for b in later.tolls)

    def _harm_of_act(self, earlier: Happening, later: Happening) -> bool:
        """A later harm without an act of its own belongs to the act told before."""
        if earlier.type != "ASSAULT" or later.type != "HARM" or later.mode == "displaced":
            return False  # flight stands beside the act that people flee from (codebook 13.12)
        nobody = bool(later.tolls) and all(t.low == t.high == 0 for t in later.tolls)  # "verletzt worden sei niemand"
        if earlier.polarity != later.polarity and not nobody or times_apart(earlier, later):
            return False
        if earlier.status not in ("occurred", "ongoing") or later.status != "occurred":
            return False
        if numbers_apart(earlier, later) and later.said.kind != "reporter":
            return False  # another source's number is another version (codebook 13.1)
        if self._looked_back(earlier, later):
            return False
        gap = later.sentence - earlier.last_told
        if gap >= 0 and self._near(earlier, later, gap, nobody):
            return True
        if disjoint(earlier.targets, later.targets):
            return False
        if later.frame.noun and _determiner(later) in ("definite", "demonstrative") and not later.tolls:
            return bool(earlier.tolls) and later.sentence - earlier.sentence <= 6
        numbers = {(t.harm, t.low, t.high) for t in earlier.tolls}
        return any((t.harm, t.low, t.high) in numbers for t in later.tolls)

    def _looked_back(self, earlier: Happening, later: Happening) -> bool:
        """ "… Bereits am Freitag hatten Truppen eingegriffen; dabei war ein Pilot gestorben": harm of what was told between."""
        clause, act = later.clause, earlier.clause
        if clause is None or clause.tense != "pluperfect" or act is None or act.tense == "pluperfect":
            return False
        return any(
            c.tense == "pluperfect" and c.relation in ("main", "coordinated") and earlier.trigger[1] <= c.start
            for c in self.analysis.clauses
            if c.sentence == clause.sentence and c.start < clause.start
        )

    def only_act(self, kept: Sequence[Happening], harm: Happening) -> Happening | None:
        """ "… Drei Menschen wurden verletzt", some sentences on: losses of the only act of force of the paragraph."""
        clause, paragraph = harm.clause, self.analysis.sentences[harm.sentence].paragraph
        if (
            harm.type != "HARM"
            or harm.frame.noun
            or harm.period
            or not harm.tolls
            or harm.places
            or harm.time is not None
        ):
            return None
        if clause is None or clause.voice != "passive" or clause.agent is not None or clause.relation != "main":
            return None
        if clause.tense == "pluperfect" or harm.polarity != "positive" or harm.status != "occurred":
            return None
        acts = [
            k
            for k in kept
            if k.type in ("ASSAULT", "HARM") and self.analysis.sentences[k.sentence].paragraph == paragraph
        ]
        if (
            len(acts) != 1
            or acts[0].type != "ASSAULT"
            or acts[0].status != "occurred"
            or acts[0].polarity != "positive"
        ):
            return None
        act = acts[0]
        if ages_apart(act, harm, self.analysis.published):
            return None
        harms = {t.harm for t in act.tolls}
        if harm.sentence - act.last_told > _LOSS_REACH or any(t.harm in harms for t in harm.tolls):
            return None
        return None if self.sides.apart(act.targets, harm.targets) else act

    def _near(self, earlier: Happening, later: Happening, gap: int, nobody: bool) -> bool:
        sentences = self.analysis.sentences
        paragraph = sentences[later.sentence].paragraph == sentences[earlier.last_told].paragraph
        additional = any(t.additional for t in later.tolls)
        if nobody and gap <= 1:
            return True
        others_word = not paragraph and not self._one_source(earlier, later)
        if additional and gap <= 2 and not others_word or self._here(later) and gap <= 1 and paragraph:
            return True
        elsewhen = later.time is not None and (earlier.time is None or later.time.expression != earlier.time.expression)
        if not paragraph or not later.tolls or elsewhen or later.places:
            return False
        if (
            gap == 0
            and earlier.latest == later.sentence
            and all(a.harm != b.harm for a in earlier.tolls for b in later.tolls)
        ):
            return True  # "… Zwei Polizisten wurden getötet, fünf Passanten verletzt."
        if later.frame.noun:
            return gap <= 2  # "98 Tote seien Flüchtlinge"
        if earlier.status == "ongoing" and gap <= 1:
            for toll in later.tolls:
                toll.total = True
            return True  # "Seit 2014 kämpfen … Mehr als 13 000 Menschen wurden getötet."
        agent = later.clause is None or later.clause.agent is not None and bool(later.actors)
        # "Eine Autobombe explodierte. Zwei Menschen wurden getötet."
        others = disjoint(earlier.targets, later.targets) and not all(self.sides.anybody(t) for t in later.targets)
        return gap <= 1 and earlier.trigger < later.trigger and not agent and not earlier.tolls and not others

    def _one_source(self, earlier: Happening, later: Happening) -> bool:
        """Does the same side tell of both, or the report of one?"""
        told = [earlier.said, *(t.said or later.said for t in later.tolls)]
        if any(said.kind == "reporter" for said in told):
            return True
        speakers = {None if said.speaker is None else self.sides.side(said.speaker) for said in told}
        return len(speakers) == 1 and None not in speakers

    def _here(self, happening: Happening) -> bool:
        """The sentence begins with "dabei", "dadurch" and the like."""
        first = self.analysis.sentences[happening.sentence].first
        tokens = self.analysis.tokens[first : first + 6]
        return any(token.text.lower() in self.words.here for token in tokens)


def _determiner(happening: Happening) -> str:
    return happening.phrase.determiner if happening.phrase is not None else "none"

"""The events of a report: candidates from frames, with roles, status, losses and voice, one per happening (codebook 4 to 10)."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.extraction.actors import Actors
from trucewatch.extraction.acts_apart import ActsApart
from trucewatch.extraction.background import mark_background
from trucewatch.extraction.charges import Charges
from trucewatch.extraction.contents import Contents
from trucewatch.extraction.denied import Denied
from trucewatch.extraction.domain import Domain
from trucewatch.extraction.evidence import Witness
from trucewatch.extraction.frames import frames
from trucewatch.extraction.gate import Gate
from trucewatch.extraction.happening import Happening, Said, Toll
from trucewatch.extraction.headlines import heads_of_lead
from trucewatch.extraction.inversion import put_right
from trucewatch.extraction.losses import Losses
from trucewatch.extraction.matching import Matcher
from trucewatch.extraction.merging import Merger
from trucewatch.extraction.not_so import NotSo
from trucewatch.extraction.own_acts import OwnActs
from trucewatch.extraction.periods import note_period
from trucewatch.extraction.places import Places
from trucewatch.extraction.pointing import Pointing
from trucewatch.extraction.roles import PhraseKinds, Roles
from trucewatch.extraction.speech_cues import is_noun_of
from trucewatch.extraction.spokespersons import name_bodies
from trucewatch.extraction.statements import statements
from trucewatch.extraction.status import Statuses
from trucewatch.extraction.told_again import Sides
from trucewatch.extraction.unreal import Unreal
from trucewatch.extraction.versions import Versions
from trucewatch.extraction.voice import VoiceOf, Voices
from trucewatch.language.analysis import Analysis, Phrase
from trucewatch.record import Span, TimeExpression

_SPEECH_ACTS = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "CONCEDE", "STATE", "SUPPORT"})


_TALKED_OF = frozenset({"RETREAT", "AGREE", "AID", "MOBILIZE", "COOPERATE"})
_FORCE = frozenset({"ASSAULT", "HARM", "DAMAGE", "ADVANCE"})


class EventFinder:
    """Everything that finding events needs, made once per report."""

    def __init__(
        self, analysis: Analysis, actors: Actors, places: Places, times: Sequence[TimeExpression], voices: Voices
    ) -> None:
        self.analysis = analysis
        self.actors = actors
        self.places = places
        self.voices = voices
        self.times = times
        self.table = frames(analysis.language)
        kinds = PhraseKinds(actors, places)
        put_right(analysis, self.table, kinds)
        self.matcher = Matcher(analysis, self.table, kinds)
        self.roles = Roles(analysis, self.matcher, self.table, actors, places, times)
        self.losses = Losses(analysis, self.roles, actors)
        self.statuses = Statuses(analysis)
        self.not_so = NotSo(analysis, actors, voices)
        self.domain = Domain(analysis, (place.country for place in places.all))
        self.gate = Gate(self.domain, Witness(analysis, self.matcher, self.domain), Unreal(analysis, times, kinds))
        self.charges = Charges(analysis, self.side)
        self.first_of: dict[str, int] = {}
        """Country -> the actor that stands for its side."""
        name_bodies(analysis, actors, voices.stretches)
        self.own_acts = OwnActs(analysis, actors, places, self.table, self.side)

    def find(self) -> list[Happening]:
        """All happenings of the report in text order."""
        candidates = self._candidates()
        contents = Contents(self.analysis, self.matcher)
        for candidate in sorted(candidates, key=lambda c: self._depth(c)):
            contents.note(candidate)
        kept: list[Happening] = []
        for candidate in candidates:
            holder = contents.of(candidate)
            if holder is not None and self.roles.setting.framing.answered(candidate):
                holder = None
            governed = self._governed(candidate, holder)
            self.roles.fill(candidate)
            self.losses.read(candidate)
            if not self.statuses.decide(candidate, governed):
                continue
            self._voice(candidate, holder)
            if not self.not_so.settle(candidate):
                continue
            for toll in candidate.tolls:
                toll.said = self._teller(candidate, toll)
            note_period(self.analysis, candidate)
            if candidate.status == "planned" and self._own_force(candidate):
                candidate.status = "threatened"
            kept.append(candidate)
            if holder is not None and candidate not in holder.about:
                holder.about.append(candidate)
        versions = Versions(self.analysis, self.actors, self.table, self.side).find(kept)
        kept = sorted([*self.not_so.denials(kept), *versions], key=lambda h: h.trigger)
        kept = self.own_acts.settle(kept, contents)
        for candidate in kept:  # "man werde alle Schiffe angreifen": only now it is known who
            if candidate.status == "planned" and self._own_force(candidate):
                candidate.status = "threatened"
        self.not_so.turned_down(kept)
        self._understood(kept)
        self._accused(kept)
        self.charges.one_accusation(kept)
        self.charges.accused(kept)
        self.charges.denied(kept, self._named_in(kept, "REJECT"))
        Denied(self.analysis, contents, self.side).settle(kept)
        sides = Sides(self.side, self._anybody, self._named, self._contained())
        merged = Merger(self.analysis, sides).merge(kept)
        apart = ActsApart(self.analysis, self.places, self.times)
        merged = [act for happening in merged for act in apart.split(happening)]
        heads_of_lead(self.analysis, merged, self._contained())
        for happening in merged:
            happening.places = self.roles.setting.narrow(happening.places)
        self._to_come(merged)
        self._denials(merged)
        self._disclaimers(merged)
        merged.extend(statements(self, merged, contents))
        merged.sort(key=lambda h: h.trigger)
        mark_background(self.analysis, merged, self.times)
        Pointing(self.analysis, self.matcher, self.table, self.places, sides).note(merged)
        self._link(merged)
        self.own_acts.link(merged)
        return merged

    def _to_come(self, merged: list[Happening]) -> None:
        """ "treffen sich am Montag": what is told for a day after publication has not happened yet."""
        published = self.analysis.published
        for happening in merged:
            start = happening.time.from_ if happening.time is not None else None
            present = happening.clause is not None and happening.clause.tense == "present"
            if happening.type in _SPEECH_ACTS or not present or happening.status != "occurred":
                continue
            if published and start and start[:10] > published[:10]:
                happening.status = "planned"
                happening.why.append("told for a day after publication")

    def _understood(self, kept: list[Happening]) -> None:
        """Who is to do what a noun in a demand or threat names: those addressed, or those who threaten."""
        for act in kept:
            for content in act.about:
                if content.actors or not content.frame.noun:
                    continue
                if act.type == "REQUEST" and act.targets and content.status == "demanded":
                    content.actors = [a for a in act.targets if a not in content.targets]
                elif act.type == "THREATEN" and content.status == "threatened":
                    content.actors = [a for a in act.actors if a not in content.targets]

    def _own_force(self, happening: Happening) -> bool:
        """Force that its speaker says he will use: a threat (codebook 13.7)."""
        if (
            happening.type not in ("ASSAULT", "ADVANCE", "COERCE")
            or happening.said.kind != "attributed"
            or happening.frame.noun
        ):
            return False
        if happening.clause is None or happening.clause.modal == "sollen" or happening.clause.voice == "passive":
            return False
        speaker = happening.said.speaker
        if speaker is None or not happening.actors:
            return False
        return (
            any(self.side(a) == self.side(speaker) for a in happening.actors)
            or self.actors.all[speaker].kind == "person"
        )

    def side(self, actor: int) -> int:
        """The side that ``actor`` stands on: the first actor of its country, else the last in the chain of whom it acts for."""
        for _ in range(6):
            entry = self.actors.all[actor]
            if entry.country is not None:
                return self.first_of.setdefault(entry.country, actor)
            if entry.acts_for is None or entry.acts_for == actor:
                break
            actor = entry.acts_for
        return actor

    def _anybody(self, actor: int) -> bool:
        return self.actors.all[actor].kind in ("civilians", "group") and self.actors.all[actor].entity is None

    def _named(self, actor: int) -> bool:
        """Does a name say who it is ("ein Mann", "der mutmaßliche Agent": no)?"""
        entry = self.actors.all[actor]
        owned = entry.country is not None or entry.acts_for is not None
        forces = entry.kind in ("armed_forces", "armed_group") and not owned  # "die Einheiten"
        nameless = forces or entry.kind in ("person", "civilians", "group")
        return entry.entity is not None or entry.named or not nameless

    def _denials(self, merged: list[Happening]) -> None:
        """The accused party's bare "we did not": a denial of the charge, not an event of its own (codebook 13.21)."""
        for happening in list(merged):
            if happening.polarity != "negative" or happening.frame.noun or happening.said.kind != "attributed":
                continue
            speaker = happening.said.speaker
            if (
                happening.type not in ("VIOLATE", "ASSAULT", "ADVANCE", "COERCE", "MOBILIZE", "SUPPORT", "ACCUSE")
                or speaker is None
            ):
                continue
            doers = happening.targets if happening.type == "ACCUSE" else happening.actors
            if not any(self.side(a) == self.side(speaker) for a in doers):
                continue
            if happening.type == "ACCUSE":  # "wir sind nicht verantwortlich"
                happening.type, happening.mode, happening.polarity = "REJECT", "denial", "positive"
                happening.actors, happening.targets, happening.said = [speaker], [], Said()
                continue
            if happening.headline and self._told_in_the_body(happening, speaker, merged):
                continue
            charge = next(
                (
                    h
                    for h in merged
                    if h.type == happening.type and h is not happening and h.trigger < happening.trigger
                ),
                None,
            )
            if charge is None:
                continue
            happening.type, happening.mode, happening.polarity = "REJECT", "denial", "positive"
            happening.actors, happening.targets, happening.places, happening.tolls = [speaker], [], [], []
            happening.about, happening.said = [charge], Said()
            happening.status = "occurred"
            happening.why.append("the accused denies the charge")

    def _told_in_the_body(self, denial: Happening, speaker: int, merged: list[Happening]) -> bool:
        """A headline's "we did not" that the body tells as a denial: the headline only mentions the act denied."""
        told = [
            h
            for h in merged
            if h.type == "REJECT" and not h.headline and self.side(speaker) in {self.side(a) for a in h.actors}
        ]
        charge = next(
            (h for h in merged if h.type == denial.type and h is not denial and h.polarity == "positive"), None
        )
        if not told or charge is None:
            return False
        charge.mentions.append(denial.trigger)
        merged.remove(denial)
        return True

    def _accused(self, candidates: list[Happening]) -> None:
        """What an accusation speaks of is the accuser's word; "für … verantwortlich": the accused did it, in that word."""
        nouns = {c.token: c for c in candidates if c.frame.noun}
        for act in candidates:
            if act.type != "ACCUSE" or act.clause is None:
                continue
            for slot in act.frame.about:
                for phrase in self.matcher.slot(act.clause, slot, act.phrase if act.frame.noun else None):
                    for part in phrase.parts():
                        blamed = nouns.get(part.head)
                        if blamed is not None and blamed.type not in _SPEECH_ACTS:
                            self._blame(act, blamed, slot, phrase.determiner in ("definite", "demonstrative"))

    def _named_in(self, candidates: list[Happening], kind: str) -> dict[int, list[Happening]]:
        """Acts of speech of one type (by their tokens) with the event nouns inside what they are about."""
        nouns = {c.token: c for c in candidates if c.frame.noun and c.type not in _SPEECH_ACTS}
        found: dict[int, list[Happening]] = {}
        for act in (c for c in candidates if c.type == kind and c.clause is not None):
            for phrase in self.roles.phrases(act, act.frame.about):
                for inner in phrase.walk():
                    held = nouns.get(inner.head)
                    if held is None:
                        continue
                    found.setdefault(act.token, []).append(held)
                    if inner is not phrase and held.said.kind == "reporter" and self._tells(phrase):
                        held.said = Said("hearsay")  # "dementierte Berichte über die Einnahme von X"
        return found

    def _tells(self, phrase: Phrase) -> bool:
        """Is the phrase's noun one of saying ("Berichte", "den Vorwurf")?"""
        known = self.voices.known
        return is_noun_of(self.analysis.tokens[phrase.head], known.content_nouns | known.vague_nouns)

    def _disclaimers(self, merged: list[Happening]) -> None:
        """ "betonte, nichts gewusst zu haben": the act is the saying, in the voice of whoever reports it (codebook 4, STATE)."""
        for happening in merged:
            clause = happening.clause
            if (
                happening.mode != "disclaim_knowledge"
                or happening.frame.noun
                or clause is None
                or clause.parent is None
            ):
                continue
            parent = self.analysis.clauses[clause.parent]
            if clause.relation not in ("infinitive", "complement") or parent.predicate not in self.table.report_verbs:
                continue
            token = self.analysis.tokens[parent.predicate_tokens[0]]
            happening.mentions.append(happening.trigger)
            happening.trigger, happening.token = (token.start, token.end), token.i
            found = self.voices.voice_of(token.start, token.end, frame_verb=True)
            happening.said = Said(found.kind, self._one(found.speaker), self._one(found.via), found.cue)

    def _blame(self, act: Happening, blamed: Happening, slot: str, known: bool) -> None:
        if not blamed.actors and not known and slot != "object":
            blamed.actors = [a for a in act.targets if a not in blamed.targets]
        if blamed.said.kind == "reporter":
            kind = "attributed" if act.actors or slot == "object" else "hearsay"
            blamed.said = Said(kind, act.actors[0] if act.actors else None, None, act.trigger)
            blamed.why.append(f"spoken of in {act.rule}: the accuser's word")

    def _candidates(self) -> list[Happening]:
        found: list[Happening] = []
        used: set[int] = set()
        beside: set[tuple[int, str]] = set()
        told: set[int] = set()
        verbs = list(self.matcher.verbs())
        self.gate.look([*verbs, *self.matcher.nouns(frozenset())])
        held: list[Happening] = []
        for happening in verbs:
            if not self.gate.admits(happening):
                held.append(happening)
                continue
            found.append(happening)
            used.add(happening.token)
            beside.update((i, happening.type) for i in happening.beside)
            told.update(happening.beside)
            clause = happening.clause
            if clause is not None:
                used.update(clause.predicate_tokens)
        for happening in self.matcher.nouns(frozenset(used)):
            if not self.gate.admits(happening):
                continue
            told_so = happening.token in told and happening.type in ("HARM", "DAMAGE")
            if (happening.token, happening.type) in beside or told_so:
                continue  # "auf einen Sprengsatz fahren", "zum Tod verurteilen": the verb has told it
            found.append(happening)
        found.extend(h for h in held if self._harm_of_force(h, found))
        for happening in found:
            happening.headline = self.analysis.sentences[happening.sentence].kind == "headline"
        return sorted(found, key=lambda h: h.trigger)

    def _harm_of_force(self, harm: Happening, found: list[Happening]) -> bool:
        """ "Ein Bus fuhr auf eine Mine. Neun Menschen starben": the act of force right before says what they died of."""
        if harm.type != "HARM" or not self.domain.pure or harm.frame.tally is not None:
            return False
        return any(h.type == "ASSAULT" and 0 <= harm.sentence - h.sentence <= 1 for h in found)

    def _depth(self, happening: Happening) -> int:
        depth, clause = 0, happening.clause
        while clause is not None and clause.parent is not None and depth < 20:
            clause = self.analysis.clauses[clause.parent]
            depth += 1
        return 2 * depth + happening.frame.noun

    def _governed(self, candidate: Happening, holder: Happening | None) -> str | None:
        if holder is not None and holder.type == "CONSULT" and self._discussed(candidate):
            return "possible"
        if (
            holder is None
            or holder.frame.content_status is None
            or candidate.clause is not None
            and candidate.clause.relation == "participle"
            and not candidate.frame.noun
        ):
            return None
        if holder.polarity == "negative" or holder.clause is not None and holder.clause.relation == "participle":
            return None
        if holder.type == "REJECT" and (
            candidate.type in _SPEECH_ACTS or candidate.type == "AGREE" and candidate.frame.noun
        ):
            return None  # "lehnte die Forderung ab": it was made all the same
        if candidate.frame.noun and candidate.clause is not holder.clause and self._only_spoken_of(candidate):
            return None  # "rief dazu auf, den Angriff zu verurteilen": the attack took place
        return holder.frame.content_status

    def _discussed(self, candidate: Happening) -> bool:
        """ "sprachen über eine Freilassung der Gefangenen": what talks are about is not there yet."""
        phrase = candidate.phrase
        new = phrase is not None and phrase.determiner in ("indefinite", "none")
        return new and candidate.frame.noun and candidate.type in _TALKED_OF

    def _only_spoken_of(self, candidate: Happening) -> bool:
        """Does a verb of saying inside the content hold a known act?"""
        phrase, framing = candidate.phrase, self.roles.setting.framing
        known = phrase is not None and phrase.determiner in ("definite", "demonstrative")
        return known and candidate.type in _FORCE and framing.speaks_of(candidate)

    # -- who says so -------------------------------------------------------------------------------------------------
    def _voice(self, happening: Happening, holder: Happening | None) -> None:
        start, end = happening.trigger
        frame_verb = happening.type in _SPEECH_ACTS and not happening.frame.noun
        found = self.voices.voice_of(start, end, frame_verb=frame_verb)
        said = Said(found.kind, self._one(found.speaker), self._one(found.via), found.cue)
        if said.speaker is None and self._under_place(found):
            said = Said()
        if (
            holder is not None
            and holder.type in ("REQUEST", "THREATEN", "ACCUSE", "REJECT", "CONCEDE", "STATE")
            and said.kind == "reporter"
            and not (holder.type == "REJECT" and happening.frame.noun)
        ):
            if holder.frame.content_status is not None or holder.type == "ACCUSE":
                said = Said("attributed", holder.actors[0] if holder.actors else None, None, holder.trigger)
                happening.why.append(f"content of {holder.rule}: attributed to its speaker")
        reported = self._own_words(happening, found)
        if (
            said.kind == "attributed"
            and said.speaker is not None
            and said.speaker in happening.actors
            and reported
            and happening.type in _SPEECH_ACTS
        ):
            said = Said("attributed", said.via, None, said.cue) if said.via is not None else Said()
            happening.why.append("its own act of saying: in the voice of whoever reports it")
        if holder is not None and holder.type == "REQUEST" and said.kind == "hearsay" and said.speaker is None:
            said = Said("attributed", holder.actors[0] if holder.actors else None, None, holder.trigger)
        if happening.type == "REQUEST" and not happening.actors and not happening.frame.noun:
            happening.actors = self._asking(happening, said)
        if said.kind == "reporter" and self.hedged(happening):
            said = Said("hearsay", None, None, None)
        unnamed = happening.type in ("ACCUSE", "REQUEST") and not happening.actors and not happening.frame.noun
        if unnamed and said.kind == "attributed" and said.speaker is not None and said.speaker not in happening.targets:
            happening.actors = [said.speaker]  # "X wird aufgefordert …, so Y": who says so is who demands
        happening.said = said
        happening.why.append(f"voice {said.kind}")

    def _under_place(self, found: VoiceOf) -> bool:
        """ "Goma: Viele Opfer nach Angriff": a headline that begins with where, and says nobody's words."""
        stretch = None if found.stretch is None else self.voices.stretches[found.stretch]
        if stretch is None or stretch.rule != "colon" or found.speaker is None:
            return False
        named = bool(self.places.in_phrase(found.speaker))
        words = (t for t in self.analysis.tokens if any(a <= t.start < b for a, b in stretch.content))
        return named and not any(t.coarse in ("VERB", "AUX") and t.moods for t in words)

    def _asking(self, happening: Happening, said: Said) -> list[int]:
        """ "Das Land werde aufgefordert, …, so der Präsident": who says so asks."""
        speaker, clause = said.speaker, happening.clause
        if said.kind != "attributed" or speaker is None or clause is None or clause.voice != "passive":
            return []
        return [] if self.actors.all[speaker].kind == "media" or speaker in happening.targets else [speaker]

    def _own_words(self, happening: Happening, found: VoiceOf) -> bool:
        """The trigger stands in the very clause that tells of the act of saying ("sicherte der Regierung Beistand zu")."""
        frame = None if found.stretch is None else self.voices.stretches[found.stretch]
        if frame is not None and frame.kind == "Reported":
            return True
        clause = happening.clause
        if clause is None or clause.subject is None or frame is not None and frame.clause != clause.i:
            return False
        return self._one(found.speaker) in self.actors.of(clause.subject)

    def hedged(self, happening: Happening) -> bool:
        """An adjective of hearsay stands before the event noun ("angebliche Angriffe")."""
        if happening.phrase is None:
            return False
        words = self.statuses.words.attribute
        return any(words.get(self.analysis.tokens[i].lemma.lower()) == "hearsay" for i in happening.phrase.adjectives)

    def _one(self, phrase: Phrase | None) -> int | None:
        if phrase is None:
            return None
        found = self.actors.of(phrase)
        return found[0] if found else None

    def said_at(self, span: Span) -> Said:
        """Who says the words at ``span``."""
        found = self.voices.voice_of(span[0], span[1])
        return Said(found.kind, self._one(found.speaker), self._one(found.via), found.cue)

    def _teller(self, happening: Happening, toll: Toll) -> Said:
        """Who gives the number: the words around it, or whoever the whole count is from ("bezifferte die Zahl auf 33")."""
        said = self.said_at(toll.span)
        return happening.said if happening.frame.tally is not None and said.kind == "reporter" else said

    # -- together ------------------------------------------------------------------------------------------------------
    def _contained(self) -> dict[int, set[int]]:
        """Places that lie in one another, as far as precision and country tell."""
        wide = {"country": 4, "region": 3, "admin1": 2, "admin2": 1}
        found: dict[int, set[int]] = {}
        for i, one in enumerate(self.places.all):
            for j, other in enumerate(self.places.all):
                if i == j:
                    continue
                a, b = wide.get(one.precision, 0), wide.get(other.precision, 0)
                line = "line" in (one.precision, other.precision)  # a border runs along places of its country
                if (a != b or line) and (one.country is None or other.country is None or one.country == other.country):
                    found.setdefault(i, set()).add(j)
        return found

    def _link(self, merged: list[Happening]) -> None:
        """Give accusations and denials the happening they speak of, where the words put it in their ``about`` slots."""
        by_token = {h.token: h for h in merged}
        spans = {m: h for h in merged for m in [h.trigger, *h.mentions]}
        for act in merged:
            told = [a if a in merged else spans.get(a.trigger) for a in act.about]
            act.about = list({id(a): a for a in told if a is not None and a is not act}.values())
            if act.about or not act.frame.about:
                continue
            for slot in act.frame.about:
                for phrase in self.roles.phrases(act, [slot]):
                    for inner in phrase.walk():
                        token = self.analysis.tokens[inner.head]
                        hit = by_token.get(inner.head) or spans.get((token.start, token.end))
                        if hit is not None and hit is not act and hit not in act.about:
                            act.about.append(hit)
        self.charges.link(merged)

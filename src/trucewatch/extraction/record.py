"""Puts the record together: from a report and its analysis to schema ``trucewatch/1`` (codebook section 2)."""

from __future__ import annotations

from trucewatch.extraction.actors import Actors, find_actors
from trucewatch.extraction.events import EventFinder
from trucewatch.extraction.happening import Happening, Said, Toll
from trucewatch.extraction.places import Places, find_places
from trucewatch.extraction.speech import find_speech
from trucewatch.extraction.speech_model import Stretch
from trucewatch.extraction.times import find_times
from trucewatch.extraction.times_tense import tense_at
from trucewatch.extraction.voice import Voices
from trucewatch.language.analysis import Analysis
from trucewatch.reading.report import Report
from trucewatch.record import ROUGH, Actor, Count, Event, Loss, Place, Record, ReportInfo, Span, Speech, Voice


def extract(report: Report, analysis: Analysis) -> Record:
    """The record of ``report``, whose ``legible`` text ``analysis`` describes."""
    places = find_places(analysis)
    actors = find_actors(analysis, places)
    times = find_times(analysis.text, analysis.published, analysis.tokens, tense_at(analysis))
    stretches = find_speech(analysis)
    voices = Voices(analysis, stretches)
    finder = EventFinder(analysis, actors, places, times, voices)
    happenings = finder.find()
    builder = _Builder(analysis, actors, places, finder)
    speech = builder.speech(stretches)
    events = builder.events(happenings)
    info = report_info(report)
    note = finder.gate.note(happenings)
    if note is not None:
        info.notes.append(note)
    record = Record(
        report=info,
        actors=builder.actors(),
        places=builder.places(),
        events=events,
        speech=speech,
        times=times,
    )
    return record


class _Builder:
    """Gives ids by first position and turns indices into ids; keeps only what something refers to."""

    def __init__(self, analysis: Analysis, actors: Actors, places: Places, finder: EventFinder) -> None:
        self.analysis = analysis
        self.all_actors = actors
        self.all_places = places
        self.finder = finder
        self.actor_used: set[int] = set()
        self.place_used: set[int] = set()
        self._speech: list[tuple[Stretch, int | None]] = []

    # -- events ------------------------------------------------------------------------------------------------------
    def events(self, happenings: list[Happening]) -> list[Event]:
        """The events with ids; call after ``speech`` so that all actors in use are known."""
        for happening in happenings:
            self.actor_used.update(happening.actors, happening.targets)
            self.actor_used.update(t.who for t in happening.tolls if t.who is not None)
            self.actor_used.update(x for x in (happening.said.speaker, happening.said.via) if x is not None)
            self.place_used.update(happening.places)
        self._close()
        ids = {id(h): f"e{n}" for n, h in enumerate(happenings, 1)}
        return [self._event(h, ids) for h in happenings]

    def _close(self) -> None:
        """Whom the actors in use act for is in use too."""
        todo = list(self.actor_used)
        while todo:
            entry = self.all_actors.all[todo.pop()]
            for other in (entry.acts_for, entry.label_by):
                if other is not None and other not in self.actor_used:
                    self.actor_used.add(other)
                    todo.append(other)
        order = sorted(self.actor_used, key=lambda i: (min(self.all_actors.all[i].mentions, default=(1 << 60, 0)), i))
        self.actor_ids = {i: f"a{n}" for n, i in enumerate(order, 1)}
        order = sorted(self.place_used, key=lambda i: (min(self.all_places.all[i].mentions, default=(1 << 60, 0)), i))
        self.place_ids = {i: f"p{n}" for n, i in enumerate(order, 1)}

    def _event(self, happening: Happening, ids: dict[int, str]) -> Event:
        low, high = self._evidence(happening)
        mentions = sorted({happening.trigger, *happening.mentions})
        return Event(
            id=ids[id(happening)],
            type=happening.type,  # type: ignore[arg-type]
            mode=happening.mode or None,
            trigger=happening.trigger,
            actors=self._ids(happening.actors),
            targets=self._ids(happening.targets),
            places=[self.place_ids[i] for i in dict.fromkeys(happening.places)],
            time=happening.time,
            losses=[self._loss(t, happening) for t in happening.tolls],
            count=self._count(happening),
            status=happening.status,  # type: ignore[arg-type]
            polarity=happening.polarity,  # type: ignore[arg-type]
            voice=self._voice(happening.said),
            about=sorted((ids[id(a)] for a in happening.about if id(a) in ids), key=lambda e: int(e[1:])),
            background=happening.background,
            withdraws=happening.frame.withdraws,
            mentions=mentions,
            evidence=(low, high),
            rule=happening.rule,
            why=list(happening.why),
        )

    def _ids(self, actors: list[int]) -> list[str]:
        return [self.actor_ids[i] for i in dict.fromkeys(actors)]

    def _evidence(self, happening: Happening) -> Span:
        """The clause that carries the event, at least the trigger and its noun phrase; never beyond its sentence."""
        low, high = happening.trigger
        if happening.clause is not None:
            low, high = min(low, happening.clause.start), max(high, happening.clause.end)
        return low, high

    def _count(self, happening: Happening) -> Count | None:
        if happening.count is None:
            return None
        return Count(low=happening.count[0], high=happening.count[1], bound=happening.count_bound)

    def _loss(self, toll: Toll, happening: Happening) -> Loss:
        said = toll.said or self.finder.said_at(toll.span)
        own = said if (said.kind, said.speaker) != (happening.said.kind, happening.said.speaker) else None
        if own is not None and own.kind == "reporter" and happening.said.kind != "reporter":
            own = None  # a claim's numbers stay a claim's
        if own is not None and own.speaker is not None and own.speaker not in self.actor_ids:
            own = Said(own.kind, None, None, own.cue)
        return Loss(
            harm=toll.harm,  # type: ignore[arg-type]
            who=self.actor_ids.get(toll.who) if toll.who is not None else None,
            low=toll.low,
            high=toll.high,
            expression=toll.span,
            approximate=toll.approximate,
            total=toll.total,
            part_of_total=toll.part,
            voice=self._voice(own) if own is not None else None,
            words=self.analysis.text[slice(*toll.words)] if toll.words is not None else None,
            vague=toll.bound in ROUGH,
            bound=toll.bound,
        )

    def _voice(self, said: Said) -> Voice:
        return Voice(
            kind=said.kind,  # type: ignore[arg-type]
            speaker=self.actor_ids.get(said.speaker) if said.speaker is not None else None,
            via=self.actor_ids.get(said.via) if said.via is not None else None,
            cue=said.cue,
        )

    # -- the rest ----------------------------------------------------------------------------------------------------
    def speech(self, stretches: list[Stretch]) -> list[Speech]:
        """The stretches as written; their speakers' actor ids are filled in by ``actors``."""
        self._written: list[tuple[Speech, int | None]] = []
        for stretch in stretches:
            found = self.all_actors.of(stretch.speaker) if stretch.speaker is not None else []
            actor = found[0] if found else None
            if actor is not None:
                self.actor_used.add(actor)
            written = Speech(
                kind=stretch.kind,
                content=stretch.content,
                speaker=stretch.speaker_spans,
                cue=stretch.cue,
                addressee=stretch.addressee,
                frame=stretch.frame,
            )
            self._written.append((written, actor))
        return [w for w, _ in self._written]

    def actors(self) -> list[Actor]:
        """The actors in use, by first mention; fills in the speech list's actor ids."""
        for written, actor in self._written:
            if actor is not None:
                written.speaker_actor = self.actor_ids[actor]
        out = []
        for i, ident in self.actor_ids.items():
            entry = self.all_actors.all[i]
            out.append(
                Actor(
                    id=ident,
                    name=entry.name,
                    kind=entry.kind,
                    entity=entry.entity,
                    acts_for=self.actor_ids.get(entry.acts_for) if entry.acts_for is not None else None,
                    label_by=self.actor_ids.get(entry.label_by) if entry.label_by is not None else None,
                    mentions=sorted(set(entry.mentions)),
                    country=entry.country,
                )
            )
        return out

    def places(self) -> list[Place]:
        """The places in use, by first mention."""
        return [
            self.all_places.all[i].model_copy(
                update={"id": ident, "mentions": sorted(set(self.all_places.all[i].mentions))}
            )
            for i, ident in self.place_ids.items()
        ]


def report_info(report: Report) -> ReportInfo:
    """What is known of the report itself, as the record writes it."""
    return ReportInfo(
        id=report.id,
        language=report.language,
        title=report.title,
        published=report.published,
        publisher=report.publisher,
        agencies=list(report.agencies),
        datelines=list(report.datelines),
        characters=len(report.text),
        encoding=report.encoding,
        notes=list(report.notes),
    )

"""One report as HTML: the text with its marks, and the lists beside it; part of a page (reporting/html.py)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from trucewatch.record import Record
from trucewatch.reporting.marks import CAUTION, Mark, Segment, marks_of, segments
from trucewatch.reporting.view import EventView, Part, RecordView, Row, clean
from trucewatch.reporting.words import VOICE_SIGN, Language, Words, words
from trucewatch.shown import shown_lines


@dataclass(frozen=True, slots=True)
class Article:
    """One report as HTML, with what an index says about it."""

    body: str
    title: str
    about: str
    counts: dict[str, int]
    """Events in each voice."""
    prefix: str
    """Stands before every id, to keep reports on one page apart."""
    rules: str
    """CSS that lights up the words of what is pointed at."""


def article(record: Record, prefix: str, language: Language = "de", name: str | None = None) -> Article:
    """One report as part of a page; ``prefix`` ("r1-") keeps its ids apart from those of others."""
    view = RecordView(record, words(language))
    writer = _Writer(view, prefix)
    title = clean(record.report.title or view.title() or name or "")
    return Article(writer.article(title), title, " · ".join(view.about()), view.counts(), prefix, writer.rules())


def text_of(value: str) -> str:
    """Escaped for HTML, in element content and in quoted attributes; without what turns or breaks the words around it."""
    return escape(shown_lines(value.replace("\r\n", "\n").replace("\r", "\n")), quote=True)


def tally_of(counts: dict[str, int], said: Words) -> str:
    """How many events in which voice: signs for the eye, words for the ear."""
    if not any(counts.values()):
        return text_of(said.term("no_events"))
    return " ".join(
        f'<span class="{voice}"><span class="sign" aria-hidden="true">{VOICE_SIGN[voice]}</span>{count}'
        f'<span class="vh"> {text_of(said.of("voice", voice))}</span></span>'
        for voice, count in counts.items()
        if count
    )


class _Writer:
    """Writes one article; all ids get the article's prefix."""

    def __init__(self, view: RecordView, prefix: str) -> None:
        self.view = view
        self.record = view.record
        self.words = view.words
        self.prefix = prefix
        self._seen: set[str] = set()

    def article(self, title: str) -> str:
        about = "".join(f"<li>{text_of(part)}</li>" for part in self.view.about())
        notes = "".join(f'<p class="note">{text_of(note)}</p>' for note in self.record.report.notes)
        return (
            f'<article class="report" id="{self.prefix}top" aria-labelledby="{self.prefix}title">\n'
            f'<header><h2 id="{self.prefix}title">{text_of(title)}</h2><ul class="about">{about}'
            f'<li class="tally">{tally_of(self.view.counts(), self.words)}</li></ul>{notes}</header>\n'
            f'<div class="columns">\n{self._text_column()}\n{self._side()}\n</div>\n</article>'
        )

    def rules(self) -> str:
        """CSS that lights up an event's (actor's, place's) words while its entry is pointed at or jumped to."""
        refs = [e.id for e in self.record.events] + [a.id for a in self.record.actors]
        refs += [p.id for p in self.record.places] + [f"s{n}" for n in range(1, len(self.record.speech) + 1)]
        refs += [f"t{n}" for n in range(1, len(self.record.times) + 1)]
        lines = []
        for ref in refs:
            name = self.prefix + ref
            pointed = f":is(#{name}:is(:target,:hover,:focus-within),#{self.prefix}in-{ref}:target)"
            lines.append(f".tw:has({pointed}) .x-{name}{{background:var(--lit)}}\n")
        return "".join(lines)

    # --- the text ---

    def _text_column(self) -> str:
        text = self.record.text
        marks = marks_of(self.record, self.view.events)
        title = (self.record.report.title or "").strip()
        parts = []
        for number, row in enumerate(segments(text, marks)):
            inner = "".join(self._segment(segment) for segment in row)
            whole = text[row[0].start : row[-1].end]
            headline = ' class="headline"' if number == 0 and title and whole.strip() == title else ""
            parts.append(f'<p dir="auto"{headline}>{inner}</p>')
        body = "\n".join(parts) or f'<p class="none">{text_of(self.words.term("nothing"))}</p>'
        label = text_of(self.words.term("text"))
        language = text_of(self.record.report.language)
        opening = f'<section class="text" id="{self.prefix}text" aria-label="{label}" lang="{language}">'
        return f"{opening}\n{body}\n</section>"

    def _segment(self, segment: Segment) -> str:
        text = text_of(self.record.text[segment.start : segment.end])
        classes = self._classes(segment)
        before = "".join(self._speech_sign(m) for m in segment.of("speech") if m.start == segment.start)
        triggers = sorted(segment.of("trigger"), key=lambda m: (m.end - m.start, m.order))
        entities = [m for kind in ("actor", "place", "time") for m in segment.of(kind)]
        link = triggers[0] if triggers else min(entities, key=lambda m: m.end - m.start, default=None)
        attributes = f' class="{" ".join(classes)}"' if classes else ""
        after = "".join(self._event_sign(m) for m in triggers if m.end == segment.end)
        if link is None:
            inner = f"<span{attributes}>{text}</span>" if classes else text
        else:
            inner = f'<a href="#{self.prefix}{link.ref}"{attributes}{self._anchor(link.ref)}>{text}</a>'
            others = [m for m in (*triggers, *entities) if m.start == segment.start and m is not link]
            before += "".join(f"<span{anchor}></span>" for m in others if (anchor := self._anchor(m.ref)))
        return f"{before}{inner}{after}"

    def _anchor(self, ref: str) -> str:
        """The id that the entry in the list leads back to, at the first words of each thing; empty at later ones."""
        name = f"{self.prefix}in-{ref}"
        if name in self._seen:
            return ""
        self._seen.add(name)
        return f' id="{name}"'

    def _classes(self, segment: Segment) -> list[str]:
        classes: list[str] = []
        evidence = segment.of("evidence")
        if evidence:
            voice = max((mark.voice for mark in evidence), key=CAUTION.__getitem__)
            classes += ["evidence", voice]
        triggers = segment.of("trigger")
        if triggers:
            voice = max((mark.voice for mark in triggers), key=CAUTION.__getitem__)
            classes = ["trigger", voice]
        classes += [kind for kind in ("actor", "place", "time", "speech") if segment.of(kind)]
        classes += [f"x-{self.prefix}{ref}" for ref in dict.fromkeys(mark.ref for mark in segment.marks)]
        return classes

    def _event_sign(self, mark: Mark) -> str:
        view = self.view.events[mark.order - 1]
        spoken = f"{self.words.term('event')} {view.number}: {view.heading}, {self.words.of('voice', view.voice)}"
        return (
            f'<sup class="sign {view.voice}" aria-hidden="true">{view.sign}{view.number}</sup>'
            f'<span class="vh"> ({text_of(spoken)}) </span>'
        )

    def _speech_sign(self, mark: Mark) -> str:
        anchor = self._anchor(mark.ref)
        label = text_of(f"{self.words.term('speech')} {mark.order}")
        return f'<a class="quote-sign" href="#{self.prefix}{mark.ref}"{anchor} aria-label="{label}">❝</a>'

    # --- the lists ---

    def _side(self) -> str:
        sections = [
            ("events", len(self.view.events), self._events()),
            ("speech", len(self.record.speech), self._speech()),
            ("actors", len(self.record.actors), self._actors()),
            ("places", len(self.record.places), self._places()),
            ("times", len(self.record.times), self._times()),
        ]
        links = "".join(
            f'<li><a href="#{self.prefix}{name}">{text_of(self.words.term(name))} <b>{count}</b></a></li>'
            for name, count, _ in sections
            if count or name == "events"
        )
        lists = "".join(
            f'<section aria-labelledby="{self.prefix}{name}"><h3 id="{self.prefix}{name}">'
            f"{text_of(self.words.term(name))} <b>{count}</b></h3>{body}</section>\n"
            for name, count, body in sections
            if count or name == "events"
        )
        label = text_of(self.words.term("events"))
        return (
            f'<aside class="side" aria-label="{label}" tabindex="0">'
            f'<nav aria-label="{text_of(self.words.term("index"))}"><ul class="tabs">{links}</ul></nav>{lists}</aside>'
        )

    def _events(self) -> str:
        if not self.view.events:
            return f'<p class="none">{text_of(self.words.term("no_events"))}</p>'
        front = [view for view in self.view.events if not view.event.background]
        behind = [view for view in self.view.events if view.event.background]
        body = f'<ol class="events">{"".join(self._event(view) for view in front)}</ol>' if front else ""
        if behind:
            summary = f"{text_of(self.words.term('background'))} <b>{len(behind)}</b>"
            inner = "".join(self._event(view) for view in behind)
            body += f'<details class="background"><summary>{summary}</summary><ol class="events">{inner}</ol></details>'
        return body

    def _event(self, view: EventView) -> str:
        says = self._parts(view.says, separator="")
        rows = "".join(self._row(row) for row in view.rows)
        heading = text_of(view.kind) + (f' <span class="mode">{text_of(view.mode)}</span>' if view.mode else "")
        negative = ' <span class="negative">⊘</span>' if view.negative else ""
        title = text_of(self.words.term("to_text"))
        back = f'<a class="words" href="#{self.prefix}in-{view.event.id}" title="{title}">»{text_of(view.trigger)}«</a>'
        return (
            f'<li class="event {view.voice}" id="{self.prefix}{view.event.id}" value="{view.number}">'
            f'<h4><span class="number" aria-hidden="true">{view.sign}{view.number}</span>'
            f"{heading}{negative} {back}</h4>"
            f'<p class="says"><span class="vh">{text_of(self.words.term("says"))}: </span>{says}</p>'
            f"<dl>{rows}</dl></li>\n"
        )

    def _row(self, row: Row) -> str:
        return f"<div><dt>{text_of(row.name)}</dt><dd>{self._parts(row.parts)}</dd></div>"

    def _parts(self, parts: Iterable[Part], separator: str = ", ") -> str:
        return separator.join(self._part(part) for part in parts)

    def _part(self, part: Part) -> str:
        text = f"»{text_of(part.text)}«" if part.quoted else text_of(part.text)
        return f'<a href="#{self.prefix}{text_of(part.ref)}">{text}</a>' if part.ref else text

    def _speech(self) -> str:
        entries = []
        for number, speech in enumerate(self.record.speech, 1):
            said = " … ".join(clean(self.record.quote(span)) for span in speech.content)
            said = said if len(said) <= 180 else said[:180].rsplit(" ", 1)[0] + " …"
            speaker = self.view.actor(speech.speaker_actor)
            written = " ".join(clean(self.record.quote(span)) for span in speech.speaker)
            who = self._part(speaker) if speaker else text_of(written or self.words.term("no_speaker"))
            back = f'<a class="words" href="#{self.prefix}in-s{number}">»{text_of(said)}«</a>'
            entries.append(
                f'<li id="{self.prefix}s{number}"><b>{who}</b> '
                f'<span class="kind">{text_of(self.words.of("speech_kind", speech.kind))}</span> {back}</li>'
            )
        return f'<ol class="plain">{"".join(entries)}</ol>'

    def _actors(self) -> str:
        entries = []
        for actor in self.record.actors:
            more = [self.words.of("kind", actor.kind)]
            for key, other in (("acts_for", actor.acts_for), ("label_by", actor.label_by)):
                if named := self.view.actor(other):
                    more.append(f"{self.words.term(key)} {named.text}")
            if actor.entity:
                more.append(actor.entity)
            entries.append(
                self._entry(actor.id, "actor", self.words.name(actor.name, actor.kind), more, len(actor.mentions))
            )
        return f'<ul class="plain">{"".join(entries)}</ul>'

    def _places(self) -> str:
        entries = []
        for place in self.record.places:
            more = [self.words.of("precision", place.precision)]
            if place.country and place.precision != "country":
                more.append(place.country)
            if place.lat is not None and place.lon is not None:
                more.append(f"{place.lat:.2f}, {place.lon:.2f}")
            entries.append(self._entry(place.id, "place", self.words.place(place), more, len(place.mentions)))
        return f'<ul class="plain">{"".join(entries)}</ul>'

    def _times(self) -> str:
        entries = []
        for number, time in enumerate(self.record.times, 1):
            name = clean(self.record.quote(time.expression))
            more = [self.words.when(time.from_, time.to, time.precision)]
            entries.append(self._entry(f"t{number}", "time", name, more, 1))
        return f'<ul class="plain">{"".join(entries)}</ul>'

    def _entry(self, ref: str, kind: str, name: str, more: list[str], mentions: int) -> str:
        label = text_of(self.words.term("mentions"))
        times = f' <span class="times" title="{label}">×{mentions}</span>' if mentions > 1 else ""
        shown = text_of(name)
        target = f"{self.prefix}in-{ref}"
        if target in self._seen:
            shown = f'<a class="words" href="#{target}">{shown}</a>'
        return (
            f'<li id="{self.prefix}{ref}"><span class="{kind}">{shown}</span>{times} '
            f'<span class="kind">{text_of(" · ".join(more))}</span></li>'
        )

"""The record for the terminal: plain lines, with colour where the terminal shows it."""

from __future__ import annotations

import textwrap

from trucewatch.record import Event, Record
from trucewatch.reporting.view import EventView, RecordView, clean
from trucewatch.reporting.words import VOICE_SIGN, Language, Words, words

_COLOUR = {"reporter": "32", "attributed": "34", "hearsay": "33"}


class Ink:
    """Terminal styles; each leaves the text alone where colour is off."""

    __slots__ = ("on",)

    def __init__(self, on: bool) -> None:
        self.on = on

    def style(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.on else text

    def bold(self, text: str) -> str:
        """Headings."""
        return self.style("1", text)

    def dim(self, text: str) -> str:
        """What stands back."""
        return self.style("2", text)

    def voice(self, voice: str, text: str) -> str:
        """In the colour of a voice."""
        return self.style(_COLOUR[voice], text)


def report(
    record: Record, language: Language = "de", colour: bool = False, width: int = 100, name: str | None = None
) -> str:
    """The record of one report, readable: what happened, and who says so."""
    said = words(language)
    view = RecordView(record, said)
    ink = Ink(colour)
    title = clean(record.report.title or view.title())
    lines = [ink.bold(line) for line in textwrap.wrap(title, width) or [said.term("title")]]
    lines.append(ink.dim(" · ".join([*view.about(), *([clean(name)] if name else [])])))
    lines += [ink.dim(f"! {clean(note)}") for note in record.report.notes]
    front = [event for event in view.events if not event.event.background]
    behind = [event for event in view.events if event.event.background]
    for event in front:
        lines += ["", *_event(event, ink, width, said)]
    if behind:
        lines += ["", ink.dim(f"{said.term('background')}:")]
        for event in behind:
            lines += _event(event, ink, width, said)
    if not view.events:
        lines.append(said.term("no_events") if record.text.strip() else said.term("nothing"))
    lines.append("")
    lines.append(ink.dim(_summary(record, view, said)))
    return "\n".join(lines) + "\n"


def _event(view: EventView, ink: Ink, width: int, said: Words) -> list[str]:
    says = "".join(part.text for part in view.says)
    number = f"{view.number:>3} "
    negative = " ⊘" if view.negative else ""
    head = f"{ink.voice(view.voice, view.sign)} {ink.bold(view.heading)}{negative} »{view.trigger}« "
    lines = [f"{number}{head}{ink.voice(view.voice, '— ' + clean(says))}"]
    fields = [f"{row.name}: {clean(row.value)}" for row in view.rows if not _usual(row.name, view.event, said)]
    if fields:
        body = "  |  ".join(fields)
        lines += textwrap.wrap(body, width, initial_indent="      ", subsequent_indent="      ")
    return lines


def _usual(row: str, event: Event, said: Words) -> bool:
    """Whether a field says only what is so in most events and may be left out on a terminal."""
    return row == said.term("status") and event.status == "occurred" and event.polarity == "positive"


def _summary(record: Record, view: RecordView, said: Words) -> str:
    voices = ", ".join(
        f"{VOICE_SIGN[voice]} {count} {said.of('voice', voice)}" for voice, count in view.counts().items() if count
    )
    events = f"{said.term('events')}: {len(view.events)}" + (f" ({voices})" if voices else "")
    rest = (f"{said.term('speech')}: {len(record.speech)}", f"{said.term('times')}: {len(record.times)}")
    return " · ".join((events, *rest))


def explain(record: Record, event: Event, language: Language = "de") -> str:
    """How each field of one event came about: its clause, the rule, cues, anchoring."""
    said = words(language)
    view = RecordView(record, said)
    shown = view.events[[e.id for e in record.events].index(event.id)]
    lines = [
        f"{event.id}  {shown.sign} {shown.heading}  {event.type}{f'/{event.mode}' if event.mode else ''}",
        f"  {said.term('clause')}: {_quoted(record, event.evidence)}",
        f"  Trigger: {_quoted(record, event.trigger)}",
        f"  {said.term('rule')}: {event.rule}",
        f"  {said.term('says')}: {''.join(part.text for part in shown.says)}",
    ]
    if event.voice.cue:
        lines.append(f"    Cue: {_quoted(record, event.voice.cue)}")
    lines += [f"  {row.name}: {clean(row.value)}" for row in shown.rows]
    if event.time:
        anchor = record.report.published or said.term("unpublished")
        bounds = f"{event.time.from_ or '–'} … {event.time.to or '–'} ({event.time.precision})"
        lines.append(f"    {bounds}, {said.term('published')} {anchor}")
    for loss in event.losses:
        if loss.expression:
            lines.append(f"    {said.loss(loss)}: {_quoted(record, loss.expression)}")
    others = [span for span in event.mentions if span != event.trigger]
    if others:
        lines.append(f"  {said.term('also')}: {', '.join(_quoted(record, span) for span in others)}")
    lines += [f"  - {clean(line)}" for line in event.why]
    return "\n".join(lines) + "\n"


def _quoted(record: Record, span: tuple[int, int]) -> str:
    return f"»{clean(record.quote(span))}« [{span[0]}, {span[1]}]"

"""The figures of an incident: one entry for each harm and group, the range over the latest figure of each source, and
the history of every figure ever given (ledgers, section 1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from trucewatch.incident import Figure, IncidentLoss, Withdrawn
from trucewatch.linking.knowledge import has_word
from trucewatch.linking.node import Node, NodeLoss
from trucewatch.linking.origins import Origin
from trucewatch.linking.ranges import Range
from trucewatch.linking.scene import Scene
from trucewatch.linking.taken_back import TakenBack, taken_back
from trucewatch.record import Bound

_HARMS = ("killed", "wounded", "missing", "captured", "displaced")


@dataclass(frozen=True, slots=True)
class _Told:
    """One figure with where it stands."""

    loss: NodeLoss
    node: Node
    origin: Origin
    source: str
    label: str
    voice: str
    place: int
    withdrawn: Withdrawn | None = None

    @property
    def order(self) -> tuple[float, str, int]:
        return (*self.node.order[:2], self.place)

    @property
    def range(self) -> Range:
        return Range(self.loss.low, self.loss.high, self.loss.approximate)

    @property
    def size(self) -> int:
        return max(self.loss.low or 0, self.loss.high or 0)


def losses(nodes: Sequence[Node], origin_of: dict[int, Origin], language: str = "de") -> list[IncidentLoss]:
    """All losses of an incident, the whole groups before their parts.

    ``language`` is the one in which the groups are named.
    """
    scene = Scene(nodes)
    told = _with_corrections(_told(nodes, origin_of), taken_back(nodes))
    found: list[IncidentLoss] = []
    for harm in _HARMS:
        groups = _groups([t for t in told if t.loss.harm == harm], language)
        for (kind, part, _), figures in groups.items():
            found.append(_entry(harm, kind, part, figures, scene))
    return sorted(found, key=lambda x: (_HARMS.index(x.harm), x.part_of_total))


def _told(nodes: Sequence[Node], origin_of: dict[int, Origin]) -> list[_Told]:
    found = []
    for node in nodes:
        origin = origin_of[node.report]
        for place, loss in enumerate(node.losses):
            source, label = origin.id, origin.label or node.sha[:15]
            if loss.voice != "reporter" and loss.source is not None and loss.source.known:
                source, label = loss.source.key, loss.source.acts_for or loss.source.name
                if loss.source.kind != "person":
                    label = loss.source.name
            elif loss.voice != "reporter" and loss.source is not None:
                label = loss.source.name
            found.append(_Told(loss, node, origin, source, label, loss.voice, node.trigger[0] * 10 + place))
    return sorted(found, key=lambda t: t.order)


def _with_corrections(told: Sequence[_Told], back: Sequence[TakenBack]) -> list[_Told]:
    """The figures, with those marked that their source took back, or for which it later gave a smaller total."""
    return [replace(one, withdrawn=_taken(one, back) or _corrected(one, told)) for one in told]


def _taken(one: _Told, back: Sequence[TakenBack]) -> Withdrawn | None:
    for words in back:
        mine = words.source == one.source and not words.of_denial
        if mine and words.after(one.node.order, one.node.trigger[0]) and words.node.sha != one.node.sha:
            return words.noted()
    return None


def _corrected(one: _Told, told: Sequence[_Told]) -> Withdrawn | None:
    for other in told:
        later = other.order > one.order and other.node.sha != one.node.sha
        alike = other.loss.harm == one.loss.harm and other.source == one.source and other.loss.part == one.loss.part
        if later and alike and other.loss.total and 0 < other.size < (one.loss.low or one.size):
            return Withdrawn(by=other.label, when=other.node.said, report=other.node.sha, event=other.node.event)
    return None


_Kind = Literal["civilians", "combatants"] | None
_Group = tuple[_Kind, bool, str]


def _groups(told: Sequence[_Told], language: str) -> dict[_Group, list[_Told]]:
    """The figures by group: (civilians, combatants or unknown; part of another; a side or name)."""
    sides = {t.loss.side for t in told if t.loss.civilian is False and (t.loss.side or "")[:2] in ("S:", "G:")}
    fighters = any(t.loss.civilian is False for t in told)
    has_civilians = any(t.loss.civilian for t in told)
    parts = _parts(told, language)
    groups: dict[_Group, list[_Told]] = {}
    for index, one in enumerate(told):
        loss = one.loss
        if index in parts:
            key: _Group = (_kind(loss), True, (loss.who or "").casefold())
        elif loss.civilian is False:
            side = loss.side if loss.side in sides else next(iter(sides)) if len(sides) == 1 else ""
            key = ("combatants", False, str(side or ""))
        elif loss.civilian is None and not has_civilians and fighters and len(sides) <= 1:
            key = ("combatants", False, str(next(iter(sides), "")))
        else:
            key = ("civilians" if has_civilians else None, False, "")
        groups.setdefault(key, []).append(one)
    return _under_one_label(groups)


def _under_one_label(groups: dict[_Group, list[_Told]]) -> dict[_Group, list[_Told]]:
    """The same people told under two labels ("14 Kämpfer", "14 PKK-Mitglieder") are one group: no report tells of both."""
    found: dict[_Group, list[_Told]] = {}
    for key, figures in groups.items():
        same = next((k for k, known in found.items() if _same_people(k, known, key, figures)), None)
        if same is None:
            found[key] = figures
        else:
            found[same] = sorted([*found[same], *figures], key=lambda t: t.order)
    return found


def _same_people(key: _Group, known: Sequence[_Told], other: _Group, figures: Sequence[_Told]) -> bool:
    if key[1] or other[1] or {t.node.sha for t in known} & {t.node.sha for t in figures}:
        return False
    one_number = any(a.source == b.source and a.range == b.range for a in known for b in figures)
    nameless = all(t.loss.nameless for t in known) or all(t.loss.nameless for t in figures)
    return one_number or (key[0] == other[0] and (nameless or not key[2] or not other[2]))


def _kind(loss: NodeLoss) -> _Kind:
    return None if loss.civilian is None else ("civilians" if loss.civilian else "combatants")


def _parts(told: Sequence[_Told], language: str) -> set[int]:
    """Indices of the figures that are a part of another of the same report ("21 Zivilisten … neun Kinder")."""
    found = set()
    for index, one in enumerate(told):
        if one.loss.part:
            found.add(index)
            continue
        if one.loss.who is None or one.loss.civilian is False or has_word(language, "people", one.loss.who):
            continue
        for other in told:
            if other is one or other.node.report != one.node.report or other.loss.civilian is False:
                continue
            whole = other.loss.who is None or has_word(language, "people", other.loss.who)
            if whole and other.size > one.size:
                found.add(index)
                break
    return found


def _entry(harm: str, kind: _Kind, part: bool, figures: Sequence[_Told], scene: Scene) -> IncidentLoss:
    standing = [t for t in figures if t.withdrawn is None]
    exact = [t for t in standing if not t.loss.vague]
    current = _current(exact or standing, scene)
    whole: Range | None = None
    for value in current.values():
        whole = value if whole is None else whole | value
    name = next((t.loss.who for t in figures if t.loss.who), None)
    words, bound = _told_as(whole, [t for t in exact or standing if t.range in current.values()])
    return IncidentLoss(
        harm=harm,  # type: ignore[arg-type]
        who=name,
        kind=kind,
        part_of_total=part,
        low=whole.low if whole else None,
        high=whole.high if whole else None,
        approximate=whole.approximate if whole else False,
        words=words,
        bound=bound,
        history=[_figure(t) for t in figures],
    )


def _told_as(whole: Range | None, standing: Sequence[_Told]) -> tuple[str | None, Bound | None]:
    """The words for the figure that stands, and what is said of its open end ("mehr als 300" is 301 and more)."""
    if whole is None:
        return None, None
    one = {t.range for t in standing} == {whole}
    words = {t.loss.words for t in standing} if one else set()
    edge = [t for t in standing if t.loss.bound and _same_end(t.range, whole)]
    bounds = {t.loss.bound for t in (standing if one else edge)}
    bound = next(iter(bounds)) if len(bounds) == 1 else next((t.loss.bound for t in edge), None)
    return next(iter(words)) if len(words) == 1 else None, bound


def _same_end(one: Range, whole: Range) -> bool:
    """Both are open on one side, and closed on the other at the same number."""
    return (one.low, one.high) == (whole.low, whole.high) or (
        whole.high is None
        and one.high is None
        and one.low == whole.low
        or whole.low is None
        and one.low is None
        and one.high == whole.high
    )


def _current(figures: Sequence[_Told], scene: Scene) -> dict[str, Range]:
    """Source -> its figure that stands.

    A later figure of one side replaces its earlier one, unless it counts fewer without saying that it is the whole: it
    is then an addition or a part, kept in the history. A report's own figure gives way to any later one of its origin,
    for the agency's count rests on its sources. In one report, groups of one kind that are told apart add up.
    """
    stands: dict[str, Range] = {}
    said: dict[str, _Told] = {}
    for one in figures:
        source = next((k for k in stands if not k.startswith("o") and scene.same_side(k, one.source)), one.source)
        for own in [k for k in stands if k.startswith("o") and k != source]:
            if said[own].origin.credits & one.origin.credits and said[own].order < one.order:
                del stands[own]
        last = said.get(source)
        if last is None or source not in stands:
            if one.source.startswith("o") and _cited(figures, one):
                continue
            stands[source], said[source] = one.range, one
            continue
        told_apart = bool(last.loss.who and one.loss.who) and last.loss.who != one.loss.who
        if last.node.report == one.node.report and last.node.event == one.node.event and told_apart:
            stands[source], said[source] = stands[source] + one.range, one
        elif one.loss.total or 2 * one.size >= said[source].size:
            stands[source], said[source] = stands[source].replaced_by(one.range), one
    return stands


def _cited(figures: Sequence[_Told], own: _Told) -> bool:
    """Whether the same report gives the very number to a source: then the report's own word is that source's."""
    return any(
        t.node.report == own.node.report and not t.source.startswith("o") and t.range == own.range for t in figures
    )


def _figure(told: _Told) -> Figure:
    return Figure(
        low=told.loss.low,
        high=told.loss.high,
        approximate=told.loss.approximate,
        total=told.loss.total,
        source=told.label,
        voice=told.voice,  # type: ignore[arg-type]
        report=told.node.sha,
        event=told.node.event,
        said=told.node.said,
        withdrawn=told.withdrawn,
        words=told.loss.words,
        bound=told.loss.bound,
    )

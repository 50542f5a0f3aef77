"""The losses of an incident added up: a range that holds whatever the groups have in common, and a best figure where
there is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from trucewatch.incident import Incident, IncidentLoss
from trucewatch.record import Harm, Loss
from trucewatch.reporting.words import Language, words

BestRule = Literal["agreed", "approximate", "claimed", "contested", "range", "open", "unknown"]


@dataclass(frozen=True, slots=True)
class Total:
    """``low`` to ``high``; ``None`` is an open end. ``approximate`` where a figure in it is ("rund 40")."""

    low: int | None
    high: int | None
    approximate: bool = False


def total(losses: Sequence[IncidentLoss], harm: Harm = "killed") -> Total | None:
    """The range over all groups that suffered ``harm``; ``None`` where no report gives any.

    - A subset ("darunter 9 Kinder") is never added; where only subsets are told, the largest is the lower bound.
    - Named groups (``who`` or ``kind``) are added up. An entry for nobody in particular may hold them or stand beside
      them: the lower bound is the larger of the two, the upper bound the sum.
    - One open upper bound opens the sum; an open lower bound counts as none ("up to 50" is at least nothing).

    >>> total([IncidentLoss(harm="killed", who="Soldaten", low=33, high=34),
    ...        IncidentLoss(harm="killed", kind="civilians", low=None, high=5),
    ...        IncidentLoss(harm="killed", who="Kinder", part_of_total=True, low=2, high=2)])
    Total(low=33, high=39, approximate=False)
    """
    told = [loss for loss in losses if loss.harm == harm]
    whole = [loss for loss in told if not loss.part_of_total]
    if not whole:
        floors = [low for low, _ in map(_ordered, told) if low is not None]
        return Total(max(floors, default=None), None, any(loss.approximate for loss in told)) if told else None
    named = [_ordered(loss) for loss in whole if loss.who or loss.kind]
    general = [_ordered(loss) for loss in whole if not (loss.who or loss.kind)]
    floors = [low for low, _ in general if low is not None]
    if any(low is not None for low, _ in named):
        floors.append(sum(low or 0 for low, _ in named))
    tops = [high for _, high in named + general]
    high = None if None in tops else sum(top for top in tops if top is not None)
    return Total(max(floors, default=None), high, any(loss.approximate for loss in whole))


def best(incident: Incident, deaths: Total | None) -> tuple[int | None, BestRule]:
    """The one figure to use, where the reports justify one, and the rule that says so or why not.

    It is justified where the latest figures of all sources are one number (``agreed``; ``approximate`` where that is
    said to be rough) and somebody besides a party to the conflict, or the party that did it, stands behind the
    incident. It is not where the happening is ``claimed`` by a party alone or ``contested``, where sources differ
    (``range``), where an end is open (``open``), or where no figure is given (``unknown``).
    """
    if deaths is None or (deaths.low is None and deaths.high is None):
        return None, "unknown"
    if incident.grade == "claimed":
        return None, "claimed"
    if incident.grade == "contested":
        return None, "contested"
    if deaths.low is None or deaths.high is None:
        return None, "open"
    if deaths.low != deaths.high:
        return None, "range"
    return deaths.low, "approximate" if deaths.approximate else "agreed"


def written(losses: Sequence[IncidentLoss], harm: Harm = "killed") -> str | None:
    """The latest figure of each source for ``harm`` as it was written; ``None`` where nobody's words are known.

    >>> from trucewatch.incident import Figure
    >>> figure = Figure(low=301, source="Armee", voice="attributed", report="r", event="e1", words="mehr als 300")
    >>> written([IncidentLoss(harm="killed", low=301, history=[figure])])
    'mehr als 300'
    """
    latest: dict[tuple[str, str | None], str] = {}
    for loss in losses:
        if loss.harm != harm or loss.part_of_total:
            continue
        for figure in (f for f in loss.history if f.withdrawn is None and f.words):
            latest[figure.source, loss.who] = figure.words or ""
    return "; ".join(dict.fromkeys(latest.values())) or None


def in_words(losses: Sequence[IncidentLoss], language: Language) -> list[str]:
    """Each loss in words, with its range and its group.

    >>> in_words([IncidentLoss(harm="killed", who="Soldaten", low=33)], "de")
    ['mindestens 33 Tote (Soldaten)']
    """
    say = words(language)
    return [
        say.loss(
            Loss(
                harm=loss.harm,
                low=loss.low,
                high=loss.high,
                approximate=loss.approximate,
                part_of_total=loss.part_of_total,
                bound=loss.bound,
            ),
            loss.who or (say.of("kind", "civilians") if loss.kind == "civilians" else None),
        )
        for loss in losses
    ]


def _ordered(loss: IncidentLoss) -> tuple[int | None, int | None]:
    """The bounds the right way round: "at least 35" of one source beside "34" of another is 34 to 35."""
    if loss.low is not None and loss.high is not None and loss.low > loss.high:
        return loss.high, loss.low
    return loss.low, loss.high

"""The record's terms, numbers and times in words, in German or English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any, Literal

from trucewatch.incident import IncidentPlace
from trucewatch.knowledge.english import english, english_list, english_place
from trucewatch.knowledge.inflection import fill
from trucewatch.knowledge.load import table
from trucewatch.linking.amounts import amount
from trucewatch.record import Bound, Count, Loss, Place

Language = Literal["de", "en"]

VOICE_SIGN = {"reporter": "●", "attributed": "◐", "hearsay": "○"}
"""The fuller the sign, the firmer the word; it is told apart without colour."""


class Words:
    """The words of one language; every lookup of an unknown term gives the term itself."""

    __slots__ = ("_labels", "language")

    def __init__(self, language: Language) -> None:
        self.language = language
        self._labels: dict[str, Any] = table(f"labels.{language}")

    def term(self, name: str) -> str:
        """A heading or field name."""
        return self.of("term", name)

    def of(self, group: str, name: str) -> str:
        """The label for ``name`` in ``group`` ("type", "status", "kind" …)."""
        return str(self._labels.get(group, {}).get(name, name))

    def name(self, name: str, kind: str | None = None, article: bool = False) -> str:
        """A party or source by its name in this language, where that is known; with the article that English asks for.

        >>> Words("en").name("ukrainische Armee"), Words("de").name("ukrainische Armee")
        ('Ukrainian army', 'ukrainische Armee')
        """
        return english(name, kind, article) if self.language == "en" else name

    def names(self, names: Iterable[str]) -> str:
        """Names of parties or sources in a row."""
        row = ", ".join(names)
        return english_list(row) if self.language == "en" else row

    def place(self, place: Place | IncidentPlace) -> str:
        """A place by its name in this language, where that is known."""
        return english_place(place.name, place.country, place.geonames) if self.language == "en" else place.name

    def group(self, who: str | None, kind: str) -> str:
        """Who was killed or hurt: their name, and whether they were civilians where the name does not say so itself.

        >>> Words("de").group("Menschen", "civilians"), Words("de").group("Zivilisten", "civilians")
        ('Menschen: Zivilpersonen', 'Zivilisten')
        """
        word = self.of("incident", kind)
        if who is None:
            return word
        known = self._labels["says_itself"][kind]
        return who if any(part.casefold() in who.casefold() for part in known) else f"{who}: {word}"

    def mode(self, event_type: str, mode: str | None) -> str | None:
        """The label of an event type's mode."""
        return str(self._labels["mode"].get(event_type, {}).get(mode, mode)) if mode else None

    def number(self, value: int) -> str:
        """A whole number with the language's mark for thousands.

        >>> Words("de").number(13000), Words("de").number(2021)
        ('13.000', '2.021')
        """
        return f"{value:,}".replace(",", self.of("number", "thousands"))

    def range(self, low: int | None, high: int | None, approximate: bool = False, bound: Bound | None = None) -> str:
        """A range in words, as its source put it: "mindestens 33", "mehr als 300", "bis zu 50", "rund 40".

        >>> Words("de").range(301, None, bound="more_than"), Words("en").range(24, None, bound="dozens")
        ('mehr als 300', 'dozens')
        """
        return amount(low, high, approximate, bound, self._labels["number"], self.number)

    def loss(self, loss: Loss, who: str | None = None) -> str:
        """One loss in words.

        >>> Words("de").loss(Loss(harm="killed", low=33), "türkische Soldaten")
        'mindestens 33 Tote (türkische Soldaten)'
        """
        one, many, no = self._labels["harm"][loss.harm]
        if loss.low == loss.high == 0:
            words = no
        elif loss.low == loss.high == 1:
            words = one
        else:
            words = f"{self.range(loss.low, loss.high, loss.approximate, loss.bound)} {many}"
        if loss.total:
            words = self.of("number", "total").format(words=words)
        if loss.part_of_total:
            words = self.of("number", "part").format(words=words)
        return f"{words} ({who})" if who else str(words)

    def basis(self, reports: int, independent: int) -> str:
        """What stands behind a grade: how many reports, of how many independent origins.

        >>> Words("de").basis(3, 1), Words("de").basis(1, 0)
        ('3 Meldungen, 1 Herkunft', '1 Meldung, Herkunft ungeprüft')
        """
        told = self.of("incident", "basis_report" if reports == 1 else "basis_reports").format(number=reports)
        name = {0: "basis_unreviewed", 1: "basis_origin"}.get(independent, "basis_origins")
        return f"{told}, {self.of('incident', name).format(number=independent)}"

    def withdrawn(self, by: str, when: str | None) -> str:
        """That a figure or claim was taken back: by whom, and on which day that was published.

        >>> Words("en").withdrawn("ukrainische Armee", None), Words("de").withdrawn("ukrainische Armee", "2021-03-01T10:00")
        ('withdrawn by the Ukrainian army', 'zurückgezogen von ukrainischer Armee, 2021-03-01')
        """
        form = "withdrawn_when" if when else "withdrawn"
        return fill(self.of("incident", form), by=by, when=(when or "")[:10])

    def count(self, count: Count) -> str:
        """How many acts an event stands for."""
        return self.range(count.low, count.high, bound=count.bound)

    def when(self, start: str | None, end: str | None, precision: str) -> str:
        """A half-open span in words: what a reader calls it, not its bounds.

        >>> Words("de").when("2020-02-27T18:00", "2020-02-28T00:00", "part_of_day")
        'Do. 27. Februar 2020, 18 bis 24 Uhr'
        """
        first, after = local_time(start), local_time(end)
        if first is None and after is None:
            return self.of("date", "none")
        if first is None or after is None:
            known = first or after
            assert known is not None
            form = "until" if first is None else "since"
            words = self.of("date", form).format(**{"to": self.day(known), "from": self.day(known)})
        elif precision in ("minute", "hour", "part_of_day"):
            words = self._clock(first, after, precision)
        else:
            words = self._days(first, after, precision)
        return self.of("date", "vague").format(words=words) if precision == "vague" else words

    def day(self, moment: dt.datetime | dt.date) -> str:
        """A day in full: "Fr. 28. Februar 2020"."""
        date: dict[str, Any] = self._labels["date"]
        return str(date["day"]).format(
            weekday=date["weekdays"][moment.weekday()],
            day=moment.day,
            month=date["months"][moment.month - 1],
            year=moment.year,
        )

    def published(self, value: str | None) -> str:
        """The date of publication in words."""
        moment = local_time(value)
        if moment is None:
            return self.term("unpublished")
        return self.day(moment) + (f", {moment:%H:%M}" if value and "T" in value else "")

    def _clock(self, first: dt.datetime, after: dt.datetime, precision: str) -> str:
        if precision == "minute" or after - first <= dt.timedelta(minutes=1):
            return self.of("date", "at").format(**{"date": self.day(first), "from": f"{first:%H:%M}"})
        crosses = after.date() != first.date() and after.time() != dt.time(0)
        until = self.day(after) + f" {after.hour}" if crosses else str(after.hour or 24)
        return self.of("date", "hours").format(**{"date": self.day(first), "from": str(first.hour), "to": until})

    def _days(self, first: dt.datetime, after: dt.datetime, precision: str) -> str:
        last = after - dt.timedelta(microseconds=1)
        days = (after - first).days
        if days <= 1:
            return self.day(first)
        month = (first.year, first.month) == (last.year, last.month) and first.day == 1 and after.day == 1
        if precision == "month" or month:
            name = self._labels["date"]["months"][first.month - 1]
            if (first.year, first.month) == (last.year, last.month):
                return self.of("date", "month").format(month=name, year=first.year)
        if (first.month, first.day, after.month, after.day) == (1, 1, 1, 1):
            if first.year == last.year:
                return str(first.year)
            return self.of("date", "span").format(**{"from": str(first.year), "to": str(last.year)})
        if precision == "week" and days == 7:
            return self.of("date", "week").format(**{"from": self.day(first)})
        return self.of("date", "span").format(**{"from": self.day(first), "to": self.day(last)})


@cache
def words(language: Language) -> Words:
    """The words of ``language``, loaded once."""
    return Words(language)


def local_time(value: str | None) -> dt.datetime | None:
    """An ISO date or date-time as local time, its zone dropped; ``None`` where it is neither.

    >>> local_time("2020-02-28"), local_time("gestern")
    (datetime.datetime(2020, 2, 28, 0, 0), None)
    """
    if not value:
        return None
    try:
        return dt.datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return None

"""The German time grammar: every rule's own sentences, the codebook's conventions, and odd input."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.extraction.times import anchored, find_times, time_span
from trucewatch.extraction.times_calendar import easter
from trucewatch.knowledge.load import table
from trucewatch.language.german.times import matches

DATA = table("times.de")
DEFAULT = DATA["published"]
EXAMPLES = [(rule["name"], example) for rule in DATA["rule"] for example in rule["examples"]]
NEGATIVES = [(rule["name"], text) for rule in DATA["rule"] for text in rule["not"]]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{r}: {e['t'][:40]}" for r, e in EXAMPLES])
def test_rule_reads_its_examples(rule: str, example: dict[str, Any]) -> None:
    text = example["t"]
    found = {text[slice(*t.expression)]: (t, m) for t, m in anchored(text, example.get("p", DEFAULT))}
    assert example["x"] in found, f"only {list(found)}"
    time, match = found[example["x"]]
    assert match.rule == rule
    assert (time.from_, time.to) == (example.get("from"), example.get("to"))
    for key, value in (("precision", time.precision), ("kind", time.kind)):
        assert example.get(key, value) == value


@pytest.mark.parametrize(("rule", "text"), NEGATIVES)
def test_rule_leaves_its_counter_examples(rule: str, text: str) -> None:
    assert rule not in {m.rule for m in matches(text)}


def test_every_rule_has_a_counter_example_and_all_but_skips_an_example() -> None:
    for rule in DATA["rule"]:
        assert rule["not"], rule["name"]
        assert rule["examples"] or rule["recipe"] == "skip", rule["name"]


def spans(text: str, published: str | None = DEFAULT) -> list[tuple[str, str | None, str | None]]:
    return [(text[slice(*t.expression)], t.from_, t.to) for t in find_times(text, published)]


def test_weekday_on_its_own_day_is_that_day() -> None:
    assert spans("Am Freitag sprachen sie.") == [("Freitag", "2020-02-28", "2020-02-29")]


def test_caller_knows_the_tense_better() -> None:
    text = "Am Montag: Gespräche in Genf."
    assert find_times(text, DEFAULT)[0].from_ == "2020-02-24"
    assert find_times(text, DEFAULT, verb_tense=lambda position: "future")[0].from_ == "2020-03-02"


def test_without_publication_only_full_dates_are_anchored() -> None:
    text = "Am Montag, gestern und am 3. März, seit dem 5. April 2019, im Jahr 2018 und vor zwei Wochen."
    known = [quote for quote, start, _ in spans(text, None) if start]
    assert known == ["5. April 2019", "Jahr 2018"]


def test_impossible_dates_stay_unanchored() -> None:
    assert spans("Am 31. Februar 2020 geschah nichts.") == [("31. Februar 2020", None, None)]


def test_day_last_spoken_of_anchors_what_follows() -> None:
    text = "Am 3. Dezember 2019 rückten sie vor. Zwei Tage später fiel die Stadt, gegen 14 Uhr."
    assert spans(text, "2019-12-20")[1:] == [
        ("Zwei Tage später", "2019-12-05", "2019-12-06"),
        ("14 Uhr", "2019-12-05T14:00", "2019-12-05T15:00"),
    ]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Seit April 2014 wird gekämpft.", "2014-04-01", None),
        ("Bis Ende Februar müssen sie abziehen.", None, "2020-03-01"),
        ("Vom 9. März an sollen sie reden.", "2020-03-09", None),
        ("Im April 2014 wurde gekämpft.", "2014-04-01", "2014-05-01"),
        ("Seit vier Jahren wird gekämpft.", "2016-02-28", "2020-02-28"),
    ],
)
def test_time_of_an_event_is_open_where_the_text_leaves_it_open(text: str, start: str | None, end: str | None) -> None:
    span = time_span(find_times(text, DEFAULT)[0], text)
    assert (span.from_, span.to) == (start, end)


def test_easter() -> None:
    assert [easter(y) for y in (1961, 2000, 2017, 2024)] == [
        dt.date(1961, 4, 2), dt.date(2000, 4, 23), dt.date(2017, 4, 16), dt.date(2024, 3, 31),
    ]  # fmt: skip


def test_day_behind_a_clock_time_dates_it() -> None:
    text = "Am Freitag hieß es, gegen 21 Uhr am Dienstag sei geschossen worden."
    assert spans(text)[1] == ("21 Uhr", "2020-02-25T21:00", "2020-02-25T22:00")


def test_hours_of_a_night_lie_on_both_its_days() -> None:
    text = "In der Nacht zum Mittwoch fielen gegen 23 Uhr Schüsse, um 3 Uhr brannte das Depot."
    assert [start for _, start, _ in spans(text)] == ["2020-02-25T22:00", "2020-02-25T23:00", "2020-02-26T03:00"]


with (Path(__file__).parents[1] / "benchmarks" / "times_probes.toml").open("rb") as probes_file:
    PROBES = tomllib.load(probes_file)["probe"]


@pytest.mark.parametrize("probe", PROBES, ids=[p["s"][:50] for p in PROBES])
def test_benchmark_probe(probe: dict[str, str]) -> None:
    found = spans(probe["s"], probe["p"])
    if "x" not in probe:
        assert not any(start or end for _, start, end in found)
        return
    wanted = (probe.get("from"), probe.get("to"))
    assert wanted in [(start, end) for quote, start, end in found if probe["x"] in quote or quote in probe["x"]]


FRAGMENTS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *"Am am 27. Februar 3. , und bis Nacht zum Mittwoch auf vor zwei Wochen Jahr 2019 des".split(),
                *"Ende Mitte der 1990er Jahre 14 Uhr heute später drei Tage 31. 99999999999 13 . / - Ostern".split(),
                "\n\n",
            ]
        ),
        st.text(max_size=6),
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(FRAGMENTS, st.sampled_from([None, "2020-02-28", "1600-01-01", "9999-12-31", "0001-01-01", "no date", ""]))
def test_any_text_gives_ordered_expressions_inside_it(words: list[str], published: str | None) -> None:
    text = " ".join(words)
    end = 0
    for time in find_times(text, published):
        assert end <= time.expression[0] < time.expression[1] <= len(text)
        end = time.expression[1]
        time_span(time, text)
        if time.from_ and time.to:
            assert time.from_ < time.to


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "3., " * 20_000,
        "und " * 20_000,
        "Nacht von " * 10_000,
        "2019" * 20_000,
        " " * 100_000,
        "vor zwei " * 10_000,
        "12:" * 20_000,
        "1. Mai " * 5_000,
        "\n" * 20_000,
        "1" * 50_000,
        "1.111." * 10_000,
    ],
)
def test_long_and_odd_texts_end(text: str) -> None:
    find_times(text, DEFAULT)


def test_what_is_attached_to_a_happening_lies_back_whatever_the_tense() -> None:
    def day(text: str) -> str | None:
        return find_times(text, "2018-03-06")[0].from_

    assert day("Nach dem Luftangriff vom Montag sind 15 Menschen tot.") == "2018-03-05"
    assert day("Am Montag tagt der Rat.") == "2018-03-12"
    assert day("Das Treffen vom kommenden Montag ist abgesagt.") == "2018-03-12"

"""Finds the temporal expressions of a German text: tokens to letters, rules over the letters (``times.de.toml``)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from trucewatch.knowledge.load import table
from trucewatch.language.german.times_lexicon import number_words
from trucewatch.language.german.times_patterns import Grammar, Rule, grammar
from trucewatch.language.german.times_tense import Tenses, sentence_ends
from trucewatch.language.times import Direction, Join, Relation, TimeMatch

_TOKEN = re.compile(
    r"""
    (?P<word>[^\W\d_]+(?:-[^\W\d_]+)*-?)
  | (?P<brk>\n[ \t\r]*\n\s*)
  | (?P<date>\d{4}-\d\d-\d\d(?!\d)|\d{1,2}\.[ ]?\d{1,2}\.[ ]?\d{4}(?!\d)|\d{1,2}\.\d{1,2}\.(?:\d\d(?!\d))?)
  | (?P<decade>(?:1[5-9]|20)?\d0-?er(?:n|[ -]?Jahren?)?\b)
  | (?P<duradj>\d{1,3}-?(?:tägig|wöchig|monatig|stündig|minütig)(?:e[nrsm]?)?\b)
  | (?P<mixed>\d+-?[^\W\d_][\w-]*)
  | (?P<clock>(?:[01]?\d|2[0-4])[.:][0-5]\d(?![.,:]?\d))
  | (?P<big>\d{1,3}(?:\.\d{3})+(?!\d))
  | (?P<dec>\d+,\d+)
  | (?P<ord>\d{1,2}\.(?!\d))
  | (?P<int>\d+)
  | (?P<mark>\S)
    """,
    re.VERBOSE,
)
_MARKS = {
    **dict.fromkeys("-–—", "DASH"), **dict.fromkeys("([", "OPEN"), **dict.fromkeys(")]", "CLOSE"),
    **dict.fromkeys(".!?;", "DOT"), **dict.fromkeys("„“”\"»«", "QUOTE"), ",": "COMMA", "/": "SLASH", ":": "COLON",
}  # fmt: skip
_WORDS = re.compile(r"[^\W\d_]+|[^\w\s]")
_STARTERS = frozenset('.!?:;„“"»«”(–')


class Letter(NamedTuple):
    """A token as the rules see it."""

    letter: str
    start: int
    end: int
    values: dict[str, Any]


@cache
def _compounds() -> tuple[dict[str, str], tuple[str, ...], dict[str, str], re.Pattern[str], frozenset[str]]:
    data = table("times.de")["compounds"]
    nouns = {end: unit for unit, ends in data.items() if isinstance(ends, list) for end in ends}
    adjectives = {stem: unit for unit, stem in data["adjectives"].items()}
    pattern = re.compile(rf"(?P<n>[^\W\d_]+?)(?P<stem>{'|'.join(adjectives)})(?:e[nrsm]?)?")
    return nouns, tuple(nouns), adjectives, pattern, frozenset(data["not"]["any"])


def _of_word(form: str) -> tuple[str, dict[str, Any]]:
    """Classes by the form of a word that the lexicon does not know."""
    nouns, ends, adjectives, pattern, exceptions = _compounds()
    if form[0].isupper():
        lower = form.lower()
        if lower.endswith(ends) and lower not in exceptions:
            return "CAP UNITC", {"UNITC": next(unit for end, unit in nouns.items() if lower.endswith(end))}
    if "ig" in form[-4:] and (match := pattern.fullmatch(form.lower())):
        number = 1 if match["n"] == "ein" else number_words().get(match["n"])
        if number:
            label = "AGEADJ" if adjectives[match["stem"]] == "year" else "DURADJ"
            return label, {label: (number, adjectives[match["stem"]])}
    if form[0].isupper():
        return "CAP", {}
    return ("ADJ" if form.endswith(("e", "en", "er", "es", "em")) else "LOW"), {}


def _of_number(kind: str, text: str) -> tuple[str, dict[str, Any]]:
    """Classes and values of a token that begins with a digit."""
    if kind == "int":
        value = int(text[:9])
        if len(text) == 4 and 1000 <= value <= 2100:
            near = 1900 <= value <= 2050
            years = {"INT": value, "YEAR": value}
            if near:
                if value % 100:
                    return "INT NEARYEAR ODDYEAR YEAR", {**years, "NEARYEAR": value, "ODDYEAR": value}
                return "INT NEARYEAR YEAR", {**years, "NEARYEAR": value}
            return (
                ("INT OLDYEAR YEAR", {**years, "OLDYEAR": value})
                if value >= 1500 and value % 50
                else ("INT YEAR", years)
            )
        if len(text) == 3:
            return "INT OLDINT", {"INT": value, "OLDINT": value}
        labels = ["INT"] + ["DAYNUM"] * (1 <= value <= 31) + ["HOUR"] * (value <= 24)
        return " ".join(sorted(labels)), dict.fromkeys(labels, value)
    if kind == "ord":
        value = int(text[:-1])
        return ("ORD", {"ORD": value}) if 1 <= value <= 31 else ("OTHER", {})
    if kind == "clock":
        hour, minute = re.split("[.:]", text)
        return "CLOCK", {"CLOCK": (int(hour), int(minute))}
    if kind == "big":
        return "INT", {"INT": int(text.replace(".", "")[:9])}
    if kind == "dec":
        return "DEC", {"DEC": float(text[:9].replace(",", "."))}
    if kind == "decade":
        return "DECADE", {"DECADE": int(re.match(r"\d+", text)[0])}  # type: ignore[index]
    if kind == "duradj":
        number = re.match(r"\d+", text)
        unit = next(u for stem, u in _compounds()[2].items() if stem in text)
        return "DURADJ", {"DURADJ": (int(number[0]) if number else 1, unit)}
    if kind == "date":
        return _of_date(text)
    return "OTHER", {}


def _of_date(text: str) -> tuple[str, dict[str, Any]]:
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    year: int | None = None
    if "-" in text:
        year, month, day = numbers
    else:
        day, month = numbers[:2]
        if len(numbers) == 3:
            year = numbers[2] if numbers[2] > 99 else numbers[2] + (2000 if numbers[2] < 50 else 1900)
    if not (1 <= month <= 12 and 1 <= day <= 31 and (year is None or 1000 <= year <= 2200)):
        return "OTHER", {}
    label = "DATE" if year else "DATESHORT"
    return label, {label: (year, month, day)}


def _letters(text: str, rules: Grammar) -> list[Letter]:
    """The text's tokens with their letters; one look-up a word."""
    found: list[Letter] = []
    exact, initial, shapes = rules.exact, rules.initial, rules.shapes
    fresh = True
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        form = match[0]
        if kind == "word":
            entry = (initial.get(form) if fresh else None) or exact.get(form)
            if entry is None:
                label, values = _of_word(form)
                entry = (shapes[label], values)
            fresh = False
        elif kind == "mark":
            entry = (shapes[_MARKS.get(form, "OTHER")], {})
            fresh = form in _STARTERS
        elif kind == "brk":
            entry = (shapes["BREAK"], {})
            fresh = True
        else:
            label, values = _of_number(kind, form)
            entry = (shapes[label], values)
            fresh = False
        found.append(Letter(entry[0], match.start(), match.end(), entry[1]))
    return found


class _Candidate(NamedTuple):
    first: int
    length: int
    context: int
    order: int
    last: int
    rule: Rule
    match: re.Match[str]


def _candidates(line: str, rules: Grammar) -> list[_Candidate]:
    """All places where a rule matches: leftmost expression first, then what wins, then the longest, then most context."""
    found: list[_Candidate] = []
    for rule in rules.rules:
        match = rule.regex.search(line)
        while match is not None:  # overlapping matches count: one list of dates is several expressions
            first, last = match.span()
            if rule.bracketed:
                first, last = match.span("x")
            found.append(_Candidate(first, first - last, match.start() - match.end(), rule.order, last, rule, match))
            match = rule.regex.search(line, match.start() + 1)
    found.sort(key=lambda c: (c.first, not c.rule.wins, c.length, c.context, c.order))
    return found


def matches(text: str) -> list[TimeMatch]:
    """Every temporal expression of a German text in order; see ``TimeGrammar``.

    >>> [(text[m.start:m.end], m.rule) for text in ["In der Nacht zum Mittwoch fielen Schüsse."] for m in matches(text)]
    [('der Nacht zum Mittwoch', 'night_to')]
    """
    rules = grammar()
    tokens = _letters(text, rules)
    found: list[TimeMatch] = []
    free_from = 0
    for candidate in _candidates("".join(t.letter for t in tokens), rules):
        if candidate.first < free_from:
            continue
        free_from = candidate.last
        rule, match = candidate.rule, candidate.match
        if rule.recipe == "skip":
            continue
        captures = {
            name: tokens[match.start(group)].values.get(label)
            for group, (name, label) in rule.groups.items()
            if match[group] is not None
        }
        start, end = tokens[candidate.first].start, tokens[candidate.last - 1].end
        found.append(TimeMatch(start, end, rule.name, rule.recipe, captures, rule.kind, rule.precision))
    return found


_STAMP = 4
"""Words of a line of metadata before its date."""
_STRETCH = re.compile(r"[^,.;:!?\n]*")
_AIM = re.compile(r"\bzu [a-zäöüß]+n\b|\b[a-zäöüß]{2,}zu[a-zäöüß]+n\b")
"""An infinitive with "zu": what is to be done until then."""


def _stamps(text: str, start: int) -> bool:
    """Does the line up to ``start`` say that it dates the report ("Letzte Aktualisierung: …")?"""
    line = max(text.rfind("\n", 0, start) + 1, start - 60)
    words = [w.lower() for w in _WORDS.findall(text, line, start) if w.isalpha()]
    relations = table("times.de")["relations"]
    if words[:1] and words[0] in relations["stamp_lead"]:
        words = words[1:]
    return 0 < len(words) <= _STAMP and words[0] in relations["stamp"]


def relation(text: str, start: int, end: int) -> Relation | None:
    """What the words around an expression say about the bounds ("seit", "bis zum", "vom … an"); see ``TimeGrammar``."""
    relations = table("times.de")["relations"]
    if _stamps(text, start):
        return "stamp"
    behind = _WORDS.match(text, end + 1)
    if behind and behind[0].lower() in relations["planned"]:
        return "planned"
    for word in reversed(_WORDS.findall(text, max(0, start - 60), start)[-3:]):
        known = word.lower()
        if known in relations["since"]:
            return "since"
        if known in relations["from"]:
            return "from"
        if known in relations["until"]:
            return "deadline" if _AIM.search(_STRETCH.match(text, end)[0]) else "until"  # type: ignore[index]
        if known in relations["opening"]:
            after = _WORDS.match(text, end + 1)
            follows = after[0].lower() if after else ""
            if follows in relations["closing"]:
                return "from"
            return "of" if known in relations["attached"] and follows not in relations["range_closing"] else None
        if known not in relations["between"]:
            break
    return None


_LONGEST_JOIN = 40
"""Code points between two expressions that may belong together."""


@cache
def _joins() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table("times.de")["joins"].items()}


def join(text: str, end: int, start: int) -> Join | None:
    """How the words between two expressions tie them; see ``TimeGrammar``.

    >>> text = "vom 13. bis zum 15. März"
    >>> join(text, text.index(" bis"), text.index("15"))
    'range'
    """
    between = text[end:start]
    if start - end > _LONGEST_JOIN or "\n\n" in between:
        return None
    joins = _joins()
    words = [w.lower() for w in _WORDS.findall(between)]
    if words[:1] == ["("]:
        return "aside" if len(words) <= 3 and all(w in joins["fillers"] for w in words[1:]) else None
    known = joins["fillers"] | joins["range"] | joins["list"] | joins["opening"]
    if not known.issuperset(words):
        return None
    if any(w in joins["range"] for w in words):
        return "range"
    if any(w in joins["list"] for w in words):
        opener = _WORDS.findall(text, max(0, end - 60), end)
        return "range" if any(w.lower() in joins["opening"] for w in opener[-6:]) else "list"
    return "comma" if "," in words else "on"


def sentence(text: str) -> Callable[[int], int]:
    """For a code point: the number of its sentence, by its marks alone; see ``TimeGrammar``."""
    ends = sentence_ends(text)
    return lambda position: bisect_right(ends, position)


def tense(text: str) -> Callable[[int], Direction | None]:
    """For a code point: the tense of the clause around it, guessed from the verb forms near by; see ``TimeGrammar``."""
    return Tenses(text).at

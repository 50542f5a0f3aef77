"""German words in the shape that a sentence needs: cases, articles, numbers, days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

WEEKDAYS = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split()
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
NUMBERS = "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()
_THE = {"m": ("der", "des", "dem", "den"), "f": ("die", "der", "der", "die"), "n": ("das", "des", "dem", "das"),
        "p": ("die", "der", "den", "die")}  # fmt: skip
_CASES = ("nom", "gen", "dat", "acc")
_A = {"m": ("ein", "eines", "einem", "einen"), "f": ("eine", "einer", "einer", "eine"),
      "n": ("ein", "eines", "einem", "ein"), "p": ("", "", "", "")}  # fmt: skip
_RELATIVE = {"m": "der", "f": "die", "n": "das", "p": "die"}
_ONE = {
    "Menschen": "ein Mensch", "Zivilisten": "ein Zivilist", "Soldaten": "ein Soldat", "Polizisten": "ein Polizist",
    "Kinder": "ein Kind", "Kämpfer": "ein Kämpfer", "Helfer": "ein Helfer", "Grenzschützer": "ein Grenzschützer",
}  # fmt: skip


def dative_plural(noun: str) -> str:
    """The dative of a plural: "Helfer" → "Helfern"."""
    return noun if noun.endswith(("n", "s")) else noun + "n"


@dataclass(frozen=True)
class Phrase:
    """A noun phrase. ``kind``: m, f, n, p(lural) with article, o (plural without one), s (a proper name)."""

    kind: str
    adjective: str
    noun: str
    genitive: str
    rest: str

    @classmethod
    def parse(cls, written: str) -> Phrase:
        """From the short form of the data: ``kind [adjective+] noun[/genitive] [rest]``.

        >>> Phrase.parse("n syrisch+ Staatsfernsehen/Staatsfernsehens").form("gen")
        'des syrischen Staatsfernsehens'
        >>> Phrase.parse("p Rettungskräfte").form("dat")
        'den Rettungskräften'
        """
        kind, *words = written.split()
        if kind == "s":
            return cls("s", "", " ".join(words), "", "")
        adjective = words.pop(0)[:-1] if words[0].endswith("+") else ""
        noun, _, genitive = words.pop(0).partition("/")
        return cls(kind, adjective, noun, genitive or noun, " ".join(words))

    @property
    def plural(self) -> bool:
        """Whether the verb is plural."""
        return self.kind in "po"

    def form(self, name: str) -> str:
        """``nom gen dat acc`` with the article; ``ein eines einem einen`` with the indefinite one; ``rel``; ``bare``."""
        return self._form(name, self.noun, self.genitive)

    def marked(self, name: str) -> str:
        """The same with the noun marked as the mention."""
        return self._form(name, f"[[{self.noun}]]", f"[[{self.genitive}]]")

    def _form(self, name: str, noun: str, genitive: str) -> str:
        tail = f" {self.rest}" if self.rest else ""
        if self.kind == "s":
            return f"von {noun}" if name == "gen" else noun
        if name == "rel":
            return _RELATIVE[self.kind]
        if name == "bare":
            return f"{adjective_of(self)}{noun}{tail}"
        if name == "dat0":
            return _dative(noun) if self.kind in "po" else noun
        if name == "rel2":
            return {"m": "dem", "f": "der", "n": "dem"}.get(self.kind, "denen")
        if self.kind == "o":
            adjective = self.adjective and f"{self.adjective}{'en' if name in ('gen', 'dat') else 'e'} "
            if name in ("gen", "dat"):
                return f"{'von ' if name == 'gen' else ''}{adjective}{_dative(noun)}{tail}"
            return f"{adjective}{noun}{tail}"
        if name in _CASES:
            at = _CASES.index(name)
            ending = "e" if (name == "nom" and self.kind != "p") or (name == "acc" and self.kind in "fn") else "en"
            article = _THE[self.kind][at]
        else:
            at = ("ein", "eines", "einem", "einen").index(name)
            article = _A[self.kind][at]
            strong = {"m": "er", "f": "e", "n": "es", "p": "e"}[self.kind]
            ending = strong if at == 0 or (at == 3 and self.kind != "m") else "en"
        word = genitive if at == 1 else (_dative(noun) if at == 2 and self.kind == "p" else noun)
        adjective = f"{self.adjective}{ending} " if self.adjective else ""
        return f"{article} {adjective}{word}{tail}".strip()


def adjective_of(phrase: Phrase) -> str:
    """The adjective of a headline's noun phrase without an article, with its blank."""
    if not phrase.adjective:
        return ""
    return phrase.adjective + {"m": "er ", "f": "e ", "n": "es "}.get(phrase.kind, "e ")


def _dative(noun: str) -> str:
    return dative_plural(noun[:-2]) + "]]" if noun.endswith("]]") else dative_plural(noun)


def number(n: int) -> str:
    """As agencies write it: words up to twelve.

    >>> number(7), number(13)
    ('sieben', '13')
    """
    return NUMBERS[n] if 0 <= n <= 12 else str(n)


@dataclass(frozen=True)
class Person:
    """A number of people; ``high`` None: at least so many."""

    noun: str
    low: int
    high: int | None

    def form(self, name: str) -> str:
        """The people in this case (nominative, accusative or dative)."""
        if self.low == 1:
            if name != "nom":
                raise ValueError("one person stands in the nominative only")
            return _ONE[self.noun]
        noun = dative_plural(self.noun) if name == "dat" else self.noun
        return f"{self.bare()} {noun}"

    def bare(self) -> str:
        """The number alone."""
        return f"{'mindestens ' if self.high is None else ''}{number(self.low)}"

    def agree(self, numbers: tuple[str, str]) -> str:
        """The verb form for so many."""
        return numbers[0] if self.low == 1 else numbers[1]


def when(day: date, part: str | None, published: date, attribute: bool = False) -> str:
    """When it was, as a report of ``published`` says it.

    >>> when(date(2020, 2, 27), "abend", date(2020, 2, 28)), when(date(2020, 2, 27), None, date(2020, 4, 1))
    ('am Donnerstagabend', 'am 27. Februar')
    """
    age = (published - day).days
    if not 0 <= age <= 6:
        said = f"{day.day}. {MONTHS[day.month - 1]}" + (f" {day.year}" if day.year != published.year else "")
        return f"{'vom' if attribute else 'am'} {said}"
    name = WEEKDAYS[day.weekday()]
    if part == "nacht":
        return f"{'aus' if attribute else 'in'} der Nacht zum {name}"
    return f"{'vom' if attribute else 'am'} {name}{part or ''}"

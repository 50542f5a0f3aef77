"""German sentences over tokens: full stops that end one, headlines without one, datelines and bylines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from statistics import median

from trucewatch.knowledge.load import table
from trucewatch.language.analysis import SentenceKind
from trucewatch.language.german.tokens import Piece


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence as token indices, both inclusive."""

    first: int
    last: int
    paragraph: int
    kind: SentenceKind


_TERMINAL = {".", "!", "?", "…", "..."}
_DATELINE = re.compile(
    r"\s*(?P<place>[A-ZÄÖÜ][\w'’-]*(?:[ /,][\w'’.-]+){0,5}?)"
    r"(?:,?\s\d{1,2}\.\s?[A-Za-zä]\w*\.?(?:\s\d{4})?)?"
    r"(?:\s?\((?P<agency>[\w/.\s-]{2,30})\)\s?(?P<mark>[-–—:.,]+)?|\s?(?P<mark2>[-–—]{1,2}|\+{2,3})(?=\s))\s*"
)
_CITY_STOP = re.compile(r"\s*[A-ZÄÖÜ][\w'’-]+(?:/[A-ZÄÖÜ][\w'’-]+(?: [A-ZÄÖÜ][\w'’-]+)?)*\.\s")
_BYLINE = re.compile(
    r"\s*\(?[\w.]{2,12}(?:\s?[/,]\s?[\w.]{2,14})+\)?\s*$|\s*\(?(?:dpa|afp|ap|rtr|reuters|epd|kna|apa|sda|sid)\)?\s*$",
    re.I,
)


@cache
def _quotes() -> tuple[str, str]:
    data = table("text.de")
    return data["opening_quotes"], data["closing_quotes"]


def _blocks(text: str) -> list[tuple[int, int]]:
    """Paragraphs as spans: split at blank lines, and at every line break unless the lines are wrapped prose."""
    blocks: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\n](?:.*?[^\n])?(?=\n[ \t\r]*\n|\n*\Z)", text, re.S):
        start, end = match.span()
        body = text[start:end]
        lines = body.split("\n")
        lengths = [len(line) for line in lines[:-1]]
        wrapped = len(lines) > 1 and 45 <= median(lengths) <= 110 and max(lengths) - min(lengths) <= 45
        if wrapped or len(lines) == 1:
            blocks.append((start, end))
            continue
        at = start
        for line in lines:
            if line.strip():
                blocks.append((at, at + len(line)))
            at += len(line) + 1
    return blocks


def _ends_sentence(pieces: list[Piece], k: int, last: int) -> int | None:
    """Index of the sentence's last token if one ends at mark ``k`` (closing quotes and brackets belong to it)."""
    _, closing = _quotes()
    if pieces[k].text not in _TERMINAL and not re.fullmatch(r"\.{2,}|…|\[.*\]", pieces[k].text):
        return None
    end = k
    while (
        end < last
        and pieces[end + 1].start == pieces[end].end
        and (pieces[end + 1].text in closing or pieces[end + 1].text in ")]" or pieces[end + 1].text in _TERMINAL)
    ):
        end += 1
    if end >= last:
        return end
    after = pieces[end + 1]
    if after.start == pieces[end].end:  # no space: "Sana.sy", "?, fragte er"; but "fair.Unterdessen" is two sentences
        before = pieces[k - 1].text if k else ""
        glued = len(after.text) > 3 and after.text[0].isupper() and after.text[1:].islower() and before.isalpha()
        return end if glued and before.islower() and len(before) > 2 and pieces[k].text == "." else None
    opening, _ = _quotes()
    first = after.text[0]
    if first in opening or first in "([-–•*":
        word = next((p for p in pieces[end + 2 : end + 4] if p.text[0].isalnum()), None)
        if word is None or (word.text[0].islower() and first not in "-–•*"):
            return None
        return end if first not in "-–" or pieces[k].text == "." else None
    if first.islower():
        return None
    if re.fullmatch(r"\.{2,}|…|\[.*\]", pieces[k].text) and pieces[k].text.startswith("["):
        return None
    return end if first.isalnum() else None


def sentences(text: str, pieces: list[Piece]) -> list[Stretch]:
    """Sentences in text order; together they hold every token once.

    A paragraph of one line with no full stop is a ``headline``; a dateline ("Kiew (dpa) -") and a line of
    agency marks ("RND/cle/dpa") is a ``byline``.
    """
    found: list[Stretch] = []
    k = 0
    for number, (start, end) in enumerate(_blocks(text)):
        first = k
        while k < len(pieces) and pieces[k].start < end:
            k += 1
        if first == k:
            continue
        last = k - 1
        block = text[start:end]
        if _BYLINE.match(block):
            found.append(Stretch(first, last, number, "byline"))
            continue
        dateline = _DATELINE.match(block)
        if (
            dateline
            and not (dateline["mark"] or dateline["mark2"])
            and block[dateline.end() : dateline.end() + 1].islower()
        ):
            dateline = None  # "Präsident Wulff (CDU) hat …": a party, no agency
        if dateline and dateline["mark"] == ",":
            dateline = None  # "Der Ort sei zerstört (zu zwei Dritteln), sagte …"
        if dateline and dateline["mark2"] == "-" and block[dateline.start("mark2") - 1].isalnum():
            dateline = None  # "Die Boden- und Luftangriffe …": half a compound
        parted = False  # "Indien meldet Schlag - Pakistan: Fantasie": a headline in two parts
        if dateline and dateline["mark2"] and not dateline["agency"]:
            before = block[: dateline.start("mark2")].split()
            parted = any(w.isalpha() and w.islower() and len(w) > 3 for w in before) and block.rstrip()[-1] not in ".!"
        stop = (
            dateline.end()
            if dateline and (dateline["agency"] or dateline["mark2"]) and dateline.end() < len(block)
            else 0
        )
        if not stop and number == 0 or not stop and found and all(s.kind == "headline" for s in found):
            city = _CITY_STOP.match(block)
            stop = city.end() if city and len(city[0].split()) <= 3 and city.end() < len(block) else 0
        if stop:
            at = first
            while at <= last and pieces[at].start < start + stop:
                at += 1
            if first < at <= last:
                found.append(Stretch(first, at - 1, number, "headline" if parted else "byline"))
                first = at
        begin, complete = first, False
        j = first
        while j <= last:
            close = _ends_sentence(pieces, j, last)
            if close is not None:
                found.append(Stretch(begin, close, number, "body"))
                begin, complete = close + 1, True
                j = close
            j += 1
        if begin <= last:
            final = pieces[last].text
            bare = not complete and final not in (":", ";", ",") and end - start <= 180
            found.append(Stretch(begin, last, number, "headline" if bare else "body"))
    return found

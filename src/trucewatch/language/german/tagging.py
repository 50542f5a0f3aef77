"""Parts of speech and lemmas behind one small interface; the default tagger is HanTa.

A tagger takes the words of one sentence and gives (lemma, STTS tag) for each. Another one (a spaCy or Stanza pipeline
that the user has) may stand in through ``use_tagger``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any

from trucewatch.knowledge.load import table
from trucewatch.language.german.verbs import base_of

Tagger = Callable[[Sequence[str]], list[tuple[str, str]]]

_chosen: Tagger | None = None

COARSE = {
    "NN": "NOUN", "NNA": "NOUN", "NNI": "NOUN", "NE": "PROPN", "FM": "PROPN", "ADJA": "ADJ", "ADJD": "ADJ", "ADV": "ADV", "PROAV": "ADV",
    "PWAV": "ADV", "CARD": "NUM", "ART": "DET", "PIAT": "DET", "PDAT": "DET", "PPOSAT": "DET", "PWAT": "DET", "PRELAT": "DET",
    "PIS": "PRON", "PDS": "PRON", "PPER": "PRON", "PRF": "PRON", "PPOSS": "PRON", "PRELS": "PRON", "PWS": "PRON",
    "APPR": "ADP", "APPRART": "ADP", "APPO": "ADP", "APZR": "ADP", "KON": "CCONJ", "KOUS": "SCONJ", "KOUI": "SCONJ", "KOKOM": "CCONJ",
    "PTKNEG": "PART", "PTKZU": "PART", "PTKVZ": "PART", "PTKA": "PART", "PTKANT": "PART", "ITJ": "INTJ", "TRUNC": "NOUN",
    "$.": "PUNCT", "$,": "PUNCT", "$(": "PUNCT",
}  # fmt: skip
"""STTS tag -> universal part of speech; verbs (VV…, VA…, VM…) are VERB or AUX by their first letters."""


def coarse(tag: str) -> str:
    """The universal part of speech of an STTS tag."""
    if tag.startswith("VV"):
        return "VERB"
    if tag.startswith(("VA", "VM")):
        return "AUX"
    return COARSE.get(tag, "X")


def use_tagger(tagger: Tagger | None) -> None:
    """Let ``tagger`` stand in for HanTa in this process; ``None`` brings HanTa back."""
    global _chosen
    _chosen = tagger


@cache
def _hanta() -> Any:
    """HanTa's German model with its per-word work cached: a report uses the same words over and over."""
    from HanTa import HanoverTagger

    model = HanoverTagger.HanoverTagger("morphmodel_ger.pgz")
    slow_word, slow_analyse = model._tag_word, model._analyze
    model._tag_word = lru_cache(maxsize=60_000)(
        lambda word, cutoff=5, casesensitive=True, conditional=False: slow_word(
            word, cutoff, casesensitive, conditional
        )
    )
    model._analyze = lru_cache(maxsize=60_000)(lambda word, pos, taglevel=1: slow_analyse(word, pos, taglevel))
    return model


_MARK = re.compile(r"[^\w]+$")
_LONGEST_WORD = 60
"""HanTa's work grows with the square of a word's length; a longer "word" is not one and is tagged XY unread."""


def _hanta_tags(words: Sequence[str]) -> list[tuple[str, str]]:
    clean = [w if len(w) <= _LONGEST_WORD else "x" for w in words]
    out: list[tuple[str, str]] = []
    for word, (_, lemma, tag) in zip(words, _hanta().tag_sent(clean), strict=True):
        if len(word) > _LONGEST_WORD:
            out.append((word, "XY"))
            continue
        out.append((lemma, tag.replace("(", "").rstrip(")") if tag[:2] != "$(" else tag))
    return out


@lru_cache(maxsize=20_000)
def participle_lemma(form: str) -> tuple[str, str] | None:
    """For an attributive participle's form without its ending ("belagert", "kämpfend"): (verb lemma, "past" or "present").

    ``None`` where the tagger knows no such participle.

    >>> participle_lemma("belagert")
    ('belagern', 'past')
    """
    model = _hanta()
    low = form.lower()
    if low in table("verbs.de")["lexical_participles"]["words"]:
        return None
    if not low or len(low) > _LONGEST_WORD:
        return None
    if low.endswith("end") and len(low) > 5:
        stem = low[:-1]
        for tag, _ in model.tag_word(stem, cutoff=0 if stem not in model.cache else 8, casesensitive=False):
            if tag in ("VV(INF)", "VV(FIN)"):
                return model.analyze(stem, "VV(INF)")[0], "present"
        return low[:-1], "present"
    tags = dict(model.tag_word(low, cutoff=8, casesensitive=False))
    if "VV(PP)" not in tags:
        return None
    if (
        re.search(
            r"(?:ge|be|ver|ent|er|zer|miss|iert|um|über|unter|durch|hinter|wider|an|aus|ein|auf|ab|zu|vor|nach|voll|gegen)",
            low,
        )
        is None
    ):
        return None
    lemma = model.analyze(low, "VV(PP)")[0]
    return (lemma, "past") if lemma != low else None


@lru_cache(maxsize=20_000)
def may_be_finite(word: str, tag: str) -> bool:
    """Can a form tagged as participle, adjective or infinitive be a finite full verb ("verstärkte", "vertrieben")?"""
    low = word.lower()
    if not low.isalpha() or len(low) > _LONGEST_WORD:
        return False
    if tag == "VVINF" or any(t == "VV(FIN)" for t, _ in _hanta().tag_word(low, cutoff=12, casesensitive=False)):
        return True
    lemma = finite_lemma(low)
    if not lemma.endswith("n") or lemma == low:
        return False
    prefix, base = base_of(lemma)
    rest = low[len(prefix) :] if prefix and low.startswith(prefix) else low
    strong = table("verbs.de")["strong"].get(base)
    if strong is not None:
        return rest in (strong[0], strong[0] + "en", strong[0] + "n")
    stem = base[:-2] if base.endswith("en") else base[:-1]
    return rest in (stem + "te", stem + "ten", stem + "ete", stem + "eten")


@lru_cache(maxsize=20_000)
def finite_lemma(word: str) -> str:
    """The infinitive of a form read as a finite full verb."""
    return str(_hanta().analyze(word.lower(), "VV(FIN)")[0])


@lru_cache(maxsize=20_000)
def noun_lemma(word: str) -> str:
    """The lemma of a word read as a common noun."""
    return str(_hanta().analyze(word, "NN")[0])


@lru_cache(maxsize=20_000)
def known_noun(word: str) -> bool:
    """Does the tagger know the noun's last part, so that the word is no name it has only guessed to be a noun?"""
    model = _hanta()
    if not word or len(word) > _LONGEST_WORD:
        return False
    parts = [(part, tag) for part, tag in model.analyze(word, "NN", taglevel=3)[1] if not tag.startswith("SUF")]
    if not parts:
        return False
    part, tag = parts[-1]
    return part in model.LP_m_t.get(model.tag2int.get(tag, 0), {})


@lru_cache(maxsize=40_000)
def joints(noun: str) -> tuple[int, ...]:
    """Offsets inside a noun at which a part of the compound begins, the word's own beginning left out.

    >>> joints("Luftangriff")
    (4,)
    """
    if len(noun) < 7 or len(noun) > _LONGEST_WORD:
        return ()
    offset, found = 0, []
    for part, _ in _hanta().analyze(noun, "NN", taglevel=3)[1]:
        if offset:
            found.append(offset)
        offset += len(part)
    return tuple(found)


_ENDINGS = ("e", "er", "en", "em", "es")


def tag(words: Sequence[str]) -> list[tuple[str, str]]:
    """(lemma, STTS tag) for each word of one sentence; marks get ``$.``, ``$,`` or ``$(``.

    >>> tag(["Kiew", "wies", "das", "zurück", "."])[1]
    ('weisen', 'VVFIN')
    """
    if not words:
        return []
    tagged = (_chosen or _hanta_tags)(words)
    out: list[tuple[str, str]] = []
    for word, (lemma, found) in zip(words, tagged, strict=True):
        if _MARK.match(word):
            found = "$," if word == "," else "$." if word in ".!?:;…" or word.startswith("..") else "$("
            lemma = word
        elif word[0].isdigit() and "-" in word and word[-1].isalpha():  # "22-jährige", "10-Punkte-Plan"
            aged = word.lower().endswith(("jährige", "jährigen", "jähriger", "jährigem"))  # declined like an adjective
            found = (
                ("NNA" if aged else "NN")
                if word[word.rindex("-") + 1].isupper()
                else "ADJA"
                if word.endswith(_ENDINGS)
                else "ADJD"
            )
        elif word[0].isdigit():
            found = "ADJA" if word.endswith(".") and len(word) <= 3 else "CARD"
            lemma = word
        elif found == "CARD" and word[0].isupper() and word[-1].isdigit():  # "M23", "T-72"
            lemma, found = word, "NE"
        elif found in _NO_NOUN and _compound(word):
            found, lemma = "NN", word
        elif found == "NE" and _short_name_first(word):
            first, _, last = word.rpartition("-")
            found, lemma = "NN", f"{first}-{noun_lemma(last)}"
        out.append((lemma, found))
    common = table("nouns.de")["people"]["common"]
    for k, word in enumerate(words):
        if out[k][1] != "NN" and names_people(word):
            out[k] = (word, "NN")
        elif out[k][1] == "NE" and word.lower() in common:
            out[k] = (word, "NN")
    _places(words, out)
    _foreign(words, out)
    _people(words, out)
    _attributes(words, out)
    _infinitives(words, out)
    return out


def _compound(word: str) -> bool:
    """ "M23-Kämpfer", "RSF-Soldaten": a noun for its last part, whatever the first one looks like."""
    first, dash, last = word.rpartition("-")
    return bool(dash) and first[:1].isupper() and last[:1].isupper() and len(last) > 2 and known_noun(last)


def _short_name_first(word: str) -> bool:
    """ "US-Kampfjets", "UN-Konvoi", "Nato-Drohnen": a noun behind letters or a body's name, and no family name."""
    first = word.rpartition("-")[0]
    return (first.isupper() or first.lower() in table("nouns.de")["people"]["bodies"]) and _compound(word)


def _infinitives(words: Sequence[str], tagged: list[tuple[str, str]]) -> None:
    """ "sollen geschossen haben und flohen": behind a participle and a finite modal "haben" and "sein" are infinitives."""
    for k in range(2, len(words)):
        lemma, found = tagged[k]
        if found != "VAFIN" or words[k] not in ("haben", "sein") or tagged[k - 1][1] not in ("VVPP", "VAPP"):
            continue
        for j in range(k - 2, -1, -1):
            if tagged[j][1] == "VMFIN":
                tagged[k] = (lemma, "VAINF")
                break
            if tagged[j][1] in ("$,", "$.", "KON", "VAFIN", "VVFIN", "KOUS", "PRELS"):
                break


@lru_cache(maxsize=20_000)
def names_people(word: str) -> bool:
    """A name and a noun for people or a body, joined by a hyphen: a noun, whatever the name looks like.

    >>> names_people("M23-Kämpfer"), names_people("al-Shabaab-Rebellen"), names_people("Al-Bab")
    (True, True, False)
    """
    name, mark, noun = word.rpartition("-")
    return bool(mark and name) and noun[:1].isupper() and noun.lower() in table("nouns.de")["people"]["hyphenated"]


def _plain_noun(word: str) -> bool:
    """A noun that the tagger knows, not one put together from a scrap ("Ja|rad")."""
    if not known_noun(word):
        return False
    parts = [part for part, tag in _hanta().analyze(word, "NN", taglevel=3)[1] if not tag.startswith("SUF")]
    return len(parts) == 1 or len(parts[0]) > _SCRAP


_SCRAP = 2
"""So many letters at the beginning of a compound are hardly a word."""


def _places(words: Sequence[str], tagged: list[tuple[str, str]]) -> None:
    """ "das Dorf Nyakunde", "beschossen Um al-Kura": names that the tagger takes for a noun or a preposition."""
    nouns, leading = table("nouns.de")["title"]["place"], table("places.de")["names"]["leading"]
    for k in range(1, len(words)):
        word, found = words[k], tagged[k][1]
        if found == "NN" and tagged[k - 1][1] == "NN" and word.isalpha() and not _plain_noun(word):
            if words[k - 1].lower().endswith(tuple(nouns)):
                tagged[k] = (word, "NE")
        elif found == "NN" and tagged[k - 1][1] == "NE" and words[k - 1].lower() in leading:
            tagged[k] = (word, "NE")  # "Kafr Schuba"
        elif k + 1 < len(words) and word.lower() in leading and word[0].isupper():
            if _ARTICLE.match(words[k + 1]):
                tagged[k], tagged[k + 1] = (word, "NE"), (words[k + 1], "NE")


_ARTICLE = re.compile(r"[AaEeUu][lnrsdth](?:-|sch-)\w")
"""An Arabic article, however it is written before its noun."""
_NO_NOUN = frozenset(("ADJA", "ADJD", "VVFIN", "VVPP", "VVINF", "VVIZU"))


def _foreign(words: Sequence[str], tagged: list[tuple[str, str]]) -> None:
    """ "die Rapid Support Forces": an English word between the words of a name is part of it."""
    known = table("nouns.de")["foreign"]["words"]
    for k in range(1, len(words) - 1):
        if tagged[k][1] == "NN" and words[k] in known and tagged[k - 1][1] == tagged[k + 1][1] == "NE":
            tagged[k] = (words[k], "NE")


def _people(words: Sequence[str], tagged: list[tuple[str, str]]) -> None:
    """ "Bewaffnete der Miliz", "die Bewaffneten flohen": a participle that stands for people, with no noun behind it."""
    stems = table("nouns.de")["people"]["participles"]
    for k, word in enumerate(words):
        if tagged[k][1] not in _NO_NOUN or not word[0].isupper():
            continue
        behind = tagged[k + 1][1] if k + 1 < len(tagged) else ""
        if behind not in ("NN", "NE", "ADJA", "NNA", "CARD") and word.rstrip("enr").lower() in stems:
            tagged[k] = (word, "NNA")


def _attributes(words: Sequence[str], tagged: list[tuple[str, str]]) -> None:
    """ "der von Moskau verkündete Abzug": behind an article and a preposition the verb before the noun is a participle."""
    for k in range(len(words) - 3):
        if tagged[k][1] not in ("ART", "PPOSAT") or tagged[k + 1][1] not in ("APPR", "APPRART"):
            continue
        for j in range(k + 3, min(k + 10, len(words) - 1)):
            word, found = words[j], tagged[j][1]
            if found.startswith("$") or found in ("VAFIN", "VMFIN", "KOUS", "PRELS"):
                break
            if found == "VVFIN":
                if word[0].islower() and word.endswith(("te", "ten")) and tagged[j + 1][1] in ("NN", "NE"):
                    tagged[j] = (word[:-1] if word.endswith("e") else word[:-2], "ADJA")
                break

"""Case, number and gender from German forms, and repairs of tags that the neighbourhood decides."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from trucewatch.knowledge.load import table
from trucewatch.language.analysis import Token
from trucewatch.language.german.numbers_in_words import number_of
from trucewatch.language.german.tagging import coarse, joints, names_people, noun_lemma, participle_lemma
from trucewatch.language.german.verbs import base_of, reading_of

Reading = tuple[str, str, str]
"""(case, number, gender): nom|acc|dat|gen, singular|plural, m|f|n ("*" in the plural)."""


def _set(*codes: str) -> frozenset[Reading]:
    found: set[Reading] = set()
    for code in codes:
        case, number, genders = code.split(".")
        for gender in genders:
            found.add((case, {"s": "singular", "p": "plural"}[number], gender))
    return frozenset(found)


# Endings of der-words (dieser, jeder, der itself) and ein-words (kein, mein), Duden grammar, declension tables.
_DER = {
    "er": _set("nom.s.m", "dat.s.f", "gen.s.f", "gen.p.*"),
    "ie": _set("nom.s.f", "acc.s.f", "nom.p.*", "acc.p.*"),
    "e": _set("nom.s.f", "acc.s.f", "nom.p.*", "acc.p.*"),
    "as": _set("nom.s.n", "acc.s.n"),
    "es": _set("nom.s.n", "acc.s.n", "gen.s.mn"),
    "en": _set("acc.s.m", "dat.p.*"),
    "em": _set("dat.s.mn"),
}
_FORMS: dict[str, frozenset[Reading]] = {
    "der": _DER["er"], "die": _DER["ie"], "das": _DER["as"], "den": _DER["en"], "dem": _DER["em"], "des": _set("gen.s.mn"),
    "denen": _set("dat.p.*"), "deren": _set("gen.s.f", "gen.p.*"), "dessen": _set("gen.s.mn"),
    "er": _set("nom.s.m"), "sie": _set("nom.s.f", "acc.s.f", "nom.p.*", "acc.p.*"), "es": _set("nom.s.n", "acc.s.n"),
    "ihn": _set("acc.s.m"), "ihm": _set("dat.s.mn"), "ihr": _set("dat.s.f"), "ihnen": _set("dat.p.*"), "wir": _set("nom.p.*"),
    "ich": _set("nom.s.m", "nom.s.f"), "uns": _set("acc.p.*", "dat.p.*"), "mich": _set("acc.s.mf"), "mir": _set("dat.s.mf"),
    "man": _set("nom.s.m"), "wer": _set("nom.s.m"), "wen": _set("acc.s.m"), "wem": _set("dat.s.m"), "was": _set("nom.s.n", "acc.s.n"),
    "niemand": _set("nom.s.m", "acc.s.m"), "niemanden": _set("acc.s.m"), "niemandem": _set("dat.s.m"), "jemand": _set("nom.s.m", "acc.s.m"),
    "etwas": _set("nom.s.n", "acc.s.n"), "nichts": _set("nom.s.n", "acc.s.n"), "alles": _set("nom.s.n", "acc.s.n"),
    "alle": _set("nom.p.*", "acc.p.*"), "allen": _set("dat.p.*"), "aller": _set("gen.p.*"), "viele": _set("nom.p.*", "acc.p.*"),
    "vielen": _set("dat.p.*"), "vieler": _set("gen.p.*"), "mehrere": _set("nom.p.*", "acc.p.*"), "mehreren": _set("dat.p.*"),
    "mehrerer": _set("gen.p.*"), "einige": _set("nom.p.*", "acc.p.*"), "einigen": _set("dat.p.*"), "einiger": _set("gen.p.*", "gen.s.f"),
    "beide": _set("nom.p.*", "acc.p.*"), "beiden": _set("dat.p.*", "nom.p.*", "acc.p.*", "gen.p.*"), "beider": _set("gen.p.*"),
    "zweier": _set("gen.p.*"), "dreier": _set("gen.p.*"), "wenige": _set("nom.p.*", "acc.p.*"), "zahlreiche": _set("nom.p.*", "acc.p.*"),
    "sämtliche": _set("nom.p.*", "acc.p.*"),
}  # fmt: skip
_EIN = {
    "": _set("nom.s.m", "nom.s.n", "acc.s.n"), "e": _set("nom.s.f", "acc.s.f", "nom.p.*", "acc.p.*"), "en": _set("acc.s.m", "dat.p.*"),
    "em": _set("dat.s.mn"), "er": _set("dat.s.f", "gen.s.f", "gen.p.*"), "es": _set("gen.s.mn"),
}  # fmt: skip
_STRONG_ADJ = {
    "e": _set("nom.s.f", "acc.s.f", "nom.p.*", "acc.p.*"), "er": _set("nom.s.m", "dat.s.f", "gen.s.f", "gen.p.*"),
    "es": _set("nom.s.n", "acc.s.n"), "en": _set("acc.s.m", "dat.p.*", "gen.s.mn"), "em": _set("dat.s.mn"),
}  # fmt: skip
_EIN_STEMS = ("ein", "kein", "mein", "dein", "sein", "ihr", "unser", "unsr", "euer", "eur")


@lru_cache(maxsize=4000)
def determiner_readings(form: str, pronoun: bool = False) -> frozenset[Reading]:
    """Possible (case, number, gender) of a determiner or pronoun form; empty where the form shows nothing."""
    low = form.lower()
    if low == "ihr" and not pronoun:  # the possessive, not the pronoun
        return _EIN[""]
    if low in _FORMS:
        return _FORMS[low]
    if pronoun and low in ("einer", "keiner"):  # "Einer der Angreifer"
        return _set("nom.s.m", "dat.s.f", "gen.s.f")
    if pronoun and low in ("eines", "eins", "keines", "keins"):
        return _set("nom.s.n", "acc.s.n", "gen.s.mn")
    for stem in _EIN_STEMS:
        if low.startswith(stem) and low[len(stem) :] in _EIN:
            found = _EIN[low[len(stem) :]]
            return frozenset(r for r in found if r[1] == "singular") if stem == "ein" else found
    for stem in ("dies", "jen", "jed", "jeglich", "welch", "manch", "solch", "derjenig", "derselb"):
        if low.startswith(stem) and low[len(stem) :] in _DER:
            return _DER[low[len(stem) :]]
    return frozenset()


def adjective_readings(form: str) -> frozenset[Reading]:
    """Possible readings of a strong adjective's ending (no determiner before it)."""
    low = form.lower()
    for ending in ("em", "er", "es", "en", "e"):
        if low.endswith(ending):
            return _STRONG_ADJ[ending]
    return frozenset()


@cache
def _nouns() -> dict[str, tuple[str, ...]]:
    data = table("nouns.de")
    return {
        **{f"suffix.{g}": tuple(sorted(data["suffix"][g], key=len, reverse=True)) for g in "fmn"},
        **{f"word.{g}": tuple(data["word"][g]) for g in "fmn"},
        "weak": tuple(data["weak"]["suffix"]),
        "quantity": tuple(data["quantity"]["words"]),
    }


@lru_cache(maxsize=20_000)
def gender_of(lemma: str) -> str | None:
    """m, f, n by word list and suffix, or None (nothing known). A compound has the gender of its last part."""
    low = lemma.lower()
    data = _nouns()
    for g in "fmn":
        if low in data[f"word.{g}"]:
            return g
    best: tuple[int, str] | None = None
    for g in "fmn":
        for source in (data[f"word.{g}"], data[f"suffix.{g}"]):
            for ending in source:
                if low.endswith(ending) and (len(ending) > 3 or source is data[f"suffix.{g}"]):
                    if len(low) > len(ending) + 1 or low == ending:
                        if best is None or len(ending) > best[0]:
                            best = (len(ending), g)
                    break
    return best[1] if best else None


def is_quantity(word: str) -> bool:
    """Is it a noun of quantity ("Dutzende", "Tausende", "Millionen")?"""
    return word.lower() in _nouns()["quantity"]


@lru_cache(maxsize=20_000)
def noun_readings(form: str, lemma: str) -> frozenset[Reading]:
    """Possible readings of a noun form from how it differs from its lemma and from the lemma's gender."""
    gender = gender_of(lemma)
    genders = gender or "mfn"
    low, base = form.lower(), lemma.lower()
    weak = any(base.endswith(s) for s in _nouns()["weak"])
    plural = _set("nom.p.*", "acc.p.*", "gen.p.*", "dat.p.*")
    if base.endswith("e") and low == base + "r":  # nominalised adjective: "Beauftragter", "Verletzter"
        return _set("nom.s.m", "dat.s.f", "gen.s.f", "gen.p.*")
    if base.endswith("e") and low == base + "m":
        return _set("dat.s.mn")
    singular = frozenset({(c, "singular", g) for c in ("nom", "acc", "dat", "gen") for g in genders})
    if low == base:
        out = singular if gender == "f" else frozenset(r for r in singular if r[0] != "gen" or r[2] == "f")
        if weak:
            out = frozenset(r for r in out if r[0] == "nom")
        if gender is None:  # a word of unknown gender may be a plural that looks like its lemma ("die Taliban")
            out |= plural
        if base.endswith(("er", "en", "el", "chen", "lein")) and gender != "f":
            out |= plural if base.endswith(("en", "chen", "lein")) else _set("nom.p.*", "acc.p.*", "gen.p.*")
        return out
    if low in (base + "s", base + "es", base + "ses") and gender != "f":
        genitive = frozenset(("gen", "singular", g) for g in genders if g != "f")
        return genitive | (plural if low == base + "s" and (gender is None or _plural_in_s(base)) else frozenset())
    if weak and low in (base + "n", base + "en"):
        return plural | frozenset((c, "singular", "m") for c in ("acc", "dat", "gen"))
    if low.endswith("n"):
        return plural
    if low == base + "e" and gender in ("m", "n", None):
        return _set("nom.p.*", "acc.p.*", "gen.p.*")
    return _set("nom.p.*", "acc.p.*", "gen.p.*")


def _plural_in_s(base: str) -> bool:
    """ "Kommandos", "Jets", "Paramilitärs": foreign words, and those that end in a full vowel."""
    return base.endswith(tuple(table("nouns.de")["plural_in_s"]["suffix"]))


@lru_cache(maxsize=20_000)
def is_abstract(lemma: str) -> bool:
    """Is the noun abstract by its suffix, and no body of people?"""
    data = table("nouns.de")["abstract"]
    low = lemma.lower()
    return low.endswith(tuple(data["suffix"])) and not low.endswith(tuple(data["collective"]))


def agree(one: frozenset[Reading], other: frozenset[Reading]) -> frozenset[Reading]:
    """Readings that both allow; an empty side knows nothing and allows all. "*" stands for any gender."""
    if not one:
        return other
    if not other:
        return one
    return frozenset(
        (c, n, g if g != "*" else h)
        for c, n, g in one
        for d, m, h in other
        if c == d and n == m and (g == h or "*" in (g, h) or n == "plural")
    )


@cache
def _separated_particles() -> frozenset[str]:
    return frozenset(table("verbs.de")["particle"]["separated"])


def retag(tokens: list[Token], first: int, last: int) -> None:
    """Repair tags and fill lemma, case, number, mood and tense of the tokens ``first`` to ``last`` (one sentence)."""
    for i in range(first, last + 1):
        token = tokens[i]
        low = token.text.lower()
        before = tokens[i - 1] if i > first else None
        after = tokens[i + 1] if i < last else None
        tag = token.tag
        if tag == "KON" and low == "bis":
            tag = "APPR"
        if low.startswith("welche") and tag in ("PWS", "PWAT", "PIAT") and before is not None and before.text == ",":
            tag = "PRELS"
        if low in ("dass", "daß"):
            tag = "KOUS"
        often = low == "wieder" and before is not None and before.text.lower() in ("immer", "nie", "schon", "mal")
        if (
            tag in ("APPR", "KOUS", "ADV")
            and low in _separated_particles()
            and not often
            and (after is None or after.text in ',.;:!?)“«"' or after.text.lower() in ("und", "oder"))
            and _verb_before(tokens, first, i)
        ):
            tag = "PTKVZ"
        if low == "so" and before is not None and before.text == "," and tag != "KOUS":
            tag = "ADV"
        if (
            low in table("text.de")["patronymics"]
            and after is not None
            and after.text[0].isupper()
            and after.tag in ("NE", "NN", "XY")
        ):
            named = before is not None and (before.tag in ("NE", "NN", "XY", "FM") and before.text[0].isupper())
            if token.text[0].isupper() or named:  # "Osama bin Laden", "Bin Laden": no verb and no shop
                tag = "NE" if token.text[0].isupper() else "XY"
                after.tag = "NE"
        if tag in ("NN", "NE") and token.text[0].islower() and low not in ("dpa", "afp"):
            tag = "XY" if tag == "NE" else tag
        if tag in ("VVIMP", "VAIMP") and not (i == first and after is not None and tokens[last].text == "!"):
            tag = tag[:2] + "FIN"
        if (
            tag.startswith("V")
            and token.text[0].isupper()
            and i > first
            and before is not None
            and (before.tag in ("ART", "PPOSAT", "PDAT", "PIAT", "APPRART", "ADJA") and before.text not in '„»"')
        ):
            tag = "NN"
            token.lemma = token.text
        if tag in ("PTKVZ", "ADJD") and (
            after is None or after.tag.startswith("$") or after.tag in ("KON", "VAFIN", "VAINF")
        ):
            helper = next(
                (t for t in reversed(tokens[first:i]) if t.tag in ("VAFIN", "VVFIN", "VMFIN", "VVPP", "$,")), None
            )
            if (
                helper is not None
                and helper.tag == "VAFIN"
                and helper.lemma == "haben"
                and low in _PARTICIPLES_LIKE_ADJECTIVES
            ):
                known = participle_lemma(low)
                lemma = known[0] if known is not None else table("verbs.de")["participle_with_have"].get(low)
                if lemma is not None:
                    tag, token.lemma = "VVPP", lemma
        if (
            tag in ("KOKOM", "APPR")
            and low == "als"
            and (before is None or before.text in (",", "-", "–", ":"))
            and _verb_ends(tokens, i, last, before is not None and before.text == ",")
        ):
            tag = "KOUS"
        if tag in ("PIS", "PIAT") and low in ("weitere", "weiterer", "weiteren", "weiteres"):
            tag = "ADJA"
        if tag in ("NN", "NE", "ADJA", "ADJD", "ADV", "VVFIN", "VVPP", "XY", "NNA", "PIS") and _cardinal(low):
            tag = "CARD"
        if tag == "CARD" and before is not None and after is not None and before.text == "(" and after.text == ")":
            tag = "$("  # an age behind a name
        if _ARTICLE_NAME.match(token.text) and not names_people(token.text):  # "al-Gaddafi", "Ibn-Saud"
            tag = "NE"
        if tag in ("VVINF", "VVPP", "ADJD") and low in table("verbs.de")["participle_of"]:
            tag, token.lemma = "VVPP", table("verbs.de")["participle_of"][low]
        if tag == "VVINF" and low != token.lemma.lower() and after is not None and after.tag.startswith("VA"):
            tag = "VVPP"  # "verschworen haben": an infinitive would be its own lemma
        if tag == "VVPP" and _strong_past(low, token.lemma):
            tag = "VVFIN"
        if tag == "VVPP" and low == token.lemma.lower() and low.endswith("n") and not participle_as_infinitive(low):
            tag = "VVINF"
        if tag != token.tag:
            token.tag, token.coarse = tag, coarse(tag)
        fill(token)


def _verb_ends(tokens: list[Token], i: int, last: int, comma: bool) -> bool:
    """Does the piece of the sentence from ``i`` to the next mark end in a finite verb?

    Without a ``comma`` before it, only where no other one is in it and a mark stands behind ("Als Zeuge sagte er …").
    """
    j = i + 1
    while j <= last and not tokens[j].tag.startswith("$"):
        j += 1
    if j <= i + 2:
        return False
    if comma:
        return tokens[j - 1].tag in ("VVFIN", "VAFIN", "VMFIN", "VVPP")
    finite = [t for t in tokens[i:j] if t.tag in ("VVFIN", "VAFIN", "VMFIN")]
    return len(finite) == 1 and finite[0] is tokens[j - 1] and j <= last and tokens[j].text == ","


def _cardinal(low: str) -> bool:
    """A number word, short ("drei") or long ("fünfundzwanzig")."""
    return (
        low in _CARDINALS
        or len(low) > 5
        and low[-1] in "gnd"
        and number_of(low) is not None
        and low not in ("tausend", "hundert", "dutzend")
    )


_CARDINALS = {"zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"}
_ARTICLE_NAME = re.compile(
    r"(?:[Aa]l|[Aa]s|[Aa]t|[Aa]sch|[Aa]d|[Aa]r|[Aa]n|[Ee]l|[Uu]l|[Ee]d|[Ee]s|[Ee]n|[Ii]bn|[Aa]bu|[Bb]in)[-‐]['’]?[A-ZÄÖÜ]\w+"
)
_PARTICIPLES_LIKE_ADJECTIVES = {
    "bekannt",
    "verletzt",
    "verwundet",
    "besetzt",
    "bereit",
    "geschlossen",
    "entschlossen",
    "verboten",
    "begrenzt",
    "bedroht",
    "verpflichtet",
    "vereint",
    "verbündet",
    "zerstört",
    "geeint",
    "erklärt",
    "bestimmt",
}


def _strong_past(form: str, lemma: str) -> bool:
    """ "flohen", "schlugen": the plain past of a strong verb without prefix, never a participle."""
    forms = table("verbs.de")["strong"].get(lemma)
    return forms is not None and not form.startswith("ge") and form == forms[0] + "en" != lemma


def participle_as_infinitive(lemma: str) -> bool:
    """Strong verbs whose participle looks like the infinitive ("erhalten", "verlassen", "überfallen")."""
    return base_of(lemma)[1] in table("verbs.de")["participle_as_infinitive"]["bases"]


def _verb_before(tokens: list[Token], first: int, i: int) -> bool:
    """A finite full verb stands earlier in the same comma-free stretch (so a particle can belong to it)."""
    for j in range(i - 1, first - 1, -1):
        if tokens[j].tag in ("VVFIN", "VVIMP"):
            return True
        if tokens[j].tag in ("$.",) or tokens[j].tag in ("VVPP", "VVINF"):
            return False
    return False


def fill(token: Token) -> None:
    """Set lemma, cases, number, moods and tense from the token's form and tag."""
    tag, text = token.tag, token.text
    if tag in ("NN", "NNA", "NNI"):
        token.lemma = _noun_lemma(text, token.lemma)
        token.joints = joints(text)
        readings = noun_readings(text, token.lemma)
        numbers = {n for _, n, _ in readings}
        token.number = numbers.pop() if len(numbers) == 1 else None
        token.cases = frozenset(c for c, _, _ in readings)
    elif tag == "NE":
        token.lemma = token.lemma if text.endswith("s") and token.lemma == text[:-1] and not _ends_in_s(text) else text
    elif tag.endswith(("FIN", "IMP")):
        token.moods, token.tense, token.number = reading_of(text, token.lemma)
    elif tag in ("ART", "PDAT", "PIAT", "PPOSAT", "PDS", "PIS", "PPER", "PRELS", "PRELAT", "PWS", "PWAT"):
        readings = determiner_readings(text, tag in ("PIS", "PPER"))
        token.cases = frozenset(c for c, _, _ in readings)
        numbers = {n for _, n, _ in readings}
        token.number = numbers.pop() if len(numbers) == 1 else None


def _ends_in_s(name: str) -> bool:
    """ "Kundus", "Homs": the s is the name's own, no genitive's."""
    data, low = table("nouns.de")["name"], name.lower()
    return low in data["words"] or low.endswith(tuple(data["own_s"])) and low not in data["genitive"]


@lru_cache(maxsize=20_000)
def _noun_lemma(text: str, lemma: str) -> str:
    """HanTa's noun lemma in today's spelling and with the capitals of the form ("Beschuß" -> "Beschuss", "UN-…")."""
    if "ß" in lemma and "ß" not in text:
        lemma = lemma.replace("ß", "ss")
    if text.endswith("ee") and lemma == text[:-1]:
        lemma = text  # "Nationalarmee" is no plural
    if "-" in text:
        cut = text.rindex("-") + 1
        if text[cut:].rstrip("nrm") == "Jährige":
            return text[:cut] + "Jährige"  # declined like an adjective: "der 34-Jährige", "ein 34-Jähriger"
        tail = noun_lemma(text[cut:]) if cut < len(text) else ""
        if text[cut:].lower().startswith(tail[:3].lower()):
            tail = tail[:1].upper() + tail[1:] if text[cut : cut + 1].isupper() else tail
            return text[:cut] + tail
    return lemma

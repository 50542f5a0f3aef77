"""German noun and prepositional phrases: chunked from tags, with case, number and gender by agreement.

The chunker reads a run of tokens (one clause without its subclauses) left to right. It knows extended attributes
("die von der Regierung belagerten Städte"): their participle becomes a small clause of its own (see ``Attribute``).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache, lru_cache

from trucewatch.knowledge.load import table
from trucewatch.knowledge.register import register
from trucewatch.language.analysis import Phrase, Token
from trucewatch.language.german.morphology import (
    Reading,
    adjective_readings,
    agree,
    determiner_readings,
    gender_of,
    is_quantity,
    noun_readings,
)
from trucewatch.language.german.numbers_in_words import number_of
from trucewatch.language.german.quantities import quantity_of
from trucewatch.language.german.tagging import known_noun, participle_lemma

_DATE = re.compile(r"\d{1,2}\.\d{1,2}(?:\.(?:\d{4}|\d{2})?)?")
_QUOTES = {"„", "“", "”", "»", "«", '"', "‚", "‘", "’", "›", "‹"}
_ALONE = {"beide", "alle", "viele", "mehrere", "einige"}
"""Plural determiners that stand alone before a noun in the singular."""
_ONLY_BEHIND = {"zufolge", "zuliebe", "halber", "hindurch"}
"""Postpositions that never stand before their noun ("dem Gouverneur zufolge Teile einer Drohne")."""
_POSTPOSITIONS = {"zufolge", "zuliebe", "gegenüber", "entgegen", "wegen", "hindurch", "halber", "entlang", "gemäß"}
_DETERMINERS = {"ART", "PDAT", "PIAT", "PPOSAT", "PWAT", "PRELAT"}
_PRONOUNS = {"PPER", "PDS", "PIS", "PRELS", "PWS", "PPOSS"}
_NOUNS = {"NN", "NNA", "NNI", "NE", "FM", "TRUNC"}
_CONTRACTED = {
    "am": "dem", "im": "dem", "vom": "dem", "zum": "dem", "beim": "dem", "unterm": "dem", "überm": "dem", "hinterm": "dem",
    "zur": "der", "ans": "das", "ins": "das", "aufs": "das", "durchs": "das", "fürs": "das", "ums": "das", "übers": "das",
}  # fmt: skip


@cache
def _governing() -> re.Pattern[str]:
    """Nouns that govern "über" ("Verhandlungen über 20 Geiseln"), also as the last part of a compound."""
    return re.compile(rf"(?:{'|'.join(sorted(_words('governs_over')))})$")


@dataclass(slots=True)
class Attribute:
    """An attributive participle inside a noun phrase: its token, verb, kind, dependents and the phrase it describes."""

    token: int
    lemma: str
    kind: str
    phrase: Phrase
    dependents: list[Phrase] = field(default_factory=list)


@dataclass(slots=True)
class Chunks:
    """Result of chunking a run of tokens."""

    phrases: list[Phrase] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)
    adverbs: list[int] = field(default_factory=list)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("text.de")[name])


def capital(token: Token) -> bool:
    """Does the token begin with a capital letter?"""
    return token.text[:1].isupper()


class Chunker:
    """Reads one run of token indices (ascending, perhaps with gaps where subclauses stood)."""

    def __init__(self, tokens: list[Token], run: list[int]) -> None:
        self.tokens = tokens
        self.run = [i for i in run if tokens[i].text not in _QUOTES]
        self.out = Chunks()

    # -- small readers over the run ---------------------------------------------------------------------------
    def _tag(self, k: int) -> str:
        return self.tokens[self.run[k]].tag if 0 <= k < len(self.run) else ""

    def _low(self, k: int) -> str:
        return self.tokens[self.run[k]].text.lower() if 0 <= k < len(self.run) else ""

    def _adjacent(self, k: int) -> bool:
        """Is token ``k`` of the run directly behind token ``k - 1`` in the text?"""
        if not 0 < k < len(self.run):
            return False
        gap = self.run[k] - self.run[k - 1] - 1
        return (
            gap == 0
            or gap <= 2
            and all(self.tokens[i].text in _QUOTES for i in range(self.run[k - 1] + 1, self.run[k]))
        )

    def _is_noun(self, k: int) -> bool:
        tag = self._tag(k)
        if tag in _NOUNS:
            return True
        if tag in ("XY", "ADJA", "ADV", "ADJD", "VVFIN", "VVPP", "VVINF", "PTKVZ", "CARD", "ITJ", "KOUS", "SYMB"):
            token = self.tokens[self.run[k]]
            return (
                tag in ("XY", "ITJ", "SYMB", "PTKVZ", "KOUS")
                and capital(token)
                and k > 0
                and self._tag(k - 1) in ("NE", "NN", "NNA")
            )
        return False

    def read(self) -> Chunks:
        """Chunk the whole run."""
        k = 0
        while k < len(self.run):
            k = self._next(k)
        self.out.attributes = list({a.token: a for a in self.out.attributes}.values())
        self._coordinate()
        self._attach()
        self._coordinate_heads()
        return self.out

    def _next(self, k: int) -> int:
        tag = self._tag(k)
        if tag in ("APPR", "APPRART", "KOKOM") or (tag == "APPO" and self._noun_starts(k + 1)):
            subordinates = tag == "KOKOM" and k == 0 and self._finite_last()  # "Wie sein Anwalt mitteilte"
            if not subordinates and (tag != "KOKOM" or self._noun_starts(k + 1)):
                phrase, end = self._prepositional(k)
                if phrase is not None:
                    self.out.phrases.append(phrase)
                    return end
        if self._noun_starts(k):
            phrase, end = self._noun(k)
            if phrase is not None:
                behind = self._tag(end) in ("APPO", "APPR") and self._low(end) in _POSTPOSITIONS
                free = self._low(end) in _ONLY_BEHIND or not self._noun_starts(end + 1)
                if behind and free and phrase.cases != {"nom"}:
                    phrase.kind, phrase.preposition = "prepositional", self._low(end)
                    phrase.last = self.run[end]
                    phrase.end = self.tokens[phrase.last].end
                    end += 1
                self.out.phrases.append(phrase)
                return end
        if tag in ("ADV", "PROAV", "PWAV", "ADJD", "PTKNEG"):
            self.out.adverbs.append(self.run[k])
        return k + 1

    def _noun_starts(self, k: int) -> bool:
        tag = self._tag(k)
        if tag in _DETERMINERS or tag in _PRONOUNS or self._is_noun(k) or tag == "CARD":
            return True
        if tag == "ADJA":
            return True
        if tag in ("ADV", "ADJD", "KOKOM", "PIS", "APPR") and (
            self._low(k) in _words("number_modifiers") or f"{self._low(k)} {self._low(k + 1)}" in _words("about_pairs")
        ):
            return self._number_ahead(k) is not None
        return False

    def _number_ahead(self, k: int) -> int | None:
        """Where the number begins if the run from ``k`` is number modifiers and then a number, else None."""
        if (
            self._low(k) == "zwischen"
            and self._tag(k + 1) == "CARD"
            and self._low(k + 2) == "und"
            and self._tag(k + 3) == "CARD"
        ):
            return k + 3
        if f"{self._low(k)} {self._low(k + 1)}" in _words("about_pairs"):  # "an die 50 Menschen"
            return k + 2 if self._tag(k + 2) == "CARD" and self._round(k + 2) and self._is_noun(k + 3) else None
        for j in range(k, min(k + 4, len(self.run))):
            if self._tag(j) == "CARD" or (self._tag(j) == "NN" and is_quantity(self._low(j))):
                return j if j > k else None
            if j > k and self._one_of_scale(j):  # "wenigstens ein halbes Dutzend", "mindestens ein Mensch"
                return j
            if self._low(j) not in _words("number_modifiers"):
                return None
        return None

    def _round(self, k: int) -> bool:
        """Is it a number that somebody may give for about so many?"""
        number = number_of(self.tokens[self.run[k]].text)
        return number is not None and number >= 10 and number % 5 == 0

    def _one_of_scale(self, k: int) -> bool:
        """ "ein Dutzend", "eine halbe Million", "ein Mensch": an article that counts."""
        if self._tag(k) != "ART" or not self._low(k).startswith("ein"):
            return False
        noun = next((j for j in (k + 1, k + 2) if self._tag(j) in ("NN", "NNA")), None)
        if noun is None or noun > k + 1 and self._tag(k + 1) != "ADJA":
            return False
        return is_quantity(self._low(noun)) or self._low(k - 1) in _words("counting_modifiers")

    # -- phrases ------------------------------------------------------------------------------------------------
    def _prepositional(self, k: int) -> tuple[Phrase | None, int]:
        token = self.tokens[self.run[k]]
        low = token.text.lower()
        preposition = low if token.tag == "KOKOM" else token.lemma.lower()
        if low == "bis" and self._tag(k + 1) in ("APPR", "APPRART"):
            number = self._number_ahead(k)
            if number is not None:
                return self._noun(k)
            phrase, end = self._prepositional(k + 1)
            if phrase is not None:
                phrase.first, phrase.start = self.run[k], token.start
            return phrase, end
        if (
            (low in _words("number_modifiers") or f"{low} {self._low(k + 1)}" in _words("about_pairs"))
            and self._number_ahead(k) is not None
            and self._tag(k) != "APPRART"
            and low != "zu"
            and not self._likely_preposition(k)
        ):
            return self._noun(k)
        j = k + 1
        if j >= len(self.run):
            return None, k + 1
        if (
            self._tag(j) in ("ADV", "PROAV")
            and not self._noun_starts(j)
            and not (self._tag(j + 1) in ("ADJA", "CARD") or self._tag(j + 1) in _DETERMINERS)
        ):
            phrase = self._phrase("prepositional", k, j, j, j)
            phrase.preposition = preposition
            return phrase, j + 1
        if (
            self._low(j) == "von" and self._tag(j) == "APPR" and not self._attribute_after(j)
        ):  # "innerhalb von drei Monaten"
            phrase, end = self._prepositional(j)
            if phrase is not None:
                phrase.preposition, phrase.first, phrase.start = preposition, self.run[k], token.start
            return phrase, end
        inner = _CONTRACTED.get(low)
        noun, end = self._noun(j, contracted=inner)
        if noun is None:
            return None, k + 1
        noun.kind, noun.preposition = "prepositional", preposition
        noun.first, noun.start = self.run[k], token.start
        if noun.determiner == "none" and inner:
            noun.determiner = "definite"
        if preposition == "von" and self._from_there(noun, end):
            return noun, end + 1
        return noun, end

    def _from_there(self, noun: Phrase, k: int) -> bool:
        """ "von Idlib aus | Rebellen": an "aus" that closes the group around a place, and opens none."""
        if self._low(k) != "aus" or self._tag(k) != "APPR" or self.tokens[noun.head].tag != "NE":
            return False
        behind = self._low(k + 1)
        if self._tag(k + 1) in _DETERMINERS:
            return not any(case == "dat" for case, _, _ in determiner_readings(behind))
        return self._tag(k + 1) in ("NN", "NNA", "CARD", "APPR", "APPRART", "VVPP", "VVFIN")

    def _likely_preposition(self, k: int) -> bool:
        """Is "über", "unter" or "zwischen" here a preposition, not part of a number ("über 50 Menschen" counts)?"""
        low = self._low(k)
        if low not in ("über", "unter", "zwischen"):
            return False
        if low == "zwischen":  # "zwischen 20 und 30 Menschen" counts
            return not (
                self._tag(k + 1) == "CARD"
                and self._low(k + 2) == "und"
                and self._tag(k + 3) == "CARD"
                and not time_word(self.tokens[self.run[min(k + 4, len(self.run) - 1)]].lemma)
            )
        if low == "unter":
            return True
        if self._tag(k - 1) != "NN" or not self._adjacent(k):
            return False
        return bool(_governing().search(self.tokens[self.run[k - 1]].lemma.lower()))

    def _noun(self, k: int, contracted: str | None = None) -> tuple[Phrase | None, int]:
        """A noun phrase from ``k``; (None, k) where none can be read."""
        start = k
        readings: frozenset[Reading] = determiner_readings(contracted) if contracted else frozenset()
        number_at = self._number_ahead(k)
        if number_at is not None:
            k = number_at
        core = k
        determiner: str = "none"
        tag = self._tag(k)
        if tag in _PRONOUNS and not contracted:
            if not (tag in ("PDS", "PIS", "PRELS") and self._attribute_follows(k)):
                phrase = self._phrase("noun", start, core, k, k)
                phrase.pronoun = True
                readings = determiner_readings(self._low(k), tag in ("PIS", "PPER"))
                if tag == "PIS":
                    phrase.pronoun = self._low(k) not in ("einer", "eine", "eines", "einem", "einen")
                self._features(phrase, readings)
                phrase.quantity = quantity_of(self.tokens, phrase) if tag == "PIS" else None
                return phrase, k + 1
        if tag in _DETERMINERS or (tag in ("PDS", "PRELS", "PIS") and self._attribute_follows(k)):
            determiner = self._determiner_kind(k)
            readings = determiner_readings(self._low(k))
            if self._low(k) in ("dessen", "deren") and tag != "PRELS":  # "ein Junge und dessen Großvater": any case
                readings, determiner = frozenset(), "possessive"
            k += 1
            if tag == "PIAT" and self._low(k - 1) in ("mehr", "weniger") and self._low(k) == "als":
                k += 1
            while k < len(self.run) and (
                self._tag(k) in _DETERMINERS or self._low(k) == "beiden"
            ):  # "all die", "seine beiden"
                readings = agree(readings, determiner_readings(self._low(k))) or readings
                k += 1
        adjectives: list[int] = []
        attributes: list[tuple[int, str, str, list[Phrase]]] = []
        owners: list[Phrase] = []
        counted: frozenset[str] = frozenset()
        pending: list[Phrase] = []
        head: int | None = None
        last_adjective: int | None = None
        while k < len(self.run):
            tag = self._tag(k)
            if self._is_noun(k):
                if self._owner(k):  # "Haftars Unterstützung", "Syriens Präsident"
                    owner = self._phrase("noun", k, k, k, k)
                    owner.cases, owner.number, owner.role = frozenset({"gen"}), "singular", "genitive"
                    owner.lemma = self.tokens[self.run[k]].lemma
                    owners.append(owner)
                    determiner = "definite" if determiner == "none" else determiner
                    k += 1
                    continue
                if self._measure(k, last_adjective):  # "eine 62 Jahre alte Frau"
                    k += 1
                    continue
                head = k
                break
            if tag == "ADJA":
                if (
                    capital(self.tokens[self.run[k]])
                    and last_adjective is None
                    and determiner == "none"
                    and not self._noun_ahead(k)
                ):
                    head = k
                    break
                adjectives.append(self.run[k])
                last_adjective = k
                verb = self._participle(k)
                if verb is not None and not self._time_ahead(k):
                    attributes.append((self.run[k], verb[0], verb[1], pending))
                    pending = []
                if determiner == "none" and not contracted:
                    readings = agree(readings, adjective_readings(self._low(k)))
                k += 1
            elif self._is_date(k):
                head = k
                break
            elif tag == "CARD" or tag == "TRUNC":
                adjectives.append(self.run[k])
                last_adjective = k
                k += 1
            elif last_adjective == k - 1 and self._range_goes_on(k):  # "20 bis 30 Menschen"
                k += 1
            elif tag == "$," and last_adjective == k - 1 and self._tag(k + 1) in ("ADJA",) and self._noun_ahead(k + 1):
                k += 1
            elif (
                tag == "KON"
                and last_adjective == k - 1
                and self._tag(k + 1) in ("ADJA", "CARD")
                and self._noun_ahead(k + 1)
            ):
                k += 1
            elif tag in ("ADV", "ADJD", "PTKNEG", "PROAV", "KOKOM", "PIS") and self._modifies(
                k, bool(pending) or determiner != "none" or contracted is not None or last_adjective is not None
            ):
                k += 1
            elif (
                tag in ("PRF", "APPR", "APPRART")
                and (determiner != "none" or contracted is not None or start != k)
                and self._attribute_after(k)
            ):
                if tag == "PRF":
                    k += 1
                    continue
                inner, end = self._prepositional(k)
                if inner is None or end <= k:
                    break
                pending.append(inner)
                k = end
            elif tag in ("APPR", "APPRART") and k == start and contracted is None and self._attribute_after(k):
                inner, end = self._prepositional(k)
                if inner is None or end <= k:
                    break
                pending.append(inner)
                k = end
            else:
                break
        if head is None:
            self.out.phrases.extend(pending)
            if last_adjective is not None:
                head, end = last_adjective, last_adjective + 1
            elif determiner != "none" and k > core and self._tag(core) not in ("ART",):
                head, end = core, core + 1
            else:
                return None, start
            phrase = self._phrase("noun", start, core, head, end - 1)
            phrase.determiner = determiner  # type: ignore[assignment]
            phrase.adjectives = tuple(a for a in adjectives if a != self.run[head])
            phrase.pronoun = self._tag(head) in _DETERMINERS
            self._features(phrase, readings)
            phrase.quantity = quantity_of(self.tokens, phrase)
            return phrase, end
        end = self._name_end(head, readings)
        last = end - 1
        if is_quantity(self._low(head)) and head < last:
            first_real = next((j for j in range(head + 1, end) if not is_quantity(self._low(j))), head)
            adjectives.append(self.run[head])
            if first_real > head and self._tag(first_real) in ("NN", "NNA"):
                counted = frozenset({"nom", "acc", "dat", "gen"})
            head = first_real
        elif is_quantity(self._low(head)) and self._adjacent(end) and self._counted_behind(end):
            nxt, nend = self._noun(end + (self._low(end) == "von"))
            if nxt is not None and not nxt.pronoun:
                adjectives.append(self.run[head])
                adjectives.extend(nxt.adjectives)
                counted = (
                    nxt.cases if not self._low(head).endswith("er") else frozenset({"gen"})
                )  # "der Tod Dutzender Soldaten"
                head = self.run.index(nxt.head)
                end = nend
                last = end - 1
        if self._tag(head) == "NE":  # a bare name: the last part is the head ("Recep Tayyip Erdogan")
            names = [j for j in range(head, end) if self._tag(j) in ("NE", "NN", "FM", "XY", "NNA")]
            if names and all(self._tag(j) != "NN" for j in names):
                head = names[-1]
        if self._low(core) in _ALONE and core < head and self._tag(head) == "NN":
            noun = self.tokens[self.run[head]]
            own = noun_readings(noun.text, noun.lemma)
            if own and all(number == "singular" for _, number, _ in own):  # "äußerten beide | große Sorge"
                phrase = self._phrase("noun", start, core, core, core)
                phrase.pronoun = True
                self._features(phrase, determiner_readings(self._low(core)))
                return phrase, core + 1
        phrase = self._phrase("noun", start, core, head, last)
        phrase.determiner = determiner  # type: ignore[assignment]
        phrase.adjectives = tuple(adjectives)
        token = self.tokens[self.run[head]]
        if token.tag in ("NN", "NNA", "NNI") and not token.lemma.isupper():
            first_noun = agree(readings, noun_readings(token.text, token.lemma))
            readings = first_noun or readings
        elif token.tag == "NE" and token.lemma != token.text and not readings and not self._behind_verb(start):
            readings = frozenset({("gen", "singular", "n")})
        if phrase.adjectives and any(
            self.tokens[a].tag == "CARD" and self.tokens[a].text not in ("1",) for a in phrase.adjectives
        ):
            plural = frozenset(r for r in readings if r[1] == "plural")
            readings = plural or readings
        self._features(phrase, readings)
        if counted:
            phrase.cases, phrase.number = counted, "plural"
        elif adjectives == [] and core < head and self._low(head - 1) == "paar" and self._tag(head - 1) != "NN":
            phrase.number = "plural"  # "ein paar Menschen"
        phrase.quantity = quantity_of(self.tokens, phrase)
        phrase.genitives.extend(owners)
        for at, lemma, kind, dependents in attributes:
            self.out.attributes.append(Attribute(at, lemma, kind, phrase, dependents))
        if pending and attributes:
            attributes[-1][3].extend(pending)
        elif pending:
            self.out.phrases.extend(pending)
        return phrase, end

    def _is_date(self, k: int) -> bool:
        """ "am 5.5. sieben Menschen": a date in figures is a group of its own."""
        dated = self._tag(k) == "CARD" and _DATE.fullmatch(self.tokens[self.run[k]].text)
        return bool(dated) and self._tag(k - 1) in ("APPRART", "ART", "APPR")

    def _range_goes_on(self, k: int) -> bool:
        """Does the word at ``k`` join two numbers before a noun ("20 bis 30", "20-30")?"""
        if self._low(k) not in _words("range") or self._tag(k - 1) != "CARD" or self._tag(k + 1) != "CARD":
            return False
        one, other = (number_of(self.tokens[self.run[j]].text) for j in (k - 1, k + 1))
        rising = one is not None and other is not None and (one < other or is_quantity(self._low(k + 2)))
        return rising and self._noun_ahead(k + 1)

    def _counted_behind(self, k: int) -> bool:
        """What a noun of quantity counts ("Dutzende Soldaten", "Hunderte von Menschen")."""
        at = k + 1 if self._low(k) == "von" and self._adjacent(k + 1) else k
        if self._tag(at) not in ("ADJA", "NN", "NNA"):
            return False
        noun = self.tokens[self.run[next((j for j in range(at, min(at + 4, len(self.run))) if self._is_noun(j)), at)]]
        return at == k or noun.number == "plural" or noun.text.lower() != noun.lemma.lower()

    def _behind_verb(self, k: int) -> bool:
        """The group opens its clause or stands right behind a verb: no noun that it could be the genitive of."""
        return k == 0 or self._tag(k - 1) in ("VVFIN", "VAFIN", "VMFIN")

    def _attribute_follows(self, k: int) -> bool:
        """A demonstrative or relative form that is really an article: a noun group stands right behind it."""
        nxt = self._tag(k + 1)
        if not self._adjacent(k + 1):
            return False
        if nxt in ("NN", "ADJA", "NNA", "CARD") or (
            nxt == "NE" and self._low(k) in ("der", "die", "das", "den", "dem", "des") and self._tag(k) != "PRELS"
        ):
            return self._tag(k) != "PRELS" or not self._finite_last()
        if nxt in ("APPR", "APPRART"):  # "mehrere von der Armee genutzte Häfen"
            return self._tag(k) != "PRELS" and self._attribute_after(k + 1)
        return False

    def _finite_last(self) -> bool:
        tags = [self._tag(j) for j in range(len(self.run)) if not self._tag(j).startswith("$")]
        return bool(tags) and tags[-1].endswith("FIN")

    def _attribute_after(self, k: int) -> bool:
        """From a preposition at ``k``: a participle or adjective plus noun closes the group before any verb or mark."""
        depth_nouns = 0
        for j in range(k, min(k + 14, len(self.run))):
            tag = self._tag(j)
            if j > k and not self._adjacent(j):
                return False
            if (
                tag.endswith(("FIN", "INF", "IZU"))
                or tag in ("VVPP", "VAPP", "KOUS", "PRELS")
                or tag in ("$.", "$(")
                or (tag == "$,")
            ):
                return False
            if tag in _NOUNS or tag in ("PPER", "PDS", "CARD"):
                depth_nouns += 1
            if tag == "ADJA" and depth_nouns and self._noun_ahead(j) and (self._participle(j) is not None):
                before = self._tag(j - 1)
                if before in _NOUNS or before in ("ADV", "ADJD", "CARD", "PTKNEG", "PRF", "PPER", "PROAV"):
                    return True
        return False

    def _noun_ahead(self, k: int) -> bool:
        for j in range(k + 1, min(k + 7, len(self.run))):
            if not self._adjacent(j):
                return False
            if self._tag(j) in _NOUNS:
                return True
            if self._tag(j) not in ("ADJA", "CARD", "KON", "$,", "ADV", "ADJD", "TRUNC"):
                return False
        return False

    def _measure(self, k: int, last_adjective: int | None) -> bool:
        """A unit between a number and an adjective that goes on to a noun."""
        return (
            last_adjective == k - 1
            and self._tag(k - 1) == "CARD"
            and self._tag(k + 1) == "ADJA"
            and self._tag(k) == "NN"
            and self._low(k).rstrip("ensr")
            in (
                "jah",
                "monat",
                "tag",
                "woch",
                "stund",
                "minut",
                "m",
                "met",
                "kilomet",
                "zentimet",
                "tonn",
                "kilo",
                "lit",
            )
            and self._noun_ahead(k + 1)
            and self._low(k + 1).startswith(
                ("alt", "lang", "hoh", "breit", "tief", "schwer", "entfernt", "jung", "groß", "lange", "dick", "weit")
            )
        )

    def _owner(self, k: int) -> bool:
        """A name in the genitive before its noun."""
        token = self.tokens[self.run[k]]
        return (
            token.tag == "NE"
            and token.lemma != token.text
            and self._adjacent(k + 1)
            and self._tag(k + 1) in ("NN", "NNA", "ADJA")
            and (self._tag(k + 1) != "ADJA" or self._noun_ahead(k + 1))
        )

    def _time_ahead(self, k: int) -> bool:
        """ "in den vergangenen Wochen", "am kommenden Montag": the participle before a noun of time is no event."""
        nxt = next((j for j in range(k + 1, min(k + 4, len(self.run))) if self._tag(j) in _NOUNS), None)
        return nxt is not None and time_word(self.tokens[self.run[nxt]].lemma)

    def _modifies(self, k: int, open_group: bool) -> bool:
        """An adverb at ``k`` that belongs to an adjective behind it ("weiter verschärfte", "62 Jahre alte")."""
        if not open_group:
            return False
        for j in range(k + 1, min(k + 5, len(self.run))):
            if not self._adjacent(j):
                return False
            tag = self._tag(j)
            if tag in ("ADJA", "CARD"):
                return True
            if tag in ("NN", "NNA") and j == k + 1 and self._tag(k) in ("ADJD",):
                return True
            if tag not in ("ADV", "ADJD", "PTKNEG", "KOKOM", "APPR"):
                return False
        return False

    def _participle(self, k: int) -> tuple[str, str] | None:
        token = self.tokens[self.run[k]]
        if capital(token) and self.run[k] > 0 and self.tokens[self.run[k] - 1].sentence == token.sentence:
            return None  # "Vereinigte Staaten", "Vereinte Nationen": part of a name
        low = token.text.lower()
        for ending in ("em", "en", "er", "es", "e"):
            if low.endswith(ending):
                stem = low[: -len(ending)]
                if stem.endswith(("t", "en", "end", "nd")) and len(stem) > 4:
                    return participle_lemma(stem)
                return None
        return None

    def _determiner_kind(self, k: int) -> str:
        tag, low = self._tag(k), self._low(k)
        if low.startswith("kein"):
            return "negative"
        if tag == "PPOSAT":
            return "possessive"
        if tag in ("PWAT",):
            return "question"
        if tag in ("PDAT",):
            return "demonstrative"
        if tag == "PIAT":
            return "quantifier"
        return "indefinite" if low.startswith("ein") else "definite"

    def _name_end(self, k: int, readings: frozenset[Reading] = frozenset()) -> int:
        """One past the last token of the nouns and name parts that begin at ``k``."""
        j = k + 1
        while j < len(self.run) and self._adjacent(j):
            tag, low = self._tag(j), self._low(j)
            token = self.tokens[self.run[j]]
            before = self.tokens[self.run[j - 1]]
            if self._tag(j - 1) == "TRUNC" or before.text.endswith("-"):  # "Außen- und (die) Verteidigungsminister"
                behind = j + 1 + (self._tag(j + 1) in _DETERMINERS)
                if tag == "KON" and self._tag(behind) in _NOUNS and self._adjacent(behind):
                    j = behind + 1
                    continue
                if tag in _NOUNS:
                    j += 1
                    continue
            if (
                tag == "NE"
                and before.tag == "NN"
                and token.text == token.lemma + "s"
                and not _takes_name(before.lemma)
                and self._tag(j + 1) not in _NOUNS
            ):
                break  # "der Einmarsch | Russlands": a genitive, no name of the noun
            if (
                tag == "NE"
                and before.tag == "NN"
                and self._plural(before, readings)
                and not self._name_goes_on(j + 1)
                and not _takes_name(before.lemma)
            ):
                break  # "griffen die Rebellen | Kundus an"
            if tag == "NE" and before.tag == "NN" and self._stands_alone(j - 1, readings):
                break  # "hat die Armee | Kundus beschossen", "haben Kämpfer | Kundus beschossen"
            if tag in ("NE", "XY") and before.tag == "NN" and before.lemma.lower() in _time_words():
                break  # "griff am Montag | Kiew an"
            if tag in ("NE", "FM") and _body_before(before.text, token.text):
                break  # "griff Russland | Charkiw an", "hat die M23 | Goma eingenommen"
            if tag in ("NE", "FM") or (tag == "XY" and capital(token)):
                j += 1
                continue
            if tag in ("NN", "NNA", "NNI") and (before.tag in ("NN", "NNA", "NE", "XY", "FM") or before.tag == "CARD"):
                if (
                    before.tag == "NE" and before.lemma != before.text
                ):  # "Syriens Präsident": the genitive ends the name
                    break
                if before.tag == "NE" and tag == "NN" and before.text.isalpha() and _common(token.text):
                    break  # "die Türkei | Beobachtungsposten", "in Masisi | M23-Rebellen"
                if before.tag == "NE" and tag == "NNA" and self._tag(j + 1) not in _NOUNS:
                    break  # "bei Kupwara | Aufständische"
                if before.tag == tag == "NN" and _weekday(before.lemma) and token.lemma.lower() not in _time_words():
                    break  # "setzte am Dienstag | Tränengas ein"
                if (
                    before.tag == "NN"
                    and tag == "NN"
                    and (before.number == "plural" or not _takes_name(before.lemma))
                    and _common(token.text)
                ):
                    break  # "an der Straße | Kontrollposten"
                if before.lemma.lower() in _time_words() and not time_word(token.lemma):
                    break  # "haben am Donnerstag | Gefangene ausgetauscht"
                if before.tag == "NN" and tag == "NN" and token.number == "plural" and _place_noun(before.lemma):
                    break  # "schlugen in der Stadt | Granaten ein"
                if before.tag != "NE" and readings and tag == "NN":
                    own = noun_readings(token.text, token.lemma)
                    if own and not agree(readings, own):  # "in seinem Bericht | Morde": two phrases side by side
                        break
                j += 1
                continue
            if tag == "ADJA" and capital(token) and before.tag == "NN" and self._tag(j + 1) in _NOUNS:
                if _takes_name(before.lemma) and self._adjacent(j + 1):  # "die Splittergruppe Neue Front"
                    j += 2
                    continue
            if tag == "ADJA" and capital(token) and before.tag in ("NE",) and not self._noun_ahead(j):
                j += 1
                continue
            if (
                tag in ("ADJD", "ADV", "VVFIN", "VVPP", "VVINF", "VVIMP", "PTKVZ", "KOUS", "ITJ", "ART")
                and capital(token)
                and before.tag == "NE"
            ):
                j += 1
                continue
            if (
                tag == "CARD"
                and before.tag in ("NN", "NE")
                and len(token.text) == 4
                and before.text.lower() in _words_months()
            ):
                j += 1
                continue
            if (
                low in _words("name_particles")
                and before.tag == "NE"
                and low != "und"
                and self._tag(j + 1) == "NE"
                and self._adjacent(j + 1)
                and self._lower_particle(j)
            ):
                j += 2
                continue
            break
        return j

    def _plural(self, token: Token, readings: frozenset[Reading]) -> bool:
        """The noun can only be a plural behind its determiner ("die Rebellen")."""
        both = agree(readings, noun_readings(token.text, token.lemma)) if readings else frozenset()
        return bool(both) and all(number == "plural" for _, number, _ in both)

    def _stands_alone(self, k: int, readings: frozenset[Reading]) -> bool:
        """No name belongs to the noun: a body that has none, or people without an article as a plural verb's subject."""
        noun = self.tokens[self.run[k]]
        low = noun.lemma.lower()
        if low.endswith(tuple(table("nouns.de")["title"]["nameless"])):
            return True
        own = noun_readings(noun.text, noun.lemma)
        plural = any(number == "plural" for _, number, _ in own)
        only = plural and all(number == "plural" for _, number, _ in own)  # "Milizen", but "Minister"
        if self._name_goes_on(k + 2) or (_takes_name(noun.lemma) and not only):
            return False
        if readings:
            return not only and self._struck_behind(k + 1)
        finite = next((self.tokens[i] for i in self.run if self.tokens[i].tag.endswith("FIN")), None)
        return plural and finite is not None and finite.number == "plural" and self._behind_finite(k, finite.i)

    def _struck_behind(self, k: int) -> bool:
        """ "hat die Regierung | Aleppo bombardiert": what cannot be without an object has it right before the right bracket."""
        verbs = [self.tokens[i] for i in self.run if self.tokens[i].tag.startswith("VV")]
        particle = self._low(k + 1) if self._tag(k + 1) == "PTKVZ" else ""
        if len(verbs) != 1 or not (particle or self._tag(k + 1) in ("VVPP", "VVINF")):
            return False
        return particle + verbs[0].lemma in table("places.de")["locative"]["struck"]

    def _name_goes_on(self, k: int) -> bool:
        """Is token ``k`` a second part of a name, or does it join one?"""
        return self._tag(k) in ("NE", "NN", "XY", "KON", "FM")

    def _behind_finite(self, k: int, finite: int) -> bool:
        """Nothing but adjectives stands between the finite verb and the noun at ``k``."""
        j = k - 1
        while j >= 0 and self._tag(j) in ("ADJA", "CARD", "ADV"):
            j -= 1
        return j >= 0 and self.run[j] == finite

    def _lower_particle(self, j: int) -> bool:
        """ "von" and "der" inside names need a first name before them and a family name behind ("Ursula von der Leyen")."""
        low = self._low(j)
        if low in ("von", "zu", "der", "den", "da", "de", "la", "le", "del"):
            return low in ("de", "da", "la", "le", "del")
        return True

    # -- building -------------------------------------------------------------------------------------------------
    def _phrase(self, kind: str, start: int, core: int, head: int, last: int) -> Phrase:
        tokens = self.tokens
        first, final = self.run[start], self.run[last]
        return Phrase(
            kind,  # type: ignore[arg-type]
            first,
            final,
            tokens[first].start,
            tokens[final].end,
            self.run[head],
            tokens[self.run[head]].lemma,
            core_first=self.run[core],
            core_last=final,
        )

    def _features(self, phrase: Phrase, readings: frozenset[Reading]) -> None:
        phrase.cases = frozenset(c for c, _, _ in readings)
        numbers = {n for _, n, _ in readings}
        phrase.number = numbers.pop() if len(numbers) == 1 else None
        genders = {g for _, n, g in readings if n == "singular"}
        if len(genders) == 1:
            phrase.gender = genders.pop()
        else:
            phrase.gender = gender_of(phrase.lemma) if not phrase.pronoun else None
        plain = phrase.determiner == "none" or self.tokens[phrase.core_first].text.lower() != "die"
        if phrase.number is None and self.tokens[phrase.head].tag == "NE" and not phrase.members and plain:
            phrase.number = "singular"

    def _between(self, one: Phrase, other: Phrase) -> list[Token]:
        """The run's tokens between two phrases; a subclause between them is not in the run."""
        low, high = bisect_right(self.run, one.last), bisect_left(self.run, other.first)
        between = [self.tokens[i] for i in self.run[low:high]]
        if not between:  # separators are in no run: "A, B"
            between = self.tokens[one.last + 1 : other.first][:2]
        return between

    def _coordinate(self) -> None:
        """Join "A und B", "A, B und C": noun phrases side by side whose cases allow it."""
        phrases = self.out.phrases
        phrases.sort(key=lambda p: p.first)
        k = len(phrases) - 1
        while k > 0:
            right = phrases[k]
            left = phrases[k - 1]
            gap = self._between(left, right)
            joins = (
                len(gap) == 1
                and gap[0].text.lower() in _words("phrase_conjunctions")
                and right.kind == "noun"
                and not right.pronoun
                and not (left.pronoun and left.kind == "noun" and self.tokens[left.head].tag in ("PRELS", "PWS"))
            ) or (len(gap) == 1 and gap[0].text == "/" and right.kind == "noun")
            if joins and left.kind == "noun" and left.cases and right.cases and not (left.cases & right.cases):
                joins = False
            if joins and self._time_noun(left) != self._time_noun(right):
                joins = False
            if joins and k > 1 and self._belongs_left(phrases[k - 2], left, right):
                joins = False
            if not joins:
                k -= 1
                continue
            group = [left, right]
            j = k - 1
            while j > 0:  # "A, B und C": leftward over commas
                before = phrases[j - 1]
                comma = self._between(before, phrases[j])
                if (
                    len(comma) == 1
                    and comma[0].text == ","
                    and phrases[j].kind == "noun"
                    and not before.pronoun
                    and self._time_noun(before) == self._time_noun(right)
                    and (not before.cases or not right.cases or before.cases & right.cases)
                ):
                    group.insert(0, before)
                    j -= 1
                else:
                    break
            phrases[j : k + 1] = [self._joined(group)]
            k = j - 1 if j > 0 else 0
        return

    def _belongs_left(self, host: Phrase, left: Phrase, right: Phrase) -> bool:
        """ "der Präsident [der Türkei] und die Rebellen": what stands before "und" depends on the noun before it."""
        if host.kind != "noun" and host.kind != "prepositional" or host.last + 1 != left.first or host.pronoun:
            return False
        if right.determiner == "none" or not right.cases or self.tokens[host.head].tag not in ("NN", "NNA", "NNI"):
            return False
        if left.kind == "noun":
            word = self.tokens[left.core_first].text.lower()
            return left.determiner != "none" and word.endswith(("er", "es")) and "gen" not in right.cases
        return left.preposition == "von" and host.kind == "noun" and "dat" not in right.cases

    def _coordinate_heads(self) -> None:
        """Join "die Regierung des Landes und die Rebellen" once the genitive hangs on its noun."""
        phrases = self.out.phrases
        k = len(phrases) - 1
        while k > 0:
            right, left = phrases[k], phrases[k - 1]
            attached: list[Phrase] = []
            if left.kind == "prepositional" and k > 1 and left in phrases[k - 2].attached:
                attached, left = [left], phrases[k - 2]
            gap = self._between(attached[0] if attached else left, right)
            fits = (
                (attached or left.genitives)
                and len(gap) == 1
                and gap[0].text.lower() in _words("phrase_conjunctions")
                and left.kind == right.kind == "noun"
                and not left.pronoun
                and not right.pronoun
                and right.determiner != "none"
                and bool(left.cases & right.cases)
            )
            if fits:
                phrases[k - 1 - len(attached) : k + 1] = [self._joined([left, right]), *attached]
                k -= len(attached)
            k -= 1

    def _time_noun(self, phrase: Phrase) -> bool:
        return self.tokens[phrase.head].lemma.lower() in _time_words()

    def _joined(self, group: list[Phrase]) -> Phrase:
        members: list[Phrase] = []
        for part in group:
            members.extend(part.members or [part])
        head = group[0]
        cases = frozenset.intersection(*[p.cases for p in group if p.cases] or [frozenset()])
        whole = Phrase(
            head.kind, head.first, group[-1].last, head.start, group[-1].end, head.head, head.lemma, head.preposition,
            cases, "plural", None, head.determiner, False, head.core_first, head.core_last, head.adjectives,
        )  # fmt: skip
        if head.kind == "prepositional":  # the first member without the preposition, so that all members look alike
            bare = Phrase(
                "noun", head.core_first, head.last, self.tokens[head.core_first].start, head.end, head.head, head.lemma, None,
                head.cases, head.number, head.gender, head.determiner, head.pronoun, head.core_first, head.core_last,
                head.adjectives, head.genitives, head.attached, head.appositions, [], head.quantity,
            )  # fmt: skip
            members[0] = bare if not head.members else members[0]
        whole.members = members
        return whole

    def _attach(self) -> None:
        """Genitives become dependents of the noun before them; a phrase right behind a noun is noted as attached to it."""
        kept: list[Phrase] = []
        for phrase in self.out.phrases:
            host = kept[-1] if kept else None
            beside = (
                host is not None
                and all(t.text in _QUOTES for t in self.tokens[host.last + 1 : phrase.first])
                and phrase.first - host.last <= 2
            )
            if host is not None and beside and self._takes_dependents(host):
                target = _rightmost(host)
                if phrase.kind == "noun" and self._genitive(phrase, target):
                    target.genitives.append(phrase)
                    _stretch(host, phrase)
                    if target is not host:
                        _stretch(target, phrase)
                    phrase.role = "genitive"
                    continue
                if phrase.kind == "prepositional":
                    target.attached.append(phrase)
            elif host is not None and phrase.kind == "prepositional" and self._only_adverbs(host, phrase):
                pass
            kept.append(phrase)
        # "Außenminister Lawrow (65)", "Hisbollah (Partei Gottes)", "Rahmi Dogan, Gouverneur von Hatay,": appositions
        out: list[Phrase] = []
        for phrase in kept:
            host = out[-1] if out else None
            if host is not None and phrase.kind == "noun" and not phrase.pronoun and not host.pronoun:
                gap = self._between(host, phrase)
                if len(gap) == 1 and gap[0].text == "(" and self._closes(phrase, ")"):
                    host.appositions.append(phrase)
                    phrase.role = "apposition"
                    continue
                if (
                    len(gap) == 1
                    and gap[0].text == ","
                    and self._closes_apposition(phrase)
                    and self._apposable(host, phrase)
                ):
                    host.appositions.append(phrase)
                    phrase.role = "apposition"
                    continue
            out.append(phrase)
        self.out.phrases = out

    def _takes_dependents(self, host: Phrase) -> bool:
        """A noun, or a pronoun that counts some of them ("einer der Männer", but "folgt man | der Darstellung")."""
        head = self.tokens[host.head]
        return not host.pronoun or head.tag == "PIS" and head.text.lower() not in _ALONE_PRONOUNS

    def _only_adverbs(self, one: Phrase, other: Phrase) -> bool:
        return all(t.tag in ("ADV", "ADJD") for t in self._between(one, other))

    def _genitive(self, phrase: Phrase, host: Phrase) -> bool:
        if self.tokens[host.head].tag not in (
            "NN",
            "NNA",
            "NNI",
            "NE",
            "PIS",
            "CARD",
            "ADJA",
            "XY",
            "TRUNC",
            "PDS",
            "PIAT",
        ):
            return False
        if phrase.pronoun or self._time_noun(phrase) and self.tokens[host.head].tag != "NN":
            return False
        if phrase.determiner == "none":
            token = self.tokens[phrase.head]
            if token.tag == "NE":
                return token.lemma != token.text and host.lemma != token.lemma
            return phrase.cases == {"gen"} or (
                "gen" in phrase.cases
                and any(
                    self.tokens[a].text.lower().endswith("er") and self.tokens[a].tag != "CARD"
                    for a in phrase.adjectives
                )
            )
        word = self.tokens[phrase.core_first].text.lower()
        if "gen" in phrase.cases and word.endswith(("er", "es")):
            return True
        return phrase.cases == {"gen"}

    def _closes(self, phrase: Phrase, mark: str) -> bool:
        after = phrase.last + 1
        return after < len(self.tokens) and self.tokens[after].text == mark

    def _closes_apposition(self, phrase: Phrase) -> bool:
        after = phrase.last + 1
        return after < len(self.tokens) and self.tokens[after].text in (",", ".", "–", ")", ":", ";")

    def _apposable(self, host: Phrase, phrase: Phrase) -> bool:
        """A name beside a description, in either order; two descriptions need a definite second one."""
        name_of = [
            any(self.tokens[t].tag == "NE" for t in range(p.core_first, p.core_last + 1)) for p in (host, phrase)
        ]
        if phrase.members or host.members:
            return False
        if host.first > 0 and self.tokens[host.first - 1].text.lower() == "so":  # "…, so der Sprecher, das Recht"
            return False
        if name_of[0] != name_of[1]:
            return True
        return phrase.determiner in ("definite", "indefinite") and host.determiner != "none" and not all(name_of)


@cache
def _time_words() -> frozenset[str]:
    return frozenset(table("nouns.de")["time"]["words"])


def _common(word: str) -> bool:
    """A common noun, or a name joined to one by a hyphen ("M23-Rebellen")."""
    return known_noun(word) or "-" in word and known_noun(word.rpartition("-")[2])


def _weekday(lemma: str) -> bool:
    return lemma.lower() in table("nouns.de")["time"]["weekdays"]


@lru_cache(maxsize=4096)
def _body_before(first: str, second: str) -> bool:
    """Two names side by side: a state or a body and another name, unless together they name one ("Israel Katz")."""
    entity = register().word(first)
    if entity is None or entity.kind not in _BODIES or second == first:
        return False
    return register().name_at([first, second], 0) is None


_ALONE_PRONOUNS = ("man",)
"""Pronouns that stand for nobody in particular: no genitive belongs to them."""
_BODIES = ("state", "armed_group", "armed_forces", "organisation")


@cache
def _words_months() -> frozenset[str]:
    return frozenset(
        (
            "januar jänner februar märz april mai juni juli august september oktober november dezember"
            " frühjahr sommer herbst winter"
        ).split()
    )


@lru_cache(maxsize=20_000)
def _takes_name(lemma: str) -> bool:
    """May a name or the measured thing follow the noun without a mark ("Präsident …", "Tonnen …")?"""
    data = table("nouns.de")["title"]
    low = lemma.lower()
    return low.endswith(tuple(data["suffix"])) or low in data["measure"] or is_quantity(low) or low in _time_words()


def _place_noun(lemma: str) -> bool:
    """A noun of places before their names: a plural behind it is no name."""
    return lemma.lower().endswith(tuple(table("nouns.de")["title"]["place"]))


def time_word(lemma: str) -> bool:
    """Is it a noun of time or measure, or a compound of one ("Donnerstagabend")?"""
    low = lemma.lower()
    return low in _time_words() or any(
        low.endswith(w)
        for w in (
            "montag",
            "dienstag",
            "mittwoch",
            "donnerstag",
            "freitag",
            "samstag",
            "sonntag",
            "wochenende",
            "abend",
            "morgen",
            "nacht",
            "mittag",
            "woche",
            "stunde",
            "monat",
            "jahr",
        )
        if len(low) > len(w)
    )


def _rightmost(phrase: Phrase) -> Phrase:
    """The innermost noun phrase at the right edge: what a genitive behind the phrase describes."""
    if phrase.members:
        return _rightmost(phrase.members[-1])
    if phrase.genitives:
        return _rightmost(phrase.genitives[-1])
    return phrase


def _stretch(host: Phrase, inner: Phrase) -> None:
    host.last, host.end = max(host.last, inner.last), max(host.end, inner.end)

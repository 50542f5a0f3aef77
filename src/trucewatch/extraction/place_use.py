"""How a place mention is used: where something is, or as an actor; with which preposition; in a dateline."""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.extraction.actor_roles import role_of
from trucewatch.extraction.named_after import NamedAfter, Standing
from trucewatch.extraction.place_bases import BaseFinder
from trucewatch.extraction.place_borders import Draft
from trucewatch.language.analysis import Analysis, Clause, Phrase, Token

_ACTOR_LIKE = frozenset({"an", "um", "durch", "zwischen"})
"""With a state these tell of an actor or a topic ("appellierte an", "Streit um"), with a town of a place."""


@dataclass(frozen=True, slots=True)
class Use:
    """The use of one mention: ``governor`` is the token of the noun that it hangs on, if any.

    ``standing`` is what it is to an act or agreement named after it.
    """

    preposition: str | None
    governor: int | None
    locative: bool
    metonymic: bool
    dateline: bool
    standing: Standing | None = None


class Uses:
    """Judges the drafts of one text in order (a list's later members follow its first)."""

    def __init__(self, analysis: Analysis, finder: BaseFinder, drafts: list[Draft]) -> None:
        self.analysis, self.words, self.drafts = analysis, finder.words, drafts
        self.tokens: list[Token] = analysis.tokens
        self._capital_names = {name for name, _ in finder.names.capitals.values()}
        self._named_after = NamedAfter(self.tokens, finder.words, frozenset(self._capital_names))
        genitives = (d for d in drafts if self._is_genitive_before_noun(d))
        self._modifiers = {*finder.town_adjectives, *(i for d in genitives for i in range(d.first, d.last + 1))}
        self._starts = {d.first for d in drafts}
        self._ends = {d.last: n for n, d in enumerate(drafts)}
        self._datelines = self._find_datelines()
        self.uses: list[Use] = []
        for number, draft in enumerate(drafts):
            self.uses.append(self._judge(number, draft))

    def _judge(self, number: int, draft: Draft) -> Use:
        if number in self._datelines:
            return Use(None, None, False, False, True)
        preposition, governor, part = self._setting(draft.first)
        if draft.last in self._modifiers and not (
            draft.last + 1 not in self._starts and self.words.ends("locative.parts", self.tokens[draft.last + 1].text)
        ):
            return Use(preposition, draft.last + 1, False, False, False)
        if draft.referent.ident[0] == "near":
            # "in Y, südlich von X" tells where Y is; alone it tells where the event is.
            after_place = draft.first > 1 and self.tokens[draft.first - 1].text == "," and draft.first - 2 in self._ends
            return Use(preposition, governor, not after_place, False, False)
        neighbour = self._list_before(draft.first)
        if neighbour is not None:
            use = self.uses[neighbour]
            if not use.dateline:
                return use
        if draft.referent.precision == "line" and preposition is not None:
            return Use(preposition, governor, True, False, False)
        state = draft.referent.precision == "country"
        standing = (
            self._named_after.standing(governor, draft.last, preposition, state) if governor is not None else None
        )
        if standing is not None and (standing == "site" or not part):
            return Use(preposition, governor, standing == "site", False, False, standing)
        acting = state or draft.referent.name in self._capital_names
        seat = (
            preposition is not None
            and governor is not None
            and self.words.has("locative.of_seat", preposition)
            and self._is_seat(governor)
        )
        origin = draft.bare and self.words.has("locative.origin", preposition or "")
        if origin and governor is not None and self._is_people(governor):
            return Use(preposition, governor, False, False, False)
        locative = self._locative(
            preposition,
            governor,
            part,
            state or (acting and self.words.has("locative.against", preposition or "")),
            seat,
        )
        metonymic = acting and draft.bare and not locative and self._acts(draft, preposition, governor, seat)
        if acting and draft.bare and preposition is not None and governor is None and self._voices(draft, preposition):
            locative, metonymic = False, True
        return Use(
            preposition, governor, locative, metonymic, False, "site" if part and locative and not state else None
        )

    def _is_genitive_before_noun(self, draft: Draft) -> bool:
        """ "Syriens Hauptstadt", "Russlands Präsident"."""
        after = self.tokens[draft.last + 1] if draft.last + 1 < len(self.tokens) else None
        return (
            draft.bare
            and draft.referent.name != self.tokens[draft.last].text
            and self.tokens[draft.last].text.endswith("s")
            and after is not None
            and after.coarse == "NOUN"
            and after.sentence == self.tokens[draft.last].sentence
        )

    def _is_people(self, governor: int) -> bool:
        """ "zwei Soldaten aus Südafrika": where they come from, not where it was."""
        role = role_of(self.tokens[governor].text, self.tokens[governor].lemma)
        return role is not None and role.kind != "state"

    def _is_seat(self, governor: int) -> bool:
        """Does the noun name those who speak ("das Ministerium in X"), rather than a building that something befell?"""
        noun = self.tokens[governor]
        if not (self.words.ends("locative.seats", noun.text) or self.words.ends("locative.seats", noun.lemma)):
            return False
        j = governor - 1
        while j >= 0 and self.tokens[j].coarse in ("DET", "ADJ"):
            j -= 1
        befallen = (
            j >= 0 and self.tokens[j].coarse == "ADP" and self.words.has("locative.at_building", self.tokens[j].lemma)
        )
        return not (befallen and self.words.ends("locative.buildings", noun.text))

    def _list_before(self, first: int) -> int | None:
        """The mention that this one is listed with ("in Homs und Hama")."""
        j = first - 1
        while j >= 0 and j > first - 4 and (self.tokens[j].coarse in ("CCONJ", "DET") or self.tokens[j].text in ",/"):
            j -= 1
        return self._ends.get(j) if j < first - 1 and self.tokens[j + 1].coarse != "DET" else None

    def _setting(self, first: int) -> tuple[str | None, int | None, bool]:
        """(preposition, governing noun, is a part word such as "Nähe" between?) of what starts at ``first``."""
        j, sentence, part = first - 1, self.tokens[first].sentence, False
        while j >= 0 and self.tokens[j].sentence == sentence:
            token = self.tokens[j]
            if token.coarse in ("DET", "ADJ", "NUM") or token.text in "„»\"'‘’" or j in self._modifiers:
                j -= 1
            elif token.coarse == "NOUN" and self.words.has("locative.strong", token.text):
                return token.text.casefold(), None, part
            elif token.coarse == "ADP" and self.words.has("compass.of", token.text):
                if j and self._is_part(j - 1):
                    j, part = j - 2, True
                    continue
                return token.lemma, self._noun_at(j - 1), part
            elif token.coarse == "ADP":
                return token.lemma.casefold(), self._noun_at(j - 1), part
            elif token.text.casefold() in self.words.compass_adverbs:
                return token.text.casefold(), None, part
            elif token.coarse == "NOUN" and self.words.has("locative.parts", token.text):
                j, part = j - 1, True
            elif part and token.coarse == "NOUN" and not self._governs(j):
                break
            elif (before := self._before_attribute(j, first)) is not None:
                j = before
            elif token.coarse == "NOUN":
                return None, j, part
            else:
                break
        return None, None, part

    def _is_part(self, j: int) -> bool:
        """ "die Nähe von X", "den Markt von X": a noun whose "von" says where it is."""
        forms = (self.tokens[j].text, self.tokens[j].lemma)
        return any(self.words.ends(name, form) for name in ("locative.parts", "locative.sites") for form in forms)

    def _governs(self, j: int) -> bool:
        """May the noun have a genitive behind it? Not a day, nor one before an article of another case ("Jets den Markt")."""
        after = self.tokens[j + 1]
        fenced = after.coarse == "DET" and bool(after.cases) and "gen" not in after.cases
        return not fenced and not self.words.ends("names.times", self.tokens[j].text)

    def _before_attribute(self, j: int, first: int) -> int | None:
        """ "im von Israel besetzten Westjordanland": the token before the words that hang on the participle."""
        if not any(t.coarse == "ADJ" for t in self.tokens[j + 1 : first]):
            return None
        for k in range(j - 1, max(-1, j - 5), -1):
            token = self.tokens[k]
            if token.coarse == "ADP" and self.words.has("locative.agent", token.lemma):
                lead = self.tokens[k - 1] if k else None
                led = lead is not None and lead.sentence == token.sentence and lead.coarse in ("ADP", "DET")
                return k - 1 if led else None
            if token.coarse not in ("DET", "ADJ", "NOUN", "PROPN"):
                return None
        return None

    def _noun_at(self, j: int) -> int | None:
        if j > 0 and self.tokens[j].text in "“”«»\"'’":  # "die „Befreiung“ von Mariupol"
            j -= 1
        return j if j >= 0 and self.tokens[j].coarse == "NOUN" else None

    def _locative(self, preposition: str | None, governor: int | None, part: bool, state: bool, seat: bool) -> bool:
        words = self.words
        noun = self.tokens[governor].text if governor is not None else ""
        if preposition is None or (words.has("locative.never", preposition) and words.has("compass.of", preposition)):
            return part and not noun
        if seat and not part:
            return False
        if words.has("locative.strong", preposition) or (not state and words.has("locative.against", preposition)):
            return True
        if words.has("locative.moderate", preposition):
            if state and preposition in _ACTOR_LIKE:
                return False
            return not (state and preposition == "über" and bool(noun))
        return part and not words.has("locative.never", preposition)

    def _acts(self, draft: Draft, preposition: str | None, governor: int | None, seat: bool) -> bool:
        if seat:
            return True
        if preposition is not None:
            return self.words.has("locative.never", preposition)
        if governor is not None:
            return False
        clause = self.analysis.clause_of(draft.last)
        if clause is None:
            return self._opens_with_verb(draft)
        return (
            (_holds(clause.subject, draft) and not self.words.has("metonymy.static", clause.predicate))
            or _holds(clause.agent, draft) or _holds(clause.indirect_object, draft)
            or (_holds(clause.object, draft) and self.words.has("metonymy.addressing", clause.predicate))
        )  # fmt: skip

    def _opens_with_verb(self, draft: Draft) -> bool:
        after = self.tokens[draft.last + 1] if draft.last + 1 < len(self.tokens) else None
        return after is not None and after.coarse == "VERB" and not self.words.has("metonymy.static", after.lemma)

    def _voices(self, draft: Draft, preposition: str) -> bool:
        """ "hieß es aus Teheran"."""
        if not self.words.has("metonymy.from", preposition):
            return False
        clause: Clause | None = self.analysis.clause_of(draft.last)
        return clause is not None and self.words.has("metonymy.voices", clause.predicate)

    def _find_datelines(self) -> set[int]:
        """Mentions at the head of a paragraph before an agency or a full stop: "Kiew (dpa) -", "Moskau/Istanbul."."""
        found: set[int] = set()
        by_first = {d.first: n for n, d in enumerate(self.drafts)}
        for sentence in self.analysis.sentences:
            run: list[int] = []
            i = sentence.first
            while i in by_first:
                run.append(by_first[i])
                i = self.drafts[run[-1]].last + 1
                if i < len(self.tokens) and self.tokens[i].text in "/,–-" and i + 1 in by_first:
                    i += 1
            if not run or i >= len(self.tokens):
                continue
            text = self.tokens[i].text
            closed = text == "(" and any(t.text == ")" for t in self.tokens[i : i + 9])
            if closed or (text in ".:" and i == sentence.last) or (text in "–—-" and len(run) == i - sentence.first):
                found |= set(run)
        return found


def _holds(phrase: Phrase | None, draft: Draft) -> bool:
    return phrase is not None and any(draft.first <= p.head <= draft.last for p in phrase.parts())

"""A German sentence cut into segments: at commas, marks, clausal quotations and conjunctions between predicates.

German commas follow the clauses, so segments are the clauses' pieces; ``clauses.py`` puts them together.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from trucewatch.language.analysis import Quotation, Sentence, Token
from trucewatch.language.german.brackets import FINITE, RELATIVE, Run, retag, settle, strong_behind
from trucewatch.language.german.tagging import finite_lemma, may_be_finite
from trucewatch.language.german.verbs import reading_of

_SPEAKING = ("ART", "NN", "NE", "PPOSAT", "PPER")
_SEPARATORS = {",", ";", ":", "–", "—", "(", ")"}
_CONJUNCTIONS = {"und", "oder", "aber", "sondern", "denn", "doch", "sowie", "beziehungsweise", "bzw.", "jedoch"}


@dataclass(slots=True)
class Segment:
    """A piece of a sentence: token indices, the mark or conjunction before it, and what its verbs and first words show."""

    tokens: list[int]
    before: str = ""
    kind: str = "fragment"
    """finite | subordinate | infinitive | participle | bare_infinitive | fragment"""
    finite: int | None = None
    starter: int | None = None
    quoted: bool = False
    nonfinite: list[int] = field(default_factory=list)
    verb_final: bool = False
    verb_first: bool = False


_SHORT_FRAME = 8
"""A clause that only says who denied or confirmed something has at most so many words."""
_REACH = 25
"""Its infinitive ends at most so many tokens behind the comma."""


def segments(tokens: list[Token], sentence: Sentence, quotations: list[Quotation]) -> list[Segment]:
    """The sentence's segments in text order. Marks between segments belong to none of them."""
    boundary: dict[int, str] = {}
    quoted: list[tuple[int, int]] = []
    for quotation in quotations:
        first, last = max(quotation.first, sentence.first), min(quotation.last, sentence.last)
        if last < first:
            continue
        inside = tokens[first : last + 1]
        whole = quotation.first < sentence.first or quotation.last > sentence.last
        if whole or any(t.tag in FINITE for t in inside) or len(inside) > 7:
            quoted.append((first, last))
            for mark in (quotation.first - 1, quotation.last + 1):
                if sentence.first <= mark <= sentence.last:
                    boundary[mark] = '"'
    for i in range(sentence.first, sentence.last + 1):
        token = tokens[i]
        if token.text in _SEPARATORS and not (token.text == "," and _inside_number(tokens, i)):
            boundary[i] = token.text
        elif token.text == "-" and i > sentence.first and token.start > tokens[i - 1].end:
            boundary[i] = "–"
        elif token.tag == "$.":
            boundary[i] = "."
    found: list[Segment] = []
    body = sentence.kind == "body"
    runs = _runs(sentence, boundary)
    settle(tokens, runs, body)
    for run in runs:
        found.extend(_split_at_conjunctions(tokens, run.tokens, run.before, body))
    for segment in found:
        segment.quoted = any(first <= segment.tokens[0] and segment.tokens[-1] <= last for first, last in quoted)
        classify(tokens, segment)
    _named_frames(tokens, found)
    return found


def _runs(sentence: Sentence, boundary: dict[int, str]) -> list[Run]:
    """The stretches between the marks, each with the mark that opens it."""
    found: list[Run] = []
    run: list[int] = []
    before = ""
    for i in range(sentence.first, sentence.last + 1):
        if i not in boundary:
            run.append(i)
        elif run:
            found.append(Run(run, before))
            run, before = [], boundary[i]
        elif not before or boundary[i] != "," or before == ")":
            before = boundary[i]
    return [*found, Run(run, before)] if run else found


def _named_frames(tokens: list[Token], found: list[Segment]) -> None:
    """ "…, wie Ali Hassan, Chef der Behörde, mitteilte": commas around a description cut the frame in pieces."""
    for k in range(1, len(found) - 1):
        segment = found[k]
        first = tokens[segment.tokens[0]]
        if segment.kind != "fragment" or segment.before not in (",", "–") or first.text.lower() != "wie":
            continue
        if found[k - 1].finite is None or not _named_behind(tokens, segment.tokens):
            continue
        for later in found[k + 1 : k + 4]:
            if later.kind == "finite" and later.verb_final and len(later.tokens) <= 4:
                segment.kind, segment.starter = "subordinate", segment.tokens[0]
            if later.kind != "fragment" and not (later.kind == "subordinate" and later.finite is not None):
                break


def _inside_number(tokens: list[Token], i: int) -> bool:
    return 0 < i < len(tokens) - 1 and tokens[i - 1].end == tokens[i].start and tokens[i + 1].start == tokens[i].end


def _verbs(tokens: list[Token], run: list[int]) -> tuple[list[int], list[int]]:
    finite = [i for i in run if tokens[i].tag in FINITE]
    other = [i for i in run if tokens[i].tag in ("VVPP", "VVINF", "VVIZU", "VAPP", "VAINF", "VMINF", "VMPP")]
    return finite, other


def _full(tokens: list[Token], others: list[int]) -> list[int]:
    return [i for i in others if tokens[i].tag.startswith("VV")]


def _split_at_conjunctions(tokens: list[Token], run: list[int], before: str, body: bool) -> list[Segment]:
    """Cut a comma-free run at "und" and the like where both sides have a predicate of their own."""
    if body and before in ("", ":", '"'):
        _find_finite(tokens, run, before == '"')
    _right_bracket(tokens, run)
    cuts = [
        k
        for k in range(1, len(run) - 1)
        if tokens[run[k]].tag == "KON" and tokens[run[k]].text.lower() in _CONJUNCTIONS
    ]
    pieces: list[tuple[list[int], str]] = []
    start = 0
    opener = before
    for k in cuts:
        left, right = run[start:k], run[k + 1 :]
        following = [c for c in cuts if c > k]
        near = run[k + 1 : following[0]] if following else right
        if _predicates(tokens, left, right, near, run):
            pieces.append((left, opener))
            start, opener = k + 1, tokens[run[k]].text.lower()
    pieces.append((run[start:], opener))
    return [Segment(list(part), sign) for part, sign in pieces if part]


def _find_finite(tokens: list[Token], run: list[int], behind_quotation: bool = False) -> None:
    """A main clause without a finite verb: one that was taken for a participle or infinitive ("Soldaten durchsuchten …").

    ``behind_quotation``: the run follows closing marks, where the verb comes first ("„…“ erklärte die Ministerin").
    """
    body = [i for i in run if not tokens[i].tag.startswith("$")]
    if len(body) < 3 or any(
        tokens[i].tag in FINITE or tokens[i].tag in ("VVIZU", "PTKZU", "KOUS", "KOUI") for i in body
    ):
        return
    opener, noun = tokens[body[0]], tokens[body[1]]
    if behind_quotation and opener.tag in ("ADJA", "VVPP") and opener.text[0].islower() and noun.tag in _SPEAKING:
        if opener.text.endswith(("te", "ten")) and may_be_finite(opener.text, opener.tag):
            opener.lemma = finite_lemma(opener.text)
            retag(opener, "VVFIN")
            return
    for k, i in enumerate(body[1:], 1):
        token, before = tokens[i], tokens[body[k - 1]]
        if token.tag not in ("ADJA", "VVPP", "VVINF", "ADJD") or not token.text[0].islower():
            continue
        if before.tag not in ("NN", "NE", "NNA", "PPER", "PIS", "FM", "XY", "CARD", "ADV"):
            continue
        if i == body[-1] and not (token.tag == "VVINF" and before.tag == "ADV"):  # "Die Kanadier hingegen sagen, …"
            continue
        if before.tag == "CARD" and not (k >= 2 and tokens[body[k - 2]].tag in ("NN", "NE", "APPR", "APPRART")):
            continue
        if any(tokens[j].tag in ("VAINF", "VAPP") for j in body[k + 1 :]) or not may_be_finite(token.text, token.tag):
            continue
        if token.tag == "VVPP" and tokens[body[k + 1]].text.lower() == "von":
            continue
        token.lemma = finite_lemma(token.text)
        retag(token, "VVFIN")
        return


def _right_bracket(tokens: list[Token], run: list[int]) -> None:
    """A final "werden", "haben", "können" that the tagger took for an infinitive is finite where nothing else is."""
    body = [i for i in run if not tokens[i].tag.startswith("$")]
    if body and tokens[body[0]].tag == "APPR" and tokens[body[0]].text.lower() in ("um", "ohne", "anstatt", "statt"):
        if tokens[body[-1]].tag == "VVIZU" or len(body) > 2 and tokens[body[-2]].tag == "PTKZU":
            retag(tokens[body[0]], "KOUI")
    if (
        body
        and tokens[body[-1]].tag in ("VAFIN", "VVFIN", "VMFIN")
        and tokens[body[-1]].text.lower() == tokens[body[-1]].lemma
    ):
        later = max((k for k, i in enumerate(body) if tokens[i].tag == "KON"), default=-1)
        earlier = [i for i in body[later + 1 : -1] if tokens[i].tag in ("VMFIN", "VAFIN")]
        if earlier and not any(tokens[i].tag in ("KOUS", "PRELS", "PWS", "PWAV") for i in body[later + 1 : later + 5]):
            last = tokens[body[-1]]  # "müsse das Recht haben": one finite verb is enough
            last.tag, last.moods = last.tag[:2] + "INF", frozenset()
    if (
        len(body) > 2
        and tokens[body[-1]].tag == "VVPP"
        and tokens[body[0]].tag in ("KOUS", "PRELS")
        and not any(tokens[i].tag in FINITE or tokens[i].tag == "KON" for i in body)
        and tokens[body[-1]].text.endswith("en")
        and may_be_finite(tokens[body[-1]].text, "VVPP")
    ):
        last = tokens[body[-1]]  # "als Rebellen einen Posten beschossen": past plural, not participle
        last.lemma = finite_lemma(last.text)
        retag(last, "VVFIN")
        return
    if (
        1 < len(body) <= _SHORT_FRAME
        and tokens[body[-1]].tag == "VVPP"
        and tokens[body[-1]].text.endswith("en")
        and not any(tokens[i].tag in FINITE or tokens[i].tag in ("KOUS", "PRELS", "KON", "PTKVZ") for i in body)
        and _holds_clause(tokens, body[-1] + 1)
        and may_be_finite(tokens[body[-1]].text, "VVPP")
    ):
        last = tokens[body[-1]]  # "Die Rebellen bestritten, den Ort angegriffen zu haben"
        last.lemma = finite_lemma(last.text)
        retag(last, "VVFIN")
        return
    if not body or tokens[body[-1]].tag not in ("VAINF", "VMINF", "VVINF") or len(body) < 2:
        return
    conjunctions = [k for k, i in enumerate(body) if tokens[i].tag == "KON"]
    start = (
        conjunctions[-1] + 1 if conjunctions and any(tokens[i].tag in FINITE for i in body[: conjunctions[-1]]) else 0
    )
    piece = body[start:]
    if any(tokens[i].tag in FINITE or tokens[i].tag in ("PTKZU", "VVIZU", "KOUI") for i in piece):
        return
    last = tokens[piece[-1]]
    before = tokens[piece[-2]].tag if len(piece) > 1 else ""
    starts = any(tokens[i].tag in ("KOUS", "PRELS", "PRELAT", "PWS", "PWAV") for i in body[:4])
    governs = last.tag in ("VAINF", "VMINF") and before in ("VVPP", "VVINF", "VAPP")
    if not (governs and (starts or start) or starts and last.tag in ("VVINF", "VAINF", "VMINF")):
        return
    last.tag = last.tag[:2] + "FIN"
    last.moods, last.tense, last.number = reading_of(last.text, last.lemma)


def _holds_clause(tokens: list[Token], comma: int) -> bool:
    """A comma, and behind it a clause that only a verb can hold: "dass …", or an infinitive with "zu"."""
    if comma + 1 >= len(tokens) or tokens[comma].text != ",":
        return False
    if tokens[comma + 1].text.lower() in ("dass", "daß"):
        return True
    for token in tokens[comma + 1 : comma + _REACH]:
        if token.tag in ("$,", "$."):
            return False
        if token.tag in ("PTKZU", "VVIZU"):
            return True
    return False


def _predicates(tokens: list[Token], left: list[int], right: list[int], near: list[int], run: list[int]) -> bool:
    left_finite, left_other = _verbs(tokens, left)
    right_finite, right_other = _verbs(tokens, right)
    if left_finite and right_finite:
        return True
    left_full, right_full = _full(tokens, left_other), _full(tokens, right_other)
    if left_finite and left_full and right_full:  # "wurden A getötet und B verletzt"
        return True
    if left_full and right_finite and right_full and not left_finite:  # "dass A getötet und B verletzt wurden"
        finite = right_finite[0]
        return finite > right_full[0] and left_full[-1] >= left[-1] - 1
    if left_full and right_full and not left_finite and not right_finite:  # "anzugreifen und zu töten"
        return left_full[-1] >= left[-1] - 1
    return False


def classify(tokens: list[Token], segment: Segment) -> None:
    """Fill ``kind``, ``finite``, ``starter`` and word order of a segment."""
    run = segment.tokens
    finite, other = _verbs(tokens, run)
    segment.nonfinite = other
    body = [i for i in run if not tokens[i].tag.startswith("$")]
    if not body:
        return
    final = body[-1]
    zu = [i for i in other if tokens[i].tag == "VVIZU" or (i > 0 and i - 1 in run and tokens[i - 1].tag == "PTKZU")]
    if finite:
        segment.finite = finite[-1] if len(finite) > 1 and finite[-1] == final else finite[0]
        position = run.index(segment.finite)
        tail = [i for i in run[position + 1 :] if not tokens[i].tag.startswith("$")]
        segment.verb_final = not tail or all(tokens[i].tag in ("VVINF", "VAINF", "VMINF", "VVPP", "VAPP") for i in tail)
        lead = [i for i in run[:position] if tokens[i].tag not in ("KON",) and not tokens[i].tag.startswith("$")]
        segment.verb_first = not lead
    segment.starter = _starter(tokens, segment, finite, zu)
    if segment.starter is not None and tokens[segment.starter].tag in ("ART", "PDS"):
        retag(tokens[segment.starter], "PRELS")
    elif segment.starter is None and zu and not finite and tokens[run[0]].tag == "PRELS":
        retag(tokens[run[0]], "ART")
    if segment.starter is not None:
        segment.kind = "subordinate"
        if zu and not finite:
            segment.kind = "infinitive"
    elif finite:
        segment.kind = "finite"
    elif zu:
        segment.kind = "infinitive"
    elif any(tokens[i].tag in ("VVPP", "VAPP") for i in other):
        segment.kind = "participle"
    elif any(tokens[i].tag in ("VVINF", "VAINF") for i in other):
        segment.kind = "bare_infinitive"


def _starter(tokens: list[Token], segment: Segment, finite: list[int], zu: list[int]) -> int | None:
    """Token that makes the segment subordinate: conjunction, relative or question word, or None."""
    run = segment.tokens
    passed = 0
    for k, i in enumerate(run[:6]):
        token = tokens[i]
        low = token.text.lower()
        tag = token.tag
        if tag.startswith("$") and token.text not in '„»"‚':
            return None
        if tag == "KOUS" and not (low in ("als", "wie") and finite and not segment.verb_final):
            if low in ("während", "seit", "bis") and finite and not segment.verb_final:
                return None
            return i
        if tag == "KOUI" and zu:
            return i
        if tag in ("PRELS", "PRELAT") and segment.before not in ("", ".", ":") or tag == "PRELAT":
            if zu and not finite:
                return None
            if tag == "PRELAT" and _owner_first(tokens, segment, k):
                return None
            if finite and _second(tokens, run, segment.finite, k) and not segment.verb_final:
                return None
            return i
        if tag in ("PWS", "PWAV", "PWAT") or (
            low in ("wie", "wo", "wobei", "wodurch", "woraufhin", "wonach", "womit", "weshalb", "warum", "ob")
            and tag in ("KOKOM", "PROAV", "ADV", "KOUS", "APPR")
        ):
            if segment.before in (",", "und", "oder", "–", ":", "(") and (segment.verb_final or not finite) and finite:
                return i
            if segment.before == "," and not finite and low not in ("wie",):
                return i
            if low == "wie" and finite and segment.verb_final and k == 0:
                return i
            if low == "wie" and not finite and k == 0 and segment.before == "" and _named_behind(tokens, run):
                return i  # "Wie der Sprecher, Ali Hassan, mitteilte, …"
            return None
        if low in RELATIVE and segment.before in (",", "und", "oder", "–") and tag in ("ART", "PDS", "PRELS"):
            if k <= 2 and finite and segment.verb_final and not _second(tokens, run, segment.finite, k):
                if tag == "ART" and k > 0:
                    return None
                if tag == "ART" and not _relative_form(tokens, run, k):
                    return None
                return i
            return None
        if low == "dass" or low == "daß":
            return i
        if tag in ("APPR", "APPRART", "ADV", "ADJD", "KON", "PTKNEG", "CARD", "PIS", "PROAV", "APPO") or (
            tag in ("NN",) and k == 1 and tokens[run[0]].tag == "APPR"
        ):
            passed += 1
            if passed > 3:
                return None
            continue
        return None
    return None


def _named_behind(tokens: list[Token], run: list[int]) -> bool:
    """Whether a noun group stands right behind the first word ("wie aus" what), and nothing else."""
    if len(run) > 2 and tokens[run[1]].text.lower() == "aus":
        run = run[1:]
    if len(run) < 2 or tokens[run[1]].tag not in ("ART", "NN", "NE", "NNA", "PPOSAT", "ADJA", "XY"):
        return False
    return any(tokens[i].tag in ("NN", "NE", "NNA", "XY") for i in run[1:])


def _second(tokens: list[Token], run: list[int], finite: int | None, starter: int) -> bool:
    """The finite verb stands right behind the word at ``starter``: main-clause order ("die haben …")."""
    return finite is not None and starter + 1 < len(run) and run[starter + 1] == finite and finite != run[-1]


def _owner_first(tokens: list[Token], segment: Segment, k: int) -> bool:
    """ "…, dessen Luftwaffe habe die Stadt bombardiert": the verb stands second, what is said is no relative clause."""
    if segment.finite is None or segment.verb_final or tokens[segment.finite].moods & {"indicative"}:
        return False
    between = [tokens[i] for i in segment.tokens[k + 1 : segment.tokens.index(segment.finite)]]
    return bool(between) and all(t.tag in ("ADJA", "NN", "NNA", "NE", "CARD") for t in between)


def _relative_form(tokens: list[Token], run: list[int], k: int) -> bool:
    """An article-tagged "die" in a verb-final segment is a relative pronoun unless its noun is the clause's only subject."""
    nxt = tokens[run[k + 1]] if k + 1 < len(run) else None
    if nxt is None or run[k + 1] != run[k] + 1:
        return True
    if (
        len(run) > k + 3
        and tokens[run[-1]].tag in ("VAFIN", "VMFIN")
        and tokens[run[-2]].tag in ("VVPP", "VVINF", "VAPP")
    ):
        return True  # the verbs stand in verb-final order: "die Rebellen besetzt hatten"
    if strong_behind(tokens, run, k):
        return True  # "die syrische Rebellen unterstützt"
    if nxt.tag == "NE" and tokens[run[k]].text.lower() in ("den", "dem", "denen"):
        return True  # a name has no article: "den Damaskus ablehnt"
    return nxt.tag not in ("NN", "NE", "ADJA", "NNA") or any(
        tokens[i].tag in ("NN", "NE", "PPER", "PIS") for i in run[k + 2 :]
    )

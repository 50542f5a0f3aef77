"""The actors of a report: every mention, one actor per referent, who acts for whom (codebook 3)."""

from __future__ import annotations

from collections import Counter

from trucewatch.extraction.actor_index import ActorEntry, Actors
from trucewatch.extraction.actor_roles import words
from trucewatch.extraction.allegiance import set_countries
from trucewatch.extraction.coreference import Resolver
from trucewatch.extraction.descriptions import SOLDIERS
from trucewatch.extraction.ledger import Ledger
from trucewatch.extraction.mentions import Finder, Mention
from trucewatch.extraction.places import Places
from trucewatch.extraction.referents import Draft
from trucewatch.language.analysis import Analysis
from trucewatch.record import ActorKind

__all__ = ["ActorEntry", "Actors", "find_actors"]

_ACTING: frozenset[ActorKind] = frozenset({"person", "government", "armed_forces"})
_DEEPEST = 5
"""Owners of owners are followed this far."""


def find_actors(analysis: Analysis, places: Places | None = None) -> Actors:
    """All actors of the text, in order of their first mention; total for any analysis.

    >>> from trucewatch.language.german import analyse
    >>> [a.name for a in find_actors(analyse("Die türkische Armee griff Rebellen an. Moskau kritisierte das.")).all]
    ['türkische Armee', 'Rebellen', 'russische Regierung']
    """
    finder = Finder(analysis, places)
    mentions = finder.find()
    subjects = _subjects(analysis)
    ledger = Ledger(analysis, subjects, finder.clauses, _appositions(finder), _focus(places))
    resolver = Resolver(ledger)
    grounds: dict[int, str] = {}
    shadows: list[tuple[Mention, int]] = []
    waiting = {m.head: m for m in reversed(mentions)}
    done: set[int] = set()

    def settle(mention: Mention, depth: int = 0) -> None:
        """Resolve ``mention``, whoever it belongs to first ("eine Drohne der Mission")."""
        if id(mention) in done:
            return
        done.add(id(mention))
        entity = mention.hit.entity if mention.hit is not None else None
        if entity is not None and entity.capital and not _acts(mention, finder, subjects):
            return
        if mention.owner_head is not None and mention.owner_head in waiting and depth < _DEEPEST:
            settle(waiting[mention.owner_head], depth + 1)
        found = resolver.resolve(mention)
        if (
            entity is not None
            and not mention.shadow
            and (entity.capital or entity.kind == "state")
            and not mention.people
        ):
            grounds[mention.head] = "locative" if entity.capital else "ground"
        if mention.shadow and len(found) == 1:
            shadows.append((mention, found[0]))

    for mention in mentions:
        settle(mention)
    return _assembled(analysis, ledger, shadows, grounds, finder, places)


def _focus(places: Places | None) -> str | None:
    """The country that most place mentions lie in, where it leads clearly."""
    if places is None:
        return None
    counted = Counter(
        country
        for m in places.mentions
        if not m.dateline and not m.metonymic and (country := places.all[m.place].country) is not None
    )
    ranked = counted.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] * 3 > ranked[0][1] * 2):
        return None
    return ranked[0][0]


def _subjects(analysis: Analysis) -> frozenset[int]:
    return frozenset(
        part.head
        for clause in analysis.clauses
        for phrase in (clause.subject, clause.agent)
        if phrase is not None
        for part in phrase.parts()
    )


def _appositions(finder: Finder) -> dict[int, set[int]]:
    pairs: dict[int, set[int]] = {}
    for head, phrase in finder.phrases.items():
        for inner in phrase.appositions:
            for part in inner.parts():
                pairs.setdefault(head, set()).add(part.head)
                pairs.setdefault(part.head, set()).add(head)
    return pairs


def _acts(mention: Mention, finder: Finder, subjects: frozenset[int]) -> bool:
    """Does a capital stand for the government here?"""
    if mention.head in subjects or _speaks_in_headline(mention, finder):
        return True
    places = finder.places
    if places is not None and (mention.head in places.names or places.site_at(mention.head)):
        return False
    phrase = finder.phrases.get(mention.head)
    if phrase is None:
        return False
    clause = finder.clauses.get(mention.head)
    top = (
        next((p for p in clause.phrases if p.first <= mention.head <= p.last), phrase) if clause is not None else phrase
    )
    preposition = phrase.preposition or (top.preposition if top.members else None)
    if preposition is None:
        return phrase.role in ("indirect_object", "genitive") or top.role == "indirect_object"
    return preposition not in words("locative")


def _speaks_in_headline(mention: Mention, finder: Finder) -> bool:
    """ "Moskau: Haben nichts getan": before the colon stands who says so."""
    sentence = finder.analysis.sentences[mention.sentence]
    at = mention.last + 1
    colon = at < sentence.last and finder.tokens[at].text == ":"
    return colon and sentence.kind == "headline" and mention.first == sentence.first


def _assembled(
    analysis: Analysis,
    ledger: Ledger,
    shadows: list[tuple[Mention, int]],
    grounds: dict[int, str],
    finder: Finder,
    places: Places | None,
) -> Actors:
    order = sorted(range(len(ledger.drafts)), key=lambda i: _first(ledger.drafts[i]))
    place = {old: new for new, old in enumerate(order)}
    tokens = analysis.tokens
    actors = Actors(analysis, grounds=grounds)
    for old in order:
        draft = ledger.drafts[old]
        full = [m for m in draft.mentions if not m.shadow] or draft.mentions
        spans = {(tokens[m.first].start, tokens[m.last].end) for m in (*full, *draft.pronouns)}
        named = any(m.hit is not None and not m.shadow for m in draft.mentions)
        actors.all.append(ActorEntry(draft.name, draft.kind, draft.entity, None, None, sorted(spans), named))
    actors.spans = sorted((span, number) for number, entry in enumerate(actors.all) for span in entry.mentions)
    actors.by_token = {t: tuple(place[a] for a in found) for t, found in ledger.at_token.items()}
    for mention, actor in shadows:
        target = actors.adjectives if tokens[mention.first].coarse == "ADJ" else actors.compounds
        target[mention.first] = place[actor]
    _apposed(actors, finder)
    _relatives(actors)
    for old in order:
        _link(actors, place, ledger, old)
    _untangle(actors.all)
    set_countries(actors, [ledger.drafts[old] for old in order], places, finder.clauses)
    _stand_for(actors.all, place, ledger)
    _untangle(actors.all)
    return actors


def _stand_for(entries: list[ActorEntry], place: dict[int, int], ledger: Ledger) -> None:
    """Officials, offices and forces of a state act for its government, else for the state, where the report names it."""
    for number, entry in enumerate(entries):
        if entry.acts_for is not None or entry.country is None or entry.kind not in _ACTING:
            continue
        for key in (("government", entry.country), ("state", entry.country)):
            found = ledger.keys.get(key)
            if found is not None and place[found] != number:
                entry.acts_for = place[found]
                break


def _untangle(entries: list[ActorEntry]) -> None:
    """Whoever would act for himself through others acts for nobody: chains of ``acts_for`` end."""
    for number, entry in enumerate(entries):
        seen, at = {number}, entry.acts_for
        while at is not None:
            if at in seen:
                entry.acts_for = None
                break
            seen.add(at)
            at = entries[at].acts_for


def _first(draft: Draft) -> tuple[int, int]:
    return min(((m.first, m.last) for m in (*draft.mentions, *draft.pronouns)), default=(0, 0))


def _apposed(actors: Actors, finder: Finder) -> None:
    """A phrase that only its apposition makes an actor ("der Mann, X")."""
    for head, phrase in finder.phrases.items():
        if head not in actors.by_token:
            for inner in phrase.appositions:
                found = actors.by_token.get(inner.head)
                if found:
                    actors.by_token.setdefault(head, found)


def _relatives(actors: Actors) -> None:
    """A relative pronoun means what its antecedent means."""
    for clause in actors.analysis.clauses:
        if clause.antecedent is None or clause.relation != "relative":
            continue
        pronoun = next((p for p in clause.phrases if p.pronoun), None)
        if pronoun is not None and pronoun.head not in actors.by_token:
            found = actors.of(clause.antecedent)
            if found:
                actors.by_token[pronoun.head] = tuple(found)


def _link(actors: Actors, place: dict[int, int], ledger: Ledger, old: int) -> None:
    """Set ``acts_for`` and ``label_by`` of one actor."""
    draft, entry = ledger.drafts[old], actors.all[place[old]]
    for mention in draft.mentions:
        if mention.label is not None and entry.label_by is None:
            owner = actors.of(mention.label)
            entry.label_by = owner[0] if owner and owner[0] != place[old] else None
        if (
            entry.acts_for is None
            and mention.owner_head is not None
            and draft.kind in ("person", "government", "group", "armed_forces")
        ):
            above = actors.by_token.get(mention.owner_head)
            if above and above[0] != place[old]:
                entry.acts_for = above[0]
    if entry.acts_for is not None:
        return
    wanted: list[str] = [of for _, of in sorted(draft.offices) if of]
    if draft.of:
        wanted.append(draft.of)
    if draft.state and draft.kind not in ("state", "armed_group"):  # rebels of a country do not act for its state
        wanted.append(draft.state)
    for of in wanted:
        army = (("forces", of),) if draft.key[0] == SOLDIERS else ()
        for key in (*army, ("named", of), ("government", of), ("state", of)):
            found = ledger.keys.get(key)
            if found is not None and found != old:
                entry.acts_for = place[found]
                return

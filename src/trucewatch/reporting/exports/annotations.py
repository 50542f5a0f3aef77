"""Every incident's words as W3C Web Annotations with W3C PROV, in one JSON-LD document.

One annotation a member: its target is the evidence in the report (positions in Unicode code points, and the words), its
bodies the incident as it stands and what this report says of it. PROV says what it was taken from (the report), to whom
it is attributed (the speaker, or the origin where the report speaks for itself) and what made it (a reading by one
version of trucewatch).

Web Annotation Data Model (W3C Recommendation, 2017), sections 4.2.4 and 4.2.5; PROV-O (W3C Recommendation, 2013).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO
from urllib.parse import quote

from trucewatch.incident import Incident, Member
from trucewatch.reporting.exports.outcome import Outcome, Wish
from trucewatch.reporting.exports.rows import title
from trucewatch.reporting.words import Language

CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {"prov": "http://www.w3.org/ns/prov#", "tw": "urn:trucewatch:terms:"},
]
Node = dict[str, Any]


def write(incidents: Iterable[Incident], file: TextIO, wish: Wish) -> Outcome:
    """Writes the document, one annotation a line, as incidents come; rejected ones as well, with their state."""
    from trucewatch.version import __version__

    outcome = Outcome()
    file.write(f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": [\n{json.dumps(reading(__version__))}')
    for incident in incidents:
        for annotation in annotate(incident, __version__, wish.language):
            file.write(",\n" + json.dumps(annotation, ensure_ascii=False))
        outcome.written += 1
    file.write("\n]}\n")
    return outcome


def annotate(incident: Incident, version: str, language: Language = "de") -> Iterator[Node]:
    """One annotation for each member of the incident, read by ``version`` of trucewatch."""
    for member in incident.members:
        yield {
            "id": _urn("annotation", incident.id, member.report, member.event),
            "type": "Annotation",
            "motivation": "classifying",
            "body": [_incident(incident, language), _telling(incident, member)],
            "target": {"type": "SpecificResource", "source": _iri(member.report), "selector": selectors(member)},
            "prov:wasDerivedFrom": _report(member),
            "prov:wasAttributedTo": list(_agents(member)),
            "prov:wasGeneratedBy": {"id": _urn("reading", version)},
        }


def reading(version: str) -> Node:
    """The activity that made the annotations, and the program that carried it out."""
    return {
        "id": _urn("reading", version),
        "type": "prov:Activity",
        "prov:wasAssociatedWith": {
            "id": _urn("engine", version),
            "type": "prov:SoftwareAgent",
            "tw:name": "trucewatch",
            "tw:version": version,
        },
    }


def selectors(member: Member) -> list[Node]:
    """The evidence by position and, where its words are known, by quotation; the trigger refines the position.

    >>> selectors(Member(report="sha256:0", name="r", event="e1", type="ASSAULT", trigger=(12, 18), evidence=(10, 30),
    ...                  origin="o1", voice="reporter"))[0]["refinedBy"]
    {'type': 'TextPositionSelector', 'start': 2, 'end': 8}
    """
    start, end = member.evidence
    position: Node = {"type": "TextPositionSelector", "start": start, "end": end}
    first, last = member.trigger
    if start <= first <= last <= end:
        # A refining position counts from the start of what it refines (section 4.2.9).
        position["refinedBy"] = {"type": "TextPositionSelector", "start": first - start, "end": last - start}
    quoted: list[Node] = [{"type": "TextQuoteSelector", "exact": member.quote}] if member.quote else []
    return [position, *quoted]


def _incident(incident: Incident, language: Language) -> Node:
    body: Node = {
        "id": _urn("incident", incident.id),
        "type": "tw:Incident",
        "tw:incident": incident.id,
        "tw:type": incident.type,
        "tw:mode": incident.mode,
        "tw:title": {"@value": title(incident, language), "@language": language},
        "tw:grade": incident.grade,
        "tw:responsibilityGrade": incident.responsibility.grade,
        "tw:state": incident.state,
    }
    return _known(body)


def _telling(incident: Incident, member: Member) -> Node:
    """What this one report says, apart from what the incident is: members may contradict each other."""
    said: Node = {
        "id": _urn("telling", incident.id, member.report, member.event),
        "type": "tw:Telling",
        "tw:of": {"id": _urn("incident", incident.id)},
        "tw:event": member.event,
        "tw:type": member.type,
        "tw:stance": member.stance,
        "tw:voice": member.voice,
        "tw:via": member.via,
        "tw:background": member.background,
    }
    return _known(said)


def _report(member: Member) -> Node:
    return _known(
        {
            "id": _iri(member.report),
            "type": "prov:Entity",
            "tw:name": member.name,
            "tw:publisher": member.publisher,
            "tw:published": member.published,
        }
    )


def _agents(member: Member) -> Iterator[Node]:
    """Who says so: the speaker where there is one, and the origin of the text in any case."""
    if member.speaker:
        yield {"id": _urn("speaker", member.speaker), "type": "prov:Agent", "tw:name": member.speaker}
    yield {"id": _urn("origin", member.origin), "type": "prov:Agent", "tw:name": member.origin}


def _urn(kind: str, *parts: str) -> str:
    """An absolute IRI that any name can stand in.

    >>> _urn("speaker", "Türkei: Armee")
    'urn:trucewatch:speaker:T%C3%BCrkei%3A%20Armee'
    """
    return ":".join(["urn:trucewatch", kind, *(quote(part, safe="", errors="replace") for part in parts)])


def _iri(report: str) -> str:
    """A report's id as an IRI: ``sha256:…`` is one already."""
    return quote(report, safe=":/", errors="replace") if ":" in report else _urn("report", report)


def _known(node: Node) -> Node:
    """The node without what is not known: in JSON-LD null is nothing."""
    return {key: value for key, value in node.items() if value is not None}

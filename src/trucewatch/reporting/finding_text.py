"""Findings for the terminal: an incident, and under it what can be said of each provision, with the reasons."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from trucewatch.agreements.model import Agreement
from trucewatch.agreements.wording import percent
from trucewatch.finding import Finding, Reason, Result
from trucewatch.incident import Incident
from trucewatch.reporting.incident_text import IncidentText
from trucewatch.reporting.phrases import found_word, in_language, phrase
from trucewatch.reporting.view import clean
from trucewatch.reporting.words import Language

RESULT_SIGN: dict[Result, str] = {
    "outside": "·", "not_covered": "–", "exempt": "×", "undetermined": "?", "alleged": "○", "contested": "◇",
    "corroborated": "●", "admitted": "◆",
}  # fmt: skip
"""The fuller the sign, the better supported; told apart without colour."""
_COLOUR: dict[Result, str] = {
    "outside": "2", "not_covered": "2", "exempt": "2", "undetermined": "34", "alleged": "33", "contested": "31",
    "corroborated": "32", "admitted": "32",
}  # fmt: skip
_HOLDS = {True: "+", False: "−", None: "?"}


class FindingText:
    """Findings in one language, for one width of terminal."""

    def __init__(self, language: Language = "de", colour: bool = False, width: int = 100, reasons: bool = False) -> None:
        self.language: Language = language
        self.incidents = IncidentText(language, colour, width)
        self.ink = self.incidents.ink
        self.width = width
        self.reasons = reasons

    def listed(
        self, findings: Mapping[str, list[Finding]], incidents: Iterable[Incident], agreements: Mapping[str, Agreement]
    ) -> Iterator[str]:
        """All incidents in the order given, each with its findings; then how many there were."""
        number = of = 0
        for incident in incidents:
            mine = findings.get(incident.id, [])
            if not mine:
                continue
            of += 1
            yield self.incidents.line(incident) + "\n"
            before = None
            for finding in mine:
                number += 1
                agreement = agreements[finding.agreement]
                if finding.agreement != before:
                    yield f"    {self.ink.bold(in_language(agreement.title, self.language))}\n"
                    before = finding.agreement
                yield from (line + "\n" for line in self._finding(finding, agreement, incident))
            yield "\n"
        if not number:
            yield phrase(self.language, "finding", "none") + "\n"
            return
        yield self.ink.dim(self._counted(number, of)) + "\n"

    def _counted(self, findings: int, incidents: int) -> str:
        counted = phrase(self.language, "finding", "findings", number=findings)
        told_of = phrase(self.language, "finding", "to_incidents", number=incidents)
        return phrase(self.language, "finding", "found", findings=counted, incidents=told_of)

    def _finding(self, finding: Finding, agreement: Agreement, incident: Incident) -> Iterator[str]:
        provision = agreement.provision(finding.provision)
        result = f"{RESULT_SIGN[finding.result]} {found_word('result', finding.result, self.language)}"
        parts = [self.ink.style(_COLOUR[finding.result], result)]
        if finding.by and finding.result in ("alleged", "contested", "corroborated", "admitted"):
            parts.append(phrase(self.language, "finding", "by", by=clean(", ".join(finding.by))))
        if finding.share_inside is not None and 0 < finding.share_inside < 1:
            share = in_language(percent(finding.share_inside), self.language)
            parts.append(phrase(self.language, "finding", "share", share=share))
        if finding.bearing == "fulfilling":
            parts.append(phrase(self.language, "finding", "fulfilling"))
        source = f", {provision.source}" if provision.source else ""
        head = f"{in_language(provision.title, self.language)}{self.ink.dim(f'  [{provision.id}{source}]')}"
        yield f"      {head}"
        yield f"        {' · '.join(parts)}"
        if self.reasons:
            names = {m.report: m.name for m in incident.members}
            for reason in finding.reasons:
                yield from self._reason(reason, names)
        if finding.missing:
            what = ", ".join(found_word("missing", m, self.language) for m in finding.missing)
            yield from self._wrapped(phrase(self.language, "finding", "missing", what=what), "        ", "        ")

    def _reason(self, reason: Reason, reports: Mapping[str, str]) -> Iterator[str]:
        words = clean(in_language(reason.because, self.language))
        names = dict.fromkeys(f"{reports.get(e.report, e.report[:15])}:{e.event}" for e in reason.evidence)
        shown = " ".join(list(names)[:4]) + (" …" if len(names) > 4 else "")
        tail = f"  [{shown}]" if shown else ""
        yield from self._wrapped(f"{words}{tail}", f"          {_HOLDS[reason.holds]} ", "            ")

    def _wrapped(self, text: str, first: str, rest: str) -> list[str]:
        return textwrap.wrap(text, max(50, self.width), initial_indent=first, subsequent_indent=rest) or [first]

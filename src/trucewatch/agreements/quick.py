"""Values of known types put together without being checked again: findings are made by the hundred thousand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel

from trucewatch.finding import Evidence, Finding, Reason, Result, Support, Test
from trucewatch.incident import Both

_Model = TypeVar("_Model", bound=BaseModel)
_ALL: dict[type[BaseModel], set[str]] = {m: set(m.model_fields) for m in (Both, Reason, Finding)}


def both(de: str, en: str) -> Both:
    """``Both(de=de, en=en)``."""
    return _made(Both, {"de": de, "en": en})


def reason(
    test: Test,
    holds: bool | None,
    because: Both,
    evidence: Sequence[Evidence] = (),
    value: Support | None = None,
    claimed: bool = False,
) -> Reason:
    """A ``Reason``; evidence is shared, not copied."""
    fields = {
        "test": test, "holds": holds, "value": value, "claimed": claimed, "because": because,
        "evidence": evidence if isinstance(evidence, list) else list(evidence),
    }  # fmt: skip
    return _made(Reason, fields)


def finding(
    agreement: str,
    provision: str,
    incident: str,
    result: Result,
    reasons: list[Reason],
    *,
    by: list[str] | None = None,
    parties: list[str] | None = None,
    share: float | None = None,
    bearing: str | None = None,
    missing: list[str] | None = None,
) -> Finding:
    """A ``Finding``."""
    fields = {
        "schema_": "trucewatch/finding/1", "agreement": agreement, "provision": provision, "incident": incident,
        "result": result, "by": by or [], "parties": parties or [], "share_inside": share, "bearing": bearing,
        "reasons": reasons, "missing": missing or [],
    }  # fmt: skip
    return _made(Finding, fields)


def _made(model: type[_Model], fields: dict[str, Any]) -> _Model:
    """What ``model.model_construct(**fields)`` gives where all fields are there, in a tenth of the time."""
    new = model.__new__(model)
    object.__setattr__(new, "__dict__", fields)
    object.__setattr__(new, "__pydantic_fields_set__", _ALL[model])  # shared: setting a field adds nothing to it
    object.__setattr__(new, "__pydantic_extra__", None)
    object.__setattr__(new, "__pydantic_private__", None)
    return new

"""Whose text is it? Near-copies of whole reports, and paragraphs that recur word for word.

Near-copies are found by MinHash over word shingles with locality-sensitive hashing (Broder 1997; Leskovec, Rajaraman
and Ullman, Mining of Massive Datasets, chapter 3), then measured on the shingles themselves: the share of the shorter
text that stands in the other one. So an outlet's cut of an agency text is a copy, and a long text that quotes one
sentence is none.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from operator import eq

from trucewatch.linking.knowledge import thresholds
from trucewatch.linking.lines import plain_words, text_hash

_WORDS = 4
"""Words of a shingle."""
_HASHES = 64
_BANDS = 16
"""16 bands of 4: texts that share half of their shingles meet with a chance of about 0.65, at 0.7 of 0.99."""
_SEED = 41
_SHORTEST = 8
"""A paragraph with fewer words is no evidence of copying."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a report's text is compared by."""

    shingles: frozenset[int]
    signature: bytes
    bands: tuple[int, ...]
    """Hashes of the signature's bands, 63 bits."""
    paragraphs: tuple[int, ...]
    """Hashes of the paragraphs that are long enough, in text order."""


def shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of four words."""
    words = plain_words(text)
    if not words:
        return frozenset()
    runs = range(max(1, len(words) - _WORDS + 1))
    return frozenset(zlib.crc32(" ".join(words[i : i + _WORDS]).encode()) for i in runs)


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a report's text.

    >>> fingerprint("").bands
    ()
    """
    from rensa import RMinHash

    found = shingles(text)
    parts = [p for p in text.splitlines() if len(plain_words(p)) >= _SHORTEST]
    paragraphs = tuple(dict.fromkeys(text_hash(p) for p in parts))
    if not found:
        return Fingerprint(found, b"", (), paragraphs)
    minhash = RMinHash(num_perm=_HASHES, seed=_SEED)
    minhash.update([str(s) for s in sorted(found)])
    digest = [int(v) for v in minhash.digest()]
    rows = _HASHES // _BANDS
    bands = tuple((zlib.crc32(repr((b, digest[b * rows : (b + 1) * rows])).encode()) << 8 | b) for b in range(_BANDS))
    return Fingerprint(found, b"".join(v.to_bytes(8, "big") for v in digest), bands, paragraphs)


def share(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the shorter text's shingles that stand in the other one; 0.0 to 1.0."""
    short = min(len(one), len(other))
    return len(one & other) / short if short else 0.0


def is_copy(of_shingles: float) -> bool:
    """Whether such a share makes a copy."""
    return of_shingles >= thresholds()["copy_share"]


_VALUES = struct.Struct(f">{_HASHES}Q")

SURE = 0.9
"""From this estimate on, the shingles need not be counted."""
POSSIBLE = 0.35
"""Below this estimate they need not either."""


def estimated_share(mark: Fingerprint, signature: bytes, size: int) -> float:
    """The share of the shorter text, estimated from the signatures and the numbers of shingles."""
    equal: int = sum(map(eq, _VALUES.unpack(mark.signature), _VALUES.unpack(signature)))
    jaccard: float = equal / _HASHES
    both = len(mark.shingles) + size
    return jaccard / (1 + jaccard) * both / max(1, min(len(mark.shingles), size))

"""The pairs of neighbouring words of a text, as hashes with how often each stands in it."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from itertools import pairwise, starmap

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint32]
Counts = npt.NDArray[np.uint8]
MOST = int(np.iinfo(np.uint8).max)


@functools.lru_cache(maxsize=1 << 14)
def pair_hash(first: str, second: str) -> int:
    """32 bits that stand for two neighbouring words, the same on every machine."""
    pair = f"{first} {second}".encode("utf-8", "backslashreplace")
    return int.from_bytes(blake2b(pair, digest_size=4).digest(), "little")


def pair_hashes(words: Sequence[str]) -> list[int]:
    """The hashes of the pairs in their order: ``len(words) - 1`` of them."""
    return list(starmap(pair_hash, pairwise(words)))


def counted(hashes: Sequence[int]) -> tuple[Hashes, Counts]:
    """The distinct hashes in ascending order, uint32[n], and how often each stands there, uint8[n]."""
    found = Counter(hashes)
    ordered = sorted(found)
    return (
        np.array(ordered, dtype=np.uint32),
        np.array([min(found[each], MOST) for each in ordered], dtype=np.uint8),
    )

"""The key of a draw: it follows from names alone. Standard library only."""

from __future__ import annotations

import hashlib

KEY_BYTES = 16


def draw_key(*names: str) -> bytes:
    """16 bytes that are the same for the same names, in every store and every process.

    Random numbers keyed by it don't depend on ids or positions, so two stores that hold the same results
    print the same. Each name counts by itself: ("ab", "c") and ("a", "bc") have different keys.

    Source: BLAKE2b (RFC 7693) over each name's length (8 bytes, little-endian) and its UTF-8.
    """
    parts = [name.encode("utf-8", "surrogatepass") for name in names]
    text = b"".join(len(part).to_bytes(8, "little") + part for part in parts)
    return hashlib.blake2b(text, digest_size=KEY_BYTES).digest()


def short_key(key: bytes) -> int:
    """The first 64 bits of a key, as the number that ``counter_random`` and ``bootstrap`` take."""
    return int.from_bytes(key[:8], "little")

"""Names by their hash: many names in one text of UTF-8, found among many others without a Python object.

The hash is FNV-1a of 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv). The table is sorted by it. Who looks
for a name begins where its first bits would have it, and ends by comparing bytes, so that names of one hash
stay apart. Within the names of equal first bits he halves, so that names chosen to collide there cost little;
those chosen to have the whole hash in common are compared one by one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import types
from numpy.typing import ArrayLike, NDArray

from .columns import byte_column, group_offsets, id_column, key_column
from .jit import BYTES_IN, IDS_IN, IDS_OUT, KEYS_IN, KEYS_OUT, WHOLES_IN, kernel, prefetch, uncounted

Words = NDArray[np.uint64]
Wholes = NDArray[np.int32]

BASIS, PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
WORD = 64
MOST_BITS = 22
AHEAD = 16  # names by which memory is asked for before they are read


@dataclass(frozen=True, slots=True)
class HashOrder:
    """Names sorted by their hash, those of one hash in their order."""

    hashes: Words  # uint64[n], ascending
    order: Wholes  # int32[n]: whose they are


def name_hashes(text: ArrayLike, starts: ArrayLike) -> Words:
    """The hash of each name, uint64[n].

    ``text``: uint8, one name after the other; ``starts``: int64[n + 1], where each begins and last where all
    end. Raises TypeError, ValueError.
    """
    whole = byte_column("text", text)
    begins = group_offsets(starts, whole.size, "starts", "bytes in text")
    hashes = np.empty(begins.size - 1, np.uint64)
    _fill_hashes(whole, begins, hashes)
    return hashes


def hash_order(hashes: ArrayLike) -> HashOrder:
    """The order of ``hashes``, uint64[n]. Raises TypeError, ValueError."""
    keys = key_column("hashes", hashes)
    low = np.uint64((1 << keys.size.bit_length()) - 1)
    # Each number in place of its hash's last bits: to sort these once is several times as fast as to sort an
    # order by hashes, and those whose first bits agree by chance are too few to matter.
    packed = keys & ~low | np.arange(keys.size, dtype=np.uint64)
    packed.sort()
    order = (packed & low).astype(np.int32)
    ascending = keys[order]
    if (ascending[1:] < ascending[:-1]).any():
        order = np.argsort(keys, kind="stable").astype(np.int32)
        ascending = keys[order]
    return HashOrder(ascending, order)


def found_names(
    text: ArrayLike,
    starts: ArrayLike,
    hashes: ArrayLike,
    order: ArrayLike,
    asked_text: ArrayLike,
    asked_starts: ArrayLike,
) -> Wholes:
    """The number of each asked name among those of ``text`` and ``starts``, int32[k]; −1 where there is none.

    ``hashes`` and ``order``: as ``hash_order`` of their ``name_hashes`` gives them; of equal names the first
    is found. ``asked_text`` and ``asked_starts``: the names looked for. Raises TypeError, ValueError.
    """
    whole = byte_column("text", text)
    begins = group_offsets(starts, whole.size, "starts", "bytes in text")
    asked = byte_column("asked_text", asked_text)
    asked_begins = group_offsets(asked_starts, asked.size, "asked_starts", "bytes in asked_text")
    names = begins.size - 1
    keys, whose = key_column("hashes", hashes, names), id_column("order", order, names)
    if names and not 0 <= whose.min() <= whose.max() < names:
        raise ValueError(f"order must lie between 0 and the number of names - 1, {names - 1}")
    bits = min(max(names.bit_length(), 1), MOST_BITS)
    shift = np.uint64(WORD - bits)
    borders = np.zeros((1 << bits) + 1, np.int32)
    _fill_borders(keys, shift, borders)
    places, found = (np.empty(asked_begins.size - 1, np.int32) for _ in range(2))
    _fill_places(name_hashes(asked, asked_begins), keys, whose, shift, borders, places, found)
    _confirm(whole, begins, keys, whose, asked, asked_begins, places, found)
    return found


@kernel((BYTES_IN, WHOLES_IN, KEYS_OUT), counted=False)
def _fill_hashes(text, starts, hashes):  # type: ignore[no-untyped-def]
    for i in range(hashes.size):
        found = BASIS
        for k in range(starts[i], starts[i + 1]):
            found = (found ^ np.uint64(text[np.uint64(k)])) * PRIME
        hashes[i] = found


@kernel((KEYS_IN, types.uint64, IDS_OUT), counted=False)
def _fill_borders(keys, shift, borders):  # type: ignore[no-untyped-def]
    """Fills where the keys of each first bits begin, and last where all end."""
    for i in range(keys.size):
        borders[(keys[i] >> shift) + np.uint64(1)] += 1
    for b in range(1, borders.size):
        borders[b] += borders[b - 1]


_PLACES = (KEYS_IN, KEYS_IN, IDS_IN, types.uint64, IDS_IN, IDS_OUT, IDS_OUT)


@kernel(_PLACES, counted=False)
def _fill_places(wanted, keys, order, shift, borders, places, found):  # type: ignore[no-untyped-def]
    """Fills the first place in ``keys`` not below each wanted key, and who has the same key there, or −1."""
    for i in range(wanted.size):
        bucket = wanted[i] >> shift
        low, high = borders[bucket], borders[bucket + np.uint64(1)]
        while low < high:
            middle = (low + high) >> 1
            if keys[middle] < wanted[i]:
                low = middle + 1
            else:
                high = middle
        places[i] = low
        found[i] = order[low] if low < keys.size and keys[low] == wanted[i] else -1


@uncounted
def _same(text, low, high, other, other_low, other_high):  # type: ignore[no-untyped-def]
    """Whether two names have the same bytes: all are looked at, many at a time."""
    if high - low != other_high - other_low:
        return False
    differing = np.uint8(0)
    for k in range(np.uint64(high - low)):
        differing |= text[np.uint64(low) + k] ^ other[np.uint64(other_low) + k]
    return differing == 0


@uncounted
def _ask_ahead(text, starts, found, i):  # type: ignore[no-untyped-def]
    """Asks the cache for where later names begin, and for the bytes of those before them."""
    if i + 2 * AHEAD < found.size and found[i + 2 * AHEAD] >= 0:
        prefetch(starts, found[i + 2 * AHEAD])
    if i + AHEAD < found.size and found[i + AHEAD] >= 0:
        prefetch(text, starts[found[i + AHEAD]])


_CONFIRM = (BYTES_IN, WHOLES_IN, KEYS_IN, IDS_IN, BYTES_IN, WHOLES_IN, IDS_IN, IDS_OUT)


@kernel(_CONFIRM, counted=False)
def _confirm(text, starts, keys, order, asked, asked_starts, places, found):  # type: ignore[no-untyped-def]
    """Keeps those found whose bytes are the asked ones; else looks on among those of the same hash."""
    for i in range(found.size):
        _ask_ahead(text, starts, found, i)
        place, low, high = np.int64(places[i]), asked_starts[i], asked_starts[i + 1]
        number = found[i]
        while number >= 0 and not _same(text, starts[number], starts[number + 1], asked, low, high):
            place += 1
            number = order[place] if place < keys.size and keys[place] == keys[place - 1] else -1
        found[i] = number

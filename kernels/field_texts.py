"""Texts that lie scattered in one buffer: brought together, and each distinct one numbered once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import byte_column, whole_column
from .jit import BYTES_IN, BYTES_OUT, IDS_OUT, KEYS_OUT, WHOLES_IN, WHOLES_OUT, inlined, kernel

_BASIS, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
_LEAST = 1024  # places of the table; more as there are more distinct texts


@dataclass(frozen=True, slots=True)
class GatheredTexts:
    """Text i is ``text[starts[i]:starts[i + 1]]``."""

    text: NDArray[np.uint8]
    starts: NDArray[np.int64]  # int64[n + 1]


@dataclass(frozen=True, slots=True)
class TextCodes:
    """Which of the distinct texts each is; they are numbered as they first stand there."""

    codes: NDArray[np.int32]  # int32[n]
    firsts: NDArray[np.int32]  # int32[d]: where each distinct one stands first


def gathered_texts(text: ArrayLike, starts: ArrayLike, ends: ArrayLike) -> GatheredTexts:
    """The texts ``text[starts[i]:ends[i]]``, one after the other; int64[n] places in uint8.

    Raises TypeError, ValueError.
    """
    whole, first, end = text_places(text, starts, ends)
    begins = np.zeros(first.size + 1, np.int64)
    np.cumsum(end - first, out=begins[1:])
    found = np.empty(begins[-1], np.uint8)
    _gather(whole, first, begins, found)
    return GatheredTexts(found, begins)


def text_codes(text: ArrayLike, starts: ArrayLike, ends: ArrayLike) -> TextCodes:
    """A number for each distinct one of the texts ``text[starts[i]:ends[i]]``; int64[n] places in uint8.

    Raises TypeError, ValueError.
    """
    whole, first, end = text_places(text, starts, ends)
    if first.size >= 2**31:
        raise ValueError("text_codes numbers fewer than 2**31 texts")
    codes, firsts = np.empty(first.size, np.int32), np.empty(first.size, np.int32)
    table = np.empty(max(_LEAST, 1 << (2 * first.size).bit_length()), np.int32)
    count = np.zeros(1, np.int64)
    _number(whole, first, end, table, np.empty(first.size, np.uint64), codes, firsts, count)
    return TextCodes(codes, firsts[: count[0]].copy())


def text_places(
    text: ArrayLike, starts: ArrayLike, ends: ArrayLike
) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]:
    """The three as columns, for the kernels here and in field_values.py. Raises TypeError, ValueError."""
    whole, first = byte_column("text", text), whole_column("starts", starts)
    end = whole_column("ends", ends, first.size)
    if first.size and not ((first <= end).all() and end.max() <= whole.size):
        raise ValueError("starts and ends must lie in text, no end before its start")
    return whole, first, end


@kernel((BYTES_IN, WHOLES_IN, WHOLES_IN, BYTES_OUT), counted=False)
def _gather(text, starts, begins, found):  # type: ignore[no-untyped-def]
    for i in range(starts.size):
        apart = starts[i] - begins[i]
        for at in range(begins[i], begins[i + 1]):
            found[np.uint64(at)] = text[np.uint64(at + apart)]


@inlined
def _hash(text, start, end):  # type: ignore[no-untyped-def]
    """FNV-1a, its high bits mixed into the low ones, which choose the place."""
    found = _BASIS
    for at in range(start, end):
        found = (found ^ np.uint64(text[np.uint64(at)])) * _PRIME
    return found ^ (found >> np.uint64(32))


@inlined
def _same(text, start, end, other, other_end):  # type: ignore[no-untyped-def]
    if end - start != other_end - other:
        return False
    at = 0
    while at < end - start and text[np.uint64(start + at)] == text[np.uint64(other + at)]:
        at += 1
    return at == end - start


@inlined
def _enter_again(table, hashes, count, last):  # type: ignore[no-untyped-def]
    """Enters all codes into the places up to ``last``."""
    table[: np.int64(last) + 1] = -1
    for code in range(count):
        place = hashes[code] & last
        while table[place] >= 0:
            place = (place + np.uint64(1)) & last
        table[place] = code


_NUMBER = (BYTES_IN, WHOLES_IN, WHOLES_IN, IDS_OUT, KEYS_OUT, IDS_OUT, IDS_OUT, WHOLES_OUT)


@kernel(_NUMBER, counted=False)
def _number(text, starts, ends, table, hashes, codes, firsts, count):  # type: ignore[no-untyped-def]
    """Fills ``codes`` and ``firsts``; what is used of ``table`` is open-addressed and at most half full."""
    last = np.uint64(_LEAST - 1)
    table[:_LEAST] = -1
    code = np.int32(-1)
    for i in range(starts.size):
        if code >= 0:  # often it is the one before
            first = firsts[code]
            if _same(text, starts[i], ends[i], starts[first], ends[first]):
                codes[i] = code
                continue
        if 2 * count[0] > np.int64(last):
            last = last + last + np.uint64(1)
            _enter_again(table, hashes, count[0], last)
        key = _hash(text, starts[i], ends[i])
        place = key & last
        while True:
            code = table[place]
            if code < 0:
                code = np.int32(count[0])
                table[place], hashes[code], firsts[code] = code, key, i
                count[0] += 1
                break
            first = firsts[code]
            if hashes[code] == key and _same(text, starts[i], ends[i], starts[first], ends[first]):
                break
            place = (place + np.uint64(1)) & last
        codes[i] = code

"""The values that a GGUF header is made of, read one after another with limits."""

from __future__ import annotations

import struct
from typing import BinaryIO

LARGEST_HEADER = 100_000_000  # bytes
LONGEST_STRING = 1 << 24  # bytes of a value; a chat template takes some ten thousand
_LONGEST_KEY = 1 << 16
_BLOCK = 1 << 20
_STRING, _ARRAY = 8, 9
_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_NESTED = 4  # arrays in arrays

Value = int | float | bool | str | None


class Values:
    """A header as far as it was read. Raises ValueError, whose text goes on from the file's path."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self.at = 0  # bytes from the file's begin
        self._stream, self._size = stream, size
        self._held = bytearray()
        self._order = "<"

    def swap(self) -> None:
        """From here on the larger end of a number comes first."""
        self._order = ">"

    def raw(self, length: int) -> bytes:
        """The next ``length`` bytes."""
        self._hold(length)
        self.at += length
        return bytes(self._held[self.at - length : self.at])

    def u32(self) -> int:
        """The next number of four bytes."""
        return int.from_bytes(self.raw(4), "little" if self._order == "<" else "big")

    def u64(self) -> int:
        """The next number of eight bytes."""
        return int.from_bytes(self.raw(8), "little" if self._order == "<" else "big")

    def key(self) -> str:
        """The next name."""
        return self._text(_LONGEST_KEY)

    def value(self) -> Value:
        """The next value with its type before it; None for an array, which is passed over."""
        return self._value(self.u32(), 0)

    def _value(self, kind: int, depth: int) -> Value:
        if kind == _STRING:
            return self._text(LONGEST_STRING)
        if kind == _ARRAY:
            self._pass_array(depth)
            return None
        form = self._scalar(kind)
        value: Value = struct.unpack(form, self.raw(struct.calcsize(form)))[0]
        return value

    def _scalar(self, kind: int) -> str:
        if kind not in _SCALARS:
            raise ValueError(f"has a value of the type {kind}, which is not known here")
        return self._order + _SCALARS[kind]

    def _text(self, longest: int) -> str:
        length = self.u64()
        if length > longest:
            raise ValueError(f"has a text of {length:,} bytes in its header, at most {longest:,} are read")
        return self.raw(length).decode("utf-8", "replace")

    def _pass_array(self, depth: int) -> None:
        kind, count = self.u32(), self.u64()
        if kind == _STRING:
            self._pass_strings(count)
        elif kind == _ARRAY:
            if depth >= _NESTED:
                raise ValueError("has arrays that are nested too deeply")
            self._must_hold(count, 12)
            for _ in range(count):
                self._pass_array(depth + 1)
        else:
            width = struct.calcsize(self._scalar(kind))
            self._must_hold(count, width)
            self._hold(count * width)
            self.at += count * width

    def _pass_strings(self, count: int) -> None:
        """Hops from length to length: a vocabulary has some hundred thousand."""
        self._must_hold(count, 8)
        unpack, held, at = struct.Struct(f"{self._order}Q").unpack_from, self._held, self.at
        for _ in range(count):
            if at + 8 > len(held):
                self.at = at
                self._hold(8)
            at += 8 + unpack(held, at)[0]
        self.at = at
        self._hold(0)

    def _must_hold(self, count: int, width: int) -> None:
        """Refuses more values than there is room for, before any is looked at."""
        if count > (min(self._size, LARGEST_HEADER) - self.at) // width:
            raise ValueError(f"is cut off, or lies: {count:,} values are to follow byte {self.at:,}")

    def _hold(self, length: int) -> None:
        """Reads on until the next ``length`` bytes are held."""
        end = self.at + length
        if end <= len(self._held):
            return
        if end > self._size:
            raise ValueError(f"is cut off: {self._size:,} bytes, its header goes on behind them")
        if end > LARGEST_HEADER:
            raise ValueError(f"has a header of more than the {LARGEST_HEADER:,} bytes that are read")
        self._held += self._stream.read(max(end - len(self._held), _BLOCK))
        if end > len(self._held):
            raise ValueError(f"is cut off at byte {len(self._held):,}, inside its header")

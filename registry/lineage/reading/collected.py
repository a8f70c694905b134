"""The rows of a file, put together from the parts in which it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....kernels.field_texts import gathered_texts, text_codes
from .columns import LISTS, WHOLES, WORDS, Coded, Rows
from .field_text import Texts


@dataclass(frozen=True, slots=True)
class Numbered:
    """Texts one after the other, of these lengths, and which of them each row has."""

    text: NDArray[np.uint8]
    lengths: NDArray[np.int64]
    codes: NDArray[np.int32]  # int32[rows]


def numbered(texts: Texts) -> Numbered:
    """A text for each row, as each distinct one once."""
    text, starts, ends = texts
    found = text_codes(text, starts, ends)
    own = gathered_texts(text, starts[found.firsts], ends[found.firsts])
    return Numbered(own.text, np.diff(own.starts), found.codes)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that were read together; a column that is left out says nothing in any part."""

    lines: NDArray[np.int64]
    names: Texts
    wholes: Mapping[str, NDArray[np.float64]]
    created: NDArray[np.datetime64]
    texts: Mapping[str, Numbered]
    problems: Mapping[int, str]  # by the place in this part


@dataclass(slots=True)
class _Codes:
    """The texts of one column: those of each part once, and a code for each row."""

    texts: list[NDArray[np.uint8]] = field(default_factory=list)
    lengths: list[NDArray[np.int64]] = field(default_factory=list)
    codes: list[NDArray[np.int32]] = field(default_factory=list)
    known: int = 0

    def add(self, part: Numbered) -> None:
        self.texts.append(part.text)
        self.lengths.append(part.lengths)
        self.codes.append(part.codes + np.int32(self.known))
        self.known += part.lengths.size

    def whole(self) -> Coded:
        """Each text once."""
        text, lengths = _joined(self.texts, np.uint8), _joined(self.lengths, np.int64)
        ends = np.cumsum(lengths)
        starts = ends - lengths
        merged = text_codes(text, starts, ends)
        codes = _joined(self.codes, np.int32)
        once = gathered_texts(text, starts[merged.firsts], ends[merged.firsts])
        return Coded(once.text, once.starts, merged.codes[codes])


@dataclass(slots=True)
class Collected:
    """What was read so far; ``whole`` uses it up."""

    rows: int = 0
    lines: list[NDArray[np.int64]] = field(default_factory=list)
    names: list[NDArray[np.uint8]] = field(default_factory=list)
    lengths: list[NDArray[np.int64]] = field(default_factory=list)
    wholes: dict[str, list[NDArray[np.float64]]] = field(default_factory=dict)
    created: list[NDArray[np.datetime64]] = field(default_factory=list)
    texts: dict[str, _Codes] = field(default_factory=dict)
    problems: dict[int, str] = field(default_factory=dict)

    def add(self, part: Part) -> None:
        """Adds what was read next."""
        own, count = gathered_texts(*part.names), part.lines.size
        self.lines.append(part.lines)
        self.names.append(own.text)
        self.lengths.append(np.diff(own.starts))
        self.created.append(part.created)
        for name, values in part.wholes.items():
            self.wholes.setdefault(name, []).append(values)
        for name, texts in part.texts.items():
            self.texts.setdefault(name, _Codes()).add(texts)
        self.problems |= {self.rows + row: reason for row, reason in part.problems.items()}
        self.rows += count

    def whole(self) -> Rows:
        """All rows."""
        starts = np.zeros(self.rows + 1, np.int64)
        np.cumsum(_joined(self.lengths, np.int64), out=starts[1:])
        return Rows(
            lines=_joined(self.lines, np.int64),
            name_bytes=_joined(self.names, np.uint8),
            name_starts=starts,
            wholes={name: self._wholes(name) for name in WHOLES},
            created=_joined(self.created, "datetime64[us]"),
            texts={name: self._coded(name) for name in (*WORDS, *LISTS)},
            problems=self.problems,
        )

    def _wholes(self, name: str) -> NDArray[np.float64]:
        if name in self.wholes:
            return _joined(self.wholes[name], np.float64)
        return np.broadcast_to(np.float64(np.nan), self.rows)  # takes no memory

    def _coded(self, name: str) -> Coded:
        if name in self.texts:
            return self.texts.pop(name).whole()
        return Coded(np.zeros(0, np.uint8), np.zeros(2, np.int64), np.zeros(self.rows, np.int32))


def _joined(parts: list[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    """All of them as one; the parts are let go."""
    whole = np.concatenate(parts, dtype=dtype) if parts else np.zeros(0, dtype)
    parts.clear()
    return whole

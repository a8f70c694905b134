"""Files and fields for the kernels that read them, and their answers in a form that a twin's can have."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from fitment.kernels import csv_records as kernel
from fitment.kernels import field_values

from tests.kernels.inputs import Arguments

_ALPHABET = np.frombuffer(b'ab,,,""\n\n\r', np.uint8)
_NUMBERS = ("", "0", "12", "7.0", "-1", "1e3", "123456789012345", "1234567890123456", "x", ".0", "12.5")
_MOMENTS = (
    *(
        "",
        "2022-03-02T23:29:04.000Z",
        "1969-12-31T23:59:59.9Z",
        "0001-01-01T00:00:00Z",
        "2000-02-29T00:00:00Z",
    ),
    *("1900-02-29T00:00:00Z", "2023-13-01T00:00:00Z", "2023-01-00T00:00:00Z", "2023-01-01T24:00:00Z", "now"),
    *(
        "2023-01-01T00:00:00.1234567Z",
        "2023-01-01T00:00:00.Z",
        "2023-01-01 00:00:00Z",
        "9999-12-31T23:59:59Z",
    ),
    *("2023-04-31T00:00:00Z", "2023-01-01T00:60:00Z", "2023-0a-01T00:00:00Z", "0000-01-01T00:00:00Z"),
)


def csv_text(rng: np.random.Generator, n: int) -> Arguments:
    """A file of n bytes that is often broken, two of its columns, and whether it ends there."""
    return (
        rng.choice(_ALPHABET, n),
        np.array([0, 2], np.int32),
        bool(rng.random() < 0.5),
        int(rng.integers(1, 40)),
    )


def cut(text: object, wanted: object, last: bool, room: int) -> dict[str, object]:
    """``csv_records`` with its fields one after the other."""
    found = kernel.csv_records(text, wanted, last, room)
    places = list(zip(found.starts.ravel().tolist(), found.ends.ravel().tolist(), strict=True))
    told = [found.text[start:end] for start, end in places]
    return {
        "told": np.concatenate([*told, np.zeros(0, np.uint8)]),
        "lengths": np.array([len(each) for each in told], np.int64),
        **{name: getattr(found, name) for name in ("fields", "problems", "lines", "used", "used_lines")},
    }


def scattered_texts(rng: np.random.Generator, n: int) -> Arguments:
    """n texts that overlap in one buffer, of few letters, so that many are the same."""
    text = rng.integers(0, 3, 40).astype(np.uint8)
    starts = rng.integers(0, 36, n)
    return text, starts, starts + rng.integers(0, 5, n)


def numbers(rng: np.random.Generator, n: int) -> Arguments:
    """Texts of which some are plain whole numbers."""
    return _places(rng.choice(_NUMBERS, n).tolist())


def moments(rng: np.random.Generator, n: int) -> Arguments:
    """Texts of which some are times."""
    return _places(rng.choice(_MOMENTS, n).tolist())


def in_microseconds(text: object, starts: object, ends: object) -> dict[str, np.ndarray]:
    """``plain_moments`` as numbers."""
    found = field_values.plain_moments(text, starts, ends)
    return {"values": found.values.view(np.int64), "odd": found.odd}


def _places(texts: Sequence[str]) -> Arguments:
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
    raw = np.frombuffer(f"{''.join(texts)} ".encode(), np.uint8)
    return raw, np.concatenate([[0], ends[:-1]]).astype(np.int64)[: len(texts)], ends

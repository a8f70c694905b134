"""Many Python lists as the texts that ``repr`` gives, made a column at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.ecosystem_families import Wholes


def quoted(texts: pa.Array) -> pa.Array:
    """Each as ``repr`` shows it: in apostrophes, or in quotes where it holds an apostrophe.

    For texts that hold neither a backslash nor, beside an apostrophe, a quote.
    """
    inside = pc.match_substring(texts, "'")
    return pc.if_else(inside, beside('"', texts, '"'), beside("'", texts, "'"))


def beside(*parts: pa.Array | str) -> pa.Array:
    """The parts of each row, one after the other."""
    told = [pa.scalar(part) if isinstance(part, str) else part for part in parts]
    return pc.binary_join_element_wise(*told, "")


def joined(texts: pa.Array, counts: Wholes, separator: str) -> pa.Array:
    """Row by row so many of the texts, in their order."""
    return pc.binary_join(pa.ListArray.from_arrays(starts(counts).astype(np.int32), texts), separator)


def starts(counts: Wholes) -> Wholes:
    """Where each row's share begins, and the end."""
    found = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=found[1:])
    return found


def shares(begins: Wholes, counts: Wholes) -> Wholes:
    """The places ``begins[i]``, ``begins[i] + 1`` … of each row i, so many of them."""
    first = starts(counts)[:-1]
    return np.repeat(begins - first, counts) + np.arange(int(counts.sum()))


def of_sets(sets: Sequence[str], codes: Wholes) -> pa.Array:
    """The text of each row's set."""
    return pa.array(sets, pa.string()).take(pa.array(codes))

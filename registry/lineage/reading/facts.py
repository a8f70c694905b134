"""All rows of a file as one Parquet segment: what was read, and why a row is not taken."""

from __future__ import annotations

import io
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from .columns import LISTS, WHOLES, WORDS, Coded, Rows

TEXTS = (*WORDS, *LISTS)
_DICTIONARY = 1 << 26  # bytes; a larger one is written out row by row


def encoded(rows: Rows, reasons: Mapping[int, str]) -> bytes:
    """The bytes of the segment."""
    columns = {
        "line": pa.array(rows.lines),
        "reason": _told(len(rows), reasons),
        "model_id": _binary(rows.name_bytes, rows.name_starts),
        **{name: pa.array(rows.wholes[name], from_pandas=True) for name in WHOLES},
        "created": pa.array(rows.created),
        **{name: _dictionary(rows.texts[name]) for name in TEXTS},
    }
    sink = io.BytesIO()
    plain = {"line", "model_id", "created"}
    pq.write_table(
        pa.table(columns),
        sink,
        compression="zstd",
        compression_level=1,
        use_dictionary=[name for name in columns if name not in plain],
        column_encoding={"line": "DELTA_BINARY_PACKED", "created": "DELTA_BINARY_PACKED"},
        dictionary_pagesize_limit=_DICTIONARY,
        write_statistics=False,
        store_schema=False,
    )
    del columns
    pa.default_memory_pool().release_unused()  # what writing took
    return sink.getvalue()


def decoded(content: bytes) -> tuple[Rows, dict[int, str]]:
    """The rows of a segment, and why some are not taken. Raises ValueError where it is not such a one."""
    table = pq.read_table(pa.BufferReader(content), read_dictionary=list(TEXTS)).unify_dictionaries()
    reason = table["reason"].combine_chunks()
    bad = np.flatnonzero(np.asarray(reason.is_valid()))
    text, starts = _bytes_of(pa.concat_arrays(table["model_id"].chunks))
    rows = Rows(
        lines=table["line"].to_numpy(),
        name_bytes=text,
        name_starts=starts,
        wholes={name: np.array(table[name].to_numpy(), np.float64) for name in WHOLES},
        created=np.array(table["created"].to_numpy(), "datetime64[us]"),
        texts={name: _coded(table[name]) for name in TEXTS},
        problems={},
    )
    return rows, dict(zip(bad.tolist(), reason.take(pa.array(bad)).to_pylist(), strict=True))


def _told(count: int, reasons: Mapping[int, str]) -> pa.Array:
    """The reason of each row; null where there is none."""
    which = np.full(count, -1, np.int32)
    which[list(reasons)] = np.arange(len(reasons))
    return pa.array(reasons.values(), pa.string()).take(pa.array(which, mask=which < 0))


def _binary(text: NDArray[np.uint8], starts: NDArray[np.int64]) -> pa.Array:
    return pa.Array.from_buffers(
        pa.large_binary(), len(starts) - 1, [None, pa.py_buffer(starts), pa.py_buffer(text)]
    )


def _dictionary(coded: Coded) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(coded.codes), _binary(coded.text, coded.starts))


def _coded(column: pa.ChunkedArray) -> Coded:
    whole = column.combine_chunks()
    text, starts = _bytes_of(whole.dictionary)
    return Coded(text, starts, np.asarray(whole.indices, np.int32))


def _bytes_of(column: pa.Array) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The texts of a column without gaps, and where each begins."""
    whole = column.cast(pa.large_binary())
    _, starts, text = whole.buffers()
    begins = np.frombuffer(starts, np.int64)[whole.offset : whole.offset + len(whole) + 1]
    raw = np.frombuffer(text, np.uint8) if text is not None else np.zeros(0, np.uint8)
    return raw[begins[0] : begins[-1]], begins - begins[0]

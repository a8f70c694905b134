"""A Parquet file of models: only the columns that are used, lists as text or as lists."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from ....kernels.field_texts import gathered_texts
from ...errors import ImportFileError
from ...imports.source import read_bytes
from ..names import packed
from .cards import card_facts
from .collected import Collected, Numbered, Part
from .columns import LISTS, MOST_TEXT, WHOLES, WORDS, Rows, chosen
from .field_text import MOST, Texts, moments_of, wholes_of

MOST_BYTES = 1 << 30  # of a file
MOST_ROWS = 20_000_000
MOST_UNPACKED = 1 << 32  # bytes of the columns that are read
_BATCH, _BATCH_OF_CARDS = 1 << 18, 1 << 13  # rows
_LISTS = (pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list)


def read_parquet(path: Path) -> tuple[Rows, str]:
    """The rows of ``path`` and its sha256; their lines are the numbers of the rows, from 1.

    Raises ImportFileError where the file is none, lacks a column, or unpacks to more than is meant.
    """
    content = read_bytes(path, MOST_BYTES)
    rows = Collected()
    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        known = {
            ours: file.schema_arrow.names[at] for ours, at in chosen(path, file.schema_arrow.names).items()
        }
        _check(path, file, known)
        coded = (known[ours] for ours in (*WORDS, *LISTS) if ours in known)
        texts = [name for name in coded if _is_text(file.schema_arrow.field(name).type)]
        file = pq.ParquetFile(pa.BufferReader(content), read_dictionary=texts)
        size = _BATCH_OF_CARDS if "card" in known else _BATCH
        for batch in file.iter_batches(size, columns=list(known.values()), use_threads=False):
            rows.add(_part(path, batch, known, rows.rows))
    except (pa.ArrowException, OSError) as error:
        raise ImportFileError(f"{path}: not a whole Parquet file ({str(error)[:100]})") from error
    sha256 = hashlib.sha256(content).hexdigest()
    del content, file  # what comes now takes as much memory again
    return rows.whole(), sha256


def _check(path: Path, file: pq.ParquetFile, known: Mapping[str, str]) -> None:
    """Raises ImportFileError for a file that says that it unpacks to too much."""
    said = file.metadata
    if said.num_rows > MOST_ROWS:
        raise ImportFileError(f"{path}: {said.num_rows:,} rows; at most {MOST_ROWS:,} are read")
    size = 0
    for group in range(said.num_row_groups):
        columns = (said.row_group(group).column(at) for at in range(said.num_columns))
        size += sum(
            column.total_uncompressed_size
            for column in columns
            if column.path_in_schema.split(".")[0] in known.values()
        )
    if size > MOST_UNPACKED:
        raise ImportFileError(
            f"{path}: unpacks to {size >> 20:,} MiB; at most {MOST_UNPACKED >> 20:,} are read"
        )


def _part(path: Path, batch: pa.RecordBatch, known: Mapping[str, str], before: int) -> Part:
    problems: dict[int, str] = {}
    count = batch.num_rows

    def column(ours: str, take: Callable[..., Any], *more: Any) -> Any:
        held = batch.column(known[ours])
        try:
            return take(held.cast(pa.string()) if pa.types.is_null(held.type) else held, *more)
        except (pa.ArrowException, TypeError) as error:
            kind = batch.schema.field(known[ours]).type
            raise ImportFileError(f"{path}: {known[ours]} holds {kind}, which is not what it says") from error

    said = [name for name in WHOLES if name in known]
    wholes = {name: column(name, _wholes, known[name], problems) for name in said}
    if "card" in known:
        wholes |= column("card", _cards, problems)
    created = np.full(count, "NaT", "datetime64[us]")
    if "created" in known:
        created = column("created", _moments, known["created"], problems)
    texts = {name: column(name, _numbered) for name in (*WORDS, *LISTS) if name in known}
    lines = np.arange(before + 1, before + 1 + count)
    return Part(lines, column("model_id", _texts), wholes, created, texts, problems)


def _is_text(kind: pa.DataType) -> bool:
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    checks = (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary, pa.types.is_large_binary)
    return any(check(plain) for check in checks)


def _texts(column: pa.Array) -> Texts:
    """The bytes of a column of text, nothing where it is null; as much as is looked at of each."""
    if not _is_text(column.type):
        raise TypeError("no text")
    plain = column.cast(pa.large_binary()) if not pa.types.is_dictionary(column.type) else _undone(column)
    filled = pc.fill_null(plain, b"")
    _, offsets, text = filled.buffers()
    begins = np.frombuffer(offsets, np.int64)[filled.offset : filled.offset + len(filled) + 1]
    raw = np.frombuffer(text, np.uint8) if text is not None and text.size else np.zeros(0, np.uint8)
    return raw, begins[:-1].copy(), np.minimum(begins[1:], begins[:-1] + MOST_TEXT)


def _undone(column: pa.DictionaryArray) -> pa.Array:
    return column.dictionary.cast(pa.large_binary()).take(column.indices)


def _numbered(column: pa.Array) -> Numbered:
    """The texts of a column, or its lists as Python would write them."""
    if any(check(column.type) for check in _LISTS):
        return _lists(column)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    text, starts, ends = _texts(column.dictionary)
    own = gathered_texts(text, starts, ends)
    codes = pc.fill_null(column.indices.cast(pa.int32()), len(starts))  # the last: nothing
    return Numbered(own.text, np.append(np.diff(own.starts), 0), np.asarray(codes, np.int32))


def _lists(column: pa.Array) -> Numbered:
    if not _is_text(column.type.value_type):
        raise TypeError("no lists of text")
    known: dict[str, int] = {"": 0}
    codes = np.zeros(len(column), np.int32)
    some = np.flatnonzero(np.asarray(pc.fill_null(pc.list_value_length(column), 0)) > 0)
    for row, values in zip(some.tolist(), column.take(pa.array(some)).to_pylist(), strict=True):
        told = repr([_decoded(value) for value in values if value is not None])
        codes[row] = known.setdefault(told, len(known))
    text, starts = packed(known)
    return Numbered(text, np.diff(starts), codes)


def _decoded(value: str | bytes) -> str:
    """The text; half a surrogate, which no list may hold, in the place of a byte that is not UTF-8."""
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value


def _wholes(column: pa.Array, name: str, problems: dict[int, str]) -> NDArray[np.float64]:
    if _is_text(column.type):
        return wholes_of(_texts(column), name, problems)
    values = np.array(column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False), np.float64)
    with np.errstate(invalid="ignore"):
        odd = ~np.isnan(values) & ~((values >= 0) & (values <= MOST) & (values == np.floor(values)))
    for row in np.flatnonzero(odd).tolist():
        problems.setdefault(row, f"its {name}: {values[row]:g} is no whole number from 0 to 1e15")
    values[odd] = np.nan
    return values


def _moments(column: pa.Array, name: str, problems: dict[int, str]) -> NDArray[np.datetime64]:
    if _is_text(column.type):
        return moments_of(_texts(column), name, problems)
    if not (pa.types.is_timestamp(column.type) or pa.types.is_date(column.type)):
        raise TypeError("no times")
    values = np.array(column.to_numpy(zero_copy_only=False))  # in the unit of the file, which may reach far
    odd = ~np.isnat(values) & ~_within_calendar(values.astype("datetime64[s]"))
    for row in np.flatnonzero(odd).tolist():
        problems.setdefault(row, f"its {name} is no time of the years 1 to 9999")
    values[odd] = "NaT"
    return values.astype("datetime64[us]")


def _within_calendar(seconds: NDArray[np.datetime64]) -> NDArray[np.bool_]:
    return (seconds >= np.datetime64("0001-01-01")) & (seconds < np.datetime64("10000-01-01"))


def _cards(column: pa.Array, problems: dict[int, str]) -> dict[str, NDArray[np.float64]]:
    if not _is_text(column.type):
        raise TypeError("no text")
    plain = _undone(column) if pa.types.is_dictionary(column.type) else column.cast(pa.large_binary())
    found = np.full((2, len(column)), np.nan)
    for row, card in enumerate(plain.to_pylist()):
        try:
            found[:, row] = card_facts((card or b"").decode())
        except UnicodeDecodeError:
            problems.setdefault(row, "its card is not UTF-8")
    return {"card_characters": found[0], "card_generated": found[1]}

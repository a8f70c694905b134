"""A table of the store as a file: CSV, JSON, Parquet, or Markdown and HTML for people; batch after batch.

Texts of others are inert in each: no formula in a spreadsheet, no element in a page.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import RefusedError
from ..results.export_tables import Selected, readable
from . import html
from .markdown import table
from .text import csv_cell, csv_line, script_inert

TEXTS = frozenset({"csv", "json", "markdown", "html"})
PAGES = frozenset({"markdown", "html"})
MOST_READ = 100_000  # rows of a page
ROW_GROUP = 1 << 16  # rows
ENDINGS = {
    ".csv": "csv",
    ".json": "json",
    ".parquet": "parquet",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
}


def write_csv(selection: Selected, stream: BinaryIO) -> None:
    """A header and a line a row, as ``text.csv_line`` writes them; ids in a list are separated by spaces."""
    stream.write(csv_line(selection.schema.names).encode())
    for batch in selection.batches:
        out = io.StringIO()
        columns = [_inert(column) for column in batch.columns]
        csv.writer(out, lineterminator="\r\n").writerows(zip(*columns, strict=True))
        stream.write(out.getvalue().encode())


def write_json(selection: Selected, stream: BinaryIO) -> None:
    """A list of objects in ASCII, one a line; null for what is not known or no finite number."""
    stream.write(b"[")
    lead = "\n"
    for batch in selection.batches:
        rows = batch.to_pylist()
        lines = [json.dumps({k: _plain(v) for k, v in row.items()}, allow_nan=False) for row in rows]
        stream.write(script_inert(lead + ",\n".join(lines)).encode())
        lead = ",\n"
    stream.write(b"\n]\n")


def write_parquet(selection: Selected, stream: BinaryIO) -> None:
    """Columns in their own types; times are UTC, ids a list."""
    with pq.ParquetWriter(stream, selection.schema, compression="zstd") as writer:
        for group in _row_groups(selection.batches):
            writer.write_table(pa.Table.from_batches(group, selection.schema))


def _row_groups(batches: Iterable[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    """The batches in lists of ``ROW_GROUP`` rows or a few more: each costs memory and room."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(each.num_rows for each in held) >= ROW_GROUP:
            yield held
            held = []
    if held:
        yield held


def write_markdown(selection: Selected, stream: BinaryIO) -> None:
    """The columns that a person reads, as one table."""
    shown = readable(selection)
    names, right = shown.schema.names, _figures(shown.schema)
    rows = (row for batch in shown.batches for row in _texts(batch))
    stream.write(f"# {_title(shown)}\n\n".encode())
    for line in table(names, rows, right):
        stream.write(f"{line}\n".encode())


def write_html(selection: Selected, stream: BinaryIO) -> None:
    """The columns that a person reads, as one page without script that loads nothing."""
    shown = readable(selection)
    right = _figures(shown.schema)
    of_cell = [name in right for name in shown.schema.names]
    code = [name in ("env_id", "result_ids") for name in shown.schema.names]
    for line in (*html.head(_title(shown)), *html.table_head(shown.schema.names, right)):
        stream.write(f"{line}\n".encode())
    for batch in shown.batches:
        stream.write("".join(f"{html.table_row(row, of_cell, code)}\n" for row in _texts(batch)).encode())
    stream.write("\n".join((html.table_foot(), *html.foot())).encode())


def must_be_readable(selection: Selected, form: str) -> None:
    """Raises RefusedError for a page of more rows than a person reads, or a browser opens."""
    if form in PAGES and selection.count > MOST_READ:
        raise RefusedError(
            f"{selection.count:,} {selection.what} are too many for {form}, which takes {MOST_READ:,}: narrow"
            " them by --model or --hardware, or write .csv, .json or .parquet"
        )


Writer = Callable[[Selected, BinaryIO], None]
WRITERS: dict[str, Writer] = {
    "csv": write_csv,
    "json": write_json,
    "parquet": write_parquet,
    "markdown": write_markdown,
    "html": write_html,
}


def _title(selection: Selected) -> str:
    return f"{selection.count:,} {selection.what}"


def _figures(schema: Any) -> frozenset[str]:
    """The columns of numbers."""
    found = (f.name for f in schema if pa.types.is_floating(f.type) or pa.types.is_integer(f.type))
    return frozenset(found)


def _texts(batch: Any) -> Iterator[tuple[str, ...]]:
    """The rows of a batch as texts, in full precision; empty for what is not known."""
    return zip(*map(_column, batch.columns), strict=True)


def _column(column: Any) -> list[str]:
    return _in_words(column, _text)


def _inert(column: Any) -> list[str]:
    """A column as CSV cells: only texts could be read as formulae."""
    return _in_words(column, _cell if pa.types.is_string(column.type) else _text)


def _in_words(column: Any, word: Callable[[Any], str]) -> list[str]:
    """``word`` of each value; asked once for values that are the same, as most of a column are."""
    if pa.types.is_list(column.type):
        return [word(value) for value in column.to_pylist()]
    encoded = column.dictionary_encode()
    words = np.array([*map(word, encoded.dictionary.to_pylist()), ""], object)
    places: list[str] = words[encoded.indices.fill_null(len(words) - 1).to_numpy()].tolist()
    return places


def _cell(value: str | None) -> str:
    return csv_cell(_text(value))


def _text(value: Any) -> str:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value.isoformat() if isinstance(value, datetime) else value

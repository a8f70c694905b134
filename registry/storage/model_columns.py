"""The columns of what models are and who uses them, as they travel: in an event's JSON or in a segment."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from . import segments

if TYPE_CHECKING:
    import pyarrow as pa

INLINE_ROWS = 500  # more go into a segment
KEY = ("model_id", "version")
LISTS = ("restrictions", "claims", "tags", "training_data", "base_models", "urls", "metrics", "measured_as")


@functools.cache
def models() -> pa.Schema:
    """The columns of table ``model_records`` but ``seq``."""
    import pyarrow as pa  # where it is needed: a question to the store needs none

    texts, base = pa.list_(pa.string()), pa.struct([("model_id", pa.string()), ("relation", pa.string())])
    return pa.schema(
        [
            *((name, pa.string()) for name in ("model_id", "version", "name", "organisation", "licence")),
            *((name, texts) for name in ("restrictions", "claims")),
            *((name, pa.int64()) for name in ("parameters", "size_bytes")),
            *((name, pa.string()) for name in ("architecture", "task")),
            *((name, texts) for name in ("tags", "training_data")),
            ("base_models", pa.list_(base)),
            ("released_on", pa.date32()),
            ("urls", pa.map_(pa.string(), pa.string())),
            ("metrics", pa.map_(pa.string(), pa.float64())),
            ("downloads", pa.int64()),
            ("rating", pa.float64()),
            ("measured_as", texts),
            ("source", pa.string()),
        ]
    )


@functools.cache
def uses() -> pa.Schema:
    """The columns of table ``model_usage`` but ``seq``."""
    import pyarrow as pa

    return pa.schema(
        [
            *((name, pa.string()) for name in ("repository", "file")),
            ("line", pa.int64()),
            *((name, pa.string()) for name in ("call", "model_id")),
            ("confidence", pa.float64()),
            *((name, pa.string()) for name in ("detail", "source")),
        ]
    )


def table(rows: Sequence[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    """Rows as plain objects in the columns of ``schema``; what a row lacks is NULL, or an empty list.

    Raises ValueError and the like where a value is of another kind, LookupError for a column there is not.
    """
    import pyarrow as pa

    if unknown := {name for row in rows for name in row}.difference(schema.names):
        raise LookupError(f"no column {min(unknown)}")
    columns = {field.name: array([row.get(field.name) for row in rows], field.type) for field in schema}
    return pa.table(columns, schema=schema)


def array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """The values of one column: dates or their text, lists without what they say twice, objects as maps.

    A map is kept by its keys in order, so that the same one is equal. Raises as ``table``.
    """
    import pyarrow as pa

    if pa.types.is_date32(kind):
        values = [date.fromisoformat(value) if isinstance(value, str) else value for value in values]
    if not pa.types.is_nested(kind):
        return pa.array(values, kind)
    import numpy as np

    if pa.types.is_map(kind):
        values = [_in_order(value) if value else () for value in values]
    elif pa.types.is_string(kind.value_type):
        values = [_once(value) if value else () for value in values]
    else:
        values = [value or () for value in values]
    ends = np.cumsum([0, *map(len, values)], dtype=np.int32)
    flat = list(chain.from_iterable(values))
    if not pa.types.is_map(kind):
        return pa.ListArray.from_arrays(ends, pa.array(flat, kind.value_type))
    items = list(chain.from_iterable(map(dict.values, filter(None, values))))
    return pa.MapArray.from_arrays(ends, pa.array(flat, kind.key_type), pa.array(items, kind.item_type))


def _in_order(value: Mapping[str, Any]) -> dict[str, Any]:
    keys = list(value)
    order = sorted(keys)
    return value if order == keys and type(value) is dict else {key: value[key] for key in order}


def _once(value: Sequence[str]) -> Sequence[str]:
    if isinstance(value, str):
        raise TypeError(f"a list is needed, not {ascii(value)[:40]}")
    return value if len(value) < 2 or len(set(value)) == len(value) else list(dict.fromkeys(value))


def plain(table: pa.Table) -> list[dict[str, Any]]:
    """The rows as JSON holds them, without what is unknown or empty."""
    maps = {name for name in ("urls", "metrics") if name in table.column_names}
    return [
        {
            name: dict(value) if name in maps else value.isoformat() if isinstance(value, date) else value
            for name, value in row.items()
            if value is not None and value != []
        }
        for row in table.to_pylist()
    ]


def packed(table: pa.Table) -> tuple[dict[str, Any], bytes | None]:
    """The event's part for the rows, and the segment's content where they are too many for the event."""
    if table.num_rows <= INLINE_ROWS:
        return {"rows": table.num_rows, "inline": plain(table)}, None
    content = segments.encode(table)
    return {"rows": table.num_rows, "segment": segments.name_of(content)}, content


def unpacked(body: Mapping[str, Any], content: bytes | None, schema: pa.Schema) -> pa.Table:
    """The rows of an event, of whose segment ``content`` is. Raises ValueError where they are not as many."""
    if content is None:
        found = table(body["inline"], schema)
    else:
        found = segments.decode(content).select(schema.names).cast(schema)
    if found.num_rows != body["rows"]:
        raise ValueError(f"{found.num_rows} rows where the event has {body['rows']}")
    return found

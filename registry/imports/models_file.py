"""A file of models, read strictly: a JSON list, JSON lines, CSV or Parquet, as columns with their lines."""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..catalogue.permissions import COMMERCIAL, NON_COMMERCIAL
from ..catalogue.record_models import Recorded, record_table
from ..catalogue.sound_models import unsound
from ..errors import ImportFileError
from ..results.append import Reject
from ..storage import model_columns
from .model_fields import ALSO, FIELDS
from .source import read_bytes, read_source, read_table

if TYPE_CHECKING:
    import pyarrow as pa

    from ..storage.store import Store

MOST_BYTES = 1 << 30
_SHOWN = 20  # names of fields in a note

_PART = 10_000  # records

Columns = Mapping[str, Sequence[Any]]  # by the names that the file gives them
Part = tuple[Columns, Sequence[int]]  # and the line of each record


@dataclass(frozen=True, slots=True)
class ModelsFile:
    """What a file says, sorted into what can be kept and what can't."""

    file: str
    sha256: str
    table: pa.Table  # the columns of model_columns.models
    rejects: tuple[Reject, ...]  # by line; of a Parquet file by row
    unknown: tuple[str, ...]  # fields that are not kept


def read_models(path: Path) -> ModelsFile:
    """The models of ``path``: ``*.parquet``, ``*.csv``, else JSON, a list or one record after another.

    A record that can't be kept is rejected with its line and reason, a second one of the same id and
    version too. Raises ImportFileError, naming the line, for a file that is not what its name or first
    character says, or says nothing.
    """
    collected = gc.isenabled()
    gc.disable()  # nothing in here is cyclic, and looking for that takes a third of the time
    try:
        return _sorted_out(path)
    finally:
        if collected:
            gc.enable()


def _sorted_out(path: Path) -> ModelsFile:
    import pyarrow as pa

    parts, sha256 = _read(path)
    tables, lines, bad, names, unknown = [], list[int](), dict[int, str](), set[str](), set[str]()
    for columns, part_lines in parts:
        known = _names(path, columns)
        table, part_bad = _typed({ours: columns[name] for name, ours in known.items()}, path.name)
        bad |= {len(lines) + row: reason for row, reason in part_bad.items()}
        tables.append(table)
        lines += part_lines
        names |= set(known.values())
        unknown |= columns.keys() - known.keys()
    if not lines:
        raise ImportFileError(f"{path}: no records; nothing to import")
    if "model_id" not in names:
        raise ImportFileError(f"{path}: no model_id in any record; that is what a model is known by")
    whole = pa.concat_tables(tables)
    bad = unsound(whole) | bad
    one_a_line = len(set(lines)) == len(lines)
    rejects = [
        Reject(lines[row], reason if one_a_line else f"record {row + 1:,}: {reason}")
        for row, reason in sorted(bad.items())
    ]
    return ModelsFile(path.name, sha256, _without(whole, bad), tuple(rejects), tuple(sorted(unknown)))


def _without(table: pa.Table, rows: Mapping[int, str]) -> pa.Table:
    """The table without these rows."""
    if not rows:
        return table
    import numpy as np

    return table.take(np.setdiff1d(np.arange(table.num_rows), list(rows)))


def store_models(store: Store, read: ModelsFile) -> Recorded:
    """What became of them, kept as one event: all or none. Raises StoreBusyError."""
    return record_table(store, read.table, read.file, read.sha256)


def unknown_fields(read: ModelsFile) -> str | None:
    """A note on the fields that are not kept, where there are any."""
    if not read.unknown:
        return None
    shown = ", ".join(name[:60] for name in read.unknown[:_SHOWN])
    more = len(read.unknown) - _SHOWN
    return f"fields that are not kept: {shown}" + (f" and {more:,} more" if more > 0 else "")


def _read(path: Path) -> tuple[Iterator[Part], str]:
    """The file's parts, one after another so that a large one takes little memory, and its sha256."""
    kind = path.suffix.lower()
    if kind == ".parquet":
        content = read_bytes(path, MOST_BYTES)
        return _parquet(path, content), hashlib.sha256(content).hexdigest()
    source = read_source(path, MOST_BYTES, lines=kind == ".csv")
    if kind != ".csv":
        return _parts(_json(path, source.text)), source.sha256
    rows = read_table(source, ()).rows
    cells = ((line, {name: text or None for name, text in row.items()}) for line, row in rows)
    return _parts(cells), source.sha256


def _parts(rows: Iterator[tuple[int, dict[str, Any]]]) -> Iterator[Part]:
    while part := list(islice(rows, _PART)):
        blank = dict.fromkeys(chain.from_iterable(row for _, row in part))
        columns = zip(*((blank | row).values() for _, row in part), strict=True)
        yield dict(zip(blank, columns, strict=True)), [line for line, _ in part]


def _parquet(path: Path, content: bytes) -> Iterator[Part]:
    import pyarrow as pa

    from ..storage import segments

    try:
        table = segments.decode(content)
    except (pa.ArrowException, OSError) as error:
        raise ImportFileError(f"{path}: not a whole Parquet file ({str(error)[:100]})") from error
    for start in range(0, table.num_rows, _PART):
        part = table.slice(start, _PART)
        columns = {name: part[name].to_pylist() for name in part.column_names}
        yield columns, range(start + 1, start + 1 + part.num_rows)


def _json(path: Path, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each record with the line on which it starts."""
    decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number)
    listed, at, line = text.lstrip()[:1] == "[", 0, 1

    def skip(to: str) -> str:
        """The next character that is no blank, passed over where it is one of ``to``."""
        nonlocal at, line
        start = at
        while at < len(text) and text[at] in " \t\r\n":
            at += 1
        line += text.count("\n", start, at)
        found = text[at : at + 1]
        at += bool(found and found in to)
        return found

    def refuse(reason: str) -> ImportFileError:
        return ImportFileError(f"{path}:{line}: not JSON as a file of models holds it ({reason})")

    skip("[" if listed else "")
    while (found := skip("")) and not (listed and found == "]"):
        try:
            record, end = decoder.raw_decode(text, at)
        except RecursionError:
            raise refuse("nested too deeply") from None
        except ValueError as error:
            raise refuse(str(error)[:100]) from None
        if not isinstance(record, dict):
            raise refuse("a record is an object in braces")
        yield line, record
        line += text.count("\n", at, end)
        at = end
        if listed and skip(",") not in (",", "]"):
            raise refuse("a comma or the list's end is missing; is the file cut off?")
    if listed and (skip("]") != "]" or skip("")):
        raise refuse("the list does not end, or something follows its end")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _names(path: Path, columns: Columns) -> dict[str, str]:
    """Our name of each field that we know."""
    found: dict[str, str] = {}
    for name in columns:
        ours = ALSO.get(name, name)
        if ours in FIELDS:
            if ours in found.values():
                raise ImportFileError(f"{path}: {name} is given under another name as well; leave one out")
            found[name] = ours
    return found


def _typed(columns: Columns, file: str) -> tuple[pa.Table, dict[int, str]]:
    """The columns as they are kept, and why rows can't be."""
    bad: dict[int, str] = {}
    count = max(map(len, columns.values()), default=0)
    kept = {name: _column(name, values, bad) for name, values in columns.items()}
    _say_commercial(kept, count)
    sizes = kept.pop("model_size_gb", None)
    if sizes is not None:
        kept["size_bytes"] = [
            size if known is None else known
            for known, size in zip(kept.get("size_bytes", [None] * count), sizes, strict=True)
        ]
    kept["version"] = ["" if value is None else value for value in kept.get("version", [None] * count)]
    kept["source"] = [file] * count
    return _arrow(kept, count, bad), bad


def _column(name: str, values: Sequence[Any], bad: dict[int, str]) -> Sequence[Any]:
    """The values as they are kept; None and a reason for those that can't be."""
    field = FIELDS[name]
    if field.takes(values):
        return values
    found: list[Any] = []
    for row, value in enumerate(values):
        try:
            found.append(None if value is None else field.parse(value))
        except (ArithmeticError, TypeError, ValueError) as error:
            bad.setdefault(row, f"its {name}: {error}")
            found.append(None)
    return found


def _say_commercial(kept: dict[str, Sequence[Any]], count: int) -> None:
    """A declared commercial_use: what it excludes is a restriction, what it allows only a claim."""
    declared = kept.pop("commercial_use", None)
    if declared is None:
        return
    for name, value, word in (("restrictions", False, NON_COMMERCIAL), ("claims", True, COMMERCIAL)):
        own = kept.get(name, [None] * count)
        kept[name] = [
            [*(said or ()), word] if use is value else said for said, use in zip(own, declared, strict=True)
        ]


def _arrow(kept: Mapping[str, Sequence[Any]], count: int, bad: dict[int, str]) -> pa.Table:
    import pyarrow as pa

    arrays = {}
    for field in model_columns.models():
        values = kept.get(field.name, [None] * count)
        try:
            arrays[field.name] = model_columns.array(values, field.type)
        except (pa.ArrowException, ArithmeticError, TypeError, ValueError):
            arrays[field.name] = model_columns.array(_one_by_one(field, values, bad), field.type)
    return pa.table(arrays, schema=model_columns.models())


def _one_by_one(field: pa.Field, values: Sequence[Any], bad: dict[int, str]) -> list[Any]:
    """The values that the column can hold: a number too large or half a surrogate pair is a reason."""
    import pyarrow as pa

    found: list[Any] = []
    for row, value in enumerate(values):
        try:
            model_columns.array([value], field.type)
        except (pa.ArrowException, ArithmeticError, TypeError, ValueError):
            bad.setdefault(row, f"its {field.name} is {ascii(value)[:60]}, which can't be kept")
            value = None
        found.append(value)
    return found

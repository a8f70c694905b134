"""Flat records as a table on a terminal, JSON or CSV: one line each, every field in the last two."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, astuple, fields, is_dataclass
from datetime import datetime
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from .. import units
from .fitted import Fitted
from .screen import ruled_table, show
from .text import csv_line

FORMATS = ("table", "json", "csv")
Columns = Mapping[str, Callable[[Any], object]]  # header -> what a row shows there


def listed(rows: Sequence[Any], form: str, columns: Columns, kind: type[Any]) -> str:
    """The records (frozen dataclasses of one ``kind``) as text in one of FORMATS.

    The table shows ``columns``; JSON is a list of objects and CSV has a header, both with every field.
    """
    if form == "json":
        return json.dumps([asdict(row) for row in rows], default=_plain, indent=2, allow_nan=False) + "\n"
    if form == "csv":
        return "".join(map(csv_line, [[field.name for field in fields(kind)], *map(_cells, rows)]))
    return shown(table(rows, columns))


def shown(renderable: RenderableType) -> str:
    """What ``show`` would print on standard output, without colours."""
    out = io.StringIO()
    show(renderable, file=out, width=shutil.get_terminal_size().columns if sys.stdout.isatty() else None)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def table(rows: Sequence[Any], columns: Columns) -> Table:
    """The records as a table; text is made inert and folded."""
    drawn = ruled_table()
    for header in columns:
        drawn.add_column(Text(header), overflow="fold")
    for row in rows:
        drawn.add_row(*(Fitted((_readable(value(row)), "")) for value in columns.values()))
    return drawn


def _readable(value: object) -> str:
    if value is None or value == "":
        return units.ABSENT
    return f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else str(value)


def _plain(value: Any) -> str:
    return f"{value.isoformat()}Z" if isinstance(value, datetime) else str(value)


def _cells(row: Any) -> list[str]:
    return [_cell(getattr(row, field.name)) for field in fields(row)]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple | list):
        return " ".join(map(_cell, value))
    if is_dataclass(value) and not isinstance(value, type):
        return _cell(astuple(value)[0])
    if isinstance(value, Mapping):
        return json.dumps(value, sort_keys=True)
    return _plain(value)

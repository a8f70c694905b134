"""Two results side by side on a terminal: what differs, then in one line each what does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

from .. import units
from ..results.difference import Line
from ..results.stored import StoredResult
from .fitted import Fitted, folded
from .flags import legend
from .screen import ruled_table

SUFFIXES = (  # the unit that a column's name ends with, and how a person reads it
    ("_bytes", units.size),
    ("_hz", lambda value: f"{units.number(value / 1e6)} MHz"),
    ("_s", units.seconds),
    ("_w", lambda value: f"{units.number(value)} W"),
    ("_j", lambda value: f"{units.number(value)} J"),
    ("_c", lambda value: f"{units.number(value)} °C"),
)


class DifferenceTable:
    """A renderable of two results and the lines in which they were compared."""

    def __init__(
        self, first: StoredResult, second: StoredResult, lines: Sequence[Line], *, everything: bool
    ) -> None:
        self.results = (first, second)
        self.lines = lines
        self.everything = everything

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        width = options.max_width
        differing = [line for line in self.lines if line.differs]
        for result in self.results:
            yield folded(_title(result), width, indent="     ", style="bold")
        if differing:
            yield Text()
            yield self._table(differing)
            if any(line.beyond_noise is not None for line in differing):
                yield folded(
                    "beyond noise: the intervals that each result has of the quantity, from inside its one"
                    " process, lie apart; processes differ by more than that.",
                    width,
                    prefix="  ",
                    indent="  ",
                )
        yield from self._same([line for line in self.lines if not line.differs], width)
        flags = {flag for result in self.results for flag in result.row["flags"].split(",") if flag}
        for flag, meaning in legend(flags):
            yield folded(f"{flag}: {meaning}", width, prefix="  ", indent="    ")

    def _table(self, lines: Sequence[Line]) -> Table:
        table = ruled_table()
        for header in ("", f"result {self.results[0].id}", f"result {self.results[1].id}", "second / first"):
            table.add_column(header, ratio=None if header in ("", "second / first") else 1)
        for section, group in groupby(lines, key=lambda line: line.section):
            table.add_row(Text(section, style="bold"))
            for line in group:
                table.add_row(
                    f"  {line.name}",
                    Fitted((shown(line.name, line.first), "")),
                    Fitted((shown(line.name, line.second), "")),
                    Text(_verdict(line), style="yellow" if line.beyond_noise else ""),
                )
        return table

    def _same(self, lines: Sequence[Line], width: int) -> Iterator[RenderableType]:
        if not lines:
            return
        yield Text("\nThe same", style="bold")
        if self.everything:
            yield self._table(lines)
            return
        for section, group in groupby(lines, key=lambda line: line.section):
            names = ", ".join(line.name for line in group)
            yield folded(f"{section}: {names}", width, prefix="  ", indent="    ")


def difference_table(
    first: StoredResult, second: StoredResult, lines: Sequence[Line], *, everything: bool = False
) -> DifferenceTable:
    """The comparison as a renderable; ``everything``: also the values of what is the same."""
    return DifferenceTable(first, second, lines, everything=everything)


def shown(name: str, value: Any) -> str:
    """A stored value as a person reads it, by the unit in its name."""
    if value is None:
        return units.ABSENT
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value) or "none"
    for suffix, read in SUFFIXES:
        if name.endswith(suffix):
            return read(value)
    return units.count(value) if isinstance(value, int) else units.number(value)


def _title(result: StoredResult) -> str:
    row = result.row
    where = result.environment.get("host") or row["source"] or "unknown host"
    return (
        f"{result.id}: {row['model']} · {row['scenario']} · batch {row['batch']} · {row['precision']} ·"
        f" {row['compile_mode']} on {row['hardware']} ({where}), {row['recorded_at']:%Y-%m-%d %H:%M} UTC"
    )


def _verdict(line: Line) -> str:
    ratio = "" if line.ratio is None else f"{line.ratio:.3f}"
    if line.beyond_noise is None:
        return ratio
    return f"{ratio} {'beyond noise' if line.beyond_noise else 'within noise'}"

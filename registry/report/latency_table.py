"""The latencies of a model on a terminal: one table a group, with what is still missing to a percentile."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

from .. import units
from ..fit.configurations import label
from ..results.latencies import EAGER, Latencies, Percentile
from . import wording
from .fitted import Fitted, folded
from .flags import legend
from .screen import ruled_table


class LatencyTable:
    """A renderable that lays latencies out for the width it is printed at."""

    def __init__(self, rows: Sequence[Latencies]) -> None:
        self.rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        for group, rows in groupby(self.rows, key=lambda row: row.group):
            yield Text(wording.group(group), style="bold")
            yield _table(list(rows))
            yield Text()
        for line in _reading(self.rows):
            yield folded(line, options.max_width, indent="  ")
        for flag, meaning in legend(flag for row in self.rows for flag in row.flags):
            yield folded(f"{flag}: {meaning}", options.max_width, indent="  ")


def latency_table(rows: Sequence[Latencies]) -> LatencyTable:
    """The latencies as a renderable: a table for each group, then how it is to be read."""
    return LatencyTable(rows)


def _table(rows: Sequence[Latencies]) -> Table:
    table = ruled_table()
    table.add_column("hardware\nconfiguration", ratio=1)
    for header in ("n", "p50", "p95", "p99"):
        table.add_column(header, justify="right", no_wrap=True)
    compiled = any(row.configuration.compile_mode != EAGER for row in rows)
    if compiled:
        table.add_column("break-even\ncalls", justify="right", no_wrap=True)
    environments: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        environments[row.hardware].add(row.env_id)
    for row in rows:
        table.add_row(
            _name(row, several=len(environments[row.hardware]) > 1),
            units.count(row.n),
            Text("\n".join(filter(None, (units.seconds(row.p50), _spread(row))))),
            _percentile(row.p95),
            _percentile(row.p99),
            *((_break_even(row),) if compiled else ()),
        )
    return table


def _name(row: Latencies, *, several: bool) -> Fitted:
    """Hardware and configuration, the environment where the hardware has several, and the flags."""
    lines = [(row.hardware, "bold"), (label(row.configuration), "")]
    lines += [(f"environment {row.env_id}", "dim")] if several else []
    lines += [(", ".join(row.flags), "dim")] if row.flags else []
    return Fitted(*lines)


def _spread(row: Latencies) -> str:
    return wording.marked_spread(row.p50_low, row.p50_high, row.interval_basis)


def _percentile(percentile: Percentile) -> str:
    if percentile.value is None and percentile.missing:
        return f"needs {units.count(percentile.missing)}"
    return units.seconds(percentile.value)


def _break_even(row: Latencies) -> str:
    if row.break_even is None or math.isfinite(row.break_even):
        return units.count(None if row.break_even is None else math.ceil(row.break_even))
    return "never"


def _reading(rows: Sequence[Latencies]) -> Iterator[str]:
    """How the columns are to be read, as far as they are there."""
    yield "What a caller waits for one step of the whole batch: medians over the n processes that ran ok."
    yield from wording.spreads([_spread(row) for row in rows], "the p50's")
    if any(percentile.missing for row in rows for percentile in (row.p95, row.p99)):
        yield (
            "needs N: one of the processes has N independent samples (n_effective) too few; a percentile"
            " below its floor is not guessed. Profile standard takes enough for p95, strict for p99."
        )
    if any(row.break_even is not None for row in rows):
        yield (
            "break-even: calls after which compiling has paid for itself,"
            " compile_s / (p50 eager − p50 compiled)."
        )

"""The answer for a mix of models on a terminal; nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

from .. import units
from ..workloads import MixRow, WorkloadAnswer
from . import wording, workload_text
from .fitted import Fitted, folded
from .screen import ruled_table
from .spending import spent
from .text import terminal


class WorkloadTable:
    """A renderable that lays the answer for a mix out for the width it is printed at."""

    def __init__(self, answer: WorkloadAnswer) -> None:
        self.answer = answer

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        width = options.max_width
        yield folded(workload_text.title(self.answer), width, style="bold")
        best = len(workload_text.recommendation(self.answer))
        for i, line in enumerate(workload_text.heading(self.answer)):
            step = "  " if 0 < i < best else ""  # the members of a tie group stand under its sentence
            style = "bold green" if i < best and self.answer.rows else ""
            yield folded(line, width, prefix=step, indent=f"{step}  ", style=style)
        if self.answer.rows:
            yield Text()
            yield self._ranking()
            yield Text("\nParts", style="bold")
        for row in self.answer.rows:
            yield folded(f"{row.rank:>3}  {row.hardware}", width, indent=" " * 5)
            for line, remedy in workload_text.parts(row, self.answer):
                yield folded(line, width, prefix=" " * 5, indent=" " * 8)
                yield from _command(remedy)
        yield from self._rejected(width)
        yield from _section("Notes", self.answer.notes, width)
        yield from _section("Columns", workload_text.columns(self.answer), width)

    def _ranking(self) -> Table:
        table = ruled_table()
        table.add_column("#", justify="right", no_wrap=True)
        if self.answer.certainty:
            table.add_column("P(best)", justify="right", no_wrap=True)
        table.add_column("hardware", ratio=1)
        table.add_column("runs", justify="right", no_wrap=True)
        quantities = spent(self.answer)
        for column in quantities:
            table.add_column(f"{column.name}\n{column.unit}\n{column.letter}", justify="right", no_wrap=True)
        for header in ("T", "L", "M", "compat."):
            table.add_column(header, justify="right", no_wrap=True)
        table.add_column("worst part", ratio=1)
        for row in self.answer.rows:
            scores = (row.throughput_score, row.latency_score, row.memory_score, row.compatibility)
            table.add_row(
                _rank(row),
                *((units.probability(row.p_best),) if self.answer.certainty else ()),
                Fitted((row.hardware, "")),
                f"{row.runnable}/{len(self.answer.groups)}",
                *(f"{column.value(row)}\n{units.score(column.score(row))}" for column in quantities),
                *map(units.score, scores),
                Fitted((workload_text.worst(row, self.answer), "")),
                style="bold" if row.rank == 1 else "",
            )
        return table

    def _rejected(self, width: int) -> Iterator[RenderableType]:
        if self.answer.rejected:
            yield Text("\nRejected", style="bold")
        for entry in self.answer.rejected:
            yield folded(f"{entry.hardware}: {entry.reason}", width, prefix="  ", indent="    ")
            yield from _command(entry.remedy)


def workload_table(answer: WorkloadAnswer) -> WorkloadTable:
    """The answer for a mix as a renderable: ranking, what each hardware does in each part, notes."""
    return WorkloadTable(answer)


def _rank(row: MixRow) -> str:
    """The rank; where it may have others, they stand under it."""
    others = wording.rank_interval(row)
    return f"{row.rank}\n{others}" if others and others != str(row.rank) else str(row.rank)


def _section(title: str, lines: Sequence[str], width: int) -> Iterator[RenderableType]:
    if lines:
        yield Text(f"\n{title}", style="bold")
    for line in lines:
        yield folded(line, width, prefix="  ", indent="    ")


def _command(remedy: str | None) -> Iterator[Text]:
    if remedy:
        yield Text(f"        $ {terminal(remedy)}", no_wrap=True, overflow="ignore", style="cyan")

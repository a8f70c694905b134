"""The answer for a mix of models on a terminal; nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

from .. import units
from ..workloads import WorkloadAnswer
from . import workload_text
from .fitted import Fitted, folded
from .screen import ruled_table
from .text import terminal


class WorkloadTable:
    """A renderable that lays the answer for a mix out for the width it is printed at."""

    def __init__(self, answer: WorkloadAnswer) -> None:
        self.answer = answer

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        width = options.max_width
        yield folded(workload_text.title(self.answer), width, style="bold")
        for i, line in enumerate(workload_text.heading(self.answer)):
            yield folded(line, width, indent="  ", style="bold green" if i == 0 and self.answer.rows else "")
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
        yield Text("\nNotes", style="bold")
        for note in self.answer.notes:
            yield folded(note, width, prefix="  ", indent="    ")

    def _ranking(self) -> Table:
        table = ruled_table()
        table.add_column("#", justify="right", no_wrap=True)
        table.add_column("hardware", ratio=1)
        for header in ("runs", "T", "L", "M", "compat."):
            table.add_column(header, justify="right", no_wrap=True)
        table.add_column("worst part", ratio=1)
        for row in self.answer.rows:
            scores = (row.throughput_score, row.latency_score, row.memory_score, row.compatibility)
            table.add_row(
                str(row.rank),
                Fitted((row.hardware, "")),
                f"{row.runnable}/{len(self.answer.groups)}",
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


def _command(remedy: str | None) -> Iterator[Text]:
    if remedy:
        yield Text(f"        $ {terminal(remedy)}", no_wrap=True, overflow="ignore", style="cyan")

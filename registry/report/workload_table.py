"""The answer for a mix of models on a terminal; nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

from .. import units
from ..workloads import MixRow, WorkloadAnswer
from . import blocks, wording, workload_explanation, workload_text
from .fitted import Fitted, folded
from .screen import ruled_table
from .spending import spent


class WorkloadTable:
    """A renderable that lays the answer for a mix out for the width it is printed at."""

    def __init__(self, answer: WorkloadAnswer) -> None:
        self.answer = answer

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        width = options.max_width
        best = len(workload_text.recommendation(self.answer))
        lines = workload_text.heading(self.answer)
        title = workload_text.title(self.answer)
        yield from blocks.heading(title, lines, best, width, found=bool(self.answer.rows))
        if self.answer.rows:
            yield Text()
            yield self._ranking()
            yield Text("\nParts", style="bold")
        for row in self.answer.rows:
            yield folded(f"{row.rank:>3}  {row.hardware}", width, indent=" " * 5)
            for line, remedy in workload_text.parts(row, self.answer):
                yield folded(line, width, prefix=" " * 5, indent=" " * 8)
                yield from blocks.command(remedy, " " * 8)
        yield from blocks.rejections(self.answer.rejected, width)
        yield from blocks.section(
            "Notes", (*self.answer.notes, *workload_explanation.beside(self.answer)), width
        )
        yield from self._explanations(width)
        yield from blocks.section("Columns", workload_text.columns(self.answer), width)

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
        by_suitability = self.answer.question.rank_by == "suitability"
        for header in ("T", "L", "M", "compat.", *(("suitab.",) if by_suitability else ())):
            table.add_column(header, justify="right", no_wrap=True)
        table.add_column("worst part", ratio=1)
        for row in self.answer.rows:
            scores = [row.throughput_score, row.latency_score, row.memory_score, row.compatibility]
            scores += [row.suitability] if by_suitability else []
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

    def _explanations(self, width: int) -> Iterator[RenderableType]:
        """How each row was made, from its parts, each with the command that measures it again."""
        for row in filter(workload_explanation.is_explained, self.answer.rows):
            lines = workload_explanation.lines(row, self.answer)
            yield from blocks.section(f"Why {row.hardware} has rank {row.rank}", lines, width)
            for place in range(len(row.parts)):
                name, own, command = workload_explanation.of_part(row, place, self.answer)
                yield folded(name, width, prefix="  part ", indent="    ", style="bold")
                for line in own:
                    yield folded(line, width, prefix=" " * 4, indent=" " * 6)
                yield from blocks.command(command, " " * 6)


def workload_table(answer: WorkloadAnswer) -> WorkloadTable:
    """The answer for a mix as a renderable: ranking, what each hardware does in each part, notes."""
    return WorkloadTable(answer)


def _rank(row: MixRow) -> str:
    """The rank; where it may have others, they stand under it."""
    others = wording.rank_interval(row)
    return f"{row.rank}\n{others}" if others and others != str(row.rank) else str(row.rank)

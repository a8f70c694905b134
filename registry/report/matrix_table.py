"""The hardware × model matrix on a terminal, in as many tables side by side as the width holds columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

from ..records import Configuration
from . import units
from .fitted import Fitted, folded
from .matrix import Matrix, MatrixCell, MatrixRow
from .screen import ruled_table

ROW_WIDTH = 28
COLUMN_WIDTH = 17
# Shares of the row's best and their styles; the share stands in the cell as well.
SHADES = ((0.95, "bold green"), (0.5, "green"), (0.2, "yellow"), (0.0, "red"))
EMPTY_STYLE = "dim"


class MatrixTable:
    """A renderable that spreads the hardware columns over as many tables as the width asks for."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        width = options.max_width
        yield folded(
            "Best throughput that each pair reached, in whatever configuration; × is its share of the row's"
            " best. `fitment recommend MODEL` compares at equal configurations.",
            width,
        )
        fitting = max(1, (width - ROW_WIDTH) // (COLUMN_WIDTH + 1))
        for start in range(0, len(self.matrix.hardware), fitting):
            yield Text()
            yield _part(self.matrix, range(start, min(start + fitting, len(self.matrix.hardware))))
        if self.matrix.left_out:
            yield Text()
        for line in self.matrix.left_out:
            yield folded(line, width, indent="  ")


def matrix_table(matrix: Matrix) -> MatrixTable:
    """The matrix as a renderable: each row coloured from best to worst, each empty cell with its why."""
    return MatrixTable(matrix)


def _part(matrix: Matrix, columns: Sequence[int]) -> Table:
    table = ruled_table()
    table.leading = 1
    table.add_column("model", width=ROW_WIDTH)
    for i in columns:
        table.add_column(Fitted((matrix.hardware[i], "bold")), width=COLUMN_WIDTH, vertical="bottom")
    for row in matrix.rows:
        table.add_row(_label(row), *(_cell(row.cells[i]) for i in columns))
    return table


def _label(row: MatrixRow) -> Fitted:
    group = row.group
    name = f"{group.model} ({group.model_version})" if group.model_version else group.model
    about = f"{group.scenario} · {group.input_shape}"
    return Fitted((name, "bold"), (about, "dim"), (group.throughput_unit, "dim"))


def _cell(cell: MatrixCell) -> Fitted:
    if cell.throughput is None:
        return Fitted((cell.why_empty or "", EMPTY_STYLE), *_configuration(cell.configuration))
    share = "" if cell.relative is None else f"  {units.ratio(cell.relative)}"
    return Fitted((units.number(cell.throughput) + share, _shade(cell)), *_configuration(cell.configuration))


def _shade(cell: MatrixCell) -> str:
    if cell.relative is None:
        return ""
    return next(style for least, style in SHADES if cell.relative >= least)


def _configuration(k: Configuration | None) -> tuple[tuple[str, str], ...]:
    if k is None:
        return ()
    return ((f"batch {units.count(k.batch)}", "dim"), (f"{k.precision} {k.compile_mode}", "dim"))

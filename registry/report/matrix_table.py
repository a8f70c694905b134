"""The hardware × model matrix on a terminal, in as many tables side by side as the width holds columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

from .. import units
from ..answers import Group
from ..records import Configuration
from . import wording
from .fitted import Fitted, folded
from .matrix import Matrix, MatrixCell
from .screen import ruled_table

ROW_WIDTH = 25
COLUMN_WIDTH = 17
# Shares of the row's best and their styles; the share stands in the cell as well.
SHADES = ((0.95, "bold green"), (0.5, "green"), (0.2, "yellow"), (0.0, "red"))
EMPTY_STYLE = "dim"
MEASURED = "*"


class MatrixTable:
    """A renderable that spreads the hardware columns over as many tables as the width asks for."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        width = options.max_width
        for line in _reading(self.matrix):
            yield folded(line, width, indent="  ")
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


def _reading(matrix: Matrix) -> Iterator[str]:
    unit = _unit(matrix)
    figure = f"Best throughput of each pair in {unit}" if unit else "Best throughput of each pair"
    yield f"{figure}, in whatever configuration, and its share of the row's best."
    yield "`fitment recommend MODEL` compares at equal configurations."
    if any(cell.measured for row in matrix.rows for cell in row.cells):
        yield f"{MEASURED} measured; the others are imported."


def _unit(matrix: Matrix) -> str | None:
    return wording.shared(row.group.throughput_unit for row in matrix.rows)


def _part(matrix: Matrix, columns: Sequence[int]) -> Table:
    table = ruled_table()
    table.leading, table.padding = 1, (0, 0)
    table.add_column("model", width=ROW_WIDTH)
    unit = _unit(matrix)
    for i in columns:
        table.add_column(Fitted((matrix.hardware[i], "bold")), width=COLUMN_WIDTH)
    for row in matrix.rows:
        table.add_row(_label(row.group, with_unit=unit is None), *(_cell(row.cells[i]) for i in columns))
    return table


def _label(group: Group, *, with_unit: bool) -> Fitted:
    name = f"{group.model} ({group.model_version})" if group.model_version else group.model
    about = [f"{group.scenario} · {group.input_shape}"]
    about += [group.throughput_unit] if with_unit else []
    return Fitted((name, "bold"), *((line, "dim") for line in about))


def _cell(cell: MatrixCell) -> Fitted:
    if cell.throughput is None:
        return Fitted((cell.why_empty or "", EMPTY_STYLE), *_configuration(cell.configuration))
    figure = units.number(cell.throughput) + (MEASURED if cell.measured else "")
    share = "" if cell.relative is None else f" · {units.share(cell.relative)}"
    return Fitted((figure + share, _shade(cell)), *_configuration(cell.configuration))


def _shade(cell: MatrixCell) -> str:
    if cell.relative is None:
        return ""
    return next(style for least, style in SHADES if cell.relative >= least)


def _configuration(k: Configuration | None) -> tuple[tuple[str, str], ...]:
    if k is None:
        return ()
    return ((f"batch {k.batch}", "dim"), (f"{k.precision} {k.compile_mode}", "dim"))

"""An answer and plain facts as tables for a person at a terminal; nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.table import Table
from rich.text import Text

from .. import units
from ..answers import Answer, Recommendation, Rejected
from ..fit.configurations import label
from . import explanation, wording
from .asked import devices
from .fitted import Fitted, folded
from .flags import legend
from .screen import ruled_table
from .spending import spent
from .text import terminal

WIDE = 118  # from here every figure has a column of its own; below, scores stand under their quantity
SPENT = 18  # what cost or energy takes with its component
SPACIOUS = 150  # from here the configuration has one too


class AnswerTable:
    """A renderable that lays an answer out for the width it is printed at."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        width = options.max_width
        yield from _heading(self.answer, width)
        if self.answer.rows:
            yield Text()
            yield _ranking(self.answer, width)
        yield from _section("Notes", self.answer.notes, width)
        yield from _rejections(self.answer.rejected, width)
        yield from _evidence(self.answer, width)
        yield from _explanations(self.answer, width)
        flags = legend(wording.unexplained_flags(self.answer))
        yield from _section("Flags", [f"{flag}: {meaning}" for flag, meaning in flags], width)
        if self.answer.rows:
            yield from _section("Columns", wording.columns(self.answer), width)


def answer_table(answer: Answer) -> AnswerTable:
    """The answer as a renderable: heading, ranking, evidence, rejected hardware, notes, legends."""
    return AnswerTable(answer)


def facts_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> RenderableType:
    """Plain facts as a table: every cell is a text, the first column names its row."""
    table = ruled_table()
    for name in columns:
        table.add_column(Text(terminal(name), style="bold"), overflow="fold")
    for row in rows:
        table.add_row(*(Text(terminal(cell)) for cell in row))
    return Group(Text(terminal(title), style="bold"), table)


def _heading(answer: Answer, width: int) -> Iterator[RenderableType]:
    yield folded(wording.group(answer.group), width, style="bold")
    best = len(wording.recommendation(answer))
    for i, line in enumerate(wording.heading(answer)):
        step = "  " if 0 < i < best else ""  # the members of a tie group stand under its sentence
        style = "bold green" if answer.rows and i < best else ""
        yield folded(line, width, prefix=step, indent=f"{step}  ", style=style)


def _ranking(answer: Answer, width: int) -> RenderableType:
    room = width - SPENT * len(spent(answer))
    if room >= WIDE:
        return _wide(answer, apart=room >= SPACIOUS)
    return _stacked(answer)


def _stacked(answer: Answer) -> Table:
    """Two lines a row: quantities, and under each the score that it gave."""
    statistic, scope = _statistic(answer.rows), _scope(answer.rows)
    table = ruled_table()
    table.leading = 1
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("hardware\n\nconfiguration", ratio=1)
    unit = terminal(answer.group.throughput_unit)
    for header in (
        f"throughput\n{unit}\nT",
        f"latency\n{statistic}\nL",
        f"memory\n{scope}\nM",
        *(f"{column.name}\n{column.unit}\n{column.letter}" for column in spent(answer)),
        "compat.\nsuitab.\nP(best)" if answer.certainty else "compat.\n\nsuitab.",
        "n\n\nc(n)",
    ):
        table.add_column(Text(header), justify="right", no_wrap=True)
    for row in answer.rows:
        table.add_row(
            Text(_rank(row)),
            _name(row),
            _pair(_throughput(row), row.throughput_score),
            _pair(_latency(row, statistic), row.latency_score),
            _pair(_memory(row, scope), row.memory_score),
            *(_pair(column.value(row), column.score(row)) for column in spent(answer)),
            _pair(_compatibility(row, answer.certainty), row.suitability),
            Text(f"{units.count(row.n)}\n{row.confidence:.2f}"),
            style="bold" if row.rank == 1 else "",
        )
    return table


def _wide(answer: Answer, *, apart: bool) -> Table:
    """One column a figure."""
    statistic, scope = _statistic(answer.rows), _scope(answer.rows)
    table = ruled_table()
    table.add_column("#", justify="right", no_wrap=True)
    if answer.certainty:
        table.add_column("P(best)", justify="right", no_wrap=True)
    table.add_column("hardware" if apart else "hardware\nconfiguration", ratio=1)
    if apart:
        table.add_column("configuration", ratio=1)
    unit = terminal(answer.group.throughput_unit)
    columns = spent(answer)
    letters = ("T", "L", "M", *(column.letter for column in columns))
    quantities = (
        *(f"throughput\n{unit}", f"latency\n{statistic}", f"memory\n{scope}"),
        *(f"{column.name}\n{column.unit}" for column in columns),
    )
    for header in (*quantities, *letters, "compat.", "n", "c(n)", "suitab."):
        table.add_column(Text(header), justify="right", no_wrap=True)
    for row in answer.rows:
        names = (
            [Fitted((row.hardware, "")), Fitted((label(row.configuration), "not bold"))]
            if apart
            else [_name(row)]
        )
        table.add_row(
            Text(_rank(row)),
            *((units.probability(row.p_best),) if answer.certainty else ()),
            *names,
            Text(_throughput(row)),
            Text(_latency(row, statistic)),
            Text(_memory(row, scope)),
            *(column.value(row) for column in columns),
            *map(units.score, (row.throughput_score, row.latency_score, row.memory_score)),
            *(units.score(column.score(row)) for column in columns),
            units.score(row.compatibility),
            units.count(row.n),
            f"{row.confidence:.2f}",
            units.score(row.suitability),
            style="bold" if row.rank == 1 else "",
        )
    return table


def _name(row: Recommendation) -> Fitted:
    return Fitted((row.hardware, ""), (label(row.configuration), "not bold"))


def _pair(quantity: str, score: float | None) -> Text:
    """A quantity, its score under it, and under both what qualifies the quantity, if anything does."""
    value, *qualifier = quantity.split("\n")
    return Text(value).append("\n".join(["", units.score(score), *qualifier]), style="not bold")


def _statistic(rows: Sequence[Recommendation]) -> str:
    return wording.shared(row.latency_statistic for row in rows) or ""


def _scope(rows: Sequence[Recommendation]) -> str:
    return wording.shared(row.memory_scope for row in rows) or ""


def _rank(row: Recommendation) -> str:
    """The rank; where it may have others, they stand under it."""
    others = wording.rank_interval(row)
    return _qualified(f"{wording.standing(row)}{row.rank}", others if others != str(row.rank) else "")


def _compatibility(row: Recommendation, certainty: str | None) -> str:
    """The score, with P(best) under what stands below it."""
    return _qualified(units.score(row.compatibility), units.probability(row.p_best) if certainty else "")


def _throughput(row: Recommendation) -> str:
    """The throughput, with its spread under it."""
    return _qualified(units.number(row.throughput), wording.spread(row))


def _latency(row: Recommendation, statistic: str) -> str:
    """The latency; its statistic stands under it where the header can't carry one for all rows."""
    return _qualified(units.seconds(row.latency_s), "" if statistic else row.latency_statistic)


def _memory(row: Recommendation, scope: str) -> str:
    """Peak memory; its scope stands under it where the header can't carry one for all rows."""
    return _qualified(units.size(row.memory_bytes), "" if scope else row.memory_scope)


def _qualified(quantity: str, qualifier: str | None) -> str:
    return f"{quantity}\n{terminal(qualifier)}" if qualifier and quantity != units.ABSENT else quantity


def _evidence(answer: Answer, width: int) -> Iterator[RenderableType]:
    rows = answer.rows
    if not rows:
        return
    yield Text("\nEvidence", style="bold")
    ranks = [row.rank for row in rows]
    common = wording.common_flags(rows)
    for row in rows:
        for i, line in enumerate(_about(row, answer, named=ranks.count(row.rank) > 1, common=common)):
            yield folded(line, width, prefix=f"{row.rank:>3}  " if i == 0 else "     ", indent=" " * 5)
    if common:
        yield folded(f"all  flags: {', '.join(common)}", width, indent=" " * 5)


def _about(row: Recommendation, answer: Answer, *, named: bool, common: Sequence[str]) -> Iterator[str]:
    """Where a row's numbers come from and what else is to be known; named where its rank is not its own."""
    origin = wording.evidence(row.evidence)
    yield f"{row.hardware}: {origin}" if named else origin
    needed = devices(row, answer.question, answer.group.throughput_unit)
    yield from filter(None, (needed, wording.coverage(row), row.beyond))
    own = [flag for flag in row.flags if flag not in common]
    if own:
        yield f"flags: {', '.join(own)}"


def _explanations(answer: Answer, width: int) -> Iterator[RenderableType]:
    for row in answer.rows:
        for i, line in enumerate(explanation.lines(row, answer)):
            if i == 0:
                title = f"Why {row.hardware} has rank {row.rank}"
                yield Text()
                yield folded(title, width, indent="  ", style="bold")
            yield folded(line, width, prefix="  ", indent="    ")
        if row.explanation and row.explanation.measure_again:
            command = terminal(row.explanation.measure_again)
            yield Text(f"    $ {command}", no_wrap=True, overflow="ignore", style="cyan")


def _rejections(rejected: Sequence[Rejected], width: int) -> Iterator[RenderableType]:
    if rejected:
        yield Text("\nRejected", style="bold")
    for entry in rejected:
        yield folded(f"{entry.hardware}: {entry.reason}", width, prefix="  ", indent="    ")
        if entry.remedy:
            yield Text(f"    $ {terminal(entry.remedy)}", no_wrap=True, overflow="ignore", style="cyan")


def _section(title: str, lines: Sequence[str], width: int) -> Iterator[RenderableType]:
    if lines:
        yield Text(f"\n{title}", style="bold")
    for line in lines:
        yield folded(line, width, prefix="  ", indent="    ")

"""An answer's ranking as a table for a terminal: one column a figure, or scores under their quantities."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from .. import units
from ..answers import Answer, Recommendation
from ..fit.configurations import label
from . import wording
from .fitted import Fitted
from .screen import ruled_table
from .spending import spent
from .text import terminal

WIDE = 118  # from here every figure has a column of its own; below, scores stand under their quantity
SPENT = 18  # what cost or energy takes with its component
SPACIOUS = 150  # from here the configuration has one too


def ranking_table(answer: Answer, width: int) -> Table:
    """The rows of an answer, laid out for the width that there is."""
    room = width - SPENT * len(spent(answer))
    if room >= WIDE:
        return _filled(ruled_table(), _wide(answer, apart=room >= SPACIOUS), answer.rows)
    table = ruled_table()
    table.leading = 1  # an empty line between rows, which take several each
    return _filled(table, _stacked(answer), answer.rows)


@dataclass(frozen=True, slots=True)
class _Column:
    """One column; names may be folded, figures never."""

    header: str
    cell: Callable[[Recommendation], RenderableType]
    named: bool = False


@dataclass(frozen=True, slots=True)
class _Criterion:
    """A quantity, what qualifies it on further lines, and the component in [0, 1] that it gave."""

    header: str
    letter: str
    quantity: Callable[[Recommendation], str]
    component: Callable[[Recommendation], float | None]

    def shown(self, row: Recommendation) -> RenderableType:
        """The quantity alone."""
        return Text(self.quantity(row))

    def score(self, row: Recommendation) -> RenderableType:
        """The component alone."""
        return units.score(self.component(row))

    def stacked(self, row: Recommendation) -> RenderableType:
        """The component under its quantity."""
        return _pair(self.quantity(row), self.component(row))


def _filled(table: Table, columns: Iterable[_Column], rows: Iterable[Recommendation]) -> Table:
    held = list(columns)
    for column in held:
        if column.named:
            table.add_column(column.header, ratio=1)
        else:
            table.add_column(Text(column.header), justify="right", no_wrap=True)
    for row in rows:
        table.add_row(*(column.cell(row) for column in held), style="bold" if row.rank == 1 else "")
    return table


def _wide(answer: Answer, *, apart: bool) -> Iterator[_Column]:
    """One column a figure; hardware and configuration share one, unless they stand ``apart``."""
    criteria = _criteria(answer)
    yield _Column("#", _rank)
    if answer.certainty:
        yield _Column("P(best)", lambda row: units.probability(row.p_best))
    if apart:
        yield _Column("hardware", lambda row: Fitted((row.hardware, "")), named=True)
        yield _Column("configuration", lambda row: Fitted(_configuration(row)), named=True)
    else:
        yield _Column("hardware\nconfiguration", _names, named=True)
    yield from (_Column(c.header, c.shown) for c in criteria)
    yield from (_Column(c.letter, c.score) for c in criteria)
    yield _Column("compat.", lambda row: units.score(row.compatibility))
    yield _Column("n", lambda row: units.count(row.n))
    yield _Column("c(n)", lambda row: f"{row.confidence:.2f}")
    yield _Column("suitab.", lambda row: units.score(row.suitability))


def _stacked(answer: Answer) -> Iterator[_Column]:
    """Quantities, and under each the score that it gave."""
    yield _Column("#", _rank)
    yield _Column("hardware\n\nconfiguration", _names, named=True)
    yield from (_Column(f"{c.header}\n{c.letter}", c.stacked) for c in _criteria(answer))
    if answer.certainty:
        yield _Column("compat.\nsuitab.\nP(best)", lambda row: _pair(_sure(row), row.suitability))
    else:
        score = units.score
        yield _Column("compat.\n\nsuitab.", lambda row: _pair(score(row.compatibility), row.suitability))
    yield _Column("n\n\nc(n)", lambda row: Text(f"{units.count(row.n)}\n{row.confidence:.2f}"))


def _criteria(answer: Answer) -> tuple[_Criterion, ...]:
    """Throughput, latency and memory; cost and energy where they were asked for."""
    statistic = wording.shared(row.latency_statistic for row in answer.rows) or ""
    scope = wording.shared(row.memory_scope for row in answer.rows) or ""
    unit = terminal(answer.group.throughput_unit)
    return (
        _Criterion(f"throughput\n{unit}", "T", _throughput, lambda row: row.throughput_score),
        _Criterion(
            f"latency\n{statistic}", "L", lambda row: _latency(row, statistic), lambda row: row.latency_score
        ),
        _Criterion(f"memory\n{scope}", "M", lambda row: _memory(row, scope), lambda row: row.memory_score),
        *(_Criterion(f"{s.name}\n{s.unit}", s.letter, s.value, s.score) for s in spent(answer)),
    )


def _names(row: Recommendation) -> Fitted:
    return Fitted((row.hardware, ""), _configuration(row))


def _configuration(row: Recommendation) -> tuple[str, str]:
    return (label(row.configuration), "not bold")


def _pair(quantity: str, score: float | None) -> Text:
    """A quantity, its score under it, and under both what qualifies the quantity, if anything does."""
    value, *qualifier = quantity.split("\n")
    return Text(value).append("\n".join(["", units.score(score), *qualifier]), style="not bold")


def _rank(row: Recommendation) -> Text:
    """The rank; where it may have others, they stand under it."""
    others = wording.rank_interval(row)
    return Text(_qualified(f"{wording.standing(row)}{row.rank}", others if others != str(row.rank) else ""))


def _sure(row: Recommendation) -> str:
    """The compatibility, with P(best) under what stands below it."""
    return _qualified(units.score(row.compatibility), units.probability(row.p_best))


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

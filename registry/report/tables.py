"""An answer and plain facts as tables for a person at a terminal; nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.text import Text

from ..answers import Answer, Inherited, Recommendation
from . import blocks, explanation, inherited_words, wording
from .asked import devices
from .fitted import folded
from .flags import legend
from .ranking_table import ranking_table
from .screen import ruled_table
from .text import terminal


class AnswerTable:
    """A renderable that lays an answer out for the width it is printed at."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        width = options.max_width
        best = len(wording.recommendation(self.answer))
        lines = wording.heading(self.answer)
        title = wording.group(self.answer.group)
        yield from blocks.heading(title, lines, best, width, found=bool(self.answer.rows))
        if self.answer.rows:
            yield Text()
            yield ranking_table(self.answer, width)
        yield from blocks.section("Notes", self.answer.notes, width)
        yield from blocks.rejections(self.answer.rejected, width)
        yield from _evidence(self.answer, width)
        yield from _explanations(self.answer, width)
        flags = legend(wording.unexplained_flags(self.answer))
        yield from blocks.section("Flags", [f"{flag}: {meaning}" for flag, meaning in flags], width)
        for each in self.answer.inherited:
            yield from _inherited(each, width)
        yield from blocks.section("Columns", inherited_words.legend(self.answer), width)


def answer_table(answer: Answer) -> AnswerTable:
    """The answer as a renderable: heading, ranking, notes, rejected, evidence, what is inherited, legends."""
    return AnswerTable(answer)


def facts_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> RenderableType:
    """Plain facts as a table: every cell is a text, the first column names its row."""
    table = ruled_table()
    for name in columns:
        table.add_column(Text(terminal(name), style="bold"), overflow="fold")
    for row in rows:
        table.add_row(*(Text(terminal(cell)) for cell in row))
    return Group(Text(terminal(title), style="bold"), table)


def _inherited(each: Inherited, width: int) -> Iterator[RenderableType]:
    """What a base's results say, apart from what the model's own do."""
    base = each.answer
    yield from blocks.section(inherited_words.title(each), tuple(inherited_words.lines(each)), width)
    yield from blocks.command(each.command, "    ")
    if base.rows:
        yield Text()
        yield ranking_table(base, width)
    yield from blocks.section(f"Notes on {each.base}", inherited_words.notes(each), width)
    yield from _evidence(base, width, f" of {each.base}")
    yield from _explanations(base, width, f" for {each.base}")


def _evidence(answer: Answer, width: int, whose: str = "") -> Iterator[RenderableType]:
    rows = answer.rows
    if not rows:
        return
    yield Text()
    yield folded(f"Evidence{whose}", width, style="bold")
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


def _explanations(answer: Answer, width: int, whose: str = "") -> Iterator[RenderableType]:
    for row in answer.rows:
        for i, line in enumerate(explanation.lines(row, answer)):
            if i == 0:
                title = f"Why {row.hardware} has rank {row.rank}{whose}"
                yield Text()
                yield folded(title, width, indent="  ", style="bold")
            yield folded(line, width, prefix="  ", indent="    ")
        if row.explanation:
            yield from blocks.command(row.explanation.measure_again, "    ")

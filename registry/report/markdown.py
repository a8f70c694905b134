"""An answer as Markdown (GitHub's tables), with all foreign text inert."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .. import units
from ..answers import Answer, Inherited, Recommendation
from ..fit.configurations import label
from . import explanation, inherited_words, wording
from .asked import devices
from .flags import legend
from .spending import COST, ENERGY
from .text import markdown_cell

COLUMNS = (
    "rank", "P(best)", "ranks", "front", "hardware", "configuration", "throughput", "latency", "memory",
    "USD/1k", "J/unit", "T", "L", "M", "C", "E", "compatibility", "n", "c(n)", "suitability",
    "evidence", "flags",
)  # fmt: skip
RIGHT = frozenset(COLUMNS) - {"front", "hardware", "configuration", "evidence", "flags"}


def to_markdown(answer: Answer) -> str:
    """``answer`` as a Markdown document: what the terminal shows, in its rounding."""
    return "\n".join(_lines(answer)) + "\n"


def _lines(answer: Answer) -> Iterator[str]:
    yield f"# {markdown_cell(wording.group(answer.group))}"
    yield ""
    yield from bullets(wording.heading(answer))
    yield from _ranking(answer)
    if answer.rejected:
        yield from ("", "## Rejected", "")
        yield from table(
            ("hardware", "reason", "remedy"),
            [(entry.hardware, entry.reason, entry.remedy or "") for entry in answer.rejected],
        )
    yield from section("Notes", answer.notes)
    yield from _explanations(answer)
    flags = legend(wording.unexplained_flags(answer))
    yield from section("Flags", [f"{flag}: {meaning}" for flag, meaning in flags])
    for each in answer.inherited:
        yield from _inherited(each)
    yield from section("Columns", inherited_words.legend(answer))


def _ranking(answer: Answer) -> Iterator[str]:
    if answer.rows:
        yield ""
        yield from table(COLUMNS, [_cells(row, answer) for row in answer.rows], RIGHT)


def _explanations(answer: Answer, whose: str = "") -> Iterator[str]:
    for row in answer.rows:
        found = explanation.lines(row, answer)
        again = row.explanation.measure_again if row.explanation else None
        title = f"Why {row.hardware} has rank {row.rank}{whose}"
        yield from section(markdown_cell(title), (*found, *((again,) if again else ())))


def _inherited(each: Inherited) -> Iterator[str]:
    """What a base's results say, apart from what the model's own do."""
    said = (*inherited_words.lines(each), *((each.command,) if each.command else ()))
    yield from section(markdown_cell(inherited_words.title(each)), said)
    yield from _ranking(each.answer)
    yield from section(markdown_cell(f"Notes on {each.base}"), inherited_words.notes(each))
    yield from _explanations(each.answer, f" for {each.base}")


def table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[str] = frozenset()
) -> Iterator[str]:
    """The lines of one table; ``right`` names the columns of figures."""
    yield _row(columns)
    yield "|" + "|".join(" ---: " if column in right else " --- " for column in columns) + "|"
    for row in rows:
        yield _row(row)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(markdown_cell(cell) for cell in cells) + " |"


def _cells(row: Recommendation, answer: Answer) -> tuple[str, ...]:
    latency, memory = units.seconds(row.latency_s), units.size(row.memory_bytes)
    needed = devices(row, answer.question, answer.group.throughput_unit)
    return (
        str(row.rank),
        units.probability(row.p_best),
        wording.rank_interval(row) or units.ABSENT,
        row.front or "",
        row.hardware,
        label(row.configuration),
        f"{units.number(row.throughput)} {answer.group.throughput_unit} {wording.spread(row)}".rstrip(),
        f"{latency} ({row.latency_statistic})" if row.latency_statistic else latency,
        f"{memory} ({row.memory_scope})" if row.memory_scope else memory,
        COST.value(row),
        ENERGY.value(row),
        *map(units.score, (row.throughput_score, row.latency_score, row.memory_score)),
        *(units.score(column.score(row)) for column in (COST, ENERGY)),
        units.score(row.compatibility),
        units.count(row.n),
        f"{row.confidence:.2f}",
        units.score(row.suitability),
        "; ".join(filter(None, (wording.evidence(row.evidence), needed, wording.coverage(row), row.beyond))),
        ", ".join(row.flags),
    )


def section(title: str, lines: Sequence[str]) -> Iterator[str]:
    """The lines of a section, ``title`` inert already; none where it has no lines."""
    if lines:
        yield from ("", f"## {title}", "")
        yield from bullets(lines)


def bullets(lines: Iterable[str]) -> Iterator[str]:
    """A list of plain texts."""
    for line in lines:
        yield f"- {markdown_cell(line)}"

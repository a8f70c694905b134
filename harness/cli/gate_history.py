"""``fitment gate history``: the runs of a project's gate, or how one benchmark's figure went."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...registry import units
from ...registry.errors import DONE
from ...registry.report.text import terminal
from .gate import add_store, store_of
from .options import positive
from .output import add_output, put

if TYPE_CHECKING:
    from ..gate.history import History
    from ..gate.series import Point

BARS = "▁▂▃▄▅▆▇█"
UNITS = ((1e-9, "ns"), (1e-6, "µs"), (1e-3, "ms"))
WIDEST = 60  # points of a line of bars


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument(
        "benchmark",
        nargs="?",
        metavar="BENCH",
        help="its name, or a part that no other has (default: the runs)",
    )
    parser.add_argument("--metric", metavar="M", default="time", help="a counter in place of the time")
    parser.add_argument("--limit", type=positive, metavar="N", help="the newest N (default: all)")
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    add_output(parser)
    add_store(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code; no run yet is no mistake. Raises SeriesError, StoreError, OutputError."""
    history = store_of(args).history()
    put(_runs(history, args) if args.benchmark is None else _series(history, args), args)
    return DONE


def _runs(history: History, args: argparse.Namespace) -> str:
    from ...registry.report.listing import listed
    from ..gate.run_list import ListedRun, listed_runs

    found = listed_runs(history)[-(args.limit or 0) :]
    if not found and args.format == "table":
        return "no run yet: `fitment gate run` and `pytest --fitment-gate` make the first\n"
    columns = {
        "run": lambda each: each.run,
        "at": lambda each: _moment(each.at),
        "base → head": lambda each: each.head if each.base is None else f"{each.base} → {each.head}",
        "worst": lambda each: each.worst,
        "verdicts": lambda each: ", ".join(f"{count} {name}" for name, count in each.verdicts.items()),
        "accepted": lambda each: each.accepted and f"{each.accepted} ({each.accepted_by})",
    }
    return listed(found, args.format, columns, ListedRun)


@dataclass(frozen=True, slots=True)
class Row:
    """One point of a series, with the class that it is comparable in."""

    machine_class: str
    benchmark: str
    metric: str
    run: str
    at: str
    commit: str | None
    dirty: bool
    value: float
    level: float
    change: float | None
    p_value: float | None
    accepted: str | None


def _series(history: History, args: argparse.Namespace) -> str:
    from ...registry.report.listing import listed
    from ..gate.series import benchmark_of, series

    benchmark = benchmark_of(history, args.benchmark)
    found = series(history, benchmark, args.metric)
    if args.format == "table":
        return "\n".join(
            _drawn(f"{benchmark}, {args.metric} on {name}", points, args) for name, points in found.items()
        )
    rows = [
        Row(name, benchmark, args.metric, *(getattr(point, field) for field in Row.__slots__[3:]))
        for name, points in found.items()
        for point in points[-(args.limit or 0) :]
    ]
    return listed(rows, args.format, {}, Row)


def _drawn(heading: str, points: Sequence[Point], args: argparse.Namespace) -> str:
    from ...registry.report.listing import listed
    from ..gate.run_list import short
    from ..gate.series import Point

    shown = _durations([point.value for point in points]) if args.metric == "time" else units.number
    columns = {
        "at": lambda each: _moment(each.at),
        "commit": lambda each: short(each.commit, each.dirty),
        "run": lambda each: each.run,
        args.metric: lambda each: shown(each.value),
        "": _said,
    }
    bars = _bars([point.value for point in points[-WIDEST:]])
    table = listed(points[-(args.limit or 0) :], "table", columns, Point)
    return f"{terminal(heading)}\n{bars}{table}{_summary(points)}\n"


def _said(point: Point) -> str | None:
    said = []
    if point.change is not None:
        said.append(f"← {point.change:+.1%} from here on (p {_small(point.p_value)})")
    elif point.p_value is not None:
        said.append(f"← another level from here on (p {_small(point.p_value)})")
    if point.accepted is not None:
        said.append(f"accepted: {point.accepted}")
    return "; ".join(said) or " "


def _summary(points: Sequence[Point]) -> str:
    changes = sum(point.p_value is not None for point in points)
    if changes:
        return f"{len(points)} runs, {changes} change{'s'[: changes != 1]} of level"
    return f"{len(points)} run{'s'[: len(points) != 1]}, no change of level"


def _bars(values: Sequence[float]) -> str:
    """The values as a line of bars from the least to the largest; nothing where that can't be shown."""
    if len(values) < 2 or not _shows(BARS):
        return ""
    least, most = min(values), max(values)
    steps = [
        round((value - least) / (most - least) * (len(BARS) - 1)) if most > least else 0 for value in values
    ]
    return f"{''.join(BARS[step] for step in steps)}\n"


def _shows(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _moment(at: str) -> str:
    """``2026-03-01 12:30``."""
    return at[:16].replace("T", " ")


def _durations(values: Sequence[float]) -> Callable[[float], str]:
    """What shows a duration in the one unit that suits the largest."""
    known = (*UNITS, (1.0, "s"))
    factor, name = next((each for each in known if max(values) < 999.5 * each[0]), known[-1])
    return lambda value: f"{units.number(value / factor)} {name}"


def _small(value: Any) -> str:
    return f"{value:.4f}".lstrip("0")

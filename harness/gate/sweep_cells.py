"""The cells that a snapshot and a sweep hold, side by side, and what is said of each.

There are no pairs, and a cell has few processes: the interval of ln(head / base) is the one of two
measurements of a cell (kernels/intervals.py), widened by how far sweeps of unchanged code lie apart.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from ...kernels.intervals import Interval, log_ratio_interval
from ...kernels.pairs import CONFIDENCE
from ...registry.fit.configurations import label
from ...registry.records import OK
from ...registry.results.cell_runs import CellRun, MeasuredCell, RunsOf
from .counted import judge_counter
from .errors import BaselineError
from .judgement import TIME, Judgement, Verdict
from .options import Options
from .recorded import session_shift
from .session_spread import ENOUGH_SESSIONS, SessionSpread, session_spread
from .verdict import verdict_of

MEMORY = "peak_allocated_bytes"
Facts = Mapping[str, Mapping[str, str]]  # of each environment


@dataclass(frozen=True, slots=True)
class SweepCell:
    """One cell on both sides; a side without runs did not measure it."""

    name: str
    base: Sequence[CellRun]
    head: Sequence[CellRun]


def paired(base: RunsOf, head: RunsOf) -> list[SweepCell]:
    """All cells of both, the head's first, each in the order in which it was first measured."""
    before, after = _by_cell(base.runs), _by_cell(head.runs)
    return [
        SweepCell(cell_name(base.model, cell), before.get(cell, ()), after.get(cell, ()))
        for cell in dict.fromkeys((*after, *before))
    ]


def _by_cell(runs: Sequence[CellRun]) -> dict[MeasuredCell, list[CellRun]]:
    found: dict[MeasuredCell, list[CellRun]] = defaultdict(list)
    for run in runs:
        found[run.cell].append(run)
    return dict(found)


def cell_name(model: str, cell: MeasuredCell) -> str:
    shape = f" {cell.input_shape}" if cell.input_shape else ""
    return f"{model} {cell.scenario}{shape} · {label(cell.configuration)} on {cell.hardware}"


def check_machine(cells: Sequence[SweepCell], machines: Facts, name: str) -> None:
    """Raises BaselineError where no cell was measured on one machine by both sides."""
    common = [cell for cell in cells if cell.base and cell.head]
    differing = [_other_machine(cell, machines) for cell in common]
    if all(differing):
        raise BaselineError(
            f"{name} was measured on another machine ({differing[0]}): make one of results measured here"
        )


def _other_machine(cell: SweepCell, machines: Facts) -> str | None:
    """What tells the machines of both sides apart; None where it is one machine."""
    before, after = machines[cell.base[-1].env_id], machines[cell.head[-1].env_id]
    names = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    words = [f"{n} {before.get(n, 'unknown')!r}, now {after.get(n, 'unknown')!r}" for n in names[:3]]
    return ", ".join(words) or None


def judged(
    cell: SweepCell, machines: Facts, spreads: Mapping[str, SessionSpread], options: Options
) -> list[Judgement]:
    """What is said of a cell's time, and of its memory where an allocator counted it."""
    unmeasured = _unmeasured(cell)
    if unmeasured:
        return [unmeasured]
    other = _other_machine(cell, machines)
    if other:
        note = f"measured on another machine ({other})"
        return [Judgement(cell.name, TIME, Verdict.NOT_MEASURED, note=note)]
    kind = machines[cell.head[-1].env_id].get("device_kind", "cpu")
    found = [_judge_time(cell, session_spread(spreads, cell.name), options.least_change(kind))]
    before, after = _allocated(cell.base), _allocated(cell.head)
    if before and after:
        found.append(judge_counter(cell.name, MEMORY, before, after))
    return found


def _unmeasured(cell: SweepCell) -> Judgement | None:
    """The judgement of a cell that one side did not measure; None where both did."""
    before, after = times(cell.base), times(cell.head)
    if before and after:
        return None
    if not cell.base:
        return Judgement(cell.name, TIME, Verdict.NEW, note="not in the snapshot")
    if not cell.head:
        return Judgement(cell.name, TIME, Verdict.REMOVED, note="not in the sweep")
    if before:
        note = f"ran in the snapshot, now {_failure(cell.head)}"
        return Judgement(cell.name, TIME, Verdict.ERRORED, note=note)
    now = "runs now" if after else _failure(cell.head)
    note = f"failed in the snapshot: {_failure(cell.base)}; {now}"
    return Judgement(cell.name, TIME, Verdict.NOT_MEASURED, note=note)


def _failure(runs: Sequence[CellRun]) -> str:
    """How the last run that failed ended."""
    run = next((each for each in reversed(runs) if each.status != OK), runs[-1])
    return f"{run.status} ({run.detail})" if run.detail else run.status


def _judge_time(cell: SweepCell, spread: SessionSpread, delta: float) -> Judgement:
    before, after = times(cell.base), times(cell.head)
    within = log_ratio_interval(before, after, CONFIDENCE)
    open_question = Judgement(
        cell.name,
        TIME,
        Verdict.INCONCLUSIVE,
        delta,
        within.centre,
        pairs=min(len(before), len(after)),
        base=median(before),
        head=median(after),
    )
    if not spread.known:
        note = (
            f"how sweeps of unchanged code differ here is unknown ({spread.sessions} of {ENOUGH_SESSIONS} "
            "sweeps): memory decides"
        )
        return replace(open_question, note=note)
    whole = _widened(within, spread)
    verdict = verdict_of(whole.low, whole.high, delta)
    found = replace(open_question, verdict=verdict, low=whole.low, high=whole.high)
    if verdict is not Verdict.INCONCLUSIVE:
        return found
    note = f"could not tell: sweeps differ by {spread.sd:.1%} by themselves; more invocations narrow it"
    return replace(found, note=note)


def _widened(within: Interval, spread: SessionSpread) -> Interval:
    """With the shift between two sessions, t·√2·s, added to each arm as squares."""
    shift = session_shift(spread)
    down, up = (math.hypot(arm, shift) for arm in (within.centre - within.low, within.high - within.centre))
    return Interval(within.centre - down, within.centre, within.centre + up)


def times(runs: Sequence[CellRun]) -> list[float]:
    """Seconds per unit of the processes that were measured."""
    return [1.0 / run.throughput for run in runs if run.status == OK and run.throughput]


def _allocated(runs: Sequence[CellRun]) -> list[float]:
    return [float(run.allocated_bytes) for run in runs if run.status == OK and run.allocated_bytes]

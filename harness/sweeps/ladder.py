"""The largest batch that fits: doubled until one is out of memory, then bisected down to neighbours.

A rung is a fresh child under the profile "fit": the model is loaded and makes two steps, and nothing is
timed. What fits is forgotten with the sweep, as it would be a result without timings; what is out of memory
is stored, and bounds the batch for good. The batch that is found is then measured as any other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from ...registry.records import OK, Measurement
from .bounds import Bounds
from .plan import Run, Series

FIT = "fit"  # the profile of a rung
CAP = 2**20  # nobody asks for more; a model that ignores its batch would be doubled for ever


@dataclass(frozen=True, slots=True)
class Step:
    """What a ladder does next. ``settled``: nothing, ``batch`` is the answer; else it is to be tried."""

    batch: int
    settled: bool
    in_full: bool = False  # to be measured, as a rung that only fits proves too little here
    remark: str = ""  # why a settled batch is not the limit


class Maker(Protocol):
    """Who runs children for a ladder (session.py)."""

    @property
    def stopped(self) -> bool:
        """Whether a signal asks to stop."""

    def make(self, run: Run) -> Measurement:
        """What became of a run that was measured in full."""

    def try_fit(self, run: Run) -> Measurement:
        """What became of a rung."""


def next_batch(largest_ok: int, smallest_oom: int | None, cap: int = CAP) -> int | None:
    """The batch to try next; None once ``largest_ok`` is the largest that fits, or the cap.

    ``largest_ok`` 0: none is known to fit. ``smallest_oom`` None: none is known to be too large.
    """
    if smallest_oom is None:
        return min(max(1, 2 * largest_ok), cap) if largest_ok < cap else None
    middle = (largest_ok + smallest_oom) // 2
    return middle if middle > largest_ok else None


def next_below(largest_ok: int, smallest_oom: int, relapses: int) -> int | None:
    """The batch to measure next, after ``relapses`` that fitted were out of memory in full; None at the end.

    The limit lies close below: 1, 2, 4 … less at a time, until one runs; from there by bisection.
    """
    middle = (largest_ok + smallest_oom) // 2
    return max(middle, smallest_oom - 2 ** (relapses - 1)) if middle > largest_ok else None


def next_step(bounds: Bounds, of: Series) -> Step:
    """What the ladder of a series does next, by what is known of its batches.

    A batch that failed otherwise ends the search where the next rung would be that or a larger one.
    Where nothing runs, the answer is the smallest batch that failed: measured, it says so itself.
    """
    ok, oom = bounds.largest_ok(of), bounds.smallest_oom(of)
    relapses = bounds.relapses(of)
    batch = next_below(ok, oom, relapses) if relapses and oom is not None else next_batch(ok, oom)
    failed = bounds.smallest_failed(of)
    if batch is None:
        remark = f"batches above {CAP:,} are not tried" if oom is None else ""
        return Step(ok or oom or 1, settled=True, remark=remark)
    if failed is not None and batch >= failed[0]:
        remark = f"batch {failed[0]} ended in {failed[1]}" if ok else ""
        return Step(ok or failed[0], settled=True, remark=remark)
    return Step(batch, settled=False, in_full=relapses > 0)


def climbed(run: Run, bounds: Bounds, maker: Maker) -> Run | None:
    """The run with its batch, once its ladder has been climbed; None where a signal came first."""
    while not (step := next_step(bounds, run.series)).settled:
        if maker.stopped:
            return None
        rung = run.at(step.batch, extra=True)
        if step.in_full:
            maker.make(rung)
        else:
            maker.try_fit(rung)
    return run.at(step.batch, remark=step.remark)


def resolved(run: Run, bounds: Bounds) -> Run:
    """The run with its batch where that is known without a child; else as it was."""
    if not run.unresolved:
        return run
    step = next_step(bounds, run.series)
    return run.at(step.batch, remark=step.remark) if step.settled else run


def remarked(run: Run, measurement: Measurement) -> Measurement:
    """The measurement, flagged where its batch was found by a ladder that ended before the limit."""
    if not run.remark or measurement.status != OK:
        return measurement
    return replace(
        measurement,
        flags=",".join(filter(None, (measurement.flags, "not_the_limit"))),
        detail="; ".join(filter(None, (measurement.detail, f"not the limit: {run.remark}"))),
    )

"""Head's time against one that was recorded in another session: there are no pairs.

What lies between two sessions meets one side alone, so that the interval has to know how much sessions of
unchanged code differ on this machine class. Three things are uncertain: head's median and base's, each with
its exact interval over processes, and the shift between two sessions, t·√2·s. Their distances to the limits
are added as squares, each limit from the arms on its side (Zou and Donner 2008, doi:10.1002/sim.3095).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ...kernels.intervals import Interval, order_statistic_interval
from ...kernels.pairs import CONFIDENCE
from ...kernels.student import quantile
from ...kernels.threshold import Threshold
from .judgement import TIME, Judgement, Verdict
from .options import FEWEST_PAIRS
from .session_spread import ENOUGH_SESSIONS, SessionSpread
from .verdict import verdict_of


def recorded_interval(base: Sequence[float], head: Sequence[float], spread: SessionSpread) -> Interval | None:
    """ln(median head / median base) with its 99 % interval; None where one of its parts is not known.

    ``base``, ``head``: process medians > 0 of two sessions, ≥ 8 each, of which NaN are left out.
    """
    before, after = (_log_interval(values) for values in (base, head))
    if before is None or after is None or not spread.known:
        return None
    shift = session_shift(spread)
    centre = after.centre - before.centre
    down = math.hypot(after.centre - after.low, before.high - before.centre, shift)
    up = math.hypot(after.high - after.centre, before.centre - before.low, shift)
    return Interval(centre - down, centre, centre + up)


def session_shift(spread: SessionSpread) -> float:
    """How far two sessions of unchanged code may lie apart, t·√2·s: ln units, at the gate's confidence."""
    return quantile(0.5 + CONFIDENCE / 2.0, spread.sessions - 1) * math.sqrt(2.0) * spread.sd


def judge_recorded(
    benchmark: str,
    base: Sequence[float],
    head: Sequence[float],
    spread: SessionSpread,
    threshold: Threshold,
    metric: str = TIME,
) -> Judgement:
    """What head's process medians say against recorded ones; INCONCLUSIVE at most, where that isn't known."""
    before, after = _measured(base), _measured(head)
    if not before.size or not after.size:
        side = "base" if not before.size else "head"
        return Judgement(benchmark, metric, Verdict.NOT_MEASURED, threshold.delta, note=f"no time on {side}")
    judged = Judgement(
        benchmark,
        metric,
        Verdict.INCONCLUSIVE,
        threshold.delta,
        estimate=math.log(np.median(after)) - math.log(np.median(before)),
        pairs=min(before.size, after.size),
        base=float(np.median(before)),
        head=float(np.median(after)),
    )
    interval = recorded_interval(base, head, spread)
    if interval is None:
        return replace(judged, note=_unknown(before.size, after.size, spread))
    judged = replace(judged, estimate=interval.centre, low=interval.low, high=interval.high)
    if threshold.too_noisy:
        return replace(judged, verdict=Verdict.TOO_NOISY, note="moves too much by itself")
    verdict = verdict_of(interval.low, interval.high, threshold.delta)
    note = None
    if verdict is Verdict.INCONCLUSIVE:
        note = (
            f"could not tell: sessions differ by {spread.sd:.1%} by themselves; pairs against a revision can"
        )
    return replace(judged, verdict=verdict, note=note)


def _unknown(before: int, after: int, spread: SessionSpread) -> str:
    for side, processes in (("base", before), ("head", after)):
        if processes < FEWEST_PAIRS:
            return f"{side} has {processes} processes, {FEWEST_PAIRS} can decide: gate against a revision"
    return (
        f"how sessions differ here is unknown ({spread.sessions} of {ENOUGH_SESSIONS} sessions of one code): "
        "counters decide, or pairs against a revision"
    )


def _log_interval(values: Sequence[float]) -> Interval | None:
    measured = _measured(values)
    return order_statistic_interval(np.log(measured).tolist(), CONFIDENCE)


def _measured(values: Sequence[float]) -> np.ndarray:
    times = np.array(values, np.float64)
    return times[np.isfinite(times) & (times > 0.0)]

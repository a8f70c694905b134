"""What is said of the time of each benchmark: by its first pairs, and by those that were to confirm them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from ...kernels.false_discovery import adjusted_p_values
from ...kernels.pairs import FALSE_DISCOVERY_RATE, PairComparisons, family_pairs, log_ratios, pairs_needed
from ...kernels.threshold import Threshold
from .judgement import TIME, Judgement, Verdict
from .options import FEWEST_PAIRS, MORE_PAIRS
from .roster import unmeasured
from .schedule import Pairs
from .verdict import CHANGED, judge_pairs

FEWEST_ROUNDS = 20
CLOCK_CHANGE = 0.01  # of a GPU, from which on it is worth a note


def judge_times(found: Mapping[str, Pairs], thresholds: Mapping[str, Threshold]) -> list[Judgement]:
    """A judgement of each benchmark's time by one set of pairs; a change is a candidate only."""
    deltas = [thresholds[name].delta for name in found]
    compared, verdicts = judge_pairs([pairs.log_ratios() for pairs in found.values()], deltas)
    adjusted = adjusted_p_values(np.where(compared.count > 0, compared.p_value, np.nan))
    needed = pairs_needed(compared.count, compared.above, compared.below)
    return [
        _judgement(place, name, found[name], thresholds[name], compared, verdict, adjusted, needed)
        for place, (name, verdict) in enumerate(zip(found, verdicts, strict=True))
    ]


def confirmed(first: Judgement, second: Judgement, family: int) -> Judgement:
    """``first``, a candidate of so large a family, as an independent set of pairs leaves it.

    A change that both sets say is reported as the second one has it: the first was chosen for being large.
    """
    if second.verdict in (Verdict.ERRORED, Verdict.NOT_MEASURED):
        return second
    if second.verdict is not first.verdict:
        seen = "nothing" if second.estimate is None else f"{math.expm1(second.estimate):+.1%}"
        note = f"{first.verdict} not confirmed: {seen} in a fresh set of {second.pairs}; gate again"
        return replace(first, verdict=Verdict.INCONCLUSIVE, note=_notes(note, first.note))
    lone = None
    if first.verdict is Verdict.REGRESSION and (first.adjusted_p or 0.0) > FALSE_DISCOVERY_RATE:
        lone = (
            f"confirmed by two sets of pairs; to stand out alone among {family} by its p-value "
            f"it would take {family_pairs(family)} pairs"
        )
    said = _notes(lone, second.note)
    return replace(second, p_value=first.p_value, adjusted_p=first.adjusted_p, note=said)


def _judgement(
    place: int,
    name: str,
    pairs: Pairs,
    threshold: Threshold,
    compared: PairComparisons,
    verdict: Verdict,
    adjusted: np.ndarray,
    needed: np.ndarray,
) -> Judgement:
    failure = pairs.failure()
    if failure is not None:
        return unmeasured(*failure)
    count = int(compared.count[place])
    if count == 0:
        return _nothing(name, pairs)
    decided_by = needed[place].item() if verdict is Verdict.INCONCLUSIVE else math.nan
    why = _open(count, len(pairs.head), decided_by) if verdict is Verdict.INCONCLUSIVE else None
    if threshold.too_noisy:
        verdict = Verdict.TOO_NOISY
        why = f"moves by {threshold.noise:.0%} by itself: more than is ever tolerated"
    return Judgement(
        name,
        TIME,
        verdict,
        threshold.delta,
        known(compared.estimate[place]),
        known(compared.low[place]),
        known(compared.high[place]),
        count,
        middle(pairs.times("base")),
        middle(pairs.times("head")),
        known(compared.p_value[place]),
        known(adjusted[place]),
        _more_than(count, decided_by),
        _notes(why, clock_note(pairs), rounds_note(pairs)),
    )


def _open(count: int, asked: int, needed: float) -> str:
    """Why so many pairs did not decide, and what would."""
    if count < FEWEST_PAIRS:
        return f"only {count} of {asked} pairs were measured on both sides; {FEWEST_PAIRS} can decide"
    if math.isinf(needed):
        return "could not tell: it lies on the threshold, no number of pairs would"
    return f"could not tell (needs about {_more_than(count, needed)} pairs)"


def _more_than(count: int, needed: float) -> int | None:
    """As many pairs as are needed, and more than did not do; None where no number would."""
    return max(int(needed), count + MORE_PAIRS) if math.isfinite(needed) else None


def _nothing(name: str, pairs: Pairs) -> Judgement:
    for side, said in (("head", pairs.head), ("base", pairs.base)):
        for each in said:
            if each is not None and each.median_s is None:
                return unmeasured(side, each)
    return Judgement(name, TIME, Verdict.NOT_MEASURED, note="no pair has both sides")


def clock_note(pairs: Pairs) -> str | None:
    """What the GPU's clock did to the times, where known on both sides; it explains and never judges."""
    clocks = [
        np.array([each.sm_clock_hz or math.nan if each else math.nan for each in side])
        for side in (pairs.base, pairs.head)
    ]
    change = log_ratios(*clocks)
    cycles = change + np.array(pairs.log_ratios())
    if not np.isfinite(cycles).any() or abs(lower := np.nanmedian(change)) < math.log1p(CLOCK_CHANGE):
        return None
    way = "lower" if lower < 0.0 else "higher"
    said = f"head's GPU clocked {abs(math.expm1(lower)):.0%} {way}"
    return f"{said}: {math.expm1(np.nanmedian(cycles)):+.1%} in clock cycles"


def rounds_note(pairs: Pairs) -> str | None:
    """That a process timed too few rounds for its median to be one."""
    rounds = [each.rounds for side in (pairs.base, pairs.head) for each in side if each and each.rounds]
    fewest = min(rounds, default=FEWEST_ROUNDS)
    return f"only {fewest} rounds a process, {FEWEST_ROUNDS} are wanted" if fewest < FEWEST_ROUNDS else None


def candidates(judgements: Sequence[Judgement]) -> list[str]:
    """The benchmarks whose change is to be confirmed."""
    return [each.benchmark for each in judgements if each.verdict in CHANGED]


def known(number: float) -> float | None:
    """``number``, None for NaN."""
    return None if math.isnan(number) else float(number)


def measured(times: Sequence[float]) -> tuple[float, ...]:
    """Those that are no NaN."""
    return tuple(time for time in times if math.isfinite(time))


def middle(times: Sequence[float]) -> float | None:
    """The median of those that were measured."""
    some = measured(times)
    return float(np.median(some)) if some else None


def _notes(*notes: str | None) -> str | None:
    return "; ".join(note for note in notes if note) or None

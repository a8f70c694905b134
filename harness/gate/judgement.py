"""What a gate says of one benchmark, and of all of them together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .errors import CANNOT_JUDGE, INCONCLUSIVE, REGRESSED

TIME = "time"  # the metric that is no counter
SINCE = " since accepted"  # behind a metric: against the last accepted run, not against base


class Verdict(StrEnum):
    """What became of a benchmark, the worst first."""

    ERRORED = "errored"  # it failed on a side
    REGRESSION = "regression"  # worse by more than δ, and again when asked again
    INCONCLUSIVE = "inconclusive"
    TOO_NOISY = "too noisy"  # it moves by itself by more than is ever tolerated
    NOT_MEASURED = "not measured"
    REMOVED = "removed"  # only in base
    NEW = "new"  # only in head
    IMPROVEMENT = "improvement"
    PASS = "pass"  # noqa: S105  # no secret


JUDGED = frozenset(
    {Verdict.REGRESSION, Verdict.IMPROVEMENT, Verdict.PASS, Verdict.INCONCLUSIVE, Verdict.TOO_NOISY}
)
DECIDED = frozenset({Verdict.REGRESSION, Verdict.IMPROVEMENT, Verdict.PASS})


@dataclass(frozen=True, slots=True)
class Judgement:
    """One metric of one benchmark. Changes are ln(head / base), positive = worse; None = can't be said."""

    benchmark: str
    metric: str  # TIME, or the name of a counter
    verdict: Verdict
    delta: float | None = None  # the relative change that is tolerated, 0.05 = 5 %
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    pairs: int = 0  # or processes a side, where there are no pairs
    base: float | None = None  # median over processes: seconds, or what the counter counts
    head: float | None = None
    p_value: float | None = None  # one-sided sign test against δ
    adjusted_p: float | None = None  # over the family; advice, the verdict does not use it
    pairs_needed: int | None = None  # about how many would decide; None also where no number would
    note: str | None = None  # why, or what to do, one line


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a whole suite: ln of the geometric mean of head / base, with its interval."""

    estimate: float
    low: float | None
    high: float | None
    benchmarks: int


def exit_code(judgements: Iterable[Judgement], *, strict: bool) -> int:
    """0, 4 where nothing was judged, 5 with a regression, 6 under ``strict`` where anything is open."""
    verdicts = {judgement.verdict for judgement in judgements}
    if not verdicts & JUDGED:
        return CANNOT_JUDGE
    if Verdict.REGRESSION in verdicts:
        return REGRESSED
    return INCONCLUSIVE if strict and verdicts - DECIDED else 0

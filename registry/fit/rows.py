"""The rows of an answer: one hardware each, with the numbers that made its rank and its flags."""

from __future__ import annotations

from collections.abc import Sequence

from ..answers import Estimate, Question, Recommendation
from .beyond import beyond, differs
from .capacity import is_from_catalogue
from .comparison import Comparison
from .configurations import fixed
from .coverage import coverage, max_ok_batch, not_run
from .criteria import Criteria, latency, own_statistic
from .mismatch import mismatched
from .ranking import Ranked
from .scored import Scored


def recommendations(
    question: Question, comparison: Comparison, values: Criteria, ranked: Sequence[Ranked]
) -> tuple[Recommendation, ...]:
    """The rows of an answer, in the order of their ranks; none is cut off here."""
    axes = fixed(question)
    alone = len(comparison.running) == 1
    software = mismatched([r.best.estimate for r in ranked])
    rows = []
    for r in ranked:
        e = r.best.estimate
        shared = comparison.freed is None or comparison.freed.shared is not None
        first = ranked[0].best.estimate.configuration
        outside = beyond(comparison, e, axes, question) if shared else differs(e.configuration, first)
        flags = _flags(question, comparison, values, e, alone=alone, mismatch=e.hardware in software)
        rows.append(_row(r, comparison, values, flags, outside))
    return tuple(rows)


def _row(
    ranked: Ranked, comparison: Comparison, values: Criteria, flags: tuple[str, ...], outside: str | None
) -> Recommendation:
    best: Scored = ranked.best
    e = best.estimate
    statistic = values.latency_statistic or own_statistic(e)
    own = statistic == e.latency_statistic  # the estimate's interval is that of its own statistic
    return Recommendation(
        rank=ranked.rank,
        hardware=e.hardware,
        configuration=e.configuration,
        throughput=e.throughput or 0.0,
        latency_s=latency(e, statistic),
        latency_statistic=statistic,
        memory_bytes=e.memory_bytes,
        memory_scope=e.memory_scope,
        throughput_score=best.throughput,
        latency_score=best.latency,
        memory_score=best.memory,
        compatibility=best.compatibility,
        n=e.n,
        confidence=best.confidence,
        suitability=best.suitability,
        coverage=(share := coverage(comparison, e.hardware)),
        not_run=not_run(comparison, e.hardware) if share is not None and share < 1 else None,
        max_ok_batch=max_ok_batch(comparison, e),
        evidence=e.evidence,
        env_id=e.env_id,
        flags=flags,
        beyond=outside,
        throughput_low=e.throughput_low,
        throughput_high=e.throughput_high,
        latency_low=e.latency_low if own else None,
        latency_high=e.latency_high if own else None,
        interval_basis=e.interval_basis,
    )


def _has_gap(values: Criteria, e: Estimate) -> bool:
    """Whether a criterion that counts is not known of ``e``."""
    no_latency = values.latency_statistic is not None and latency(e, values.latency_statistic) is None
    return no_latency or (values.memory_mode is not None and e.memory_bytes is None)


def _flags(
    question: Question, comparison: Comparison, values: Criteria, e: Estimate, *, alone: bool, mismatch: bool
) -> tuple[str, ...]:
    """Every flag of a row, by name; report/flags.py says what each means."""
    found = {flag for flag in e.flags.split(",") if flag}
    conditions = {
        "no_common_configuration": comparison.freed is not None,
        "software_mismatch": mismatch,
        "assumed": bool(e.assumed),
        "single": alone,
        "catalogue": values.memory_mode == "headroom" and is_from_catalogue(e),
        "pessimistic": values.pessimistic and _has_gap(values, e),
        "memory_unknown": question.memory_constrained
        and comparison.freed is None
        and values.memory_mode is None,
    }
    return tuple(sorted(found | {flag for flag, holds in conditions.items() if holds}))

"""Why there is nothing to recommend: what was tried of what is asked, how it ended, and the ways out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from ..answers import Estimate, Question, Rejected
from ..records import OK
from .comparison import Comparison
from .configurations import agrees, fixed
from .outcomes import OUT_OF_MEMORY, runs
from .rejections import IN_WORDS

OPTIONS = {
    "batch": "--batch-size",
    "precision": "--precision",
    "compile_mode": "--compile-mode",
    "memory_format": "--memory-format",
}


def nothing_runs(question: Question, comparison: Comparison, rejected: Sequence[Rejected]) -> str:
    """``Nothing that is asked runs on any of 2 hardware: of 3 configurations tried …``, with a way out.

    For an answer without a row that no limit has taken.
    """
    axes = fixed(question)
    estimates = list(chain.from_iterable(comparison.held.estimates.values()))
    asked = [e for e in estimates if agrees(e.configuration, axes)]
    ways = tuple(_ways(axes, estimates, asked, rejected)) or ("each reason stands with its hardware",)
    return f"{_what(asked, [entry.hardware for entry in rejected])}; {'; '.join(ways)}"


def _what(asked: Sequence[Estimate], names: Sequence[str]) -> str:
    where = f"on any of {len(names)} hardware" if len(names) > 1 else f"on {names[0]}"
    if not asked:
        return f"Nothing that is asked was measured {where}"
    ended = Counter(map(_ended, asked))
    listed = ", ".join(
        f"{n} {word}" for word, n in sorted(ended.items(), key=lambda each: (-each[1], each[0]))
    )
    return f"Nothing that is asked runs {where} ({_counted(len(asked), 'configuration')} tried: {listed})"


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _ended(e: Estimate) -> str:
    """How an estimate ended, in words that a number stands before."""
    if runs(e):
        return "ran with other software than the one that speaks for its hardware"
    return "without a possible throughput" if e.status == OK else IN_WORDS.get(e.status, e.status)


def _ways(
    axes: dict[str, Any],
    estimates: Iterable[Estimate],
    asked: Sequence[Estimate],
    rejected: Iterable[Rejected],
) -> Iterator[str]:
    """What would give an answer."""
    elsewhere = sorted({e.env_id for e in asked if runs(e)})
    if elsewhere:
        yield f"what ran is answered from with --env {elsewhere[0]}"
    others = {(e.hardware, e.configuration) for e in estimates if runs(e)}
    if others and not elsewhere:
        options = " and ".join(OPTIONS[name] for name in axes)
        yield f"{_counted(len(others), 'other configuration')} ran: ask without {options}"
    if any(entry.remedy for entry in rejected):
        yield "what is missing is measured by the commands that are given"
    if any(e.status in OUT_OF_MEMORY for e in asked):
        yield "`fitment sweep --batches max` finds the largest batch that fits"

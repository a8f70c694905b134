"""What a reader must know of criteria that some candidates lack: under which policy, and whom it touches."""

from __future__ import annotations

from collections.abc import Callable

from ..answers import Estimate, Question
from .comparison import Comparison
from .configurations import agrees, fixed
from .criteria import Criteria, has_latency, has_memory, latency
from .spending import has_energy


def gap_notes(question: Question, comparison: Comparison, criteria: Criteria) -> list[str]:
    """One line for each criterion whose gaps were filled, or for which candidates were left out."""
    lines = [
        _filled("latency", comparison, lambda e: latency(e, criteria.latency_statistic) is not None)
        if criteria.pessimistic and criteria.latency_statistic
        else None,
        _filled("memory", comparison, has_memory) if criteria.pessimistic and criteria.memory_mode else None,
        _left_out(question, "peak memory", comparison, has_memory) if comparison.memory_required else None,
        _left_out(question, "latency", comparison, has_latency) if comparison.latency_required else None,
        _left_out(question, "energy", comparison, has_energy)
        if "energy" in comparison.spending_required
        else None,
        _idle(question, comparison, criteria),
    ]
    return [line for line in lines if line]


def _filled(what: str, comparison: Comparison, has: Callable[[Estimate], bool]) -> str | None:
    lacking = sorted({e.hardware for e in comparison.compared if not has(e)})
    if not lacking:
        return None
    where = " and ".join(lacking)
    return f"{what}: not measured on {where}: it counts there as the lowest score that another has"


def _left_out(
    question: Question, what: str, comparison: Comparison, has: Callable[[Estimate], bool]
) -> str | None:
    """Configurations of ranked hardware that are not compared; hardware without any is rejected by name."""
    axes = fixed(question)
    counts = {
        name: sum(agrees(e.configuration, axes) and not has(e) for e in found[0].outcomes.candidates())
        for name, found in comparison.stacks.items()
        if found and name in comparison.running
    }
    listed = [f"{count} on {name}" for name, count in counts.items() if count]
    if not listed:
        return None
    return f"{what} is required: configurations where it is not measured are left out: {', '.join(listed)}"


def _idle(question: Question, comparison: Comparison, criteria: Criteria) -> str | None:
    if criteria.cost is not None or criteria.energy is not None:
        return None
    if question.missing != "pessimistic" or comparison.freed is None:
        return None
    return "--missing pessimistic can't act: latency and memory are not compared"

"""What a question compares within a group: per hardware one stack, then K*, or what stands in for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..answers import Estimate, Group, Question
from ..records import Configuration
from .configurations import Key, agrees, fixed, order
from .criteria import Criteria, criteria, has_latency, has_memory
from .decided import ByHardware, decided
from .freed import Freed, freed
from .limits import is_limited
from .outcomes import Outcomes, outcomes, runs
from .spending import required
from .stacks import Stack, stacks


@dataclass(frozen=True, slots=True)
class Held:
    """What a group holds, by hardware name; the same for every question about it."""

    group: Group
    estimates: Mapping[str, Sequence[Estimate]]  # all, whatever the stack
    stacks: Mapping[str, Sequence[Stack]]  # the one that speaks first


@dataclass(frozen=True, slots=True)
class Comparison:
    """The candidates that are compared, and why those. Mappings are by hardware name."""

    held: Held
    stacks: Mapping[str, Sequence[Stack]]  # the one that speaks first, for this question
    outcomes: Mapping[str, Outcomes]  # of the stack that speaks
    running: Mapping[str, Outcomes]  # of hardware that runs something that is asked
    decided: tuple[Configuration, ...]  # K*
    freed: Freed | None  # where K* is empty
    compared: tuple[Estimate, ...]  # candidates, by hardware and configuration
    memory_required: bool  # candidates without it were dropped
    latency_required: bool = False  # likewise
    spending_required: tuple[str, ...] = ()  # "cost", "energy": likewise


def hold(group: Group, estimates: Iterable[Estimate]) -> Held:
    """The group's estimates, ready for questions."""
    by_hardware: dict[str, list[Estimate]] = defaultdict(list)
    for e in estimates:
        by_hardware[e.hardware].append(e)
    names = sorted(by_hardware)
    return Held(
        group,
        {name: by_hardware[name] for name in names},
        {name: stacks(by_hardware[name]) for name in names},
    )


def compare(question: Question, held: Held) -> Comparison:
    """What ``question`` compares of what a group holds."""
    axes = fixed(question)
    speaking = {name: _speaking(question, held, name, axes) for name in held.stacks}
    decided_by = {name: found[0].outcomes for name, found in speaking.items() if found}
    strict = question.missing == "require"
    memory_required = (question.memory_constrained or strict) and _anywhere(has_memory, decided_by, axes)
    if memory_required:
        decided_by = {name: _having(has_memory, h) for name, h in decided_by.items()}
    latency_required = strict and _anywhere(has_latency, decided_by, axes)
    if latency_required:
        decided_by = {name: _having(has_latency, h) for name, h in decided_by.items()}
    spending_required = []
    for criterion, has in required(question).items():
        if _anywhere(has, decided_by, axes):
            decided_by = {name: _having(has, h) for name, h in decided_by.items()}
            spending_required.append(criterion)
    running = {
        name: h
        for name, h in decided_by.items()
        if any(agrees(e.configuration, axes) for e in h.candidates())
    }
    common = decided(running, axes)
    batch_freed = None if common or not running else freed(running, axes)
    compared = _freed(question, batch_freed) if batch_freed else _candidates(running, common)
    ordered = tuple(sorted(compared, key=place))
    return Comparison(
        held,
        speaking,
        decided_by,
        running,
        common,
        batch_freed,
        ordered,
        memory_required,
        latency_required,
        tuple(spending_required),
    )


def criteria_of(comparison: Comparison) -> Criteria:
    """The criteria that a comparison's candidates are scored by."""
    return criteria(comparison.compared, common=comparison.freed is None)


def place(e: Estimate) -> tuple[str, Key]:
    """The key that sorts candidates: hardware, then configuration."""
    return (e.hardware, order(e.configuration))


def _speaking(question: Question, held: Held, name: str, axes: dict[str, Any]) -> Sequence[Stack]:
    """A hardware's stacks, the one that speaks first.

    The environment asked for speaks alone where it is this hardware's. Else a stack that has decided
    what is asked goes before one that has not.
    """
    of_env = [e for e in held.estimates[name] if e.env_id == question.env_id] if question.env_id else []
    if of_env:
        return stacks(of_env)
    found = held.stacks[name]
    if not axes or len(found) < 2:
        return found
    return sorted(found, key=lambda s: not any(agrees(k, axes) for k in s.outcomes.own))


def _anywhere(has: Callable[[Estimate], bool], decided_by: ByHardware, axes: dict[str, Any]) -> bool:
    """Whether some candidate that is asked for has it."""
    return any(has(e) for h in decided_by.values() for e in h.candidates() if agrees(e.configuration, axes))


def _having(has: Callable[[Estimate], bool], h: Outcomes) -> Outcomes:
    return outcomes(e for e in h.own.values() if not runs(e) or has(e))


def _freed(question: Question, batch_freed: Freed) -> Iterable[Estimate]:
    """Each hardware's fastest; where a limit may reject that one, all that it was the fastest of."""
    return batch_freed.candidates if is_limited(question) else batch_freed.best.values()


def _candidates(running: Mapping[str, Outcomes], common: tuple[Configuration, ...]) -> list[Estimate]:
    found = (h.own.get(k) for h in running.values() for k in common)
    return [e for e in found if e is not None and runs(e)]

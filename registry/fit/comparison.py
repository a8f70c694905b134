"""What a question compares within a group: per hardware one stack, then K*, or what stands in for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..records import Configuration, Estimate, Group, Question
from .configurations import Key, agrees, fixed, order
from .decided import decided
from .freed import Freed, freed
from .outcomes import Outcomes, decides, outcomes, runs
from .stacks import Stack, by_configuration, stacks


@dataclass(frozen=True, slots=True)
class Comparison:
    """The candidates that are compared, and why those. Mappings are by hardware name."""

    group: Group
    estimates: Mapping[str, Sequence[Estimate]]  # all of the group, whatever the stack
    stacks: Mapping[str, Sequence[Stack]]  # the one that speaks first
    outcomes: Mapping[str, Outcomes]  # of the stack that speaks
    running: Mapping[str, Outcomes]  # of hardware that runs something that is asked
    decided: tuple[Configuration, ...]  # K*
    freed: Freed | None  # where K* is empty
    compared: tuple[Estimate, ...]  # candidates, by hardware and configuration
    memory_required: bool  # candidates without it were dropped


def compare(question: Question, group: Group, estimates: Iterable[Estimate]) -> Comparison:
    """What ``question`` compares of the group's estimates."""
    axes = fixed(question)
    held = _by_hardware(estimates)
    chosen = {name: _stacks(question, es) for name, es in held.items()}
    tables = {
        name: list(by_configuration(found[0].estimates).values()) for name, found in chosen.items() if found
    }
    required = question.memory_constrained and any(map(_has_memory, _flat(tables)))
    if required:
        tables = {name: [e for e in es if not runs(e) or _has_memory(e)] for name, es in tables.items()}
    all_outcomes = {name: outcomes(es) for name, es in tables.items()}
    running = {
        name: h
        for name, h in all_outcomes.items()
        if any(agrees(e.configuration, axes) for e in h.candidates())
    }
    common = decided(running, axes)
    batch_freed = None if common or not running else freed(running, axes)
    compared = batch_freed.best.values() if batch_freed else _candidates(running, common)
    return Comparison(
        group,
        held,
        chosen,
        all_outcomes,
        running,
        common,
        batch_freed,
        tuple(sorted(compared, key=place)),
        required,
    )


def place(e: Estimate) -> tuple[str, Key]:
    """The key that sorts candidates: hardware, then configuration."""
    return (e.hardware, order(e.configuration))


def _by_hardware(estimates: Iterable[Estimate]) -> dict[str, list[Estimate]]:
    held: dict[str, list[Estimate]] = defaultdict(list)
    for e in estimates:
        held[e.hardware].append(e)
    return {name: held[name] for name in sorted(held)}


def _stacks(question: Question, estimates: list[Estimate]) -> list[Stack]:
    """The stacks that decide something, the one that speaks first.

    The environment asked for speaks alone where it is this hardware's. Else a stack that has decided
    what is asked goes before one that has not.
    """
    of_env = [e for e in estimates if e.env_id == question.env_id]
    deciding = [e for e in of_env or estimates if decides(e)]
    axes = fixed(question)
    asked = stacks(e for e in deciding if agrees(e.configuration, axes))
    by_id = {s.id: s for s in stacks(deciding)}
    first = [by_id.pop(s.id) for s in asked]
    return first + list(by_id.values())


def _has_memory(e: Estimate) -> bool:
    return e.memory_bytes is not None


def _flat(tables: Mapping[str, list[Estimate]]) -> Iterable[Estimate]:
    return (e for es in tables.values() for e in es if runs(e))


def _candidates(running: Mapping[str, Outcomes], common: tuple[Configuration, ...]) -> list[Estimate]:
    found = (h.own.get(k) for h in running.values() for k in common)
    return [e for e in found if e is not None and runs(e)]

"""A committed baseline after a run was accepted: the run's figures, and of others what was there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from .baseline import Baseline
from .judgement import Verdict
from .report import GateReport

Value = TypeVar("Value")


def advanced(accepted: Baseline, old: Baseline | None, run: GateReport | None) -> Baseline:
    """``accepted`` in the place of ``old``.

    Where ``old`` holds counters alone, so does what takes its place. A benchmark that the run did not measure
    stays as it was, if what it was counted or timed on is the same and the run does not call it removed.
    """
    if old is None:
        return accepted
    gone = {each.benchmark for each in (run.judgements if run else ()) if each.verdict is Verdict.REMOVED}
    found = accepted
    if not old.processes:
        found = replace(found, processes={}, machine_class=None)
    elif old.machine_class == found.machine_class:
        found = replace(found, processes=_merged(old.processes, found.processes, gone))
    if old.counter_class == found.counter_class:
        found = replace(found, counters=_merged(old.counters, found.counters, gone))
    return replace(found, label=old.label)


def _merged(old: Mapping[str, Value], new: Mapping[str, Value], gone: set[str]) -> dict[str, Value]:
    return {name: each for name, each in {**old, **new}.items() if name in new or name not in gone}

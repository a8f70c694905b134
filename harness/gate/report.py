"""One invocation of the gate: what was compared, on what machine, and every judgement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .judgement import Change, Judgement


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two things compared."""

    label: str  # "main", "working tree", "baseline nightly"
    commit: str | None = None  # 40 hex digits
    dirty: bool = False
    recorded: bool = False  # in an earlier session: a baseline, not measured in this one


@dataclass(frozen=True, slots=True)
class GateReport:
    """All that one invocation found; what history keeps, JSON holds, and tables print."""

    id: str  # 8 hex digits
    at: str  # ISO 8601, UTC
    base: Side
    head: Side
    machine_class: str  # of times, see fingerprint.py
    counter_class: str  # of counters
    fingerprint: Mapping[str, str]
    judgements: tuple[Judgement, ...]  # by benchmark in the order of collection, time before counters
    suite: Change | None  # of the times of benchmarks with pairs on both sides
    processes: Mapping[str, tuple[float, ...]]  # head's process medians of each benchmark, seconds
    counters: Mapping[str, Mapping[str, float]]  # head's counters of each benchmark
    seed: int
    seconds: float  # that it took
    notes: tuple[str, ...] = ()  # one line each: the machine was busy, a clock stepped
    accept_by: str | None = (
        None  # the command that takes head as the new base; None: gate accept, with the id
    )

"""The gate: head against base in pairs of fresh processes, or against what was recorded."""

from __future__ import annotations

from .baseline import Baseline
from .history import History
from .options import Options
from .report import GateReport, Side
from .schedule import Progress, Runner


def gate_revisions(
    runner: Runner, history: History, base: Side, head: Side, options: Options, say: Progress
) -> GateReport:
    """What changed from base to head, measured now, side by side.

    Raises NothingMeasuredError where the sides have no benchmark in common or none was measured, other
    GateErrors where the two can't be compared.
    """
    raise NotImplementedError


def gate_baseline(
    runner: Runner, history: History, baseline: Baseline, head: Side, options: Options, say: Progress
) -> GateReport:
    """What changed from ``baseline`` to head; only head's processes are run.

    Raises BaselineError for one of another machine, NothingMeasuredError as ``gate_revisions``.
    """
    raise NotImplementedError


def record(runner: Runner, head: Side, options: Options, say: Progress) -> GateReport:
    """Head alone: its process medians and counters, without judgements. ``of_report`` makes a baseline of it.

    Raises NothingMeasuredError where nothing was measured.
    """
    raise NotImplementedError

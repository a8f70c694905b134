"""Reports and baselines as a gate would have made them, for what keeps and reads them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from fitment.harness.gate.baseline import Baseline
from fitment.harness.gate.judgement import TIME, Change, Judgement, Verdict
from fitment.harness.gate.report import GateReport, Side

MACHINE, COUNTER = "0badc0de Some CPU, 2 cores", "x86_64, CPython 3.11"
FINGERPRINT = {"cpu": "Some CPU", "architecture": "x86_64"}
BENCHMARK = "tests/test_sum.py::test_sum[10]"


def commit(number: int) -> str:
    """The hash of the ``number``-th commit."""
    return f"{number:040x}"


def judged(
    base_s: float = 0.001,
    head_s: float = 0.001,
    *,
    verdict: Verdict = Verdict.PASS,
    benchmark: str = BENCHMARK,
    metric: str = TIME,
) -> Judgement:
    """One judgement of two medians."""
    change = math.log(head_s / base_s)
    return Judgement(
        benchmark, metric, verdict, 0.05, change, change - 0.01, change + 0.01, 8, base_s, head_s, 0.5, 0.5
    )


def report(
    number: int,
    *judgements: Judgement,
    base: Side | None = None,
    head: Side | None = None,
    machine_class: str = MACHINE,
    times: Sequence[float] = (0.001, 0.00101, 0.00099, 0.001, 0.001, 0.001, 0.001, 0.001),
) -> GateReport:
    """The ``number``-th run, of an hour each."""
    return GateReport(
        id=f"{number:08x}",
        at=f"2026-03-{1 + number // 24:02d}T{number % 24:02d}:00:00+00:00",
        base=base or Side("main", commit(0)),
        head=head or Side("topic", commit(number)),
        machine_class=machine_class,
        counter_class=COUNTER,
        fingerprint=FINGERPRINT,
        judgements=judgements or (judged(),),
        suite=Change(0.0, -0.01, 0.01, 1),
        processes={BENCHMARK: tuple(times)},
        counters={BENCHMARK: {"allocations": 12.0}},
        seed=0,
        seconds=12.5,
        notes=("the machine was busy",),
    )


def baseline(label: str = "baseline nightly", **changed: object) -> Baseline:
    """A recorded one, with some fields as given."""
    fields: dict[str, object] = {
        "label": label,
        "at": "2026-03-01T00:00:00+00:00",
        "commit": commit(1),
        "dirty": False,
        "machine_class": MACHINE,
        "counter_class": COUNTER,
        "fingerprint": FINGERPRINT,
        "processes": {BENCHMARK: tuple(0.001 + 1e-6 * at for at in range(8))},
        "counters": {BENCHMARK: {"allocations": 12.0}},
    }
    return Baseline(**{**fields, **changed})  # type: ignore[arg-type]

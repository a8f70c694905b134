from __future__ import annotations

import pytest
from fitment.harness.gate.baseline import of_report
from fitment.harness.gate.errors import BaselineError
from fitment.harness.gate.report import Side

from tests.harness.gate.reports import BENCHMARK, COUNTER, FINGERPRINT, MACHINE, baseline, commit, report


def test_a_report_s_head_is_a_baseline() -> None:
    """With its commit, its class, its processes and its counters; as a base it counts as recorded."""
    found = of_report(report(3, head=Side("working tree", commit(3), dirty=True)), "accepted run 3")
    assert (found.commit, found.dirty, found.machine_class) == (commit(3), True, MACHINE)
    assert len(found.processes[BENCHMARK]) == 8
    assert found.side == Side("accepted run 3", commit(3), dirty=True, recorded=True)


def test_another_machine_s_times_are_refused_and_its_counters_may_do() -> None:
    """Each by its own class; where neither can be compared, the error names what differs."""
    here = {"cpu": "Other CPU", "architecture": "x86_64"}
    found = baseline()
    assert found.times_on(MACHINE, FINGERPRINT)
    assert not found.times_on("another", here)
    assert found.counters_on(COUNTER)
    found.check("another", COUNTER, here)
    with pytest.raises(
        BaselineError, match=r"another machine \(cpu 'Some CPU', here 'Other CPU'\): record it"
    ):
        found.check("another", "aarch64, CPython 3.11", here)
    with pytest.raises(BaselineError, match="another machine"):
        baseline(counters={}).check("another", COUNTER, here)


def test_one_of_no_known_class_goes_by_what_it_tells() -> None:
    """What names another CPU is another machine's; what tells nothing may do."""
    plain = baseline(machine_class=None, counter_class=None, counters={})
    assert plain.times_on("any", FINGERPRINT)
    assert not plain.times_on("any", {"cpu": "Other CPU"})
    assert baseline(machine_class=None, fingerprint={}).times_on("any", FINGERPRINT)

from __future__ import annotations

import math

import pytest
from fitment.harness.gate.baseline import of_report
from fitment.harness.gate.history import Accepted, History, Recording, compared_with_itself
from fitment.harness.gate.judgement import TIME, Verdict
from fitment.harness.gate.report import GateReport, Side
from fitment.harness.gate.session_spread import ENOUGH_SESSIONS

from tests.harness.gate.reports import BENCHMARK, COUNTER, MACHINE, baseline, commit, judged, report

SAME = {"base": Side("main", commit(7)), "head": Side("main", commit(7))}


def _accepted(run: GateReport) -> Accepted:
    return Accepted(run.id, "why", "me", run.at, of_report(run, "accepted"))


def test_estimates_are_of_what_passed_or_was_the_same_code() -> None:
    """A regression is no noise, except where both sides were one commit; another machine's never is."""
    slower = judged(head_s=0.00104, verdict=Verdict.REGRESSION)
    runs = (
        report(1, judged(head_s=0.00101)),
        report(2, slower),
        report(3, slower, **SAME),
        report(4, judged(head_s=0.00103), machine_class="another"),
    )
    found = History(runs).estimates(BENCHMARK, TIME, MACHINE)
    assert found == pytest.approx((math.log(1.01), math.log(1.04)))
    assert History(runs).estimates(BENCHMARK, TIME, "another") == pytest.approx((math.log(1.03),))
    assert History(runs).estimates("other", TIME, MACHINE) == ()


def test_estimates_against_a_recorded_base_are_left_out() -> None:
    """They hold what moves between sessions, which pairs don't."""
    run = report(1, base=Side("baseline nightly", commit(1), recorded=True))
    assert History((run,)).estimates(BENCHMARK, TIME, MACHINE) == ()


def test_counters_have_their_own_class() -> None:
    """A counter's estimates go over machines of one counter class."""
    run = report(1, judged(12.0, 12.0, metric="allocations"), machine_class="another")
    assert History((run,)).estimates(BENCHMARK, "allocations", COUNTER) == (0.0,)


@pytest.mark.parametrize("change", [{"commit": None}, {"commit": commit(8)}, {"dirty": True}])
def test_only_one_clean_commit_is_the_same_code(change: dict[str, object]) -> None:
    """Not a dirty one, nor two of which git knows nothing."""
    side = Side(**{"label": "x", "commit": commit(7), **change})  # type: ignore[arg-type]
    assert compared_with_itself(report(1, **SAME))
    assert not compared_with_itself(report(1, base=SAME["base"], head=side))


def test_sessions_are_of_clean_commits_measured_in_them() -> None:
    """30 sessions of main as base, each with another head, tell main's spread; a recorded base tells none."""
    runs = tuple(report(at, judged(0.001 * 1.01 ** (at % 2))) for at in range(1, ENOUGH_SESSIONS + 1))
    found = History(runs).session_spread(BENCHMARK, MACHINE)
    assert found.sessions == ENOUGH_SESSIONS
    assert found.sd == pytest.approx(math.log(1.01) / 2, rel=0.03)
    told = tuple(report(at, base=Side("b", commit(0), recorded=True)) for at in range(1, 40))
    assert History(told).session_spread(BENCHMARK, MACHINE).sessions == 1
    dirty = tuple(report(at, base=Side("b", commit(0), dirty=True)) for at in range(1, 40))
    assert History(dirty).session_spread(BENCHMARK, MACHINE).sessions == 1


def test_recordings_are_sessions_too() -> None:
    """Eight processes of one commit, recorded twice, tell a spread."""
    slower = baseline(processes={BENCHMARK: (0.002,) * 8})
    unknown = baseline(machine_class=None)
    dirty = baseline(dirty=True)
    recordings = [
        Recording(str(at), None, each) for at, each in enumerate((baseline(), slower, unknown, dirty))
    ]
    assert History(recordings=tuple(recordings)).session_spread(BENCHMARK, MACHINE).sessions == 2


def test_the_accepted_one_is_the_last_on_this_machine() -> None:
    """Else the last on any: it is then refused by name, not passed over."""
    here, there = report(1), report(2, machine_class="another")
    history = History(acceptances=(_accepted(here), _accepted(there)))
    assert history.accepted(MACHINE) == _accepted(here)
    assert history.accepted("third") == history.accepted() == _accepted(there)
    assert History().accepted(MACHINE) is None

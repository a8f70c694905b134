"""How often the gate is wrong, by simulated and recorded processes through the gate itself; docs/gate.md."""

from __future__ import annotations

import math

import pytest
from fitment.harness.gate import schedule

from tests.harness.gate import proof
from tests.harness.gate.series import gate, simulated, verdicts
from tests.kernels.noises import SHAPES


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("sd", [0.005, 0.02, 0.04])
def test_no_alarm_where_nothing_changed(shape: str, sd: float) -> None:
    """300 simulated trials, none of them a regression or an improvement, whatever the noise looks like."""
    proof.no_alarm(shape, sd)


@pytest.mark.parametrize("busy", [False, True])
def test_no_alarm_on_recorded_processes(busy: bool) -> None:
    """300 trials of processes that ran here, on a machine with and without much else to do: no alarm."""
    proof.no_alarm_on_recorded(busy)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("sd", [0.005, 0.01, 0.02])
def test_a_tenth_is_found(shape: str, sd: float) -> None:
    """+10 % is found in 95 of 100 trials at a noise of up to 2 %."""
    proof.finds_a_tenth(shape, sd)


def test_faster_is_an_improvement() -> None:
    """The same change the other way round."""
    proof.tells_faster_from_slower()


def test_a_tenth_is_found_while_the_machine_drifts() -> None:
    """Drift meets both sides of a pair."""
    proof.finds_a_tenth_while_the_machine_drifts()


def test_small_changes_pass() -> None:
    """A change below δ passes, however sure it is."""
    proof.tolerates_what_is_below_the_threshold()


def test_a_change_has_to_be_there_twice() -> None:
    """A regression of the first pairs alone is inconclusive, and says that it was not confirmed."""
    proof.asks_twice()


@pytest.mark.parametrize("name", proof.awkward())
def test_G03_an_awkward_machine_is_no_regression(name: str) -> None:
    """Two groups, drifts, a huge outlier, a clock that steps: pass or inconclusive."""
    proof.calm_on(name)


@pytest.mark.parametrize("slower", [0.0, math.log(1.1)])
def test_the_order_of_the_sides_does_not_matter(slower: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Base always first, head always first, and by turns: the same verdicts but for a few open ones."""
    series, found = simulated("normal", 0.02, 3), []
    for order in (schedule.order, lambda index: ("base", "head"), lambda index: ("head", "base")):
        monkeypatch.setattr(schedule, "order", order)
        found.append(verdicts(gate(series, slower)))
    expected = "regression" if slower else "pass"
    assert all(each[expected] >= 0.97 * len(series) for each in found)
    assert all(set(each) <= {expected, "inconclusive"} for each in found)

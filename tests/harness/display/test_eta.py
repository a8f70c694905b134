from __future__ import annotations

from dataclasses import replace

import pytest
from fitment.harness.display.eta import RUNGS, Eta, duration
from fitment.harness.sweeps.plan import Run
from fitment.registry.records import Cell, Configuration


def run(model: str = "a", compile_mode: str = "eager", unsupported: tuple[str, str] | None = None) -> Run:
    configuration = Configuration(1, "fp32", compile_mode)
    cell = Cell(model, "zoo", "", "forward", "cpu", "a cpu", "8", configuration)
    return Run(cell, cell.key, "cpu", "env", 0, 60.0, unsupported)


def test_nothing_is_promised_before_anything_is_known() -> None:
    """Without a finished run there is no ETA; with nothing left it is 0."""
    assert Eta().remaining_s([run()]) is None
    assert Eta().remaining_s([]) == 0


def test_the_nearest_kind_speaks() -> None:
    """A run is expected to take what its own model took, else its compile mode, else any."""
    eta = Eta()
    for seconds in (1.0, 2.0, 9.0):
        eta.record(run("a"), seconds)
    assert eta.remaining_s([run("a"), run("b")]) == 2 + 2
    eta.record(run("b", "inductor"), 60.0)
    assert eta.remaining_s([run("c", "inductor")]) == 60
    assert eta.remaining_s([run("a", "inductor")]) == 60
    assert eta.remaining_s([run("a", "other")]) == (2 + 9) / 2


def test_what_starts_no_child_takes_no_time() -> None:
    """Unsupported cells don't count."""
    assert Eta().remaining_s([run(unsupported=("unsupported_precision", "no"))]) == 0


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, "–"), (0.4, "0 s"), (99.4, "99 s"), (100, "2 min"), (600, "10 min"), (9000, "2.5 h")],
)
def test_durations_are_short(seconds: float | None, text: str) -> None:
    """One number and a unit; a dash while unknown."""
    assert duration(seconds) == text


def test_the_same_cell_speaks_first() -> None:
    """What this very cell took, now or in an earlier sweep, counts before what its model took."""
    eta = Eta()
    small, large = run("a"), run("a").at(64)
    eta.record(small, 1.0)
    eta.learn(large, 30.0)
    assert (eta.expected_s(large), eta.expected_s(small)) == (30, 1)
    assert eta.expected_s(large.at(32)) == (1 + 30) / 2


def test_a_ladder_takes_its_rungs_as_well() -> None:
    """Until its batch is found: as many as a batch of about 64 needs, each as long as rungs were so far."""
    eta = Eta()
    ladder = run("a").at(0)
    assert eta.expected_s(ladder) is None
    eta.record(run("a"), 10.0)
    assert eta.expected_s(ladder) == 10 + RUNGS * 10
    eta.record(replace(run("a").at(8), extra=True), 2.0)
    assert eta.expected_s(ladder) == 10 + RUNGS * 2
    assert eta.expected_s(run("a")) == 10

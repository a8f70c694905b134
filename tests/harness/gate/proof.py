"""What is claimed of the gate, each claim a function that raises AssertionError where it does not hold.

test_proof.py holds the gate to them; test_mutations.py breaks the gate, and the claims have to notice.
"""

from __future__ import annotations

import math

import numpy as np
from fitment.harness.gate.judgement import Verdict

from tests.harness.gate.series import PROCESSES, Floats, drawn, gate, simulated, times, verdicts

TENTH = math.log(1.10)
FOUND = 0.95
REGRESSION, IMPROVEMENT = Verdict.REGRESSION.value, Verdict.IMPROVEMENT.value
UNLUCKY_PROCESSES = 16  # as many as the first eight pairs take


def no_alarm(shape: str, sd: float, seed: int = 0) -> None:
    """A revision against itself, 300 times: neither slower nor faster."""
    _no_change(simulated(shape, sd, seed))


def no_alarm_on_recorded(busy: bool, seed: int = 0) -> None:
    """The same, of processes that really ran."""
    _no_change(drawn(seed, busy))


def finds_a_tenth(shape: str, sd: float, seed: int = 0) -> None:
    """A head that takes 10 % more is a regression in 95 of 100 trials or more."""
    assert _share(simulated(shape, sd, seed), TENTH, REGRESSION) >= FOUND


def tells_faster_from_slower() -> None:
    """A head that takes 9 % less is an improvement and no regression."""
    assert verdicts(gate(simulated("normal", 0.005, 0), -TENTH)) == {IMPROVEMENT: 300}


def tolerates_what_is_below_the_threshold() -> None:
    """+2 % is known for sure at a noise of 0.5 %, and no regression where 5 % are tolerated: it passes."""
    found = verdicts(gate(simulated("normal", 0.005, 0), math.log(1.02)))
    assert found == {Verdict.PASS.value: 300}


def finds_a_tenth_while_the_machine_drifts() -> None:
    """A load that comes and goes, 15 % to either side, slows both sides of a pair nearly alike."""
    load = 0.15 * np.sin(np.arange(PROCESSES) * 2.0 * math.pi / 48.0)
    assert _share(simulated("normal", 0.01, 0) + load, TENTH, REGRESSION) >= FOUND


def asks_twice() -> None:
    """What slows head in the first eight pairs alone is no regression but inconclusive, with the reason."""

    def unlucky(side: str, process: int, y: Floats) -> Floats:
        return y + TENTH if side == "head" and process < UNLUCKY_PROCESSES else y

    judged = times(gate(simulated("normal", 0.005, 0), hook=unlucky))
    assert {each.verdict for each in judged} == {Verdict.INCONCLUSIVE}
    assert all("not confirmed" in (each.note or "") for each in judged)


def awkward() -> dict[str, Floats]:
    """Series in which nothing was changed, and something happens."""
    quiet = simulated("normal", 0.005, 0, trials=60)
    trial, process = np.arange(60)[:, None], np.arange(PROCESSES)
    return {
        "two groups 20 % apart": simulated("grouped", 0.10, 0, trials=60),
        "6 % slower with each process": quiet + 0.06 * process,
        "3 % faster with each process": quiet - 0.03 * process,
        "one process ten times slower": quiet + math.log(10.0) * (process == trial % 32),
        "one process ten times faster": quiet - math.log(10.0) * (process == trial % 32),
        "the clock steps down by a fifth": quiet + math.log(1.25) * (process >= trial % 32),
        "the clock steps up by a fifth": quiet - math.log(1.25) * (process >= trial % 32),
    }


def calm_on(name: str) -> None:
    """Whatever happens to the machine while nothing was changed, it passes or is inconclusive."""
    assert set(verdicts(gate(awkward()[name]))) <= {Verdict.PASS.value, Verdict.INCONCLUSIVE.value}


def _no_change(series: Floats) -> None:
    found = verdicts(gate(series))
    assert found.total() == len(series)
    assert found[REGRESSION] == found[IMPROVEMENT] == 0


def _share(series: Floats, slower: float, verdict: str) -> float:
    return verdicts(gate(series, slower))[verdict] / len(series)

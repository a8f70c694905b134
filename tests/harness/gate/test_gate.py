"""The gate put together: each benchmark has its verdict; what can't be judged is listed and never passes."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from fitment.harness.gate.baseline import Baseline, of_report
from fitment.harness.gate.errors import BaselineError, GateError, NothingMeasuredError, PassFailedError
from fitment.harness.gate.gate import gate_baseline, record
from fitment.harness.gate.history import History
from fitment.harness.gate.judgement import Verdict, exit_code
from fitment.harness.gate.observation import Observation, Standing
from fitment.harness.gate.options import Options
from fitment.harness.gate.report import GateReport

from tests.harness.gate.scripted import Does, Scripted, ended, gated, taking, time_of
from tests.harness.gate.series import HEAD, Simulated, gate, simulated, verdicts
from tests.harness.gate.sessions import gate_recorded, sessions


def against(baseline: Baseline, runner: Scripted) -> GateReport:
    """Head against what was recorded."""
    return gate_baseline(runner, History(), baseline, HEAD, Options(), lambda line: None)


def recorded(runner: Scripted) -> Baseline:
    """Head's session as a baseline."""
    return of_report(record(runner, HEAD, Options(), lambda line: None), "baseline nightly")


def test_each_benchmark_has_its_verdict() -> None:
    """Slower, faster, equal, new, removed, failing, skipped: one line each, in the order of collection."""
    base = {"same": 0.01, "gone": 0.01, "slow": 0.01, "fast": 0.01, "bad": 0.01, "off": 0.01}
    head = {
        "slow": 0.012,
        "bad": ended(Standing.FAILED, "ValueError: no"),
        "off": ended(Standing.DISABLED, "--benchmark-disable"),
        "new": 0.01,
        "fast": 0.008,
        "same": 0.0104,
    }
    report = gated(Scripted(base, head))
    assert [(each.benchmark, each.verdict) for each in report.judgements] == [
        ("slow", Verdict.REGRESSION),
        ("bad", Verdict.ERRORED),
        ("off", Verdict.NOT_MEASURED),
        ("new", Verdict.NEW),
        ("fast", Verdict.IMPROVEMENT),
        ("same", Verdict.PASS),
        ("gone", Verdict.REMOVED),
    ]
    assert time_of(report, "bad").note == "failed on head: ValueError: no"
    slow = time_of(report, "slow")
    assert slow.estimate == slow.low == slow.high == pytest.approx(math.log(1.2))
    assert (slow.pairs, slow.base, slow.head, slow.delta) == (8, 0.01, 0.012, 0.05)
    assert exit_code(report.judgements, strict=False) == 5
    assert report.processes["slow"] == (0.012,) * 8
    assert report.suite is not None
    assert report.suite.benchmarks == 3


def test_processes_run_in_turn_with_equal_seeds_in_a_pair() -> None:
    """Two counting processes a side, then ABBA; a candidate's confirmation has seeds of its own."""
    runner = Scripted({"a": 0.01, "b": 0.01}, {"a": 0.012, "b": 0.01})
    gated(runner, seed=7)
    assert [call[0] for call in runner.asked[:8]] == ["base", "head"] * 2 + ["base", "head", "head", "base"]
    timed = runner.asked[4:]
    assert [call[1] for call in timed] == [("a", "b")] * 16 + [("a",)] * 16
    seeds = [call[2] for call in timed]
    assert seeds[0::2] == seeds[1::2]
    assert len(set(seeds)) == 16


def test_more_pairs_until_decided() -> None:
    """What 8 pairs leave open gets 4 more at a time, up to 24, alone; then it says how many would do."""
    wide = np.random.default_rng(0).normal(0.0, 0.15, 48)

    def jumps(counting: bool, index: int) -> Observation:
        median = None if counting else 0.01 * math.exp(wide[index])
        return Observation("", Standing.MEASURED, median, rounds=20)

    runner = Scripted({"calm": 0.01, "wild": 0.01}, {"calm": 0.01, "wild": jumps})
    report = gated(runner)
    wild = time_of(report, "wild")
    assert (wild.verdict, wild.pairs) == (Verdict.INCONCLUSIVE, 24)
    assert time_of(report, "calm").pairs == 8
    assert [call[1] for call in runner.asked[20:]] == [("wild",)] * 32
    assert wild.pairs_needed is not None
    assert wild.note == f"could not tell (needs about {wild.pairs_needed} pairs)"
    assert exit_code(report.judgements, strict=True) == 6


def test_a_pair_with_one_side_is_no_pair() -> None:
    """Head says nothing in its third process: 7 pairs decide nothing, so that 4 more are run."""

    def absent(counting: bool, index: int) -> Observation | None:
        return None if not counting and index == 2 else Observation("", Standing.MEASURED, 0.01, rounds=20)

    report = gated(Scripted({"a": 0.01}, {"a": absent}))
    assert (time_of(report, "a").verdict, time_of(report, "a").pairs) == (Verdict.PASS, 11)


def test_failing_later_is_an_error() -> None:
    """A benchmark that fails in a later process is errored, whatever its other pairs say."""
    report = gated(Scripted({"a": 0.01}, {"a": ended(Standing.FAILED, "OSError", since=6, seconds=0.02)}))
    assert time_of(report, "a").verdict is Verdict.ERRORED
    assert exit_code(report.judgements, strict=False) == 4


@pytest.mark.parametrize("median", [None, 0.0, math.nan])
def test_no_number_never_wins(median: float | None) -> None:
    """Processes without a time, or with one of 0 or NaN, are not measured: no improvement, no pass."""
    report = gated(Scripted({"a": 0.01}, {"a": taking(median)}))  # type: ignore[arg-type]
    assert time_of(report, "a").verdict is Verdict.NOT_MEASURED
    assert exit_code(report.judgements, strict=False) == 4


def test_no_benchmark_in_common_is_listed_and_ends_with_4() -> None:
    """Both are listed, nothing is judged, and the report says so."""
    report = gated(Scripted({"old": 0.01}, {"new": 0.01}))
    assert {each.verdict for each in report.judgements} == {Verdict.NEW, Verdict.REMOVED}
    assert exit_code(report.judgements, strict=False) == 4
    assert report.notes == ("nothing could be judged: no benchmark ran on both sides",)


def test_nothing_collected_is_refused() -> None:
    """A selection without a benchmark is a mistake, with the way out."""
    with pytest.raises(NothingMeasuredError, match="check the paths, -k and -m"):
        gated(Scripted({}, {}))
    with pytest.raises(NothingMeasuredError):
        record(Scripted({}, {}), HEAD, Options(), lambda line: None)


def test_the_other_sides_modules_are_refused() -> None:
    """Base is never compared with itself."""
    with pytest.raises(GateError, match=r"imported mine\.core from outside its own tree"):
        gated(Scripted({"a": 0.01}, {"a": 0.01}, strays=("mine.core",)))


def test_two_failed_processes_are_left_out_and_a_third_ends_it() -> None:
    """A process that dies costs its pair and is noted; three are no accident."""

    def dying(times: int) -> GateReport:
        def does(counting: bool, index: int) -> Observation:
            if not counting and 1 <= index <= times:
                raise PassFailedError("killed by SIGKILL")
            return Observation("", Standing.MEASURED, 0.01, rounds=20)

        return gated(Scripted({"a": 0.01}, {"a": does}))

    report = dying(2)
    assert (time_of(report, "a").verdict, time_of(report, "a").pairs) == (Verdict.PASS, 10)
    assert report.notes == ("a process of head failed and is left out: killed by SIGKILL",)
    with pytest.raises(PassFailedError, match="SIGKILL"):
        dying(3)


def test_counters_are_gated_beside_times() -> None:
    """Equal times and 2 % more bytes are a regression of the bytes."""
    base = {"a": taking(0.01, counters={"bytes": 1000.0, "launches": 0.0})}
    report = gated(Scripted(base, {"a": taking(0.01, counters={"bytes": 1020.0, "launches": 0.0})}))
    assert [(each.metric, each.verdict.value) for each in report.judgements] == [
        ("time", "pass"),
        ("bytes", "regression"),
        ("launches", "pass"),
    ]
    assert report.counters == {"a": {"bytes": 1020.0, "launches": 0.0}}


def test_what_was_recorded_has_counters_that_gate() -> None:
    """Without a history of sessions times are inconclusive and say why; the counters decide."""
    baseline = recorded(Scripted({}, {"a": taking(0.01, counters={"bytes": 1000.0}), "gone": 0.01}))
    report = against(baseline, Scripted({}, {"a": taking(0.02, counters={"bytes": 1000.0}), "new": 0.01}))
    assert [(each.benchmark, each.metric, each.verdict.value) for each in report.judgements] == [
        ("a", "time", "inconclusive"),
        ("a", "bytes", "pass"),
        ("new", "time", "new"),
        ("gone", "time", "removed"),
    ]
    assert "unknown (0 of 30 sessions of one code)" in (time_of(report, "a").note or "")
    assert exit_code(report.judgements, strict=False) == 0
    assert report.processes["new"] == (0.01,) * 8
    assert report.base.recorded


def test_counters_alone_need_no_timed_process() -> None:
    """A baseline of counters only is compared in two processes, on any machine of its counters' class."""
    whole = recorded(Scripted({}, {"a": taking(0.01, counters={"bytes": 1000.0})}))
    runner = Scripted({}, {"a": taking(0.01, counters={"bytes": 1100.0})})
    report = against(replace(whole, processes={}, machine_class="another"), runner)
    assert [(each.metric, each.verdict.value) for each in report.judgements] == [("bytes", "regression")]
    assert [call[1] for call in runner.asked] == [None, None, ("a",), ("a",)]  # the last two to confirm it
    assert all(call[3] for call in runner.asked)


def test_a_counter_has_to_change_in_four_processes() -> None:
    """One that is one of two values by chance is too noisy, however the first two of each side fell out."""

    def sometimes(*large: int) -> Does:
        """Counts 5 % more in those processes that count."""

        def does(counting: bool, index: int) -> Observation | None:
            counters = {"bytes": 1050.0 if index in large else 1000.0}
            return taking(0.01, counters=counters)(counting, index)

        return does

    for head in (sometimes(0, 1), sometimes(0, 1, 3)):
        (judged,) = (
            each
            for each in gated(Scripted({"a": sometimes()}, {"a": head})).judgements
            if each.metric == "bytes"
        )
        assert judged.verdict is Verdict.TOO_NOISY
    report = gated(Scripted({"a": sometimes()}, {"a": sometimes(0, 1, 2, 3)}))
    (judged,) = (each for each in report.judgements if each.metric == "bytes")
    assert (judged.verdict, judged.pairs) == (Verdict.REGRESSION, 4)


def test_another_machines_times_are_not_compared() -> None:
    """With counters of this class they alone gate; without, the baseline is refused."""
    whole = recorded(Scripted({}, {"a": taking(0.01, counters={"bytes": 1000.0})}))
    foreign = replace(whole, machine_class="another")
    report = against(foreign, Scripted({}, {"a": taking(0.05, counters={"bytes": 1000.0})}))
    assert [each.verdict.value for each in report.judgements] == ["not measured", "pass"]
    with pytest.raises(BaselineError, match="recorded on another machine"):
        against(replace(foreign, counter_class="another"), Scripted({}, {"a": 0.01}))


@pytest.mark.parametrize("sd", [0.005, 0.02, 0.04])
def test_no_alarm_between_sessions_that_drift(sd: float) -> None:
    """300 sessions against recorded ones, 3 % apart by themselves: no regression; +50 % is found."""
    past = sessions(0, 32, sd, 300)
    found = verdicts(gate_recorded(past[:30], past[30], past[31]))
    assert found["regression"] == found["improvement"] == 0
    found = verdicts(gate_recorded(past[:30], past[30], past[31], math.log(1.5)))
    assert found["regression"] >= 0.95 * 300


def test_29_sessions_are_no_history() -> None:
    """Without 30 sessions of one code the times decide nothing, however much slower."""
    past = sessions(0, 31, 0.01, 20)
    assert verdicts(gate_recorded(past[:29], past[29], past[30], math.log(3.0))) == {"inconclusive": 20}


def test_progress_is_told() -> None:
    """One line before each set of processes."""
    said: list[str] = []
    series = simulated("normal", 0.01, 0, trials=2)
    record(Simulated(series), HEAD, Options(), said.append)
    assert said == ["counting: 2 processes of head", "first processes 1 to 8 of 2 benchmarks"]
    assert verdicts(gate(series)) == {"pass": 2}

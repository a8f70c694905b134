"""Which benchmarks can be compared, and what is said of the others."""

from __future__ import annotations

from fitment.harness.gate.observation import Observation, Pass, Standing
from fitment.harness.gate.roster import Roster, comparable, recorded_roster, roster, settled

RAN = Standing.MEASURED


def side(*said: dict[str, Standing]) -> Roster:
    """A side whose processes ended so."""
    return roster([Pass(tuple(Observation(n, s, reason="why") for n, s in one.items()), {}) for one in said])


def test_the_worst_process_counts() -> None:
    """Failing in one of two processes is failing; what only one process has can't be followed."""
    base = side({"a": RAN, "b": RAN, "c": RAN}, {"a": RAN, "b": RAN, "c": RAN})
    head = side({"c": RAN, "a": RAN, "b": RAN}, {"c": RAN, "a": Standing.FAILED})
    assert comparable(base, head) == ["c"]
    assert [(each.benchmark, each.verdict.value, each.note) for each in settled(base, head)] == [
        ("a", "errored", "failed on head: why"),
        ("b", "not measured", "skipped on head: not every process has it: its name changes from run to run"),
    ]


def test_failing_is_worse_than_being_skipped() -> None:
    """Skipped on head and failed on base is errored."""
    base, head = side({"a": Standing.FAILED}), side({"a": Standing.SKIPPED})
    assert [each.verdict.value for each in settled(base, head)] == ["errored"]


def test_new_ones_that_fail_are_errored() -> None:
    """A new benchmark that does not run is no novelty."""
    found = settled(side({}), side({"a": Standing.FAILED, "b": RAN, "c": Standing.DISABLED}))
    assert [each.verdict.value for each in found] == ["errored", "new", "new"]


def test_a_file_that_base_cannot_collect_is_errored() -> None:
    """What its import says is the way out: its benchmarks are not just new."""
    found = settled(side({"test_a.py": Standing.FAILED, "b": RAN}), side({"test_a.py::a": RAN}))
    assert [(each.verdict.value, each.note) for each in found] == [
        ("new", "only in head"),
        ("errored", "failed on base: why"),
        ("removed", "only in base"),
    ]


def test_a_recorded_side() -> None:
    """It has what it has times or counters of."""
    found = recorded_roster({"a": [1.0]}, {"b": {"bytes": 1.0}})
    assert found.measured() == ["a", "b"]
    assert found.counters == {"b": ({"bytes": 1.0},)}
    assert found.device_kind("z") == "cpu"

"""A benchmark that is called once, or once more to be counted, as if pytest-benchmark had timed it."""

from __future__ import annotations

from typing import Any

import pytest
from fitment.harness.gate.once import CountingFixture, OnceFixture, untimed
from pytest_benchmark.fixture import BenchmarkFixture, FixtureAlreadyUsed
from pytest_benchmark.timers import default_timer
from pytest_benchmark.utils import NameWrapper


def fixture(kind: type[OnceFixture]) -> tuple[Any, list[object]]:
    """pytest-benchmark's own, made one of that kind, and what its session gets to see."""
    seen: list[object] = []
    node = type("Node", (), {"name": "test_b", "nodeid": "test_b.py::test_b"})()
    options = dict.fromkeys(("disable_gc", "warmup", "disabled", "cprofile", "cprofile_dump"), False)
    numbers = dict.fromkeys(("min_rounds", "min_time", "max_time", "warmup_iterations", "cprofile_loops"), 1)
    made = BenchmarkFixture(  # type: ignore[no-untyped-call]
        node,
        timer=NameWrapper(default_timer),  # type: ignore[no-untyped-call]
        precision=None,
        confidence=None,
        calibration_precision=10,
        add_stats=seen.append,
        logger=None,
        warner=None,
        **options,
        **numbers,
    )
    untimed(made, kind)
    return made, seen


@pytest.mark.parametrize(("kind", "times"), [(OnceFixture, 1), (CountingFixture, 2)])
def test_a_plain_benchmark(kind: type[OnceFixture], times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its result comes back, its one time is there to be read, and nobody's table gets it."""
    monkeypatch.setattr("fitment.harness.gate.counting.instructions.per_call", lambda call: {})
    benchmark, seen = fixture(kind)
    calls: list[tuple[int, int]] = []

    def work(a: int, b: int = 0) -> int:
        calls.append((a, b))
        return a + b

    assert benchmark(work, 1, b=2) == 3
    assert calls == [(1, 2)] * times
    assert benchmark.stats["rounds"] == 1
    assert benchmark.stats["mean"] >= 0
    assert (benchmark.disabled, seen) == (True, [])


@pytest.mark.parametrize(("kind", "times"), [(OnceFixture, 1), (CountingFixture, 2)])
def test_setup_and_teardown_come_with_each_call(kind: type[OnceFixture], times: int) -> None:
    """In turn, the arguments made anew."""
    benchmark, _ = fixture(kind)
    done: list[str] = []

    def setup() -> tuple[tuple[list[int]], dict[str, int]]:
        done.append("setup")
        return ([1],), {}

    benchmark.pedantic(
        lambda values: done.append(f"call {values.pop()}"),
        setup=setup,
        teardown=lambda values: done.append(f"teardown {values}"),
        rounds=5,
    )
    assert done == ["setup", "call 1", "teardown []"] * times


@pytest.mark.parametrize("kind", [OnceFixture, CountingFixture])
def test_what_is_meant_to_run_once_runs_once(kind: type[OnceFixture]) -> None:
    """One round of one call may not bear another: it is counted as it is."""
    benchmark, _ = fixture(kind)
    calls: list[int] = []
    benchmark.pedantic(calls.append, args=(1,))
    assert calls == [1]
    assert benchmark.stats is not None
    assert kind is OnceFixture or benchmark.counters


def test_a_mistake_in_its_use_is_pytest_benchmarks_own() -> None:
    """Used twice, arguments twice; what the function raises comes out, and is marked."""
    benchmark, _ = fixture(OnceFixture)
    benchmark(len, "")
    with pytest.raises(FixtureAlreadyUsed, match="can only be used once"):
        benchmark.pedantic(len, args=("",))
    benchmark, _ = fixture(OnceFixture)
    with pytest.raises(TypeError, match="if `setup` returns the arguments"):
        benchmark.pedantic(len, args=("",), setup=lambda: (("",), {}))
    benchmark, _ = fixture(CountingFixture)
    with pytest.raises(ValueError, match="invalid literal"):
        benchmark(int, "x")
    assert benchmark.has_error

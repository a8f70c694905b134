"""The tests of a run that asks for the gate: each benchmark once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from fitment.harness.gate.untimed import MARK, UntimedRun, is_benchmark


def item(*names: str) -> pytest.Item:
    """A test with these fixtures."""
    return cast(pytest.Item, SimpleNamespace(fixturenames=names))


def test_a_benchmark_is_what_takes_the_fixture() -> None:
    """However it comes to it; what has no fixtures is none."""
    assert is_benchmark(item("tmp_path", "benchmark"))
    assert not is_benchmark(item("tmp_path"))
    assert not is_benchmark(cast(pytest.Item, SimpleNamespace()))


@pytest.mark.parametrize(("names", "marked"), [(("benchmark",), True), ((), False)])
def test_its_report_is_marked(names: tuple[str, ...], marked: bool) -> None:
    """By something that xdist can send."""
    report = SimpleNamespace()
    hook = UntimedRun().pytest_runtest_makereport(item(*names))
    next(hook)
    with pytest.raises(StopIteration) as ended:
        hook.send(report)  # type: ignore[arg-type]
    assert ended.value.value is report
    assert getattr(report, MARK, False) is marked


def test_other_fixtures_stay_what_they_are() -> None:
    """Also one that is called benchmark and is not pytest-benchmark's."""
    for name in ("tmp_path", "benchmark"):
        fixture = object()
        hook = UntimedRun().pytest_fixture_setup(
            cast("pytest.FixtureDef[object]", SimpleNamespace(argname=name))
        )
        next(hook)
        with pytest.raises(StopIteration) as ended:
            hook.send(fixture)  # type: ignore[arg-type]
        assert ended.value.value is fixture

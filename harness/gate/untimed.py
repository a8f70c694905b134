"""What ``--fitment-gate`` does to the tests: each benchmark runs once, as a test. Workers of xdist, too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from .once import OnceFixture, untimed

MARK = "fitment_benchmark"  # of a report: it travels from an xdist worker to the gate


def register(config: pytest.Config) -> None:
    """Registers it."""
    config.pluginmanager.register(UntimedRun(), "fitment-gate-untimed")


def is_benchmark(item: pytest.Item) -> bool:
    """Whether a test takes pytest-benchmark's fixture, itself or through another one."""
    return "benchmark" in getattr(item, "fixturenames", ())


class UntimedRun:
    """Its hooks: this process times nothing."""

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
        """Makes pytest-benchmark's fixture one that calls the function once."""
        fixture = yield
        if fixturedef.argname == "benchmark" and isinstance(fixture, BenchmarkFixture):
            untimed(fixture, OnceFixture)
        return fixture

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Iterator[None]:
        """Marks the report of a benchmark."""
        report = yield
        if is_benchmark(item):
            setattr(report, MARK, True)
        return report

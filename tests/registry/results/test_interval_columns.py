"""Intervals of located figures."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from fitment.kernels.intervals import location_interval
from fitment.registry.results.interval_columns import with_intervals
from fitment.registry.results.located import located

from tests.registry.results.random_results import result, tables_of


def stated(*runs: dict[str, Any]) -> dict[str, Any]:
    """The one candidate of these runs."""
    with tables_of([result(i, **run) for i, run in enumerate(runs, 1)]) as connection:
        (found,) = with_intervals(located(connection, None)).to_pylist()
    return dict(found)


def test_several_processes() -> None:
    """The interval is that of their median; of the latency that the most have, the best one first."""
    throughputs, latencies = (10.0, 14.0, 11.0), (0.1, 0.2, 0.15)
    runs = [{"throughput": x, "latency_p50_s": y} for x, y in zip(throughputs, latencies, strict=True)]
    found = stated(*runs, {"status": "crashed", "throughput": None})
    assert (found["statistic"], found["n_latency"], found["interval_basis"]) == ("p50", 3, "processes")
    for name, values in (("throughput", throughputs), ("latency", latencies)):
        expected = location_interval(values)
        limits = (found[f"{name}_low"], found[f"{name}_high"])
        assert limits == pytest.approx((expected.low, expected.high), rel=1e-6)


@pytest.mark.parametrize(
    ("have", "statistic", "n"),
    [
        (("p95", "p50", "mean"), "p95", 1),
        (("p50", "mean"), "p50", 1),
        (("mean",), "mean", 1),
        ((), "p95", 0),
    ],
)
def test_the_statistic_that_the_most_have(have: tuple[str, ...], statistic: str, n: int) -> None:
    """Of those that as many have it is the first of p95, p50 and mean."""
    found = stated({f"latency_{name}_s": 0.1 for name in have})
    assert (found["statistic"], found["n_latency"]) == (statistic, n)
    assert (found["throughput_low"], found["latency_low"], found["interval_basis"]) == (None, None, None)


def test_one_process() -> None:
    """What was found inside it is passed on, of latency only where that is p50."""
    inside = {
        "throughput_low": 9.0,
        "throughput_high": 11.0,
        "latency_p50_low_s": 0.09,
        "latency_p50_high_s": 0.12,
    }
    found = stated({"latency_p50_s": 0.1} | inside)
    assert [found[name] for name in ("throughput_low", "throughput_high")] == [9.0, 11.0]
    assert (found["latency_low"], found["latency_high"], found["interval_basis"]) == (0.09, 0.12, "samples")
    found = stated({"latency_p50_s": 0.1, "latency_p95_s": 0.2} | inside)
    assert (found["latency_low"], found["latency_high"], found["interval_basis"]) == (None, None, "samples")


def test_a_latency_that_one_of_several_has() -> None:
    """It has none: not of processes, of which there is one, nor from inside, of which there are two."""
    found = stated({"latency_p50_s": 0.1, "latency_p50_low_s": 0.09}, {"throughput": 20.0})
    assert (found["n_latency"], found["latency_low"], found["interval_basis"]) == (1, None, "processes")


def test_nothing_located() -> None:
    """No row stays no row, with all columns."""
    with tables_of([]) as connection:
        found = with_intervals(located(connection, None))
    assert found.num_rows == 0
    assert {"statistic", "latency_low", "throughput_high", "interval_basis"} <= set(found.column_names)
    assert isinstance(found, pa.Table)

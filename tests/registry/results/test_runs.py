"""The runs behind estimates."""

from __future__ import annotations

import numpy as np
from fitment.registry.answers import Process
from fitment.registry.results.runs import Runs, runs_of

from tests.registry.results.random_results import result, tables_of

ROWS = [
    result(1, throughput=30.0, latency_p50_s=0.1),
    result(2, batch=8, throughput=5.0),
    result(3, throughput=10.0, latency_p95_s=0.4, peak_memory_bytes=7),
    result(4, status="crashed", throughput=20.0),
    result(5, throughput=None),
    result(6, batch=64, status="oom_host", throughput=None),
    result(7, provenance="simulated"),
]


def test_runs_of_candidates() -> None:
    """Processes are the usable ones, by what they reached; ids ascend, those of failures are among all."""
    with tables_of(ROWS) as connection:
        found = runs_of(connection, np.array([1, 3, 99], np.int32))
        assert runs_of(connection, np.array([], np.int32)) == {}
    reached = (Process(10.0, 0.4, None, None, 7), Process(30.0, None, 0.1, None, None))
    assert found == {1: Runs(reached, (1, 3), (1, 3, 4, 5)), 3: Runs((), (), (6,))}

"""Pairs without a score have a reason; ``test_best_rows.py`` holds them to single answers."""

from __future__ import annotations

import numpy as np
from fitment.registry.fit import profiles
from fitment.registry.fit.rejected_pairs import rejected_pairs
from fitment.registry.fit.suitability import calculate_scores
from fitment.registry.storage.store import Store

from tests.registry.fit.stores import HERE, THERE, journalling, measure

DEFAULT = profiles.shipped()[profiles.DEFAULT]


def test_hardware_that_is_not_scored(unscored_store: Store) -> None:
    """Its reason, the ids of all its results, and the weights of those that are."""
    with journalling(unscored_store):
        measure(unscored_store, "huge", THERE, 1, 5.0, peak_memory_bytes=None, memory_scope=None)
        ids = [
            measure(unscored_store, "huge", HERE, 1, None, status="oom_host", invocation=i) for i in range(2)
        ]
    calculate_scores(unscored_store)
    group = ("huge", "", "forward", "3x224x224", "samples/s")
    with unscored_store.reading() as connection:
        found = connection.execute(
            "SELECT c.id FROM candidates c JOIN models m ON m.id = model_id WHERE m.name = 'huge'"
        ).fetchnumpy()
        (row,) = rejected_pairs(connection, found["id"], {(group, THERE.hardware)}, DEFAULT)
        stored = connection.execute(
            "SELECT list_sort(list(id)) FROM performance_results WHERE model = 'huge' AND status = 'oom_host'"
        ).fetchall()
        assert list(rejected_pairs(connection, np.empty(0, np.int32), set(), DEFAULT)) == []
    assert (row["model"], row["hardware"]) == ("huge", HERE.hardware)
    assert row["notes"] == "out of memory at batch 1, fp32, eager"
    assert len(row["result_ids"]) == len(ids)
    assert row["result_ids"] == stored[0][0]
    assert (row["weight_throughput"], row["weight_latency"], row["weight_memory"]) == (0.625, 0.3 / 0.8, 0.0)

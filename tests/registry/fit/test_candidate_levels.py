"""What is known of all candidates, in levels: by group, hardware, stack and configuration."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from fitment.kernels.decided_configurations import OUT_OF_MEMORY, RAN
from fitment.registry.fit.candidate_levels import Candidates, candidate_levels
from fitment.registry.fit.suitability import calculate_scores
from fitment.registry.storage.store import Store

from tests.registry.fit.stores import HERE, THERE, journalling, measure


def levels_of(store: Store) -> Candidates:
    with store.reading() as connection:
        return candidate_levels(connection)


def test_levels_are_in_the_order_of_names(scored: Store) -> None:
    """Two models on two machines: where each begins, and the configurations in their order."""
    found = levels_of(scored)
    assert found.groups["model"].tolist() == ["net", "other"]
    assert [found.hardware[i] for i in found.of_hardware] == [THERE.hardware, HERE.hardware, THERE.hardware]
    assert found.levels.groups.tolist() == [0, 2, 3]
    assert found.levels.hardware.tolist() == [0, 1, 2, 3]
    assert found.levels.stacks.tolist() == [0, 3, 6, 7]
    assert [k.batch for k in found.configurations] == [1, 8, 64]
    assert found.columns["place"].tolist() == [0, 1, 2, 0, 1, 2, 0]
    assert found.columns["state"].tolist() == [RAN] * 5 + [OUT_OF_MEMORY, RAN]
    assert found.columns["throughput"].tolist()[3:5] == [11.0, 30.0]
    assert found.columns["n"].tolist() == [1, 1, 1, 3, 1, 0, 1]
    assert np.isnan(found.columns["memory"]).tolist() == [False] * 5 + [True, False]
    assert found.columns["capacity"].tolist() == [64 << 30] * 3 + [8 << 30] * 3 + [64 << 30]
    assert [found.minors[i] for i in found.columns["minor"]] == ["2.13"] * 7


def test_which_stack_speaks_first(scored_store: Store) -> None:
    """One measured here, then the newest torch, by its numbers; all that was decided is in the levels."""
    newer, newest = (replace(THERE, torch=torch) for torch in ("2.14.0", "2.100.0"))
    with journalling(scored_store):
        for environment in (newer, newest):
            measure(scored_store, "net", environment, 8, 600.0)
        measure(scored_store, "net", replace(HERE, torch="2.14.0", host="a twin"), 8, 40.0)
    calculate_scores(scored_store)
    found = levels_of(scored_store)
    minors = [found.minors[i] for i in found.columns["minor"][found.levels.stacks[:-1]]]
    assert found.levels.hardware.tolist() == [0, 3, 5, 6]
    assert minors == ["2.100", "2.14", "2.13", "2.13", "2.14", "2.13"]


def test_of_environments_the_one_with_most_runs_counts(scored_store: Store) -> None:
    """Two machines of one stack have measured a configuration: one of them stands for it."""
    with journalling(scored_store):
        for invocation in range(2):
            measure(
                scored_store,
                "net",
                replace(THERE, host="a twin"),
                8,
                450.0 + invocation,
                invocation=invocation,
            )
    calculate_scores(scored_store)
    found = levels_of(scored_store)
    assert found.levels.stacks.tolist() == [0, 3, 6, 7]
    assert found.columns["throughput"][1] == 450.5
    assert len(found.known["n"]) == 8

from __future__ import annotations

from dataclasses import replace

from fitment.harness.sweeps.made import Made, made_by_model

from tests.registry.storage import examples

CELL = examples.measured(1).cell


def test_results_by_model_and_version() -> None:
    """In the order in which models were first measured, each with its scenarios and sorted ids."""
    other, version = replace(CELL, model="other"), replace(CELL, model_version="v2")
    trained = replace(other, scenario="train_step")
    found = made_by_model(
        [
            (8, CELL, "oom_host"),
            (4, other, "ok"),
            (5, CELL, "ok"),
            (6, trained, "ok"),
            (7, version, "timeout"),
        ]
    )
    assert found == (
        Made("other", "", ("forward", "train_step"), (4, 6), ok=2),
        Made(CELL.model, "", ("forward",), (5, 8), ok=1),
        Made(CELL.model, "v2", ("forward",), (7,), ok=0),
    )
    assert made_by_model([]) == ()

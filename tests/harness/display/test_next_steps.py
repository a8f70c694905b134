from __future__ import annotations

from fitment.harness.cli.options import result_ids
from fitment.harness.display.next_steps import MODELS_SHOWN, next_steps, result_line
from fitment.harness.sweeps.made import Made

ONE = Made("resnet18", "", ("forward",), (217, 218, 219, 245), ok=4)


def test_ids_stand_with_their_model() -> None:
    """In ranges; a declared version is said; of many models the ids alone."""
    trained = Made("my net", "v2", ("train_step",), (220,), ok=1)
    assert result_line([ONE, trained]) == "Results: 217–219, 245 of resnet18, 220 of my net v2."
    many = [Made(f"m{i}", "", ("forward",), (i,), ok=1) for i in range(1, MODELS_SHOWN + 2)]
    assert result_line(many).startswith(f"Results: 1–{MODELS_SHOWN + 1}, of {MODELS_SHOWN + 1} models; ")


def test_the_next_commands_can_be_typed() -> None:
    """On the same store; what was measured as a version is not linked to one, and training is asked for."""
    assert next_steps([ONE], ["--db-path", "my store.duckdb"]) == [
        "Next:",
        "  fitment recommend resnet18 --db-path 'my store.duckdb'",
        "  fitment link-tests resnet18 VERSION --result-ids 217-219,245 --db-path 'my store.duckdb'",
    ]
    assert result_ids("217-219,245") == list(ONE.ids)
    assert next_steps([Made("my net", "v2", ("train_step",), (220,), ok=1), ONE]) == [
        "Next:",
        "  fitment recommend 'my net' --task training",
        "  fitment add-version 'my net' v2",
    ]
    assert next_steps([]) == next_steps([Made("broken", "", ("forward",), (1,), ok=0)]) == []

from __future__ import annotations

from pathlib import Path

from fitment.registry.results.link import link_results
from fitment.registry.results.named import named_results
from fitment.registry.results.retract import reinstate, retract

from tests.registry.catalogue import decisions


def test_results_by_what_they_are_of(tmp_path: Path) -> None:
    """The linked version stands before the declared one; ids that are not there are left out."""
    store = decisions.fill(tmp_path / "x.duckdb")
    link_results(store, "resnet18", "v2", [2])
    with store.reading() as con:
        found = named_results(con, [5, 4, 2, 1, 99])
    assert [(each.id, each.model, each.version, each.configuration.batch) for each in found] == [
        (1, "resnet18", "", 1),
        (2, "resnet18", "v2", 2),
        (4, "resnet18", "v1", 8),
        (5, "resnet34", "", 1),
    ]


def test_retracting_and_undoing_name_what_changed(tmp_path: Path) -> None:
    """What was retracted before is not named again."""
    store = decisions.fill(tmp_path / "x.duckdb")
    retract(store, [1], "first")
    assert [each.id for each in retract(store, [1, 2], "second").named] == [2]
    assert [each.id for each in reinstate(store, [1, 2], "third").named] == [1, 2]

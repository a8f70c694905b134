"""Whether what is derived knows all results."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fitment.registry.catalogue.aliases import remove_alias, set_alias
from fitment.registry.catalogue.naming import rename_model
from fitment.registry.catalogue.versions import add_version, delete_version
from fitment.registry.changes.snapshots import create_snapshot
from fitment.registry.fit.suitability import calculate_scores, derive_scores
from fitment.registry.results.behind import UNCONCERNED, changes_unknown_to_scores, is_current
from fitment.registry.results.estimates import group_estimates
from fitment.registry.results.link import link_results
from fitment.registry.results.retract import reinstate, retract
from fitment.registry.storage import apply, apply_decisions, apply_lineage, apply_models, rebuild
from fitment.registry.storage.store import Store

from tests.registry.catalogue import decisions
from tests.registry.storage import examples


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two models, one with a version that holds a result; scored since."""
    store = decisions.fill(tmp_path_factory.mktemp("behind") / "x.duckdb")
    link_results(store, "resnet18", "v2", [1])
    retract(store, [3], "r")
    calculate_scores(store)
    return store


def standing(store: Store) -> tuple[bool, int]:
    """Whether the estimates are current, and how many changes the scores don't know."""
    with store.reading() as con:
        return is_current(con), changes_unknown_to_scores(con)


def test_what_changes_no_result_leaves_estimates_current(store: Store) -> None:
    """An added version, an alias, a snapshot: the stored estimates are what would be made again."""
    add_version(store, "resnet18", "v3", "hash")
    set_alias(store, "resnet18", "production", "v2")
    remove_alias(store, "resnet18", "production")
    create_snapshot(store, "resnet18", "v2")
    assert standing(store) == (True, 0)
    with store.reading() as con:
        stored = {e.evidence.result_ids: e for e in group_estimates(con)}
    calculate_scores(store)
    with store.reading() as con:
        assert {e.evidence.result_ids: e for e in group_estimates(con)} == stored


CHANGES: list[Callable[[Store], object]] = [
    lambda store: link_results(store, "resnet18", "v2", [2]),
    lambda store: delete_version(store, "resnet18", "v2"),
    lambda store: rename_model(store, "resnet18", "r18"),
    lambda store: retract(store, [1], "r"),
    lambda store: reinstate(store, [3], "r"),
    lambda store: decisions.measure(store, "resnet18", "", 16),
]


@pytest.mark.parametrize(
    "change", CHANGES, ids=["link", "delete", "rename", "retract", "reinstate", "measure"]
)
def test_what_changes_results_makes_them_stale(store: Store, change: Callable[[Store], object]) -> None:
    """Until the scores are made again."""
    change(store)
    assert standing(store) == (False, 1)
    calculate_scores(store)
    assert standing(store) == (True, 0)


def test_a_rebuild_derives_the_same_rows(store: Store) -> None:
    """Also where an alias came after the scores: each row says up to which change it knows."""
    set_alias(store, "resnet18", "production", "v2")
    before = examples.tables(store.path)
    rebuild.rebuild(store.path, derive_scores)
    assert examples.differing(before, examples.tables(store.path)) == []


def test_every_kind_of_event_is_known() -> None:
    """A kind that is named here is one that there is; any other counts as a change."""
    kinds = {*apply._KINDS, *apply_decisions.KINDS, *apply_lineage.KINDS, *apply_models.KINDS}
    assert set(UNCONCERNED) <= kinds

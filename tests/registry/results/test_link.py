"""Results linked to versions."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fitment.registry.catalogue.aliases import set_alias
from fitment.registry.errors import NoResultsError, RefusedError
from fitment.registry.results.link import Linked, link_results
from fitment.registry.results.retract import retract
from fitment.registry.storage.store import Store

from tests.registry.catalogue import decisions


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    decisions.fill(folder / "x.duckdb")
    return folder


@pytest.fixture
def store(made_once: Path, tmp_path: Path) -> Store:
    """A store of the test's own, with ``decisions.RESULTS``."""
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    return Store.open(tmp_path / "x.duckdb", wait_s=0)


def of_version(store: Store, tag: str) -> list[int]:
    found = decisions.query(store, "SELECT id FROM current_results WHERE model_version = ? ORDER BY id", tag)
    return [number for (number,) in found]


def test_results_belong_to_the_version_that_they_were_linked_to_last(store: Store) -> None:
    """The version is made for them, the same again changes nothing, and a move says from where."""
    assert link_results(store, "resnet18", "v2", [2, 1, 1]) == Linked(
        "resnet18", "v2", created=True, linked=(1, 2), moved=(), unchanged=()
    )
    events = len(list(store.events()))
    assert link_results(store, "resnet18", "v2", [1, 2]) == Linked(
        "resnet18", "v2", created=False, linked=(), moved=(), unchanged=(1, 2)
    )
    assert len(list(store.events())) == events
    assert link_results(store, "resnet18", "v3", [2, 3]) == Linked(
        "resnet18", "v3", created=True, linked=(3,), moved=((2, "v2"),), unchanged=()
    )
    assert (of_version(store, "v2"), of_version(store, "v3")) == ([1], [2, 3])
    assert decisions.changes(store)[-2:] == [
        ("resnet18", "result 2", "moved", "v2", "v3"),
        ("resnet18", "result 3", "linked", None, "v3"),
    ]


def test_a_result_of_a_declared_version_can_be_linked_to_that_alone(store: Store) -> None:
    """What was measured as v1 is v1."""
    assert link_results(store, "resnet18", "v1", [4, 1]).linked == (1, 4)
    assert of_version(store, "v1") == [1, 4]
    with pytest.raises(RefusedError, match="version v2 of resnet18: 4 was measured as version v1"):
        link_results(store, "resnet18", "v2", [4, 2])


def test_all_mistakes_are_named_at_once_and_nothing_is_stored(store: Store) -> None:
    """Half of the ids being right makes neither links nor a version."""
    retract(store, [3], "throttled")
    before = len(list(store.events()))
    with pytest.raises(RefusedError) as caught:
        link_results(store, "resnet18", "v2", [1, 2, 3, 4, 5, 98, 99])
    assert str(caught.value) == (
        "nothing was linked to version v2 of resnet18: there is no result 98–99; 5 is of resnet34; 4 was"
        " measured as version v1; 3 was retracted"
    )
    assert len(list(store.events())) == before
    assert decisions.query(store, "SELECT count(*) FROM model_registry_versions") == [(0,)]
    assert decisions.query(store, "SELECT count(*) FROM version_results") == [(0,)]


@pytest.mark.parametrize(
    ("ids", "reason"),
    [
        ([], "no result ids"),
        ([0, -1], "-1, 0: result ids are whole numbers"),
        ([True], "True: result ids"),
        ([1.5], "1.5: result ids"),
        (["1"], "'1': result ids"),
        ([2**63], "result ids are whole numbers"),
    ],
)
def test_what_can_be_no_id_is_refused(store: Store, ids: list[Any], reason: str) -> None:
    """Before anything is asked of the store."""
    with pytest.raises(RefusedError, match=reason):
        link_results(store, "resnet18", "v2", ids)


def test_ids_may_come_from_an_array(store: Store) -> None:
    """NumPy's whole numbers are ids, as a query of the store gives them."""
    assert link_results(store, "resnet18", "v2", np.array([2, 1])).linked == (1, 2)


def test_an_alias_is_no_version_and_a_typo_no_model(store: Store) -> None:
    """Both are answered with what may be meant."""
    link_results(store, "resnet18", "v2", [1])
    set_alias(store, "resnet18", "production", "v2")
    with pytest.raises(RefusedError, match="production is an alias of resnet18 for version v2: name that"):
        link_results(store, "resnet18", "production", [2])
    with pytest.raises(NoResultsError, match="did you mean resnet18"):
        link_results(store, "resnet81", "v2", [2])

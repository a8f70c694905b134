"""Through a lineage that was built; where there is none; and where its arrays are gone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fitment.registry.answers import Question
from fitment.registry.errors import NoResultsError, QuestionError
from fitment.registry.fit.recommend import recommend
from fitment.registry.fit.with_inherited import recommend_with_inherited
from fitment.registry.lineage.kept.array_folder import folder_beside
from fitment.registry.lineage.kept.build import build_lineage
from fitment.registry.storage.store import Store

from tests.registry.fit.families import own, ways, write_lineage
from tests.registry.fit.stores import copy


@pytest.fixture(scope="module")
def built(scored: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with results of net, and a lineage. Its arrays are not to be touched."""
    folder = tmp_path_factory.mktemp("built")
    store = copy(scored, folder)
    build_lineage(store, write_lineage(folder / "models.csv"))
    return store


def test_through_a_lineage_that_was_built(built: Store) -> None:
    """Children inherit along it; what was measured, and what was tuned, is answered as ever."""
    found = recommend_with_inherited(built, Question("lora"))
    assert ways(found.inherited) == [("net", "adapter quantized")]
    assert {step.source for step in found.inherited[0].path} == {"lineage"}
    assert recommend_with_inherited(built, Question("net")) == recommend(built, Question("net"))
    with pytest.raises(NoResultsError, match="no results of ft"):
        recommend_with_inherited(built, Question("ft"))


def test_a_child_is_answered_without_compiling(built: Store) -> None:
    """Neither Numba nor Arrow is loaded for what is inherited along a lineage."""
    code = f"""
import sys
from pathlib import Path
from fitment.registry.answers import Question
from fitment.registry.fit.with_inherited import recommend_with_inherited
from fitment.registry.storage.store import Store
assert recommend_with_inherited(Store.to_ask(Path({str(built.path)!r})), Question("lora")).inherited
assert not {{"numba", "pyarrow", "torch"}} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_store_without_bases_is_asked_as_ever(scored: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is looked for, or even loaded, where there is neither a lineage nor a declared base."""
    monkeypatch.setitem(sys.modules, "fitment.registry.fit.inherited", None)
    assert recommend_with_inherited(scored, Question("net")) == recommend(scored, Question("net"))
    with pytest.raises(NoResultsError):
        recommend_with_inherited(scored, Question("q4"))
    with pytest.raises(QuestionError):
        recommend_with_inherited(scored, Question("net", top_k=0))


@pytest.mark.parametrize("damage", ["gone", "one array"])
def test_damaged_arrays_spoil_no_answer(built: Store, tmp_path: Path, damage: str) -> None:
    """What was measured is answered all the same; a note says what is not shown, and nothing is made anew."""
    store = copy(built, tmp_path)
    arrays = folder_beside(store.path)
    if damage == "one array":
        shutil.copytree(folder_beside(built.path), arrays)
        (array,) = arrays.rglob("name_hashes.npy")
        array.write_bytes(array.read_bytes()[:-1] + b"\xff")
    found = recommend_with_inherited(store, Question("net"))
    assert own(found) == recommend(store, Question("net"))
    assert sum("arrays are missing or damaged" in notice for notice in store.notices) == 1
    with pytest.raises(NoResultsError):
        recommend_with_inherited(store, Question("q4"))
    assert arrays.exists() == (damage == "one array")

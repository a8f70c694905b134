"""Checkpoints into rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fitment.registry.storage.apply_checkpoints import must_be_paths
from fitment.registry.storage.doctor import examine
from fitment.registry.storage.rebuild import rebuild
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store
from tests.registry.storage import examples

FILE = {"path": "a/b.safetensors", "sha256": "ab" * 32, "size_bytes": 7}


def body(**given: Any) -> dict[str, Any]:
    base = {"actor": "a@b", "model": "m", "version": "v1", "store": "beside:", "facts": {}, "files": [FILE]}
    return base | given


def rows(store: Store, query: str) -> list[Any]:
    with store.reading() as con:
        return con.execute(query).fetchall()


def test_checkpoints_come_and_go_and_a_rebuild_gives_the_same(tmp_path: Path) -> None:
    """Rows, history, and nothing for the doctor to find."""
    store = empty_store(tmp_path / "x.duckdb")
    store.append("checkpoint_added", body(facts={"parameters": 3}))
    store.append("checkpoint_added", body(version="v2", store="memory://x"))
    store.append("checkpoint_removed", {"actor": "a@b", "model": "m", "version": "v1"})
    assert rows(store, "SELECT model_id, version, store FROM checkpoints") == [("m", "v2", "memory://x")]
    assert rows(store, "SELECT path, sha256, size_bytes FROM checkpoint_files") == [tuple(FILE.values())]
    assert len(rows(store, "SELECT * FROM history")) == 3
    before = examples.tables(store.path)
    rebuild(store.path)
    assert examples.tables(store.path) == before
    assert examine(store.path).healthy


IMPOSSIBLE: tuple[dict[str, Any], ...] = (
    {"files": []},
    {"files": [FILE, FILE]},
    {"files": [FILE | {"path": "../x"}]},
    {"files": [FILE | {"sha256": "AB" * 32}]},
    {"files": [FILE | {"size_bytes": -1}]},
    {"files": [FILE, FILE | {"path": "a"}]},
    {"facts": [1]},
    {"version": "v0"},
)


def test_an_impossible_checkpoint_is_kept_unapplied(tmp_path: Path) -> None:
    """Nothing of it is in the tables, and what comes after it goes on."""
    store = empty_store(tmp_path / "x.duckdb")
    store.append("checkpoint_added", body(version="v0"))
    for given in IMPOSSIBLE:
        store.append("checkpoint_added", body(**given))
    store.append("checkpoint_removed", {"actor": "a@b", "model": "m", "version": "v7"})
    store.append("checkpoint_added", body(version="v2"))
    assert rows(store, "SELECT version FROM checkpoints ORDER BY seq") == [("v0",), ("v2",)]
    assert rows(store, "SELECT count(*) FROM checkpoint_files") == [(2,)]
    assert len(rows(store, "SELECT * FROM unapplied")) == len(IMPOSSIBLE) + 1


@pytest.mark.parametrize("path", ["", "/a", "a/", "a//b", "./a", "a/../b", "..", "a\0"])
def test_only_paths_inside_a_folder_are_paths(path: str) -> None:
    """Whatever a journal of somebody else's says."""
    must_be_paths(["a", "b/c", "b/d", "..a", "c\\d"])
    with pytest.raises(ValueError, match="no path inside a folder"):
        must_be_paths([path])

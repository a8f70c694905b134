from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.checkpoints.add import add_checkpoint
from fitment.registry.checkpoints.blobs import blobs_at, folder_beside
from fitment.registry.checkpoints.collect import collect
from fitment.registry.checkpoints.remove import remove_checkpoint
from fitment.registry.checkpoints.verify import verify_checkpoints
from fitment.registry.errors import RefusedError
from fitment.registry.storage.store import Store


def test_only_what_no_checkpoint_names_goes(store: Store, model: Path) -> None:
    """What another one shares stays; a dry run removes nothing and says the same."""
    add_checkpoint(store, model, "m", "v1")
    add_checkpoint(store, model / "README.md", "m", "v2")
    assert [each.blobs for each in collect(store)] == [0]
    removed = remove_checkpoint(store, "m", "v1")
    (folder_beside(store.path) / "incoming" / "half").write_bytes(bytes(7))
    (dry,) = collect(store, dry_run=True)
    assert (dry.blobs, dry.kept, dry.leftover_bytes) == (5, 1, 0)
    assert len(list(blobs_at("beside:", store.path).blobs())) == 6
    (done,) = collect(store)
    assert (done.blobs, done.size_bytes, done.kept, done.leftover_bytes) == (5, dry.size_bytes, 1, 7)
    assert removed.version == "v1"
    assert not verify_checkpoints(store).damages
    assert [each.blobs for each in collect(store)] == [0]


def test_each_store_keeps_what_its_own_checkpoints_name(store: Store, model: Path) -> None:
    """The same content in two stores is two blobs; one that no checkpoint names any more is named by hand."""
    url = f"memory://{store.path.parent}"
    add_checkpoint(store, model, "m", "v1")
    add_checkpoint(store, model, "m", "v2", url)
    assert [(each.place, each.kept) for each in collect(store)] == [
        (str(folder_beside(store.path)), 6),
        (url, 6),
    ]
    remove_checkpoint(store, "m", "v2")
    assert [each.blobs for each in collect(store)] == [0]
    assert sum(each.blobs for each in collect(store, url)) == 6


def test_nothing_goes_that_another_database_may_name(store: Store, model: Path, tmp_path: Path) -> None:
    """Nor what an event names that could not be applied."""
    url = str(tmp_path / "shared")
    other = Store.open(tmp_path / "other.duckdb", create=True)
    for each in (store, other):
        add_checkpoint(each, model, "m", "v1", url)
    remove_checkpoint(store, "m", "v1")
    with pytest.raises(RefusedError, match=r"1 other database keeps files in .*shared too"):
        collect(store, url)
    assert not verify_checkpoints(other).damages
    other.append("checkpoint_removed", {"actor": "a@b", "model": "m", "version": "v9"})
    with pytest.raises(RefusedError, match="run `fitment doctor` first"):
        collect(other)

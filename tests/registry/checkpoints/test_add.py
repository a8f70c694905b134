from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from fitment.registry.checkpoints.add import Added, add_checkpoint, turns
from fitment.registry.checkpoints.blobs import blobs_at, folder_beside, name_of
from fitment.registry.checkpoints.collect import collect
from fitment.registry.checkpoints.facts import CheckpointDamagedError
from fitment.registry.checkpoints.kept import files_of, find_checkpoint
from fitment.registry.checkpoints.verify import verify_checkpoints
from fitment.registry.errors import RefusedError, StoreBusyError
from fitment.registry.storage import journal, locks
from fitment.registry.storage.store import Store

from tests.registry.checkpoints.models import write_gguf, write_model, write_safetensors
from tests.registry.empty_stores import empty_store

KILLER = Path(__file__).with_name("killed_add.py")


def kinds(store: Store) -> list[str]:
    return [event.kind for event in store.events()][1:]


def written(store: Store) -> list[str]:
    """Every blob, with when it was written."""
    root = folder_beside(store.path) / "blobs"
    return [f"{path} {path.stat().st_mtime_ns}" for path in sorted(root.rglob("*")) if path.is_file()]


def test_a_folder_is_kept_with_what_its_headers_say(store: Store, model: Path) -> None:
    """Files by path with their hashes; nothing of a pickle is executed; all of it can be read again."""
    (model / ".git").mkdir()
    added = add_checkpoint(store, model, " org/tiny ", "v1")
    assert (added.model_id, added.changed, added.left_out) == ("org/tiny", True, (".git",))
    assert added.bytes_written == sum(file.size_bytes for file in added.files)
    assert (added.facts.parameters, added.facts.architecture) == (60, "LlamaForCausalLM")
    assert added.facts.not_read == ("optimizer/state.pt: pickle: not read",)
    with store.reading() as con:
        found = find_checkpoint(con, "org/tiny")
        assert files_of(con, found) == added.files
    assert (found.facts, found.store) == (added.facts, "beside:")
    assert [file.path for file in added.files][:2] == ["README.md", "config.json"]
    assert not verify_checkpoints(store).damages


def test_the_same_content_changes_nothing(store: Store, model: Path) -> None:
    """Under its own names nothing is recorded, under others no blob is written; a file is one too."""
    add_checkpoint(store, model, "org/tiny", "v1")
    before = written(store)
    again = add_checkpoint(store, model, "org/tiny", "v1")
    other = add_checkpoint(store, model, "org/tiny", "v2")
    single = add_checkpoint(store, model / "config.json", "org/other", "v1")
    assert [(a.changed, a.bytes_written) for a in (again, other, single)] == [
        (False, 0),
        (True, 0),
        (True, 0),
    ]
    assert written(store) == before
    assert kinds(store) == ["checkpoint_added"] * 3
    assert [file.path for file in single.files] == ["config.json"]


def test_what_is_gone_from_the_store_is_put_back(store: Store, model: Path) -> None:
    """By adding the same content again, and no event is made of it."""
    added = add_checkpoint(store, model, "org/tiny", "v1")
    gone = added.files[0]
    blobs_at("beside:", store.path).remove(gone.sha256)
    again = add_checkpoint(store, model, "org/tiny", "v1", "memory://ignored")
    assert (again.changed, again.bytes_written, again.place) == (False, gone.size_bytes, added.place)
    assert not verify_checkpoints(store).damages
    assert kinds(store) == ["checkpoint_added"]


@pytest.mark.parametrize("change", ["same size", "other size", "more", "less"])
def test_other_content_under_the_same_names_is_refused(store: Store, model: Path, change: str) -> None:
    """Whatever differs, a file that does is named, and nothing of the new content is kept."""
    add_checkpoint(store, model, "org/tiny", "v1")
    before = written(store)
    if change == "more":
        (model / "README.md2").write_text("x")
    elif change == "less":
        (model / "README.md").unlink()
    else:
        text = (model / "README.md").read_text()
        (model / "README.md").write_text(
            text.replace("mit", "mpl" if change == "same size" else "apache-2.0")
        )
    with pytest.raises(
        RefusedError, match=r"v1 of org/tiny is kept with other content \(README.md.*checkpoint remove`"
    ):
        add_checkpoint(store, model, "org/tiny", "v1")
    assert (written(store), kinds(store)) == (before, ["checkpoint_added"])


def test_a_file_of_the_same_size_is_another_blob(store: Store, tmp_path: Path) -> None:
    """A fine-tuned model has the sizes of its base."""
    sizes = set()
    for seed in (1, 2):
        path = write_safetensors(tmp_path / f"m{seed}.safetensors", seed, a=(16, 16))
        sizes.add(path.stat().st_size)
        assert add_checkpoint(store, path, "m", f"v{seed}").bytes_written == path.stat().st_size
    assert len(sizes) == 1
    assert len(written(store)) == 2


def test_damaged_weights_are_refused_before_anything_is_kept(
    store: Store, model: Path, tmp_path: Path
) -> None:
    """The file is named; the way out is to get it again."""
    shard = model / "model-00002-of-00002.safetensors"
    content = shard.read_bytes()
    shard.write_bytes(content[:-1])
    with pytest.raises(CheckpointDamagedError, match=r"^model-00002-of-00002\.safetensors is cut off"):
        add_checkpoint(store, model, "org/tiny", "v1")
    shard.unlink()
    with pytest.raises(CheckpointDamagedError, match="which is not there"):
        add_checkpoint(store, model, "org/tiny", "v1")
    gguf = write_gguf(tmp_path / "x.gguf")
    gguf.write_bytes(gguf.read_bytes()[:-40])
    with pytest.raises(CheckpointDamagedError, match=r"^x\.gguf is cut off"):
        add_checkpoint(store, gguf, "org/tiny", "v1")
    assert kinds(store) == []
    assert not folder_beside(store.path).exists()


def test_the_store_is_not_put_into_itself(store: Store, model: Path) -> None:
    """Nor the database or its journal."""
    shutil.move(model, store.path.parent / "x.checkpoints")
    for path in (store.path.parent, store.path, store.path.parent / "x.checkpoints" / "config.json"):
        with pytest.raises(RefusedError, match="belongs to the store itself"):
            add_checkpoint(store, path, "m", "v1")


def test_names_are_checked_and_stored_as_they_are(store: Store, model: Path) -> None:
    """As those of models and versions are."""
    for name, version in (("", "v1"), ("m", " "), ("\x1b[31m", "v1"), ("m" * 257, "v1")):
        with pytest.raises(RefusedError):
            add_checkpoint(store, model / "config.json", name, version)
    assert (
        add_checkpoint(store, model / "config.json", "../../etc", "'; DROP TABLE meta").model_id
        == "../../etc"
    )


def test_two_adds_at_once_keep_both(store: Store, model: Path, tmp_path: Path) -> None:
    """The same content is there once; of two contents under one name one is refused."""
    folders = {"a": model, "b": write_model(tmp_path / "b"), "c": write_model(tmp_path / "c", seed=7)}
    outcomes: dict[str, Added | Exception] = {}

    def add(name: str) -> None:
        try:
            outcomes[name] = add_checkpoint(Store.open(store.path), folders[name], "org/tiny", "v1")
        except RefusedError as error:
            outcomes[name] = error

    threads = [threading.Thread(target=add, args=(name,)) for name in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [each for each in outcomes.values() if isinstance(each, Added)]
    assert [each.changed for each in kept].count(True) == 1
    assert isinstance(outcomes["c"], RefusedError) or isinstance(outcomes["a"], RefusedError)
    assert kinds(store) == ["checkpoint_added"]
    assert not verify_checkpoints(store).damages


def test_adding_waits_for_who_removes_blobs(store: Store, model: Path) -> None:
    """Else one could take what the other relies on."""
    with locks.hold(turns(store.path), 0), pytest.raises(StoreBusyError):
        add_checkpoint(store, model, "m", "v1", wait_s=0)
    with locks.hold(turns(store.path), 0, shared=True):
        add_checkpoint(store, model, "m", "v1", wait_s=0)
        with pytest.raises(StoreBusyError):
            collect(store, wait_s=0)


def test_a_killed_add_leaves_no_half_blob_and_no_event(tmp_path: Path) -> None:
    """Killed by SIGKILL at one line after another; then it is added whole, and `gc` frees what was left."""
    write_model(tmp_path / "template" / "model")
    empty_store(tmp_path / "template" / "x.duckdb")
    words = [sys.executable, str(KILLER), str(tmp_path / "template"), str(tmp_path), "29"]
    environment = {name: value for name, value in os.environ.items() if name != "FITMENT_CHECKPOINTS"}
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    killed = int(done.stdout)
    assert killed >= 5
    for number in range(killed):
        path = tmp_path / str(number) / "x.duckdb"
        recorded = [record.event.kind for record in journal.scan(journal.folder_of(path))][1:]
        blobs = dict(blobs_at("beside:", path).blobs())
        for sha256 in blobs:
            content = (folder_beside(path) / name_of(sha256)).read_bytes()
            assert hashlib.sha256(content).hexdigest() == sha256
        assert recorded == [] or len(blobs) == 6
    for number in (killed // 2, killed - 1):
        store = Store.open(tmp_path / str(number) / "x.duckdb")
        add_checkpoint(store, store.path.parent / "model", "m", "v1")
        collect(store)
        assert (kinds(store), verify_checkpoints(store).damages) == (["checkpoint_added"], ())
        assert not list((folder_beside(store.path) / "incoming").iterdir())

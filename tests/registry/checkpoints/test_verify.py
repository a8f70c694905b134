from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.checkpoints.add import add_checkpoint
from fitment.registry.checkpoints.blobs import blobs_at, folder_beside, name_of
from fitment.registry.checkpoints.verify import in_words, looked_at, verify_checkpoints
from fitment.registry.errors import NoResultsError, UnknownNameError
from fitment.registry.storage.store import Store


def blob(store: Store, sha256: str) -> Path:
    return folder_beside(store.path) / name_of(sha256)


def test_each_damage_is_named_with_what_it_should_be(store: Store, model: Path) -> None:
    """Cut off, longer, another bit, gone: path, expected and actual, in every checkpoint that has it."""
    added = add_checkpoint(store, model, "org/tiny", "v1")
    add_checkpoint(store, model / "README.md", "org/other", "v1")
    files = {file.path: file for file in added.files}
    for name, change in {
        "README.md": lambda content: content[:-1],
        "config.json": lambda content: content + b" ",
        "model-00001-of-00002.safetensors": lambda content: content[:-1] + bytes([content[-1] ^ 1]),
        "optimizer/state.pt": None,
    }.items():
        path = blob(store, files[name].sha256)
        content = path.read_bytes()
        path.unlink()
        if change is not None:
            path.write_bytes(change(content))
    found = verify_checkpoints(store)
    assert (found.checkpoints, found.files) == (2, 7)
    assert [(each.model_id, each.path, each.what) for each in found.damages] == [
        ("org/tiny", "README.md", "cut off"),
        ("org/tiny", "config.json", "altered"),
        ("org/tiny", "model-00001-of-00002.safetensors", "altered"),
        ("org/tiny", "optimizer/state.pt", "missing"),
        ("org/other", "README.md", "cut off"),
    ]
    first, _, bit, gone, _ = found.damages
    assert (first.expected, first.actual) == ("28 bytes", "there are 27")
    assert bit.expected == f"SHA-256 {files[bit.path].sha256}"
    assert bit.actual.startswith("it is ")
    assert "optimizer/state.pt of org/tiny v1 is missing" in in_words(gone)
    assert [each.path for each in verify_checkpoints(store, "org/other").damages] == ["README.md"]
    blob(store, files[bit.path].sha256).unlink()  # the way out that ``in_words`` names
    add_checkpoint(store, model, "org/tiny", "v1")
    assert not verify_checkpoints(store).damages


def test_a_flip_of_any_bit_is_found(store: Store, model: Path) -> None:
    """In a small file each of them, by its hash alone."""
    (file,) = add_checkpoint(store, model / "README.md", "m", "v1").files
    path = blob(store, file.sha256)
    whole = path.read_bytes()
    path.chmod(0o644)
    blobs = blobs_at("beside:", store.path)
    for bit in range(8 * len(whole)):
        content = bytearray(whole)
        content[bit // 8] ^= 1 << bit % 8
        path.write_bytes(content)
        found = looked_at(blobs, file)
        assert found[1] == file.size_bytes
        assert found[0] != file.sha256
    assert [each.what for each in verify_checkpoints(store).damages] == ["altered"]


def test_a_store_without_damage_is_sound_and_unknown_names_are_errors(store: Store, model: Path) -> None:
    """Also one that has no checkpoint at all."""
    assert verify_checkpoints(store).checkpoints == 0
    with pytest.raises(NoResultsError):
        verify_checkpoints(store, "m")
    add_checkpoint(store, model, "m", "v1", "memory://verify")
    assert verify_checkpoints(store, "m", "v1").damages == ()
    with pytest.raises(UnknownNameError, match="no checkpoint v2 of m: there are v1"):
        verify_checkpoints(store, "m", "v2")

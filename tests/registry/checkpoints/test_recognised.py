from __future__ import annotations

import io

import pytest
from fitment.registry.checkpoints.facts import NOTHING, CheckpointDamagedError
from fitment.registry.checkpoints.recognised import LFS_POINTER, format_of, formats, read


def test_each_file_of_the_folder_is_a_format() -> None:
    """Helpers aside; each takes a file of its own by its name, whatever folder that lies in."""
    assert set(formats()) == {"adapter_config", "config", "gguf", "pickled", "safetensors", "shard_index"}
    assert format_of("a.safetensors/README.md") is None
    assert format_of("unet/config.json") == "config"
    assert read("README.md", io.BytesIO(b"x"), 1) == NOTHING


def test_weights_that_are_no_file_are_refused_and_descriptions_only_said() -> None:
    """With the path first."""
    with pytest.raises(CheckpointDamagedError, match=r"^a/x\.safetensors is cut off: 1 bytes"):
        read("a/x.safetensors", io.BytesIO(b"x"), 1)
    assert read("config.json", io.BytesIO(b"x"), 1).findings[0].startswith("was not read, it is no JSON")


@pytest.mark.parametrize("name", ["model.safetensors", "pytorch_model.bin", "tokenizer.model"])
def test_a_pointer_of_git_lfs_is_no_file(name: str) -> None:
    """Whatever the file is called; a clone without Git LFS leaves them."""
    content = LFS_POINTER + b"v1\noid sha256:00\nsize 1\n"
    with pytest.raises(CheckpointDamagedError, match="git lfs pull"):
        read(name, io.BytesIO(content), len(content))

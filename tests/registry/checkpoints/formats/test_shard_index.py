from __future__ import annotations

import io

import pytest
from fitment.registry.checkpoints.formats.shard_index import read, takes


def test_an_index_names_a_file_for_each_tensor() -> None:
    """One without a map says so; one whose map is none is refused."""
    assert read(io.BytesIO(b'{"weight_map": {"a": "x"}}'), 26).shards == {"a": "x"}
    assert read(io.BytesIO(b"{}"), 2).findings == ("has no weight_map",)
    for content in (b'{"weight_map": ["x"]}', b'{"weight_map": {"a": 1}}', b"[]", b"{"):
        with pytest.raises(ValueError, match=r"weight_map|no JSON"):
            read(io.BytesIO(content), len(content))
    assert takes("model.safetensors.index.json")
    assert not takes("model_index.json")

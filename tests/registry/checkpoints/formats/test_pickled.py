from __future__ import annotations

from typing import BinaryIO, cast

from fitment.registry.checkpoints.formats.pickled import read, takes


def test_a_pickle_is_never_opened() -> None:
    """Not a byte of it is read."""
    assert read(cast(BinaryIO, None), 1).not_read == "pickle: not read"
    for name in ("pytorch_model.bin", "x.pt", "x.PTH", "x.ckpt", "x.pkl"):
        assert takes(name)
    assert not takes("tokenizer.json")

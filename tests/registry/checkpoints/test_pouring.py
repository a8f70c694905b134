from __future__ import annotations

import hashlib
import io
from typing import Any

import pytest
from fitment.registry.checkpoints import pouring
from fitment.registry.checkpoints.pouring import poured


class Dribbling(io.BytesIO):
    """Gives less than it is asked for, as a network does."""

    def readinto(self, buffer: Any, /) -> int:
        return super().readinto(memoryview(buffer)[: 1 + len(buffer) // 2])


@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 23, 24, 25, 39, 40, 41, 100])
@pytest.mark.parametrize("kind", [io.BytesIO, Dribbling])
def test_bytes_are_hashed_and_passed_on_once(
    size: int, kind: type[io.BytesIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole, in order, for sizes around a block."""
    monkeypatch.setattr(pouring, "_FIRST", 8)
    monkeypatch.setattr(pouring, "_BLOCK", 16)
    content = bytes(range(size))
    taken: list[bytes] = []
    assert poured(kind(content), lambda block: taken.append(bytes(block))) == (
        hashlib.sha256(content).hexdigest(),
        size,
    )
    assert b"".join(taken) == content
    assert poured(kind(content)) == (hashlib.sha256(content).hexdigest(), size)

from __future__ import annotations

import io

import pytest
from fitment.registry.checkpoints.formats.json_text import LARGEST, json_object


@pytest.mark.parametrize(
    ("content", "size", "expected"),
    [
        (b"{", 1, "it is no JSON"),
        (b"\xff", 1, "it is no JSON"),
        (b"[" * 100_000, 100_000, "it is no JSON"),
        (b"[1]", 3, "no JSON object"),
        (b"", LARGEST + 1, "64,000,001 bytes"),
    ],
)
def test_what_is_no_object_is_said(content: bytes, size: int, expected: str) -> None:
    """In words that go on from the file's path."""
    with pytest.raises(ValueError, match=expected):
        json_object(io.BytesIO(content), size)


def test_a_byte_order_mark_loses_nothing() -> None:
    """Editors write one."""
    assert json_object(io.BytesIO(b'\xef\xbb\xbf{"a": 1}'), 11) == {"a": 1}

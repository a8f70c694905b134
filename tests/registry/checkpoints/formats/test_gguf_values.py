from __future__ import annotations

import io
import struct

import pytest
from fitment.registry.checkpoints.formats.gguf_values import Values

SCALARS = {
    0: ("B", 255),
    1: ("b", -1),
    2: ("H", 65535),
    3: ("h", -2),
    4: ("I", 2**32 - 1),
    5: ("i", -3),
    6: ("f", 0.5),
    7: ("?", True),
    10: ("Q", 2**64 - 1),
    11: ("q", -4),
    12: ("d", 0.1),
}


@pytest.mark.parametrize("order", ["<", ">"])
def test_each_type_is_read_in_both_orders(order: str) -> None:
    """One after another, from where the last one ended."""
    parts = [struct.pack(f"{order}I{form}", kind, value) for kind, (form, value) in SCALARS.items()]
    content = b"".join(parts)
    values = Values(io.BytesIO(content), len(content))
    if order == ">":
        values.swap()
    assert [values.value() for _ in parts] == [value for _, value in SCALARS.values()]
    assert values.at == len(content)
    with pytest.raises(ValueError, match="is cut off"):
        values.raw(1)


def test_a_file_that_became_shorter_is_cut_off() -> None:
    """Its size is from before."""
    with pytest.raises(ValueError, match="is cut off at byte 3"):
        Values(io.BytesIO(b"abc"), 10).raw(4)


def test_a_long_vocabulary_is_read_on_while_it_is_passed_over() -> None:
    """Over more than one block of the file; the value behind it stands where it should."""
    words = b"".join(struct.pack("<Q", 30_000) + bytes(30_000) for _ in range(100))
    content = struct.pack("<IIQ", 9, 8, 100) + words + struct.pack("<II", 4, 7)
    values = Values(io.BytesIO(content), len(content))
    assert values.value() is None
    assert values.value() == 7

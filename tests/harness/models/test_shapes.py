"""fitment.harness.models.shapes: input shapes as users write them."""

from __future__ import annotations

import pytest
from fitment.harness.errors import ModelError
from fitment.harness.models.shapes import parse_shape


@pytest.mark.parametrize(("text", "shape"), [("3x224x224", (3, 224, 224)), ("128", (128,)), ("1x1", (1, 1))])
def test_sizes_joined_by_x_are_a_shape(text: str, shape: tuple[int, ...]) -> None:
    """What is written is what comes back."""
    assert parse_shape(text) == shape


@pytest.mark.parametrize(
    "text", ["", "x", "0", "3x0x4", "-1", "3X4", "3x", "3 x 4", "1e3", "٣", "1" * 20, "3\n"]
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    """Zero, negative, empty and foreign spellings name the mistake and a right one."""
    with pytest.raises(ModelError, match="as in 3x224x224"):
        parse_shape(text)

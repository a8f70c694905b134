"""fitment.harness.memory_formats: images laid out by channel or by position."""

from __future__ import annotations

import pytest
import torch
from fitment.harness import memory_formats
from fitment.harness.errors import UnsupportedError
from fitment.registry.errors import UnknownNameError
from torch import nn


def test_channels_last_lays_out_images_and_convolution_weights() -> None:
    """Inputs and weights of four dimensions change layout, values stay; other inputs are untouched."""
    images, other = torch.randn(2, 3, 8, 8), torch.randn(2, 5)
    module = nn.Conv2d(3, 4, 3)
    before = module(images)
    module_out, inputs = memory_formats.apply("channels_last", module, (images, other))
    assert isinstance(inputs, tuple)
    assert inputs[0].is_contiguous(memory_format=torch.channels_last)
    assert module.weight.is_contiguous(memory_format=torch.channels_last)
    assert inputs[1] is other
    torch.testing.assert_close(module_out(inputs[0]), before)


def test_contiguous_changes_nothing() -> None:
    """The default hands both back as they are."""
    module, inputs = nn.Linear(3, 3), (torch.randn(2, 3),)
    assert memory_formats.apply("contiguous", module, inputs) == (module, inputs)


def test_channels_last_is_refused_where_nothing_is_an_image() -> None:
    """A text model is never sold as channels_last: its result would be contiguous's."""
    with pytest.raises(UnsupportedError, match="use contiguous") as caught:
        memory_formats.apply("channels_last", nn.Linear(3, 3), {"x": torch.randn(2, 3)})
    assert caught.value.axis == "op"


def test_an_unknown_memory_format_is_named() -> None:
    """A slip is answered with the nearest format."""
    with pytest.raises(UnknownNameError, match='did you mean "channels_last"'):
        memory_formats.apply("channel_last", nn.Linear(3, 3), (torch.randn(2, 3),))

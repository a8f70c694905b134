"""The accelerators that a text names, with how many of them."""

from __future__ import annotations

import pytest
from fitment.registry.cards.device_names import devices_in, names_device


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("trained on 8 x NVIDIA A100 80GB GPUs", ["8 x NVIDIA A100 80GB GPUs"]),
        ("a single NVIDIA Tesla V100", ["a single NVIDIA Tesla V100"]),
        ("on a TPU v3-8.", ["TPU v3-8"]),
        ("4x RTX 4090 and two H100s", ["4x RTX 4090", "two H100s"]),
        ("on 8xA100-80GB, 2×H100", ["8xA100-80GB", "2×H100"]),
        ("MI300X, Gaudi 2", ["MI300X", "Gaudi 2"]),
        ("ISO A4 paper, V8 engine, the L2 norm", []),
        ("model-A100-x", []),
    ],
)
def test_devices_of_a_sentence(text: str, devices: list[str]) -> None:
    """With their number and maker; what only looks like one is none."""
    assert [name for name, _ in devices_in(text)] == devices
    assert names_device(text) or not devices

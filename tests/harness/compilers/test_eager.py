"""fitment.harness.compilers.eager: nothing is compiled."""

from __future__ import annotations

from fitment.harness.compilers import eager
from torch import nn


def test_the_module_itself_is_called() -> None:
    """Nothing is needed for it, on any device."""
    module = nn.Linear(2, 2)
    assert eager.compile_module(module) is module
    assert eager.unavailable("cpu") is None
    assert eager.unavailable("cuda") is None

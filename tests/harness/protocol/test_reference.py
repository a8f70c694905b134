"""fitment.harness.protocol.reference: what others are compared with."""

from __future__ import annotations

import pytest
import torch
from fitment.harness.protocol.reference import is_reference, reference_output
from fitment.harness.protocol.subject import load_model

from tests.harness.jobs import make_job

MLP = "zoo:mlp-784-512-512-10"


@pytest.mark.parametrize(
    ("axes", "expected"),
    [
        ({}, True),
        ({"threads": 2, "batch": 8}, True),
        ({"precision": "bf16"}, False),
        ({"compile_mode": "inductor"}, False),
        ({"memory_format": "channels_last"}, False),
    ],
)
def test_reference_is_fp32_eager_contiguous(axes: dict[str, object], expected: bool) -> None:
    """Whatever else it is, a cell in fp32, eager and contiguous has nothing to be compared with."""
    assert is_reference(make_job(MLP, **axes).cell) is expected


@pytest.mark.parametrize(("shape", "rows"), [((20, 10), 8), ((10,), 20)])
def test_reference_is_as_small_as_the_output_allows(shape: tuple[int, ...], rows: int) -> None:
    """An output with a row for each sample is compared with the examples alone, any other with all."""
    job = make_job(MLP, batch=20, precision="bf16")
    loaded = load_model(job.cell, (), 0)
    found = reference_output(job, loaded, torch.zeros(shape))
    assert found.shape == (rows, 10)
    assert found.dtype == torch.float32


def test_training_is_compared_at_its_own_batch() -> None:
    """In a training step samples meet (batch norm): fewer of them would give another output."""
    job = make_job("zoo:mlp-784-512-512-10", batch=20, scenario="train_step")
    found = reference_output(job, load_model(job.cell, (), 0), torch.zeros(20, 10))
    assert found.shape == (20, 10)

"""fitment.harness.protocol.reference: what others are compared with."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from fitment.harness.executors.process import run
from fitment.harness.protocol.reference import is_reference, least_batch, reference_output
from fitment.harness.protocol.subject import load_model

from tests.harness.jobs import make_job, module_job

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


@pytest.mark.parametrize(("shape", "samples"), [((20, 10), 8), ((10,), 20)])
def test_reference_is_as_small_as_the_output_allows(shape: tuple[int, ...], samples: int) -> None:
    """An output with a row for each sample is compared with the examples alone, any other with all."""
    job = make_job(MLP, batch=20, precision="bf16")
    loaded = load_model(job.cell, (), 0)
    assert least_batch(job, loaded, torch.zeros(shape)) == samples
    found = reference_output(job, loaded, samples)
    assert found.shape == (samples, 10)
    assert found.dtype == torch.float32


def test_training_is_compared_at_its_own_batch() -> None:
    """In a training step samples meet (batch norm): fewer of them would give another output."""
    job = make_job("zoo:mlp-784-512-512-10", batch=20, scenario="train_step")
    assert least_batch(job, load_model(job.cell, (), 0), torch.zeros(20, 10)) == 20


PAIRS = """
class Own(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 3)
        nn.init.constant_(self.layer.weight, 0.5)
        nn.init.constant_(self.layer.bias, 0.25)

    def forward(self, x):
        y = self.layer(x)
        return {returned}

def make():
    return Own(), torch.ones(1, 4)
"""


@pytest.mark.parametrize("returned", ["y @ y.T", "y * len(x)"])
def test_samples_that_see_one_another_are_compared_as_a_whole_batch(tmp_path: Path, returned: str) -> None:
    """Similarities of all pairs are 1 by 1 of the one example, and 5 by 5 of the batch: neither is wrong."""
    job = module_job(tmp_path, PAIRS.format(returned=returned), hurried=True, batch=5, precision="amp_bf16")
    found = run(job).measurement
    assert found.status in ("ok", "unsupported_precision"), found.detail
    assert found.relative_l2 is None or found.relative_l2 < 0.05


def test_a_training_output_too_large_to_keep_is_said_to_be_unchecked(tmp_path: Path) -> None:
    """Only the first output could be compared, and it is not kept beside the model's own memory."""
    code = """
def make():
    return nn.Linear(4, 300_000), X
"""
    job = module_job(tmp_path, code, hurried=True, scenario="train_step", precision="amp_bf16", batch=2)
    found = run(job).measurement
    assert (found.status, found.relative_l2) == ("ok", None), found.detail
    assert "no_reference" in found.flags.split(",")

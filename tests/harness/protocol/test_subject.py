"""fitment.harness.protocol.subject: a cell's axes become one step, or a reason why not."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from fitment.harness.errors import UnsupportedError
from fitment.harness.models.outputs import first_tensor
from fitment.harness.precisions import bf16, fp16
from fitment.harness.protocol.subject import Subject, load_model, make_subject
from fitment.registry.records import Cell

from tests.harness.jobs import make_job

MLP = "zoo:mlp-784-512-512-10"


def subject(cell: Cell) -> Subject:
    """The cell's subject on the CPU."""
    return make_subject(load_model(cell, (), cell.seed), cell, "cpu")


def test_step_runs_the_whole_batch() -> None:
    """The output has a row for each sample, and more samples than examples repeat them."""
    found = subject(make_job(MLP, batch=19).cell)
    output = first_tensor(found.step())
    assert output.shape == (19, 10)
    torch.testing.assert_close(output[:3], output[16:19], rtol=1e-5, atol=1e-6)
    assert found.throughput_unit == "samples/s"


def test_weights_depend_on_the_seed_alone() -> None:
    """Equal seeds give equal outputs, another seed another."""
    cell = make_job(MLP).cell
    one, same, other = (first_tensor(subject(c).step()) for c in (cell, cell, replace(cell, seed=1)))
    assert torch.equal(one, same)
    assert not torch.equal(one, other)


def test_precision_is_really_used() -> None:
    """A bf16 cell returns bf16: nothing is silently computed in more."""
    assert first_tensor(subject(make_job(MLP, precision="bf16").cell).step()).dtype == torch.bfloat16


@pytest.mark.parametrize(
    ("axes", "axis"),
    [
        ({"precision": "int8_dynamic", "scenario": "train_step"}, "precision"),
        ({"memory_format": "channels_last"}, "op"),
    ],
)
def test_combination_that_does_not_exist(axes: dict[str, str], axis: str) -> None:
    """A combination that nothing here can run is refused by its axis."""
    with pytest.raises(UnsupportedError) as caught:
        subject(make_job(MLP, **axes).cell)
    assert caught.value.axis == axis


def test_precision_that_the_device_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the precision's own file says stands, before anything is cast."""
    monkeypatch.setattr(fp16, "unsupported", lambda kind: f"no fp16 on a {kind}")
    with pytest.raises(UnsupportedError, match="no fp16 on a cpu") as caught:
        subject(make_job(MLP, precision="fp16").cell)
    assert caught.value.status == "unsupported_precision"


def test_tolerance_is_the_precisions() -> None:
    """What counts as the same output is for the precision to say."""
    assert subject(make_job(MLP, precision="bf16").cell).tolerance == bf16.TOLERANCE

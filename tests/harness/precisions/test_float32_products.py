"""fitment.harness.precisions.float32_products: TF32 is on for tf32 and for nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from fitment.harness.executors.process import run
from fitment.harness.precisions import amp_bf16, bf16, float32_products, fp32, tf32
from torch import nn

from tests.harness.jobs import module_job

# What a model's code may do to the process, in either generation of torch's switches.
TURNS = (
    "torch.set_float32_matmul_precision('high')",
    "torch.set_float32_matmul_precision('medium')",
    "torch.backends.cuda.matmul.allow_tf32 = True",
    "torch.backends.cudnn.allow_tf32 = True",
    "torch.backends.cuda.matmul.fp32_precision = 'tf32'",
    "torch.backends.cudnn.conv.fp32_precision = 'tf32'",
    "torch.backends.cudnn.rnn.fp32_precision = 'tf32'",
    "torch.backends.mkldnn.matmul.fp32_precision = 'bf16'",
    "torch.backends.mkldnn.rnn.fp32_precision = 'bf16'",
)
INPUTS = (torch.ones(1, 2),)


@pytest.fixture(autouse=True)
def switches_put_back() -> Iterator[None]:
    """The process's switches are IEEE again after each test."""
    yield
    float32_products.forbid_reduced_precision()


@pytest.mark.parametrize("turn", TURNS)
def test_what_a_model_switches_on_before_is_off_in_fp32_and_found_out_after(turn: str) -> None:
    """At import or in its factory it is undone; while the model runs, it is the cell's reason."""
    exec(turn)
    prepared = fp32.prepare(nn.Linear(2, 2), INPUTS, "cpu")
    assert prepared.broken() is None
    assert torch.get_float32_matmul_precision() == "highest"  # the older switches can be read, and agree
    assert not torch.backends.cuda.matmul.allow_tf32
    assert not torch.backends.cudnn.allow_tf32
    exec(turn)
    assert str(prepared.broken()).startswith("the model's code switches fp32 products to ")


def test_a_cell_of_fp32_whose_model_turns_a_switch_is_no_result(tmp_path: Path) -> None:
    """The first step ran as asked; the next ones would not have."""
    code = """
class Own(nn.Module):
    def forward(self, x):
        torch.set_float32_matmul_precision("high")
        return x @ x.T

def make():
    return Own(), X
"""
    found = run(module_job(tmp_path, code, hurried=True)).measurement
    assert (found.status, found.stage) == ("unsupported_precision", "first_call")
    assert found.detail == "the model's code switches fp32 products to tf32"


def test_a_switch_that_is_turned_later_is_found_out_as_well(tmp_path: Path) -> None:
    """What is kept as fp32 was fp32 to the last step."""
    code = """
class Own(nn.Module):
    calls = 0

    def forward(self, x):
        self.calls += 1
        if self.calls > 3:
            torch.set_float32_matmul_precision("high")
        return x @ x.T

def make():
    return Own(), X
"""
    found = run(module_job(tmp_path, code, hurried=True)).measurement
    assert found.status == "unsupported_precision"
    assert found.detail == "the model's code switches fp32 products to tf32"


def test_a_model_that_forbids_tf32_itself_is_none_the_worse() -> None:
    """What it switches off is off already."""
    prepared = fp32.prepare(nn.Linear(2, 2), INPUTS, "cpu")
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.set_float32_matmul_precision("highest")
    assert prepared.broken() is None


def test_a_global_switch_does_not_outlast_fp32() -> None:
    """The switches of single operators go before torch's global one."""
    code = (
        "import torch; from fitment.harness.precisions import float32_products as f\n"
        "f.forbid_reduced_precision(); torch.backends.fp32_precision = 'tf32'; print(f.reduced())"
    )
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert child.stdout.strip() == "None"


def test_tf32_turns_on_what_fp32_forbids() -> None:
    """Products, convolutions and recurrent layers; a model that turns one off is found out."""
    fp32.prepare(nn.Linear(2, 2), INPUTS, "cpu")
    prepared = tf32.prepare(nn.Linear(2, 2), INPUTS, "cpu")
    assert prepared.broken() is None
    assert torch.backends.cuda.matmul.allow_tf32
    assert torch.backends.cudnn.allow_tf32
    assert float32_products.reduced() is not None
    torch.backends.cudnn.allow_tf32 = False
    assert prepared.broken() == "the model's code switches TF32 off"


@pytest.mark.parametrize("precision", [fp32, bf16, amp_bf16])
def test_no_other_precision_leaves_tf32_on(precision: object) -> None:
    """What a model computes in fp32 beside bf16 is IEEE fp32's."""
    float32_products.allow_tf32()
    precision.prepare(nn.Linear(2, 2), INPUTS, "cpu")  # type: ignore[attr-defined]
    assert float32_products.reduced() is None

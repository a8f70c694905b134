from __future__ import annotations

import pytest
import torch
from fitment.harness import names
from fitment.harness.calibration.products import ARITHMETIC, product, unsupported
from fitment.harness.calibration.roofline import PRECISIONS


def test_the_parent_asks_for_what_there_is() -> None:
    """The list of a process without torch is the table of the process with it."""
    assert tuple(ARITHMETIC) == PRECISIONS


@pytest.mark.parametrize("precision", ARITHMETIC)
def test_what_this_cpu_supports_multiplies(precision: str) -> None:
    """A supported precision gives a product of its size; another gives its reason."""
    reason = unsupported(precision, "cpu")
    if reason is not None:
        assert reason.strip()
        return
    out = product(precision, 64, "cpu")()
    assert isinstance(out, torch.Tensor)
    assert out.shape == (64, 64)


def test_the_precisions_own_file_decides() -> None:
    """A roofline shows no precision that a sweep would refuse."""
    for precision in set(ARITHMETIC) & set(names.available("precisions")):
        assert unsupported(precision, "cpu") == names.load("precisions", precision).unsupported("cpu")


def test_int8_adds_up_in_32_bits() -> None:
    """Its products are whole numbers: operations, not floating-point ones."""
    out = product("int8", 64, "cpu")()
    assert isinstance(out, torch.Tensor)
    assert out.dtype == torch.int32


def test_after_tf32_comes_fp32_again() -> None:
    """The process's switch never stays: fp32 is not measured as tf32."""
    product("tf32", 8, "cpu")
    product("fp32", 8, "cpu")
    assert torch.get_float32_matmul_precision() == "highest"


@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device: torch sees none")
@pytest.mark.parametrize("precision", ARITHMETIC)
def test_what_this_gpu_supports_multiplies(precision: str) -> None:
    """On a GPU likewise, fp8 by its scaled product."""
    if unsupported(precision, "cuda") is None:
        out = product(precision, 256, "cuda:0")()
        assert isinstance(out, torch.Tensor)
        assert out.shape == (256, 256)

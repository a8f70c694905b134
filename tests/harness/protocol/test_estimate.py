"""fitment.harness.protocol.estimate: what can't fit is told before it is tried."""

from __future__ import annotations

from typing import Any

import pytest
from fitment.harness import names
from fitment.harness.errors import RefusedError
from fitment.harness.protocol.estimate import IDLE_BYTES, check_fits, least_bytes
from fitment.harness.protocol.preflight import Before
from fitment.registry.records import Cell
from torch import nn

from tests.harness.jobs import make_job

LAYER = nn.Linear(100, 10, bias=False)  # a thousand weights


def cell(precision: str = "fp32", scenario: str = "forward", device: str = "cpu") -> Cell:
    """A cell on these axes."""
    return make_job(precision=precision, scenario=scenario, device=device).cell


def before(free: int | None, used: int | None = None) -> Before:
    """A device with so much free and, by NVML, so much in use."""
    return Before(None, None, used, free)


@pytest.mark.parametrize(
    ("axes", "expected"),
    [
        ({}, 4000),
        ({"precision": "bf16"}, 2000),
        ({"precision": "fp16"}, 2000),
        ({"precision": "int8_dynamic"}, 1000),
        ({"scenario": "train_step"}, 8000),
        ({"scenario": "train_step", "precision": "bf16"}, 4000),
    ],
)
def test_weights_in_the_cells_precision(axes: dict[str, Any], expected: int) -> None:
    """Bytes per weight are the precision's, and training has a gradient for each."""
    assert least_bytes(LAYER, cell(**axes)) == expected


def test_frozen_weights_have_no_gradients() -> None:
    """Only what is trained counts twice, and a weight that two layers share counts once."""
    frozen = nn.Linear(100, 10, bias=False).requires_grad_(requires_grad=False)
    assert least_bytes(nn.Sequential(frozen, LAYER, LAYER), cell(scenario="train_step")) == 12_000


@pytest.mark.parametrize("precision", names.available("precisions"))
def test_every_precision_says_what_a_weight_takes(precision: str) -> None:
    """A new precision that doesn't say would be taken for one byte."""
    assert names.load("precisions", precision).WEIGHT_BYTES in (1, 2, 4)


@pytest.mark.parametrize("free", [None, 4000, 10**12])
def test_what_may_fit_is_tried(free: int | None) -> None:
    """Weights that fit, just or by far, and a device that doesn't say, are no reason to refuse."""
    check_fits(LAYER, cell(), before(free))


@pytest.mark.parametrize(
    ("device", "used", "status"),
    [
        ("cpu", None, "oom_host"),
        ("cuda:0", None, "oom_device"),
        ("cuda:0", IDLE_BYTES, "oom_device"),  # what an idle one has in use
        ("cuda:0", IDLE_BYTES + 1, "device_busy"),
        ("cuda:0", IDLE_BYTES * 9, "device_busy"),
    ],
)
def test_what_cannot_fit_is_refused(device: str, used: int | None, status: str) -> None:
    """One byte too few is out of memory, unless others hold what is missing; both figures are told."""
    with pytest.raises(RefusedError) as caught:
        check_fits(LAYER, cell(device=device), before(3999, used))
    assert caught.value.status == status
    assert "4,000 bytes in fp32, and 3,999 are free" in str(caught.value)


def test_too_large_for_an_empty_device_is_not_busy() -> None:
    """What would not fit without the others either is a bound on the device."""
    with pytest.raises(RefusedError) as caught:
        check_fits(LAYER, cell(device="cuda:0"), before(100, IDLE_BYTES + 100))
    assert caught.value.status == "oom_device"

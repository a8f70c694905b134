from __future__ import annotations

import pytest
import torch
from fitment.harness.calibration import null_model
from fitment.harness.devices import cpu, cuda


def test_the_null_model_computes_nothing() -> None:
    """Its step gives back its input: whatever time it takes is the harness's."""
    assert null_model.null_step("cpu")() == torch.zeros(1, 1)


def test_this_machines_figures_are_all_there() -> None:
    """On a CPU all is measured but the power sampler, which has nothing to sample."""
    cost = null_model.measured(cpu.find()[0])
    assert min(cost.timer_resolution_s, cost.timer_overhead_s, cost.null_step_s) > 0
    assert cost.sampler_cpu_share is None


@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device: torch sees none")
def test_a_gpus_figures_are_all_there() -> None:
    """On a GPU the same figures, with the device's synchronisation in the overhead."""
    cost = null_model.measured(cuda.find()[0])
    assert min(cost.timer_resolution_s, cost.timer_overhead_s, cost.null_step_s) > 0

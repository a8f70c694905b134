from __future__ import annotations

import pytest
from fitment.harness.calibration.calibrate import calibrate
from fitment.harness.calibration.noise import Noise
from fitment.harness.calibration.own_cost import OwnCost
from fitment.harness.calibration.roofline import Reached
from fitment.harness.probe import ProbedDevice
from fitment.registry.errors import NoUsableCellError
from fitment.registry.records import Calibration, Ceiling, Environment

CPU = ProbedDevice("cpu", "cpu", "a cpu", Environment(device_kind="cpu", hardware="a cpu"), {}, {})
COST = OwnCost(1e-8, 1e-7, 1e-6, 0.01)
CEILINGS = (Ceiling("fp32", 1e11), Ceiling("fp8", detail="not here"))


def calibration(noise: Noise, reached: Reached) -> tuple[Calibration, list[str]]:
    told: list[str] = []
    found = calibrate(
        CPU, told.append, measure_noise=lambda device: noise, measure_roofline=lambda name: reached
    )
    return found, told


def test_everything_is_there() -> None:
    """Own cost, noise and ceilings, under the device's environment; each step was announced."""
    found, told = calibration(Noise(0.01, 5), Reached(COST, CEILINGS))
    assert found.env_id == CPU.environment.id
    assert (found.null_step_s, found.sampler_cpu_share) == (COST.null_step_s, COST.sampler_cpu_share)
    assert (found.noise, found.noise_processes, found.ceilings) == (0.01, 5, CEILINGS)
    assert len(told) == 2


def test_failed_processes_are_told() -> None:
    """Noise from fewer processes is a figure with a word on it; from none it is None, not 0."""
    found, told = calibration(Noise(None, 1, "timeout: slow"), Reached(COST, CEILINGS))
    assert (found.noise, found.noise_processes) == (None, None)
    assert "cpu: 4 of 5 were not ok: timeout: slow" in told


def test_a_device_that_times_nothing_is_an_error() -> None:
    """One line, with the child's own reason."""
    with pytest.raises(NoUsableCellError, match="cpu can't be calibrated: no torch here"):
        calibration(Noise(None, 0), Reached(None, (Ceiling("fp32", detail="no torch here"),)))

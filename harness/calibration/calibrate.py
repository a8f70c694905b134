"""One device calibrated while nothing else of ours runs on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime

from ...registry.errors import NoUsableCellError
from ...registry.records import Calibration, Ceiling
from ..probe import ProbedDevice
from .noise import PROCESSES, Noise, noise
from .roofline import Reached, roofline


def calibrate(
    device: ProbedDevice,
    tell: Callable[[str], None],
    *,
    measure_noise: Callable[[ProbedDevice], Noise] = noise,
    measure_roofline: Callable[[str], Reached] = roofline,
) -> Calibration:
    """The harness's own cost on ``device``, the noise of measuring there, and its roofline.

    The caller holds the device's lock. ``tell`` hears what begins. Raises NoUsableCellError where not even
    a model that does nothing could be timed.
    """
    tell(f"{device.name}: {PROCESSES} processes that measure the same small model")
    found = measure_noise(device)
    if found.detail is not None:
        tell(f"{device.name}: {PROCESSES - found.processes} of {PROCESSES} were not ok: {found.detail}")
    tell(f"{device.name}: matrix products and triads in each precision")
    reached = measure_roofline(device.name)
    if reached.own_cost is None:
        raise NoUsableCellError(f"{device.name} can't be calibrated: {_reason(reached.ceilings)}")
    return Calibration(
        env_id=device.environment.id,
        recorded_at=datetime.now(UTC).isoformat(),
        **asdict(reached.own_cost),
        noise=found.sd,
        noise_processes=found.processes if found.sd is not None else None,
        ceilings=reached.ceilings,
    )


def _reason(ceilings: tuple[Ceiling, ...]) -> str:
    return next((ceiling.detail for ceiling in ceilings if ceiling.detail), "no reason is known")

"""Whether a model has room on the asked hardware, by the catalogue's rule of what models need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .. import units
from ..catalogue.model_fit import DEFAULT_PRECISION, OVERHEAD, Device, bytes_of, estimated_bytes
from .candidates import Candidate
from .choice import Fit, Speed

MEASURED, FROM_PARAMETERS, FROM_SIZE = "measured", "estimated from parameters", "estimated from size"


def fit_of(candidate: Candidate, device: Device, precision: str | None, peaks: Mapping[str, int]) -> Fit:
    """Whether what the model needs is there; not known where neither results, parameters nor size say it.

    ``peaks``: what models were measured to need at that precision, by the names of their results.
    """
    precision = precision or DEFAULT_PRECISION
    estimated, basis = _estimated(candidate, precision)
    measured = [peaks[name] for name in (candidate.model_id, *candidate.measured_as) if name in peaks]
    needed, tier = (min(measured), MEASURED) if measured else (estimated, basis)
    if needed is None:
        how = "neither its parameters nor its size are recorded, and nothing of it was measured"
        return Fit(tier, None, None, device.memory_bytes, fits=None, how=how)
    has = f"{units.size(device.memory_bytes)} ({device.basis})"
    how = f"it needs {units.size(needed)} at {precision} ({tier}); {device.name} has {has}"
    return Fit(tier, needed, estimated, device.memory_bytes, fits=needed <= device.memory_bytes, how=how)


def that_ran(fit: Fit, speed: Speed) -> Fit:
    """Of a model that ran there: it fits, whatever was estimated."""
    return replace(fit, fits=True, how=f"it ran there: {speed.configuration}")


def weight_bytes(candidate: Candidate, precision: str | None) -> int | None:
    """What the weights alone take, as the rule reckons them."""
    estimated, _ = _estimated(candidate, precision or DEFAULT_PRECISION)
    return None if estimated is None else round(estimated / OVERHEAD)


def _estimated(candidate: Candidate, precision: str) -> tuple[int | None, str]:
    bytes_of(precision)  # raises for one that there is not, also where it is not needed
    if candidate.parameters is not None:
        return estimated_bytes(candidate.parameters, precision), FROM_PARAMETERS
    if candidate.size_bytes is not None:
        return int(candidate.size_bytes * OVERHEAD), FROM_SIZE
    return None, FROM_SIZE

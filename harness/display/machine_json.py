"""The devices of this machine for scripts: full precision, SI base units, null for what is not known."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from ...registry.records import Calibration, Ceiling
from ...registry.results.calibrations import Calibrated
from ..calibration.ridge import best_bytes_per_s, operation, ridge
from ..probe import ProbedDevice

JSON_FORMAT = "fitment.devices"
JSON_VERSION = 1


def devices_json(devices: Sequence[ProbedDevice], calibrated: Mapping[str, Calibrated]) -> str:
    """One JSON object in ASCII, indented; fields of registry.records by their own names."""
    described = [_device(device, calibrated.get(device.environment.id)) for device in devices]
    body = {"format": JSON_FORMAT, "version": JSON_VERSION, "devices": described}
    return json.dumps(body, indent=2, ensure_ascii=True, allow_nan=False) + "\n"


def _device(device: ProbedDevice, calibrated: Calibrated | None) -> dict[str, Any]:
    environment = {"env_id": device.environment.id, **asdict(device.environment)}
    noise = calibrated.noise if calibrated else None
    ceilings = calibrated.ceilings if calibrated else None
    return {
        **{key: value for key, value in asdict(device).items() if key != "environment"},
        "environment": environment,
        "noise": noise and _noise(noise),
        "roofline": ceilings and _roofline(ceilings),
    }


def _noise(calibration: Calibration) -> dict[str, Any]:
    return {
        "sd_of_ln": _finite(calibration.noise),
        "processes": calibration.noise_processes,
        "recorded_at": calibration.recorded_at,
    }


def _roofline(calibration: Calibration) -> dict[str, Any]:
    memory = best_bytes_per_s(calibration.ceilings)
    ceilings = [_ceiling(each, memory) for each in calibration.ceilings]
    return {"recorded_at": calibration.recorded_at, "ceilings": ceilings}


def _ceiling(ceiling: Ceiling, memory: float | None) -> dict[str, Any]:
    fields = {key: _finite(value) for key, value in asdict(ceiling).items()}
    bend = _finite(ridge(ceiling, memory))
    return {**fields, "operation": operation(ceiling.precision), "ridge_operations_per_byte": bend}


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value

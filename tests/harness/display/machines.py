"""A device and what was measured of it, for tests of how they are shown."""

from __future__ import annotations

from fitment.harness.calibration.own_cost import OwnCost
from fitment.harness.probe import ProbedDevice
from fitment.registry.records import Calibration, Ceiling, Environment
from fitment.registry.results.calibrations import Calibrated

DEVICE = ProbedDevice(
    "cuda:0",
    "cuda",
    "a [red]GPU\x1b[31m, 24 GiB",
    Environment(device_kind="cuda", hardware="a GPU", driver="1.2", device_memory_bytes=24 * 10**9),
    {"fp32": None, "int8_dynamic": "runs on the CPU only"},
    {"eager": None},
    OwnCost(5.1e-8, 9.4e-6, 1.21e-5, 0.0031),
)
CALIBRATION = Calibration(
    DEVICE.environment.id,
    "2026-03-01T23:30:00+02:00",
    *(5.1e-8, 9.4e-6, 1.21e-5, 0.0031),
    noise=0.0123,
    noise_processes=5,
    ceilings=(
        Ceiling("fp32", 2e13, 0.0042, 4096, 8e11, 0.011, 268_435_456),
        Ceiling("int8", 3.2e14, 0.15, 8192, 4e11, 1.2, 268_435_456),
        Ceiling("fp8", detail="needs compute capability 8.9\x1b"),
    ),
)
CALIBRATED = Calibrated(CALIBRATION, CALIBRATION, CALIBRATION)

"""The one door to NVML: a reading that the library, the driver or the device can't give is None."""

from __future__ import annotations

import importlib
from typing import Any

# Bits of the clock-event reasons that mean "slower than asked for", by NVML's own names.
_THROTTLE_REASONS = {
    0x0000000000000004: "sw_power_cap",
    0x0000000000000008: "hw_slowdown",
    0x0000000000000020: "sw_thermal_slowdown",
    0x0000000000000040: "hw_thermal_slowdown",
    0x0000000000000080: "hw_power_brake",
}


class Gpu:
    """One GPU, or one MIG slice, as NVML sees it. ``lost`` once the driver has said that it is gone."""

    def __init__(self, library: Any, handle: Any) -> None:
        self._library = library
        self._handle = handle
        self.lost = False

    def energy_j(self) -> float | None:
        """Joules since the driver was loaded."""
        return _scaled(self._read("nvmlDeviceGetTotalEnergyConsumption"), 1e-3)

    def power_w(self) -> float | None:
        """Watts now."""
        return _scaled(self._read("nvmlDeviceGetPowerUsage"), 1e-3)

    def power_limit_w(self) -> float | None:
        """Watts that the driver enforces as the most."""
        return _scaled(self._read("nvmlDeviceGetEnforcedPowerLimit"), 1e-3)

    def used_bytes(self) -> int | None:
        """Memory in use on the device, whoever uses it."""
        return _whole(getattr(self._read("nvmlDeviceGetMemoryInfo"), "used", None))

    def total_bytes(self) -> int | None:
        """Memory of the device."""
        return _whole(getattr(self._read("nvmlDeviceGetMemoryInfo"), "total", None))

    def process_bytes(self, pid: int) -> int | None:
        """Memory that the process uses; None where it is not listed (a container's pids are others)."""
        mine = [process for process in self._processes() if process.pid == pid]
        return _whole(mine[0].usedGpuMemory) if mine else None

    def foreign_pids(self, pid: int) -> tuple[int, ...]:
        """The other processes that compute on the device."""
        return tuple(int(process.pid) for process in self._processes() if process.pid != pid)

    def sm_clock_hz(self) -> float | None:
        """The multiprocessors' clock now."""
        return _scaled(self._read("nvmlDeviceGetClockInfo", "NVML_CLOCK_SM"), 1e6)

    def max_sm_clock_hz(self) -> float | None:
        """The multiprocessors' highest clock."""
        return _scaled(self._read("nvmlDeviceGetMaxClockInfo", "NVML_CLOCK_SM"), 1e6)

    def temperature_c(self) -> float | None:
        """The die's temperature."""
        return _scaled(self._read("nvmlDeviceGetTemperature", "NVML_TEMPERATURE_GPU"), 1.0)

    def throttle_reasons(self) -> str | None:
        """Why the clock is held down now, comma-joined; "" = it is not."""
        bits = self._read("nvmlDeviceGetCurrentClocksEventReasons")
        if bits is None:  # a driver from before the counter's second name
            bits = self._read("nvmlDeviceGetCurrentClocksThrottleReasons")
        if bits is None:
            return None
        return ",".join(name for bit, name in _THROTTLE_REASONS.items() if bits & bit)

    def ecc(self) -> bool | None:
        """Whether error correction is on."""
        modes = self._read("nvmlDeviceGetEccMode")  # current, pending
        return bool(modes[0]) if isinstance(modes, (tuple, list)) and modes else None

    def driver(self) -> str | None:
        """The driver's version."""
        version = self._call("nvmlSystemGetDriverVersion")
        return version.decode() if isinstance(version, bytes) else version

    def _processes(self) -> list[Any]:
        return self._read("nvmlDeviceGetComputeRunningProcesses") or []

    def _read(self, function: str, constant: str | None = None) -> Any:
        arguments = () if constant is None else (getattr(self._library, constant),)
        return self._call(function, self._handle, *arguments)

    def _call(self, function: str, *arguments: Any) -> Any:
        try:
            return getattr(self._library, function)(*arguments)
        except self._library.NVMLError as error:
            lost = getattr(self._library, "NVML_ERROR_GPU_IS_LOST", None)
            self.lost = self.lost or (lost is not None and getattr(error, "value", None) == lost)
            return None


def load() -> Any:
    """The initialised pynvml, or None where it or the driver is missing."""
    try:
        library = importlib.import_module("pynvml")
    except ImportError:
        return None
    try:
        library.nvmlInit()
    except library.NVMLError:
        return None
    return library


def find(uuid: str | None, library: Any = None) -> Gpu | None:
    """The GPU with this UUID, never by index: NVML's order is not CUDA's. None where it can't be found."""
    library = library or load()
    if library is None or not uuid:
        return None
    try:
        return Gpu(library, library.nvmlDeviceGetHandleByUUID(with_prefix(uuid)))
    except library.NVMLError:
        return None


def with_prefix(uuid: str) -> str:
    """The UUID as NVML writes it; torch leaves the ``GPU-`` out."""
    return uuid if uuid.startswith(("GPU-", "MIG-")) else f"GPU-{uuid}"


def _scaled(reading: Any, unit: float) -> float | None:
    return float(reading) * unit if isinstance(reading, (int, float)) else None


def _whole(reading: Any) -> int | None:
    return int(reading) if isinstance(reading, (int, float)) else None

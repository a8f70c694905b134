"""The readings of one GPU, or of one MIG slice: in base units, None where there is no figure.

Of a slice, memory and processes are its own. Clocks, temperature and what holds the clock down are the whole
GPU's, which its slices share. Energy, power and utilisation are None: NVML counts them for the whole GPU,
neighbours included, and knows no share of a slice.
"""

from __future__ import annotations

from typing import Any

from .nvml_door import Door, text

# Bits of the clock-event reasons that mean "slower than asked for", by NVML's own names.
_THROTTLE_REASONS = {
    0x0000000000000004: "sw_power_cap",
    0x0000000000000008: "hw_slowdown",
    0x0000000000000020: "sw_thermal_slowdown",
    0x0000000000000040: "hw_thermal_slowdown",
    0x0000000000000080: "hw_power_brake",
}
_NOT_AVAILABLE = (2**32 - 1, 2**64 - 1)  # how the driver fills a field that it has no figure for
_PROCESSES = ("nvmlDeviceGetComputeRunningProcesses", "nvmlDeviceGetGraphicsRunningProcesses")


class Gpu:
    """One GPU, or one MIG slice, as NVML sees it. No reading raises."""

    def __init__(self, door: Door, whole: Door, *, is_slice: bool) -> None:
        self.door = door
        self.is_slice = is_slice
        self._whole = whole
        self._memory_version: tuple[int, ...] | None = None

    @property
    def lost(self) -> bool:
        """Whether the driver has said that the GPU is gone."""
        return self.door.lost or self._whole.lost

    @property
    def absent(self) -> dict[str, str]:
        """Why there is no figure, by the function that was asked."""
        return {**self._whole.absent, **self.door.absent}

    def energy_j(self) -> float | None:
        """Joules since the driver was loaded."""
        return None if self.is_slice else _scaled(self.door.read("nvmlDeviceGetTotalEnergyConsumption"), 1e-3)

    def power_w(self) -> float | None:
        """Watts now; on a driver that only knows it so, averaged over the last second."""
        if self.is_slice:
            return None
        milliwatts = self._instant_power()
        return _scaled(milliwatts if milliwatts else self.door.read("nvmlDeviceGetPowerUsage"), 1e-3)

    def power_limit_w(self) -> float | None:
        """Watts that the driver enforces as the most, for the whole GPU."""
        return _scaled(self._whole.read("nvmlDeviceGetEnforcedPowerLimit"), 1e-3)

    def used_bytes(self) -> int | None:
        """Memory that somebody allocated; the driver's own reserve is left out where NVML tells it apart."""
        return _whole(getattr(self._memory(), "used", None))

    def free_bytes(self) -> int | None:
        """Memory that could still be allocated."""
        return _whole(getattr(self._memory(), "free", None))

    def total_bytes(self) -> int | None:
        """Memory of the device."""
        return _whole(getattr(self._memory(), "total", None))

    def process_bytes(self, pid: int) -> int | None:
        """Memory that the process uses; None where it is not listed (a container's pids are others)."""
        listed = (process for name in _PROCESSES for process in self._processes(name) or ())
        mine = (_whole(process.usedGpuMemory) for process in listed if process.pid == pid)
        return next((used for used in mine if used is not None), None)

    def process_ids(self) -> frozenset[int] | None:
        """The processes that compute or draw on the device; None where NVML won't list them."""
        lists = [found for found in map(self._processes, _PROCESSES) if found is not None]
        return frozenset(int(process.pid) for found in lists for process in found) if lists else None

    def foreign_pids(self, pid: int) -> tuple[int, ...] | None:
        """The other processes on the device, in order; None where NVML won't list them."""
        listed = self.process_ids()
        return None if listed is None else tuple(sorted(listed - {pid}))

    def sm_clock_hz(self) -> float | None:
        """The multiprocessors' clock now."""
        return _scaled(self._whole.read("nvmlDeviceGetClockInfo", "NVML_CLOCK_SM"), 1e6)

    def memory_clock_hz(self) -> float | None:
        """The memory's clock now."""
        return _scaled(self._whole.read("nvmlDeviceGetClockInfo", "NVML_CLOCK_MEM"), 1e6)

    def max_sm_clock_hz(self) -> float | None:
        """The multiprocessors' highest clock."""
        return _scaled(self._whole.read("nvmlDeviceGetMaxClockInfo", "NVML_CLOCK_SM"), 1e6)

    def default_sm_clock_hz(self) -> float | None:
        """The clock that the multiprocessors run at unless told otherwise; where none is set, the highest."""
        default = self._whole.read("nvmlDeviceGetDefaultApplicationsClock", "NVML_CLOCK_SM")
        return _scaled(default, 1e6) or self.max_sm_clock_hz()

    def temperature_c(self) -> float | None:
        """The die's temperature."""
        degrees = self._whole.read("nvmlDeviceGetTemperature", "NVML_TEMPERATURE_GPU")
        if degrees is None:  # its successor
            degrees = self._whole.read("nvmlDeviceGetTemperatureV", "NVML_TEMPERATURE_GPU")
        return _scaled(degrees, 1.0)

    def throttle_reasons(self) -> str | None:
        """Why the clock is held down now, comma-joined; "" = it is not."""
        bits = _whole(self._whole.read("nvmlDeviceGetCurrentClocksEventReasons"))
        if bits is None:  # a driver from before the counter's second name
            bits = _whole(self._whole.read("nvmlDeviceGetCurrentClocksThrottleReasons"))
        if bits is None:
            return None
        return ",".join(name for bit, name in _THROTTLE_REASONS.items() if bits & bit)

    def utilisation(self) -> float | None:
        """Share of the last sample period (1/6 to 1 s) in which a kernel ran."""
        rates = None if self.is_slice else self.door.read("nvmlDeviceGetUtilizationRates")
        return _scaled(getattr(rates, "gpu", None), 1e-2)

    def ecc(self) -> bool | None:
        """Whether error correction is on."""
        modes = self._whole.read("nvmlDeviceGetEccMode")  # current, pending
        return bool(modes[0]) if isinstance(modes, (tuple, list)) and modes else None

    def ecc_errors(self) -> int | None:
        """Uncorrected memory errors since the driver was loaded; of a slice, those outside its DRAM."""
        kind = ("NVML_MEMORY_ERROR_TYPE_UNCORRECTED", "NVML_VOLATILE_ECC")
        if self.is_slice:  # all that NVML counts for a slice
            count = self.door.read("nvmlDeviceGetMemoryErrorCounter", *kind, "NVML_MEMORY_LOCATION_SRAM")
        else:
            count = self.door.read("nvmlDeviceGetTotalEccErrors", *kind)
        return _whole(count)

    def repair_pending(self) -> bool | None:
        """Whether a broken row or page of memory waits for a reset to be replaced."""
        rows = self._whole.read("nvmlDeviceGetRemappedRows")  # corrected, uncorrected, pending, failed
        if isinstance(rows, (tuple, list)) and len(rows) == 4:
            return bool(rows[2] or rows[3])
        pages = _whole(self._whole.read("nvmlDeviceGetRetiredPagesPendingStatus"))  # before Ampere
        return None if pages is None else bool(pages)

    def mig_mode(self) -> bool | None:
        """Whether the GPU is split into slices; None where it can't be."""
        modes = self._whole.read("nvmlDeviceGetMigMode")  # current, pending
        return bool(modes[0]) if isinstance(modes, (tuple, list)) and modes else None

    def pci_bus_id(self) -> str | None:
        """``"00000000:3B:00.0"``: where the card sits."""
        return text(getattr(self._whole.read("nvmlDeviceGetPciInfo"), "busId", None))

    def uuid(self) -> str | None:
        """``"GPU-…"`` or ``"MIG-…"``."""
        return text(self.door.read("nvmlDeviceGetUUID"))

    def _memory(self) -> Any:
        """NVML's figures, of one version throughout: the older one counts the driver's reserve as used."""
        newer = self.door.constant("nvmlMemory_v2")
        if self._memory_version is None:
            knows_it = newer is not None and self.door.read("nvmlDeviceGetMemoryInfo", newer) is not None
            self._memory_version = (newer,) if knows_it else ()
        return self.door.read("nvmlDeviceGetMemoryInfo", *self._memory_version)

    def _processes(self, function: str) -> list[Any] | None:
        found: list[Any] | None = self.door.read(function)
        if found is None:  # a driver older than pynvml
            found = self.door.read(f"{function}_v2")
        return found

    def _instant_power(self) -> int | None:
        """Milliwatts at this moment; the plain reading is an average over a second on most newer GPUs."""
        field = self.door.constant("NVML_FI_DEV_POWER_INSTANT")
        values = None if field is None else self.door.read("nvmlDeviceGetFieldValues", [field])
        if not values or values[0].nvmlReturn != 0:
            return None
        return _whole(values[0].value.uiVal)


def _scaled(reading: Any, unit: float) -> float | None:
    number = _whole(reading)
    return None if number is None else number * unit


def _whole(reading: Any) -> int | None:
    known = isinstance(reading, (int, float)) and reading not in _NOT_AVAILABLE
    return int(reading) if known else None

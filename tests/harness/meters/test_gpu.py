"""fitment.harness.meters.gpu: every reading, through the real pynvml, from a driver that is made up."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pynvml
import pytest
from fitment.harness.meters import nvml
from fitment.harness.meters.gpu import Gpu

from tests.harness.meters.fake_driver import FakeDriver, fails, fills, gives, lists, writes
from tests.harness.meters.fake_nvml import UUID

NOT_AVAILABLE = 2**64 - 1


def clocks(handle: Any, kind: Any, clock: Any) -> int:
    """1500 MHz of the multiprocessors, 2600 of the memory."""
    clock._obj.value = {pynvml.NVML_CLOCK_SM: 1500, pynvml.NVML_CLOCK_MEM: 2600}[kind.value]
    return 0


def ecc_errors(handle: Any, error: Any, counter: Any, count: Any) -> int:
    """5 uncorrected errors since the driver was loaded."""
    asked = (error.value, counter.value)
    count._obj.value = (
        5 if asked == (pynvml.NVML_MEMORY_ERROR_TYPE_UNCORRECTED, pynvml.NVML_VOLATILE_ECC) else 9
    )
    return 0


def fields(**answers: int) -> Callable[..., int]:
    """A driver's field values: milliwatts at this moment, or that there are none."""

    def function(handle: Any, count: Any, values: Any) -> int:
        assert count.value == 1
        assert values._obj[0].fieldId == pynvml.NVML_FI_DEV_POWER_INSTANT
        assert values._obj[0].scopeId == pynvml.NVML_POWER_SCOPE_GPU
        values._obj[0].nvmlReturn = answers.get("status", 0)
        values._obj[0].value.uiVal = answers.get("value", 0)
        return 0

    return function


WHOLE: dict[str, Callable[..., int]] = {
    "nvmlDeviceGetTotalEnergyConsumption": gives(5000),
    "nvmlDeviceGetPowerUsage": gives(65_000),
    "nvmlDeviceGetFieldValues": fields(value=70_000),
    "nvmlDeviceGetEnforcedPowerLimit": gives(450_000),
    "nvmlDeviceGetMemoryInfo": fills(used=4, total=8, free=4),
    "nvmlDeviceGetMemoryInfo_v2": fills(used=3, reserved=1, total=8, free=4),
    "nvmlDeviceGetComputeRunningProcesses_v3": lists((10, 100), (11, NOT_AVAILABLE)),
    "nvmlDeviceGetGraphicsRunningProcesses_v3": lists((12, 7)),
    "nvmlDeviceGetClockInfo": clocks,
    "nvmlDeviceGetMaxClockInfo": gives(1980),
    "nvmlDeviceGetDefaultApplicationsClock": gives(1700),
    "nvmlDeviceGetTemperature": gives(41),
    "nvmlDeviceGetCurrentClocksEventReasons": gives(0x1 | 0x4 | 0x8 | 0x20 | 0x40 | 0x80 | 0x100),
    "nvmlDeviceGetUtilizationRates": fills(gpu=97, memory=12),
    "nvmlDeviceGetEccMode": gives(1, 0),
    "nvmlDeviceGetTotalEccErrors": ecc_errors,
    "nvmlDeviceGetRemappedRows": gives(1, 2, 1, 0),
    "nvmlDeviceGetMigMode": gives(0, 0),
    "nvmlDeviceGetUUID": writes(UUID.encode()),
}
# the functions behind each reading, and what they come to
READINGS: dict[str, Any] = {
    "energy_j": 5.0,
    "power_w": 70.0,
    "power_limit_w": 450.0,
    "used_bytes": 3,
    "free_bytes": 4,
    "total_bytes": 8,
    "process_ids": frozenset({10, 11, 12}),
    "sm_clock_hz": 1.5e9,
    "memory_clock_hz": 2.6e9,
    "max_sm_clock_hz": 1.98e9,
    "default_sm_clock_hz": 1.7e9,
    "temperature_c": 41.0,
    "throttle_reasons": "sw_power_cap,hw_slowdown,sw_thermal_slowdown,hw_thermal_slowdown,hw_power_brake",
    "utilisation": 0.97,
    "ecc": True,
    "ecc_errors": 5,
    "repair_pending": True,
    "mig_mode": False,
    "uuid": UUID,
}


@pytest.fixture
def with_driver(monkeypatch: pytest.MonkeyPatch) -> Callable[[FakeDriver], Gpu]:
    """The one GPU of a driver that is put under pynvml."""

    def found(driver: FakeDriver) -> Gpu:
        monkeypatch.setattr(pynvml, "nvmlLib", driver)
        monkeypatch.setattr(pynvml, "_nvmlGetFunctionPointer_cache", {})
        monkeypatch.setattr(pynvml, "_nvmlLib_refcount", 0)
        gpu = nvml.find(UUID)
        assert gpu is not None
        return gpu

    return found


@pytest.mark.parametrize("reading", READINGS)
def test_reading_in_base_units(reading: str, with_driver: Callable[[FakeDriver], Gpu]) -> None:
    """mJ, mW, MHz and per cent become J, W, Hz and a share; reasons get their names."""
    gpu = with_driver(FakeDriver(**WHOLE))
    found = getattr(gpu, reading)()
    assert (
        found == pytest.approx(READINGS[reading]) if isinstance(found, float) else found == READINGS[reading]
    )
    assert not gpu.lost


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("code", [pynvml.NVML_ERROR_NOT_SUPPORTED, pynvml.NVML_ERROR_NO_PERMISSION])
def test_F38_reading_that_the_driver_refuses(
    reading: str, code: int, with_driver: Callable[[FakeDriver], Gpu]
) -> None:
    """What the device does not support, or others may not see, is None, and the reason is kept."""
    gpu = with_driver(FakeDriver(**{name: fails(code) for name in WHOLE}))
    assert getattr(gpu, reading)() is None
    assert gpu.absent
    assert not gpu.lost


@pytest.mark.parametrize("reading", READINGS)
def test_F38_driver_that_is_older_than_pynvml(reading: str, with_driver: Callable[[FakeDriver], Gpu]) -> None:
    """A function that the driver lacks is None, also where pynvml raises an error of another kind for it."""
    gpu = with_driver(FakeDriver())
    assert getattr(gpu, reading)() is None


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("code", [pynvml.NVML_ERROR_GPU_IS_LOST, pynvml.NVML_ERROR_RESET_REQUIRED])
def test_F36_gpu_that_is_lost(reading: str, code: int, with_driver: Callable[[FakeDriver], Gpu]) -> None:
    """Whichever reading finds out, from then on the GPU is known as lost."""
    driver = FakeDriver(**WHOLE)
    gpu = with_driver(driver)
    driver.functions.update({name: fails(code) for name in WHOLE})
    assert getattr(gpu, reading)() is None
    assert gpu.lost


def test_memory_without_the_drivers_reserve(with_driver: Callable[[FakeDriver], Gpu]) -> None:
    """An older driver counts its reserve as used; which of the two is read does not change on the way."""
    older = {name: function for name, function in WHOLE.items() if name != "nvmlDeviceGetMemoryInfo_v2"}
    assert with_driver(FakeDriver(**older)).used_bytes() == 4
    driver = FakeDriver(**WHOLE)
    gpu = with_driver(driver)
    assert gpu.used_bytes() == 3
    driver.functions["nvmlDeviceGetMemoryInfo_v2"] = fails(pynvml.NVML_ERROR_UNKNOWN)
    assert gpu.used_bytes() is None


def test_memory_of_a_process(with_driver: Callable[[FakeDriver], Gpu]) -> None:
    """Our own figure where we are listed with one; NVML's "not available" is None."""
    gpu = with_driver(FakeDriver(**WHOLE))
    assert gpu.process_bytes(10) == 100
    assert gpu.process_bytes(11) is None
    assert gpu.process_bytes(99) is None
    assert gpu.foreign_pids(10) == (11, 12)


def test_processes_of_an_older_driver(with_driver: Callable[[FakeDriver], Gpu]) -> None:
    """The list's earlier version is asked for where the later one is missing; nobody is an empty list."""
    gpu = with_driver(FakeDriver(nvmlDeviceGetComputeRunningProcesses_v2=lists((7, 1))))
    assert gpu.process_ids() == frozenset({7})
    assert gpu.foreign_pids(7) == ()
    assert (
        with_driver(FakeDriver(nvmlDeviceGetComputeRunningProcesses_v3=lists())).process_ids() == frozenset()
    )


@pytest.mark.parametrize(("status", "watts"), [(0, 70.0), (pynvml.NVML_ERROR_NOT_SUPPORTED, 65.0)])
def test_power_at_this_moment_where_there_is_one(
    status: int, watts: float, with_driver: Callable[[FakeDriver], Gpu]
) -> None:
    """The plain reading is a mean over a second on newer GPUs: it is the second choice."""
    values = fields(status=status, value=70_000)
    assert with_driver(FakeDriver(**{**WHOLE, "nvmlDeviceGetFieldValues": values})).power_w() == watts


@pytest.mark.parametrize("filled", [2**32 - 1])
def test_F38_field_that_the_driver_leaves_empty(
    filled: int, with_driver: Callable[[FakeDriver], Gpu]
) -> None:
    """The driver's mark for "no figure" is None and not four billion."""
    assert with_driver(FakeDriver(nvmlDeviceGetPowerUsage=gives(filled))).power_w() is None


def test_clock_without_a_default(with_driver: Callable[[FakeDriver], Gpu]) -> None:
    """A GPU that knows no applications clock has its highest one as the default."""
    gpu = with_driver(FakeDriver(nvmlDeviceGetMaxClockInfo=gives(2520)))
    assert gpu.default_sm_clock_hz() == 2.52e9


def test_names_that_changed(with_driver: Callable[[FakeDriver], Gpu]) -> None:
    """What a release calls by another name is found under either."""
    older = with_driver(FakeDriver(nvmlDeviceGetCurrentClocksThrottleReasons=gives(0x40)))
    assert older.throttle_reasons() == "hw_thermal_slowdown"
    assert with_driver(FakeDriver(nvmlDeviceGetTemperatureV=fills(temperature=44))).temperature_c() == 44.0
    assert with_driver(FakeDriver(nvmlDeviceGetRetiredPagesPendingStatus=gives(1))).repair_pending() is True


def test_clock_that_nothing_holds_down(with_driver: Callable[[FakeDriver], Gpu]) -> None:
    """No reason is an empty text, which is not the same as not knowing."""
    assert with_driver(FakeDriver(nvmlDeviceGetCurrentClocksEventReasons=gives(0x1))).throttle_reasons() == ""


def test_where_the_card_sits(with_driver: Callable[[FakeDriver], Gpu]) -> None:
    """The address on the bus, as text."""

    def pci(handle: Any, info: Any) -> int:
        assert isinstance(info._obj, ctypes.Structure)
        info._obj.busId = b"00000000:3B:00.0"
        return 0

    assert with_driver(FakeDriver(nvmlDeviceGetPciInfo_v3=pci)).pci_bus_id() == "00000000:3B:00.0"
    assert with_driver(FakeDriver()).pci_bus_id() is None

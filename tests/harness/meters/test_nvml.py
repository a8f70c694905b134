"""fitment.harness.meters.nvml: a reading that can't be had is None, never zero and never an error."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest
from fitment.harness.meters import nvml

from tests.harness.meters.fake_nvml import UUID, FakeNvml, process


def gpu(library: FakeNvml) -> nvml.Gpu:
    """The one GPU of the library."""
    found = nvml.find(UUID, library)
    assert found is not None
    return found


FULL = {
    "nvmlDeviceGetTotalEnergyConsumption": [5000],
    "nvmlDeviceGetPowerUsage": 65_000,
    "nvmlDeviceGetEnforcedPowerLimit": 450_000,
    "nvmlDeviceGetMemoryInfo": SimpleNamespace(used=3, total=8, free=5),
    "nvmlDeviceGetComputeRunningProcesses": [process(10, 100), process(11, None)],
    "nvmlDeviceGetClockInfo": 1500,
    "nvmlDeviceGetMaxClockInfo": 2000,
    "nvmlDeviceGetTemperature": 41,
    "nvmlDeviceGetCurrentClocksEventReasons": 0x24,
    "nvmlDeviceGetEccMode": [1, 1],
    "nvmlSystemGetDriverVersion": "570.1",
}


def test_readings_are_in_base_units() -> None:
    """mJ, mW and MHz become J, W and Hz; reasons get their names."""
    found = gpu(FakeNvml(**FULL))
    assert found.energy_j() == 5.0
    assert (found.power_w(), found.power_limit_w()) == (65.0, 450.0)
    assert (found.used_bytes(), found.total_bytes()) == (3, 8)
    assert (found.sm_clock_hz(), found.max_sm_clock_hz()) == (1.5e9, 2.0e9)
    assert found.temperature_c() == 41.0
    assert found.throttle_reasons() == "sw_power_cap,sw_thermal_slowdown"
    assert found.ecc() is True
    assert found.driver() == "570.1"
    assert not found.lost


READINGS = (
    "energy_j",
    "power_w",
    "power_limit_w",
    "used_bytes",
    "total_bytes",
    "sm_clock_hz",
    "max_sm_clock_hz",
    "temperature_c",
    "throttle_reasons",
    "ecc",
    "driver",
)


@pytest.mark.parametrize("reading", READINGS)
def test_F38_counter_that_is_missing(reading: str) -> None:
    """What the device does not support is None."""
    assert getattr(gpu(FakeNvml()), reading)() is None


@pytest.mark.parametrize("reading", [r for r in READINGS if r not in ("ecc", "driver", "throttle_reasons")])
def test_F38_field_that_is_not_available(reading: str) -> None:
    """A field that the driver leaves empty, memory included, is None."""
    empty = dict.fromkeys(FULL) | {"nvmlDeviceGetMemoryInfo": SimpleNamespace(used=None, total=None)}
    assert getattr(gpu(FakeNvml(**empty)), reading)() is None


def test_memory_of_a_process() -> None:
    """Our own figure where we are listed with one; other processes are counted as others."""
    found = gpu(FakeNvml(**FULL))
    assert found.process_bytes(10) == 100
    assert found.process_bytes(11) is None
    assert found.process_bytes(12) is None
    assert found.foreign_pids(10) == (11,)


def test_clock_that_nothing_holds_down() -> None:
    """No reason is an empty text, which is not the same as not knowing."""
    idle = FakeNvml(nvmlDeviceGetCurrentClocksEventReasons=0x1)
    assert gpu(idle).throttle_reasons() == ""
    older = FakeNvml(nvmlDeviceGetCurrentClocksThrottleReasons=0x40)
    assert gpu(older).throttle_reasons() == "hw_thermal_slowdown"


def test_F36_gpu_that_is_lost() -> None:
    """Once the driver says that the GPU is gone, readings are None and it is known as lost."""
    library = FakeNvml(**FULL)
    found = gpu(library)
    assert found.used_bytes() == 3
    library.lose()
    assert found.used_bytes() is None
    assert found.lost


@pytest.mark.parametrize("uuid", [UUID, UUID.removeprefix("GPU-")])
def test_F39_gpu_is_found_by_uuid(uuid: str) -> None:
    """Torch's spelling of the UUID and NVML's find the same GPU."""
    assert nvml.find(uuid, FakeNvml()) is not None


@pytest.mark.parametrize("uuid", [None, "", "GPU-another", "MIG-11111111"])
def test_F39_no_uuid_no_gpu(uuid: str | None) -> None:
    """Nothing is guessed from an index."""
    assert nvml.find(uuid, FakeNvml()) is None


def test_F38_without_driver_or_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pynvml that can't start, or none at all, is no GPU and no error."""
    monkeypatch.setitem(sys.modules, "pynvml", FakeNvml())
    assert nvml.load() is None
    monkeypatch.setitem(sys.modules, "pynvml", None)
    assert nvml.load() is None
    assert nvml.find(UUID) is None


def test_door_is_closed_until_it_is_needed() -> None:
    """Importing the door does not import pynvml."""
    code = "import sys; import fitment.harness.meters.nvml; print('pynvml' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "False\n"
    )

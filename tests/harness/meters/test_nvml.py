"""fitment.harness.meters.nvml: a device is found by its UUID, and what can't be had is None."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pynvml
import pytest
from fitment.harness.meters import nvml

from tests.harness.meters.fake_driver import FakeDriver, fails
from tests.harness.meters.fake_nvml import (
    MIG_UUID,
    OTHER_MIG_UUID,
    OTHER_UUID,
    UUID,
    FakeNvml,
    memory,
    process,
)

WHOLE: dict[str, Any] = {
    "nvmlDeviceGetTotalEnergyConsumption": [5000],
    "nvmlDeviceGetPowerUsage": 65_000,
    "nvmlDeviceGetEnforcedPowerLimit": 450_000,
    "nvmlDeviceGetMemoryInfo": memory(30, 80),
    "nvmlDeviceGetComputeRunningProcesses": [process(10, 100), process(11, None)],
    "nvmlDeviceGetClockInfo": 1500,
    "nvmlDeviceGetTemperature": 41,
    "nvmlDeviceGetCurrentClocksEventReasons": 0x24,
    "nvmlDeviceGetUtilizationRates": SimpleNamespace(gpu=90, memory=1),
    "nvmlDeviceGetTotalEccErrors": 4,
    "nvmlDeviceGetMigMode": [1, 1],
}
SLICE: dict[str, Any] = {
    **WHOLE,  # a driver might answer for the slice's handle what it knows of the GPU
    "nvmlDeviceGetMemoryInfo": memory(3, 5),
    "nvmlDeviceGetComputeRunningProcesses": [process(10, 100)],
    "nvmlDeviceGetMemoryErrorCounter": lambda *kind: 2 if kind == (1, 0, 7) else 9,
    "nvmlDeviceGetClockInfo": 1,
    "nvmlDeviceGetEnforcedPowerLimit": 1,
}


def test_F39_slice_is_told_from_its_gpu() -> None:
    """Memory and processes are the slice's; clocks and limits the GPU's; energy and power nobody's."""
    gpu = nvml.find(MIG_UUID, FakeNvml(gpus={UUID: WHOLE, MIG_UUID: SLICE}, slices={MIG_UUID: UUID}))
    assert gpu is not None
    assert gpu.is_slice
    assert (gpu.used_bytes(), gpu.total_bytes()) == (3, 5)
    assert gpu.process_ids() == frozenset({10})
    assert gpu.ecc_errors() == 2
    assert (gpu.sm_clock_hz(), gpu.power_limit_w(), gpu.temperature_c()) == (1.5e9, 450.0, 41.0)
    assert gpu.throttle_reasons() == "sw_power_cap,sw_thermal_slowdown"
    assert (gpu.energy_j(), gpu.power_w(), gpu.utilisation()) == (None, None, None)
    assert gpu.uuid() == MIG_UUID


def test_F39_gpu_that_is_split_is_no_device() -> None:
    """CUDA runs on one of its slices: the whole GPU's figures would be those of all."""
    library = FakeNvml(
        gpus={UUID: WHOLE, MIG_UUID: SLICE, OTHER_MIG_UUID: SLICE},
        slices={MIG_UUID: UUID, OTHER_MIG_UUID: UUID},
    )
    assert nvml.find(UUID, library) is None
    whole = nvml.whole_or_slice(UUID, library)
    assert whole is not None
    assert nvml.slice_uuids(whole) == (MIG_UUID, OTHER_MIG_UUID)


def test_slice_whose_gpu_cannot_be_told() -> None:
    """A driver that does not name a slice's GPU leaves nothing to read the clocks from."""
    library = FakeNvml(gpus={MIG_UUID: SLICE}, lacks={"nvmlDeviceGetDeviceHandleFromMigDeviceHandle"})
    assert nvml.find(MIG_UUID, library) is None


@pytest.mark.parametrize("uuid", [UUID, UUID.removeprefix("GPU-")])
def test_F39_gpu_is_found_by_uuid(uuid: str) -> None:
    """Torch's spelling of the UUID and NVML's find the same GPU, wherever NVML counts it."""
    library = FakeNvml(gpus={OTHER_UUID: {}, UUID: {"nvmlDeviceGetMemoryInfo": memory(1, 7)}})
    found = nvml.find(uuid, library)
    assert found is not None
    assert found.total_bytes() == 7


@pytest.mark.parametrize("uuid", [None, "", "GPU-another", "MIG-11111111"])
def test_F39_no_uuid_no_gpu(uuid: str | None) -> None:
    """Nothing is guessed from an index."""
    assert nvml.find(uuid, FakeNvml()) is None


@pytest.mark.parametrize("name", ["nvmlDeviceGetTotalEnergyConsumption", "NVML_CLOCK_SM", "nvmlMemory_v2"])
def test_F38_pynvml_that_lacks_a_name(name: str) -> None:
    """A function or a constant that an older pynvml does not have is a missing reading, not an error."""
    gpu = nvml.find(UUID, FakeNvml(**{**WHOLE, "nvmlDeviceGetMigMode": [0, 0]}, lacks={name}))
    assert gpu is not None
    assert gpu.energy_j() == (None if "Energy" in name else 5.0)
    assert gpu.sm_clock_hz() == (None if "CLOCK" in name else 1.5e9)
    assert gpu.used_bytes() == 30
    assert not gpu.lost


def test_F38_memory_that_is_not_available() -> None:
    """A GPU that shares the machine's memory has no figures of its own, and its processes none."""
    library = FakeNvml(
        nvmlDeviceGetMemoryInfo=memory(None),
        nvmlDeviceGetComputeRunningProcesses=[process(10, None)],
    )
    gpu = nvml.find(UUID, library)
    assert gpu is not None
    assert (gpu.used_bytes(), gpu.total_bytes(), gpu.free_bytes()) == (None, None, None)
    assert gpu.process_bytes(10) is None
    assert gpu.foreign_pids(10) == ()


@pytest.mark.parametrize("version", ["570.1", b"570.1"])
def test_text_or_bytes(version: str | bytes) -> None:
    """Releases of pynvml differ in what they call a text."""
    assert nvml.driver(FakeNvml(nvmlSystemGetDriverVersion=version)) == "570.1"
    assert nvml.driver(FakeNvml()) is None


def test_F36_gpu_that_is_lost_and_found() -> None:
    """Once lost, a GPU stays lost, whatever is read later; readings are None meanwhile."""
    library = FakeNvml(nvmlDeviceGetMemoryInfo=memory(3, 8))
    found = nvml.find(UUID, library)
    assert found is not None
    assert found.used_bytes() == 3
    library.lose()
    assert found.used_bytes() is None
    library.gone = None
    assert found.used_bytes() == 3
    assert found.lost


def test_F38_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pynvml is no GPU and no error, and the reason is there to be told."""
    monkeypatch.setitem(sys.modules, "pynvml", None)
    assert nvml.load() is None
    assert nvml.find(UUID) is None
    assert nvml.problem() == "nvidia-ml-py is not installed"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (pynvml.NVML_ERROR_LIB_RM_VERSION_MISMATCH, "RM has detected an NVML/RM version mismatch."),
        (pynvml.NVML_ERROR_DRIVER_NOT_LOADED, "Driver Not Loaded"),
    ],
)
def test_F38_driver_that_does_not_start(code: int, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A driver that does not match its own library, as after an update without a restart, is no error."""
    monkeypatch.setattr(pynvml, "nvmlLib", FakeDriver(nvmlInitWithFlags=fails(code)))
    monkeypatch.setattr(pynvml, "_nvmlGetFunctionPointer_cache", {})
    assert nvml.load() is None
    assert nvml.find(UUID) is None
    assert nvml.driver() is None
    assert nvml.problem() == words


def test_every_name_is_pynvmls_own() -> None:
    """Each function and constant that is asked for by name exists in the pynvml that is installed."""
    folder = Path(nvml.__file__).parent
    names = {
        str(node.value)
        for file in ("nvml.py", "gpu.py")
        for node in ast.walk(ast.parse((folder / file).read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and re.fullmatch(r"nvml[A-Z]\w+|NVML_\w+", str(node.value))
    }
    earlier = {f"{name}_v2" for name in names if name.endswith("RunningProcesses")}
    assert len(names) > 30
    assert not [name for name in names | earlier if not hasattr(pynvml, name)]


def test_door_is_closed_until_it_is_needed() -> None:
    """Importing the door does not import pynvml."""
    code = "import sys; import fitment.harness.meters.nvml; print('pynvml' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "False\n"
    )

"""fitment.harness.fingerprint: stable facts, and None for what can't be read."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from dataclasses import replace

import pynvml
import pytest
import torch
from fitment.harness import fingerprint
from fitment.harness.devices import cpu
from fitment.harness.devices.found import FoundDevice

from tests.harness.meters.fake_driver import FakeDriver, fails
from tests.harness.meters.fake_nvml import MIG_UUID, UUID, FakeNvml


def test_environment_is_stable() -> None:
    """Two looks at the same machine give the same id, and every fact that names the machine is there."""
    found = cpu.find()[0]
    environment = fingerprint.environment(found)
    assert environment.id == fingerprint.environment(found).id
    assert environment.host == socket.gethostname()
    assert (environment.device_kind, environment.hardware) == ("cpu", found.hardware)
    assert environment.torch == torch.__version__
    assert environment.memory_gib is not None
    assert environment.logical_cores is not None
    assert environment.physical_cores is not None
    assert environment.logical_cores >= environment.physical_cores >= 1
    assert (environment.driver, environment.cuda, environment.ecc) == (None, None, None)


def test_B19_same_hostname_on_another_machine() -> None:
    """Another processor under the same name is another environment."""
    environment = fingerprint.environment(cpu.find()[0])
    other = replace(environment, cpu="another", memory_gib=1)
    assert other.host == environment.host
    assert other.id != environment.id


def test_libraries_are_those_installed() -> None:
    """NumPy is listed with its version, and what is not installed is left out."""
    listed = dict(entry.split("==") for entry in fingerprint.libraries().split(" "))
    assert "numpy" in listed
    assert set(listed) <= {"numpy", "triton"}


def test_thread_settings_are_part_of_it() -> None:
    """Torch's number of threads, and each variable even when it is not set."""
    settings = fingerprint.thread_settings()
    assert f"torch={torch.get_num_threads()}" in settings
    assert "OMP_NUM_THREADS=" in settings


@pytest.fixture
def a_gpu(monkeypatch: pytest.MonkeyPatch) -> Callable[..., FoundDevice]:
    """A GPU, or a slice of it, that NVML knows with this limit of its power."""

    def found(watts: int = 700, *, profile: str | None = None) -> FoundDevice:
        whole = {
            "nvmlDeviceGetEnforcedPowerLimit": watts * 1000,
            "nvmlDeviceGetEccMode": [1, 1],
            "nvmlDeviceGetMigMode": [int(profile is not None)] * 2,
            "nvmlSystemGetDriverVersion": "570.1",
        }
        library = FakeNvml(gpus={UUID: whole, MIG_UUID: {}}, slices={MIG_UUID: UUID})
        monkeypatch.setitem(sys.modules, "pynvml", library)
        return FoundDevice("cuda:0", "cuda", "X, 80 GiB", 2**36, MIG_UUID if profile else UUID, profile)

    return found


def test_power_limit_and_slice_are_part_of_the_environment(a_gpu: Callable[..., FoundDevice]) -> None:
    """A GPU under a lower limit, or a slice of it, is another environment; the same one is the same."""
    whole = fingerprint.environment(a_gpu(700))
    assert (whole.power_limit_w, whole.ecc, whole.driver) == (700.0, True, "570.1")
    assert (whole.device_uuid, whole.mig_profile) == (UUID, None)
    lower = fingerprint.environment(a_gpu(300))
    part = fingerprint.environment(a_gpu(700, profile="1g.10gb"))
    other = fingerprint.environment(a_gpu(700, profile="2g.20gb"))
    assert (part.power_limit_w, part.ecc, part.mig_profile) == (700.0, True, "1g.10gb")
    assert len({found.id for found in (whole, lower, part, other)}) == 4
    assert len({found.stack for found in (whole, lower, part, other)}) == 4
    assert fingerprint.environment(a_gpu(700)).id == whole.id


def test_F38_nvml_that_does_not_match_its_driver(
    monkeypatch: pytest.MonkeyPatch, a_gpu: Callable[..., FoundDevice]
) -> None:
    """The CPU's facts need no NVML, and a GPU keeps those that torch tells; the rest is None."""
    gpu = a_gpu()
    mismatch = FakeDriver(nvmlInitWithFlags=fails(pynvml.NVML_ERROR_LIB_RM_VERSION_MISMATCH))
    monkeypatch.setattr(pynvml, "nvmlLib", mismatch)
    monkeypatch.setattr(pynvml, "_nvmlGetFunctionPointer_cache", {})
    monkeypatch.setitem(sys.modules, "pynvml", pynvml)
    assert fingerprint.environment(cpu.find()[0]).cpu is not None
    found = fingerprint.environment(gpu)
    assert (found.device_uuid, found.device_memory_bytes) == (UUID, 2**36)
    assert (found.driver, found.power_limit_w, found.ecc) == (None, None, None)

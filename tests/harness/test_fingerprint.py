"""fitment.harness.fingerprint: stable facts, and None for what can't be read."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import torch
from fitment.harness import fingerprint
from fitment.harness.devices import cpu


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


def test_governor_that_is_not_there(tmp_path: Path) -> None:
    """A machine without a clock policy has None, one with it the word itself."""
    assert fingerprint.governor(tmp_path / "absent") is None
    (tmp_path / "scaling_governor").write_text("performance\n")
    assert fingerprint.governor(tmp_path / "scaling_governor") == "performance"


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

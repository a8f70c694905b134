"""The stable facts of this machine and one of its devices: what makes two results comparable."""

from __future__ import annotations

import os
import platform
import socket
from importlib import metadata

import psutil
import torch

from ..registry.records import Environment
from .devices import cpu
from .devices.found import FoundDevice
from .meters import nvml
from .system_facts import governor, operating_system

LIBRARIES = ("numpy", "triton")  # besides torch: what runs inside a timed step, or compiles it
THREAD_VARIABLES = ("OMP_NUM_THREADS", "MKL_NUM_THREADS")


def environment(found: FoundDevice) -> Environment:
    """The environment of results measured on ``found`` here and now. Load and heat are no part of it."""
    gpu = nvml.find(found.uuid) if found.kind == "cuda" else None
    return Environment(
        device_kind=found.kind,
        hardware=found.hardware,
        host=socket.gethostname(),
        os=operating_system(),
        cpu=cpu.model_name(),
        physical_cores=cpu.physical_cores(),
        logical_cores=len(os.sched_getaffinity(0)),
        memory_gib=round(psutil.virtual_memory().total / 2**30),
        governor=governor(),
        device_uuid=found.uuid,
        device_memory_bytes=found.memory_bytes,
        driver=nvml.driver() if found.kind == "cuda" else None,
        cuda=torch.version.cuda if found.kind == "cuda" else None,
        power_limit_w=gpu.power_limit_w() if gpu else None,
        mig_profile=found.mig_profile,
        ecc=gpu.ecc() if gpu else None,
        python=platform.python_version(),
        torch=torch.__version__,
        libraries=libraries(),
        thread_settings=thread_settings(),
    )


def libraries() -> str:
    """``"numpy==2.4.0"``: those of LIBRARIES that are installed, sorted, joined by single spaces."""
    installed = {found.metadata["Name"]: found.version for found in map(_distribution, LIBRARIES) if found}
    return " ".join(f"{name}=={version}" for name, version in sorted(installed.items()))


def thread_settings() -> str:
    """Torch's own number of threads and the variables that set it; a variable that is not set stays empty."""
    variables = (f"{name}={os.environ.get(name, '')}" for name in THREAD_VARIABLES)
    return " ".join((f"torch={torch.get_num_threads()}", *variables))


def _distribution(name: str) -> metadata.Distribution | None:
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None

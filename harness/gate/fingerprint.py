"""The machine and its software as a process of benchmarks finds them, and what may be compared because of it.

No torch: the gate's parent has none. What a library's version is, a process says of those it has imported.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from ..devices import cpu
from ..meters import cgroups, nvml
from ..meters.nvml_door import Door, text
from ..system_facts import governor, operating_system

LIBRARIES = (
    *("numpy", "scipy", "pandas", "polars", "pyarrow", "duckdb", "numba", "torch", "triton", "jax"),
    *("tensorflow", "sklearn", "transformers"),
)
THREAD_VARIABLES = (
    *("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS"),
    *("NUMBA_NUM_THREADS", "POLARS_MAX_THREADS"),
)
# What decides times. Kernel, distribution and memory are told, but their updates don't cut a history off.
_DECIDES_TIMES = (
    *("architecture", "cpu", "physical cores", "usable CPUs", "CPU quota", "governor", "threads"),
    *("python", "gpus", "driver"),
)


def facts(library: Any = None) -> dict[str, str]:
    """What is known here, by name; what the system doesn't tell is left out. ``library``: NVML's."""
    found = {
        "architecture": platform.machine(),
        "cpu": cpu.model_name(),
        "physical cores": str(cpu.physical_cores()),
        "usable CPUs": f"{len(os.sched_getaffinity(0))} of {os.cpu_count()}",
        "CPU quota": cpu_quota(),
        "memory": f"{round(cpu.memory_bytes() / 2**30)} GiB",
        "governor": governor(),
        "system": operating_system(),
        "python": _minor(f"{platform.python_implementation()} {platform.python_version()}"),
        "libraries": _libraries(),
        "threads": " ".join(f"{name}={os.environ[name]}" for name in THREAD_VARIABLES if name in os.environ),
        **_gpus(library or nvml.load()),
    }
    return {name: value for name, value in found.items() if value}


def machine_class(found: Mapping[str, str]) -> str:
    """``"1f2e3d4c AMD EPYC 7B13, 2 cores"``: a hash of what decides times, and words for it.

    Times of one class may be compared with each other, and with no other class's.
    """
    deciding = json.dumps([found.get(name) for name in _DECIDES_TIMES])
    words = [cpu.hardware_class(found.get("cpu", "unknown CPU"), int(found.get("physical cores", "1")))]
    words += filter(None, (found.get("governor"), found.get("gpus")))
    return f"{sha256(deciding.encode()).hexdigest()[:8]} {', '.join(words)}"


def counter_class(found: Mapping[str, str]) -> str:
    """``"x86_64, CPython 3.11, numpy 2.4"``: what decides how much a call allocates and executes."""
    return ", ".join(found[name] for name in ("architecture", "python", "libraries") if name in found)


def cpu_quota(groups: cgroups.Folders | None = None) -> str | None:
    """``"1.5 CPUs"`` that the control group may use; None where it may use all."""
    folders = groups or cgroups.folders("cpu")
    limits = [cgroups.text(folder / "cpu.max").split() for folder in folders.v2]
    shares = [int(each[0]) / int(each[1]) for each in limits if len(each) == 2 and each[0].isdigit()]
    return f"{min(shares):g} CPUs" if shares else None


def _libraries() -> str:
    """Those of LIBRARIES that this process has imported, by their minor versions."""
    versions = {name: getattr(sys.modules.get(name), "__version__", None) for name in LIBRARIES}
    return ", ".join(_minor(f"{name} {version}") for name, version in versions.items() if version)


def _minor(version: str) -> str:
    """``"numpy 2.4"`` of ``"numpy 2.4.1"``."""
    return ".".join(version.split(".")[:2])


def _gpus(library: Any) -> dict[str, str]:
    """The names of the GPUs and their driver; nothing where there is no NVML."""
    if library is None:
        return {}
    door = Door(library, None)
    handles = [
        door.ask("nvmlDeviceGetHandleByIndex", at) for at in range(door.ask("nvmlDeviceGetCount") or 0)
    ]
    names = [text(door.ask("nvmlDeviceGetName", handle)) or "GPU" for handle in handles if handle is not None]
    if not names:
        return {}
    counted = [f"{names.count(name)} × {name}" for name in dict.fromkeys(names)]
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    chosen = [] if visible is None else [f"CUDA_VISIBLE_DEVICES={visible}"]
    return {"gpus": ", ".join(counted + chosen), "driver": nvml.driver(library) or "unknown"}

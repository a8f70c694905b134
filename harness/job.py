"""What one child process is asked to do, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..registry.records import Cell, Configuration, Measurement


@dataclass(frozen=True, slots=True)
class Job:
    """One invocation of one cell on one device of this machine."""

    cell: Cell
    device: str  # "cpu", "cuda:0": an index is good for this machine and this minute only
    env_id: str
    sweep_id: str | None
    invocation: int
    profile: str  # a name in profiles.PROFILES
    deadline_s: float  # for the whole child, from its start
    import_path: tuple[str, ...] = ()  # put before sys.path for `module:` factories
    device_uuid: str | None = None  # as NVML writes it: the GPU is found by it before CUDA is touched
    mig_profile: str | None = None  # "1g.5gb" where the device is a slice of a GPU


@dataclass(frozen=True, slots=True)
class Measured:
    """What a job came to: the record, and the raw latencies (float64[n], seconds, in order) if any."""

    measurement: Measurement
    samples: NDArray[np.float64] | None
    hangs: bool = False  # a process that it started does not die of SIGKILL


def job_to_request(job: Job) -> dict[str, Any]:
    """The job as plain JSON types."""
    return asdict(job)


def job_from_request(request: Mapping[str, Any]) -> Job:
    """The job that ``job_to_request`` wrote."""
    cell = dict(request["cell"])
    cell["configuration"] = Configuration(**cell["configuration"])
    fields = {**request, "cell": Cell(**cell), "import_path": tuple(request["import_path"])}
    return Job(**fields)

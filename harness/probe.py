"""What this machine has and can run, asked of a child so that this process never loads torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..registry.errors import FitmentError
from ..registry.records import Environment
from .calibration.own_cost import OwnCost
from .executors.child import Ending, run_child

CHILD = "fitment.harness.probe_child"


class ProbeError(FitmentError):
    """The probe found out nothing about this machine."""


@dataclass(frozen=True, slots=True)
class ProbedDevice:
    """One device with its stable facts. Of a precision or compile mode: None = runs here, else why not."""

    name: str  # "cpu", "cuda:0"
    kind: str
    hardware: str
    environment: Environment
    precisions: Mapping[str, str | None]
    compile_modes: Mapping[str, str | None]
    own_cost: OwnCost | None = None  # of the harness on it, now: no part of the environment


@dataclass(frozen=True, slots=True)
class Machine:
    """The devices of this machine, the CPU first."""

    devices: tuple[ProbedDevice, ...]


def probe(deadline_s: float = 60.0, *, child: str = CHILD) -> Machine:
    """This machine, as a child process sees it. Raises ProbeError, in one line, where the child fails."""
    ending = run_child(child, {}, deadline_s=deadline_s)
    if ending.received.body is None:
        raise ProbeError(f"cannot tell what this machine has: {_reason(ending, deadline_s)}")
    return Machine(tuple(_device(body) for body in ending.received.body["devices"]))


def _device(body: Mapping[str, Any]) -> ProbedDevice:
    fields = {**body, "environment": Environment(**body["environment"])}
    return ProbedDevice(**{**fields, "own_cost": OwnCost(**body["own_cost"])})


def _reason(ending: Ending, deadline_s: float) -> str:
    """Why there is no answer: the deadline, a signal, or the last line that the child wrote."""
    if ending.timed_out:
        return f"no answer within {deadline_s:g} s; a driver may hang"
    if ending.returncode is not None and ending.returncode < 0:
        return f"the probe was killed by signal {-ending.returncode}"
    lines = ending.stderr_tail.strip().splitlines()
    return lines[-1].strip() if lines else f"the probe ended with exit code {ending.returncode}"

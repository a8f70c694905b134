"""The probe's own process, ``python -P -m fitment.harness.probe_child``: loads torch, answers, and ends."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Any

from . import names
from .devices.found import FoundDevice
from .lifeline import begin, leave


def main() -> None:
    """Answers with the devices of this machine and what each can run."""
    _, sender = begin(sys.argv[1:])
    kinds = [names.load("devices", kind) for kind in names.available("devices")]  # "cpu" sorts first
    sender.result({"devices": [described(found) for kind in kinds for found in kind.find()]})
    leave(0)


def described(found: FoundDevice) -> dict[str, Any]:
    """A device as plain JSON types, fields as in probe.ProbedDevice."""
    from .calibration import null_model
    from .fingerprint import environment

    _make_current(found)
    return {
        "name": found.name,
        "kind": found.kind,
        "hardware": found.hardware,
        "environment": asdict(environment(found)),
        "precisions": {p: names.load("precisions", p).unsupported(found.kind) for p in _all("precisions")},
        "compile_modes": {c: names.load("compilers", c).unavailable(found.kind) for c in _all("compilers")},
        "own_cost": asdict(null_model.measured(found)),
    }


def _make_current(found: FoundDevice) -> None:
    """What a GPU can do is asked of the current one."""
    if found.kind == "cuda":
        import torch

        torch.cuda.set_device(found.name)


def _all(folder: str) -> tuple[str, ...]:
    return names.available(folder)


if __name__ == "__main__":
    main()

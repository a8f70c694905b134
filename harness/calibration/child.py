"""The calibration's own process, ``python -P -m fitment.harness.calibration.child``."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Any

from .. import names
from ..devices.found import FoundDevice
from ..lifeline import begin, leave


def main() -> None:
    """Answers with the own cost and the ceilings so far, after each: a crash in one keeps the others."""
    request, sender = begin(sys.argv[1:])
    import torch

    from . import null_model
    from .ceilings import ceilings

    device = _found(request["device"])
    torch.manual_seed(0)
    if device.kind == "cuda":
        torch.cuda.set_device(device.name)
    body: dict[str, Any] = {"own_cost": asdict(null_model.measured(device)), "ceilings": []}
    for ceiling in ceilings(device.name, request["precisions"], sender.stage):
        body["ceilings"].append(asdict(ceiling))
        sender.result(body)
    leave(0)


def _found(name: str) -> FoundDevice:
    """The device that the parent's probe called ``name``."""
    devices: tuple[FoundDevice, ...] = names.load("devices", name.partition(":")[0]).find()
    return next(device for device in devices if device.name == name)


if __name__ == "__main__":
    main()

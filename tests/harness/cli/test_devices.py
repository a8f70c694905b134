from __future__ import annotations

import pytest
from fitment.harness.cli.main import main


def test_this_machine_is_described(capsys: pytest.CaptureFixture[str]) -> None:
    """The CPU is there with its environment's id and what runs on it; an absent GPU is no error."""
    assert main(["devices"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("cpu\n")
    for part in ("hardware", "environment", "torch", "precisions", "fp32", "compile modes", "eager"):
        assert part in out

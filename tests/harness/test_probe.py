"""fitment.harness.probe: this machine as a child sees it, and a child that fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fitment.harness import names
from fitment.harness.probe import ProbeError, probe
from fitment.registry.errors import FitmentError

# Answers that this machine has no device.
EMPTY = """
import sys
from fitment.harness.lifeline import begin, leave
_, sender = begin(sys.argv[1:])
sender.result({"devices": []})
leave(0)
"""


def test_this_machine() -> None:
    """The CPU comes first, with its facts and a word on every precision and compile mode."""
    machine = probe()
    first = machine.devices[0]
    assert (first.name, first.kind) == ("cpu", "cpu")
    assert first.environment.hardware == first.hardware
    assert set(first.precisions) == set(names.available("precisions"))
    assert set(first.compile_modes) == set(names.available("compilers"))
    assert first.precisions["fp32"] is None
    assert first.compile_modes["eager"] is None
    assert all(device.kind in ("cpu", "cuda") for device in machine.devices)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("raise ImportError('no torch here')", "ImportError: no torch here"),
        ("import os; os.kill(os.getpid(), 11)", "signal 11"),
        ("import os; os._exit(3)", "exit code 3"),
    ],
)
def test_a_probe_that_dies_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, reason: str
) -> None:
    """A child that raises, crashes or leaves is a mistake with a reason, and nothing is guessed."""
    (tmp_path / "dying_probe.py").write_text(code)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(ProbeError, match=reason) as caught:
        probe(child="dying_probe")
    assert isinstance(caught.value, FitmentError)
    assert "\n" not in str(caught.value)


def test_a_probe_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A driver that never answers costs the deadline, not the sweep."""
    (tmp_path / "hanging_probe.py").write_text("import time; time.sleep(600)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(ProbeError, match=r"no answer within 0\.5 s"):
        probe(0.5, child="hanging_probe")


def test_F42_without_torch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where torch is not installed the probe says so in one line."""
    (tmp_path / "torch.py").write_text("raise ModuleNotFoundError(\"No module named 'torch'\", name='torch')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(ProbeError, match="No module named 'torch'"):
        probe()


def test_probing_leaves_this_process_light(tmp_path: Path) -> None:
    """The process that asks loads no torch."""
    (tmp_path / "empty_probe.py").write_text(EMPTY)
    code = (
        "import sys\nfrom fitment.harness.probe import probe\n"
        "print(probe(child='empty_probe').devices, 'torch' in sys.modules)"
    )
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    ).stdout
    assert said == "() False\n"

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from fitment.harness.calibration.roofline import roofline

PREAMBLE = """
import os, signal, sys, time
from fitment.harness.lifeline import begin, leave
request, sender = begin(sys.argv[1:])
COST = {"timer_resolution_s": 1e-8, "timer_overhead_s": 1e-7, "null_step_s": 1e-6, "sampler_cpu_share": None}
"""
FP32_THEN = """
sender.stage("fp32")
sender.result({"own_cost": COST, "ceilings": [{"precision": "fp32", "operations_per_s": 1e9}]})
sender.stage("tf32")
"""


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a child called ``made_up`` is looked for."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path / "made_up.py"


HURRIED = """
from dataclasses import replace
from fitment.harness.calibration import child, rate
rate.PROFILE = replace(rate.PROFILE, budget_s=0.1, min_total_s=0.03)
child.main()
"""


def test_the_cpus_fp32_roofline(child: Path) -> None:
    """A real child measures both sides, with their spread and sizes, and the harness's own cost."""
    child.write_text(HURRIED)  # with a tenth of the patience: no figure matters
    reached = roofline("cpu", precisions=("fp32",), child="made_up")
    (fp32,) = reached.ceilings
    assert reached.own_cost is not None
    assert fp32.detail is None or "too little memory" in fp32.detail
    for figure in (fp32.operations_per_s, fp32.product_size, fp32.bytes_per_s, fp32.buffer_bytes):
        assert figure is not None
        assert figure > 0
    assert fp32.operations_spread is not None
    assert fp32.bytes_spread is not None


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("os.kill(os.getpid(), signal.SIGILL)", "the process was killed by signal 4 in tf32"),
        ("os._exit(3)", "the process ended with exit code 3 in tf32"),
    ],
)
def test_a_crash_in_one_precision_keeps_the_others(child: Path, end: str, reason: str) -> None:
    """What was measured before stands; what is missing says how the process ended, and where."""
    child.write_text(PREAMBLE + FP32_THEN + end)
    reached = roofline("cpu", precisions=("fp32", "tf32", "bf16"), child="made_up")
    assert reached.own_cost is not None
    found = {ceiling.precision: ceiling for ceiling in reached.ceilings}
    assert found["fp32"].operations_per_s == 1e9
    assert found["tf32"].detail is not None
    assert found["tf32"].detail.startswith(reason)
    assert found["bf16"].detail == found["tf32"].detail


def test_a_child_without_any_answer(child: Path) -> None:
    """Then all is missing, for the reason that the child gave."""
    child.write_text("raise ImportError('no torch here')")
    reached = roofline("cpu", precisions=("fp32",), child="made_up")
    assert reached.own_cost is None
    assert reached.ceilings[0].detail == "the process ended with exit code 1: ImportError: no torch here"


def test_a_child_that_hangs_is_ended(child: Path) -> None:
    """A driver that never answers costs the deadline, and is named as such."""
    child.write_text("import time; time.sleep(600)")
    reached = roofline("cpu", precisions=("fp32",), child="made_up", deadline_s=0.5)
    assert reached.ceilings[0].detail == "not reached within 0.5 s: the process was ended"


@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device: torch sees none")
def test_a_gpus_roofline() -> None:
    """On a GPU each precision has both sides, or says why not; the GPU beats what any CPU's memory gives."""
    reached = roofline("cuda:0")
    assert reached.own_cost is not None
    for ceiling in reached.ceilings:
        assert ceiling.operations_per_s or ceiling.detail
    assert max(ceiling.bytes_per_s or 0 for ceiling in reached.ceilings) > 5e10

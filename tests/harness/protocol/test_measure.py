"""fitment.harness.protocol.measure: the whole protocol on small models, in this process."""

from __future__ import annotations

import json
import os
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from fitment.harness import profiles
from fitment.harness.channel import Received, Sender, receive
from fitment.harness.job import Job
from fitment.harness.protocol import measure
from fitment.harness.protocol.draft import Draft
from fitment.harness.protocol.vigil import Vigil

from tests.harness.jobs import make_job, module_job

STAGES = [
    "preflight",
    "load",
    "first_call",
    "warm_up",
    "latency",
    "throughput",
    "memory",
    "numerics",
    "reference",
    "macs",
]


@pytest.fixture(autouse=True)
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """The quick profile, in a tenth of its time."""
    short = replace(
        profiles.PROFILES["quick"], budget_s=0.2, block_s=0.01, warm_up_cap_s=0.3, min_total_s=0.02
    )
    monkeypatch.setitem(profiles.PROFILES, "quick", short)


def measured(job: Job) -> tuple[list[str], Received, dict[str, Any]]:
    """The stages that the job went through, what its last answer was, and that answer's fields."""
    read_end, write_end = os.pipe()
    said: list[bytes] = []
    with open(read_end, "rb") as file:
        reader = threading.Thread(target=lambda: said.append(file.read()))
        reader.start()
        draft = Draft(Sender(write_end, "n"))
        try:
            measure.measure(job, draft, Vigil(draft))
            draft.send()
        finally:  # or the reader would wait for ever, and a failure be a hang
            os.close(write_end)
            reader.join()
    records = [json.loads(line) for line in said[0].split(b"\n") if line.startswith(b'{"nonce"')]
    received = receive(said[0], "n")
    assert received.body is not None
    return [r["body"]["stage"] for r in records if r["kind"] == "stage"], received, dict(received.body)


def test_fp32_eager_is_its_own_reference() -> None:
    """Every stage is passed in order; nothing is compared with itself, and the MACs are the layers' own."""
    stages, received, fields = measured(make_job(batch=2))
    assert stages == STAGES
    assert fields["status"] == "ok"
    assert fields["parameters"] == 669_706
    assert fields["macs_per_sample"] == 784 * 512 + 512 * 512 + 512 * 10
    assert "relative_l2" not in fields
    assert received.samples is not None
    assert fields["n_samples"] == len(received.samples)
    assert fields["throughput"] > 0
    assert fields["latency_p50_s"] > 0


def test_fit_makes_two_steps_and_no_figures_of_speed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The batch ladder's profile loads, makes a first step and one under the memory pass, and ends."""
    code = """
class Own(nn.Module):
    calls = 0

    def forward(self, x):
        Own.calls += 1
        return x

def make():
    return Own(), X
"""
    monkeypatch.delitem(sys.modules, "own_model", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    stages, received, fields = measured(module_job(tmp_path, code, profile="fit"))
    assert stages == ["preflight", "load", "first_call", "memory"]
    assert sys.modules["own_model"].Own.calls == 2
    assert fields["status"] == "ok"
    assert fields["peak_memory_bytes"] > 0
    assert received.samples is None
    assert not {"latency_p50_s", "throughput", "steady", "n_blocks"} & set(fields)


def test_flushed_steps_are_timed_one_by_one() -> None:
    """With the cache flushed no block is made, however short the steps; the latencies give the throughput."""
    stages, received, fields = measured(make_job(batch=2, cache_state="flushed"))
    assert stages == STAGES
    assert fields["status"] == "ok"
    assert fields["steps_per_sample"] == 1
    assert fields["n_blocks"] is None
    assert fields["throughput"] == pytest.approx(2 / fields["latency_p50_s"])
    assert received.samples is not None
    assert "block_percentiles" not in fields["flags"]


def test_later_invocations_repeat_only_what_can_differ() -> None:
    """The second process of a cell that is its own reference loads no model again to count what is known."""
    stages, _, fields = measured(replace(make_job(), invocation=1))
    assert stages == STAGES[:-2]
    assert "macs_per_sample" not in fields
    assert fields["status"] == "ok"


def test_reduced_precision_is_compared_with_fp32() -> None:
    """bf16 of the same weights lies near fp32, not on it, and seeded weights are not judged."""
    _, _, fields = measured(make_job(batch=9, precision="bf16"))
    assert fields["status"] == "ok"
    assert 1e-4 < fields["relative_l2"] < 5e-2
    assert fields["max_abs_error"] > 0
    assert fields["top1_agreement"] > 0.5
    assert "no_reference" not in fields["flags"]


def test_training_compares_its_first_step() -> None:
    """A training step changes the weights; its first output is what fp32 must agree with."""
    _, _, fields = measured(make_job(batch=4, precision="bf16", scenario="train_step"))
    assert fields["status"] == "ok"
    assert 1e-4 < fields["relative_l2"] < 5e-2


LOSSY = """
class Own(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 3)
        {weights}

    def forward(self, x):
        out = self.layer(x)
        return out if out.dtype == torch.float32 else out * 3

def make():
    return Own(), X
"""
REAL = "nn.init.constant_(self.layer.weight, 0.5); nn.init.constant_(self.layer.bias, 0.25)"


@pytest.mark.parametrize(("weights", "status"), [("", "ok"), (REAL, "numerics_mismatch")])
def test_only_real_weights_are_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weights: str, status: str
) -> None:
    """An output three times too large fails where the weights hang on no seed; else a flag says so."""
    monkeypatch.delitem(sys.modules, "own_model", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    _, _, fields = measured(module_job(tmp_path, LOSSY.format(weights=weights), precision="bf16"))
    assert fields["relative_l2"] == pytest.approx(2, rel=0.05)
    assert fields["status"] == status
    assert fields["throughput"] > 0
    assert ("speed_only" in fields["flags"].split(",")) is (weights != REAL)


UNSEEDED = """
import random

class Own(nn.Linear):
    pass

def make():
    own = Own(4, 3)
    nn.init.constant_(own.weight, random.SystemRandom().random())
    return own, X
"""


def test_weights_that_change_between_loads_have_no_reference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A factory that ignores the seed can't be compared: a flag says so, and the speed stands."""
    monkeypatch.delitem(sys.modules, "own_model", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    _, _, fields = measured(module_job(tmp_path, UNSEEDED, precision="bf16"))
    assert fields["status"] == "ok"
    assert {"no_reference", "speed_only"} <= set(fields["flags"].split(","))
    assert "relative_l2" not in fields


def test_memory_is_the_cells_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A buffer that a step needs for a moment is in the peak, although it is gone when the step returns."""
    code = """
class Own(nn.Module):
    def forward(self, x):
        torch.ones({size} * 2**18).sum()
        return x * 1.0

def make():
    return Own(), X
"""
    peaks = []
    for size in (1, 300):
        monkeypatch.delitem(sys.modules, "own_model", raising=False)
        with monkeypatch.context() as patch:
            patch.syspath_prepend(tmp_path / str(size))
            (tmp_path / str(size)).mkdir()
            _, _, fields = measured(module_job(tmp_path / str(size), code.format(size=size)))
            peaks.append(fields["peak_memory_bytes"])
            assert fields["rss_source"] == "vmhwm"
    assert peaks[1] - peaks[0] > 200 * 2**20


def test_threads_of_the_cell_are_torchs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number of threads is set for torch before anything runs, and again after the model's own code has."""
    asked: list[int] = []
    monkeypatch.setattr(torch, "set_num_threads", asked.append)
    measured(make_job(threads=3))
    assert asked == [3, 3]

"""The machine, as benchmark processes find it: the same here twice, another where what decides differs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from fitment.harness.gate.fingerprint import counter_class, cpu_quota, facts, machine_class
from fitment.harness.meters.cgroups import Folders

from tests.harness.meters.fake_nvml import FakeNvml

ASK = """
import json, sys
from fitment.harness.gate.fingerprint import counter_class, facts, machine_class
found = facts()
heavy = sorted({"torch", "numba", "duckdb"} & set(sys.modules))
print(json.dumps([machine_class(found), counter_class(found), heavy]))
"""


def test_one_machine_has_one_class() -> None:
    """Two processes agree, and neither needs anything heavy to tell."""
    answers = [json.loads(subprocess.check_output([sys.executable, "-c", ASK])) for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0][2] == []


@pytest.mark.parametrize(
    "other",
    [
        {"cpu": "another"},
        {"governor": "powersave"},
        {"gpus": "1 × Another GPU"},
        {"usable CPUs": "1 of 64"},
        {"threads": "OMP_NUM_THREADS=3"},
        {"python": "CPython 3.99"},
    ],
)
def test_what_decides_times_makes_another_class(other: dict[str, str]) -> None:
    """Another processor, clock policy, GPU, affinity, number of threads or Python."""
    here = facts()
    assert machine_class({**here, **other}) != machine_class(here)
    assert machine_class({**here, "system": "a newer kernel", "memory": "1 GiB"}) == machine_class(here)


def test_counters_have_a_class_of_their_own() -> None:
    """Architecture, Python and the minor versions of what was imported; not the processor's speed."""
    assert counter_class({"architecture": "arm64", "python": "CPython 3.11", "libraries": "numpy 2.4"}) == (
        "arm64, CPython 3.11, numpy 2.4"
    )
    pytest.importorskip("numpy")
    here = facts()
    assert "numpy 2." in counter_class(here)
    assert counter_class({**here, "cpu": "another"}) == counter_class(here)


def test_gpus_are_named_where_nvml_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """By name and number, with those that CUDA may see, and the driver."""
    library = FakeNvml(
        nvmlDeviceGetCount=2,
        nvmlDeviceGetHandleByIndex="gpu",
        nvmlDeviceGetName=b"H200",
        nvmlSystemGetDriverVersion=b"580.1",
    )
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1")
    found = facts(library)
    assert (found["gpus"], found["driver"]) == ("2 × H200, CUDA_VISIBLE_DEVICES=1", "580.1")
    assert "H200" in machine_class(found)


def test_quota_is_the_smallest_of_the_groups(tmp_path: Path) -> None:
    """A group without a limit says nothing."""
    for name, limit in (("a", "max 100000"), ("b", "150000 100000")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "cpu.max").write_text(limit + "\n")
    assert cpu_quota(Folders((tmp_path / "a", tmp_path / "b"), ())) == "1.5 CPUs"
    assert cpu_quota(Folders((tmp_path / "a",), ())) is None

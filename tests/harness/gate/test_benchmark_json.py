from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fitment.harness.gate.baseline_file import read
from fitment.harness.gate.errors import BaselineError
from fitment.harness.gate.fingerprint import facts, machine_class

TEST = "def test_sum(benchmark):\n    benchmark.pedantic(sum, ([1, 2],), rounds=3)\n"


@pytest.fixture(scope="module")
def body(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What pytest-benchmark itself writes of one benchmark."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "test_sums.py").write_text(TEST)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--benchmark-json=all.json"]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    subprocess.run(command, cwd=folder, env=environ, check=True, capture_output=True)
    found: dict[str, Any] = json.loads((folder / "all.json").read_text())
    return found


def _file(folder: Path, body: dict[str, Any]) -> Path:
    path = folder / "0001_main.json"
    path.write_text(json.dumps(body))
    return path


def test_its_medians_are_those_of_one_process(tmp_path: Path, body: dict[str, Any]) -> None:
    """One median for each benchmark, by its node id; no counters; comparable on the machine it names."""
    found = read(_file(tmp_path, body))
    (median,) = found.processes["test_sums.py::test_sum"]
    assert median == body["benchmarks"][0]["stats"]["median"]
    assert found.label == "pytest-benchmark's 0001_main.json"
    assert (found.counters, found.counter_class) == ({}, None)
    here = facts()
    assert found.times_on(machine_class(here), here)


def test_another_machine_s_is_refused(tmp_path: Path, body: dict[str, Any]) -> None:
    """By the CPU that pytest-benchmark wrote into it, or by our own fingerprint where that is in it."""
    here = facts()
    plain = {"cpu": {"brand_raw": "PDP-11"}, "machine": "pdp11"}
    for machine in (plain, {"fitment": {"cpu": "PDP-11", "architecture": "pdp11"}}):
        found = read(_file(tmp_path, {**body, "machine_info": machine}))
        with pytest.raises(BaselineError, match=r"another machine .*PDP-11"):
            found.check(machine_class(here), "any", here)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"benchmarks": []}, "holds no benchmark"),
        ({"benchmarks": [{"fullname": "t", "stats": {}}]}, "no whole file"),
        ({"benchmarks": [{"fullname": "t", "stats": {"median": 0}}]}, "no whole file"),
        ({"machine_info": None}, "no whole file"),
        ({"commit_info": [1]}, "no whole file"),
    ],
)
def test_what_is_not_whole_is_refused(
    tmp_path: Path, body: dict[str, Any], change: dict[str, Any], said: str
) -> None:
    """With the option that writes it again."""
    with pytest.raises(BaselineError, match=said):
        read(_file(tmp_path, {**body, **change}))

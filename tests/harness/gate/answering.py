"""A project whose benchmarks answer with the figures that stand in it: real processes, no clock."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.harness.gate.repositories import committed, repository

# What the plugin does in a process of the gate, without pytest.
BENCH = """
import json, os
from figures import FIGURES
with open(os.environ["FITMENT_GATE_REQUEST"]) as file:
    asked = json.load(file)
found = [
    {
        "benchmark": name,
        "standing": "measured",
        "median_s": None if asked["counting"] else seconds,
        "rounds": 20,
        "counters": {"allocations": count} if asked["counting"] else {},
    }
    for name, (seconds, count) in FIGURES.items()
    if asked["benchmarks"] is None or name in asked["benchmarks"]
]
answer = {"format": 1, "observations": found, "strays": [], "notes": []}
answer["fingerprint"] = {"cpu": "Some CPU", "architecture": "x86_64", "python": "CPython 3.11"}
with open(asked["answer"], "w") as file:
    json.dump(answer, file)
"""
COMMAND = (sys.executable, "-S", "-E", "bench.py")


def project(root: Path, **figures: tuple[float, float]) -> str:
    """The first commit of a project whose benchmarks take so many seconds and allocations."""
    files = {"bench.py": BENCH, ".gitignore": "__pycache__/\n.fitment-gate/\n"}
    return repository(root, {**files, "figures.py": _text(figures)})


def changed(root: Path, **figures: tuple[float, float]) -> str:
    """The commit after it, with other figures."""
    return committed(root, {"figures.py": _text(figures)})


def _text(figures: dict[str, tuple[float, float]]) -> str:
    return f"FIGURES = {figures!r}\n"

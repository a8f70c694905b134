"""Jobs for tests: a module's factory or a zoo model, on this machine's CPU, measured quickly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fitment.harness.job import Job
from fitment.harness.models.sources import resolve
from fitment.registry.records import Cell, Configuration

# A user's own module: what a factory there returns is written into it by each test.
PREAMBLE = """
import os, signal, subprocess, sys, time
import torch
from torch import nn

X = torch.ones(2, 4)
"""
# In a model's module: cuts the profile's budgets, as a budget cuts every minimum of the protocol. For tests
# that ask what becomes of a cell, not how well it was measured; only where a child loads the module.
HURRIED = """
from dataclasses import replace

from fitment.harness import profiles

tiny = replace(profiles.PROFILES["quick"], budget_s=0.01, warm_up_cap_s=0.01, block_s=0.001)
profiles.PROFILES["quick"] = tiny
"""


def make_job(
    model: str = "zoo:mlp-784-512-512-10",
    *,
    deadline_s: float = 120.0,
    import_path: tuple[str, ...] = (),
    scenario: str = "forward",
    device: str = "cpu",
    profile: str = "quick",
    **configuration: Any,
) -> Job:
    """One invocation of a cell: batch 1, fp32, eager, unless ``configuration`` says otherwise."""
    reference = resolve(model)
    kind = device.partition(":")[0]
    axes = {"batch": 1, "precision": "fp32", "compile_mode": "eager", **configuration}
    cell = Cell(
        model=reference.name,
        model_source=reference.source,
        model_version="",
        scenario=scenario,
        device_kind=kind,
        hardware="a device under test",
        input_shape=reference.input_shape,
        configuration=Configuration(**axes),
    )
    return Job(cell, device, "0" * 16, "sweep", 0, profile, deadline_s, import_path)


def module_job(folder: Path, code: str, *, hurried: bool = False, **options: Any) -> Job:
    """A job on ``make`` of a user's module with this code; ``hurried`` where no figure matters."""
    (folder / "own_model.py").write_text(PREAMBLE + code + (HURRIED if hurried else ""))
    return make_job("module:own_model:make", import_path=(str(folder),), **options)

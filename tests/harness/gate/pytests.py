"""pytest as a user runs it on a small project, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from fitment.harness.gate.processes import Tree

# Named instead of found, so that hypothesis and others need not be imported 40 times.
PLUGINS = "pytest_benchmark.plugin,xdist.plugin,fitment.harness.gate.plugin"
FAST = ("--benchmark-max-time=0.005", "--benchmark-warmup=off")


def environ(**more: str) -> dict[str, str]:
    """The variables of such a process: nothing of this run of the suite."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "FITMENT_"))}
    return {**kept, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_PLUGINS": PLUGINS, **more}


def run_pytest(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """How ``python -m pytest WORDS`` in ``folder`` ended."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=folder,
        env=environ(**more),
        capture_output=True,
        text=True,
        check=False,
    )


def tree(folder: Path, *words: str, label: str = "head", **more: str) -> Tree:
    """A side of the gate that runs pytest in ``folder``."""
    command = (sys.executable, "-m", "pytest", *FAST, *words)
    return Tree(label, folder.resolve(), folder, command, environ(**more))


def files(folder: Path, texts: Mapping[str, str]) -> Path:
    """``folder`` with these files."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder

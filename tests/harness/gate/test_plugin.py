"""The plugin in a pytest that does not ask for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from fitment.harness.gate import plugin

from tests.harness.gate.pytests import files, run_pytest

# What another project's tests see of us: found by the entry point, as when they have it installed.
INERT = """
import sys
def test_it_is_there(request):
    assert request.config.pluginmanager.has_plugin("fitment")
    assert not request.config.option.fitment_gate
def test_nothing_of_it_was_imported():
    ours = {name for name in sys.modules if name.startswith("fitment.")} - {"fitment.kernels"}  # a namespace
    assert ours == {"fitment.harness", "fitment.harness.gate", "fitment.harness.gate.plugin"}
    assert not {"torch", "numpy", "numba", "duckdb", "pytest_benchmark.stats"} & set(sys.modules)
def test_nothing_hangs_on_its_hooks(request):
    plugin = request.config.pluginmanager.get_plugin("fitment")
    hooks = {name for name in vars(plugin) if name.startswith("pytest_")}
    assert hooks == {"pytest_addoption", "pytest_load_initial_conftests", "pytest_configure"}
"""


def test_it_is_inert_where_nobody_asks_for_it(tmp_path: Path) -> None:
    """Found by its entry point it imports nothing but itself, with warnings as errors."""
    files(tmp_path, {"test_inert.py": INERT})
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "FITMENT_"))}
    words = ("-q", "-W", "error", "-p", "no:benchmark", "-p", "no:hypothesispytest")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words], cwd=tmp_path, env=kept, capture_output=True, text=True
    )
    assert (done.returncode, "3 passed" in done.stdout) == (0, True), done.stdout


@pytest.mark.parametrize("name", [name for name, _, _ in plugin._OPTIONS])
def test_no_option_does_anything_without_the_gate(name: str) -> None:
    """Each of them is told as a mistake, with the way out."""
    option = SimpleNamespace(
        fitment_gate=False, **{f"fitment_{each}": None for each, _, _ in plugin._OPTIONS}
    )
    config = cast(pytest.Config, SimpleNamespace(option=option))
    plugin.pytest_configure(config)
    setattr(option, f"fitment_{name}", "x")
    with pytest.raises(pytest.UsageError, match=f"--fitment-{name} needs --fitment-gate beside it"):
        plugin.pytest_configure(config)


def test_an_old_pytest_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """It loads the plugin as any other, and learns what the gate needs once it asks for it."""
    monkeypatch.setattr(pytest, "__version__", "7.4.4")
    config = cast(pytest.Config, SimpleNamespace(option=SimpleNamespace(fitment_gate=True)))
    with pytest.raises(pytest.UsageError, match=r"needs pytest 8 or newer: this is 7\.4\.4"):
        plugin.pytest_configure(config)


def test_help_names_every_option(tmp_path: Path) -> None:
    """In a group of their own, with what they take."""
    shown = run_pytest(tmp_path, "--help").stdout
    assert "fitment: a regression gate on pytest-benchmark" in shown
    for name, takes, _ in plugin._OPTIONS:
        assert f"--fitment-{name}={takes}" in shown or f"--fitment-{name} " in shown
    assert "as 2% (default" in shown

"""fitment.harness.compilers.inductor: compiled code, or the reason why there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from fitment.harness.compilers import inductor, torch_compile
from fitment.harness.errors import UnsupportedError
from fitment.harness.executors.spaceless import with_spaceless_torch
from fitment.harness.precisions import int8_dynamic
from torch import nn

ONE_THREAD = {"OMP_NUM_THREADS": "1"}  # two that wait for each other crawl on a machine that others load too

# In a process of its own, as a worker is: the compiler's import alone changes torch for the whole process.
CHILD = """
import torch
from torch._dynamo.utils import counters
from fitment.harness.compilers import inductor, torch_compile
from fitment.harness.models import zoo
from fitment.harness.precisions import fp32
from fitment.harness.scenarios import forward
reason = inductor.unavailable("cpu")
if reason:
    raise SystemExit(reason)
loaded = zoo.load("mlp-784-512-512-10", input_shape="784", seed=0)
prepared = fp32.prepare(loaded.module, loaded.inputs, "cpu")
expected = forward.make_step(prepared, prepared.module)().clone()
compiled = forward.make_step(prepared, inductor.compile_module(prepared.module))()
assert counters["stats"]["unique_graphs"] == 1, counters
print(float((compiled - expected).norm() / expected.norm()) < fp32.TOLERANCE)
"""


@pytest.mark.usefixtures("inductor_in_children")
def test_a_compiled_model_gives_what_eager_gives() -> None:
    """One graph is compiled, and its output lies within fp32's tolerance."""
    environment = with_spaceless_torch(os.environ) | ONE_THREAD
    child = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, env=environment)
    if child.stderr.startswith("inductor "):
        pytest.skip(child.stderr)
    assert child.stdout.strip() == "True", child.stderr


def test_a_machine_without_a_compiler_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The compiler is the one that inductor would call: CXX, else g++; clang++ only through CXX."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CXX", raising=False)
    monkeypatch.setattr(torch, "__file__", "/opt/torch/__init__.py")
    assert "install g++, or set CXX to another" in str(inductor.unavailable("cpu"))
    clang = tmp_path / "clang++"
    clang.touch(mode=0o755)
    assert "set CXX=clang++" in str(inductor.unavailable("cpu"))
    monkeypatch.setenv("CXX", "clang++")
    monkeypatch.setattr(torch_compile.sysconfig, "get_path", lambda name: str(tmp_path))
    assert "python3-dev" in str(inductor.unavailable("cpu"))
    (tmp_path / "Python.h").touch()
    assert inductor.unavailable("cpu") is None
    monkeypatch.setattr(torch, "__file__", "/a folder/torch/__init__.py")
    assert "space in torch's path, /a folder/torch" in str(inductor.unavailable("cpu"))


def test_a_compiler_that_was_named_but_is_not_there_is_named() -> None:
    """A wrong CXX is the user's mistake, although g++ may be there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CXX", "/nonexistent/c++")
        assert '"/nonexistent/c++"' in str(inductor.unavailable("cpu"))


def test_dynamically_quantised_layers_are_refused() -> None:
    """Inductor would run them in eager, and the result would be sold as compiled."""
    prepared = int8_dynamic.prepare(nn.Sequential(nn.Linear(8, 8)), (torch.randn(1, 8),), "cpu")
    with pytest.raises(UnsupportedError, match="use eager") as caught:
        inductor.compile_module(prepared.module)
    assert caught.value.axis == "compile"


def test_a_gpu_needs_triton(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where triton is not installed, that is the reason."""
    monkeypatch.setattr(torch_compile.importlib.util, "find_spec", lambda name: None)
    assert "triton" in str(inductor.unavailable("cuda"))

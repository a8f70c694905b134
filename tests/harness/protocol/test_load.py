"""fitment.harness.protocol.load: what loading and compiling took and did, in real workers."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.compilers import inductor
from fitment.harness.executors.process import run
from fitment.registry.records import Measurement

from tests.harness.jobs import module_job

# Products of several samples alone: inductor leaves them to a library, and no C++ has to be compiled.
COUNTS = """
class Own(nn.Module):
    def __init__(self):
        super().__init__()
        self.one, self.two = nn.Linear(4, 4), nn.Linear(4, 3)
        self.calls = 0

    def forward(self, x):
        self.calls = {calls}
        y = self.one(x)
        {between}
        return self.two(y)

def make():
    return Own(), X
"""
SHAPES = """
def make():
    return nn.Sequential(nn.Linear(4, 3), nn.Linear(4, 3)), X
"""


def compiled(folder: Path, code: str) -> Measurement:
    """What became of the cell, compiled by inductor."""
    if reason := inductor.unavailable("cpu"):
        pytest.skip(reason)
    # of one sample inductor makes a product itself: C++, which takes most of a minute
    job = module_job(folder, code, hurried=True, compile_mode="inductor", deadline_s=900.0, batch=2)
    return run(job).measurement


def test_a_module_that_breaks_the_graph_and_is_compiled_again(tmp_path: Path) -> None:
    """Breaks of the first call, and each later compilation of either side, are counted."""
    code = COUNTS.format(calls="min(self.calls + 1, 2)", between="torch._dynamo.graph_break()")
    found = compiled(tmp_path, code)
    assert found.status == "ok", found.detail
    assert (found.graph_breaks, found.recompiles) == (1, 2)
    assert found.compile_s is not None
    assert found.first_call_s is not None
    assert found.latency_p50_s is not None
    assert found.compile_s == pytest.approx(found.first_call_s - found.latency_p50_s)


def test_a_module_that_is_compiled_at_every_call_is_a_storm(tmp_path: Path) -> None:
    """Dynamo's limit of recompilations ends the cell: it is not measured in eager instead."""
    code = "torch._dynamo.config.recompile_limit = 1\n"  # reached by the very first call after compiling
    code += COUNTS.format(calls="self.calls + 1", between="")
    found = compiled(tmp_path, code)
    assert (found.status, found.stage) == ("recompile_storm", "warm_up"), found.detail
    assert found.graph_breaks == 0
    assert found.throughput is None


@pytest.mark.parametrize(
    ("compiler", "status"), [("/bin/true", "compile_error"), ("/bin/false", "unsupported_compile")]
)
def test_a_compiler_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compiler: str, status: str
) -> None:
    """One that makes nothing is a compile_error; one that doesn't work at all is no compiler."""
    monkeypatch.setenv("CXX", compiler)
    monkeypatch.setenv("TORCHINDUCTOR_CACHE_DIR", str(tmp_path / "cache"))  # nothing from another compiler
    found = compiled(tmp_path, COUNTS.format(calls="0", between="y = y.sin() + y.cos()"))
    assert (found.status, found.stage) == (status, "first_call"), found.detail


def test_layers_that_do_not_fit_are_the_models_compiled_or_not(tmp_path: Path) -> None:
    """Shapes that no eager run would take are no fault of the compile mode."""
    found = compiled(tmp_path, SHAPES)
    assert (found.status, found.stage) == ("model_error", "first_call"), found.detail


def test_an_eager_cell_has_no_figures_of_a_compiler(tmp_path: Path) -> None:
    """Nothing was compiled: None, not 0; what was resident before the load is less than the peak."""
    found = run(module_job(tmp_path, COUNTS.format(calls="0", between=""), hurried=True)).measurement
    assert found.status == "ok", found.detail
    assert (found.graph_breaks, found.recompiles, found.compile_s) == (None, None, None)
    assert found.idle_rss_bytes is not None
    assert found.peak_rss_bytes is not None
    assert 2**26 < found.idle_rss_bytes <= found.peak_rss_bytes
    assert found.free_memory_bytes is not None
    assert found.load_average is not None
    assert found.import_s is not None
    assert found.load_s is not None

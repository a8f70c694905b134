from __future__ import annotations

import io

import pytest
from fitment.harness.display.plain import PlainDisplay
from fitment.harness.sweeps.plan import Run
from fitment.registry.records import Cell, Configuration, Measurement


def run(batch: int) -> Run:
    cell = Cell("mlp", "zoo", "", "forward", "cpu", "a cpu", "8", Configuration(batch, "fp32", "eager"))
    return Run(cell, cell.key, "cpu", "env", 0, 60.0)


def test_a_line_stands_for_a_result() -> None:
    """Each run is one numbered line with its outcome and the time left; a notice is a line of its own."""
    out = io.StringIO()
    display = PlainDisplay(out)
    runs = [run(1), run(8), run(32)]
    display.start(runs, earlier=2)
    ok = Measurement(runs[0].cell, "env", "ok", "2026-01-01", throughput=50.0)
    display.running(runs[0])
    display.finished(runs[0], ok, 4.0)
    display.notice("the database\x1b is in use")
    display.finished(runs[1], Measurement(runs[1].cell, "env", "timeout", "2026-01-01"), 6.0)
    display.finished(runs[2], Measurement(runs[2].cell, "env", "skipped_bound", "2026-01-01"), None)
    display.stop()
    assert out.getvalue().splitlines() == [
        "3 runs, 2 finished before",
        "[1/3] mlp b1 fp32 eager cpu       50.0 samples/s         –         –  eta 8 s",
        "note: the database\\x1b is in use",
        "[2/3] mlp b8 fp32 eager cpu   timeout  eta 5 s",
        "[3/3] mlp b32 fp32 eager cpu  skipped_bound",
    ]


def test_F06_a_closed_pipe_is_noticed_at_once() -> None:
    """Each line is flushed, so that a reader who left is known before the next run starts."""

    class Closed(io.StringIO):
        def flush(self) -> None:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        PlainDisplay(Closed()).start([run(1)], earlier=0)

"""fitment.harness.sweeps.bounds: what is known to fit in memory."""

from __future__ import annotations

from fitment.harness.sweeps.bounds import Bounds
from fitment.harness.sweeps.plan import Run
from fitment.registry.records import Cell, Configuration


def run(batch: int, precision: str = "fp32", env_id: str = "env") -> Run:
    cell = Cell("a", "zoo", "", "forward", "cpu", "a cpu", "8", Configuration(batch, precision, "eager"))
    return Run(cell, cell.key, "cpu", env_id, 0, 60.0)


def noted(**statuses: str) -> Bounds:
    bounds = Bounds()
    for batch, status in statuses.items():
        bounds.note(run(int(batch[1:])), status)
    return bounds


SERIES = run(1).series


def test_nothing_known_bounds_nothing() -> None:
    """An empty store knows neither a batch that runs nor one that does not."""
    bounds = Bounds()
    assert (bounds.largest_ok(SERIES), bounds.smallest_oom(SERIES)) == (0, None)
    assert bounds.smallest_failed(SERIES) is None
    assert bounds.implied(run(8)) is None


def test_the_smallest_oom_bounds_larger_batches_only() -> None:
    """In whatever order they come; the batch itself is tried in each of its invocations."""
    bounds = noted(b64="oom_host", b16="oom_device", b32="oom_host", b4="ok", b8="ok")
    assert (bounds.largest_ok(SERIES), bounds.smallest_oom(SERIES)) == (8, 16)
    assert bounds.implied(run(16)) is None
    assert bounds.implied(run(17)) == (
        "skipped_bound",
        f"batch 16 was out of memory (cell {run(16).cell_key})",
    )
    assert bounds.implied(run(17, "bf16")) is None
    assert bounds.implied(run(17, env_id="elsewhere")) is None


def test_a_batch_that_ran_above_one_that_did_not_does_not_count() -> None:
    """Memory that others freed in between is no promise."""
    assert noted(b8="ok", b32="ok", b16="oom_host").largest_ok(SERIES) == 8


def test_other_failures_count_above_what_runs() -> None:
    """The smallest batch that failed otherwise is told with its outcome; what was only skipped is not."""
    bounds = noted(b2="timeout", b4="ok", b8="skipped_bound", b32="crashed", b16="model_error")
    assert bounds.smallest_failed(SERIES) == (16, "model_error")


def test_a_fit_counts_until_it_did_not_hold() -> None:
    """Once a batch that fitted is out of memory in full, only what was measured in full counts as running."""
    bounds = noted(b2="ok")
    for batch in (4, 8, 16):
        bounds.note_fit(run(batch))
    bounds.note(run(32), "oom_host")
    assert (bounds.largest_ok(SERIES), bounds.relapses(SERIES)) == (16, 0)
    bounds.note(run(16), "oom_host")
    assert (bounds.largest_ok(SERIES), bounds.relapses(SERIES)) == (2, 1)
    bounds.note(run(9), "oom_host")
    assert bounds.relapses(SERIES) == 2

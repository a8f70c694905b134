from __future__ import annotations

from fitment.harness.display.lines import NAME_WIDTH, name_width, outcome, run_name, summary_lines
from fitment.harness.sweeps.plan import Run
from fitment.harness.sweeps.sweep import Summary
from fitment.registry.records import Cell, Configuration, Measurement


def run(model: str = "resnet18", scenario: str = "forward", invocation: int = 0, **more: object) -> Run:
    configuration = Configuration(8, "bf16", "eager", **more)  # type: ignore[arg-type]
    cell = Cell(model, "zoo", "", scenario, "cpu", "a cpu", "8", configuration)
    return Run(cell, cell.key, "cpu", "env", invocation, 60.0)


def measurement(status: str, **more: object) -> Measurement:
    return Measurement(run().cell, "env", status, "2026-01-01", **more)  # type: ignore[arg-type]


def test_a_name_says_what_differs_from_the_defaults() -> None:
    """Model, batch, precision, compile mode and device always; the rest where it is not as usual."""
    assert run_name(run()) == "resnet18 b8 bf16 eager cpu"
    assert run_name(run(scenario="train_step", invocation=1, memory_format="channels_last", threads=2)) == (
        "resnet18 b8 bf16 eager cpu train_step channels_last 2 threads run 2"
    )
    assert run_name(run(threads=1, pinning="close", cache_state="flushed")) == (
        "resnet18 b8 bf16 eager cpu 1 thread pinned close flushed"
    )


def test_a_batch_that_is_not_found_yet_is_max() -> None:
    """The ladder's place is named until its batch is; a rung that fits has no figures but its memory."""
    assert run_name(run().at(0)) == "resnet18 max bf16 eager cpu"
    assert run_name(run().at(0).at(96)) == "resnet18 b96 bf16 eager cpu"
    assert outcome(measurement("ok", peak_memory_bytes=412_000_000)).split() == ["fits", "412", "MB"]


def test_an_ok_result_shows_its_figures() -> None:
    """Throughput, median latency and peak memory in columns, then the flags."""
    result = measurement(
        "ok", throughput=123.4, latency_p50_s=0.065, peak_memory_bytes=412_000_000, flags="noisy"
    )
    assert outcome(result) == "     123 samples/s   65.0 ms    412 MB  (noisy)"


def test_what_was_not_measured_is_a_dash() -> None:
    """A missing figure is never 0."""
    assert outcome(measurement("ok", throughput=2.0)) == "    2.00 samples/s         –         –"


def test_a_failure_shows_its_reason() -> None:
    """The status, and the detail where there is one."""
    assert outcome(measurement("timeout")) == "timeout"
    assert outcome(measurement("model_error", detail="no such layer")) == "model_error: no such layer"


def test_B08_nothing_a_model_says_reaches_the_terminal_raw() -> None:
    """Names and reasons are escaped: no control sequence, no second line."""
    assert run_name(run("a\x1b[31m")).startswith("a\\x1b[31m ")
    assert (
        outcome(measurement("model_error", detail="\x1b]0;x\x07\nfake"))
        == "model_error: \\x1b]0;x\\x07\\nfake"
    )


def test_one_long_name_does_not_widen_all() -> None:
    """The column of names has a limit."""
    assert name_width([run(), run("x" * 200)]) == NAME_WIDTH
    assert name_width([]) == 0


def test_the_end_says_what_came_out_and_what_is_left() -> None:
    """Counts by outcome; what was finished before; how to go on."""
    done = Summary((("ok", 3), ("timeout", 1)), left=0, earlier=2, earlier_ok=1, signum=None)
    assert summary_lines(done) == [
        "Done: 3 ok, 1 timeout.",
        "Finished before: 2 (1 ok); they were not run again (--again does).",
    ]
    stopped = Summary((("ok", 1),), left=5, earlier=0, earlier_ok=0, signum=2)
    assert summary_lines(stopped) == [
        "Stopped by signal 2: 1 ok.",
        "Left: 5. The same command goes on from here.",
    ]
    assert summary_lines(Summary((), 0, 4, 4, None))[0] == "Done: nothing to run."
    assert summary_lines(Summary((), 4, 0, 0, 2))[0] == "Stopped by signal 2: nothing."

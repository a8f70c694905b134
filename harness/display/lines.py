"""One line per run, the same on a terminal and in a log file."""

from __future__ import annotations

from collections.abc import Sequence

from ...registry import units
from ...registry.records import OK, Measurement
from ...registry.report.text import terminal
from ..sweeps.plan import Run
from ..sweeps.sweep import Summary
from .next_steps import result_line

NAME_WIDTH = 60  # at most: a longer name pushes its own line only


def heading(total: int, earlier: int) -> str:
    """``12 runs, 3 finished before``: what there is to do."""
    before = f", {earlier} finished before" if earlier else ""
    return f"{total} run{'s' if total != 1 else ''}{before}"


def run_name(run: Run, *, device: bool = True) -> str:
    """``resnet18 b8 bf16 eager cpu``, then only what differs from the defaults."""
    cell, configuration = run.cell, run.cell.configuration
    parts = [
        cell.model,
        "max" if run.unresolved else f"b{configuration.batch}",
        configuration.precision,
        configuration.compile_mode,
    ]
    if device:
        parts.append(run.device)
    if cell.scenario != "forward":
        parts.append(cell.scenario)
    if configuration.memory_format != "contiguous":
        parts.append(configuration.memory_format)
    if configuration.threads:
        parts.append(f"{configuration.threads} thread{'s' if configuration.threads > 1 else ''}")
    if configuration.pinning != "none":
        parts.append(f"pinned {configuration.pinning}")
    if configuration.cache_state != "warm":
        parts.append(configuration.cache_state)
    if run.invocation:
        parts.append(f"run {run.invocation + 1}")
    return terminal(" ".join(parts))


def name_width(runs: Sequence[Run]) -> int:
    """The characters in which the names of ``runs`` line up."""
    return min(NAME_WIDTH, max((len(run_name(run)) for run in runs), default=0))


def outcome(measurement: Measurement) -> str:
    """``123 samples/s   65.0 ms    412 MB``, or the failure with its reason; ``fits`` of a ladder's rung."""
    if measurement.status != OK:
        reason = f": {measurement.detail}" if measurement.detail else ""
        return terminal(f"{measurement.status}{reason}")
    if measurement.throughput is None and measurement.n_samples is None:
        return f"{'fits':>18} {'':>9} {units.size(measurement.peak_memory_bytes):>9}"
    latency = measurement.latency_p50_s or measurement.latency_mean_s
    flags = f"  ({measurement.flags})" if measurement.flags else ""
    throughput = f"{units.number(measurement.throughput)} {measurement.throughput_unit}"
    return terminal(
        f"{throughput:>18} {units.seconds(latency):>9} {units.size(measurement.peak_memory_bytes):>9}{flags}"
    )


def summary_lines(summary: Summary) -> list[str]:
    """What came out, by outcome, and how to go on where something is left."""
    made = ", ".join(f"{count} {status}" for status, count in summary.statuses)
    made = made or ("nothing" if summary.left else "nothing to run")
    lines = [f"Done: {made}." if summary.signum is None else f"Stopped by signal {summary.signum}: {made}."]
    if summary.made:
        lines.append(result_line(summary.made))
    if summary.earlier:
        lines.append(
            f"Finished before: {summary.earlier} ({summary.earlier_ok} ok);"
            " they were not run again (--again does)."
        )
    lines += [
        f"Out: {terminal(reason)}. A later sweep runs the cells that this one did not."
        for reason in summary.out
    ]
    if summary.left:
        lines.append(f"Left: {summary.left}. The same command goes on from here.")
    return lines

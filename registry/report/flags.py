"""What each flag on a result or a recommendation means, for the legend under a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..answers import Answer
from .wording import unexplained_flags

MEANINGS = {
    # of a measurement
    "batch_not_in_output": "the output's first dimension is not the batch: check that every sample is used",
    "block_percentiles": "steps too short to be timed one by one: percentiles are of means of several",
    "clock_stepped": "the wall clock was set meanwhile: times of day before and after can't be compared",
    "compile_cached": "the compiler found its work in its on-disk cache: compile_s is the time to load it",
    "contended": "something else took part of the processor or the device during the timed passes",
    "energy_disagrees": "the energy counter and the sampled power differ by more than 10 %",
    "energy_invalid": "the energy counter stood still or ran backwards: the energy is not known",
    "env_changed": "the CPUs or the CPU quota of the process changed while it was measured",
    "gpu_lost": "the driver lost the GPU during the cell",
    "multimodal": "latencies fall into groups 5 % apart or more: the median is of the more frequent",
    "no_macs": "the operations could not be counted",
    "no_nvml": "NVML does not know this GPU or MIG slice for sure: its energy, clocks and other users are not"
    " known",
    "no_reference": "the output was not compared with fp32",
    "noisy": "repeated timings spread more than the stop rule accepts",
    "not_steady": "timings had not settled when the warm-up ended, or drifted in the latency pass",
    "not_the_limit": "the largest batch that was seen to fit: the search for a larger one ended early",
    "quarantined": "a reported number was not possible (NaN, infinite, zero or negative) and is not used",
    "retried": "a try before this one failed, or was disturbed; the detail says how",
    "short_warm_up": "too few warm-up steps fitted the budget to say whether timings had settled",
    "suspended": "the machine slept, or the process was stopped for a while, during the measurement",
    "throttled": "the device lowered its clocks, or a CPU quota stopped the process, in the timed passes",
    # of a recommendation
    "assumed": "the source does not state every configuration field; its importer's default stands there",
    "catalogue": "how much memory the device has is the hardware catalogue's figure, not the environment's",
    "memory_unknown": "peak memory is not known on any hardware, so it can't count",
    "no_common_configuration": "no configuration was tried on all hardware: latency and memory are not"
    " compared",
    "single": "only one hardware is known: the scores choose its configuration and do not rate the hardware",
    "pessimistic": "a criterion that was not measured here counts as the lowest score that another has",
    "software_mismatch": "devices were measured with different torch releases",
    "stale_price": "its price is dated more than 30 days back",
    "undated_price": "its price does not say since when it holds",
    "speed_only": "the precision is recommended for its speed only: weights drawn from a seed, or not stated,"
    " say nothing of its accuracy",
}


def meaning(flag: str) -> str:
    """One line on ``flag``; a flag that a newer or foreign result carries is said to be unknown here."""
    return MEANINGS.get(flag, "not described in this release")


def legend(flags: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(flag, meaning) of each distinct flag, by name."""
    return tuple((flag, meaning(flag)) for flag in sorted(set(flags)))


def flagged(answer: Answer) -> Iterator[str]:
    """What the rows are flagged with and no note says already, with its meaning: ``noisy (rank 1): …``."""
    for flag, meant in legend(unexplained_flags(answer)):
        ranks = [str(row.rank) for row in answer.rows if flag in row.flags]
        whose = "all rows" if len(ranks) == len(answer.rows) > 1 else f"rank {', '.join(ranks)}"
        yield f"{flag} ({whose}): {meant}"

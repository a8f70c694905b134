"""What each flag on a result or a recommendation means, for the legend under a report."""

from __future__ import annotations

from collections.abc import Iterable

MEANINGS = {
    "assumed": "the source does not state every configuration field; its importer's default stands there",
    "clock_drift": "the device clock moved between the timed passes",
    "contended": "other processes took processor time during the timed passes",
    "env_changed": "the environment changed during the run",
    "inherited": "the number comes from an earlier version of the model",
    "memory_unknown": "peak memory is not known here, so it can't count",
    "no_common_configuration": "no configuration was tried on all hardware: each row shows its own best"
    " throughput, and latency and memory are not compared",
    "noisy": "repeated timings spread more than the stop rule accepts",
    "not_steady": "timings had not settled when the warm-up budget ended",
    "quarantined": "a reported number was not possible (NaN, infinite, zero or negative) and is not used",
    "single": "only one hardware is known: the scores choose its configuration and do not rate the hardware",
    "software_mismatch": "devices were measured with different torch releases",
    "speed_only": "the weights are seeded, so the outputs' accuracy at this precision was not judged",
    "stale": "a price is older than 30 days",
    "throttled": "the device lowered its clocks for heat or power during the timed passes",
}


def meaning(flag: str) -> str:
    """One line on ``flag``; a flag that a newer or foreign result carries is said to be unknown here."""
    return MEANINGS.get(flag, "not described in this release")


def legend(flags: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(flag, meaning) of each distinct flag, by name."""
    return tuple((flag, meaning(flag)) for flag in sorted(set(flags)))

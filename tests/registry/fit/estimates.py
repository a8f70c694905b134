"""Hand-made estimates of one group: what a test does not name is the same for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from fitment.kernels.resample_medians import REACHES
from fitment.registry.answers import (
    Answer,
    Estimate,
    Evidence,
    Group,
    Process,
    Question,
    Recommendation,
    Spread,
)
from fitment.registry.records import Configuration

GROUP = Group("net", "", "forward", "3x224x224", "samples/s")
QUESTION = Question("net")


def k(batch: int = 1, precision: str = "fp32", compile_mode: str = "eager", **fields: Any) -> Configuration:
    """A configuration."""
    return Configuration(batch, precision, compile_mode, **fields)


def ok(hardware: str, configuration: Configuration, throughput: float, **fields: Any) -> Estimate:
    """One that ran: with p50 latency of a closed loop, 1 GB of RSS, one run."""
    latency = configuration.batch / throughput
    estimate = Estimate(
        group=GROUP,
        hardware=hardware,
        device_kind="cpu",
        configuration=configuration,
        env_id=f"env of {hardware}",
        stack=f"stack of {hardware}",
        torch="2.13.0",
        status="ok",
        n=1,
        n_tried=1,
        throughput=throughput,
        latency_s=latency,
        latency_statistic="p50",
        latency_p95_s=None,
        latency_p50_s=latency,
        latency_mean_s=latency,
        memory_bytes=10**9,
        memory_scope="rss",
        capacity_bytes=10**10,
        evidence=Evidence("measured elsewhere", "host, torch 2.13.0", (1,)),
    )
    return replace(estimate, **fields)


def spread_of(processes: Sequence[Process]) -> Spread | None:
    """How these processes vary, none of which was metered; by the first latency that the most have."""
    if len(processes) < 2:
        return None
    latencies = [
        [getattr(p, f"latency_{name}_s") or np.nan for p in processes] for name in ("p95", "p50", "mean")
    ]
    latency = max(latencies, key=lambda column: np.count_nonzero(~np.isnan(column)))
    memory = [p.memory_bytes or np.nan for p in processes]
    logs = np.log(np.array([[p.throughput for p in processes], latency, memory], np.float64))
    deviations = logs - logs.mean(axis=1, keepdims=True)
    squares = [None if np.isnan(x) else float(x) for x in (deviations**2).sum(axis=1)]
    t, lat, _ = squares
    paired = t and lat and float((deviations[0] * deviations[1]).sum() / np.sqrt(t * lat))
    return Spread((*squares, None), (paired or None, None), (*(_around(x) for x in logs), None))


def _around(logs: np.ndarray) -> tuple[float, ...] | None:
    n = len(logs)
    if n < 20 or np.isnan(logs).any():
        return None
    quantiles = np.log(np.quantile(np.exp(logs), 0.5 + np.array(REACHES) / np.sqrt(n)))
    return tuple((quantiles - np.log(np.median(np.exp(logs)))).tolist())


def failed(hardware: str, configuration: Configuration, status: str, **fields: Any) -> Estimate:
    """One that was tried and did not run."""
    nothing: dict[str, Any] = {
        "status": status,
        "n": 0,
        "throughput": None,
        "latency_s": None,
        "latency_statistic": None,
        "latency_p50_s": None,
        "latency_mean_s": None,
        "memory_bytes": None,
        "memory_scope": None,
    }
    return replace(ok(hardware, configuration, 1.0), **nothing | fields)


def stated(hardware: str, configuration: Configuration, throughput: float, **fields: Any) -> Estimate:
    """A published figure: a mean step time, no memory."""
    source = Evidence("imported", "published.csv:7", (9,))
    known: dict[str, Any] = {
        "latency_p50_s": None,
        "latency_statistic": "mean",
        "memory_bytes": None,
        "memory_scope": None,
        "evidence": source,
        "assumed": "threads",
    }
    return replace(ok(hardware, configuration, throughput), **known | fields)


def row(answer: Answer, hardware: str) -> Recommendation:
    """The row of a hardware."""
    return next(r for r in answer.rows if r.hardware == hardware)


def ranks(answer: Answer) -> list[tuple[int, str]]:
    """(rank, hardware) in the answer's order."""
    return [(r.rank, r.hardware) for r in answer.rows]


def reasons(answer: Answer) -> dict[str, str]:
    """Why each rejected hardware is no answer."""
    return {r.hardware: r.reason for r in answer.rejected}


def has_note(answer: Answer, text: str) -> bool:
    """Whether a note holds ``text``."""
    return any(text in note for note in answer.notes)

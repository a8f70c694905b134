"""Hand-made estimates of one group: what a test does not name is the same for all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fitment.registry.answers import Answer, Estimate, Evidence, Group, Question, Recommendation
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

"""Answers for mixes, to be shown."""

from __future__ import annotations

from dataclasses import replace

from fitment.registry.answers import Group, Price, Question, Rejected, Weights
from fitment.registry.records import Configuration
from fitment.registry.workloads import Mix, MixPart, MixRow, Work, WorkloadAnswer

from tests.registry.report.conftest import ENVIRONMENT, HOSTILE

GROUPS = (
    Group("resnet50", "", "forward", "3x224x224", "samples/s"),
    Group("all-MiniLM-L6-v2", "", "forward", "128", "samples/s"),
)
WORKS = (
    Work("resnet50", 7, batch=8),
    Work("all-MiniLM-L6-v2", 3, precision="bf16", max_latency_s=0.02, min_throughput=5.0),
)
PRICES = (Price("NVIDIA GeForce RTX 4090", 0.69, "prices.csv:2"),)
EMPTY = (None, None, None, None, None, None, None, ())


def part(batch: int, throughput: float, score: float, *ids: int) -> MixPart:
    configuration = Configuration(batch, "bf16", "eager")
    known = MixPart(configuration, throughput, score, score, None, score, ENVIRONMENT, ids, None, None)
    return replace(
        known,
        latency_s=batch / throughput,
        latency_statistic="p50",
        memory_bytes=1_320_000_000,
        memory_scope="allocator",
        n=len(ids),
    )


def mixed() -> WorkloadAnswer:
    """Two devices over two parts, one of which runs on one of them only; one device runs nothing.

    The first is limited, and has a price; the second has none.
    """
    missing = MixPart(*EMPTY, "not measured at precision bf16", "fitment sweep --models all-MiniLM-L6-v2")
    rows = (
        MixRow(
            1, "NVIDIA GeForce RTX 4090, 24 GiB", 2, 0.9, 0.9, None, 0.9, 1,
            (replace(part(8, 4213.7, 0.9, 4, 5, 6), cost_per_1k_usd=4.55e-5), part(1, 912.0, 0.5, 9)),
            0.9375, 1.0625, 1, 2, 0.01, 0.6, 4.55e-5, 1.0,
        ),
        MixRow(
            2, "Own CPU, 4 cores", 1, 0.25, 0.25, None, 0.25, 0, (part(8, 21.37, 0.25, 7), missing),
            0.0625, 1.9375, 1, 2,
        ),
    )  # fmt: skip
    rejected = (Rejected("NVIDIA GeForce GTX 1050, 2 GiB", "resnet50: out of device memory", None),)
    notes = ("memory: not known in every part for all",)
    return WorkloadAnswer(
        Mix("mix.toml", WORKS), GROUPS, (0.7, 0.3), (True, False), "default", Weights(0.625, 0.375, 0.0),
        rows, rejected, notes, "likely", (),
        question=Question("", latency_sensitive=True, max_memory_bytes=2e9, prices=PRICES),
    )  # fmt: skip


def hostile() -> WorkloadAnswer:
    """Every text that others may write is an attack."""
    group = Group(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    configuration = Configuration(1, HOSTILE, HOSTILE, memory_format=HOSTILE)
    own = MixPart(configuration, 1.0, 1.0, None, None, 1.0, HOSTILE, (1,), None, None)
    lacking = MixPart(*EMPTY, HOSTILE, HOSTILE)
    rows = (MixRow(1, HOSTILE, 1, 1.0, None, None, 1.0, 0, (own, lacking)),)
    return WorkloadAnswer(
        Mix(HOSTILE, (Work(HOSTILE, 1.0, precision=HOSTILE),) * 2), (group, group), (0.5, 0.5), (True, False),
        HOSTILE, Weights(1.0, 0.0, 0.0), rows, (Rejected(HOSTILE, HOSTILE, HOSTILE),), (HOSTILE,),
    )  # fmt: skip

"""Answers to format, and golden files.

`FITMENT_GOLDEN=write pytest tests/registry/report` writes the golden files anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from fitment.registry.answers import (
    Answer,
    Evidence,
    Group,
    Noise,
    Question,
    Recommendation,
    Rejected,
    Weights,
)
from fitment.registry.records import Configuration

GOLDEN = Path(__file__).parent / "golden"
ENVIRONMENT = "5b1c0e7d9a3f2468"
HOSTILE = "a\x1b[31m\x1b]8;;http://evil\x07|b\n<script>alert(1)</script>\u202e[red]{{7*7}}[x](javascript:y)=1"


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares a text with the golden file of that name, trailing blanks aside."""

    def compare(name: str, text: str) -> None:
        lines = "".join(f"{line.rstrip()}\n" for line in text.splitlines())
        if os.environ.get("FITMENT_GOLDEN") == "write":
            (GOLDEN / name).write_text(lines, encoding="utf-8")
        assert lines == (GOLDEN / name).read_text(encoding="utf-8")

    return compare


@pytest.fixture
def compared() -> Answer:
    """Three devices over common configurations: two scopes of memory, one of each tier, two rejected."""
    rows = (
        Recommendation(
            1, "NVIDIA GeForce RTX 4090, 24 GiB", Configuration(32, "bf16", "inductor"),
            4213.7, 0.00759, "p50", 1_320_000_000, "allocator",
            1.0, 0.31, 0.949, 0.7828, 5, 1.0, 0.7828, 1.0,
            Evidence("measured elsewhere", "gpu-box, torch 2.13.0", (14, 15, 16, 17, 18)), ENVIRONMENT,
            ("noisy",), "batch 512: 1.31×, not measured on Intel Xeon Processor @ 2.80GHz, 2 cores",
            4188.0, 4239.6, 0.00744, 0.00774, "processes", 0.874, 1.126, 1, 2,
            front="front",
        ),
        Recommendation(
            2, "NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition, 96 GiB",
            Configuration(32, "bf16", "inductor", memory_format="channels_last"),
            4013.7, 0.00789, "p50", 1_420_000_000, "allocator",
            0.9525, 0.30, 0.986, 0.76345, 1, 0.6, 0.45807, 1.0,
            Evidence("imported", "benchmark-infer-amp-nchw-pt291-cu130-pro6000maxq-dynamo.csv:123", (10234,)),
            ENVIRONMENT,
            ("assumed", "software_mismatch"),
            p_best=0.126, expected_rank=1.874, rank_low=1, rank_high=2,
        ),
        Recommendation(
            3, "Intel Xeon Processor @ 2.80GHz, 2 cores", Configuration(1, "fp32", "eager"),
            21.37, 0.0468, "p50", 612_000_000, "rss",
            0.00507, 0.05, 0.982, 0.213935, 3, 0.8, 0.171148, 2 / 3,
            Evidence("measured here", "build-7, torch 2.13.0", (3, 7, 9)), ENVIRONMENT,
            throughput_low=19.1, throughput_high=23.9, latency_low=0.0419, latency_high=0.0523,
            interval_basis="processes", p_best=0.0, expected_rank=3.0, rank_low=3, rank_high=3,
            front="≈ front", not_run="out of memory at 2", max_ok_batch=1,
        ),
    )  # fmt: skip
    rejected = (
        Rejected(
            "12th Gen Intel Core i7-12700H, 14 cores",
            "not measured at batch 32",
            "fitment sweep --models resnet50 --devices cpu --batches 32 --precisions fp32,bf16,int8_dynamic"
            " --compile-modes eager,inductor",
        ),
        Rejected("NVIDIA GeForce GTX 1050, 2 GiB", "every configuration ran out of device memory"),
    )
    decided = tuple(Configuration(b, p, "eager") for b in (1, 8, 32) for p in ("fp32", "bf16"))
    notes = (
        "memory is measured in two scopes (allocator, rss): M is headroom, each against its own capacity",
        "3x224x224 has the most hardware; also stored: 3x176x176, 3x288x288 (--input)",
    )
    return Answer(
        Question("resnet50", latency_sensitive=True),
        Group("resnet50", "", "forward", "3x224x224", "samples/s"),
        "latency_sensitive", Weights(0.3, 0.6, 0.1), rows, rejected, decided, notes, "likely",
        noise=(Noise(0.011, 5.5, 48), Noise(0.011, 5.5, 48), Noise()),
    )  # fmt: skip


@pytest.fixture
def freed() -> Answer:
    """Two published devices that share no configuration: only throughput counts; they are a toss-up."""
    rows = tuple(
        Recommendation(
            1, hardware, Configuration(batch, "amp_fp16", "eager"),
            2812.33, None, None, None, None, 1.0, None, None, 1.0, 1, 0.6, 0.6, None,
            Evidence("imported", f"{file}.csv:523", (result,)), ENVIRONMENT, ("no_common_configuration",),
            p_best=0.5, expected_rank=1.5, rank_low=1, rank_high=2,
        )
        for hardware, batch, file, result in (
            ("NVIDIA GeForce RTX 5090, 32 GiB", 256, "benchmark-infer-amp-nchw-pt291-cu130-5090", 1017),
            ("NVIDIA GeForce RTX 4090, 24 GiB", 1024, "benchmark-infer-amp-nchw-pt291-cu128-4090", 1051),
        )
    )  # fmt: skip
    group = Group("vit_base_patch16_224", "", "forward", "3x224x224", "samples/s")
    tied = tuple(row.hardware for row in rows)
    weights = Weights(1.0, 0.0, 0.0)
    return Answer(Question(group.model), group, "default", weights, rows, (), (), (), "toss-up", tied)


@pytest.fixture
def hostile() -> Answer:
    """An answer in which every text that others may write is an attack."""
    row = Recommendation(
        1, HOSTILE, Configuration(1, HOSTILE, HOSTILE, memory_format=HOSTILE),
        1.0, float("nan"), HOSTILE, 1, HOSTILE, 1.0, None, None, 1.0, 1, 0.6, 0.6, None,
        Evidence(HOSTILE, HOSTILE, (1,)), ENVIRONMENT, (HOSTILE,), HOSTILE,
    )  # fmt: skip
    other = Recommendation(
        1, HOSTILE, row.configuration, 1.0, 1.0, "p50", 1, "rss", 1.0, None, None, 1.0, 1, 0.6, 0.6, None,
        Evidence("imported", HOSTILE, (1,)), ENVIRONMENT,
    )  # fmt: skip
    return Answer(
        Question(HOSTILE, model_version=HOSTILE), Group(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),
        HOSTILE, Weights(1.0, 0.0, 0.0), (row, other), (Rejected(HOSTILE, HOSTILE, HOSTILE),),
        (row.configuration,), (HOSTILE,),
    )  # fmt: skip

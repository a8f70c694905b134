"""A question in words."""

from __future__ import annotations

from dataclasses import replace

from fitment.registry.answers import Answer, Question
from fitment.registry.report.asked import asked, devices


def test_what_was_asked_is_repeated() -> None:
    """Only what the question fixes beyond the model is named."""
    assert asked(Question("resnet50")) == ""
    question = Question(
        "resnet50", task="training", batch=64, latency_sensitive=True, memory_constrained=True
    )
    assert asked(question) == "task training, batch 64, latency sensitive, memory constrained"


def test_limits_are_repeated_in_the_units_they_were_given_in() -> None:
    """Milliseconds and MB, without what the way through SI units adds."""
    question = Question(
        "resnet50",
        max_latency_s=20 / 1e3,
        max_memory_bytes=8000 * 1e6,
        min_throughput=1234.5,
        target_rate=1e6 / 3600,
        target_unit="samples",
        available=("A, 24 GiB", "B"),
        missing="require",
    )
    assert asked(question) == (
        "a missing criterion: require, latency of at most 20 ms, memory of at most 8,000 MB,"
        " throughput of at least 1,234.5/s, devices for 277.778 samples/s, available: A, 24 GiB; B"
    )


def test_devices_are_told_with_their_interval(compared: Answer) -> None:
    """One device is one; what the interval leaves open stands beside it; unasked, nothing is said."""
    question, row = Question("net", target_rate=500.0), compared.rows[0]
    assert devices(row, question, "samples/s") is None
    one = replace(row, devices=1, devices_low=1, devices_high=1)
    assert devices(one, question, "samples/s") == "1 device for 500 samples/s"
    assert devices(replace(row, devices=1), question, "samples/s") == "1 device for 500 samples/s"
    more = replace(row, devices=3, devices_low=3, devices_high=4)
    assert devices(more, question, "samples/s") == "3 devices (3–4) for 500 samples/s"
    unknown = replace(row, devices=1200)
    assert devices(unknown, question, "samples/s") == "1,200 devices for 500 samples/s"
    assert devices(more, Question("net"), "samples/s") is None

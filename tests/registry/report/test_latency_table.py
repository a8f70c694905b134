from __future__ import annotations

import dataclasses
import io
import math
import re
from collections.abc import Callable

import pytest
from fitment.registry.answers import Group
from fitment.registry.records import Configuration
from fitment.registry.report.latency_table import latency_table
from fitment.registry.report.screen import show
from fitment.registry.results.latencies import Latencies, Percentile

Golden = Callable[[str, str], None]

EAGER = Latencies(
    group=Group("resnet18", "", "forward", "3x224x224", "samples/s"),
    hardware="Intel Xeon Processor @ 2.80GHz, 2 cores",
    env_id="5b1c0e7d9a3f2468",
    configuration=Configuration(1, "fp32", "eager"),
    n=3,
    p50=0.0307,
    p50_low=0.0296,
    p50_high=0.0319,
    interval_basis="processes",
    p95=Percentile(0.0344),
    p99=Percentile(None, 380),
    compile_s=None,
    flags=(),
)
ROWS = [
    EAGER,
    dataclasses.replace(
        EAGER,
        configuration=Configuration(1, "fp32", "inductor"),
        n=1,
        p50=0.0214,
        p50_low=0.0212,
        p50_high=0.0215,
        interval_basis="samples",
        p95=Percentile(None, 61),
        p99=Percentile(None, 1441),
        flags=("compile_cached", "noisy"),
        break_even=1804.2,
    ),
    dataclasses.replace(
        EAGER,
        configuration=Configuration(8, "fp32", "inductor"),
        p50=0.21,
        p50_low=None,
        p50_high=None,
        p99=Percentile(None),
        break_even=math.inf,
    ),
]


def shown(rows: list[Latencies], width: int) -> str:
    """What a file gets at that width."""
    out = io.StringIO()
    show(latency_table(rows), file=out, width=width)
    return out.getvalue()


@pytest.mark.parametrize("width", [80, 120])
def test_latencies(golden: Golden, width: int) -> None:
    """Percentiles with their spread, what is still needed, and when compiling pays, at each width."""
    golden(f"latencies_{width}.txt", shown(ROWS, width))


def test_only_what_is_there_is_explained() -> None:
    """Without compiled rows and missing percentiles there is neither their column nor their line."""
    row = dataclasses.replace(EAGER, p99=Percentile(0.05))
    text = shown([row], 120)
    assert not re.search(r"break-even|needs|\*", text)
    assert "±3.8%" in text


def test_environments_of_one_hardware_are_named() -> None:
    """Two rows that differ in nothing else are told apart by their environments."""
    rows = [EAGER, dataclasses.replace(EAGER, env_id="0123456789abcdef")]
    text = shown(rows, 120)
    assert "environment 5b1c0e7d9a3f2468" in text
    assert "environment 0123456789abcdef" in text
    assert "environment" not in shown([EAGER], 120)


def test_groups_have_tables_of_their_own() -> None:
    """Another input shape is not compared in the same table."""
    other = dataclasses.replace(EAGER, group=dataclasses.replace(EAGER.group, input_shape="3x32x32"))
    text = shown([EAGER, other], 120)
    assert text.count("break-even") == 0
    assert [line for line in text.splitlines() if "forward" in line] == [
        "resnet18 · forward · 3x224x224",
        "resnet18 · forward · 3x32x32",
    ]


def test_foreign_texts_are_inert() -> None:
    """No control character of a name reaches the terminal."""
    hostile = dataclasses.replace(EAGER, hardware="a\x1b[31m\x07b", flags=("x\x1b[2J",))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown([hostile], 100))

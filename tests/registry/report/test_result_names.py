from __future__ import annotations

from dataclasses import replace

from fitment.registry.records import Configuration
from fitment.registry.report.result_names import SHOWN, result_lines
from fitment.registry.results.named import NamedResult

ONE = NamedResult(3, "net", "", "forward", "8", "CPU", "ok", Configuration(4, "fp32", "eager"))


def test_results_that_differ_in_their_ids_alone_share_a_line() -> None:
    """A version and a failure are said; the order is that of the first ids."""
    version, failed = replace(ONE, id=5, version="v1"), replace(ONE, id=6, status="oom_device")
    assert result_lines([ONE, replace(ONE, id=4), version, failed]) == [
        "3–4: net · forward 8 · CPU · batch 4 · fp32 · eager",
        "5: net (v1) · forward 8 · CPU · batch 4 · fp32 · eager",
        "6: net · forward 8 · CPU · batch 4 · fp32 · eager · oom_device",
    ]


def test_many_are_cut() -> None:
    """Ten lines, then how many more."""
    lines = result_lines(replace(ONE, id=i, model=f"net{i}") for i in range(SHOWN + 3))
    assert lines[SHOWN:] == ["and those of 3 more configurations"]

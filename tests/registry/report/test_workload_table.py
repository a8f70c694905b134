from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from fitment.registry.report.screen import show
from fitment.registry.report.workload_table import workload_table
from fitment.registry.workloads import WorkloadAnswer

from tests.registry.report.mixes import hostile, mixed


def shown(answer: WorkloadAnswer, width: int) -> str:
    out = io.StringIO()
    show(workload_table(answer), file=out, width=width)
    return out.getvalue()


@pytest.mark.parametrize("width", [80, 120])
def test_mix(golden: Callable[[str, str], None], width: int) -> None:
    """The answer for a mix, at each width."""
    golden(f"mix_{width}.txt", shown(mixed(), width))


def test_B08_hostile_texts_are_inert() -> None:
    """No control character of a foreign text is printed."""
    text = shown(hostile(), 100)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert "\\x1b[31m" in text

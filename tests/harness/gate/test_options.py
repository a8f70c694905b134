"""What may be asked, and δ₀ by machine and device."""

from __future__ import annotations

from typing import Any

import pytest
from fitment.harness.gate.errors import GateError
from fitment.harness.gate.options import Options


def test_the_least_change_follows_the_machine_and_the_device() -> None:
    """5 % on a shared CPU and on any GPU, 2 % on a quiet CPU; what the user says wins."""
    assert Options().least_change("cpu") == 0.05
    assert Options(machine="quiet").least_change("cpu") == 0.02
    assert Options(machine="quiet").least_change("cuda") == 0.05
    assert Options(threshold=0.015).least_change("cuda") == 0.015


def test_more_pairs_at_first_are_more_at_most() -> None:
    """30 at first are the last ones, too."""
    assert Options(pairs=30).most_pairs == 30
    assert Options(pairs=12).most_pairs == 24


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"pairs": 7}, "no 99 % interval exists below 8; ask for 8 or more"),
        ({"threshold": 0.0}, "larger than 0, as 2% or 0.02"),
        ({"threshold": float("nan")}, "larger than 0"),
        ({"deadline_s": 0.0}, "number of seconds"),
        ({"seed": -1}, "a seed has to be 0"),
    ],
)
def test_what_cannot_be_meant_is_refused(asked: dict[str, Any], message: str) -> None:
    """One line that says the way out."""
    with pytest.raises(GateError, match=message):
        Options(**asked)

"""fitment.harness.errors: mistakes told apart by whose fault they are."""

from __future__ import annotations

import pytest
from fitment.harness.errors import DeviceFaultError, MissingDependencyError, ModelError, UnsupportedError
from fitment.registry.errors import FitmentError
from fitment.registry.records import STATUSES, UNDECIDED_FAILURES


@pytest.mark.parametrize("axis", ["device", "precision", "op", "compile"])
def test_an_unsupported_axis_has_its_own_outcome(axis: str) -> None:
    """Each axis ends a cell with the status of that axis, and the reason is the message."""
    error = UnsupportedError(axis, "because")
    assert error.status == f"unsupported_{axis}"
    assert error.status in STATUSES
    assert str(error) == "because"
    assert isinstance(error, FitmentError)


@pytest.mark.parametrize("kind", [ModelError, MissingDependencyError])
def test_a_model_at_fault_has_an_outcome_that_blames_no_hardware(kind: type[ModelError]) -> None:
    """Model errors carry statuses of the fixed list."""
    assert kind("why").status in STATUSES


def test_a_device_at_fault_says_nothing_of_the_model() -> None:
    """A device's fault is the infrastructure's: it decides nothing about the configuration."""
    assert DeviceFaultError("why").status in UNDECIDED_FAILURES

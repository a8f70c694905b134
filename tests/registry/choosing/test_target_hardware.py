from __future__ import annotations

import pytest
from fitment.registry.choosing.target_hardware import target_hardware
from fitment.registry.errors import UnknownNameError

STORED = {"NVIDIA GeForce RTX 4090, 24 GiB": 25_000_000_000, "Small CPU, 2 cores": 8 << 30, "Bare": None}


def test_one_name_of_the_catalogue_and_of_results() -> None:
    """The catalogue's name finds the results' hardware; a result's own name is that alone."""
    for asked in ("RTX 4090", "rtx4090", "NVIDIA GeForce RTX 4090, 24 GiB"):
        found = target_hardware(asked, STORED)
        assert found.entry is not None
        assert found.entry.name == "RTX 4090"
        assert found.stored == ("NVIDIA GeForce RTX 4090, 24 GiB",)


def test_hardware_that_only_results_know() -> None:
    """Its memory is what its machine reports."""
    found = target_hardware("Small CPU, 2 cores", STORED)
    assert (found.entry, found.stored, found.device.memory_bytes) == (None, ("Small CPU, 2 cores",), 8 << 30)


def test_a_size() -> None:
    """Has room and no results."""
    assert target_hardware("24GiB", STORED).stored == ()


@pytest.mark.parametrize("asked", ["A100", "RTX 409", "Small CPU", "Bare"])
def test_names_that_are_none(asked: str) -> None:
    """Or several: what may be meant is said."""
    with pytest.raises(UnknownNameError, match="--hardware"):
        target_hardware(asked, STORED)

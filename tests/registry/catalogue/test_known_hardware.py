"""The catalogue as people ask for it."""

from __future__ import annotations

import pytest
from fitment.registry.catalogue.hardware import catalogue
from fitment.registry.catalogue.known_hardware import known_hardware, unmatched
from fitment.registry.errors import UnknownNameError

STORED = ("NVIDIA GeForce RTX 4090, 24 GiB", "Own CPU, 4 cores", "NVIDIA A100-SXM4-40GB, 40 GiB, MIG 1g.5gb")


def test_all_with_what_they_match() -> None:
    """Every entry in the units of data sheets; the results' hardware stands with its own entry alone."""
    found = known_hardware(STORED)
    assert len(found) == len(catalogue())
    assert {e.name: e.results for e in found if e.results} == {"RTX 4090": STORED[0]}
    assert unmatched(STORED) == STORED[1:]
    h200 = next(e for e in found if e.name == "H200 SXM")
    assert (h200.bf16_tflops, h200.bandwidth_gb_s, h200.memory_gib, h200.fp8_tflops) == (989, 4800, 141, 1979)


def test_one_by_an_alias() -> None:
    """One device, and none but that."""
    assert [e.name for e in known_hardware((), "rtx4090")] == ["RTX 4090"]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("A100", "could be A100 SXM 80GB, A100 PCIe 80GB or A100 SXM 40GB: write its whole name"),
        ("RTX 3080, 12 GiB", "it has RTX 3080 10GB, which is another size"),
        ("rtx4091", "did you mean RTX 4090?"),
        ("qqqqqqqq", "`fitment hardware` lists it"),
    ],
)
def test_a_name_that_is_none_of_them(asked: str, reason: str) -> None:
    """It is said what it could be, or how near it comes; nothing is guessed."""
    with pytest.raises(UnknownNameError) as caught:
        known_hardware((), asked)
    assert reason in str(caught.value)

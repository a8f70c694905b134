"""Whose figure the memory of a device is."""

from __future__ import annotations

from dataclasses import replace

from fitment.registry.fit.capacity import capacity_bytes, is_from_catalogue
from fitment.registry.fit.recommend import answer

from tests.registry.fit.estimates import QUESTION, k, ok, row

GPU = "NVIDIA GeForce RTX 4090, 24 GiB"


def test_the_environment_goes_before_the_catalogue() -> None:
    """What a device reported stands; else a GPU's entry does; a processor's memory is the machine's."""
    silent = replace(ok(GPU, k(), 1.0), device_kind="cuda", capacity_bytes=None)
    assert (capacity_bytes(silent), is_from_catalogue(silent)) == (24 << 30, True)
    told = replace(silent, capacity_bytes=25_000_000_000)
    assert (capacity_bytes(told), is_from_catalogue(told)) == (25_000_000_000, False)
    for hardware, kind in (("Some GPU, 24 GiB", "cuda"), ("EPYC 9654, 96 cores", "cpu")):
        unknown = replace(silent, hardware=hardware, device_kind=kind)
        assert (capacity_bytes(unknown), is_from_catalogue(unknown)) == (None, False)


def test_headroom_against_the_catalogue_is_flagged() -> None:
    """Across scopes a capacity that no environment states comes from the catalogue, and the row says so."""
    gpu = replace(ok(GPU, k(), 2.0), device_kind="cuda", memory_scope="allocator", capacity_bytes=None)
    found = answer(QUESTION, [gpu, ok("B", k(), 1.0)])
    assert row(found, GPU).memory_score == 1.0 - 10**9 / (24 << 30)
    assert "catalogue" in row(found, GPU).flags
    assert "catalogue" not in row(found, "B").flags

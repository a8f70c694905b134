"""What is said beside the ranking over a mix; most of it stands in the tests of what it is about."""

from __future__ import annotations

from dataclasses import replace

from fitment.registry.workloads import Work

from tests.registry.fit.estimates import k, ok
from tests.registry.fit.mixes import ASKED, mix_of, of


def test_best_batches_and_a_lone_hardware_are_said() -> None:
    """Where a part has no configuration in common, and where nothing is compared at all."""
    apart = {Work("one", 1.0): of("one", ok("A", k(1), 1.0), ok("B", k(2), 9.0))}
    notes = mix_of(apart).notes
    assert "no_common_configuration: each hardware stands with its best batch in one forward" in notes
    assert notes[0].startswith("latency and memory: not known in every part for all")
    lone = mix_of({Work("one", 1.0): of("one", ok("A", k(1), 1.0))})
    assert lone.notes == ("rank basis: single: only A runs any part of this mix",)


def test_energy_that_was_not_metered_is_said() -> None:
    """Asked for and known nowhere: dropped for all, with the hardware."""
    works = {Work("one", 1.0): of("one", ok("A", k(1), 1.0), ok("B", k(1), 9.0))}
    found = mix_of(works, replace(ASKED, energy=True))
    assert any(
        note.startswith("energy: not metered on any hardware, so it is dropped") for note in found.notes
    )


def test_a_part_that_no_hardware_shares_leaves_numbers_alone() -> None:
    """With limits the line says so."""
    works = {
        Work("one", 1.0): of("one", ok("A", k(1), 1.0)),
        Work("two", 1.0): of("two", ok("B", k(1), 1.0)),
    }
    free, limited = mix_of(works), mix_of(works, replace(ASKED, max_latency_s=9.0))
    rest = "on all of this hardware: ranks are by the number of parts alone"
    assert f"no part runs {rest}" in free.notes
    assert f"no part runs within the limits {rest}" in limited.notes

from __future__ import annotations

from fitment.harness.gate.advanced import advanced
from fitment.harness.gate.baseline import Baseline
from fitment.harness.gate.judgement import Verdict

from tests.harness.gate.reports import baseline, judged, report


def _of(label: str, **allocations: float) -> Baseline:
    counters = {name: {"allocations": count} for name, count in allocations.items()}
    return baseline(label, counters=counters, processes=dict.fromkeys(allocations, (0.001,) * 8))


def test_the_run_s_figures_take_the_place_of_the_old_ones() -> None:
    """What it did not measure stays, what it calls removed does not; the file keeps its name."""
    old, new = _of("baseline all", a=1, b=2, c=3), _of("accepted run", a=7, d=8)
    run = report(1, judged(), judged(benchmark="c", verdict=Verdict.REMOVED))
    found = advanced(new, old, run)
    assert found.label == "baseline all"
    assert {name: counts["allocations"] for name, counts in found.counters.items()} == {
        "a": 7,
        "b": 2,
        "d": 8,
    }
    assert set(found.processes) == {"a", "b", "d"}


def test_a_baseline_of_counters_stays_one() -> None:
    """Times of one machine have no place in a file for all."""
    found = advanced(_of("accepted run", a=7), baseline(processes={}, machine_class=None), None)
    assert (found.processes, found.machine_class) == ({}, None)


def test_what_was_counted_elsewhere_is_not_mixed_in() -> None:
    """Under another Python, or timed on another machine."""
    old = baseline(counter_class="another", machine_class="another")
    new = _of("accepted run", a=7)
    found = advanced(new, old, None)
    assert (set(found.counters), set(found.processes)) == ({"a"}, {"a"})
    assert found.machine_class == new.machine_class


def test_without_an_old_one_it_is_the_run() -> None:
    """As it is."""
    assert advanced(_of("accepted run", a=7), None, None) == _of("accepted run", a=7)

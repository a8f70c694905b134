"""Batch freed, where no configuration is common."""

from __future__ import annotations

from collections.abc import Mapping

from fitment.registry.answers import Estimate
from fitment.registry.fit.configurations import combination
from fitment.registry.fit.freed import freed
from fitment.registry.fit.outcomes import Outcomes, outcomes

from tests.registry.fit.estimates import k, ok


def hardware(*estimates: Estimate) -> dict[str, Outcomes]:
    names = {e.hardware for e in estimates}
    return {name: outcomes(e for e in estimates if e.hardware == name) for name in sorted(names)}


def chosen(best: Mapping[str, Estimate]) -> dict[str, int]:
    return {name: e.configuration.batch for name, e in best.items()}


def test_best_batch_within_what_all_share() -> None:
    """Each hardware's best batch within the shared combination counts, not its faster other one."""
    found = freed(
        hardware(
            ok("A", k(64), 90.0),
            ok("A", k(128), 100.0),
            ok("A", k(128, "bf16"), 300.0),
            ok("B", k(256), 50.0),
        ),
        {},
    )
    assert chosen(found.best) == {"A": 128, "B": 256}
    assert found.shared == combination(k(1))
    assert found.alternatives == ()


def test_several_shared_combinations() -> None:
    """Of several shared combinations the one with the fastest result is the answer; the others are kept."""
    found = freed(
        hardware(
            ok("A", k(64), 90.0),
            ok("B", k(32), 80.0),
            ok("A", k(64, "bf16"), 200.0),
            ok("B", k(32, "bf16"), 150.0),
        ),
        {},
    )
    assert {e.configuration.precision for e in found.best.values()} == {"bf16"}
    assert [{e.configuration.precision for e in best.values()} for best in found.alternatives] == [{"fp32"}]


def test_nothing_shared() -> None:
    """Where no combination is shared, each hardware's best over all counts."""
    found = freed(hardware(ok("A", k(64, "bf16"), 90.0), ok("A", k(1, "fp16"), 99.0), ok("B", k(1), 5.0)), {})
    assert found.shared is None
    assert chosen(found.best) == {"A": 1, "B": 1}


def test_a_fixed_axis_is_never_freed() -> None:
    """Only what agrees with the fixed axes counts, faster or not."""
    found = freed(
        hardware(ok("A", k(64), 90.0), ok("A", k(8, "bf16"), 9.0), ok("B", k(8, "fp16"), 5.0)), {"batch": 8}
    )
    assert chosen(found.best) == {"A": 8, "B": 8}


def test_equal_throughputs_are_settled_by_configuration() -> None:
    """Of two equally fast candidates the one with more runs, then the smaller configuration, counts."""
    a, b = ok("A", k(64), 90.0), ok("A", k(32), 90.0)
    assert chosen(freed(hardware(a, b, ok("B", k(1), 1.0)), {}).best)["A"] == 32

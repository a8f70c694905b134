"""Hardware that is no answer says why, and what would change it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fitment.registry.fit.recommend import answer
from fitment.registry.fit.rejections import IN_WORDS
from fitment.registry.records import DECIDED_FAILURES

from tests.registry.fit.estimates import QUESTION, failed, k, ok, ranks, reasons, stated


def test_not_measured_at_a_fixed_axis() -> None:
    """Hardware without the fixed value is rejected by that axis, with the command that measures it."""
    found = answer(replace(QUESTION, batch=64, precision="fp32"), [ok("A", k(64), 1.0), ok("B", k(8), 1.0)])
    assert reasons(found) == {"B": "not measured at batch 64"}
    assert found.rejected[0].remedy == "fitment sweep --models net --batches 64 --input-shapes 3x224x224"
    assert ranks(found) == [(1, "A")]


def test_measured_on_each_axis_but_not_together() -> None:
    """Where each fixed value was measured, but never both at once, both are named."""
    estimates = [ok("A", k(64, "bf16"), 1.0), ok("B", k(64), 1.0), ok("B", k(8, "bf16"), 1.0)]
    found = answer(replace(QUESTION, batch=64, precision="bf16"), estimates)
    assert reasons(found) == {"B": "not measured at batch 64, precision bf16"}


@pytest.mark.parametrize("status", sorted(DECIDED_FAILURES))
def test_every_failure_has_words(status: str) -> None:
    """Hardware that tried and failed is rejected in words, without a command."""
    found = answer(QUESTION, [ok("A", k(64), 1.0), failed("B", k(64), status)])
    assert reasons(found) == {"B": f"{IN_WORDS[status]} at batch 64, fp32, eager"}
    assert found.rejected[0].remedy is None


def test_detail_and_number_of_failures() -> None:
    """The first failure is told with its detail, the others are counted."""
    broken = [failed("B", k(b), "compile_error", detail="no C++ compiler") for b in (8, 1)]
    found = answer(QUESTION, [ok("A", k(1), 1.0), *broken])
    assert (
        reasons(found)["B"]
        == "compilation failed at batch 1, fp32, eager (no C++ compiler), and 1 more failed"
    )


def test_implied_failure() -> None:
    """A batch larger than one that was out of memory is rejected for that, though it was not tried."""
    found = answer(
        replace(QUESTION, batch=64),
        [ok("A", k(64), 1.0), ok("B", k(1), 1.0), failed("B", k(32), "oom_device")],
    )
    assert reasons(found) == {"B": "out of device memory at batch 32, fp32, eager"}


def test_out_of_memory_below_a_batch_that_nobody_tried() -> None:
    """It decides larger batches of the same kind, as long as no other kind of them may still run."""
    asked = replace(QUESTION, batch=10**5)
    tried = [ok("A", k(8), 1.0), failed("A", k(64), "oom_device")]
    assert reasons(answer(asked, tried)) == {"A": "out of device memory at batch 64, fp32, eager"}
    assert answer(asked, tried).rejected[0].remedy is None
    other = answer(asked, [*tried, ok("A", k(64, "bf16"), 1.0)])
    assert reasons(other) == {"A": "not measured at batch 100000"}


def test_runs_only_where_it_is_not_compared() -> None:
    """Hardware that fails in every common configuration says so, and what it does run."""
    estimates = [ok("A", k(8), 1.0), ok("B", k(1), 5.0), failed("B", k(8), "oom_host")]
    found = answer(QUESTION, estimates)
    assert reasons(found) == {
        "B": "out of memory at batch 8, fp32, eager; it runs batch 1, fp32, eager, not measured on A"
    }


def test_failures_that_say_nothing() -> None:
    """A model's own error or a device fault is "not measured", with its reason and the command."""
    found = answer(QUESTION, [ok("A", k(1), 1.0), failed("B", k(1), "model_error", detail="KeyError: 'x'")])
    assert reasons(found) == {"B": "not measured: model_error at batch 1, fp32, eager: KeyError: 'x'"}
    assert found.rejected[0].remedy is not None


def test_quarantined() -> None:
    """A run whose throughput was not possible is no candidate."""
    found = answer(QUESTION, [ok("A", k(1), 1.0), failed("B", k(1), "ok", flags="quarantined")])
    assert "quarantined" in reasons(found)["B"]


def test_memory_required() -> None:
    """Under --memory-constrained, hardware without a memory figure is rejected for that."""
    found = answer(replace(QUESTION, memory_constrained=True), [ok("A", k(1), 1.0), stated("B", k(1), 9.0)])
    assert ranks(found) == [(1, "A")]
    assert reasons(found) == {"B": "peak memory not measured, which --memory-constrained requires"}


def test_rejected_do_not_count_for_top_k() -> None:
    """--top-k counts runnable hardware; every rejected one is listed."""
    estimates = [ok(h, k(1), 1.0) for h in "ABC"] + [failed(h, k(1), "oom_host") for h in "XYZ"]
    found = answer(replace(QUESTION, top_k=2), estimates)
    assert [r.hardware for r in found.rows] == ["A", "B"]
    assert sorted(reasons(found)) == ["X", "Y", "Z"]


def test_measured_only_with_other_software() -> None:
    """What ran in another environment than the one asked for is said, not called impossible."""
    estimates = [ok("A", k(1), 1.0, env_id="x"), ok("A", k(2), 2.0, env_id="y"), ok("B", k(2), 1.0)]
    found = answer(replace(QUESTION, env_id="x", batch=2), estimates)
    reasons = {rejected.hardware: rejected.reason for rejected in found.rejected}
    assert reasons["A"].startswith("measured there only with other software")


def test_limits_that_other_software_meets() -> None:
    """Stacks are never pooled, but what an older one measured within the limits is not kept quiet."""
    new = ok("A", k(8), 80.0, stack="new", torch="2.13.0", env_id="new")
    old = ok("A", k(1), 50.0, stack="old", torch="2.4.0", env_id="old")
    asked = replace(QUESTION, max_latency_s=0.05)
    reason = reasons(answer(asked, [new, old]))["A"]
    assert reason.startswith("p50 100 ms at batch 8")
    assert reason.endswith("; with torch 2.4.0 it meets the limits at batch 1 · fp32 · eager: --env old")
    assert ranks(answer(replace(asked, env_id="old"), [new, old])) == [(1, "A")]
    assert "with torch" not in reasons(answer(replace(asked, batch=8), [new, old]))["A"]

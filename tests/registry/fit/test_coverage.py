"""How much of what is compared runs, and by which word the rest failed."""

from __future__ import annotations

from dataclasses import replace

from fitment.registry.fit.recommend import answer

from tests.registry.fit.estimates import QUESTION, failed, has_note, k, ok, row


def test_each_failure_has_its_own_word() -> None:
    """Two out of memory (one implied by a smaller batch), one crash; the largest batch that ran is named."""
    everything = [ok("A", k(b, p), 10.0 * b) for p in ("fp32", "bf16") for b in (1, 8, 64, 512)]
    partly = [
        *(ok("B", k(b), 5.0 * b) for b in (1, 8)),
        failed("B", k(64), "oom_host"),
        *(ok("B", k(b, "bf16"), 5.0 * b) for b in (1, 8, 64)),
        failed("B", k(512, "bf16"), "crashed"),
    ]
    found = answer(replace(QUESTION, precision="fp32"), everything + partly)
    b = row(found, "B")
    assert (b.coverage, b.not_run, b.max_ok_batch) == (0.5, "out of memory at 2", 8)
    whole = row(answer(QUESTION, everything + partly), "B")
    assert (whole.coverage, whole.not_run) == (0.625, "out of memory at 2, the process crashed at 1")
    a = row(found, "A")
    assert (a.coverage, a.not_run, a.max_ok_batch) == (1.0, None, None)


def test_crashes_beside_ok_runs_are_said_and_rank_nothing() -> None:
    """k of n runs ok, with the rank that it would have without them."""
    steady, shaky = ok("A", k(1), 10.0), ok("B", k(1), 20.0, n=2, n_tried=5)
    found = answer(QUESTION, [steady, shaky])
    assert has_note(found, "2 of 5 runs ok on B")
    calm = answer(QUESTION, [steady, replace(shaky, n_tried=2)])
    assert [(r.rank, r.compatibility) for r in found.rows] == [(r.rank, r.compatibility) for r in calm.rows]

"""fitment.harness.protocol.draft: what was measured before a failure is kept."""

from __future__ import annotations

import os

import numpy as np
from fitment.harness.channel import Received, Sender, receive
from fitment.harness.protocol.draft import Draft


def said(draft_user: object) -> Received:
    """What a parent receives of a draft that ``draft_user`` worked on."""
    read_end, write_end = os.pipe()
    draft_user(Draft(Sender(write_end, "n")))  # type: ignore[operator]
    os.close(write_end)
    with open(read_end, "rb") as file:
        return receive(file.read(), "n")


def test_failure_keeps_what_came_before() -> None:
    """Fields, flags and samples stand beside the outcome and its stage."""

    def work(draft: Draft) -> None:
        draft.enter("latency")
        draft.note(latency_mean_s=0.5)
        draft.flag("noisy")
        draft.flag("noisy")
        draft.samples = np.array([0.5])
        draft.enter("memory")
        draft.fail("oom_host", "out of memory")
        draft.send()

    received = said(work)
    assert received.body == {
        "status": "oom_host",
        "stage": "memory",
        "detail": "out of memory",
        "latency_mean_s": 0.5,
        "flags": "noisy",
    }
    assert received.samples is not None
    assert received.samples.tolist() == [0.5]


def test_settled_answer_is_out() -> None:
    """After settling the parent has the answer, whatever becomes of the child."""

    def work(draft: Draft) -> None:
        draft.note(throughput=2.0)
        assert not draft.settled
        draft.settle()
        assert draft.settled

    assert said(work).body == {"status": "ok", "throughput": 2.0, "flags": ""}

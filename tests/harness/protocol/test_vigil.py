"""fitment.harness.protocol.vigil: what happened to the machine between the first moment and the last pass."""

from __future__ import annotations

import os
from typing import Any

import pytest
from fitment.harness.channel import Sender, receive
from fitment.harness.meters import allotment, clocks
from fitment.harness.meters.allotment import Allotment
from fitment.harness.meters.clocks import Clocks
from fitment.harness.protocol.draft import Draft
from fitment.harness.protocol.vigil import Vigil

SECOND = 10**9
WHOLE, HALF = (Allotment(frozenset(range(cpus)), "max 100000", "0-1") for cpus in (2, 1))


class Watched:
    """A vigil over clocks and allotments that a test moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.clocks, self.allotment = Clocks(0, 0, 0), WHOLE
        monkeypatch.setattr(clocks, "read", lambda: self.clocks)
        monkeypatch.setattr(allotment, "read", lambda: self.allotment)
        self._read_end, self._write_end = os.pipe()
        self._draft = Draft(Sender(self._write_end, "n"))
        self.vigil = Vigil(self._draft)

    def fields(self) -> dict[str, Any]:
        """What the parent receives at the end."""
        self.vigil.end()
        self._draft.send()
        os.close(self._write_end)
        with open(self._read_end, "rb") as file:
            body = receive(file.read(), "n").body
        assert body is not None
        return dict(body)


def test_an_undisturbed_invocation_has_zeros_and_no_flag(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing happened, and that was measured."""
    fields = Watched(monkeypatch).fields()
    assert (fields["suspended_s"], fields["wall_clock_step_s"], fields["flags"]) == (0.0, 0.0, "")


@pytest.mark.parametrize(
    ("now", "suspended", "step", "flags"),
    [
        (Clocks(SECOND, 61 * SECOND, 61 * SECOND), 60.0, 0.0, "suspended"),
        (Clocks(SECOND, SECOND, -3599 * SECOND), 0.0, -3600.0, "clock_stepped"),
        (Clocks(SECOND, 3 * SECOND, 9 * SECOND), 2.0, 6.0, "suspended,clock_stepped"),
        (Clocks(SECOND, None, 2 * SECOND), None, 1.0, "clock_stepped"),
    ],
)
def test_F25_F26_clocks(
    monkeypatch: pytest.MonkeyPatch, now: Clocks, suspended: float | None, step: float, flags: str
) -> None:
    """A sleep and a step of the wall clock are noted in seconds and flagged."""
    watched = Watched(monkeypatch)
    watched.clocks = now
    fields = watched.fields()
    assert (fields["suspended_s"], fields["wall_clock_step_s"], fields["flags"]) == (suspended, step, flags)


def test_F26_a_process_that_was_stopped_is_suspended_until_the_vigil_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A stop before the end of the last pass counts; one after it disturbs nothing that was timed."""
    during, later = Watched(monkeypatch), Watched(monkeypatch)
    during.vigil.resumed()
    later.vigil.end()
    later.vigil.resumed()
    assert (during.fields()["flags"], later.fields()["flags"]) == ("suspended", "")


@pytest.mark.parametrize(("bound", "flags"), [("", "env_changed"), ("close", "")])
def test_F28_a_mask_that_openmp_narrowed_is_no_change(
    monkeypatch: pytest.MonkeyPatch, bound: str, flags: str
) -> None:
    """Where threads are to be bound the mask may shrink until they are; anywhere else that is a change."""
    monkeypatch.setenv("OMP_PROC_BIND", bound)
    watched = Watched(monkeypatch)
    watched.allotment = HALF
    watched.vigil.threads_started()
    assert watched.fields()["flags"] == flags


def test_F28_a_bound_mask_may_not_change_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once threads are bound, a narrower mask is somebody else's doing."""
    monkeypatch.setenv("OMP_PROC_BIND", "close")
    watched = Watched(monkeypatch)
    watched.vigil.threads_started()
    watched.allotment = HALF
    assert watched.fields()["flags"] == "env_changed"


def test_F28_a_quota_that_changes_under_bound_threads_is_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """Binding excuses the mask alone."""
    monkeypatch.setenv("OMP_PROC_BIND", "close")
    watched = Watched(monkeypatch)
    watched.allotment = Allotment(HALF.mask, "50000 100000", HALF.cpus)
    watched.vigil.threads_started()
    assert watched.fields()["flags"] == "env_changed"


def test_the_end_is_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens after the last pass is no part of the invocation."""
    watched = Watched(monkeypatch)
    watched.vigil.end()
    watched.clocks, watched.allotment = Clocks(0, 9 * SECOND, 0), HALF
    fields = watched.fields()
    assert (fields["suspended_s"], fields["flags"]) == (0.0, "")

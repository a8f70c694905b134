"""fitment.harness.executors.strays: processes known by a mark in their environment."""

from __future__ import annotations

import os
import signal
import subprocess

from fitment.harness.executors import strays

from tests.harness.executors.children import wait_for_environment


def test_who_carries_the_mark_is_ended() -> None:
    """Only those with this very mark, in whatever session they are."""
    mark = f"test-strays-{os.getpid()}-1"  # no other run of the tests is to find them
    ours, other = (
        subprocess.Popen(["sleep", "600"], env={strays.MARK: name}, start_new_session=True)
        for name in (mark, f"{mark}2")
    )
    try:
        wait_for_environment(ours.pid)
        wait_for_environment(other.pid)
        assert list(strays.marked(mark)) == [ours.pid]
        assert strays.end(mark, 300.0)
        assert ours.wait() == -signal.SIGKILL
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_nobody_to_end_is_done_at_once() -> None:
    """There may be none."""
    assert strays.end(f"nobody-{os.getpid()}", 0.0)

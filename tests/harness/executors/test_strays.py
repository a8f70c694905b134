"""fitment.harness.executors.strays: processes known by a mark in their environment."""

from __future__ import annotations

import os
import signal
import subprocess

from fitment.harness.executors import strays


def test_who_carries_the_mark_is_ended() -> None:
    """Only those with this very mark, in whatever session they are."""
    ours, other = (
        subprocess.Popen(["sleep", "600"], env={strays.MARK: mark}, start_new_session=True)
        for mark in ("test-strays-1", "test-strays-12")
    )
    try:
        assert list(strays.marked("test-strays-1")) == [ours.pid]
        assert strays.end("test-strays-1", 10.0)
        assert ours.wait() == -signal.SIGKILL
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_nobody_to_end_is_done_at_once() -> None:
    """There may be none."""
    assert strays.end(f"nobody-{os.getpid()}", 0.0)

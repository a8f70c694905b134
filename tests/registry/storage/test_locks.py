"""Locks between processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fitment.registry.errors import DatabasePathError, StoreBusyError
from fitment.registry.storage import locks

HOLDER = """
import sys
from pathlib import Path
from fitment.registry.storage import locks
with locks.hold(Path(sys.argv[1]), 0):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until its input ends."""
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        try:
            yield child
        finally:
            child.kill()


def test_a_held_lock_is_refused_naming_its_owner(tmp_path: Path) -> None:
    """Who can't have the lock in time learns the pid of who has it and how long it was waited for."""
    with (
        holder(tmp_path / "lock") as child,
        pytest.raises(StoreBusyError, match=f"in use by process {child.pid} .waited 0.1 s"),
        locks.hold(tmp_path / "lock", 0.1),
    ):
        pass


def test_the_lock_of_a_killed_owner_is_free(tmp_path: Path) -> None:
    """The kernel frees the lock; the pid that is left inside means nothing."""
    with holder(tmp_path / "lock") as child:
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        with locks.hold(tmp_path / "lock", 0):
            signed = (tmp_path / "lock").read_text().splitlines()[0]  # a longer pid may show behind it
            assert signed == f"{os.getpid()}"


def test_a_lock_is_had_as_soon_as_its_owner_lets_go(tmp_path: Path) -> None:
    """Waiting ends when the owner ends."""
    with holder(tmp_path / "lock") as child:
        assert child.stdin is not None
        child.stdin.close()
        with locks.hold(tmp_path / "lock", 10):
            pass


def test_a_lock_file_that_is_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    """Nothing is written through a link that somebody put in the place of the lock."""
    (tmp_path / "target").touch()
    (tmp_path / "lock").symlink_to(tmp_path / "target")
    with pytest.raises(DatabasePathError, match="symbolic link"), locks.hold(tmp_path / "lock", 0):
        pass
    assert (tmp_path / "target").read_bytes() == b""

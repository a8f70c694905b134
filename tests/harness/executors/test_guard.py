"""fitment.harness.executors.guard: a group of processes that goes when its owner goes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from fitment.harness.executors.guard import Guard

from tests.harness.executors.children import is_alive, wait_for_text, wait_until_dead

DEAF = ["/bin/sh", "-c", "trap '' TERM INT HUP; echo deaf; while :; do sleep 60; done"]

# An owner that starts a member of its guard's group, says which, and waits to be killed.
OWNER = """
import subprocess, sys, time
from fitment.harness.executors.guard import Guard
with Guard() as guard:
    member = subprocess.Popen(["sleep", "600"], process_group=guard.group)
    with open(sys.argv[1], "w") as file:
        file.write(f"{guard.group} {member.pid}\\n")
    time.sleep(600)
"""


def test_members_that_ignore_every_request_are_killed_at_the_end() -> None:
    """Leaving the block ends a process that is deaf to SIGTERM."""
    with Guard() as guard:
        member = subprocess.Popen(DEAF, process_group=guard.group, stdout=subprocess.PIPE, text=True)
        assert member.stdout is not None
        assert member.stdout.readline() == "deaf\n"
        guard.terminate()
        assert is_alive(guard.group)
    assert member.wait(timeout=10) == -signal.SIGKILL
    member.stdout.close()
    assert not is_alive(guard.group)


def test_killing_twice_is_killing_once() -> None:
    """A second kill finds nobody and is no error."""
    with Guard() as guard:
        guard.kill()
        guard.kill()
    guard.kill()


def test_F01_group_dies_with_a_killed_owner(tmp_path: Path) -> None:
    """kill -9 of the owner leaves neither the member nor the guard."""
    facts = tmp_path / "pids"
    owner = subprocess.Popen([sys.executable, "-c", OWNER, str(facts)])
    pids = [int(pid) for pid in wait_for_text(facts).split()]
    assert all(map(is_alive, pids))
    os.kill(owner.pid, signal.SIGKILL)
    owner.wait()
    assert all(map(wait_until_dead, pids))

"""Children for executor tests: each is a module of its own, started as the worker is, without torch."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from fitment.harness.executors.child import Ending, run_child

BEGIN = """
import os, signal, subprocess, sys, time
from fitment.harness.lifeline import begin, leave
request, sender = begin(sys.argv[1:])
sender.stage("started")
"""
EXITING = 0x4  # PF_EXITING of the kernel's task flags, which proc(5) gives


def run_code(tmp_path: Path, code: str, *, deadline_s: float = 300.0, **request: Any) -> Ending:
    """How a child ended that begins as every child does and then runs ``code``."""
    (tmp_path / "child_under_test.py").write_text(BEGIN + code)
    environ = {**os.environ, "PYTHONPATH": str(tmp_path)}
    return run_child("child_under_test", request, deadline_s=deadline_s, environ=environ)


def is_alive(pid: int) -> bool:
    """Whether the process runs: there, no zombie that waits for its parent, and not on its way to be one.

    The kernel ends a process in steps: its memory and its environment are gone before it is a zombie.
    """
    try:
        state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return state not in "ZX" and not int(fields[5]) & EXITING


def wait_until_dead(pid: int, seconds: float = 120.0) -> bool:
    """Whether the process ended within the time."""
    until = time.monotonic() + seconds
    while is_alive(pid):
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def wait_for_environment(pid: int, seconds: float = 120.0) -> None:
    """Returns once the process has one: while it becomes another program it has none for a moment.

    Raises TimeoutError.
    """
    until = time.monotonic() + seconds
    while not Path(f"/proc/{pid}/environ").read_bytes():
        if time.monotonic() > until:
            raise TimeoutError(pid)
        time.sleep(0.01)


def wait_for_text(path: Path, seconds: float = 120.0) -> str:
    """The whole line that another process writes to ``path``. Raises TimeoutError."""
    until = time.monotonic() + seconds
    while not (path.exists() and path.read_text().endswith("\n")):
        if time.monotonic() > until:
            raise TimeoutError(path)
        time.sleep(0.01)
    return path.read_text()

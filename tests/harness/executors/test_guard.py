"""fitment.harness.executors.guard: a child that goes, with all that descends from it, when its owner goes."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

from fitment.harness.executors.guard import Guard

from tests.harness.executors.children import is_alive, wait_for_text, wait_until_dead

# "$0" is the guard's pid, which comes after the command
DEAF = ["/bin/sh", "-c", "trap '' TERM INT HUP; echo deaf >&2; while :; do sleep 60; done"]

# An owner that starts a child with a daemon under guard, says which, and waits to be killed.
OWNER = """
import os, sys, time
from fitment.harness.executors.guard import Guard
daemon = "import os, time; os.setsid(); print(os.getpid(), os.getppid(), flush=True); time.sleep(600)"
nap = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {daemon!r}]); time.sleep(600)"
with open(sys.argv[1], "w") as file:
    with Guard([sys.executable, "-c", nap], os.environ, stdout=file.fileno()):
        time.sleep(600)
"""


def heard(guard: Guard) -> int | None:
    """The child's return code, once it has ended."""
    while not guard.hear():
        pass
    return guard.returncode


def test_a_child_that_ignores_every_request_is_killed_at_the_end() -> None:
    """Leaving the block ends a process that is deaf to SIGTERM."""
    there, here = os.pipe()
    with Guard(DEAF, os.environ, stderr=here) as guard:
        assert os.read(there, 9) == b"deaf\n"
        guard.terminate()
        assert not select.select([there], [], [], 0)[0]
    assert (guard.returncode, guard.gone) == (-signal.SIGKILL, True)
    os.close(here)
    assert os.read(there, 9) == b""  # nobody holds the other end
    os.close(there)


def test_the_return_code_is_the_childs() -> None:
    """An exit code, or the signal's number below zero."""
    for script, code in (("exit 7", 7), ("kill -6 $$", -6)):
        with Guard(["/bin/sh", "-c", script], os.environ) as guard:
            assert heard(guard) == code


def test_a_command_that_can_not_be_started_is_an_exit_code(capfd: object) -> None:
    """The guard's own failure is no signal, and leaves nothing."""
    with Guard(["/no/such/program"], os.environ) as guard:
        assert heard(guard) is None
    assert (guard.returncode, guard.gone) == (1, True)


def test_a_foreign_program_is_started_as_it_is(tmp_path: Path) -> None:
    """In its folder, and without the guard's pid among its arguments where it is not to be told."""
    there, here = os.pipe()
    command = ["/bin/sh", "-c", "pwd; echo $#", "sh", "one"]
    with Guard(command, os.environ, stdout=here, cwd=tmp_path, told=False) as guard:
        assert heard(guard) == 0
    os.close(here)
    assert os.read(there, 4096).decode().split() == [str(tmp_path.resolve()), "1"]
    os.close(there)


def test_F01_descendants_die_with_a_killed_owner(tmp_path: Path) -> None:
    """kill -9 of the owner leaves neither the child, nor a daemon that it started, nor the guard."""
    facts = tmp_path / "pids"
    owner = subprocess.Popen([sys.executable, "-c", OWNER, str(facts)])
    daemon, child = map(int, wait_for_text(facts).split())
    guard = int(Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[1])
    assert all(map(is_alive, (daemon, child, guard)))
    os.kill(owner.pid, signal.SIGKILL)
    owner.wait()
    assert all(map(wait_until_dead, (daemon, child, guard)))

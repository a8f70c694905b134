"""fitment.harness.lifeline: what a child does before anything else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.harness.executors.children import is_alive, wait_for_text, wait_until_dead

# A parent that starts a child, tells its pid, and waits to be killed. The child ties itself to it.
PARENT = """
import subprocess, sys, time
code = '''
import os, sys, time
from fitment.harness.lifeline import die_with
die_with(int(sys.argv[1]))
with open(sys.argv[2], "w") as file:
    file.write(f"{os.getpid()}\\\\n")
time.sleep(600)
'''
import os
subprocess.Popen([sys.executable, "-c", code, str(os.getpid()), sys.argv[1]])
time.sleep(600)
"""


def test_F01_child_dies_with_a_killed_parent(tmp_path: Path) -> None:
    """The kernel ends the child when its parent is killed, without any help from a guard."""
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path / "pid")])
    child = int(wait_for_text(tmp_path / "pid"))
    assert is_alive(child)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    assert wait_until_dead(child)


def test_child_of_a_parent_that_is_gone_leaves_at_once() -> None:
    """A parent that died before the child could tie itself to it is noticed."""
    code = "from fitment.harness.lifeline import die_with; die_with(2**22 + 1); print('still here')"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "the parent is gone" in ended.stderr
    assert "still here" not in ended.stdout


def test_leaving_waits_for_nobody() -> None:
    """Threads and exit hooks that a model left behind do not hold the end up; what was printed is out."""
    code = """
import atexit, sys, threading, time
from fitment.harness.lifeline import leave
atexit.register(time.sleep, 600)
threading.Thread(target=time.sleep, args=(600,)).start()
print("said")
sys.stderr = None  # whatever a model makes of it
leave(5)
"""
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=300
    )
    assert (ended.returncode, ended.stdout) == (5, "said\n")

"""Faults of a running sweep: real parents, real children, real signals. Numbers are faults.md's."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest
from fitment.registry.storage.doctor import examine
from fitment.registry.storage.store import Store

from tests.harness import known_cpu
from tests.harness.jobs import HURRIED
from tests.harness.processes import Process

HOLD = """
import os

waited = []

def wait():
    held = os.path.join(os.path.dirname(__file__), "held")
    if os.path.exists(held) and not waited:
        waited.append("once")  # the same model is made again, to be looked at
        with open(os.path.join(held, "go")) as go, open(os.path.join(held, "loading"), "w") as loading:
            loading.write(str(os.getpid()))
            loading.close()
            go.readline()
"""
MODEL = """
import hold
from torch import nn, zeros

def make():
    hold.wait()
    return nn.Linear(4, 2), zeros(1, 4)
"""
ON_TERMINAL = "import os, sys; os.login_tty(int(sys.argv[1])); os.execv(sys.argv[2], sys.argv[2:])"
SWEEP = 'profile = "quick"\n[[grid]]\nmodels = ["module:mynet:make"]\nbatches = [1, 2]\n'
COUNTS = "SELECT batch, list(status ORDER BY id) FROM performance_results GROUP BY batch ORDER BY batch"
WAIT_S = 300.0  # for what happens within seconds; only a failing test waits so long


class Bench:
    """A folder with a sweep of two small cells, whose children say when they load, and wait to be let go."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.held = folder / "held"
        self.environ = {**os.environ, "XDG_RUNTIME_DIR": str(folder), "TERM": "xterm"}
        self.command = [*known_cpu.COMMAND, "sweep", "two.toml"]
        (folder / "hold.py").write_text(HOLD)
        (folder / "mynet.py").write_text(HURRIED + MODEL)
        (folder / "two.toml").write_text(SWEEP)
        self.held.mkdir()
        self.pipes = {}
        for name in ("loading", "go"):
            os.mkfifo(self.held / name)
            self.pipes[name] = os.open(self.held / name, os.O_RDWR)  # both ways: no open waits for the other

    def start(self, stdout: int = subprocess.PIPE) -> Process:
        return Process(self.command, cwd=self.folder, env=self.environ, stdout=stdout, stderr=subprocess.PIPE)

    def on_a_terminal(self) -> tuple[int, int, subprocess.Popen[bytes]]:
        """Both sides of a terminal, and the sweep whose controlling terminal it is."""
        ours, theirs = pty.openpty()
        command = [sys.executable, "-c", ON_TERMINAL, str(theirs), *self.command]
        return ours, theirs, subprocess.Popen(command, cwd=self.folder, env=self.environ, pass_fds=[theirs])

    def hold_before_torch(self) -> None:
        """Lets the child wait before it loads torch, which it would never use."""
        (self.folder / "torch.py").write_text("import hold\n\nhold.wait()\n")
        self.environ["PYTHONPATH"] = str(self.folder)

    def loading(self) -> int:
        """The pid of the child that has come to its model, or to torch, and waits there."""
        return int(read(self.pipes["loading"]))

    def next(self) -> None:
        """Lets the waiting child go on; the one after it waits in its turn."""
        os.write(self.pipes["go"], b"\n")

    def go(self) -> None:
        """Lets the waiting child go on, and makes none wait after it."""
        self.let_go()
        self.next()

    def let_go(self) -> None:
        """Makes no child wait that comes now."""
        self.held.rename(self.folder / "let go")

    def finish(self) -> str:
        """What the same sweep prints when it is run to its end."""
        return subprocess.run(
            self.command, cwd=self.folder, env=self.environ, check=True, capture_output=True, text=True
        ).stdout

    def stored(self) -> list[tuple[int, list[str]]]:
        """The statuses that are stored of each batch, in order."""
        with Store.open(self.folder / "fitment.duckdb").reading() as con:
            return con.execute(COUNTS).fetchall()

    def told(self) -> list[tuple[str, str, str]]:
        """Where and how each run that is not ok ended, for the message of a test that fails."""
        with Store.open(self.folder / "fitment.duckdb").reading() as con:
            return con.execute(
                "SELECT stage, detail, stderr_tail FROM performance_results WHERE status <> 'ok'"
            ).fetchall()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    held = Bench(tmp_path)
    yield held
    for descriptor in held.pipes.values():
        os.close(descriptor)


def read(descriptor: int) -> bytes:
    """What the other side sent; nothing once it is closed."""
    assert select.select([descriptor], [], [], WAIT_S)[0]
    try:
        return os.read(descriptor, 4096)
    except OSError:  # EIO: Linux's end of file for a terminal
        return b""


def ended(pid: int) -> bool:
    """Whether the process ends; a zombie has ended."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], WAIT_S)[0])
    finally:
        os.close(descriptor)


def test_F01_kill_parent(bench: Bench) -> None:
    """A killed sweep leaves no orphan; run again, it goes on where that was cut off."""
    with bench.start() as sweep:
        child = bench.loading()
        bench.next()
        assert sweep.stdout is not None
        lines = [sweep.stdout.readline() for _ in range(3)]
        sweep.kill()  # the second cell goes nowhere meanwhile
    assert lines[2].startswith(b"[1/2]")
    assert ended(child)
    bench.let_go()
    again = bench.finish()
    assert "\n1 run, 1 finished before\n" in again
    assert bench.stored() == [(1, ["ok"]), (2, ["ok"])]
    assert examine(bench.folder / "fitment.duckdb").healthy


def test_F01_kill_parent_in_a_cell(bench: Bench) -> None:
    """The child of a killed sweep dies with it, wherever it is, and its cell is not taken for done."""
    bench.hold_before_torch()
    with bench.start() as sweep:
        child = bench.loading()
        sweep.kill()
    assert ended(child)
    assert bench.stored() == []


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGHUP])
def test_F05_end_now(bench: Bench, signum: int) -> None:
    """SIGTERM and SIGHUP abandon the cell: no orphan, and an exit code that names the signal."""
    bench.hold_before_torch()
    with bench.start() as sweep:
        child = bench.loading()
        sweep.send_signal(signum)
        out, err = sweep.communicate(timeout=WAIT_S)
    assert (sweep.returncode, err) == (128 + signum, b"")
    assert b"Left: 2. The same command goes on from here." in out
    assert ended(child)
    assert bench.stored() == [(1, ["cancelled"])]


def test_F05_control_c_on_a_terminal(bench: Bench) -> None:
    """Ctrl-C typed once finishes the cell, which does not hear of it; exit 130, the terminal as it was."""
    ours, theirs, sweep = bench.on_a_terminal()
    before = termios.tcgetattr(theirs)
    seen = b""
    bench.loading()
    os.write(ours, b"\x03")
    while b"finishing this cell" not in seen:
        seen += read(ours)
    bench.go()
    while b"goes on from here" not in seen:
        seen += read(ours)
    assert sweep.wait(WAIT_S) == 130
    assert termios.tcgetattr(theirs) == before
    assert seen.rindex(b"\x1b[?25h") > seen.rindex(b"\x1b[?25l")  # the cursor is shown again
    assert bench.stored() == [(1, ["ok"])], bench.told()
    os.close(ours)
    os.close(theirs)


def test_F05_the_terminal_goes_away(bench: Bench) -> None:
    """A closed terminal ends the sweep as SIGHUP does: nothing to write to is no failure of ours."""
    bench.hold_before_torch()
    ours, theirs, sweep = bench.on_a_terminal()
    os.close(theirs)
    child = bench.loading()
    os.close(ours)
    assert sweep.wait(WAIT_S) == 128 + signal.SIGHUP
    assert ended(child)
    assert bench.stored() == [(1, ["cancelled"])]


def test_F05_control_c_twice(bench: Bench) -> None:
    """Ctrl-C twice abandons the cell at once."""
    bench.hold_before_torch()
    with bench.start() as sweep:
        child = bench.loading()
        assert sweep.stderr is not None
        sweep.send_signal(signal.SIGINT)
        assert sweep.stderr.readline() == b"\n"
        assert b"Ctrl-C again abandons it" in sweep.stderr.readline()
        sweep.send_signal(signal.SIGINT)
        assert sweep.wait(WAIT_S) == 130
    assert ended(child)
    assert bench.stored() == [(1, ["cancelled"])]


def test_F06_reader_leaves(bench: Bench) -> None:
    """``fitment sweep | head -1`` ends quietly once the reader has left; the result in hand is kept."""
    with bench.start() as sweep:
        assert sweep.stdout is not None
        bench.loading()
        assert sweep.stdout.readline().startswith(b"cpu: ")
        sweep.stdout.close()
        bench.go()
        assert sweep.wait(WAIT_S) == 141
        assert sweep.stderr is not None
        assert sweep.stderr.read() == b""
    assert bench.stored() == [(1, ["ok"])]

"""``fitment watch`` beside real sweeps: processes, pipes, terminals and signals."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.harness.sweeps.status_file import Status, StatusFile
from fitment.registry.results.calibrations import calibrated
from fitment.registry.storage.journal import START
from fitment.registry.storage.store import Store

from tests.harness import known_cpu
from tests.harness.jobs import HURRIED
from tests.harness.processes import Process

MODEL = """
import os
from torch import nn, zeros

def make():
    hold = os.path.join(os.path.dirname(__file__), "hold")
    if "HELD" not in os.environ:
        with open(os.path.join(hold, "go")) as go, open(os.path.join(hold, "loading"), "w") as loading:
            loading.write("loading")
            loading.close()
            go.readline()
    os.environ["HELD"] = "once"  # the same model is made again, as the reference of its numerics
    return nn.Linear(4, 2), zeros(1, 4)
"""
SWEEP = (
    'name = "two [red]cells"\nprofile = "quick"\n[[grid]]\nmodels = ["module:mynet:make"]\nbatches = [1, 2]\n'
)
ON_TERMINAL = "import os, sys; os.login_tty(int(sys.argv[1])); os.execv(sys.argv[2], sys.argv[2:])"
WAIT_S = 300.0  # for what happens within seconds; only a failing test waits so long
ID = "0123456789abcdef"


class Bench:
    """A folder with a sweep of two cells, each of whose children says when it loads its model, and waits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = [sys.executable, "-m", "fitment.harness.cli.main"]
        self.environ = {
            **os.environ,
            "XDG_RUNTIME_DIR": str(folder),
            "TERM": "xterm",
            "FITMENT_DB": "s.duckdb",
        }
        (folder / "mynet.py").write_text(HURRIED + MODEL)
        (folder / "two.toml").write_text(SWEEP)
        (folder / "hold").mkdir()
        self.pipes = {}
        for name in ("loading", "go"):
            os.mkfifo(folder / "hold" / name)
            self.pipes[name] = os.open(folder / "hold" / name, os.O_RDWR)  # no open waits for the other

    def command(self, *words: str) -> list[str]:
        return [*self.program, *words]

    def start(self, *words: str) -> Process:
        return Process(
            self.command(*words),
            cwd=self.folder,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def done(self, *words: str) -> str:
        """What a command prints that succeeds."""
        return subprocess.run(
            self.command(*words),
            cwd=self.folder,
            env=self.environ,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def loading(self) -> None:
        """Waits for the child that comes to its model."""
        assert select.select([self.pipes["loading"]], [], [], WAIT_S)[0]
        os.read(self.pipes["loading"], 4096)

    def go(self) -> None:
        """Lets the waiting child go on."""
        os.write(self.pipes["go"], b"\n")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    held = Bench(tmp_path)
    yield held
    for descriptor in held.pipes.values():
        os.close(descriptor)


def lines(process: subprocess.Popen[bytes], count: int) -> list[str]:
    assert process.stdout is not None
    return [process.stdout.readline().decode().rstrip("\n") for _ in range(count)]


def test_a_sweep_is_followed_to_its_end(bench: Bench) -> None:
    """What runs and since when, each result as the sweep itself shows it, its summary; then 0.

    ``--once`` says how it stands and leaves, also before a sweep and after it; so does Ctrl-C on a terminal.
    One sweep serves all: it costs more than those that look at it.
    """
    Store.open(bench.folder / "s.duckdb", create=True)
    assert bench.done("watch") == f"no sweep is running on {bench.folder}/s.duckdb\n"
    with bench.start("sweep", "two.toml") as sweep:
        bench.loading()
        assert "cpu: mynet:make b1 fp32 eager, for " in bench.done("watch", "--once")
        left_on_a_terminal(bench)
        with bench.start("watch") as watch:
            said = lines(watch, 4)
            assert re.fullmatch(
                rf'sweep "two \[red\]cells" \([0-9a-f]{{16}}, pid {sweep.pid}\) since .*', said[0]
            )
            assert said[1] == "2 runs"
            assert re.fullmatch(r"cpu: mynet:make b1 fp32 eager, for .*[0-9] (s|min); 0/2", said[2])
            assert said[3] == "eta –"
            bench.go()
            bench.loading()
            first = lines(watch, 1)
            seen = bench.done("watch", "--once").splitlines()
            assert seen[2].startswith("[1/2] mynet:make b1 fp32 eager cpu")
            assert re.fullmatch(r"cpu: mynet:make b2 fp32 eager, for .*; 1/2", seen[3])
            bench.go()
            rest, err = watch.communicate(timeout=WAIT_S)
            assert (watch.returncode, err) == (0, b"")
        own, err = sweep.communicate(timeout=WAIT_S)
    assert (sweep.returncode, err) == (0, b"")
    assert_same_results([*first, *rest.decode().splitlines()], own.decode().splitlines())
    nobody, last = bench.done("watch").splitlines()
    assert nobody.startswith("no sweep is running on ")
    assert re.fullmatch(r'the last one: "two \[red\]cells" of .*\+00:00: 2 ok', last)
    (cost,) = calibrated(Store.open(bench.folder / "s.duckdb")).values()
    assert cost.cost.null_step_s > 0


def assert_same_results(seen: list[str], own: list[str]) -> None:
    """The watch said what the sweep itself said: two results, but for what was left then, and the end."""
    results = [line.split("  eta")[0] for line in own if line.startswith("[")]
    assert [line.split("  eta")[0] for line in seen[:2]] == results
    assert seen[2:] == own[4:6] == ["Done: 2 ok.", "Results: 1–2 of mynet:make."]


def left_on_a_terminal(bench: Bench) -> None:
    """Live lines by the sweep's own display; Ctrl-C leaves with 130, the cursor shown."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", ON_TERMINAL, str(theirs), *bench.command("watch")]
    watch = subprocess.Popen(command, cwd=bench.folder, env=bench.environ, pass_fds=[theirs])
    os.close(theirs)
    seen = b""
    while b"mynet:make b1 fp32 eager" not in seen:
        seen += read(ours)
    os.write(ours, b"\x03")
    while chunk := read(ours):
        seen += chunk
    assert watch.wait(WAIT_S) == 130
    assert seen.rindex(b"\x1b[?25h") > seen.rindex(b"\x1b[?25l")
    os.close(ours)


def read(descriptor: int) -> bytes:
    """What the other side sent; nothing once it is closed."""
    assert select.select([descriptor], [], [], WAIT_S)[0]
    try:
        return os.read(descriptor, 4096)
    except OSError:  # EIO: Linux's end of file for a terminal
        return b""


def test_a_killed_sweep_is_seen_as_dead(bench: Bench) -> None:
    """kill -9 while it is watched: what was measured stands there, and that the end never came."""
    bench.program = known_cpu.COMMAND
    with bench.start("sweep", "two.toml") as sweep:
        bench.loading()
        bench.go()
        bench.loading()
        with bench.start("watch") as watch:
            said = lines(watch, 5)
            assert said[2].startswith("[1/2] mynet:make b1 fp32 eager cpu")
            sweep.kill()
            out, err = watch.communicate(timeout=WAIT_S)
            assert (watch.returncode, err) == (0, b"")
    end = f"The sweep (pid {sweep.pid}) was cut off: 1 of 2 done. The same sweep goes on from there.\n"
    assert out.decode() == end
    again = bench.done("watch")
    assert "no sweep is running on " in again
    assert again.endswith(": 1 ok; it was cut off: 1 of 2 done\n")


def test_a_missing_store_is_a_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing was ever measured there: the wrong folder, most likely. Nothing is made."""
    monkeypatch.setattr("os.nice", lambda priority: priority)
    assert main(["watch", "--db-path", str(tmp_path / "no.duckdb")]) == 2
    assert "no results at " in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The state folder of a store on which this very process seems to sweep, under a name with colours."""
    monkeypatch.setattr("os.nice", lambda priority: priority)  # of this process, for good
    monkeypatch.setenv("FITMENT_DB", str(tmp_path / "s.duckdb"))
    Store.open(tmp_path / "s.duckdb", create=True)
    folder = tmp_path / "s.journal"
    file = StatusFile(folder, ID)
    file.open()
    file.write(Status(ID, "a\x1b[31m[red]b\n", 1, "2026-01-01T00:00:00+00:00", 0, 9, START, START, ()))
    yield folder
    file.close()


def test_B08_names_are_inert(running: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither control characters nor markup of a sweep's name act."""
    assert main(["watch", "--once"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f'sweep "a\\x1b[31m[red]b\\n" ({ID}, pid 1) since ')
    assert "\x1b" not in out


def test_of_several_sweeps_one_is_followed(running: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The one started last, and the others are named; --sweep chooses, and a wrong id says from which."""
    other = "fedcba9876543210"
    file = StatusFile(running, other)
    file.open()
    file.write(Status(other, "later", 1, "2026-01-02T00:00:00+00:00", 0, 9, START, START, ()))
    assert main(["watch", "--once"]) == 0
    first, second = capsys.readouterr().out.splitlines()[:2]
    assert first.endswith(f'": fitment watch --sweep {ID}')
    assert second.startswith('sweep "later" ')
    assert main(["watch", "--once", "--sweep", ID]) == 0
    assert f"fitment watch --sweep {other}" in capsys.readouterr().out
    assert main(["watch", "--sweep", "x\x1b"]) == 2
    assert capsys.readouterr().err == f'fitment: no sweep "x\\x1b" is running: there are {ID}, {other}\n'
    file.close()


def test_a_newer_fitments_sweep(running: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What can't be read is said to run, and not guessed at."""
    (running / "sweeps" / f"{ID}.json").write_text('{"format": "fitment.status", "version": 9}')
    assert main(["watch"]) == 0
    assert capsys.readouterr().out.startswith("a sweep is running, but ")


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGHUP])
def test_F05_ended_in_its_turn(running: Path, signum: int) -> None:
    """A watch that is told to end does so, quietly, with the signal in its exit code."""
    command = [sys.executable, "-m", "fitment.harness.cli.main", "watch"]
    with Process(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as watch:
        assert lines(watch, 3)[2] == "eta –"
        watch.send_signal(signum)
        out, err = watch.communicate(timeout=WAIT_S)
    assert (watch.returncode, out, err) == (128 + signum, b"", b"")

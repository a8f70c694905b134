"""The processes that the gate compares: one a pass, fresh, attended by a parent that sleeps meanwhile."""

from __future__ import annotations

import os
import select
import shlex
import signal
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..executors.drain import Drain
from ..executors.guard import Guard
from . import callgrind
from . import request as requests
from .errors import PassFailedError
from .observation import Pass, read
from .request import Request
from .schedule import SideName

GRACE_S = 2.0  # between SIGTERM and SIGKILL
LONGEST_POLL_S = 3600.0
KEPT_OUTPUT = 65536
RAN = (0, 1, 5)  # pytest's exit codes of a run that came to its end: passed, failed, nothing to run
_OF_A_WORKER = "PYTEST_XDIST_"  # pytest-benchmark takes whoever has these for a worker, and times nothing
_SAID = 300  # characters of a message that are worth repeating


@dataclass(frozen=True, slots=True)
class Tree:
    """One side's code, and how its benchmarks are run."""

    label: str  # as messages name it: "base main"
    root: Path  # the tree, resolved
    folder: Path  # where the command runs
    command: tuple[str, ...]  # that runs pytest; its program is an absolute path
    environ: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended, and the last of what it wrote."""

    returncode: int | None  # as subprocess has it; None = SIGKILL did not end it
    timed_out: bool
    stdout: str
    stderr: str


class PytestRunner:
    """Runs pytest once for each pass: a ``schedule.Runner``."""

    def __init__(
        self,
        base: Tree | None,
        head: Tree,
        *,
        deadline_s: float,
        command: str | None = None,
        under_callgrind: bool = False,
    ) -> None:
        """``base`` None: head alone is measured. ``command``: as typed, where pytest runs inside of it.

        ``under_callgrind``: passes that count run under valgrind. Raises GateError where it is not installed.
        """
        if under_callgrind:
            callgrind.check()
        self._command = command
        self._under_callgrind = under_callgrind
        self._trees = {"base": base, "head": head}
        self._deadline_s = deadline_s

    def __call__(
        self, side: SideName, benchmarks: Sequence[str] | None, *, seed: int, counting: bool
    ) -> Pass:
        """What one process of that side said. Raises PassFailedError where it said nothing whole."""
        tree, other = self._trees[side], self._trees["head" if side == "base" else "base"]
        if tree is None:
            raise PassFailedError("there is no base to run: its times were recorded earlier")
        with tempfile.TemporaryDirectory(prefix="fitment-gate-") as scratch:
            asked = Request(
                answer=str(Path(scratch, "answer.json")),
                benchmarks=None if benchmarks is None else tuple(benchmarks),
                seed=seed,
                counting=counting,
                root=str(tree.root),
                foreign=() if other is None or other.root == tree.root else (str(other.root),),
                addopts=tree.environ.get("PYTEST_ADDOPTS"),
            )
            requests.write(asked, Path(scratch, "request.json"))
            words, environ = list(tree.command), _environ(tree, scratch, asked)
            if counting and self._under_callgrind:
                words, environ = callgrind.under(words, environ, Path(scratch))
            ended = run(words, environ, tree.folder, self._deadline_s)
            if ended.timed_out:
                raise PassFailedError(self._too_long(tree))
            answered = Path(asked.answer).exists()
            if not answered or (self._command is None and ended.returncode not in RAN):
                raise PassFailedError(f"{tree.label}: {_ending(ended, self._command)}")
            return read(Path(asked.answer).read_text(encoding="utf-8"))

    def _too_long(self, tree: Tree) -> str:
        option = "--fitment-timeout" if self._command is None else "--timeout"
        return (
            f"{tree.label}: its benchmarks took longer than {self._deadline_s:g} s in one process; "
            f"give them more with {option}, or select fewer"
        )


def run(command: Sequence[str], environ: Mapping[str, str], folder: Path, deadline_s: float) -> Ended:
    """How ``command`` ended, which had ``deadline_s`` seconds.

    Whatever is raised in here meanwhile (KeyboardInterrupt) kills it and all that descends from it first.
    """
    (stdout, to_stdout), (stderr, to_stderr) = os.pipe(), os.pipe()
    drains = {stdout: Drain(stdout, KEPT_OUTPUT), stderr: Drain(stderr, KEPT_OUTPUT)}
    try:
        try:
            guard = Guard(command, environ, stdout=to_stdout, stderr=to_stderr, cwd=folder, told=False)
        finally:
            os.close(to_stdout)
            os.close(to_stderr)
        with guard:
            timed_out = _attend(guard, drains, deadline_s)
        for drain in drains.values():
            while drain.read():
                pass
    finally:
        for fd in drains:
            os.close(fd)
    texts = (drain.kept.decode("utf-8", "replace") for drain in drains.values())
    return Ended(guard.returncode, timed_out, *texts)


def _attend(guard: Guard, drains: Mapping[int, Drain], deadline_s: float) -> bool:
    """Whether the deadline passed before the process ended; then it is asked to end, and has GRACE_S."""
    poll = select.poll()
    for fd in (*drains, guard.report):
        poll.register(fd, select.POLLIN)
    if _pump(guard, drains, poll, deadline_s):
        return False
    guard.terminate()
    _pump(guard, drains, poll, GRACE_S)
    return True


def _pump(guard: Guard, drains: Mapping[int, Drain], poll: select.poll, seconds: float) -> bool:
    """Takes what the process writes until it ends (True) or the time is up (False)."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        for fd, _ in poll.poll(min(left, LONGEST_POLL_S) * 1000):
            if fd == guard.report:
                if guard.hear():
                    return True
            elif drains[fd].read() is False:
                poll.unregister(fd)
    return False


def _environ(tree: Tree, scratch: str, asked: Request) -> dict[str, str]:
    """The tree's, with the request, a cache of pytest's own, and equal hashes where calls are counted."""
    cache = shlex.join(["-o", f"cache_dir={Path(scratch, 'cache')}"])
    environ = {
        **{name: value for name, value in tree.environ.items() if not name.startswith(_OF_A_WORKER)},
        requests.VARIABLE: str(Path(scratch, "request.json")),
        "PYTEST_ADDOPTS": f"{asked.addopts or ''} {cache}".strip(),
    }
    if asked.counting:
        environ["PYTHONHASHSEED"] = "0"
    return environ


def _ending(ended: Ended, command: str | None) -> str:
    """Why a process gave no answer, in one line."""
    code = ended.returncode
    if command is not None and code == 0:
        return (
            f"no benchmark of pytest-benchmark's ran in `{command}`: its pytest needs pytest-benchmark and "
            "fitment installed beside it; --time-command takes the whole command for the benchmark"
        )
    if code is not None and code < 0:
        names = {each.value: each.name for each in signal.Signals}
        how = f"the process with its benchmarks was ended by {names.get(-code, f'signal {-code}')}"
    else:
        program = "pytest" if command is None else f"`{command}`"
        how = f"{program} ended with {code} before its benchmarks had run"
    said = _complaint(ended.stderr) or _complaint(ended.stdout)
    return f"{how}: {said}" if said else how


def _complaint(text: str) -> str:
    """The line that says most: pytest's last error, else an exception's, else the last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip(" =_-")]
    for mark in ("ERROR: ", "E   ", "INTERNALERROR>"):
        if found := [line for line in lines if line.startswith(mark)]:
            return " ".join(found[-1].removeprefix(mark).split())[:_SAID]
    return " ".join(lines[-1].split())[:_SAID] if lines else ""

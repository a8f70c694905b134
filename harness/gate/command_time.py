"""The duration of a whole command as one benchmark: for programs that have none of pytest-benchmark's."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from statistics import median

from . import fingerprint
from .errors import PassFailedError
from .observation import Observation, Pass, Standing
from .processes import Tree
from .schedule import SideName
from .signals import held_back

MOST_RUNS = 20
ENOUGH_S = 0.5  # a command that takes longer is run once a pass
_KEPT = 4096  # bytes of what it said last


class CommandRunner:
    """Runs the command itself for each pass: a ``schedule.Runner`` of one benchmark, named as it is typed.

    A pass is the median of some runs of a short command, one of a long one. What it writes is thrown away.
    """

    def __init__(self, base: Tree | None, head: Tree, name: str, *, deadline_s: float) -> None:
        """``base`` None where head alone is measured."""
        self._trees = {"base": base, "head": head}
        self._name = name
        self._deadline_s = deadline_s

    def __call__(
        self, side: SideName, benchmarks: Sequence[str] | None, *, seed: int, counting: bool
    ) -> Pass:
        """How long it took; where it fails, that. A pass that counts runs it once, and counts nothing.

        Raises PassFailedError where it took longer than a process may.
        """
        tree = self._trees[side]
        if tree is None:
            raise PassFailedError("there is no base to run: its times were recorded earlier")
        spent: list[float] = []
        while not spent or (not counting and len(spent) < MOST_RUNS and sum(spent) < ENOUGH_S):
            seconds, complaint = _timed(tree, self._deadline_s)
            if complaint is not None:
                return self._pass(Observation(self._name, Standing.FAILED, reason=complaint))
            spent.append(seconds)
        taken = None if counting else median(spent)
        return self._pass(Observation(self._name, Standing.MEASURED, taken))

    def _pass(self, found: Observation) -> Pass:
        return Pass((found,), fingerprint.facts())


def name_of(command: Sequence[str]) -> str:
    """The command on one line, as a shell would take it."""
    return shlex.join(command)


def _timed(tree: Tree, deadline_s: float) -> tuple[float, str | None]:
    """Seconds that the command took, and how it failed if it did."""
    process = None
    try:
        began = time.perf_counter()
        with held_back():  # a signal that comes while it is being started would leave it behind
            process = _started(tree)
        _, said = process.communicate(timeout=deadline_s)
        seconds = time.perf_counter() - began
    except BaseException as error:
        if process is not None:
            _end(process)
        if isinstance(error, subprocess.TimeoutExpired):
            raise PassFailedError(
                f"{tree.label}: the command took longer than {deadline_s:g} s; give it more with --timeout"
            ) from error
        raise
    return seconds, _complaint(process.returncode, said) if process.returncode else None


def _started(tree: Tree) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  # what the user asked for
        tree.command,
        cwd=tree.folder,
        env=dict(tree.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends it with all that it has started and that stayed in its session's group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _complaint(code: int, said: bytes) -> str:
    lines = [line for line in said[-_KEPT:].decode("utf-8", "replace").splitlines() if line.strip()]
    how = f"ended by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"
    return f"{how}: {' '.join(lines[-1].split())[:300]}" if lines else how

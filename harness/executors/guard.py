"""A child with all that descends from it, which goes when we go, however we die.

PR_SET_PDEATHSIG covers a child but not what the child started: inductor's compile workers, a data loader's,
a daemon with a session of its own. So a small process of ours stands in between (guard_process.py). Should
somebody kill that one, the child dies of its PR_SET_PDEATHSIG, and the rest is found by a mark in its
environment.
"""

from __future__ import annotations

import os
import secrets
import select
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from . import strays

_SCRIPT = Path(__file__).with_name("guard_process.py")
REAP_S = 10.0  # after SIGKILL; a process that is still there is in uninterruptible sleep

_hanging: list[subprocess.Popen[bytes]] = []  # guards that wait for such a one


class Guard:
    """The child and its guard while they last; leaving the ``with`` block ends whatever is left of them."""

    def __init__(
        self,
        command: Sequence[str],
        environ: Mapping[str, str],
        *,
        stdout: int = subprocess.DEVNULL,
        stderr: int = subprocess.DEVNULL,
        pass_fds: Sequence[int] = (),
        cwd: Path | None = None,
        told: bool = True,
    ) -> None:
        """Starts ``command``, an absolute path and arguments; if ``told``, the guard's pid is one more."""
        self.gone = False  # True once the child and all that descends from it have ended
        self._mark = secrets.token_hex(16)
        self._said = b""
        orders, self._orders = os.pipe()
        self.report, report = os.pipe()
        try:
            told_so = str(int(told))
            self._process = subprocess.Popen(  # noqa: S603  # this interpreter, our own script
                [sys.executable, "-I", "-S", str(_SCRIPT), str(orders), str(report), told_so, *command],
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                env={**environ, strays.MARK: self._mark},
                pass_fds=(orders, report, *pass_fds),
                process_group=0,  # a Ctrl-C typed at the sweep is not for it
            )
        finally:
            os.close(orders)
            os.close(report)

    def __enter__(self) -> Guard:
        return self

    def hear(self) -> bool:
        """Takes in one thing that stands in ``report``; whether the child has ended."""
        chunk = os.read(self.report, 64)
        self._said += chunk
        return not chunk or self.returncode is not None

    @property
    def returncode(self) -> int | None:
        """The child's as subprocess has it; None while it is not known."""
        return int(self._said) if self._said.endswith(b"\n") else self._of_a_guard_that_ended_first()

    def _of_a_guard_that_ended_first(self) -> int | None:
        """The guard's own code, where it never came to a child; else the kernel killed the child with it."""
        code = self._process.returncode
        return -signal.SIGKILL if code is not None and code < 0 else code

    def terminate(self) -> None:
        """Asks every process of the child's group to end."""
        with suppress(BrokenPipeError):
            os.write(self._orders, b"t")

    def resume(self) -> None:
        """Sets the guard going again, should the model have stopped it."""
        with suppress(ProcessLookupError):
            os.kill(self._process.pid, signal.SIGCONT)  # not reaped yet: the number is still its own

    def _end(self) -> bool:
        """Ends the child and all that descends from it; whether they are gone."""
        os.close(self._orders)
        self.resume()
        if not self._hears_the_end():
            _hanging.append(self._process)
            return False
        self._process.wait()
        if self._process.returncode != 0:
            return strays.end(self._mark, REAP_S)
        return True

    def _hears_the_end(self) -> bool:
        """Whether the guard ends within REAP_S, hearing the rest of what it says."""
        poll = select.poll()
        poll.register(self.report, select.POLLIN)
        while poll.poll(REAP_S * 1000):
            chunk = os.read(self.report, 64)
            if not chunk:
                return True
            self._said += chunk
        return False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.gone = self._end()
        finally:
            os.close(self.report)

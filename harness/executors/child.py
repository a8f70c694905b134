"""One child process from start to end: request in, result out, deadline kept, nothing left behind.

The caller blocks in poll(2) and never spins: a parent that polls in a loop has made its child's forward
pass two to six times slower on two cores (measurement.md §2).
"""

from __future__ import annotations

import json
import os
import secrets
import select
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from ..channel import Received, receive
from . import oom_kills
from .drain import Drain
from .guard import Guard
from .spaceless import with_spaceless_torch

GRACE_S = 2.0  # between SIGTERM and SIGKILL
LONGEST_POLL_S = 3600.0
KEPT_OUTPUT = 65536
KEPT_RESULT = 256 * 2**20
STDERR_TAIL = 4096


@dataclass(frozen=True, slots=True)
class Ending:
    """How a child ended, as its parent saw it."""

    received: Received
    returncode: int | None  # as subprocess has it, -N for signal N; None = SIGKILL did not end it
    timed_out: bool
    oom_killed: bool  # whether the kernel's OOM killer struck meanwhile
    stderr_tail: str
    gone: bool = True  # whether all that descends from it has ended, too


def run_child(
    module: str, request: Mapping[str, Any], *, deadline_s: float, environ: Mapping[str, str] | None = None
) -> Ending:
    """How ``python -P -m module`` ended, which was handed ``request`` and had ``deadline_s`` seconds.

    Whatever is raised in here while the child runs (KeyboardInterrupt, a signal handler's own exception)
    kills the child and all that descends from it before it leaves.
    """
    kills = oom_kills.count()
    nonce = secrets.token_hex(16)
    with _Child(module, {"nonce": nonce, "request": request}, environ) as child:
        timed_out = child.attend(deadline_s)
    return Ending(
        received=receive(child.result.kept, nonce),
        returncode=child.guard.returncode,
        timed_out=timed_out,
        oom_killed=kills is not None and kills != oom_kills.count(),
        stderr_tail=child.stderr.kept[-STDERR_TAIL:].decode("utf-8", "replace").replace("\0", "�"),
        gone=child.guard.gone,
    )


class _Child:
    """The process while it lasts, with our ends of its pipes; leaving the ``with`` block ends it."""

    def __init__(self, module: str, envelope: Mapping[str, Any], environ: Mapping[str, str] | None) -> None:
        request = _memory_file(json.dumps(envelope))
        (stdout, stderr, result), (to_stdout, to_stderr, to_result) = zip(
            *(os.pipe() for _ in range(3)), strict=True
        )
        self.guard = Guard(
            [sys.executable, "-P", "-m", module, str(request), str(to_result)],
            with_spaceless_torch(os.environ if environ is None else environ),
            stdout=to_stdout,
            stderr=to_stderr,
            pass_fds=(request, to_result),
        )
        for fd in (request, to_stdout, to_stderr, to_result):
            os.close(fd)
        self.stderr = Drain(stderr, KEPT_OUTPUT)
        self.result = Drain(result, KEPT_RESULT)
        self._drains = {stdout: Drain(stdout, KEPT_OUTPUT), stderr: self.stderr, result: self.result}

    def __enter__(self) -> _Child:
        self._poll = select.poll()
        for fd in (*self._drains, self.guard.report):
            self._poll.register(fd, select.POLLIN)
        return self

    def attend(self, deadline_s: float) -> bool:
        """Whether the deadline passed before the child ended; then it is asked to end, and has GRACE_S."""
        if self._pump(deadline_s):
            return False
        self.guard.terminate()
        self._pump(GRACE_S)
        return True

    def _pump(self, seconds: float) -> bool:
        """Takes what the child writes until it ends (True) or the time is up (False)."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            for fd, _ in self._poll.poll(min(left, LONGEST_POLL_S) * 1000):
                if fd == self.guard.report:
                    if self.guard.hear():
                        return True
                elif self._drains[fd].read() is False:
                    self._poll.unregister(fd)
        return False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.guard.__exit__(kind, error, trace)
        finally:
            for fd, drain in self._drains.items():
                while drain.read():
                    pass
                os.close(fd)


def _memory_file(text: str) -> int:
    """A descriptor to read ``text`` from: no pipe to fill, no file to leave behind."""
    fd = os.memfd_create("request")
    with open(fd, "w", closefd=False) as file:
        file.write(text)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd

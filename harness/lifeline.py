"""What a child does first: takes its request, and makes sure never to outlive its parent or take it down."""

from __future__ import annotations

import ctypes
import faulthandler
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from ..registry.errors import USER_MISTAKE
from .channel import Sender

_PR_SET_PDEATHSIG = 1


def begin(argv: Sequence[str]) -> tuple[dict[str, Any], Sender]:
    """The request and the line to answer on; ``argv`` is what executors.child put on the command line."""
    if len(argv) != 3:
        sys.stderr.write("fitment sweep starts this process; it is not for use by hand\n")
        sys.exit(USER_MISTAKE)
    request_fd, result_fd, parent = map(int, argv)
    die_with(parent)
    offer_to_oom_killer()
    faulthandler.enable()  # stacks to stderr on SIGSEGV and its like …
    faulthandler.register(signal.SIGTERM, chain=True)  # … and on the SIGTERM of a passed deadline
    with open(request_fd) as file:
        envelope = json.load(file)
    return envelope["request"], Sender(result_fd, envelope["nonce"])


def die_with(parent: int) -> None:
    """Has the kernel kill this process when its parent dies; leaves at once if it already has.

    The executor's guard does it for the whole process group; this holds even if the guard is gone.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != parent:
        sys.exit("the parent is gone")


def offer_to_oom_killer() -> None:
    """Makes this process the kernel's first choice when memory runs out: the cell dies, not the sweep."""
    try:
        Path("/proc/self/oom_score_adj").write_text("1000")
    except OSError as error:  # some containers forbid it; the measurement is sound without
        sys.stderr.write(f"oom_score_adj: {error}\n")


def on_resumption(act: Callable[[], None]) -> None:
    """Has ``act`` called whenever this process was stopped (SIGSTOP, Ctrl-Z) and is continued."""
    signal.signal(signal.SIGCONT, lambda number, frame: act())
    signal.siginterrupt(signal.SIGCONT, False)  # a library's system call goes on as if nothing had been


def leave(code: int) -> NoReturn:
    """Ends the process now: nothing that a model left behind (threads, exit hooks) can hold it up."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:  # whatever the model made of them
        os._exit(code)

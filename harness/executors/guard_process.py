"""The process between a sweep and one child: it starts the child, and leaves nothing of it behind.

    python -I -S guard_process.py ORDERS REPORT TOLD COMMAND...

What the child leaves behind, in sessions of its own or not, becomes this process's: it is the subreaper of
all that descends from it [prctl(2), PR_SET_CHILD_SUBREAPER]. ORDERS is a pipe whose other end only the sweep
holds: a byte asks the child's group to end, and its end of file, which comes however the sweep dies, is the
order to kill. REPORT gets the child's return code, and its end of file once nothing is left. TOLD is 1 for a
child that gets this process's pid as its last argument, 0 for a foreign program.

Only the standard library, run by its path: a start costs some 20 ms, none of them in the sweep.
"""

from __future__ import annotations

import ctypes
import os
import select
import signal
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress

_PR_SET_CHILD_SUBREAPER = 36
_DEAF_TO = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def main() -> None:
    """Starts the child, attends it, and ends all that descends from it."""
    orders, report, told = map(int, sys.argv[1:4])
    _adopt_orphans()
    for signum in _DEAF_TO:
        signal.signal(signum, signal.SIG_IGN)
    for fd in (orders, report):
        os.set_inheritable(fd, False)
    child = _start([*sys.argv[4:], str(os.getpid())] if told else sys.argv[4:])
    _attend(child, orders)
    _end_all(child, report)


def _adopt_orphans() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")


def _start(command: list[str]) -> int:
    """The pid of the child, which leads a group of its own."""
    return os.posix_spawn(command[0], command, os.environ, setpgroup=0, setsigdef=_DEAF_TO)


def _say(report: int, number: int) -> None:
    with suppress(BrokenPipeError):  # nobody is left to hear it
        os.write(report, b"%d\n" % number)


def _attend(child: int, orders: int) -> None:
    """Returns once the child has ended, or is to be killed."""
    ended = os.pidfd_open(child)
    poll = select.poll()
    for fd in (orders, ended):
        poll.register(fd, select.POLLIN)
    while True:
        ready = [fd for fd, _ in poll.poll()]
        if ended in ready or not os.read(orders, 1):
            return
        os.killpg(child, signal.SIGTERM)


def _end_all(child: int, report: int) -> None:
    """Kills and reaps until there is nobody left; a process that can't be killed keeps us here."""
    while _reaped(child, report):
        for pid in _descendants(os.getpid()):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _reap(child, report, os.waitpid(-1, 0))


def _reaped(child: int, report: int) -> bool:
    """Takes note of all that have ended; whether any is left."""
    try:
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            _reap(child, report, found)
    except ChildProcessError:
        return False
    return True


def _reap(child: int, report: int, found: tuple[int, int]) -> None:
    pid, status = found
    if pid == child:
        _say(report, os.waitstatus_to_exitcode(status))


def _descendants(root: int) -> Iterator[int]:
    """Who descends from ``root`` at this moment; a process born meanwhile is found the next time."""
    children = defaultdict(list)
    for pid in filter(str.isdigit, os.listdir("/proc")):
        with suppress(FileNotFoundError, ProcessLookupError), open(f"/proc/{pid}/stat", "rb") as file:
            children[int(file.read().rpartition(b")")[2].split()[1])].append(int(pid))
    found = children[root]
    while found:
        yield from found
        found = [grandchild for pid in found for grandchild in children[pid]]


if __name__ == "__main__":
    main()

"""Instructions of all threads of this process, as ``valgrind --tool=callgrind`` executes them one by one.

It needs no counter of the processor and repeats to a few in ten thousand whatever else the machine does, but
runs what it counts some fifty times slower. So counting is switched on only around what is counted; the rest
of the process runs a few times slower.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .errors import GateError

FOLDER = "FITMENT_GATE_CALLGRIND"  # where a process that runs under callgrind finds its dumps
_TOTAL = re.compile(r"^totals: (\d+)$", re.MULTILINE)


def available() -> bool:
    """Whether valgrind and vgdb, which hands it orders, are installed."""
    return bool(shutil.which("valgrind") and shutil.which("vgdb"))


def check() -> None:
    """Raises GateError where valgrind is not installed."""
    if not available():
        raise GateError("instructions by callgrind need valgrind, which is not installed here")


def under(command: list[str], environ: Mapping[str, str], folder: Path) -> tuple[list[str], dict[str, str]]:
    """``command`` and its environment as they run under callgrind, which writes into ``folder``."""
    dumps = folder / "callgrind"
    dumps.mkdir()
    tool = [str(shutil.which("valgrind")), "--tool=callgrind", "--instr-atstart=no"]
    return [*tool, f"--callgrind-out-file={dumps / 'out'}", *command], {**environ, FOLDER: str(dumps)}


def inside() -> bool:
    """Whether this process was started by ``under``."""
    return FOLDER in os.environ


@contextmanager
def counting() -> Iterator[Callable[[Callable[[], object]], int]]:
    """What counts the instructions of a call, with some hundred thousand of starting and ending the count.

    Switching it on and off throws all translated code away, so it stays on for a few counts.
    """
    folder = Path(os.environ[FOLDER])
    _order("instrumentation on")
    try:
        yield lambda call: _count(call, folder)
    finally:
        _order("instrumentation off")


def _count(call: Callable[[], object], folder: Path) -> int:
    before = set(folder.iterdir())
    _order("zero")
    try:
        call()
    finally:
        _order("dump")
    dumps = set(folder.iterdir()) - before
    totals = [int(total) for dump in dumps for total in _TOTAL.findall(dump.read_text())]
    for dump in dumps:
        dump.unlink()
    if len(totals) != 1:
        raise GateError(f"callgrind wrote {len(totals)} totals where one was asked for")
    return totals[0]


def _order(order: str) -> None:
    """Hands ``order`` to the valgrind that runs this very process.

    Without a time limit: to keep one, subprocess would look again and again, and that is counted, too.
    """
    subprocess.run(  # noqa: S603  # our own words
        ["vgdb", f"--pid={os.getpid()}", *order.split()],  # noqa: S607  # the one on the PATH, as valgrind
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

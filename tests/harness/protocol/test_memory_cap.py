"""fitment.harness.protocol.memory_cap: memory that runs out is an error inside, in real child processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fitment.harness.protocol.memory_cap import Spent, data_bytes

MIB = 2**20

BEGIN = """
import resource
from fitment.harness.protocol import memory_cap
MIB = 2**20
"""


def said(code: str) -> str:
    """What a child prints that runs ``code``; it may fail only as the code foresees."""
    ended = subprocess.run([sys.executable, "-c", BEGIN + code], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def test_F31_the_allocation_too_many_is_a_memory_error() -> None:
    """What fits below the limit is granted, what doesn't is refused, and the refusal can be reported."""
    code = """
memory_cap.cap(threads=0, available=200 * MIB)
held = bytearray(150 * MIB)
try:
    more = bytearray(150 * MIB)
except MemoryError:
    spent = memory_cap.lift()
    again = bytearray(150 * MIB)
    print(spent.held > 150 * MIB, spent.limit - spent.held < 50 * MIB, spent.peak_resident > 150 * MIB)
"""
    assert said(code) == "True True True"


def test_a_share_is_left_to_others() -> None:
    """Not all that is available may be taken; stacks yet to come are on top."""
    code = """
before = memory_cap.data_bytes()
may_add = memory_cap.cap(threads=2, available=1000 * MIB)
limit = resource.getrlimit(resource.RLIMIT_DATA)[0]
print(may_add == int(980 * MIB), limit - before - may_add >= 2 * MIB)
"""
    assert said(code) == "True True"


def test_a_lower_limit_stands() -> None:
    """A limit that somebody has set already is never raised, neither the soft one nor the hard one."""
    code = """
resource.setrlimit(resource.RLIMIT_DATA, (300 * MIB, 400 * MIB))
memory_cap.cap(threads=0, available=9000 * MIB)
print(resource.getrlimit(resource.RLIMIT_DATA) == (300 * MIB, 400 * MIB))
memory_cap.lift()
print(resource.getrlimit(resource.RLIMIT_DATA) == (400 * MIB, 400 * MIB))
"""
    assert said(code) == "True\nTrue"


def test_without_a_figure_nothing_is_limited() -> None:
    """Where the system doesn't say what is available, there is no limit and none is told."""
    code = """
from fitment.harness.meters import host_memory
host_memory.available_bytes = lambda: None
print(memory_cap.cap(threads=0), resource.getrlimit(resource.RLIMIT_DATA)[0], memory_cap.lift().limit)
"""
    assert said(code) == "None -1 None"


@pytest.mark.parametrize(
    ("spent", "nearly"),
    [
        (Spent(None, 10, 10), False),
        (Spent(10_000 * MIB, None, 10), False),
        (Spent(10_000 * MIB, 9000 * MIB, 10), False),
        (Spent(10_000 * MIB, 9500 * MIB, 10), True),
        (Spent(300 * MIB, 230 * MIB, 10), False),
        (Spent(300 * MIB, 240 * MIB, 10), True),
    ],
)
def test_how_near_is_near(spent: Spent, *, nearly: bool) -> None:
    """Within a sixteenth of the limit, or within 64 MiB, an unexplained failure is memory's."""
    assert spent.nearly_all == nearly


def test_figures_are_told() -> None:
    """Limit, what was held, and the peak are in the words; without a limit the peak alone."""
    assert str(Spent(2000, 1000, 3000)) == (
        "limited to 2,000 bytes of data by what was available, 1,000 held, peak resident 3,000"
    )
    assert str(Spent(None, 1, 3000)) == "peak resident 3,000 bytes"


def test_a_kernel_that_does_not_count(tmp_path: Path) -> None:
    """A status without VmData is None."""
    (tmp_path / "status").write_text("Name:\tx\n")
    assert data_bytes(tmp_path) is None

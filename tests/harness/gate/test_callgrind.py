"""Instructions counted by a real valgrind, in a real child."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fitment.harness.gate import callgrind
from fitment.harness.gate.errors import GateError
from fitment.harness.gate.instructions import BY_CALLGRIND

CHILD = """
import json, sys
from itertools import repeat
from fitment.harness.gate import instructions

instructions.ENOUGH = 2_000_000  # quick rather than exact

def loop(steps):
    total = 0
    for _ in repeat(None, steps):  # makes no objects, whose cost is another each time memory runs out
        total ^= 1
    return total

found = [instructions.per_call(lambda: loop(int(steps))) for steps in sys.argv[2:]]
json.dump(found, open(sys.argv[1], "w"))
"""


def count(folder: Path, *steps: str) -> list[dict[str, float]]:
    folder.mkdir()
    answer = folder / "answer.json"
    environ = {**os.environ, "PYTHONHASHSEED": "0"}
    command, environ = callgrind.under([sys.executable, "-c", CHILD, str(answer), *steps], environ, folder)
    subprocess.run(command, check=True, env=environ, capture_output=True)
    found: list[dict[str, float]] = json.loads(answer.read_text())
    return found


@pytest.mark.skipif(not callgrind.available(), reason="valgrind is not installed")
def test_instructions_repeat_and_grow_with_the_work(tmp_path: Path) -> None:
    """Two processes agree within 0.5 %, whatever the machine does; a tenth more work shows."""
    (first, more), (second,) = count(tmp_path / "a", "1000", "1100"), count(tmp_path / "b", "1000")
    assert first[BY_CALLGRIND] == pytest.approx(second[BY_CALLGRIND], rel=5e-3)
    assert 1.05 < more[BY_CALLGRIND] / first[BY_CALLGRIND] < 1.15


def test_without_valgrind_the_way_out_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking for callgrind where it is not installed is an error that names valgrind."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not callgrind.available()
    with pytest.raises(GateError, match="valgrind, which is not installed"):
        callgrind.check()


def test_no_process_is_inside_that_was_not_started_so() -> None:
    """This one is not."""
    assert not callgrind.inside()

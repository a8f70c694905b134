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
from fitment.harness.gate.instructions import per_call

def loop(steps):
    total = 0
    for i in range(steps):
        total += i
    return total

found = [per_call(lambda: loop(steps)) for steps in (1000, 1100, 20_000)]
json.dump(found, open(sys.argv[1], "w"))
"""


def count(folder: Path) -> list[dict[str, float]]:
    folder.mkdir()
    answer = folder / "answer.json"
    environ = {**os.environ, "PYTHONHASHSEED": "0"}
    command, environ = callgrind.under([sys.executable, "-c", CHILD, str(answer)], environ, folder)
    subprocess.run(command, check=True, env=environ, capture_output=True)
    found: list[dict[str, float]] = json.loads(answer.read_text())
    return found


@pytest.mark.skipif(not callgrind.available(), reason="valgrind is not installed")
def test_instructions_repeat_and_grow_with_the_work(tmp_path: Path) -> None:
    """Two processes agree to 1 in 1,000 whatever the machine does; a tenth more work is a tenth more."""
    first, second = count(tmp_path / "a"), count(tmp_path / "b")
    for one, other in zip(first, second, strict=True):
        assert one[BY_CALLGRIND] == pytest.approx(other[BY_CALLGRIND], rel=1e-3)
    small, tenth_more, large = (found[BY_CALLGRIND] for found in first)
    assert tenth_more / small == pytest.approx(1.1, abs=0.01)
    assert large / small == pytest.approx(20.0, rel=0.02)


def test_without_valgrind_the_way_out_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking for callgrind where it is not installed is an error that names valgrind."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not callgrind.available()
    with pytest.raises(GateError, match="valgrind, which is not installed"):
        callgrind.under(["true"], {}, tmp_path)


def test_no_process_is_inside_that_was_not_started_so() -> None:
    """This one is not."""
    assert not callgrind.inside()

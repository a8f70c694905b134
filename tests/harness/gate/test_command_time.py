from __future__ import annotations

import os
import select
from pathlib import Path

import pytest
from fitment.harness.gate.command_time import MOST_RUNS, CommandRunner, name_of
from fitment.harness.gate.errors import PassFailedError
from fitment.harness.gate.observation import Observation, Standing
from fitment.harness.gate.processes import Tree


def _found(folder: Path, script: str, *, counting: bool = False, deadline_s: float = 60) -> Observation:
    tree = Tree("head", folder, folder, ("/bin/sh", "-c", script), {**os.environ, "WORD": "said"})
    runner = CommandRunner(None, tree, "the command", deadline_s=deadline_s)
    (found,) = runner("head", None, seed=0, counting=counting).observations
    assert found.benchmark == "the command"
    return found


def test_a_short_command_runs_some_times_and_a_pass_that_counts_once(tmp_path: Path) -> None:
    """In its folder, with its variables; its duration is larger than nothing."""
    script = 'echo "$WORD" >> ran'
    assert _found(tmp_path, script, counting=True) == Observation("the command", Standing.MEASURED)
    assert (tmp_path / "ran").read_text() == "said\n"
    found = _found(tmp_path, script)
    assert found.standing is Standing.MEASURED
    assert found.median_s is not None
    assert found.median_s > 0
    assert 2 <= (tmp_path / "ran").read_text().count("\n") <= 1 + MOST_RUNS


def test_a_command_that_fails_says_how(tmp_path: Path) -> None:
    """By its code and its last line, or by the signal."""
    assert _found(tmp_path, "echo a >&2; echo 'b  c' >&2; exit 3").reason == "ended with 3: b c"
    assert _found(tmp_path, "kill -9 $$").reason == "ended by SIGKILL"


def test_a_command_that_takes_too_long_is_ended_with_all_it_started(tmp_path: Path) -> None:
    """Who reads what the last of them writes gets the end of it: nobody has it open any more."""
    os.mkfifo(tmp_path / "pipe")
    reading = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    script = "(exec sleep 600 > pipe) & wait"
    with pytest.raises(PassFailedError, match=r"head: the command took longer than 0.3 s; give it more"):
        _found(tmp_path, script, deadline_s=0.3)
    waiting = select.poll()
    waiting.register(reading, select.POLLIN)
    assert waiting.poll(30_000) == [(reading, select.POLLHUP)]
    os.close(reading)


def test_without_a_base_there_is_none_to_run(tmp_path: Path) -> None:
    """As where head alone is recorded."""
    runner = CommandRunner(None, Tree("head", tmp_path, tmp_path, ("/bin/true",), {}), "x", deadline_s=1)
    with pytest.raises(PassFailedError, match="there is no base to run"):
        runner("base", None, seed=0, counting=False)


def test_a_command_is_named_as_a_shell_takes_it() -> None:
    """Quoted where it has to be."""
    assert name_of(["sh", "-c", "echo  it"]) == "sh -c 'echo  it'"

from __future__ import annotations

import json

import pytest
from fitment.harness.cli.main import main

pytestmark = pytest.mark.usefixtures("filled")

BELOW = """  2: tiny · forward 8 · Own CPU, 4 cores · batch 32 · fp32 · eager
  3: tiny · forward 8 · Own CPU, 4 cores · batch 32 · bf16 · eager
"""


def best(capsys: pytest.CaptureFixture[str]) -> int:
    capsys.readouterr()
    assert main(["recommend", "tiny", "--format", "json"]) == 0
    found: int = json.loads(capsys.readouterr().out)["rows"][0]["configuration"]["batch"]
    return found


def test_a_retraction_changes_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """The recommended batch of 32 is gone with its results."""
    assert best(capsys) == 32
    assert main(["retract", "2,3", "--reason", "the machine was throttled"]) == 0
    assert capsys.readouterr().out == "retracted: result 2–3; they count no more\n" + BELOW
    assert main(["retract", "2", "--reason", "again"]) == 0
    assert capsys.readouterr().out == "retracted before: result 2\n"
    assert best(capsys) == 1


def test_an_undone_retraction_changes_the_answer_back(capsys: pytest.CaptureFixture[str]) -> None:
    """What is not retracted is refused in one line, with exit code 2."""
    assert main(["retract", "2,3", "--reason", "the machine was throttled"]) == 0
    assert best(capsys) == 1
    assert main(["retract", "2,3", "--undo", "--reason", "it was not"]) == 0
    assert capsys.readouterr().out == "retracted no more: result 2–3; they count again\n" + BELOW
    assert best(capsys) == 32
    assert main(["retract", "--undo", "2", "--reason", "again"]) == 2
    said = capsys.readouterr()
    assert said.err == "fitment: no retraction was undone: 2 is not retracted\n"
    assert said.out == ""
    assert main(["history", "tiny", "--limit", "1", "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["subject"], row["action"]) == ("result 3", "reinstated")


def test_without_a_reason_nothing_is_retracted(capsys: pytest.CaptureFixture[str]) -> None:
    """An empty one is none; an unknown id is named."""
    with pytest.raises(SystemExit):
        main(["retract", "1"])
    assert main(["retract", "1", "--reason", " "]) == 2
    assert "a retraction needs a reason" in capsys.readouterr().err
    assert main(["retract", "1,77", "--reason", "r"]) == 2
    assert "there is no result 77" in capsys.readouterr().err

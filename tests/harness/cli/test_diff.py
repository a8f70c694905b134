from __future__ import annotations

import json

import pytest
from fitment.harness.cli.main import main


@pytest.mark.usefixtures("filled")
def test_two_results_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    """What differs, with its ratio."""
    assert main(["diff", "1", "2"]) == 0
    out = capsys.readouterr().out
    for part in ("result 1", "result 2", "batch", "32.000", "throughput", "4.000"):
        assert part in out


@pytest.mark.usefixtures("filled")
def test_json_for_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    """Every line as an object, what differs first."""
    assert main(["diff", "1", "4", "--format", "json"]) == 0
    lines = json.loads(capsys.readouterr().out)
    (status,) = (line for line in lines if line["name"] == "status")
    assert (status["first"], status["second"], status["differs"]) == ("ok", "unsupported_precision", True)
    assert lines[0]["differs"]


@pytest.mark.usefixtures("filled")
def test_a_result_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    """One line that says which ids there are, exit code 2."""
    assert main(["diff", "1", "77"]) == 2
    assert "no result 77: the store holds 4 with ids from 1 to 4" in capsys.readouterr().err

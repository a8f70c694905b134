from __future__ import annotations

import pytest
from fitment.harness.cli.main import main

pytestmark = pytest.mark.usefixtures("filled")


@pytest.mark.parametrize("words", [["inference"], ["--task", "inference"]])
def test_the_recommendations_of_a_task_are_made_anew(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It says how many are stored."""
    assert main(["update-task", *words]) == 0
    out = capsys.readouterr().out
    assert out.startswith("inference: ")
    assert out.endswith(" recommendations stored for 1 models\n")


def test_a_task_that_does_not_exist_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """With the tasks that there are."""
    assert main(["update-task", "inferense"]) == 2
    assert 'unknown task "inferense": did you mean inference?' in capsys.readouterr().err

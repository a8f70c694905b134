"""``fitment lineage path`` on a store."""

from __future__ import annotations

import pytest
from fitment.harness.cli.main import main


def test_the_steps_between_two_models(followed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """From either end the same, with what changed at each step."""
    assert main(["lineage", "path", "ada/chat-awq", "google/gemma-2b", "--db-path", followed]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "ada/chat-awq was made from google/gemma-2b in 2 steps"
    assert lines[4].split()[2:] == ["finetune", "31", "-50", "(-50%)", "-4,100", "(-82%)"]


def test_no_way_is_an_answer(followed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It names whom both descend from; a model that is not there is a mistake."""
    assert main(["lineage", "path", "ada/chat-awq", "ada/lora", "--db-path", followed]) == 0
    assert capsys.readouterr().out.endswith("; both were made from ada/chat, google/gemma-2b\n")
    assert main(["lineage", "path", "ada/chat-awq", "nobody", "--db-path", followed]) == 2

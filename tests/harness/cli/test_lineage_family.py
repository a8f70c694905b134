"""``fitment lineage family`` on a store."""

from __future__ import annotations

import pytest
from fitment.harness.cli.main import main


def test_everyone_whom_edges_connect(followed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The most downloaded first, named by its root; along fewer edges it is smaller."""
    assert main(["lineage", "family", "eve/other", "--db-path", followed]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "eve/other: 6 models in its family; canonical root google/gemma-2b"
    assert [line.split()[0] for line in lines[4:7]] == ["google/gemma-2b", "ada/chat", "ada/chat-awq"]
    assert main(["lineage", "family", "eve/other", "--view", "merge", "--db-path", followed]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "eve/other: 3 models in its family along merge edges; canonical root eve/other"

"""What the project gates by instructions: work in plain Python, which valgrind runs in seconds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fitment import configs
from fitment.harness.cli.main import usage
from fitment.harness.sweeps import toml_document
from fitment.registry.storage import journal


def test_journal(benchmark: Any, tmp_path: Path) -> None:
    """Reading 100 events back."""
    for number in range(100):
        journal.append(tmp_path, "measured", {"row": {"number": number, "text": "x" * 200}})
    assert len(benchmark(lambda: [record.event for record in journal.scan(tmp_path)])) == 100


def test_help(benchmark: Any) -> None:
    """The help of the command line."""
    assert "recommend" in benchmark(usage)


def test_toml(benchmark: Any) -> None:
    """A sweep file's text, with the line of each key. Reading it as a sweep asks what is installed here."""
    text = configs.path("sweeps/quick.toml").read_text()
    assert benchmark(toml_document.parse, "quick.toml", text)

"""Where reports go."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.gate import report_files
from fitment.harness.gate.errors import GateError

from tests.harness.gate.reports import report


def test_the_suffix_says_the_format(tmp_path: Path) -> None:
    """JSON or Markdown."""
    report_files.write(report(1), tmp_path / "r.json")
    report_files.write(report(1), tmp_path / "r.md")
    assert json.loads((tmp_path / "r.json").read_text())["id"] == "00000001"
    assert (tmp_path / "r.md").read_text().startswith("### ")


@pytest.mark.parametrize("name", ["r.html", "r", "missing/r.json"])
def test_what_can_not_be_written_is_said_before_anything_is_measured(tmp_path: Path, name: str) -> None:
    """Another suffix, or a folder that is not there."""
    with pytest.raises(GateError, match=r"\.json or a \.md|no folder"):
        report_files.checked(tmp_path / name)


def test_a_folder_in_the_way_is_an_error_in_one_line(tmp_path: Path) -> None:
    """The run's verdict is not lost in a traceback."""
    (tmp_path / "r.json").mkdir()
    with pytest.raises(GateError, match="can't be written"):
        report_files.write(report(1), tmp_path / "r.json")

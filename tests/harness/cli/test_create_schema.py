from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.cli.main import main


def test_it_makes_the_store_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second time it says what is there; nothing is replaced."""
    path = tmp_path / "new.duckdb"
    assert main(["create-schema", "--db-path", str(path)]) == 0
    assert "new.duckdb: made, schema" in capsys.readouterr().out
    assert main(["create-schema", "--db-path", str(path)]) == 0
    assert "there already, 0 results" in capsys.readouterr().out


def test_a_foreign_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line, exit code 2."""
    (tmp_path / "x.duckdb").write_bytes(b"other")
    assert main(["create-schema", "--db-path", str(tmp_path / "x.duckdb")]) == 2
    assert "is not a fitment store" in capsys.readouterr().err

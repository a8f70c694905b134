from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from fitment.harness.cli.main import main


def test_a_sound_store_is_healthy(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing found, nothing repaired, exit code 0."""
    assert main(["doctor"]) == 0
    assert capsys.readouterr().out == "healthy\n"


def flipped(file: Path, position: int) -> None:
    content = bytearray(file.read_bytes())
    content[position] ^= 1
    file.write_bytes(content)


def test_F12_a_repair_is_named(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A damaged record is healed from the database's copy, and the report says so."""
    log = filled.with_suffix(".journal") / "events.log"
    sound = log.read_bytes()
    flipped(log, len(sound) // 2)
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("repaired: ")
    assert out.endswith("healthy\n")
    assert log.read_bytes() == sound


def test_F12_damage_to_both_copies_is_exit_3(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What no copy can heal is named, and nothing is taken for sound."""
    log = filled.with_suffix(".journal") / "events.log"
    flipped(log, len(log.read_bytes()) // 2)
    filled.unlink()
    assert main(["doctor"]) == 3
    out, err = capsys.readouterr()
    assert "damage" in out + err


def test_nothing_to_examine_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path without a store is a mistake, not a healthy store."""
    assert main(["doctor", "--db-path", str(tmp_path / "no.duckdb")]) == 2
    assert "nothing to examine" in capsys.readouterr().err


def test_F14_a_healed_database_keeps_its_scores(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A database that lost a row is made again from the journal, its scores included."""
    assert main(["score"]) == 0
    with duckdb.connect(filled) as con:
        scored = con.execute("SELECT count(*) FROM hardware_model_compatibility").fetchall()
        con.execute("DELETE FROM performance_results WHERE id = (SELECT max(id) FROM performance_results)")
    capsys.readouterr()
    assert main(["doctor"]) == 0
    assert capsys.readouterr().out.startswith("repaired: ")
    with duckdb.connect(filled, read_only=True) as con:
        assert con.execute("SELECT count(*) FROM hardware_model_compatibility").fetchall() == scored

"""Which rows of a file can be taken."""

from __future__ import annotations

from pathlib import Path

from fitment.registry.lineage.reading.read_csv import read_csv
from fitment.registry.lineage.reading.sound_rows import SoundRows, sorted_out


def judged(path: Path, lines: bytes) -> SoundRows:
    path.write_bytes(b"model_id,parent_model,licenses,pipeline_tag,likes\n" + lines)
    return sorted_out(read_csv(path)[0])


def test_each_reason(tmp_path: Path) -> None:
    """By the row, the first that holds; a row in quarantine keeps no id from a later one."""
    evil = "__import__('os').system('touch {}')".format(tmp_path / "ran").encode()
    found = judged(
        tmp_path / "m.csv",
        b"a,[],[],,\n"
        + b",[],[],,\n"
        + b"x" * 501 + b",[],[],,\n"
        + b'"a\tb",[],[],,\n'
        + b"a\0,[],[],,\n"
        + b"\xff,[],[],,\n"
        + b"b," + evil + b",[],,\n"
        + b"b,[],['mit,,\n"
        + b"b,[],[],\x01,\n"
        + b"b,[],[],task,1\n"
        + b"a,[],[],,\n"
        + b"b,[],[],,\n"
        + "é,[],[],,\n".encode(),
    )  # fmt: skip
    assert dict(found.reasons) == {
        1: "its model_id is missing",
        2: "its model_id is longer than 500 bytes",
        3: "its model_id holds control characters",
        4: "its model_id holds control characters",
        5: "its model_id is not UTF-8",
        6: "its parent_model: not a list of strings, such as ['mit']",
        7: "its licenses: a quote in the list is never closed",
        8: "its pipeline_tag: more than 500 characters, or control characters",
        10: "its model_id stands before: on line 2",
        11: "its model_id stands before: on line 11",
    }
    assert not (tmp_path / "ran").exists()

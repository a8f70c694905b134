"""A use is of a file where one is said, else of the repository, and never of what is not there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from fitment.registry.imports.peatmoss_uses import REUSE, read_uses

from tests.registry.imports.peatmoss_file import write


def test_a_file_says_more_than_its_repository(tmp_path: Path) -> None:
    """Where a file names a model, the link of its repository adds nothing; else it is what there is."""
    with closing(sqlite3.connect(write(tmp_path))) as con:
        models = {1: "bert-base-uncased", 2: "org/tuned"}
        found, notes = read_uses(con, REUSE, models)
        fewer, _ = read_uses(con, REUSE | {"reuse_file": frozenset()}, models)
        nothing, dangling = read_uses(con, REUSE, {})
    assert [(use.call, use.file) for use in found] == [
        ("reuse_file", "src/run.py"),
        ("reuse_file", "src/run.py"),
        ("model_to_reuse_repository", ""),
    ]
    assert notes == ()
    assert {use.call for use in fewer} == {"model_to_reuse_repository"}
    assert len(fewer) == 3
    assert nothing == ()
    assert dangling == ("uses of a model or by a repository that is not there: 5 left out",)

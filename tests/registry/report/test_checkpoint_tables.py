from __future__ import annotations

from datetime import datetime

from fitment.registry.checkpoints.add import Added
from fitment.registry.checkpoints.collect import Collected
from fitment.registry.checkpoints.facts import Facts, Weights
from fitment.registry.checkpoints.kept import ListedCheckpoint, StoredFile
from fitment.registry.report.checkpoint_tables import (
    CHECKPOINTS,
    WEIGHTS,
    added_lines,
    collected_line,
    facts_lines,
    size,
    types,
)
from fitment.registry.report.listing import listed

FILES = (StoredFile("a", "0" * 64, 900), StoredFile("b", "1" * 64, 1_100))
WEIGHT = Weights(
    name="m.gguf",
    format="gguf",
    files=1,
    size_bytes=2,
    tensors=3,
    parameters=None,
    dtypes={"Q4_K": 97, "F32": 3},
)


def added(**given: object) -> Added:
    base = {"bytes_written": 2_000, "left_out": (), "changed": True, "facts": Facts(weights=(WEIGHT,))}
    return Added("m", "v1", "/kept", FILES, **(base | given))  # type: ignore[arg-type]


def test_what_adding_did_is_said() -> None:
    """What was there already, what was put back, what was left out."""
    assert list(added_lines(added())) == [
        "m v1 is kept: 2 files, 2.00 kB in /kept",
        "m.gguf: 3 tensors, unknown parameters, Q4_K 97%, F32 3.0%",
    ]
    there = list(added_lines(added(bytes_written=900, left_out=(".git",))))
    assert there[0].endswith("in /kept (1.10 kB were there already)")
    assert there[-1] == "left out: .git"
    assert list(added_lines(added(changed=False, bytes_written=0))) == [
        "m v1 is kept already: nothing changed (2 files, 2.00 kB)"
    ]
    assert "900 B were gone and put back" in next(added_lines(added(changed=False, bytes_written=900)))


def test_facts_are_lines_and_what_nobody_said_is_none() -> None:
    """Findings and what was not read come last."""
    facts = Facts(parameters=1234, licence="mit", not_read=("x.bin: pickle: not read",), findings=("odd",))
    assert list(facts_lines(facts)) == [
        "parameters: 1,234",
        "licence, as the file declares it: mit",
        "x.bin: pickle: not read",
        "finding: odd",
    ]
    assert list(facts_lines(Facts())) == []


def test_a_table_shows_unknown_as_a_dash_and_hostile_names_inert() -> None:
    """As all tables do."""
    row = ListedCheckpoint("\x1b[31mm", "v1", 1, 5, None, (), None, datetime(2026, 1, 2), None, "beside:")
    text = listed([row], "table", CHECKPOINTS, ListedCheckpoint)
    assert "\x1b" not in text
    assert "neither" in text
    assert "–" in listed([WEIGHT], "table", WEIGHTS, Weights)


def test_what_was_removed_is_one_line() -> None:
    """Or would be."""
    line = collected_line(Collected("/kept", 1, 900, 2, 0), dry_run=True)
    assert line == "/kept: 1 blob that no checkpoint names (900 B) would be removed; 2 stay"
    line = collected_line(Collected("/kept", 0, 0, 2, 5), dry_run=False)
    assert line == "/kept: 0 blobs that no checkpoint names removed, and 5 B of interrupted writing; 2 stay"


def test_types_and_sizes_are_short() -> None:
    """A single type needs no share."""
    assert types({"BF16": 5}) == "BF16"
    assert types({}) == ""
    assert (size(0), size(999), size(1_000)) == ("0 B", "999 B", "1.00 kB")

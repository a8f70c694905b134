"""The faults that reach imports, by their numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.errors import ImportFileError
from fitment.registry.imports import timm
from fitment.registry.imports.run import import_file
from fitment.registry.storage.store import Store

from tests.registry.imports.timm_file import NAME, ROWS, with_field, write

METRICS = ("infer_samples_per_sec", "infer_step_time")
HOSTILE = ("x'; DROP TABLE performance_results; --", "%", "../../etc/passwd", "-rf", "‮moc", "🦙", "[red]x")


@pytest.mark.parametrize("column", METRICS)
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nan", "not finite"),
        ("NaN", "not finite"),
        ("inf", "not finite"),
        ("-Infinity", "not finite"),
        ("1e400", "not finite"),
        ("-0", "0"),
        ("4.9e-324", "too small"),
        ("", "empty"),
    ],
)
def test_B10_not_a_measurement(tmp_path: Path, column: str, text: str, reason: str) -> None:
    """A row with NaN, ±Inf, −0, a denormal or an overflow is rejected with its line and reason."""
    parsed = timm.read(write(tmp_path, [ROWS[0], with_field(column, text)]))
    assert [row.cell.model for row in parsed.rows] == ["resnet18"]
    (reject,) = parsed.rejects
    assert reject.line == 3
    assert reject.reason.startswith(f"{column} is {reason}")


@pytest.mark.parametrize("column", [*METRICS, "infer_batch_size", "infer_img_size"])
@pytest.mark.parametrize("text", ["0", "0.0", "-1", "-5120.5"])
def test_B11_zero_or_negative(tmp_path: Path, column: str, text: str) -> None:
    """A throughput, time, batch or size that is 0 or negative is rejected with its reason."""
    parsed = timm.read(write(tmp_path, [with_field(column, text)]))
    assert parsed.rows == ()
    assert parsed.rejects[0].reason.startswith(f"{column} is ")


@pytest.mark.parametrize("column", ["param_count", "infer_gmacs"])
@pytest.mark.parametrize("text", ["nan", "-1", "1e308", "many"])
def test_B11_impossible_model(tmp_path: Path, column: str, text: str) -> None:
    """A model with negative, endless or unreadable parameters or MACs is rejected."""
    (reject,) = timm.read(write(tmp_path, [with_field(column, text)])).rejects
    assert reject.reason.startswith(f"{column} is ")


@pytest.mark.parametrize("step", ["0.2", "200000"], ids=["seconds", "microseconds"])
def test_B12_mixed_units(tmp_path: Path, step: str) -> None:
    """A step time off by a factor of 1000 is kept, flagged, and named by file, line and unit in one line."""
    path = write(tmp_path, [ROWS[0], with_field("infer_step_time", step), *[with_field("model", "x")] * 2])
    parsed = timm.read(path)
    assert [row.flags for row in parsed.rows] == ["", "units_suspect", "", ""]
    (warning,) = parsed.warnings
    assert warning.startswith(f"{path}:3: ")
    assert "must be in ms per batch" in warning


def test_B12_one_warning_a_file(tmp_path: Path) -> None:
    """A whole file in the wrong unit is one warning that counts its rows."""
    rows = [with_field("infer_step_time", "0.2")] * 5
    (warning,) = timm.read(write(tmp_path, rows)).warnings
    assert "(and 4 more rows)" in warning


def test_B04_B06_hostile_names(tmp_path: Path) -> None:
    """Model names with SQL, wildcards, paths, flags, markup or odd letters are stored as they are."""
    store = Store.open(tmp_path / "fitment.duckdb", create=True)
    import_file(store, "timm", write(tmp_path, [with_field("model", name) for name in HOSTILE]))
    with store.reading() as con:
        found = con.execute("SELECT model FROM performance_results ORDER BY id").fetchall()
        names = con.execute("SELECT name FROM models ORDER BY id").fetchall()
    assert [name for (name,) in found] == list(HOSTILE)
    assert [name for (name,) in names] == list(HOSTILE)


def test_B18_same_rows_twice_in_one_file(tmp_path: Path) -> None:
    """A row that stands twice in a file counts once."""
    store = Store.open(tmp_path / "fitment.duckdb", create=True)
    outcome = import_file(store, "timm", write(tmp_path, [*ROWS, ROWS[0]]))
    assert (outcome.accepted, outcome.added) == (4, 3)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        ("model,infer".encode("utf-16"), ":1: not UTF-8"),
        (b"model\n\xff\n", ":2: not UTF-8"),
        (b"model\nresnet\x0050\n", ":2: a NUL byte"),
        (b"model\nresnet50", ":2: the last line has no line end"),
        (b"x" * 200_000 + b"\n", ":1: not CSV"),
    ],
    ids=["empty", "blank", "UTF-16", "Latin-1", "NUL", "cut off", "one huge field"],
)
def test_B21_no_table(tmp_path: Path, data: bytes, message: str) -> None:
    """A file that is no complete UTF-8 table is refused in one line with file, line and way out."""
    path = tmp_path / NAME
    path.write_bytes(data)
    with pytest.raises(ImportFileError) as error:
        timm.read(path)
    text = str(error.value)
    assert text.startswith(f"{path}")
    assert message in text
    assert "; " in text
    assert "\n" not in text


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_B20_cut_anywhere(tmp_path: Path, cut: int) -> None:
    """A file cut off anywhere in its last line is refused, never read as a shorter number."""
    path = write(tmp_path)
    path.write_bytes(path.read_bytes()[: -min(cut, len(ROWS[-1]))])
    with pytest.raises(ImportFileError, match=":4: the last line has no line end"):
        timm.read(path)


def test_B21_no_code_runs(tmp_path: Path) -> None:
    """A field that holds code is text: the row is rejected and nothing was run."""
    code = f"__import__('pathlib').Path({str(tmp_path / 'ran')!r}).touch()"
    parsed = timm.read(write(tmp_path, [with_field("infer_batch_size", code)]))
    assert "infer_batch_size is not a number" in parsed.rejects[0].reason
    assert not (tmp_path / "ran").exists()

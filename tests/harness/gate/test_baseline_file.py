from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.gate.baseline_file import put, read, written
from fitment.harness.gate.errors import BaselineError
from hypothesis import given
from hypothesis import strategies as st

from tests.harness.gate.reports import BENCHMARK, baseline


def _file(folder: Path, text: str) -> Path:
    path = folder / "baseline.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_baseline_comes_back_as_it_was(tmp_path: Path) -> None:
    """Also with names that are not ASCII, over an earlier file, and after a change of its indent."""
    found = baseline(processes={"t[é\u202e]": (0.1, 1e-9)}, counters={})
    put(tmp_path / "baseline.json", baseline())
    put(tmp_path / "baseline.json", found)
    assert read(tmp_path / "baseline.json") == found
    assert read(_file(tmp_path, json.dumps(json.loads(written(found)), indent=7))) == found
    assert [path.name for path in tmp_path.iterdir()] == ["baseline.json"]


@given(st.integers(0, len(written(baseline())) - 3))
def test_no_truncated_file_is_read(tmp_path_factory: pytest.TempPathFactory, length: int) -> None:
    """Wherever it was cut off, the error says so."""
    path = _file(tmp_path_factory.mktemp("cut"), written(baseline())[:length])
    with pytest.raises(BaselineError, match=r"is empty|is truncated or no JSON"):
        read(path)


def test_an_edit_is_named(tmp_path: Path) -> None:
    """One digit of one counter is enough."""
    text = written(baseline()).replace('"allocations": 12.0', '"allocations": 13.0')
    with pytest.raises(BaselineError, match="was changed after it was recorded, its checksum is another"):
        read(_file(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"fitment_gate_baseline": 2}', "has format 2, this fitment reads 1"),
        ('{"fitment_gate_baseline": 1}', "changed after it was recorded"),
        ('{"fitment_gate_baseline": 1, "baseline": []}', "changed after it was recorded"),
        ("[]", "no baseline of fitment's and none of pytest-benchmark's"),
        ("{}", "no baseline of fitment's and none of pytest-benchmark's"),
        ("[" * 100_000, "truncated or no JSON"),
        ('{"benchmarks": []}', "no whole file of pytest-benchmark's"),
    ],
)
def test_what_is_no_baseline_is_said(tmp_path: Path, text: str, said: str) -> None:
    """In one line that names the file and the way out."""
    with pytest.raises(BaselineError, match=said) as error:
        read(_file(tmp_path, text))
    assert "\n" not in str(error.value)
    assert error.value.exit_code == 4


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    """A missing one, a folder, a picture."""
    with pytest.raises(BaselineError, match="No such file or directory; record it again"):
        read(tmp_path / "none.json")
    with pytest.raises(BaselineError, match="Is a directory"):
        read(tmp_path)
    (tmp_path / "picture").write_bytes(b"\x89PNG\xff")
    with pytest.raises(BaselineError, match="it is no text"):
        read(tmp_path / "picture")
    with pytest.raises(BaselineError, match="can't write the baseline"):
        put(tmp_path / "no" / "such.json", baseline())


def test_a_sound_checksum_over_nonsense_is_refused(tmp_path: Path) -> None:
    """Whoever computes the checksum still has to hold what a baseline holds."""
    text = written(baseline(processes={BENCHMARK: (-1.0,)}))
    with pytest.raises(BaselineError, match="holds what no baseline can"):
        read(_file(tmp_path, text))

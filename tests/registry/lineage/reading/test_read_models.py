"""A file of models by the ending of its name: which are read, and which are refused with what to do."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from fitment.registry.errors import ImportFileError
from fitment.registry.lineage.reading.read_models import read_models


def test_the_ending_says_the_form_whatever_its_case(tmp_path: Path) -> None:
    """The rows come with the sha256 of the bytes."""
    file = tmp_path / "M.CSV"
    file.write_bytes(b"model_id,parent_model\na,[]\n")
    rows, digest = read_models(file)
    assert (len(rows), digest) == (1, sha256(file.read_bytes()).hexdigest())


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("m.csv", None, "no such file; name a CSV or Parquet file"),
        ("m.json", b"{}", r"not \*.csv or \*.parquet"),
        ("m.csv", b"model_id,parent_model\n", "a header and no rows"),
        ("m.parquet", b"model_id,parent_model\n", "not a whole Parquet file"),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, name: str, content: bytes | None, why: str) -> None:
    """One line names the file and the way out."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ImportFileError, match=f"{name}: {why}"):
        read_models(tmp_path / name)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """Nor is anything else that is no regular file."""
    with pytest.raises(ImportFileError, match="not a regular file"):
        read_models(tmp_path)

"""CSV files of models, the hostile ones above all."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from fitment.registry.errors import ImportFileError
from fitment.registry.lineage.reading import read_csv as reader
from fitment.registry.lineage.reading.columns import Rows
from fitment.registry.lineage.reading.read_csv import read_csv

from tests.registry.lineage.files import write_csv

HEAD = b"model_id,parent_model,likes,tags\n"


def read(path: Path, content: bytes) -> Rows:
    path.write_bytes(content)
    rows, sha256 = read_csv(path)
    assert sha256 == hashlib.sha256(content).hexdigest()
    return rows


def names(rows: Rows) -> list[bytes]:
    starts = rows.name_starts.tolist()
    return [rows.name_bytes[low:high].tobytes() for low, high in pairwise(starts)]


def texts(rows: Rows, column: str) -> list[bytes]:
    return [rows.texts[column][code] for code in rows.texts[column].codes.tolist()]


def test_a_file_as_it_is(tmp_path: Path) -> None:
    """Numbers, times and texts, each as the file has it; what no column says is nothing."""
    rows, _ = read_csv(write_csv(tmp_path / "m.csv"))
    assert names(rows) == [b"acme/base", b"o'neill/tuned", b"acme/small"]
    assert rows.lines.tolist() == [2, 3, 4]
    np.testing.assert_array_equal(rows.wholes["likes"], [10, 4, np.nan])
    assert rows.created.astype(str).tolist()[1] == "2023-01-03T12:00:00.500000"
    assert texts(rows, "finetune_parent") == [b"[]", b"['acme/base']", b"[]"]
    assert np.isnan(rows.wholes["card_characters"]).all()
    assert not rows.problems


def test_blocks_meet_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the file is cut into blocks, the rows are the same."""
    path = write_csv(tmp_path / "m.csv")
    whole, _ = read_csv(path)
    for size in (1, 7, 64, 300):
        monkeypatch.setattr(reader, "_BLOCK", size)
        monkeypatch.setattr(reader, "_HEADER", 1 << 16)
        rows, _ = read_csv(path)
        assert names(rows) == names(whole)
        assert rows.lines.tolist() == whole.lines.tolist()
        assert [texts(rows, name) for name in rows.texts] == [texts(whole, name) for name in whole.texts]


def test_line_ends_marks_and_blank_lines(tmp_path: Path) -> None:
    """A byte order mark, CR LF, blank lines and a last line without an end change nothing but the lines."""
    rows = read(
        tmp_path / "m.csv", b"\xef\xbb\xbf" + HEAD.replace(b"\n", b"\r\n") + b"a,[],1,\r\n\r\nb,[],2,x"
    )
    assert names(rows) == [b"a", b"b"]
    assert rows.lines.tolist() == [2, 4]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"x,[]", "not as many fields as the header: 2, not 4"),
        (b"x,[],1,t,5", "not as many fields as the header: 5, not 4"),
        (b'x,"[]"x,1,t', "something follows a closing quote"),
        (b'x,[],1,"never', "something follows a closing quote"),
        (b"x,[],-1,t", "its likes: '-1' is no whole number"),
        (b"x,[],1e400,t", "its likes: '1e400' is no whole number"),
        (b"x,[],\xff,t", "its likes is not UTF-8"),
    ],
)
def test_a_row_that_can_not_be_taken(tmp_path: Path, line: bytes, reason: str) -> None:
    """Is named by its line; its neighbours are read, also where it opens a quote that theirs would close."""
    rows = read(tmp_path / "m.csv", HEAD + b'a,[],1,"t"\n' + line + b'\nb,"[\'a\']",2,"t"\n')
    assert list(rows.problems) == [1]
    assert rows.problems[1].startswith(reason)
    assert rows.lines.tolist() == [2, 3, 4]
    assert (names(rows)[0], names(rows)[2]) == (b"a", b"b")


def test_a_quote_that_never_closes(tmp_path: Path) -> None:
    """Costs its line, not the rest of the file."""
    rows = read(tmp_path / "m.csv", HEAD + b'a,[],1,"t\nb,[],2,t\nc,[],3,t\n')
    assert rows.problems == {0: "a quote is never closed"}
    assert names(rows)[1:] == [b"b", b"c"]


def test_a_field_of_ten_megabytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody asks for it, it is passed over; a longer record than can be meant costs its line."""
    long = HEAD + b"a,[],1," + b"t" * 10_000_000 + b"\nb,[],2,t\n"
    assert names(read(tmp_path / "m.csv", long)) == [b"a", b"b"]
    monkeypatch.setattr(reader, "MOST_RECORD", 1 << 22)
    rows = read(tmp_path / "m.csv", long)
    assert rows.problems == {0: "a quote is never closed, or its record is too long"}
    assert rows.lines.tolist() == [2, 3]
    assert names(rows) == [b"", b"b"]


def test_cards(tmp_path: Path) -> None:
    """A column of cards, with line ends in them, is kept as lengths and whether a program wrote them."""
    content = b'model_id,parent_model,card\na,[],"# A\n[More Information Needed]"\nb,[],\nc,[],\xff\n'
    rows = read(tmp_path / "m.csv", content)
    np.testing.assert_array_equal(rows.wholes["card_characters"], [29, np.nan, np.nan])
    np.testing.assert_array_equal(rows.wholes["card_generated"], [1, np.nan, np.nan])
    assert rows.problems == {2: "its card is not UTF-8"}
    assert rows.lines.tolist() == [2, 4, 5]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", ":1: no header; the file is empty"),
        (b"\nmodel_id\n", ":1: no header"),
        ("model_id,parent_model\na,[]\n".encode("utf-16"), ":1: not UTF-8 text"),
        ("modèle\n".encode("latin-1"), ":1: not UTF-8 text"),
        (b"model_id\0\n", ":1: not UTF-8 text"),
        (b'"model_id\n', ":1: no header of a CSV file"),
        (b"model_id,parent_model\ra,[]\rb,[]\r", ":1: lines end in CR alone"),
        (b"name,parent_model\na,[]\n", "the column model_id is missing"),
        (b"m" * 5_000_000, ":1: no header: its first line is longer than"),
    ],
    ids=range(9),
)
def test_what_is_no_file_of_models(tmp_path: Path, content: bytes, message: str) -> None:
    """Is refused as a whole, with the line."""
    (tmp_path / "m.csv").write_bytes(content)
    with pytest.raises(ImportFileError, match=message):
        read_csv(tmp_path / "m.csv")

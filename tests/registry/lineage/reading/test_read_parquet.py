"""Parquet files of models."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fitment.registry.errors import ImportFileError
from fitment.registry.lineage.reading import read_parquet
from fitment.registry.lineage.reading.columns import Rows
from fitment.registry.lineage.reading.read_csv import read_csv
from fitment.registry.lineage.reading.row_arrays import row_arrays
from fitment.registry.lineage.reading.sound_rows import sorted_out

from tests.registry.lineage.files import write_csv, write_parquet

WHEN = datetime(1969, 7, 20, 20, 17, 40, 500, tzinfo=UTC)


def read(path: Path, columns: dict[str, Any]) -> Rows:
    pq.write_table(pa.table(columns), path)
    return read_parquet.read_parquet(path)[0]


def test_the_same_models_from_either_form(tmp_path: Path) -> None:
    """Give the same arrays, byte by byte."""
    rows, _ = read_csv(write_csv(tmp_path / "m.csv"))
    others, _ = read_parquet.read_parquet(write_parquet(tmp_path / "m.parquet"))
    assert (rows.lines.tolist(), others.lines.tolist()) == ([2, 3, 4], [1, 2, 3])
    from_csv, from_parquet = row_arrays(sorted_out(rows)), row_arrays(sorted_out(others))
    assert from_csv.keys() == from_parquet.keys()
    assert [name for name in from_csv if from_csv[name].tobytes() != from_parquet[name].tobytes()] == []


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.binary(), pa.dictionary(pa.int8(), pa.string())]
)
def test_texts_of_any_type(tmp_path: Path, kind: pa.DataType) -> None:
    """Are the same texts; null says nothing."""
    names, parents = pa.array(["a", "b", None], pa.string()), pa.array([None, "['a']", "[]"], pa.string())
    rows = read(tmp_path / "m.parquet", {"model_id": names.cast(kind), "parent_model": parents.cast(kind)})
    assert rows.name_bytes.tobytes() == b"ab"
    assert rows.name_starts.tolist() == [0, 1, 2, 2]
    coded = rows.texts["parent_model"]
    assert [coded[code] for code in coded.codes.tolist()] == [b"", b"['a']", b"[]"]


def test_numbers_times_and_lists_by_type(tmp_path: Path) -> None:
    """As they are; what can't be is named by its row."""
    rows = read(
        tmp_path / "m.parquet",
        {
            "model_id": ["a", "b", "c"],
            "likes": pa.array([1.0, np.nan, -1.0]),
            "downloads": pa.array([2**60, None, 3], pa.int64()),
            "createdAt": pa.array([WHEN, None, None], pa.timestamp("ns", "UTC")),
            "licenses": pa.array([["mit", None, "it's"], [], None], pa.list_(pa.string())),
            "merge_parent": pa.array([[], ["a"], ["a", "b"]], pa.large_list(pa.string())),
            "card": ["x" * 10, "", None],
        },
    )
    np.testing.assert_array_equal(rows.wholes["likes"], [1, np.nan, np.nan])
    np.testing.assert_array_equal(rows.wholes["card_characters"], [10, np.nan, np.nan])
    assert rows.created[0] == np.datetime64(WHEN.replace(tzinfo=None), "us")
    assert rows.problems == {
        0: "its downloads: 1.15292e+18 is no whole number from 0 to 1e15",
        2: "its likes: -1 is no whole number from 0 to 1e15",
    }
    found = sorted_out(rows)
    licences, merges = found.lists["licences"], found.lists["merge_parent"]
    assert licences.of(int(rows.texts["licences"].codes[0])) == ("mit", "it's")
    assert [merges.of(int(code)) for code in rows.texts["merge_parent"].codes] == [(), ("a",), ("a", "b")]


@pytest.mark.parametrize(
    "kind", [pa.timestamp("s"), pa.timestamp("us", "Europe/Berlin"), pa.date32()], ids=["s", "us", "date"]
)
def test_times_beyond_the_calendar(tmp_path: Path, kind: pa.DataType) -> None:
    """Which no date can hold, and which wrap round in another unit, are named by their row."""
    day = {"timestamp[s]": 86_400, "date32[day]": 1}.get(str(kind), 86_400_000_000)
    days = [-719_163, -719_162, 0, 2_932_896, 2_932_897, 10**8]  # 0000-12-31, 0001-01-01 … 10000-01-01 …
    whole = pa.array([each * day for each in days] + [None], pa.int64())
    created = (whole.cast(pa.int32()) if kind == pa.date32() else whole).cast(kind)
    ids = [f"m{at}" for at in range(len(whole))]
    rows = read(
        tmp_path / "m.parquet", {"model_id": ids, "parent_model": ["[]"] * len(ids), "createdAt": created}
    )
    assert rows.problems == dict.fromkeys((0, 4, 5), "its createdAt is no time of the years 1 to 9999")
    told = rows.created.astype("datetime64[D]").astype(str).tolist()
    assert told == ["NaT", "0001-01-01", "1970-01-01", "9999-12-31", "NaT", "NaT", "NaT"]


def test_cards_of_bytes(tmp_path: Path) -> None:
    """Are measured as text; one that is not UTF-8 costs its row alone."""
    cards = pa.array(["é".encode(), b"\xff", None], pa.binary())
    rows = read(tmp_path / "m.parquet", {"model_id": [*"abc"], "parent_model": ["[]"] * 3, "card": cards})
    np.testing.assert_array_equal(rows.wholes["card_characters"], [1, np.nan, np.nan])
    assert rows.problems == {1: "its card is not UTF-8"}


@pytest.mark.parametrize("kind", [pa.list_(pa.binary()), pa.list_(pa.binary(), 1)], ids=["any", "fixed"])
def test_lists_of_bytes(tmp_path: Path, kind: pa.DataType) -> None:
    """Are lists of text, as long as they are UTF-8."""
    lists = pa.array([["é".encode()], [b"\xff"]], kind)
    found = sorted_out(read(tmp_path / "m.parquet", {"model_id": ["a", "b"], "parent_model": lists}))
    assert found.lists["parent_model"].of(int(found.rows.texts["parent_model"].codes[0])) == ("é",)
    assert list(found.reasons) == [1]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"model_id": [1], "parent_model": ["[]"]}, "model_id holds int64, which is not what it says"),
        ({"model_id": ["a"], "parent_model": [[1]]}, "parent_model holds list<.*int64>"),
        ({"model_id": ["a"], "parent_model": ["[]"], "createdAt": [1]}, "createdAt holds int64"),
        ({"model_id": ["a"], "parent_model": ["[]"], "likes": [[1]]}, "likes holds list"),
        ({"model_id": ["a"]}, "the columns of parents are missing"),
    ],
)
def test_columns_that_hold_something_else(tmp_path: Path, columns: dict[str, Any], message: str) -> None:
    """Are named with what they hold."""
    with pytest.raises(ImportFileError, match=message):
        read(tmp_path / "m.parquet", columns)


def test_what_is_no_parquet_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or a broken one, or one that unpacks to more than is meant: refused before it is unpacked."""
    path = tmp_path / "m.parquet"
    whole = write_parquet(path).read_bytes()
    for content in (b"", b"PAR1", b"model_id\n", whole[:-20], whole[:200] + bytes(50) + whole[250:]):
        path.write_bytes(content)
        with pytest.raises(ImportFileError, match="not a whole Parquet file"):
            read_parquet.read_parquet(path)
    path.write_bytes(whole)
    for name, most, message in (("MOST_ROWS", 2, "3 rows; at most 2"), ("MOST_UNPACKED", 99, "unpacks to")):
        with monkeypatch.context() as patched:
            patched.setattr(read_parquet, name, most)
            with pytest.raises(ImportFileError, match=message):
                read_parquet.read_parquet(path)

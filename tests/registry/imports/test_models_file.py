"""Files of models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fitment.configs import path as config
from fitment.registry.catalogue.model_records import all_records
from fitment.registry.catalogue.record_models import Recorded
from fitment.registry.errors import ImportFileError
from fitment.registry.imports import models_file
from fitment.registry.imports.models_file import ModelsFile, read_models, store_models, unknown_fields
from fitment.registry.results.append import Reject
from fitment.registry.storage import model_columns
from hypothesis import given
from hypothesis import strategies as st

from tests.registry.empty_stores import empty_store

SEED = config("models/seed_models.json")
GOOD = {"model_id": "a/b", "license": "mit", "download_count": 3, "tags": ["x"]}


def read(tmp_path: Path, text: str | bytes, name: str = "m.jsonl") -> ModelsFile:
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_models(file)


def lines(*records: Any) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_the_seed_file_is_kept_whole(tmp_path: Path) -> None:
    """Its field names are known; what it declares of commercial use is no permission of its own."""
    seed = read_models(SEED)
    assert (seed.table.num_rows, seed.rejects, seed.unknown) == (5, (), ())
    store = empty_store(tmp_path / "x.duckdb")
    assert store_models(store, seed) == Recorded(5, 0, 0)
    assert store_models(store, read_models(SEED)) == Recorded(0, 0, 5)
    with store.reading() as con:
        records = {record.model_id: record for record in all_records(con)}
    llama, vicuna = records["llama-2-7b"], records["vicuna-7b"]
    assert (llama.organisation, llama.licence, llama.size_bytes) == ("Meta", "llama2", 13_500_000_000)
    assert (llama.restrictions, llama.claims) == ((), ("commercial use",))
    assert (vicuna.restrictions, vicuna.claims) == (("non-commercial",), ())
    assert llama.source == "seed_models.json"


def test_every_form_gives_the_same_records(tmp_path: Path) -> None:
    """A list in JSON, JSON lines, CSV and Parquet of the same models."""
    seed = json.loads(SEED.read_text())
    forms = [read(tmp_path, lines(*seed))]
    head = [*seed[0]]
    cells = [
        [
            ";".join(v) if isinstance(v, list) else json.dumps(v) if isinstance(v, dict) else str(v)
            for v in row.values()
        ]
        for row in seed
    ]
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [head, *cells]]
    forms.append(read(tmp_path, "\n".join(quoted) + "\n", "m.csv"))
    pq.write_table(pa.Table.from_pylist(seed), tmp_path / "m.parquet")
    forms.append(read_models(tmp_path / "m.parquet"))
    expected = read_models(SEED).table.drop_columns(["source"])
    for form in forms:
        assert form.rejects == ()
        assert form.table.drop_columns(["source"]).equals(expected), form.file


@pytest.mark.parametrize("part", [1, 10_000])
def test_what_can_t_be_kept_is_rejected_by_its_line(
    tmp_path: Path, part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a reason; all else is kept, however the file is cut into parts."""
    monkeypatch.setattr(models_file, "_PART", part)
    found = read(
        tmp_path,
        lines(
            GOOD,
            {"license": "mit"},
            {"model_id": "c", "rating": 7},
            {"model_id": "d", "tags": "x", "note": 1, "rating": None},
            {"model_id": "e", "parameter_count": "7B"},
            {"model_id": "f", "download_count": 2**70},
            {"model_id": "g\u202e"},
            {"model_id": "h", "model_size_gb": 1e300},
            GOOD,
            {"model_id": "i", "metrics": {"a": 10**400}},
        ),
    )
    assert [reject.line for reject in found.rejects] == [2, 3, 5, 6, 7, 8, 9, 10]
    assert found.rejects[1] == Reject(3, "its rating is 7.0: it must be from 0 to 5")
    assert "a/b stands twice" in found.rejects[6].reason
    assert found.table["model_id"].to_pylist() == ["a/b", "d"]
    assert unknown_fields(found) == "fields that are not kept: note"


def test_lines_count_from_where_a_record_starts(tmp_path: Path) -> None:
    """In an indented list as well."""
    text = json.dumps([GOOD, {"model_id": ""}, {"model_id": "x", "rating": -1}], indent=1)
    starts = [n for n, line in enumerate(text.splitlines(), 1) if line == " {"]
    assert [reject.line for reject in read(tmp_path, text, "m.json").rejects] == starts[1:]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "the file is empty"),
        (b"[]", "no records"),
        (b"[1]", ":1: not JSON as a file of models holds it (a record is an object in braces)"),
        (b'{"model_id": "a"}\n{"model_id": \n', ":2: not JSON"),
        (b'[{"model_id": "a"}', ":1: not JSON as a file of models holds it (a comma"),
        (b'[{"model_id": "a"}] x', "something follows its end"),
        (b'[{"model_id": "a"},', "the list does not end"),
        (b'[{"model_id": "a"} {"model_id": "b"}]', "a comma or the list's end is missing"),
        (b'{"model_id": "a", "model_id": "b"}', "a name stands twice"),
        (b'{"model_id": "a", "rating": NaN}', "NaN is no number"),
        (b'{"model_id": "a", "rating": Infinity}', "Infinity is no number"),
        (b'{"model_id": "a", "tags": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"name": "a"}', "no model_id in any record"),
        (b'{"model_id": "a", "id": "b"}', "given under another name as well"),
        (b"\xff\xfe", ":1: not UTF-8 text"),
        (b"PAR1", ":1: not JSON"),
    ],
)
def test_a_file_that_is_no_file_of_models_is_refused(tmp_path: Path, text: bytes, said: str) -> None:
    """As a whole, with its line and what is wrong."""
    with pytest.raises(ImportFileError) as error:
        read(tmp_path, text)
    assert said in str(error.value)


@pytest.mark.parametrize("name", ["m.parquet", "m.csv"])
def test_bytes_of_another_kind_are_refused(tmp_path: Path, name: str) -> None:
    """Where the name says what the file is."""
    with pytest.raises(ImportFileError):
        read(tmp_path, b"PAR1 not really\n\x00\n", name)


ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    ["version", "license", "tags", "metrics", "urls", "rating", "parameters", "base_models", "released_on"]
)


@given(st.lists(st.dictionaries(NAMES, ANY, max_size=5), min_size=1, max_size=6))
def test_any_json_is_kept_or_rejected_record_by_record(
    tmp_path_factory: Any, records: list[dict[str, Any]]
) -> None:
    """Whatever the values are, each record is one or the other, and nothing raises."""
    folder = tmp_path_factory.getbasetemp()
    named = [{"model_id": f"m{number}"} | record for number, record in enumerate(records)]
    found = read(folder, lines(*named), "any.jsonl")
    assert found.table.num_rows + len(found.rejects) == len(records)
    assert found.table.schema.equals(model_columns.models())


def test_records_on_one_line_are_counted(tmp_path: Path) -> None:
    """Where a line names no record, its number among the records does."""
    text = json.dumps([GOOD, {"name": "no id"}, {"model_id": "a/c", "urls": ["ab"]}])
    found = read(tmp_path, text, "m.json")
    assert found.rejects[0] == Reject(1, "record 2: it has no model_id")
    assert found.rejects[1].reason.startswith("record 3: its urls: an object is needed")

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fitment.registry.errors import RefusedError
from fitment.registry.report import table_files
from fitment.registry.report.table_files import MOST_READ, PAGES, TEXTS, WRITERS, must_be_readable
from fitment.registry.report.text import csv_value
from fitment.registry.results.export_tables import READABLE, Selected
from markdown_it import MarkdownIt

from tests.registry.report.conftest import ENVIRONMENT, HOSTILE
from tests.registry.report.pages import Page, assert_alone

WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def selection(model: str = "net", times: int = 3) -> Selected:
    """Estimates in several batches: a float that needs 17 digits, NULL, NaN, a list, a time, a bool."""
    row = dict.fromkeys(READABLE["estimates"], "x") | {
        "model": model,
        "throughput": 0.1 + 0.2,
        "throughput_low": None,
        "throughput_high": float("nan"),
        "n": 3,
        "memory_bytes": None,
        "env_id": ENVIRONMENT,
        "result_ids": [1, 2, 3],
        "recorded_at": WHEN,
        "steady": True,
    }
    types = {"throughput_low": pa.float64(), "memory_bytes": pa.int64()}
    schema = pa.schema([(name, types.get(name, pa.scalar(value).type)) for name, value in row.items()])
    batch = pa.RecordBatch.from_pylist([row], schema=schema)
    return Selected("estimates", times, schema, iter([batch] * times), 0)


def written(form: str, **asked: object) -> bytes:
    stream = io.BytesIO()
    WRITERS[form](selection(**asked), stream)  # type: ignore[arg-type]
    return stream.getvalue()


def test_csv() -> None:
    """Full precision, empty for NULL and NaN, ids by spaces, times with their zone."""
    rows = list(csv.DictReader(io.StringIO(written("csv").decode(), newline="")))
    assert len(rows) == 3
    assert float(rows[0]["throughput"]) == 0.1 + 0.2
    assert (rows[0]["throughput_low"], rows[0]["throughput_high"], rows[0]["memory_bytes"]) == ("", "", "")
    assert (rows[0]["result_ids"], rows[0]["steady"]) == ("1 2 3", "true")
    assert rows[0]["recorded_at"] == "2026-01-02T03:04:05+00:00"


@pytest.mark.parametrize("times", [1, 3])
def test_json(times: int) -> None:
    """A list whatever the number of batches; null for NULL and NaN, ids a list."""
    rows = json.loads(written("json", times=times))
    assert len(rows) == times
    assert (rows[-1]["throughput"], rows[-1]["throughput_low"]) == (0.1 + 0.2, None)
    assert (rows[-1]["throughput_high"], rows[-1]["result_ids"]) == (None, [1, 2, 3])


def test_parquet() -> None:
    """Types stay: a list of ids, a time in UTC, NULL as NULL."""
    found = pq.read_table(io.BytesIO(written("parquet")))
    assert found.num_rows == 3
    row = found.to_pylist()[0]
    assert (row["result_ids"], row["memory_bytes"], row["recorded_at"]) == ([1, 2, 3], None, WHEN)


def test_markdown_and_html_show_what_a_person_reads() -> None:
    """One table with the readable columns, a row each."""
    html = MarkdownIt("commonmark").enable("table").render(written("markdown").decode())
    for text in (html, written("html").decode()):
        page = Page(text if "<html" in text else f"<div>{text}</div>")
        assert page.cells[0] == list(READABLE["estimates"])
        assert len(page.cells) == 4
        row = dict(zip(page.cells[0], page.cells[1], strict=True))
        assert (row["env_id"], row["result_ids"], row["throughput_low"]) == (ENVIRONMENT, "1 2 3", "")


def test_B05_B08_B09_hostile_texts_are_inert() -> None:
    """No element, no control, no formula comes out of a name that others chose."""
    for form in sorted(TEXTS - {"csv"}):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", written(form, model=HOSTILE).decode())
    page = Page(written("html", model=HOSTILE).decode())
    assert_alone(page)
    assert "\\x1b[31m" in page.cells[1][0]
    assert not set("<>&") & set(written("json", model=HOSTILE).decode())
    cells = next(csv.DictReader(io.StringIO(written("csv", model="=1+1").decode(), newline="")))
    assert cells["model"] == "'=1+1"
    assert csv_value(cells["model"]) == "=1+1"


def test_row_groups_hold_many_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch is no row group of its own: each costs a footer's entry for every column."""
    monkeypatch.setattr(table_files, "ROW_GROUP", 2)
    file = pq.ParquetFile(io.BytesIO(written("parquet", times=5)))
    assert [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)] == [2, 2, 1]


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_too_many_rows_are_no_page(form: str) -> None:
    """Markdown and HTML are for people: beyond what they read the line says the ways out."""
    must_be_readable(replace(selection(), count=MOST_READ), form)
    if form not in PAGES:
        must_be_readable(replace(selection(), count=MOST_READ + 1), form)
        return
    with pytest.raises(RefusedError, match=r"100,001 estimates are too many .* --model .* or write \.csv"):
        must_be_readable(replace(selection(), count=MOST_READ + 1), form)

from __future__ import annotations

import csv
import dataclasses
import io
import json
import math
from collections.abc import Callable

from fitment.registry.answers import Answer
from fitment.registry.report.export import CSV_COLUMNS, to_csv, to_json
from fitment.registry.report.text import csv_value

Golden = Callable[[str, str], None]


def no_nan(constant: str) -> None:
    raise AssertionError(constant)


def test_json(compared: Answer, golden: Golden) -> None:
    """The JSON of an answer is stable, key for key."""
    golden("compared.json", to_json(compared))


def test_json_keeps_full_precision(compared: Answer) -> None:
    """Read again, the figures are the answer's to the bit."""
    body = json.loads(to_json(compared))
    assert body["rows"][2]["coverage"] == 2 / 3
    assert body["rows"][0]["throughput"] == 4213.7
    assert body["rows"][1]["evidence"]["result_ids"] == [10234]
    assert [row["hardware"] for row in body["rejected"]] == [r.hardware for r in compared.rejected]


def test_json_never_holds_nan(hostile: Answer) -> None:
    """A figure that is not a number is null."""
    assert any(row.latency_s is not None and math.isnan(row.latency_s) for row in hostile.rows)
    body = json.loads(to_json(hostile), parse_constant=no_nan)
    assert body["rows"][0]["latency_s"] is None


def test_B05_json_is_inert_in_a_script_element(hostile: Answer) -> None:
    """JSON is ASCII without a character that could close a script element, and still the same text."""
    text = to_json(hostile)
    assert text.isascii()
    assert not set("<>&\x1b") & set(text)
    assert json.loads(text)["rows"][0]["hardware"] == hostile.rows[0].hardware


def test_csv(compared: Answer, golden: Golden) -> None:
    """The CSV of an answer is stable, column for column."""
    golden("compared.csv", to_csv(compared))


def test_csv_has_a_line_for_each_hardware(compared: Answer) -> None:
    """Recommended and rejected hardware are all there, with evidence and result ids."""
    rows = list(csv.DictReader(io.StringIO(to_csv(compared), newline="")))
    assert [row["row"] for row in rows] == ["recommended"] * 3 + ["rejected"] * 2
    assert [row["result_ids"] for row in rows] == ["14 15 16 17 18", "10234", "3 7 9", "", ""]
    assert float(rows[2]["coverage"]) == 2 / 3
    assert rows[3]["reason"] == "not measured at batch 32"


def test_csv_leaves_what_is_missing_empty(freed: Answer, hostile: Answer) -> None:
    """None and NaN are empty cells, never 0."""
    for answer in (freed, hostile):
        row = next(csv.DictReader(io.StringIO(to_csv(answer), newline="")))
        assert row["latency_s"] == ""
        assert row["coverage"] == ""


def test_B07_csv_texts_round_trip(hostile: Answer) -> None:
    """A hostile hardware name is read back as it was, and no cell starts a formula."""
    formula = dataclasses.replace(hostile.rows[0], hardware="=1+1")
    answer = dataclasses.replace(hostile, rows=(formula, hostile.rows[1]))
    first, second, _ = csv.DictReader(io.StringIO(to_csv(answer), newline=""))
    assert first["hardware"] == "'=1+1"
    assert [csv_value(row["hardware"]) for row in (first, second)] == ["=1+1", hostile.rows[1].hardware]


def test_csv_columns_are_distinct(compared: Answer) -> None:
    """No column stands twice, and every line has them all."""
    assert len(set(CSV_COLUMNS)) == len(CSV_COLUMNS)
    assert {len(line) for line in csv.reader(io.StringIO(to_csv(compared), newline=""))} == {len(CSV_COLUMNS)}

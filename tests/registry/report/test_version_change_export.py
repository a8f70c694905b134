from __future__ import annotations

import csv
import io
import json

from fitment.registry.answers import NOISE
from fitment.registry.changes.version_change import version_comparison
from fitment.registry.report.version_change_export import to_csv, to_json

from tests.registry.changes.versions import side
from tests.registry.fit.estimates import k, ok
from tests.registry.report.conftest import HOSTILE


def test_json_and_csv_say_the_same() -> None:
    """A line a configuration with its hardware's row, in full precision; sides without estimates."""
    first = [ok("A", k(1), 1 / 3), ok("A", k(2), 1.0)]
    found = version_comparison("net", side("v1", *first), side("v2", ok("A", k(1), 0.1)), NOISE)
    body = json.loads(to_json(found))
    assert body["second"] == {
        "tag": "v2",
        "snapshot": None,
        "made_at": None,
        "results": 1,
        "since": 0,
        "gone": 0,
    }
    (row,) = body["rows"]
    lines = list(csv.DictReader(io.StringIO(to_csv(found))))
    assert [line["judgement"] for line in lines] == [c["judgement"] for c in row["configurations"]]
    assert float(lines[0]["throughput_ratio"]) == row["throughput"]["value"] == 0.1 / (1 / 3)
    assert float(lines[1]["compatibility_change"]) == row["compatibility_change"]
    assert lines[1]["throughput_ratio"] == ""


def test_foreign_text_is_inert() -> None:
    """Names that others gave can't reach a terminal or a script alive."""
    found = version_comparison(HOSTILE, side("v1", ok(HOSTILE, k(), 1.0)), side("v2"), NOISE)
    text = to_json(found)
    assert not {"\x1b", "\u202e", "<"} & set(text)
    assert json.loads(text)["model"] == HOSTILE

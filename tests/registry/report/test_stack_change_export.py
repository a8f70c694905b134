from __future__ import annotations

import csv
import io
import json

from fitment.registry.report.stack_change_export import to_csv, to_json

from tests.registry.report.stack_changes import comparison


def test_every_compared_configuration_is_exported() -> None:
    """Also those that did not change, with their results, in full precision."""
    found = comparison()
    body = json.loads(to_json(found))
    lines = list(csv.DictReader(io.StringIO(to_csv(found))))
    assert len(body["rows"]) == len(lines) == 72
    assert [float(line["ratio"]) for line in lines] == [row["ratio"] for row in body["rows"]]
    assert {line["result_ids_1"] for line in lines} == {"1"}

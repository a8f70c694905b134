from __future__ import annotations

import csv
import io
import json

import pytest
from fitment.harness.cli.main import main

pytestmark = pytest.mark.usefixtures("filled")


def test_versions_are_shown_in_each_format(capsys: pytest.CaptureFixture[str]) -> None:
    """A table for people; JSON and CSV with every field."""
    main(["add-version", "tiny", "v1", "--hash", "1f3a", "--metadata", '{"a": 1}'])
    main(["link-tests", "tiny", "v1", "--result-ids", "1,2"])
    main(["alias", "tiny", "production", "v1"])
    capsys.readouterr()
    outputs = {}
    for form in ("table", "json", "csv"):
        assert main(["version-history", "--model", "tiny", "--format", form]) == 0
        outputs[form] = capsys.readouterr().out
    assert 'v1       1f3a  {"a": 1}  2        production  –' in outputs["table"]
    (found,) = json.loads(outputs["json"])
    assert (found["tag"], found["metadata"], found["linked"], found["aliases"]) == (
        "v1",
        {"a": 1},
        2,
        ["production"],
    )
    (row,) = csv.DictReader(io.StringIO(outputs["csv"]))
    assert (row["tag"], row["metadata"], row["deleted_at"]) == ("v1", '{"a": 1}', "")


def test_no_versions_is_no_mistake_and_an_unknown_model_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit codes 0 and 2; JSON of nothing is an empty list."""
    assert main(["version-history", "tiny", "--format", "json"]) == 0
    assert capsys.readouterr().out == "[]\n"
    assert main(["version-history", "tinny"]) == 2

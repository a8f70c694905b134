"""The report for programs."""

from __future__ import annotations

import json

from fitment.harness.gate.judgement import Verdict
from fitment.harness.gate.kept import report_of
from fitment.harness.gate.report_json import to_json

from tests.harness.gate.reports import judged, report


def test_it_holds_all_of_the_report() -> None:
    """Reading it back gives the same report; the exit code stands beside it."""
    found = report(1, judged(verdict=Verdict.INCONCLUSIVE))
    body = json.loads(to_json(found, strict=True))
    assert body["exit_code"] == 6
    assert body["summary"] == "1 inconclusive"
    assert report_of(body) == found

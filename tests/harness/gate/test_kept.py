from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from fitment.harness.gate.judgement import Verdict
from fitment.harness.gate.kept import baseline_body, baseline_of, report_body, report_of

from tests.harness.gate.reports import baseline, judged, report


def test_a_report_comes_back_as_it_was() -> None:
    """Every field, through JSON text."""
    found = report(1, judged(), judged(head_s=0.0012, verdict=Verdict.REGRESSION))
    assert report_of(json.loads(json.dumps(report_body(found), allow_nan=False))) == found
    without = replace(found, suite=None, processes={}, counters={}, notes=())
    assert report_of(json.loads(json.dumps(report_body(without)))) == without


def test_what_is_not_finite_can_t_be_said() -> None:
    """NaN and infinity are no JSON: they come back as None."""
    found = report(1, replace(judged(), low=-math.inf, high=math.inf, p_value=math.nan))
    (back,) = report_of(json.loads(json.dumps(report_body(found), allow_nan=False))).judgements
    assert (back.low, back.high, back.p_value) == (None, None, None)


def test_a_newer_one_s_fields_are_passed_over() -> None:
    """A report with a field that this fitment does not know is read."""
    body = report_body(report(1))
    body["judgements"][0]["colour"] = body["weather"] = body["base"]["mood"] = "grey"
    assert report_of(body) == report(1)


@pytest.mark.parametrize(
    "change",
    [
        {"processes": {"t": [0.0]}},
        {"processes": {"t": [math.nan]}},
        {"processes": {"t": ["1"]}},
        {"processes": {"t": [True]}},
        {"counters": {"t": {"n": -1}}},
        {"counters": {"t": 3}},
        {"commit": "main"},
        {"dirty": "no"},
        {"at": None},
    ],
)
def test_a_baseline_that_can_t_be_is_refused(change: dict[str, object]) -> None:
    """Times are larger than 0, counts not smaller, and a commit is its hash."""
    assert baseline_of(json.loads(json.dumps(baseline_body(baseline())))) == baseline()
    with pytest.raises((ValueError, TypeError, AttributeError)):
        baseline_of({**baseline_body(baseline()), **change})

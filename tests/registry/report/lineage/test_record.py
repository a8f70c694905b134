"""Records as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

import pytest
from fitment.registry.report.lineage.record import record_json


@dataclass(frozen=True)
class Held:
    what: object


def test_dates_and_what_is_not_known() -> None:
    """ISO 8601, and null."""
    assert json.loads(record_json(Held((date(2024, 2, 1), None)))) == {"what": ["2024-02-01", None]}


def test_what_json_has_no_word_for() -> None:
    """NaN is not written, nor what is neither a number, a text nor a date."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        record_json(Held(float("nan")))
    with pytest.raises(TypeError, match="no word in JSON for object"):
        record_json(Held(object()))

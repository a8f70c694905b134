"""Records as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from fitment.registry.report.lineage.record import record_json


@dataclass(frozen=True)
class Held:
    what: object


def test_dates_and_what_is_not_known() -> None:
    """ISO 8601, a time in UTC with its Z, and null."""
    held = Held((date(2024, 2, 1), datetime(2024, 2, 1, 12), None))
    assert json.loads(record_json(held)) == {"what": ["2024-02-01", "2024-02-01T12:00:00Z", None]}


def test_what_others_named_does_nothing_in_a_page() -> None:
    """What leads stands first; nothing in it can end a script element."""
    text = record_json(Held("</script>"), {"format": "fitment.x"})
    assert list(json.loads(text).items()) == [("format", "fitment.x"), ("what", "</script>")]
    assert "<" not in text


def test_what_json_has_no_word_for() -> None:
    """NaN is not written, nor what is neither a number, a text nor a date."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        record_json(Held(float("nan")))
    with pytest.raises(TypeError, match="no word in JSON for object"):
        record_json(Held(object()))

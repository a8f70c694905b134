"""A record of an analysis as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any


def record_json(record: Any) -> str:
    """Every field of a frozen record by its name, dates in ISO 8601; NaN is an error of ours."""
    return json.dumps(asdict(record), default=_date, indent=2, allow_nan=False) + "\n"


def _date(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no word in JSON for {type(value).__name__}")

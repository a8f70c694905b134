"""A report as JSON: all that the tables leave out, too."""

from __future__ import annotations

import json

from .judgement import exit_code
from .kept import report_body
from .report import GateReport
from .report_words import summary

FORMAT = 1


def to_json(report: GateReport, *, strict: bool = False) -> str:
    """The whole report and a newline. Changes are ln(head / base), times seconds, null what can't be said."""
    body = {
        "format": FORMAT,
        "exit_code": exit_code(report.judgements, strict=strict),
        "summary": summary(report),
        **report_body(report),
    }
    return json.dumps(body, indent=2, ensure_ascii=False, allow_nan=False) + "\n"

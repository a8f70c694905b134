"""The history in the events of a gate's journal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...registry.storage.journal import Event
from .baseline import Baseline, of_report
from .history import Accepted, History, Recording
from .kept import baseline_body, baseline_of, report_body, report_of
from .report import GateReport

GATED, RECORDED, ACCEPTED = "gated", "recorded", "accepted"


def gated(report: GateReport) -> dict[str, Any]:
    """The body of the event of a run."""
    return {"report": report_body(report)}


def recorded(recording: Recording) -> dict[str, Any]:
    """The body of the event of a recorded baseline."""
    return {"id": recording.id, "name": recording.name, "baseline": baseline_body(recording.baseline)}


def accepted(run: str, reason: str, who: str) -> dict[str, Any]:
    """The body of the event of an acceptance."""
    return {"run": run, "reason": reason, "who": who}


def history_of(events: Iterable[Event]) -> History:
    """All that ``events`` tell, in their order; kinds that a newer fitment may add are passed over.

    Raises KeyError, TypeError, ValueError, AttributeError where a body is none of this module's.
    """
    runs: list[GateReport] = []
    recordings: list[Recording] = []
    acceptances: list[Accepted] = []
    baselines: dict[str, Baseline] = {}  # by the id of the run or recording
    for event in events:
        body = event.body
        if event.kind == GATED:
            report = report_of(body["report"])
            runs.append(report)
            baselines[report.id] = of_report(report, f"accepted run {report.id}")
        elif event.kind == RECORDED:
            recording = Recording(body["id"], body["name"], baseline_of(body["baseline"]))
            recordings.append(recording)
            baselines[recording.id] = recording.baseline
        elif event.kind == ACCEPTED:
            run = body["run"]
            acceptances.append(Accepted(run, body["reason"], body["who"], event.at, baselines[run]))
    return History(tuple(runs), tuple(recordings), tuple(acceptances))

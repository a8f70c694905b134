"""The runs of a history as a list: one line each, newest last."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .history import History, Recording
from .judgement import Verdict
from .report import GateReport, Side

SHORT = 9  # digits of a commit


@dataclass(frozen=True, slots=True)
class ListedRun:
    """What is said of one run, or of a baseline that was recorded."""

    run: str
    at: str  # ISO 8601, UTC
    base: str | None  # None of a recorded baseline
    head: str
    worst: str  # a verdict, "recorded", or "nothing judged"
    verdicts: dict[str, int]  # how many of each
    machine_class: str | None
    accepted: str | None  # the reason, where it was accepted
    accepted_by: str | None


def listed_runs(history: History) -> tuple[ListedRun, ...]:
    """All of them, oldest first."""
    accepted = {each.run: (each.reason, each.who) for each in history.acceptances}
    found = [_run(run, *accepted.get(run.id, (None, None))) for run in history.runs]
    found += [_recording(each, *accepted.get(each.id, (None, None))) for each in history.recordings]
    return tuple(sorted(found, key=lambda each: each.at))


def short(commit: str | None, dirty: bool) -> str | None:
    """``"1f2e3d4c5"``, with a ``+`` where there are changes that are in no commit."""
    return commit and f"{commit[:SHORT]}{'+' if dirty else ''}"


def _run(run: GateReport, reason: str | None, who: str | None) -> ListedRun:
    counts = Counter(each.verdict for each in run.judgements)
    ordered = {verdict.value: counts[verdict] for verdict in Verdict if counts[verdict]}
    worst = next(iter(ordered), "nothing judged")
    sides = (_side(run.base), _side(run.head))
    return ListedRun(run.id, run.at, *sides, worst, ordered, run.machine_class, reason, who)


def _recording(each: Recording, reason: str | None, who: str | None) -> ListedRun:
    found = each.baseline
    head = _side(Side(found.label, found.commit, found.dirty))
    return ListedRun(each.id, found.at, None, head, "recorded", {}, found.machine_class, reason, who)


def _side(side: Side) -> str:
    """Its label, with the commit where that says more."""
    commit = short(side.commit, side.dirty)
    return side.label if commit is None or side.label.startswith(commit[:7]) else f"{side.label} {commit}"

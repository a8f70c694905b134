from __future__ import annotations

from fitment.harness.gate.baseline import of_report
from fitment.harness.gate.history import Accepted, History, Recording
from fitment.harness.gate.judgement import Verdict
from fitment.harness.gate.report import Side
from fitment.harness.gate.run_list import listed_runs, short

from tests.harness.gate.reports import baseline, commit, judged, report


def test_runs_and_recordings_are_listed_by_time() -> None:
    """With the worst verdict, how many of each, and who accepted it why."""
    run = report(5, judged(), judged(), judged(verdict=Verdict.REGRESSION), judged(verdict=Verdict.NEW))
    accepted = Accepted(run.id, "meant", "me", run.at, of_report(run, "x"))
    recording = Recording("feedbeef", "nightly", baseline(dirty=True))
    first, second = listed_runs(History((run,), (recording,), (accepted,)))
    assert (first.run, first.base, first.worst, first.accepted) == ("feedbeef", None, "recorded", None)
    assert first.head == f"baseline nightly {commit(1)[:9]}+"
    assert (second.worst, second.verdicts) == ("regression", {"regression": 1, "new": 1, "pass": 2})
    assert (second.accepted, second.accepted_by) == ("meant", "me")


def test_a_side_is_named_once() -> None:
    """A revision that is a commit's own hash is not followed by it."""
    sides = {"base": Side("abcdef1234", "abcdef1234" + 30 * "0"), "head": Side("working tree")}
    (found,) = listed_runs(History((report(1, **sides),)))
    assert (found.base, found.head) == ("abcdef1234", "working tree")


def test_a_commit_is_shown_short() -> None:
    """With a plus where changes are in no commit."""
    assert short("0123456789abcdef", dirty=True) == "012345678+"
    assert short("0123456789abcdef", dirty=False) == "012345678"
    assert short(None, dirty=True) is None

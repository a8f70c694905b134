"""A session's report: its head's figures, its notes, its order."""

from __future__ import annotations

import pytest
from fitment.harness.gate.errors import NothingMeasuredError
from fitment.harness.gate.fingerprint import machine_class
from fitment.harness.gate.history import History
from fitment.harness.gate.judgement import TIME, Judgement, Verdict
from fitment.harness.gate.options import Options
from fitment.harness.gate.session import NOTHING, Session, some

from tests.harness.gate.scripted import Scripted, taking
from tests.harness.gate.series import BASE, FINGERPRINT, HEAD


def session() -> Session:
    """Of two benchmarks."""
    head = {"b": taking(0.01, device_kind="cuda"), "a": 0.02}
    return Session(Scripted(head, head), History(), Options(seed=3), lambda line: None)


def test_the_report_is_in_the_order_of_collection() -> None:
    """A benchmark's time before its counters, what head does not have last."""
    opened = session()
    _, after = opened.count("base", "head")
    names = [("gone", TIME), ("a", "bytes"), ("a", TIME), ("b", TIME)]
    judged = [Judgement(name, metric, Verdict.PASS) for name, metric in names]
    report = opened.report(BASE, HEAD, judged, {}, after)
    assert [(each.benchmark, each.metric) for each in report.judgements] == [
        names[3],
        names[2],
        *names[1::-1],
    ]
    assert (report.machine_class, report.seed, report.notes) == (machine_class(FINGERPRINT), 3, ())
    assert report.seconds > 0.0


def test_thresholds_follow_the_device() -> None:
    """2 % of a quiet CPU, 5 % of a GPU in the same suite."""
    opened = session()
    opened.options = Options(machine="quiet")
    _, after = opened.count("base", "head")
    assert {name: each.delta for name, each in opened.thresholds(["b", "a"], after).items()} == {
        "b": 0.05,
        "a": 0.02,
    }


def test_nothing_judged_is_said() -> None:
    """It is the first of the notes."""
    opened = session()
    (after,) = opened.count("head")
    report = opened.report(BASE, HEAD, [Judgement("a", TIME, Verdict.NEW)], {}, after, notes=["busy"])
    assert report.notes == (NOTHING, "busy")


def test_a_side_without_a_benchmark() -> None:
    """One that has some will do."""
    (after,) = session().count("head")
    some([after])
    with pytest.raises(NothingMeasuredError):
        some([])

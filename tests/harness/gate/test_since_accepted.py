"""What crept in below δ since the last accepted run is found by holding head against that one."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from fitment.harness.gate.gate import gate_revisions
from fitment.harness.gate.history import Accepted, History
from fitment.harness.gate.judgement import exit_code
from fitment.harness.gate.options import Options
from fitment.harness.gate.report import GateReport, Side

from tests.harness.gate.series import BASE, HEAD, Floats, Simulated
from tests.harness.gate.sessions import baseline, history, sessions

COUNTED = {"bytes": 1000.0}


def crept(
    slower: float, bytes_now: float, past: Floats, base: Side = BASE, known: int = 30, *, dirty: bool = False
) -> GateReport:
    """A gate that sees nothing between base and head, both ``slower`` than what was accepted."""
    before = replace(baseline(past[30], commit="d" * 40, counters=COUNTED), dirty=dirty)
    accepted = Accepted("1f2e3d4c", "faster input", "me", "2026-11-01T10:00:00+00:00", before)
    runner = Simulated(past[31] + slower, counters={side: {"bytes": bytes_now} for side in ("base", "head")})
    whole = History((), history(past[:known]).recordings, (accepted,))
    return gate_revisions(runner, whole, base, HEAD, Options(), lambda line: None)


@pytest.fixture(scope="module")
def past() -> Floats:
    """Quiet sessions of one benchmark."""
    return sessions(0, 32, 0.005, 1, differ=0.005)


def test_a_creep_is_a_regression_since_the_accepted_run(past: Floats) -> None:
    """Head passes against base, and is 30 % slower than what was accepted, with 4 % more bytes."""
    report = crept(math.log(1.3), 1040.0, past)
    assert [(each.metric, each.verdict.value) for each in report.judgements] == [
        ("time", "pass"),
        ("bytes", "pass"),
        ("time since accepted", "regression"),
        ("bytes since accepted", "regression"),
    ]
    assert "`fitment gate accept`" in (report.judgements[-1].note or "")
    assert exit_code(report.judgements, strict=False) == 5


def test_no_creep_is_one_line(past: Floats) -> None:
    """What did not creep is no row of its own: how much was compared is a note."""
    report = crept(0.0, 1000.0, past)
    assert [each.metric for each in report.judgements] == ["time", "bytes"]
    assert report.notes == (
        "since the accepted run 1f2e3d4c of 2026-11-01: 0 regressed, 2 of 2 comparisons could be decided",
    )


def test_without_a_history_only_counters_tell(past: Floats) -> None:
    """29 sessions say nothing of times, and the note says that it could not be decided."""
    report = crept(math.log(2.0), 1000.0, past, known=29)
    assert [each.metric for each in report.judgements] == ["time", "bytes"]
    assert report.notes[0].endswith("0 regressed, 1 of 2 comparisons could be decided")


def test_base_is_what_was_accepted(past: Floats) -> None:
    """Pairs compare with it already, and better."""
    assert crept(math.log(1.3), 1040.0, past, base=Side("accepted", "d" * 40)).notes == ()


def test_what_was_accepted_had_changes_that_base_lacks(past: Floats) -> None:
    """The same commit, and not the same code."""
    assert crept(math.log(1.3), 1040.0, past, base=Side("accepted", "d" * 40), dirty=True).notes != ()

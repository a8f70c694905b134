"""The exit code of all verdicts together."""

from __future__ import annotations

import pytest
from fitment.harness.gate.judgement import TIME, Judgement, Verdict, exit_code

UNJUDGED = (Verdict.ERRORED, Verdict.NOT_MEASURED, Verdict.REMOVED, Verdict.NEW)
OPEN = (Verdict.INCONCLUSIVE, Verdict.TOO_NOISY)


def code(*verdicts: Verdict, strict: bool = False) -> int:
    """That of benchmarks with these verdicts."""
    return exit_code([Judgement(f"b{at}", TIME, each) for at, each in enumerate(verdicts)], strict=strict)


@pytest.mark.parametrize("verdict", Verdict)
def test_a_regression_is_5_beside_any_other(verdict: Verdict) -> None:
    """Under --strict, too."""
    assert code(verdict, Verdict.REGRESSION) == code(verdict, Verdict.REGRESSION, strict=True) == 5


@pytest.mark.parametrize("verdict", [*UNJUDGED, *OPEN])
def test_what_is_open_fails_under_strict_alone(verdict: Verdict) -> None:
    """Beside a pass."""
    assert code(verdict, Verdict.PASS) == 0
    assert code(verdict, Verdict.PASS, strict=True) == 6


def test_nothing_judged_is_4_whatever_is_asked() -> None:
    """No judgement at all, or none of what both sides ran."""
    assert code() == code(*UNJUDGED) == code(*UNJUDGED, strict=True) == 4


def test_what_is_decided_is_0() -> None:
    """Under --strict, too."""
    assert code(Verdict.PASS, Verdict.IMPROVEMENT, strict=True) == 0

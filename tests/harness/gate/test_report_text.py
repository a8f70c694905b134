"""The report of a terminal."""

from __future__ import annotations

from dataclasses import replace

from fitment.harness.gate import report_text
from fitment.harness.gate.judgement import TIME, Change, Judgement, Verdict

from tests.harness.gate.reports import judged, report

GOLDEN = """\
main (00000000) → topic (00000000) on 0badc0de Some CPU, 2 cores

verdict       benchmark     base     head  change     99% interval  tolerated  pairs
REGRESSION    a          1.00 ms  1.20 ms  +20.0%  +18.8% … +21.2%         5%      8
inconclusive  b          1.00 ms  1.04 ms   +4.0%    +3.0% … +5.0%         5%      8
new           c                –        –       –

all times together, in the first pairs of each: +0.0% (−1.0% … +1.0%), geometric mean of 3
c: only in head
the machine was busy
1 regression, 1 inconclusive, 1 new (exit code 5; run 00000001, 12 s, seed 0)
if it is meant: fitment gate accept 00000001 --reason '...' takes this run as the baseline
to decide what is inconclusive: quiet the machine or raise the number of pairs; counters need neither
a new benchmark is gated from the next base on that has it"""


def test_the_whole_table() -> None:
    """What was compared, each verdict with its figures, and what to do."""
    found = report(
        1,
        judged(0.001, 0.0012, verdict=Verdict.REGRESSION, benchmark="a"),
        judged(0.001, 0.00104, verdict=Verdict.INCONCLUSIVE, benchmark="b"),
        Judgement("c", TIME, Verdict.NEW, note="only in head"),
    )
    found = replace(found, suite=Change(0.0, -0.01, 0.01, 3))
    assert "\n".join(report_text.lines(found)) == GOLDEN


def test_strict_changes_the_exit_code() -> None:
    """What is open fails under strict, and the line says so."""
    found = report(1, judged(verdict=Verdict.INCONCLUSIVE))
    assert any("exit code 0" in line for line in report_text.lines(found))
    assert any("exit code 6" in line for line in report_text.lines(found, strict=True))


def test_names_do_nothing_to_the_terminal() -> None:
    """Escapes are shown, and a long name loses its middle only."""
    name = "tests/test_a.py::test[\x1b[31m" + "x" * 300 + "end]"
    shown = "\n".join(report_text.lines(report(1, judged(benchmark=name))))
    assert "\x1b" not in shown
    assert "tests/test_a.py::test[" in shown
    assert "xend]" in shown
    assert max(map(len, shown.splitlines())) < 200

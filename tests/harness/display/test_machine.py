from __future__ import annotations

import io

from fitment.harness.display.machine import device_table
from fitment.registry.report.screen import show
from fitment.registry.results.calibrations import Calibrated

from tests.harness.display.machines import CALIBRATED, DEVICE

TABLE = """\
precision  matrix product        ±   rows     triad       ±           ridge
───────────────────────────────────────────────────────────────────────────
fp32         20.0 TFLOP/s  0.420 %  4,096  800 GB/s  1.10 %  25.0 FLOP/byte
int8            320 TOP/s   15.0 %  8,192  400 GB/s   120 %     400 OP/byte
no fp8: needs compute capability 8.9\\x1b
measured 2026-03-01 21:30 UTC; ±: between the quartiles of its blocks
triad: a = b + s·c over three arrays of 268 MB each
ridge: the product over the best triad; with less work a byte, memory is the
limit
"""


def shown(calibrated: Calibrated | None) -> str:
    out = io.StringIO()
    show(device_table(DEVICE, calibrated), file=out, width=80)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def test_the_roofline_is_a_table() -> None:
    """FLOP/s and OP/s by their names, spreads, sizes, the ridge over the best triad; reasons below."""
    assert TABLE in shown(CALIBRATED)


def test_what_measuring_costs_stands_there() -> None:
    """Timer, null step, power sampler and noise, the noise with its day."""
    text = shown(CALIBRATED)
    for line in (
        "timer            steps of 51 ns, 9.40 µs a use",
        "null step        12.1 µs: a model that does nothing",
        "power sampler    0.310 % of one core",
        "A/A noise        1.23 % between 5 processes, 2026-03-01 21:30 UTC",
    ):
        assert line in text


def test_what_was_never_measured_says_how() -> None:
    """Without stored figures there is no number, only the command."""
    text = shown(None)
    assert text.count("not measured: `fitment devices --measure`") == 2
    assert "ridge" not in text


def test_B08_names_are_inert() -> None:
    """Neither markup nor control characters of a name or reason act."""
    text = shown(CALIBRATED)
    assert "a [red]GPU\\x1b[31m" in text
    assert "\x1b" not in text

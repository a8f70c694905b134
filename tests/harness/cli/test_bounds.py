"""Limits, the hardware that there is, a rate to reach: from words to a question, and to an answer."""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Sequence

import pytest
from fitment.harness.cli.bounds import above_0, add_bounds, bounds, rate
from fitment.harness.cli.main import Parser, main
from fitment.registry.answers import Question


def parsed(*words: str) -> argparse.Namespace:
    parser = Parser("fitment recommend", "")
    add_bounds(parser)
    return parser.parse_args(words)


def test_options_arrive_in_si_units() -> None:
    """Milliseconds become seconds, MB bytes, rates per second; without options a Question is as it is."""
    limits = "--max-latency-ms 20 --max-memory-mb 8000 --min-throughput 1.5e3 --missing require"
    rest = ("--target-rate", "30000 samples/min", "--available", "A, 24 GiB", "--available", "B")
    assert bounds(parsed(*limits.split(), *rest)) == {
        "max_latency_s": 0.02,
        "max_memory_bytes": 8e9,
        "min_throughput": 1500.0,
        "target_rate": 500.0,
        "target_unit": "samples",
        "available": ("A, 24 GiB", "B"),
        "missing": "require",
    }
    assert Question("net", **bounds(parsed())) == Question("net")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500/s", (500.0, None)),
        ("1e6/h", (1e6 / 3600, None)),
        ("30000/min", (500.0, None)),
        ("500 tokens/s", (500.0, "tokens")),
        ("0.5samples / s", (0.5, "samples")),
    ],
)
def test_a_rate_has_a_time(text: str, expected: tuple[float, str | None]) -> None:
    """Per second, minute or hour, with or without what is counted."""
    assert rate(text) == expected


@pytest.mark.parametrize(
    "text", ["500", "500/day", "/s", "-5/s", "nan/s", "inf/s", "0/s", "1e999/s", "1e-323/h"]
)
def test_what_is_no_rate_is_refused(text: str) -> None:
    """Also one that is not finite and above 0."""
    with pytest.raises(argparse.ArgumentTypeError, match="is needed"):
        rate(text)


@pytest.mark.parametrize("text", ["0", "-1", "nan", "inf", "1e999", "", "1_000", "0x10", "twenty", "1e-999"])
def test_a_limit_is_finite_and_above_0(text: str) -> None:
    """Anything else can't be a limit."""
    with pytest.raises(argparse.ArgumentTypeError, match="finite number above 0"):
        above_0(text)


def recommended(capsys: pytest.CaptureFixture[str], form: str, *options: str) -> str:
    assert main(["recommend", "tiny", "--format", form, *options]) == 0
    return capsys.readouterr().out


@pytest.mark.usefixtures("filled")
def test_a_limit_changes_the_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    """The best batch takes 40 ms: under 20 ms the small one is recommended, with the same scores."""
    free, limited = (
        json.loads(recommended(capsys, "json", *options)) for options in ((), ("--max-latency-ms", "20"))
    )
    assert [a["rows"][0]["configuration"]["batch"] for a in (free, limited)] == [32, 1]
    assert limited["rows"][0]["latency_score"] == 1.0
    assert limited["question"]["max_latency_s"] == 0.02


@pytest.mark.usefixtures("filled")
def test_the_closest_miss_is_the_first_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing meets the limits, every format says what comes closest; it is an answer, exit code 0."""
    closest = (
        "Nothing meets --max-latency-ms 2: closest is Own CPU, 4 cores: p50 5.00 ms at batch 1 · fp32 · eager"
        ", 2.5x the 2 ms asked"
    )
    table, markdown = (recommended(capsys, form, "--max-latency-ms", "2") for form in ("table", "markdown"))
    assert " ".join(table.splitlines()[1].split()) in closest
    assert "2.5x the 2 ms asked" in " ".join(markdown.splitlines()[2].split())
    loaded = json.loads(recommended(capsys, "json", "--max-latency-ms", "2"))
    assert (loaded["closest_miss"], loaded["rows"]) == (closest, [])
    (line,) = csv.DictReader(io.StringIO(recommended(capsys, "csv", "--max-latency-ms", "2")))
    assert (line["row"], float(line["shortfall"])) == ("rejected", pytest.approx(2.5))


@pytest.mark.usefixtures("filled")
def test_devices_for_a_rate(capsys: pytest.CaptureFixture[str]) -> None:
    """800 samples/s a device: 3 for 2,000/s."""
    table = recommended(capsys, "table", "--target-rate", "2000 samples/s")
    assert "3 devices for 2,000 samples/s" in " ".join(table.split())
    (line,) = csv.DictReader(io.StringIO(recommended(capsys, "csv", "--target-rate", "120000/min")))
    assert (line["devices"], line["devices_low"]) == ("3", "")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--target-rate", "500 tokens/s"], "counts tokens, the results of tiny count samples"),
        (["--available", "Own GPU"], "did you mean Own CPU, 4 cores?"),
    ],
)
def test_a_mistake_in_the_question_is_one_line(
    words: Sequence[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names the mistake and the way out, with exit code 2."""
    assert main(["recommend", "tiny", *words]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert expected in err

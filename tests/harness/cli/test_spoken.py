"""What a command line said beyond its defaults."""

from __future__ import annotations

import argparse
import shlex

from fitment.harness.cli.main import Parser
from fitment.harness.cli.options import given
from fitment.harness.cli.recommend import add_arguments
from fitment.harness.cli.spoken import command_line, spoken


def parsed(words: list[str]) -> argparse.Namespace:
    parser = Parser("fitment recommend", "")
    add_arguments(parser)
    return parser.parse_args(words)


def test_defaults_are_not_spoken() -> None:
    """Only what differs from a default is there, by its option's name."""
    args = parsed(["net", "--top-k", "5", "--latency-sensitive", "--batch-size", "8"])
    assert spoken(args, add_arguments) == {"--top-k": 5, "--latency-sensitive": True, "--batch-size": 8}
    assert spoken(parsed(["net", "--top-k", "3"]), add_arguments) == {}


def test_the_same_said_again_means_the_same() -> None:
    """The command line that comes out is parsed to the same arguments, quoting included."""
    args = parsed(
        ["a net; rm", "--precision", "it's", "--top-k", "7", "--memory-constrained", "--db-path", "x y"]
    )
    line = command_line("recommend", [given(args, "model") or ""], spoken(args, add_arguments))
    words = shlex.split(line)
    assert words[:2] == ["fitment", "recommend"]
    assert parsed(words[2:]) == args


def test_every_kind_of_value_survives() -> None:
    """Repeated options, rates, fractions and files mean the same when they are said again."""
    words = [
        "net",
        "--available",
        "RTX 4090, 24 GiB",
        "--available",
        "3090",
        "--target-rate",
        "30000 samples/min",
    ]
    words += [
        "--max-latency-ms",
        "0.1",
        "--max-memory-mb",
        "1e6",
        "--report",
        "a b.html",
        "--prices",
        "p.csv",
    ]
    args = parsed(words)
    line = command_line("recommend", ["net"], spoken(args, add_arguments))
    assert parsed(shlex.split(line)[2:]) == args
    assert "--target-rate '500 samples/s'" in line


def test_what_is_left_out() -> None:
    """An option that says where to write is no part of the question."""
    line = command_line("recommend", ["net"], {"--top-k": 2, "--format": "json"}, without=("--format",))
    assert line == "fitment recommend net --top-k 2"

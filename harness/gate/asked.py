"""What ``--fitment-…`` ask for, out of the words that a user gave."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from . import report_files
from .errors import GateError
from .options import Options, change

Value = TypeVar("Value")


def check(config: pytest.Config) -> None:
    """Raises GateError where what else pytest was asked for leaves nothing to gate."""
    option = config.option
    if not hasattr(option, "benchmark_skip"):
        raise GateError(
            "--fitment-gate needs pytest-benchmark: install it (pip install pytest-benchmark), or leave "
            "`-p no:benchmark` out"
        )
    if option.collectonly:
        raise GateError("--collect-only runs no benchmark: leave --fitment-gate out")
    for name, flag in (("lf", "--lf"), ("stepwise", "--sw")):
        if getattr(option, name, False):
            raise GateError(f"{flag} selects by what failed last, which base can't know: select with -k")
    if option.fitment_base is not None and option.fitment_baseline is not None:
        raise GateError("--fitment-base and --fitment-baseline are two things to compare with: give one")
    for path in reports(config):
        report_files.checked(path)


def reports(config: pytest.Config) -> list[Path]:
    """The files that the report is to be written to."""
    return [config.invocation_params.dir / path for path in config.option.fitment_report or ()]


def options(option: argparse.Namespace) -> Options:
    """How to judge. Raises GateError for a word that can't be meant."""
    found: dict[str, Any] = {
        "pairs": _read(option.fitment_pairs, "pairs", int, "a whole number, as 8"),
        "threshold": _read(option.fitment_threshold, "threshold", change, "a change, as 2% or 0.02"),
        "seed": _read(option.fitment_seed, "seed", int, "a whole number, as 1"),
        "deadline_s": _read(option.fitment_timeout, "timeout", float, "a number of seconds, as 600"),
        "machine": _read(option.fitment_machine, "machine", one_of("quiet", "shared"), "quiet or shared"),
        "instructions": _read(
            option.fitment_instructions, "instructions", one_of("auto", "callgrind"), "auto or callgrind"
        ),
    }
    given = {name: value for name, value in found.items() if value is not None}
    return Options(strict=bool(option.fitment_strict), **given)


def one_of(*words: str) -> Callable[[str], str]:
    """What gives back a word that is one of these, and raises ValueError for another."""

    def read(text: str) -> str:
        if text not in words:
            raise ValueError(text)
        return text

    return read


def command(config: pytest.Config) -> tuple[str, ...]:
    """This very run of pytest, as it is started anew.

    ``python -m pytest`` makes the current folder importable, and ``pytest`` does not: whichever it was.
    """
    as_module = Path(sys.argv[0]).name == "__main__.py"
    safe_path = () if as_module else ("-P",)
    return (sys.executable, *safe_path, "-m", "pytest", *map(str, config.invocation_params.args))


def _read(text: str | None, name: str, kind: Callable[[str], Value], wanted: str) -> Value | None:
    try:
        return None if text is None else kind(text)
    except ValueError as error:
        raise GateError(f"--fitment-{name} {text}: {wanted} is needed") from error

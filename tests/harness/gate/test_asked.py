"""What --fitment-… ask for, and the way out of what they can't mean."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from fitment.harness.gate import asked
from fitment.harness.gate.errors import GateError
from fitment.harness.gate.options import Options

NOT_GIVEN = dict.fromkeys(
    ("base", "baseline", "pairs", "threshold", "machine", "instructions", "report", "seed", "timeout")
)


def config(folder: Path, **given: Any) -> pytest.Config:
    """pytest's, as far as it is asked: ``given`` without their prefix."""
    words = {f"fitment_{name}": value for name, value in {**NOT_GIVEN, "strict": None, **given}.items()}
    others = {"benchmark_skip": False, "collectonly": False, "lf": False, "stepwise": False}
    option = SimpleNamespace(**{**others, **words})
    return cast(pytest.Config, SimpleNamespace(option=option, invocation_params=SimpleNamespace(dir=folder)))


def test_nothing_given_is_the_defaults(tmp_path: Path) -> None:
    """As the library has them."""
    given = config(tmp_path)
    asked.check(given)
    assert asked.options(given.option) == Options()
    assert asked.reports(given) == []


def test_all_that_is_given_is_read(tmp_path: Path) -> None:
    """A share with or without its sign; more pairs than ever are as many at most."""
    words = {"pairs": "30", "threshold": "2.5%", "machine": "quiet", "seed": "7", "timeout": "1.5"}
    expected = Options(
        pairs=30,
        most_pairs=30,
        threshold=0.025,
        machine="quiet",
        seed=7,
        deadline_s=1.5,
        strict=True,
        instructions="callgrind",
    )
    words["instructions"] = "callgrind"
    assert asked.options(config(tmp_path, **words, strict=True).option) == expected
    assert asked.options(config(tmp_path, threshold="0.1").option).threshold == 0.1
    assert asked.reports(config(tmp_path, report=["a.json", "/b.md"])) == [tmp_path / "a.json", Path("/b.md")]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"pairs": "many"}, "--fitment-pairs many: a whole number, as 8 is needed"),
        ({"pairs": "4"}, "4 pairs can't decide"),
        ({"threshold": "x%"}, "--fitment-threshold x%: a change, as 2% or 0.02 is needed"),
        ({"threshold": "nan"}, "a threshold has to be larger than 0"),
        ({"machine": "loud"}, "--fitment-machine loud: quiet or shared is needed"),
        ({"instructions": "perf"}, "--fitment-instructions perf: auto or callgrind is needed"),
        ({"timeout": "0"}, "a deadline has to be"),
        ({"base": "a", "baseline": "b"}, "--fitment-base and --fitment-baseline are two things"),
        ({"report": ["x.txt"]}, "a report is a .json or a .md file"),
        ({"report": ["no/such/folder.md"]}, "there is no folder"),
    ],
)
def test_what_can_not_be_meant_is_told(tmp_path: Path, given: dict[str, Any], says: str) -> None:
    """The option, what was said, and what is needed."""
    words = config(tmp_path, **given)
    with pytest.raises(GateError, match=re.escape(says)):
        asked.check(words) or asked.options(words.option)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("collectonly", "--collect-only runs no benchmark"),
        ("lf", "--lf selects by what failed last"),
        ("stepwise", "--sw selects by what failed last"),
    ],
)
def test_what_leaves_nothing_to_gate_is_told(tmp_path: Path, name: str, says: str) -> None:
    """Options of pytest's own."""
    given = config(tmp_path)
    setattr(given.option, name, True)
    with pytest.raises(GateError, match=says):
        asked.check(given)


def test_without_pytest_benchmark_the_way_out_is_told(tmp_path: Path) -> None:
    """Not installed, or blocked."""
    given = config(tmp_path)
    del given.option.benchmark_skip
    with pytest.raises(GateError, match=r"pip install pytest-benchmark.*-p no:benchmark"):
        asked.check(given)


def test_the_command_starts_as_the_user_did(monkeypatch: pytest.MonkeyPatch) -> None:
    """``pytest`` leaves the current folder off sys.path, ``python -m pytest`` puts it there."""
    params = SimpleNamespace(args=(Path("benchmarks"), "-k", "a b"))
    given = cast(pytest.Config, SimpleNamespace(invocation_params=params))
    words = ("benchmarks", "-k", "a b")
    monkeypatch.setattr(sys, "argv", ["/venv/bin/pytest"])
    assert asked.command(given) == (sys.executable, "-P", "-m", "pytest", *words)
    monkeypatch.setattr(sys, "argv", ["/venv/lib/pytest/__main__.py"])
    assert asked.command(given) == (sys.executable, "-m", "pytest", *words)

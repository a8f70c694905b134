from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from fitment.harness.cli.gate import (
    add_judging,
    add_processes,
    add_store,
    command_of,
    options_of,
    say,
    store_of,
)
from fitment.harness.gate.errors import GateError
from fitment.harness.gate.options import Options


def _parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(exit_on_error=False)
    for add in (add_judging, add_processes, add_store):
        add(parser)
    return parser.parse_args(words)


def test_without_options_the_gate_s_own_defaults_hold() -> None:
    """The command line says nothing else than the library."""
    assert options_of(_parsed()) == Options()


def test_options_say_how_to_judge() -> None:
    """Each one; more pairs at first are more at most."""
    words = ["--pairs=32", "--threshold=3%", "--machine=quiet", "--strict", "--seed=7", "--timeout=5"]
    assert options_of(_parsed(*words)) == Options(
        pairs=32, most_pairs=32, threshold=0.03, machine="quiet", strict=True, seed=7, deadline_s=5.0
    )
    assert options_of(_parsed("--threshold", "0.02")).threshold == 0.02


@pytest.mark.parametrize("words", [["--threshold=some"], ["--timeout=0"], ["--timeout=nan"], ["--timeout=x"]])
def test_a_value_that_can_t_be_meant_is_refused(words: list[str]) -> None:
    """By the parser, with what is needed."""
    with pytest.raises(argparse.ArgumentError, match="needed, not"):
        _parsed(*words)


@pytest.mark.parametrize("words", [["--pairs=7"], ["--threshold=0%"], ["--threshold=-1"], ["--seed=-1"]])
def test_what_the_gate_can_t_do_is_its_error(words: list[str]) -> None:
    """With exit code 4."""
    with pytest.raises(GateError) as error:
        options_of(_parsed(*words))
    assert error.value.exit_code == 4


def test_the_command_and_the_store_are_of_where_it_was_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The current folder; a control character is shown, not obeyed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FITMENT_GATE_STORE", raising=False)
    args = _parsed("--setup", "make", "--time-command")
    args.command = ["make", "bench"]
    found = command_of(args)
    assert (found.words, found.folder, found.timed, found.setup) == (
        ("make", "bench"),
        tmp_path,
        True,
        "make",
    )
    assert store_of(args).folder == tmp_path / ".fitment-gate"
    assert store_of(_parsed("--store", "/x")).folder == Path("/x")
    say("a\x1b[31m")
    assert capsys.readouterr().err == "a\\x1b[31m\n"

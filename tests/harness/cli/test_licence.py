from __future__ import annotations

import argparse

import pytest
from fitment.harness.cli.licence import RELATIONS, add_facts, context_of
from fitment.harness.cli.main import main
from fitment.registry.licences.verdicts import NOTHING_STATED, Context, Relation


def _context(*words: str) -> Context:
    parser = argparse.ArgumentParser()
    add_facts(parser)
    return context_of(parser.parse_args(words))


def test_the_relations_of_the_help_are_all_there_are() -> None:
    """They are written out so that the help needs no import."""
    assert tuple(Relation) == RELATIONS


def test_facts() -> None:
    """What isn't stated stays open; numbers may have separators; no is stated too."""
    assert _context() == NOTHING_STATED
    stated = _context(
        "--no-commercial", "--mau", "1,000", "--revenue", "2e6", "--territory", "de", "--modified"
    )
    assert stated == Context(False, 1000, 2e6, "DE", None, None, True)


@pytest.mark.parametrize(
    "words",
    [
        ["--mau", "-1"],
        ["--mau", "many"],
        ["--revenue", "nan"],
        ["--revenue", "1e999"],
        ["--territory", "Mars"],
    ],
)
def test_facts_that_are_none(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Refused in one line."""
    asked = ["licence", "check", "--inbound", "mit", "--relation", "serve_api"]
    with pytest.raises(SystemExit) as ended:
        main([*asked, *words])
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1

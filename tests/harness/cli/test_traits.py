"""Which trait a verb is about, from its arguments."""

from __future__ import annotations

import argparse

import pytest
from fitment.harness.cli.traits import add_top, add_trait


def test_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    """A trait as it is typed, and twenty values unless another positive number is given."""
    parser = argparse.ArgumentParser()
    add_trait(parser, ", or card")
    add_top(parser, 20)
    assert vars(parser.parse_args(["License"])) == {"trait": "License", "top": 20}
    assert parser.parse_args(["task", "--top", "7"]).top == 7
    assert "library, or card" in parser.format_help()
    with pytest.raises(SystemExit):
        parser.parse_args(["task", "--top", "0"])

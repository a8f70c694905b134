from __future__ import annotations

import json

import pytest
from fitment.harness.cli.main import main

ASK = ["licence", "check", "--relation"]


def test_a_verdict_with_its_clause(capsys: pytest.CaptureFixture[str]) -> None:
    """The verdict first, the clause with its section, where it was read, and that it is no legal advice."""
    assert main([*ASK, "relabel_weights", "--outbound", "mit", "--inbound", "llama2"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("incompatible (relabel_weights: llama2 into mit)\n")
    assert "flow_down s.1.a, s.1.b.i, s.1.b.iv" in out
    assert "read from: Llama 2 Community License Agreement, 2023-07-18" in out
    assert out.endswith("An engineering reading of clauses, not legal advice.\n")


def test_facts_resolve_a_condition(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --mau a need, with it an answer; "-" is no outbound licence."""
    asked = [*ASK, "commercial_use", "--outbound", "-", "--inbound", "llama2", "--format", "json"]
    assert main(asked) == 0
    bare = json.loads(capsys.readouterr().out)
    assert (bare["verdict"], bare["outbound"]) == ("conditional", None)
    assert "monthly active users (--mau): at most 700,000,000" in bare["needs"]
    assert main([*asked, "--mau", "800000000"]) == 0
    over = json.loads(capsys.readouterr().out)
    assert (over["verdict"], over["reasons"][0]["clause"]) == ("incompatible", "limit.mau")
    assert "not legal advice" in over["disclaimer"]


@pytest.mark.parametrize("hostile", ["\x1b[31mMIT", "MIT\u202e AND", "x" * 5000 + " OR y", ""])
def test_hostile_names(hostile: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Unknown, and nothing of it reaches the terminal as it is."""
    assert main([*ASK, "serve_api", "--inbound", hostile]) == 0
    out = capsys.readouterr().out
    assert out.startswith("unknown (")
    assert "\x1b" not in out
    assert "\u202e" not in out

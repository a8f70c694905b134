from __future__ import annotations

import json

import pytest
from fitment.harness.cli.main import main


def test_a_licence_clause_by_clause(capsys: pytest.CaptureFixture[str]) -> None:
    """Name, source, each clause with its section, and what it answers alone."""
    assert main(["licence", "explain", "gemma"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("gemma: Gemma Terms of Use (LicenseRef-gemma; model)\n")
    assert "scope.hosted_service" in out
    assert "  serve_api: conditional\n" in out


def test_a_name_that_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    """Why, and what it is near to; the answer is given, so the code is 0."""
    assert main(["licence", "explain", "lama2"]) == 0
    assert "did you mean llama2" in capsys.readouterr().out
    assert main(["licence", "explain", "bsd", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["state"] == "family"

from __future__ import annotations

import json

import pytest
from fitment.harness.cli.main import main

from tests.harness.cli.catalogues import seeded


@pytest.fixture(autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    seeded(tmp_path_factory, monkeypatch)


def test_a_model_is_shown_with_what_it_may_be_used_for(capsys: pytest.CaptureFixture[str]) -> None:
    """Under its licence and what its makers exclude; nothing of it is stored."""
    assert main(["model", "show", "vicuna-7b"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "commercial use forbidden: its makers exclude commercial use, whatever the licence says" in said
    assert "restricted by its makers non-commercial" in said
    assert said.endswith("An engineering reading of clauses, not legal advice.")


def test_json_has_every_field(capsys: pytest.CaptureFixture[str]) -> None:
    """The record, each permission with its reasons, results and users."""
    main(["model", "show", "llama-2-7b", "--version", "1.0", "--format", "json"])
    facts = json.loads(capsys.readouterr().out)
    assert facts["record"]["released_on"] == "2023-07-18"
    assert [each["judged"]["verdict"] for each in facts["permissions"]] == ["conditional"] * 3
    assert (facts["measured"], facts["users"]) == ([], [])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lama-2-7b"], "no record of lama-2-7b: did you mean llama-2-7b"),
        (["llama-2-7b", "--version", "2"], "no record of llama-2-7b version 2: there are 1.0"),
    ],
)
def test_a_mistake_is_one_line(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With exit code 2."""
    assert main(["model", "show", *words]) == 2
    assert said in capsys.readouterr().err

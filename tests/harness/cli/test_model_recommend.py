from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main

from tests.harness.cli.recorded import five_recorded


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(five_recorded(tmp_path_factory.mktemp("recorded")))


def asked(database: str, *words: str) -> int:
    return main(["model", "recommend", "--db-path", database, *words])


def test_the_issues_question(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No chat model of the five may be tuned and released as MIT; the nearest miss one thing each."""
    words = ("--commercial", "--task", "chat", "--metric", "mmlu>=0.4", "--max-size-gb", "15")
    assert asked(database, *words, "--licence-into", "MIT", "--hardware", "RTX 4090") == 0
    printed = capsys.readouterr().out
    assert "None of the 5 recorded models meets every requirement." in printed
    assert "llama-2-7b misses licence into MIT (llama2: s.1" in printed
    assert "mistral-7b misses task chat" in printed
    assert asked(database, *words, "--hardware", "RTX 4090", "--mau", "1000") == 0
    assert "Recommended: llama-2-7b 1.0 (Meta, llama2): score" in capsys.readouterr().out


def test_json(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every component, condition and reason; the best of those that may be MIT's is Mistral's."""
    assert asked(database, "--licence-into", "MIT", "--metric", "mmlu", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [row["model_id"] for row in found["rows"]] == ["mistral-7b", "falcon-7b"]
    assert {each["model_id"] for each in found["excluded"]} == {"llama-2-7b", "vicuna-7b", "code-llama-7b"}
    assert len(found["rows"][0]["components"]) == 6


def test_record_and_own_weights(database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page beside the answer, with the command that asks again."""
    weights, page = tmp_path / "own.toml", tmp_path / "r.html"
    weights.write_text("rating = 1\n")
    words = ["--no-commercial", "--metric", "mmlu>=0.4", "--weights", str(weights), "--report", str(page)]
    assert asked(database, *words, "--explain") == 0
    captured = capsys.readouterr()
    assert "score = 1 rating (weights of own)." in captured.out
    assert captured.err == f"record: {page}\n"
    text = page.read_text(encoding="utf-8")
    assert "fitment model recommend" in text
    assert "--no-commercial" in text
    assert "--metric &#x27;mmlu&gt;=0.4&#x27;" in text
    assert asked(database, *words) == 2


@pytest.mark.parametrize(
    ("words", "mistake"),
    [
        (("--task", "chatt"), "did you mean chat?"),
        (("--metric", "mmlu=>1"), "--metric"),
        (("--hardware", "RTX 4091"), "RTX 409"),
        (("--precision", "bf16"), "--hardware"),
        (("--max-size-gb", "-1"), "--max-size-gb"),
        (("--report", "x.pdf"), ".html or .md"),
        (("--relation", "marry"), "--relation"),
    ],
)
def test_mistakes(
    database: str, words: tuple[str, ...], mistake: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line that names the mistake, and exit code 2."""
    try:
        code = asked(database, *words)
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    error = capsys.readouterr().err
    assert code == 2
    assert mistake in error
    assert error.count("\n") == 1

from __future__ import annotations

import json

import pytest
from fitment.harness.cli.main import main

from tests.harness.cli.catalogues import seeded


@pytest.fixture(autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    seeded(tmp_path_factory, monkeypatch)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--commercial", "--min-rating", "4.0"], ["llama-2-7b", "mistral-7b", "code-llama-7b"]),
        (["--licence", "apache-2.0"], ["mistral-7b", "falcon-7b"]),
        (["--licence", "Apache-2.0"], ["mistral-7b", "falcon-7b"]),
        (["--tag", "code"], ["code-llama-7b"]),
        (["--tag", "chat", "--parameters", "1B-10B"], ["llama-2-7b", "vicuna-7b"]),
        (["chat", "--parameters", "1B-10B"], ["llama-2-7b", "vicuna-7b"]),
        (["--organisation", "Meta"], ["llama-2-7b", "code-llama-7b"]),
        (["--sort", "rating", "--limit", "1"], ["mistral-7b"]),
        (["--runs-on", "RTX 4090", "--precision", "fp32"], []),
        (["--runs-on", "16GB", "--precision", "int8", "--tag", "code"], ["code-llama-7b"]),
        (["nothing of the kind"], []),
    ],
)
def test_the_known_questions_have_their_known_answers(
    words: list[str], expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """On the real small set, the most popular first."""
    assert main(["model", "search", *words, "--format", "json"]) == 0
    assert [model["model_id"] for model in json.loads(capsys.readouterr().out)] == expected


def test_a_table_says_conditions_and_the_rule_of_the_memory(capsys: pytest.CaptureFixture[str]) -> None:
    """And ends with what such verdicts are."""
    main(["model", "search", "--commercial", "--runs-on", "RTX 4090", "--tag", "code", "--explain"])
    said = " ".join(capsys.readouterr().out.split())
    for part in (
        "conditional:",
        "15.6 GiB parameters",
        "code-llama-7b: commercial use conditional:",
        "(llama2 s.2)",
        "7,000,000,000 × 2 bytes × 1.2 = 15.6 GiB ≤ 21.6 GiB",
        "1 of 5 records match",
        "fits RTX 4090: 21.6 GiB (24 GiB as marketed, of which 90% are counted on)",
    ):
        assert part in said, part
    assert said.endswith("An engineering reading of clauses, not legal advice.")


def test_what_nobody_knows_is_counted_and_a_wrong_claim_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Unknown is not commercial; a claim that the licence contradicts stays a claim."""
    file = tmp_path_factory.mktemp("more") / "more.json"
    file.write_text(
        json.dumps(
            [
                {"model_id": "open", "license": "other", "commercial_use": True, "tags": ["more"]},
                {"model_id": "nc", "license": "cc-by-nc-4.0", "commercial_use": True, "tags": ["more"]},
                {"model_id": "hidden", "tags": ["more"]},
            ]
        )
    )
    main(["model", "import", str(file)])
    capsys.readouterr()
    main(["model", "search", "--commercial", "--tag", "more"])
    assert capsys.readouterr().out.splitlines()[:2] == [
        "0 of 8 records match",
        "2 more are left out: no clause decides on commercial use",
    ]
    main(["model", "search", "--tag", "more", "--explain", "--runs-on", "24GB"])
    assert "3 more are left out: neither their parameters nor their size" in capsys.readouterr().out
    main(["model", "search", "--tag", "more", "--explain"])
    said = capsys.readouterr().out
    assert "declared for commercial use, which cc-by-nc-4.0 does not allow: the licence holds" in said
    assert said.count("declared for commercial use") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--runs-on", "A100"], '"A100" could be A100 SXM 80GB'),
        (["--parameters", "many"], "a number of parameters such as 7B"),
        (["--min-rating", "6"], "a rating from 0 to 5 is needed"),
        (["--sort", "luck"], "invalid choice"),
    ],
)
def test_a_mistake_is_one_line(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With exit code 2."""
    try:
        code = main(["model", "search", *words])
    except SystemExit as end:
        code = int(end.code or 0)
    error = capsys.readouterr().err
    assert (code, len(error.splitlines())) == (2, 1)
    assert said in error

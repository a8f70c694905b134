from __future__ import annotations

import csv
import io
import json
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from fitment.harness.cli.main import Parser, main
from fitment.harness.cli.recommend import add_arguments, question
from fitment.registry.answers import Question

pytestmark = pytest.mark.usefixtures("filled")


def parsed(words: Sequence[str]) -> Namespace:
    parser = Parser("fitment recommend", "")
    add_arguments(parser)
    return parser.parse_args(words)


def test_every_option_arrives_in_the_question() -> None:
    """The question holds what was asked, and nothing else."""
    options = (
        "--task training --batch-size 8 --precision bf16 --compile-mode eager --memory-format contiguous"
    )
    more = "--input 8 --env e --model-version v --latency-sensitive --memory-constrained --top-k 2"
    words = ["tiny", *options.split(), *more.split(), "--rank-by", "suitability"]
    assert question(parsed(words)) == Question(
        model="tiny",
        model_version="v",
        task="training",
        batch=8,
        precision="bf16",
        compile_mode="eager",
        memory_format="contiguous",
        input_shape="8",
        env_id="e",
        latency_sensitive=True,
        memory_constrained=True,
        top_k=2,
        rank_by="suitability",
    )
    assert question(parsed(["tiny"])) == Question("tiny")


def answer(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    assert main(["recommend", "tiny", "--format", "json", *options]) == 0
    loaded: dict[str, Any] = json.loads(capsys.readouterr().out)
    return loaded


def test_what_matters_changes_the_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    """On the same results the default takes the large batch, --latency-sensitive the small one."""
    chosen = [answer(capsys, *flags)["rows"][0]["configuration"] for flags in ([], ["--latency-sensitive"])]
    assert [(k["batch"], k["precision"]) for k in chosen] == [(32, "fp32"), (1, "fp32")]


def test_what_is_fixed_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """A fixed axis is never traded away, however the others score."""
    assert answer(capsys, "--precision", "bf16")["rows"][0]["configuration"]["precision"] == "bf16"


@pytest.mark.parametrize("name", ["tiny", "zoo:tiny", "module:tiny"])
def test_a_model_is_found_as_it_was_measured(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The source's prefix may stand before the name, as in a sweep file."""
    assert main(["recommend", name]) == 0
    assert "Own CPU, 4 cores" in capsys.readouterr().out


def test_each_format_holds_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """The table names hardware and configuration; CSV and Markdown are what they say."""
    outputs = {}
    for form in ("table", "csv", "markdown"):
        assert main(["recommend", "tiny", "--format", form]) == 0
        outputs[form] = capsys.readouterr().out
    assert "batch 32 · fp32 · eager" in outputs["table"]
    rows = list(csv.DictReader(io.StringIO(outputs["csv"])))
    assert [(row["hardware"], row["batch"]) for row in rows] == [("Own CPU, 4 cores", "32")]
    assert "| Own CPU, 4 cores" in outputs["markdown"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["tinny"], "no results of tinny"),
        (["tiny", "--precision", "fp61"], 'unknown precision "fp61": did you mean'),
        (["tiny", "--env", "nowhere"], "nowhere"),
        (["../../etc/passwd"], "../../etc/passwd"),
        (["a\x1b[31m"], "a\\x1b[31m"),
    ],
)
def test_a_question_without_an_answer_is_one_line(
    words: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is not stored or does not exist is named, with exit code 2."""
    assert main(["recommend", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert expected in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [["-rf"], ["tiny", "--top-k", "0"], ["tiny", "--batch-size", "-1"], ["tiny", "--format", "xml"]],
)
def test_a_mistaken_argument_is_a_usage_error(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers below 1, unknown formats and flags are refused before the store is opened."""
    with pytest.raises(SystemExit) as end:
        main(["recommend", *words])
    assert end.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_without_a_store_the_way_out_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Asking where nothing was ever stored creates nothing and says what to do."""
    missing = tmp_path / "no.duckdb"
    assert main(["recommend", "tiny", "--db-path", str(missing)]) == 2
    assert "fitment sweep" in capsys.readouterr().err
    assert list(tmp_path.glob("no*")) == []


def test_a_model_that_inherits_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """Without results of its own it has no rows; what its base has stands apart. A finetune has nothing."""
    assert main(["model", "add", "tiny-q4", "--base-model", "tiny:quantized"]) == 0
    assert main(["model", "add", "tiny-ft", "--base-model", "tiny:finetune"]) == 0
    capsys.readouterr()
    assert "inherited" not in answer(capsys)
    assert main(["recommend", "tiny-q4", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["group"]["model"]) == ([], "tiny-q4")
    assert [row["hardware"] for row in told["inherited"][0]["answer"]["rows"]] == ["Own CPU, 4 cores"]
    assert main(["recommend", "tiny-ft"]) == 2
    assert "no results of tiny-ft: did you mean" in capsys.readouterr().err

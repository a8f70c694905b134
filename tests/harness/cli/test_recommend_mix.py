"""``fitment recommend --workload``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main

pytestmark = pytest.mark.usefixtures("filled")


@pytest.fixture
def mix(tmp_path: Path) -> str:
    file = tmp_path / "mix.toml"
    file.write_text('[[work]]\nmodel = "tiny"\nshare = 2\nbatch = 1\n[[work]]\nmodel = "tiny"\nbatch = 32\n')
    return str(file)


def test_each_format(mix: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Table, JSON, CSV and Markdown hold the hardware and both parts."""
    for form in ("table", "json", "csv", "markdown"):
        assert main(["recommend", "--workload", mix, "--format", form]) == 0
        out = capsys.readouterr().out
        assert "Own CPU, 4 cores" in out
        if form == "json":
            batches = [part["configuration"]["batch"] for part in json.loads(out)["rows"][0]["parts"]]
            assert batches == [1, 32]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["tiny"], "either a model or --workload: tiny"),
        (["--batch-size", "8"], "--batch-size is said of each part of a mix: write batch = …"),
        (["--memory-format", "contiguous"], "write memory_format = …"),
        (["--env", "cafe"], "--env does not go with --workload"),
        (
            ["--target-rate", "5 tokens/s"],
            "--target-rate counts tokens, the results of this mix count samples",
        ),
    ],
)
def test_what_does_not_go_with_a_mix(
    mix: str, words: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Options that a mix can't obey are refused in one line, never ignored."""
    assert main(["recommend", "--workload", mix, *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert expected in err
    assert err.count("\n") == 1


def test_what_a_single_model_takes_a_mix_takes(
    mix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Policy, score, rate, own weights and explanation, all at once; a profile against a task is refused."""
    own = tmp_path / "mine.toml"
    own.write_text("throughput = 0.5\nlatency = 0.5\n")
    words = ["--missing", "pessimistic", "--rank-by", "suitability", "--target-rate", "1e6 samples/s"]
    asked = ["recommend", "--workload", mix, *words, "--profile", str(own), "--explain"]
    assert main([*asked, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["profile"], found["question"]["rank_by"]) == ("mine", "suitability")
    (row, *_) = found["rows"]
    assert row["devices"] >= 1
    assert row["parts"][0]["alone"]["explanation"]["terms"][0]["criterion"] == "throughput"
    assert main(asked) == 0
    out = capsys.readouterr().out
    for said in (
        "rate of the mix = 1 / (0.666667 / ",
        "1000000 / ",
        "Why ",
        "part 2. tiny · forward",
        "to measure it again: ",
    ):
        assert said in out, said
    own.write_text('scenario = "train_step"\nthroughput = 1\n')
    Path(mix).write_text('[[work]]\nmodel = "tiny"\ntask = "inference"\n')
    assert main(asked) == 2
    err = capsys.readouterr().err
    assert "mix.toml: work[1].task: inference compares forward results, --profile mine those of train" in err
    assert err.count("\n") == 1


def test_limits_and_prices(mix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They act on each part; nothing left is an answer; cost without prices is refused in one line."""
    prices = tmp_path / "prices.csv"
    prices.write_text('hardware,usd_per_device_hour\n"Own CPU, 4 cores",0.5\n')
    priced = ["--prices", str(prices), "--cost", "--max-latency-ms", "1e9", "--format", "json"]
    assert main(["recommend", "--workload", mix, *priced]) == 0
    found = json.loads(capsys.readouterr().out)
    (row,) = found["rows"]
    assert row["hardware"] == "Own CPU, 4 cores"
    assert row["cost_per_1k_usd"] > 0
    assert found["question"]["max_latency_s"] == 1e6
    assert (found["certainty"], row["p_best"]) == (None, None)
    assert main(["recommend", "--workload", mix, "--max-latency-ms", "0.01"]) == 0
    assert "Nothing meets --max-latency-ms 0.01 in every part: closest is " in capsys.readouterr().out
    assert main(["recommend", "--workload", mix, "--cost"]) == 2
    assert capsys.readouterr().err.startswith("fitment: --cost needs prices: --prices FILE")


def test_a_decision_record(mix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--report writes the mix's page, the same twice, with the command that asks again."""
    first, second = tmp_path / "one.html", tmp_path / "two.html"
    for file in (first, second):
        assert main(["recommend", "--workload", mix, "--top-k", "1", "--report", str(file)]) == 0
        assert capsys.readouterr().err == f"decision record: {file}\n"
    assert first.read_bytes() == second.read_bytes()
    text = first.read_text()
    assert "Which hardware for the mix mix.toml?" in text
    assert f"fitment recommend --workload {mix} --top-k 1" in text
    assert main(["recommend", "--workload", mix, "--report", str(tmp_path / "page.pdf")]) == 2
    assert "name it .html or .md" in capsys.readouterr().err


def test_mistakes_in_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A model without results is named with its place; a file that is none with its reason."""
    file = tmp_path / "mix.toml"
    file.write_text('[[work]]\nmodel = "tinny"\n')
    assert main(["recommend", "--workload", str(file)]) == 2
    assert "mix.toml: work[1]: no results of tinny: did you mean tiny?" in capsys.readouterr().err
    assert main(["recommend", "--workload", str(tmp_path / "no.toml")]) == 2
    assert "can't read this workload: No such file" in capsys.readouterr().err


def test_neither_model_nor_mix(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a model there is nothing to answer."""
    assert main(["recommend"]) == 2
    assert "MODEL is missing" in capsys.readouterr().err

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fitment.harness.cli.main import main


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FITMENT_DB", str(tmp_path / "x.duckdb"))


SAID = """lab/net --version 1.0 --name Net --organisation Lab --licence mit --parameters 7B --size-gb 14.2
    --architecture Transformer --task text-generation --tag chat --tag code --training-data pile
    --base-model lab/base:finetune --base-model lab/o --released 2024-02-29 --url home=https://lab.example
    --metric mmlu=0.62 --downloads 5 --rating 4.5 --restriction no-weapons --measured-as net"""


def test_every_option_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """A model described in one line; the same again changes nothing."""
    assert main(["model", "add", *SAID.split()]) == 0
    assert main(["model", "add", *SAID.split()]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "lab/net 1.0 is added",
        "lab/net 1.0 is recorded so already: nothing changed",
    ]
    main(["model", "show", "net", "--format", "json"])
    record = json.loads(capsys.readouterr().out)["record"]
    bases = [{"model_id": "lab/base", "relation": "finetune"}, {"model_id": "lab/o", "relation": None}]
    assert record == {
        "model_id": "lab/net",
        "version": "1.0",
        "name": "Net",
        "organisation": "Lab",
        "licence": "mit",
        "restrictions": ["no-weapons"],
        "claims": [],
        "parameters": 7 * 10**9,
        "size_bytes": 14_200_000_000,
        "architecture": "Transformer",
        "task": "text-generation",
        "tags": ["chat", "code"],
        "training_data": ["pile"],
        "base_models": bases,
        "released_on": "2024-02-29",
        "urls": {"home": "https://lab.example"},
        "metrics": {"mmlu": 0.62},
        "downloads": 5,
        "rating": 4.5,
        "measured_as": ["net"],
        "source": "",
    }


def test_what_is_said_later_is_in_the_history(capsys: pytest.CaptureFixture[str]) -> None:
    """The field, from what to what."""
    main(["model", "add", "a", "--licence", "mit"])
    main(["model", "add", "a", "--licence", "apache-2.0"])
    capsys.readouterr()
    main(["history", "a", "--format", "json"])
    changes = json.loads(capsys.readouterr().out)
    assert [(c["subject"], c["action"], c["from_value"], c["to_value"]) for c in changes] == [
        ("licence", "changed", "mit", "apache-2.0"),
        ("record", "added", None, "mit"),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--rating", "6"], "its rating is 6.0: it must be from 0 to 5"),
        (["--rating", "nan"], "its rating is nan"),
        (["--downloads", "-1"], "its downloads is -1"),
        (["--size-gb", "inf"], "its size_bytes is -1"),
        (["--metric", "mmlu=inf"], "its metric mmlu is no finite number"),
        (["--metric", "mmlu"], "NAME=VALUE is needed"),
        (["--released", "soon"], "a date such as 2023-07-18 is needed"),
        (["--parameters", "7GB"], "a number of parameters such as 7B"),
        (["--url", "home=file:///etc/passwd"], "does not start with https:// or http://"),
        (["--name", "a\x1b[31m"], "holds characters that can't be printed"),
        (["--tag", ""], "one of its tags is empty"),
    ],
)
def test_what_can_t_be_is_one_line(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With exit code 2, and nothing that acts on a terminal."""
    try:
        code = main(["model", "add", "a", *words])
    except SystemExit as end:
        code = int(end.code or 0)
    error = capsys.readouterr().err
    assert (code, len(error.splitlines())) == (2, 1)
    assert said in error
    assert "\x1b" not in error

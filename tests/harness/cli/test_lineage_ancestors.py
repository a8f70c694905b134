"""``fitment lineage ancestors`` on a store."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from fitment.harness.cli.main import main


def test_a_table(followed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The nearest first, with the kinds of the edge that led there, when it was made, and its licence."""
    assert main(["lineage", "ancestors", "ada/chat-awq", "--db-path", followed]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "ada/chat-awq: 2 ancestors"
    assert [line.split() for line in lines[4:]] == [
        ["ada/chat", "1", "quantized,", "finetune", "ada/chat-awq", "2024-02-10", "900", "apache-2.0"],
        ["google/gemma-2b", "2", "finetune", "ada/chat", "2024-01-10", "5,000", "gemma"],
    ]


def test_views_hops_and_limits(followed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A view cuts ways that lead over other edges; hops and limits cut what is far."""
    asked = ["lineage", "ancestors", "bob/mix", "--db-path", followed, "--format", "csv"]
    for words, expected in (
        ([], ["ada/chat", "eve/other", "google/gemma-2b"]),
        (["--view", "merge"], ["ada/chat", "eve/other"]),
        (["--view", "no-merge"], []),
        (["--hops", "1", "--limit", "1"], ["ada/chat"]),
    ):
        assert main([*asked, *words]) == 0
        assert [row["model"] for row in csv.DictReader(capsys.readouterr().out.splitlines())] == expected


def test_a_file_of_models(followed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The known ones are answered, the others named with their line; the exit code says that some were."""
    ids = tmp_path / "ids.txt"
    ids.write_bytes(b"\xef\xbb\xbfada/chat\r\n\r\nada/Lora\r\nloop/x\r\n")
    words = ["lineage", "ancestors", "--models", str(ids), "--db-path", followed, "--format", "json"]
    assert main(words) == 2
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert [(each["model"], each["found"]) for each in told["asked"]] == [("ada/chat", 1), ("loop/x", 2)]
    assert printed.err.startswith(f'fitment: {ids}:3: no model "ada/Lora" among the 9')
    assert "did you mean ada/lora" in printed.err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["chat"], "did you mean ada/chat or ada/chat-awq?"),
        (["a\x1b[31m\u202e"], 'no model "a\\x1b[31m\\u202e" among the 9'),
        (["ada/chat", "--hops", "-1"], "a whole number from 1"),
        (["ada/chat", "--view", "finetuned"], "invalid choice: 'finetuned'"),
        ([], "MODEL is missing"),
        (["ada/chat", "--models", "ids"], "exclude each other"),
        (["--models", "no-such-file"], "no-such-file: no such file; name the file"),
    ],
)
def test_bad_input_is_one_line(
    followed: str, words: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names the mistake and the way out, and nothing else is printed."""
    try:
        code: object = main(["lineage", "ancestors", *words, "--db-path", followed])
    except SystemExit as end:
        code = end.code
    printed = capsys.readouterr()
    assert (code, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert why in printed.err


def test_without_a_lineage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what makes one, and makes no store."""
    assert main(["lineage", "ancestors", "a", "--db-path", str(tmp_path / "none.duckdb")]) == 2
    assert "run `fitment lineage build FILE`" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_question_loads_nothing_that_it_does_not_need(followed: str) -> None:
    """Neither the database nor compiled code: that would take longer than the answer."""
    code = (
        "import sys; from fitment.harness.cli.main import main\n"
        f"main(['lineage', 'ancestors', 'ada/chat', '--view', 'finetune', '--db-path', {followed!r}])\n"
        "print('LOADED', *({'duckdb', 'numba', 'pyarrow', 'torch', 'networkx'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "LOADED"

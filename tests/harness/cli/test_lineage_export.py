"""``fitment lineage export`` on a store."""

from __future__ import annotations

import json
from pathlib import Path

import networkx
import pytest
from fitment.harness.cli.main import main
from fitment.registry.report.graph_text import name_of

from tests.harness.cli.followed_lineage import EVIL, MODELS


def test_everything_opens_in_networkx(followed: str, tmp_path: Path) -> None:
    """All models, whatever their names hold, with what is said of them; cycles and self-loops stay."""
    path = tmp_path / "all.graphml"
    words = ["lineage", "export", "--all", "--format", "graphml", "--db-path", followed]
    words += ["--output", str(path)]
    assert main(words) == 0
    graph = networkx.relabel_nodes(networkx.read_graphml(path), name_of)
    assert set(graph) == {name for name, *_ in MODELS}
    assert graph.nodes["ada/chat"]["downloads"] == 900
    assert graph.edges["ada/chat", "ada/chat-awq"]["kinds"] == "finetune quantized"
    assert {("ada/lora", "ada/lora"), ("loop/x", "loop/y"), ("loop/y", EVIL)} < set(graph.edges)
    assert main(words) == 2  # and is not written over


@pytest.mark.parametrize(
    ("words", "models"),
    [
        (["bob/mix", "--hops", "1"], {"bob/mix", "ada/chat", "eve/other"}),
        (["bob/mix", "--part", "ancestors", "--view", "merge"], {"bob/mix", "ada/chat", "eve/other"}),
        (["ada/chat", "--part", "descendants"], {"ada/chat", "ada/chat-awq", "ada/lora", "bob/mix"}),
        (["loop/x"], {"loop/x", "loop/y", EVIL}),
    ],
)
def test_parts(followed: str, words: list[str], models: set[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Around a model, above and below it, and its whole family."""
    assert main(["lineage", "export", *words, "--db-path", followed]) == 0
    assert {node["model"] for node in json.loads(capsys.readouterr().out)["nodes"]} == models


def test_a_lineage_without_models(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All of it is a graph of none: the file is whole."""
    (tmp_path / "m.csv").write_text("model_id,parent_model,likes\na,[],-1\n")
    where = ["--db-path", str(tmp_path / "m.duckdb")]
    assert main(["lineage", "build", str(tmp_path / "m.csv"), *where]) == 0
    capsys.readouterr()
    assert main(["lineage", "export", "--all", *where]) == 0
    assert json.loads(capsys.readouterr().out)["nodes"] == []


def test_all_or_models(followed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Not both, nor how far around a model."""
    for words in (["loop/x"], ["--hops", "2"], ["--part", "ancestors"]):
        assert main(["lineage", "export", "--all", *words, "--db-path", followed]) == 2
        assert "leave out MODEL, --models, --part and --hops" in capsys.readouterr().err

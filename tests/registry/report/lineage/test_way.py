from __future__ import annotations

import json

import pytest
from fitment.registry.lineage.ecosystem import Ecosystem
from fitment.registry.lineage.kinds import VIEWS
from fitment.registry.lineage.questions.way import path
from fitment.registry.report.lineage.way import way_lines

from tests.registry.lineage.small import ecosystem

GRAPH = "a>b:finetune b>c:quantized+finetune a>z1 a>z2 x>z2"


@pytest.fixture(scope="module")
def made() -> Ecosystem:
    said = {"a": {"likes": 0.0, "created": "2024-01-01"}, "b": {"likes": 4.0, "created": "2024-03-01"}}
    return ecosystem(GRAPH, said | {"c": {"likes": 2.0}, "stranger": {}})


def text(made: Ecosystem, first: str, second: str, form: str = "table", view: str = "all") -> str:
    return "".join(way_lines(made, path(made, first, second, view=view), VIEWS[view], form))


def test_a_way_has_a_line_a_step(made: Ecosystem) -> None:
    """The same from either end; of 0 no share is told, nor of nothing a change."""
    lines = text(made, "c", "a").splitlines()
    assert lines == text(made, "a", "c").splitlines()
    assert lines[0] == "c was made from a in 2 steps"
    assert lines[4].split() == ["a", "b", "finetune", "60", "+4", "–"]
    assert lines[5].split() == ["b", "c", "quantized,", "finetune", "–", "-2", "(-50%)", "–"]
    along = text(made, "b", "a", view="finetune")
    assert along.startswith("b was made from a in 1 step along finetune edges\n")


def test_a_long_way_is_cut_in_a_table() -> None:
    """Files have every step."""
    line = ecosystem(" ".join(f"m{at}>m{at + 1}:finetune" for at in range(130)))
    lines = text(line, "m0", "m130").splitlines()
    assert (lines[103].split()[:2], lines[-1]) == (["m99", "m100"], "30 more: --format csv has every step")
    assert len(text(line, "m0", "m130", "csv").splitlines()) == 131


def test_where_there_is_none(made: Ecosystem) -> None:
    """Common ancestors are named; so is that there are none, and that both are one."""
    neither = "neither of z1 and z2 was made from the other"
    assert text(made, "z1", "z2") == f"{neither}; both were made from a\n"
    assert text(made, "c", "stranger").endswith(", and they have no common ancestor\n")
    assert text(made, "c", "a", view="finetune").startswith(
        "neither of c and a was made from the other along fine"
    )
    assert text(made, "a", "a") == "a is one and the same model\n"


def test_files(made: Ecosystem) -> None:
    """JSON says which way, and who is common; the graph holds the way, or both ends where there is none."""
    told = json.loads(text(made, "c", "a", "json"))
    assert (told["way"], told["hops"], [step["child"] for step in told["path"]]) == ("up", 2, ["b", "c"])
    none = json.loads(text(made, "z1", "z2", "json"))
    assert (none["way"], none["hops"], none["path"]) == (None, None, [])
    assert none["common_ancestors"] == [{"model": "a", "hops_to_first": 1, "hops_to_second": 1}]
    assert [node["model"] for node in none["nodes"]] == ["z1", "z2"]
    assert text(made, "a", "c", "csv").splitlines()[1].startswith("a,b,finetune,finetune,4,,,,60")
    assert text(made, "a", "c", "dot").count("->") == 2

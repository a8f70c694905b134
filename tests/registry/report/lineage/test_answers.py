from __future__ import annotations

import csv
import json

import numpy as np
import pytest
from fitment.registry.lineage.ecosystem import Ecosystem
from fitment.registry.lineage.kinds import VIEWS
from fitment.registry.lineage.questions.follow import ancestors
from fitment.registry.lineage.questions.relatives import Answer
from fitment.registry.report.lineage.answers import Question, answer_lines

from tests.registry.lineage.small import ecosystem
from tests.registry.report.lineages import dot_names

ABOVE = Question("ancestor", "ancestors", VIEWS["all"])
SAID = {"base": {"licences": ("mit",), "downloads": 1234.0, "created": "2024-01-02"}}


@pytest.fixture(scope="module")
def made() -> Ecosystem:
    return ecosystem("base>chat:finetune chat>awq:quantized+finetune other>awq:merge", SAID)


def text(made: Ecosystem, form: str, *models: str, limit: int | None = None, view: str = "all") -> str:
    found = [ancestors(made, model, view=view) for model in models]
    answers = [Answer(each.start, each.models, each.hops, each.edges) for each in found]
    return "".join(answer_lines(made, Question("ancestor", "ancestors", VIEWS[view]), answers, form, limit))


def test_a_table_of_one_model(made: Ecosystem) -> None:
    """How many there are, then one a line with the edge that led to it; what is left out is said."""
    lines = text(made, "table", "awq").splitlines()
    assert lines[0] == "awq: 3 ancestors"
    assert lines[2].split() == ["model", "hops", "made", "by", "through", "created", "downloads", "licence"]
    assert lines[4].split() == ["chat", "1", "quantized,", "finetune", "awq", "–", "–", "–"]
    assert lines[6].split() == ["base", "2", "finetune", "chat", "2024-01-02", "1,234", "mit"]
    assert text(made, "table", "awq", limit=1).endswith("\n2 more: --limit N shows more, --format csv all\n")


def test_tables_of_none_one_and_several(made: Ecosystem) -> None:
    """Nothing found is said in a line; several models stand in a column; the view is named."""
    assert text(made, "table", "base") == "base: no ancestors\n"
    assert text(made, "table", "chat", view="finetune").startswith("chat: 1 ancestor along finetune edges\n")
    lines = text(made, "table", "chat", "base", "awq").splitlines()
    assert lines[0] == "3 models: 4 ancestors; 1 has none"
    assert [line.split()[0] for line in lines[4:]] == ["chat", "awq", "awq", "awq"]


def test_the_root_that_names_an_answer(made: Ecosystem) -> None:
    """Above the table of one model, in a column of several."""
    answers = [Answer(1, np.array([0], np.int32), root=3), Answer(2, np.array([3], np.int32), root=3)]
    one = "".join(answer_lines(made, ABOVE, answers[:1], "table", None))
    assert one.startswith("base: 1 ancestor; canonical root other\n")
    lines = "".join(answer_lines(made, ABOVE, answers, "table", None)).splitlines()
    assert lines[4].split()[:3] == ["base", "awq", "other"]


def test_csv_has_a_line_for_each(made: Ecosystem) -> None:
    """With every field, lists with blanks between; limited for each model by itself."""
    rows = list(csv.DictReader(text(made, "csv", "awq", "chat", limit=1).splitlines()))
    assert [(row["asked"], row["model"], row["kinds"]) for row in rows] == [
        ("awq", "chat", "finetune quantized"),
        ("chat", "base", "finetune"),
    ]
    assert (rows[1]["created"], rows[1]["licences"], rows[0]["created"]) == (
        "2024-01-02T00:00:00Z",
        "mit",
        "",
    )


def test_json_has_the_answers_and_the_graph(made: Ecosystem) -> None:
    """A model that answers twice is one node; of more than are shown the number is given."""
    told = json.loads(text(made, "json", "awq", "chat", limit=2))
    assert told["asked"] == [
        {"model": "awq", "found": 3, "root": None},
        {"model": "chat", "found": 1, "root": None},
    ]
    assert [(row["asked"], row["model"], row["hops"]) for row in told["answers"]] == [
        ("awq", "chat", 1), ("awq", "other", 1), ("chat", "base", 1),
    ]  # fmt: skip
    assert [node["model"] for node in told["nodes"]] == ["awq", "chat", "other", "base"]
    assert len(told["edges"]) == 3


def test_graphs_hold_the_asked_and_what_answers(made: Ecosystem) -> None:
    """With the edges of the view alone."""
    assert dot_names(text(made, "dot", "chat")) == ["chat", "base"]
    assert text(made, "dot", "awq", view="no-merge").count("->") == 2
    assert text(made, "graphml", "base").count("<node ") == 1

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from fitment.registry.answers import Answer, Descent, Inherited, Question
from fitment.registry.report import export, inherited_words
from fitment.registry.report.decision_record import to_html, to_markdown
from fitment.registry.report.screen import plain
from fitment.registry.report.tables import answer_table

from tests.registry.report.conftest import HOSTILE
from tests.registry.report.pages import Page, assert_alone
from tests.registry.report.test_decision_record import recorded

Golden = Callable[[str, str], None]
PATH = (
    Descent("lab/lora", "lab/q4", "adapter", "lineage"),
    Descent("lab/q4", "hub/r50", "quantized", "declared"),
)


def passed_on(base: Answer, *, path: tuple[Descent, ...] = PATH) -> Inherited:
    """What ``base`` passes on along ``path``."""
    tier = f"inherited ({len(path)} hops)"
    rows = tuple(
        replace(row, evidence=replace(row.evidence, tier=tier, source=f"resnet50: {row.evidence.source}"))
        for row in base.rows
    )
    carries = ("the order of hardware may carry over",)
    return Inherited(
        base.group.model, path, replace(base, rows=rows), carries, "lab/lora itself", "fitment sweep"
    )


@pytest.fixture
def unmeasured(compared: Answer) -> Answer:
    """A model without results, two hops from a measured one."""
    return replace(
        compared, question=Question("lab/lora"), group=replace(compared.group, model="lab/lora"), rows=(),
        rejected=(), decided=(), notes=(), certainty=None, nothing="No results of lab/lora",
        inherited=(passed_on(compared),),
    )  # fmt: skip


def test_the_way_is_said_edge_by_edge(compared: Answer) -> None:
    """With the kind and source of each, and the name of the results where it is another."""
    each = passed_on(compared)
    assert inherited_words.way(each) == (
        "lab/lora is an adapter of lab/q4 (lineage), which is quantized from hub/r50 (declared); its results"
        " are stored as resnet50"
    )
    alone = passed_on(compared, path=(Descent("q4", "resnet50", "quantized", "declared"),))
    assert inherited_words.way(alone) == "q4 is quantized from resnet50 (declared)"
    assert inherited_words.title(alone) == "Inherited (1 hop): what was measured of resnet50, not of q4"


def test_an_unmeasured_model_in_every_form(unmeasured: Answer, golden: Golden) -> None:
    """The table and Markdown under a heading of their own."""
    golden("inherited_120.txt", plain(answer_table(unmeasured)))
    golden("inherited.md", export.to_markdown(unmeasured))


def test_beside_own_rows_the_answer_stays_as_it_was(compared: Answer) -> None:
    """What is inherited is added below what there was, and changes nothing of it."""
    both = replace(compared, inherited=(passed_on(compared),))
    for shown in (lambda answer: plain(answer_table(answer)), export.to_markdown):
        before, after = shown(compared), shown(both)
        kept, _, columns = before.rpartition("\nColumns" if "\nColumns" in before else "\n## Columns")
        assert after.startswith(kept.rstrip("\n"))
        assert after.endswith(columns)
        assert after.count("Inherited (2 hops)") == 1
    was, told = json.loads(export.to_json(compared)), json.loads(export.to_json(both))
    assert "inherited" not in was
    assert {name: value for name, value in told.items() if name != "inherited"} == was
    assert export.to_csv(both).startswith(export.to_csv(compared))


def test_json_and_csv_hold_it_apart(unmeasured: Answer) -> None:
    """Never among the answer's own rows."""
    told = json.loads(export.to_json(unmeasured))
    assert told["rows"] == []
    (each,) = told["inherited"]
    assert [step["kind"] for step in each["path"]] == ["adapter", "quantized"]
    assert {row["evidence"]["tier"] for row in each["answer"]["rows"]} == {"inherited (2 hops)"}
    assert "inherited" not in each["answer"]
    rows = list(csv.DictReader(io.StringIO(export.to_csv(unmeasured))))
    assert {(row["row"], row["model"], row["evidence_tier"]) for row in rows} == {
        ("inherited", "resnet50", "inherited (2 hops)")
    }


def test_base_without_rows_says_why(compared: Answer) -> None:
    """As where limits leave nothing."""
    nothing = replace(compared, rows=(), closest_miss="Nothing meets the limits", certainty=None)
    each = passed_on(nothing)
    assert "of resnet50: Nothing meets the limits" in tuple(inherited_words.lines(each))
    assert inherited_words.legend(replace(nothing, inherited=(each,))) == ()


def test_a_decision_record_has_it_as_a_section(unmeasured: Answer) -> None:
    """With the table, the ids and the command; the results that the answer stands on are not these."""
    text = to_markdown(recorded(unmeasured))
    assert "## Inherited (2 hops): what was measured of resnet50, not of lab/lora" in text
    assert "| inherited (2 hops), resnet50: gpu-box, torch 2.13.0; results 14–18 |" in text
    assert "Result ids:" not in text


def test_hostile_texts_are_inert(hostile: Answer) -> None:
    """Names and sources of others do nothing in the page, and carry no control to a terminal."""
    path = (Descent(HOSTILE, HOSTILE, "adapter", "declared"),)
    answer = replace(hostile, inherited=(replace(passed_on(hostile, path=path), command=HOSTILE),))
    text = to_html(recorded(answer))
    assert_alone(Page(text))
    for shown in (text, plain(answer_table(answer))):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)
    assert "{{" not in export.to_markdown(answer)

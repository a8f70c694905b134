from __future__ import annotations

import json
import re

import pytest
from fitment.registry.choosing.choice import ChoiceAnswer
from fitment.registry.choosing.choose import choose
from fitment.registry.choosing.wanted import AskedMetric, Wanted
from fitment.registry.fit.decision import Standing
from fitment.registry.report.choice_page import choice_document, choice_record, to_json
from fitment.registry.report.document import to_markdown
from fitment.registry.report.document_table import DocumentTable
from fitment.registry.report.html import to_html
from fitment.registry.report.screen import plain

from tests.registry.analytics.records import empty_table, insert
from tests.registry.report.conftest import HOSTILE
from tests.registry.report.pages import Page, assert_alone

STANDING = Standing("store", 7, "1.0", (), None, ())
METRICS = (AskedMetric("mmlu", ">=", 0.3),)


def answer(wanted: Wanted, name: str = "a/one", licence: str = "llama2") -> ChoiceAnswer:
    with empty_table() as con:
        insert(con, name, licence=licence, tags=["chat", name], metrics={"mmlu": 0.5, name: 1.0}, rating=4.0)
        insert(
            con, "b/two", licence="mit", tags=["chat"], metrics={"mmlu": 0.8}, rating=4.5, organisation=name
        )
        insert(con, "c/three", tags=[name])
        return choose(con, wanted)


@pytest.fixture(scope="module")
def found() -> ChoiceAnswer:
    return answer(Wanted(commercial=True, task="chat", metrics=METRICS))


def test_terminal(found: ChoiceAnswer) -> None:
    """The answer first; each row's terms, what excludes whom, how to read it, and what verdicts are."""
    text = plain(DocumentTable(choice_document(found)))
    assert text.index("Recommended: b/two (a/one, mit): score") < text.index("Ranking")
    assert 'a/one: has the task by its tag "chat". if: monthly active users' in text
    assert re.search(r"c/three +task chat +it has a/one", text)
    assert "not known: no mmlu is declared" in text
    assert re.search(r"mmlu >= 0.3 +0 +1 +0", text)
    assert text.rstrip().endswith("not legal advice.")
    assert "How each was scored" not in text


def test_explained(found: ChoiceAnswer) -> None:
    """The weights as used, and each component with its figure and evidence."""
    text = plain(DocumentTable(choice_document(found, explain=True)))
    assert "score = 0.615 quality + 0.231 rating + 0.154 licence (weights of default)." in text
    assert re.search(r"b/two +quality +mmlu 0.8 +declared +1.000 +0.615 +0.615", text)


def test_json_carries_everything(found: ChoiceAnswer) -> None:
    """Components, weights, verdicts, conditions and results, by their fields' names."""
    said = json.loads(to_json(found))
    assert (said["format"], said["version"], said["models"]) == ("fitment.choice", 1, 3)
    row = said["rows"][1]
    assert row["terms"]["verdict"] == "conditional"
    assert {c["criterion"]: c["used"] for c in row["components"]}["licence"] == 0.5
    assert said["wanted"]["relation"] == "finetune_release"
    assert said["excluded"][0]["unmet"][0]["known"] is True


def test_nobody_is_left() -> None:
    """What comes nearest is said in place of a recommendation."""
    text = plain(DocumentTable(choice_document(answer(Wanted(metrics=(AskedMetric("mmlu", ">", 0.9),))))))
    assert "None of the 3 recorded models meets every requirement." in text
    assert "b/two misses mmlu > 0.9 (mmlu 0.8 is declared)." in text


def test_record(found: ChoiceAnswer) -> None:
    """A page of its own with a chart, the store's event and the command; the disclaimer ends it."""
    page = Page(to_html(choice_record(found, STANDING, "fitment model recommend --task chat")))
    assert_alone(page)
    assert page.elements.count("svg") == 1
    text = " ".join(page.texts)
    assert "as it stood at event 7" in text
    assert "fitment model recommend --task chat" in text
    assert text.rstrip().endswith("not legal advice.")


def test_hostile_names_are_inert() -> None:
    """Whatever a record says, the page holds its own elements only."""
    wanted = Wanted(commercial=True, task=HOSTILE, metrics=(AskedMetric(HOSTILE),))
    document = choice_record(answer(wanted, HOSTILE, HOSTILE), STANDING, HOSTILE)
    assert_alone(Page(to_html(document)))
    assert "<script" not in to_markdown(document)
    assert "\x1b" not in plain(DocumentTable(document))

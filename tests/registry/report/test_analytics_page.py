from __future__ import annotations

import json

import pytest
from fitment.registry.analytics.analytics import Analytics, analytics
from fitment.registry.report.analytics_page import analytics_document, to_json
from fitment.registry.report.document import to_markdown
from fitment.registry.report.document_table import DocumentTable
from fitment.registry.report.html import to_html
from fitment.registry.report.screen import plain

from tests.registry.analytics.records import empty_table, insert, insert_five
from tests.registry.report.conftest import HOSTILE
from tests.registry.report.pages import Page, assert_alone


@pytest.fixture(scope="module")
def found() -> Analytics:
    with empty_table() as con:
        insert_five(con)
        return analytics(con)


def test_json_holds_every_field(found: Analytics) -> None:
    """By its own name, dates in ISO 8601, what is not known as null."""
    said = json.loads(to_json(found))
    assert (said["format"], said["version"]) == ("fitment.analytics", 1)
    assert said["totals"]["models"] == 5
    assert said["releases"]["months"][0] == {"start": "2023-03-01", "n": 2, "trailing": None}
    assert said["metrics"]["metrics"][1]["sd"] is None


def test_each_section_says_of_how_many(found: Analytics) -> None:
    """n stands everywhere, and the page ends by saying what its verdicts are."""
    text = plain(DocumentTable(analytics_document(found)))
    assert "5 models in 6 versions, of 2 organisations" in text
    for n in (
        "licence, n = 4",
        "Releases by month, n = 3",
        "Parameters, n = 4",
        "models (n = 4)",
        "verdict, n = 5",
    ):
        assert n in text
    assert text.rstrip().endswith("not legal advice.")


def test_page_stands_alone(found: Analytics) -> None:
    """One file with its drawings: bars, a timeline, a histogram, boxes and dots."""
    page = Page(to_html(analytics_document(found)))
    assert_alone(page)
    assert {"rect", "polyline", "circle", "line"} <= set(page.elements)
    assert page.elements.count("svg") == 12


def test_hostile_names_are_inert() -> None:
    """Whatever a record says, the page holds its own elements only."""
    with empty_table() as con:
        insert(con, HOSTILE, organisation=HOSTILE, licence=HOSTILE, task=HOSTILE, metrics={HOSTILE: 1.0})
        document = analytics_document(analytics(con))
    assert_alone(Page(to_html(document)))
    assert "<script" not in to_markdown(document)
    assert "\x1b" not in plain(DocumentTable(document))

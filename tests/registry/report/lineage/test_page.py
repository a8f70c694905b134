"""The page of a lineage: complete, standing alone, inert."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from fitment.registry.lineage.analyses.overview import Overview, overview
from fitment.registry.lineage.ecosystem import Ecosystem
from fitment.registry.lineage.names import packed
from fitment.registry.report.chart_text import twin
from fitment.registry.report.document import to_markdown
from fitment.registry.report.document_table import DocumentTable
from fitment.registry.report.html import to_html
from fitment.registry.report.lineage.page import lineage_document, to_json
from fitment.registry.report.screen import plain
from fitment.registry.report.svg import svg

from tests.registry.lineage.small import ecosystem
from tests.registry.report.conftest import HOSTILE
from tests.registry.report.pages import Page, assert_alone


@pytest.fixture(scope="module")
def hostile() -> Overview:
    """Of models whose names and licences are attacks."""
    said = {"licences": (HOSTILE,), "created": "2024-01-01", "downloads": 9, "card_characters": 5}
    child = {"licences": ("mit",), "created": "2024-02-02", "downloads": 1, "card_characters": 9}
    plain_names = ecosystem("a>b:finetune", {"a": said, "b": child})
    text, starts = packed([HOSTILE, f"{HOSTILE}2"])
    small = Ecosystem({**plain_names._arrays, "name_bytes": text, "name_starts": starts})
    return overview(small)


def test_the_page_stands_alone(hostile: Overview) -> None:
    """One file with its drawings; whatever models are called, the elements are its own."""
    page = Page(to_html(lineage_document(hostile)))
    assert_alone(page)
    assert {"svg", "polyline", "rect", "table"} <= set(page.elements)


def test_markdown_and_terminal_are_inert(hostile: Overview) -> None:
    """No element and no control comes out of a name."""
    document = lineage_document(hostile)
    assert "<script" not in to_markdown(document)
    assert "\x1b" not in plain(DocumentTable(document))


def test_every_chart_has_its_twin(hostile: Overview) -> None:
    """Each drawing is sound XML, and the same is said in a table wherever something is drawn."""
    charts = [chart for section in lineage_document(hostile).sections for chart in section.charts]
    assert len(charts) == 13
    for at, chart in enumerate(charts):
        drawing = ElementTree.fromstring("".join(svg(chart, at)))
        assert bool(twin(chart).rows) == ("nothing to show" not in "".join(drawing.itertext()))


def test_json_holds_every_field(hostile: Overview) -> None:
    """By its own name, dates in ISO 8601, what is not known as null."""
    said = json.loads(to_json(hostile))
    assert (said["format"], said["version"], said["models"]) == ("fitment.lineage_report", 1, 2)
    assert said["growth"]["months"][0]["month"] == "2024-01-01"
    assert said["families"]["families"][0]["first"] == "2024-01-01T00:00:00Z"
    assert said["cards"]["mean_of_ratios"] == 1.8
    assert said["reuse"]["correlations"][0]["low"] is None


def test_nothing_is_known() -> None:
    """Of one model that says nothing there is a page all the same."""
    text = plain(DocumentTable(lineage_document(overview(ecosystem("", {"a": {}})))))
    for line in ("1 model and 0 edges", "0 models with a date, 1 without", "card_characters"):
        assert line in text

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from fitment.registry.report.charts import Axis, Bars
from fitment.registry.report.document import Document, Section, to_markdown
from fitment.registry.report.html import to_html
from fitment.registry.report.svg import svg
from fitment.registry.report.svg_parts import WIDTH

from tests.registry.report.conftest import HOSTILE
from tests.registry.report.drawings import charts
from tests.registry.report.pages import Page, assert_alone

PAGE = Document("Charts", (Section("All", charts=charts()),))


def drawn(number: int, name: str = "Meta", many: int = 3) -> ET.Element:
    return ET.fromstring("\n".join(svg(charts(name, many)[number], number)))


def test_each_kind_is_sound_and_says_what_it_shows() -> None:
    """Well-formed, an image with a title and a description that it points to."""
    for number in range(5):
        root = drawn(number)
        assert root.get("role") == "img"
        title, desc = root.find("title"), root.find("desc")
        assert title is not None
        assert title.text == "Meta"
        assert desc is not None
        assert desc.text
        assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"


def test_all_lies_inside() -> None:
    """Every mark and every text's anchor is within the drawing, also with many points."""
    for number in range(5):
        root = drawn(number, many=500)
        height = float(root.get("viewBox", "").split()[3])
        for mark in root.iter():
            for names, end in ((("x", "x1", "x2", "cx"), WIDTH), (("y", "y1", "y2", "cy"), height)):
                assert all(0 <= float(mark.get(name, "0")) <= end for name in names)


def test_equal_charts_give_equal_bytes() -> None:
    """Nothing depends on the order of a set or on the clock."""
    assert to_html(PAGE) == to_html(Document("Charts", (Section("All", charts=charts()),)))


def test_a_page_holds_the_drawing_and_its_twin() -> None:
    """Inline, alone, each under its own name; the figures stand behind it as a table."""
    text = to_html(PAGE)
    page = Page(text)
    assert_alone(page)
    assert page.elements.count("svg") == page.elements.count("details") == 5
    assert not re.search(r"https?:|url\(|@import", text)
    names = [value for _, name, value in page.attributes if name == "id"]
    assert len(names) == len(set(names)) == 10
    assert ["Meta", "3", "█" * 24] in page.cells
    assert "figure" not in to_html(Document("None", (Section("Plain", ("a",)),)))


def test_B05_B08_hostile_texts_are_inert() -> None:
    """No element, control or override of direction comes out of a foreign text."""
    for name in (HOSTILE, "</svg></title></desc><script>alert(1)</script>", "a" * 5000, "漢" * 500):
        document = Document(name, (Section(name, charts=charts(name)),))
        text = to_html(document)
        page = Page(text)
        assert_alone(page)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
        for number in range(5):
            assert {e.tag for e in drawn(number, name).iter()} <= {
                *("svg", "title", "desc", "text", "rect", "line", "circle", "polyline")
            }
        assert "<script" not in to_markdown(document)


def test_nothing_says_so() -> None:
    """An empty chart is a sentence."""
    assert "nothing to show" in "".join(svg(Bars("B", Axis("n"), ()), 1))

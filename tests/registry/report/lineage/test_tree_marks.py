from __future__ import annotations

from xml.etree import ElementTree as Tree

from fitment.registry.lineage.audit.classes import CLASSES
from fitment.registry.lineage.kinds import LABELS
from fitment.registry.report.lineage import tree_marks as marks


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_kind_has_a_colour_that_is_seen() -> None:
    """Lines have a contrast of 3 to the paper in light and dark, texts of 4.5 (WCAG 2.1)."""
    for colours in (marks.LIGHT, marks.DARK):
        assert set(LABELS.values()) <= set(colours)
        assert len({colours[kind] for kind in LABELS.values()}) == len(LABELS)
        for kind in LABELS.values():
            assert contrast(colours[kind], colours[marks.PAPER]) >= 3
        for text in (marks.INK, marks.FAINT):
            assert contrast(colours[text], colours[marks.PAPER]) >= 4.5


def test_every_class_of_licences_has_a_shape_of_its_own() -> None:
    """So that no colour is needed to tell them apart."""
    drawn = {marks.shape(1, 2, name) for name in CLASSES}
    assert len(drawn) == len(CLASSES)
    assert all(Tree.fromstring(each).get("transform") == "translate(1 2)" for each in drawn)


def test_dark_colours_are_all_that_the_style_holds() -> None:
    """A viewer that knows no style shows the light ones."""
    style = marks.style()
    assert style.startswith("<style>@media (prefers-color-scheme: dark) {")
    assert all(f".{name}{{fill:{colour}}}" in style for name, colour in marks.DARK.items())
    assert marks.fill("merge") == ' class="merge" fill="#a03a86"'
    assert marks.stroke("merge") == ' class="merge-line" stroke="#a03a86"'


def test_widths_count_cells() -> None:
    """A wide character takes two."""
    assert marks.width("長a") == 3 * marks.PITCH

"""What answers are laid out of on a terminal."""

from __future__ import annotations

import io

from fitment.registry.answers import Rejected
from fitment.registry.report import blocks
from rich.console import Console, RenderableType

from tests.registry.report.conftest import HOSTILE


def printed(*found: RenderableType, width: int = 40) -> list[str]:
    out = io.StringIO()
    console = Console(file=out, width=width, color_system=None)
    for each in found:
        console.print(each, soft_wrap=True)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_heading() -> None:
    """The members of a tie group stand under its sentence; what follows does not."""
    lines = ("Tie of 2: equal scores", "A", "B", "Profile default.")
    found = printed(*blocks.heading("net", lines, 3, 40, found=True))
    assert found == ["net", "Tie of 2: equal scores", "  A", "  B", "Profile default."]


def test_section_and_rejections() -> None:
    """Nothing without lines; a command stays whole however narrow the terminal is."""
    assert printed(*blocks.section("Notes", (), 40), *blocks.rejections((), 40)) == []
    assert printed(*blocks.section("Notes", ("one",), 40)) == ["", "Notes", "  one"]
    remedy = "fitment sweep --models a_model_with_a_long_name --batches 1"
    found = printed(*blocks.rejections((Rejected("A", "not measured", remedy), Rejected(HOSTILE, "x")), 40))
    assert found[1:4] == ["Rejected", "  A: not measured", f"    $ {remedy}"]
    assert "\x1b" not in "".join(found)

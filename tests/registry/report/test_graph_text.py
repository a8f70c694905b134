from __future__ import annotations

from fitment.registry.report.graph_text import name_of, visible
from hypothesis import example, given
from hypothesis import strategies as st


@given(st.text())
@example("a\\nb")
@example("\x00\x1b[31m\u202e\ufffe\U0001ffff\ue000")
@example("\\x41\\\\u0041")
def test_any_name_can_be_read_back(name: str) -> None:
    """What is written is visible, and it is still the name."""
    text = visible(name)
    assert name_of(text) == name
    assert not set(map(ord, text)) & {*range(32), 0x7F, 0x202E, 0xFFFE}


def test_usual_names_stay_as_they_are() -> None:
    """So do other scripts."""
    for name in ("google/gemma-2b", "org/模型-ü"):
        assert visible(name) == name

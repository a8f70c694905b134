from __future__ import annotations

import pytest
from fitment.registry.errors import UnknownNameError
from fitment.registry.lineage.questions import asked

from tests.registry.lineage.small import ecosystem

KNOWN = {
    "google/gemma-2b": {"downloads": 900.0},
    "ada/gemma-2b": {"downloads": 3.0},
    "Org/Mixed-Case": {},
    "mistralai/Mistral-7B": {"downloads": 800.0},
    "x/Mistral-7B-Mistral-7B-tuned": {},
}


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("gemma-2b", ["google/gemma-2b", "ada/gemma-2b"]),  # the most downloaded first
        ("Google/Gemma-2B", ["google/gemma-2b", "ada/gemma-2b"]),
        ("org/mixed-case", ["Org/Mixed-Case"]),
        ("mistral-7b", ["mistralai/Mistral-7B"]),
        ("mistralai/mistal-7b", ["mistralai/Mistral-7B"]),
        ("nothing/like-it", []),
        ("ab", []),
        ("", []),
        ("\udc80\x1b[31m" * 1000, []),
    ],
)
def test_names_that_come_near(name: str, near: list[str]) -> None:
    """A wrong case, a missing organisation and a slip of the pen all lead to the model that is meant."""
    assert asked.nearest(ecosystem("", KNOWN), name)[: len(near) or None] == near


def test_near_names_are_found_in_every_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also among more names than are looked through at a time, and than are kept of them."""
    monkeypatch.setattr(asked, "_CHUNK", 3)
    monkeypatch.setattr(asked, "_KEPT", 2)
    many = {f"org{n:02d}/model": {"downloads": float(n)} for n in range(20)}
    assert asked.nearest(ecosystem("", many | KNOWN), "model") == [
        "org19/model",
        "org18/model",
        "org17/model",
    ]
    assert asked.nearest(ecosystem("", many | KNOWN), "gogle/gemma-2b")[0] == "google/gemma-2b"


def test_an_unknown_model_is_one_line_with_the_way_out() -> None:
    """It says how many there are; a long name is cut."""
    known = ecosystem("", KNOWN)
    assert asked.number(known, "google/gemma-2b") == known.names.find("google/gemma-2b")
    with pytest.raises(UnknownNameError, match=r'no model "gemma" among the 5 of this lineage: '):
        asked.number(known, "gemma")
    with pytest.raises(UnknownNameError) as error:
        asked.number(known, "z" * 10_000)
    assert len(str(error.value)) < 400
    with pytest.raises(UnknownNameError, match="give its id in full"):
        asked.number(ecosystem(""), "a")

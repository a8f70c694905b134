"""What a process is asked travels through a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.gate import plugin, request
from fitment.harness.gate.request import Request


@pytest.mark.parametrize("names", [None, (), ("a.py::t[ü b]", "b.py::t")])
def test_a_request_comes_back_as_it_was(tmp_path: Path, names: tuple[str, ...] | None) -> None:
    """All of it: none asked for is not all."""
    asked = Request("/a", names, seed=3, counting=True, root="/head", foreign=("/base",), addopts="-q")
    request.write(asked, tmp_path / "request.json")
    assert request.read(str(tmp_path / "request.json")) == asked


def test_the_plugin_knows_the_variable() -> None:
    """It can't import the name before it is asked for."""
    assert plugin.REQUEST == request.VARIABLE

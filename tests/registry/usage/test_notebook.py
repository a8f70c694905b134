from __future__ import annotations

import json

import pytest
from fitment.registry.usage.hit import UnreadableError
from fitment.registry.usage.notebook import of_notebook


def notebook(*cells: str) -> bytes:
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells]}).encode()


def test_constants_travel_between_cells() -> None:
    """The line is the cell's own, the cell stands in the detail; a broken cell takes no other with it."""
    cells = ("M = 'a/b'", "broken (", "%load_ext x\nfrom vllm import LLM\nLLM(M)")
    (hit,) = of_notebook(notebook(*cells))
    assert (hit.line, hit.model_id, hit.detail) == (3, "a/b", "cell 3")


def test_shell_lines_and_cells_are_read() -> None:
    """Lines behind ! with the cell's own names put in, and cells of a shell."""
    found = of_notebook(notebook("M = 'a/b'\n!hf download {M}", "%%bash\nollama pull phi3"))
    assert [(hit.line, hit.model_id, hit.detail) for hit in found] == [
        (2, "a/b", "cell 1"),
        (2, "phi3", "cell 2"),
    ]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"cells": 3}', b"[" * 100_000, b"\xff\xfe", b'{"cells": {}}']
)
def test_what_is_no_notebook_is_named(data: bytes) -> None:
    """An error that says so, for depth as well."""
    with pytest.raises(UnreadableError, match="not a notebook"):
        of_notebook(data)


def test_odd_cells_do_no_harm() -> None:
    """Cells that are no objects, sources that are no text."""
    data = {
        "cells": [1, None, {"cell_type": "code", "source": 7}, {"cell_type": "code", "source": [1, "x = 1"]}]
    }
    assert of_notebook(json.dumps(data).encode()) == []

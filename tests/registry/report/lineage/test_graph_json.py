from __future__ import annotations

import json

from fitment.registry.report.lineage.graph_json import graph_lists, json_lines

from tests.registry.report.lineages import EVIL, evil_part


def test_nodes_and_edges_with_all_columns() -> None:
    """Null is what nobody says; nothing in it could end a script element."""
    text = "".join(json_lines({"question": "</script>"}, graph_lists(evil_part())))
    assert text.isascii()
    assert not set("<>&") & set(text)
    told = json.loads(text)
    assert (told["format"], told["version"], told["question"]) == ("fitment.lineage", 1, "</script>")
    assert [node["model"] for node in told["nodes"]] == EVIL
    assert told["nodes"][0] | {"licences": 0} == {
        "model": EVIL[0], "likes": 3, "downloads": None, "created": "2024-01-02T00:00:00Z",
        "licences": 0, "languages": [], "tasks": [], "libraries": [],
    }  # fmt: skip
    assert told["edges"][0] == {
        "parent": EVIL[0], "child": EVIL[0], "label": "merge", "kinds": ["finetune", "merge"],
        "likes_change": 0, "likes_relative": 0, "downloads_change": None, "downloads_relative": None,
        "days": 0,
    }  # fmt: skip


def test_empty_lists() -> None:
    """Also a list of none is a list."""
    assert json.loads("".join(json_lines({}, {"answers": []})))["answers"] == []

"""One model's inheritance explained as lines."""

from __future__ import annotations

import csv
import json

from fitment.registry.lineage.audit.explained import explained
from fitment.registry.report.lineage.inheritance import explained_lines

from tests.project.test_imports import loaded
from tests.registry.lineage.declaring import declared
from tests.registry.lineage.small import ecosystem

MADE = ecosystem(
    "a>b:finetune b>c:adapter a>d a>e:merge", declared("a=cc-by-nc-4.0 b=apache-2.0 c=mit d= e=other")
)
DISCLAIMER = "An engineering reading of clauses, not legal advice."


def test_one_model_explained() -> None:
    """Each clause with its words, the models on its way, who dropped it first, and what would keep it."""
    lines = "".join(explained_lines(explained(MADE, 2), "table")).splitlines()
    assert lines[:2] == ["c: declares mit", "ancestors: 2 (edges: all)"]
    assert lines[2:4] == ["clauses inherited: 1, dropped: 1", ""]
    assert lines[4] == "limit.nc (lost_nc): dropped"
    assert lines[7:12] == [
        "  a declares cc-by-nc-4.0",
        "  > finetune: b declares apache-2.0: drops it",
        "  > adapter: c declares mit: drops it",
        "  first dropped by b",
        "  would keep it: CC-BY-NC-4.0",
    ]
    assert lines[-2:] == ["declared above, and keeps all of these: CC-BY-NC-4.0", DISCLAIMER]


def test_models_of_which_nothing_is_judged() -> None:
    """What isn't known says why; who declares nothing does; the first of all inherits nothing."""
    unknown = "".join(explained_lines(explained(MADE, 4), "table"))
    assert unknown.startswith('e: declares other ("other" says that a licence text goes with the model')
    assert "limit.nc (lost_nc): not judged" in unknown
    assert "> merge: e declares other, which isn't known" in unknown
    nothing = "".join(explained_lines(explained(MADE, 3), "table"))
    assert nothing.startswith("d: declares nothing\n")
    assert "> untyped: d declares nothing\n" in nothing
    assert "clauses inherited: 0, dropped: 0" in "".join(explained_lines(explained(MADE, 0), "table"))


def test_one_model_as_json_and_csv() -> None:
    """Every step of every clause; a line a clause."""
    found = json.loads("".join(explained_lines(explained(MADE, 2), "json")))
    assert (found["model"], found["ancestors"], found["would_keep_all"]) == ("c", 2, ["CC-BY-NC-4.0"])
    assert [step["does"] for step in found["clauses"][0]["steps"]] == ["has it", "drops it", "drops it"]
    (row,) = csv.DictReader("".join(explained_lines(explained(MADE, 2), "csv")).splitlines())
    assert (row["model"], row["clause"], row["outcome"]) == ("c", "limit.nc", "dropped")


def test_a_long_way_shows_its_ends() -> None:
    """Of 31 models 20 have a line."""
    edges = " ".join(f"{a:02}>{a + 1:02}:finetune" for a in range(30))
    made = ecosystem(edges, declared("00=gemma 30=mit"))
    lines = "".join(explained_lines(explained(made, 30), "table")).splitlines()
    assert sum(" declares " in line for line in lines[4:]) == 20
    assert "  … 11 more …" in lines


def test_a_name_is_made_inert() -> None:
    """A control character in it does nothing to a terminal."""
    made = ecosystem("a>b\x1b[2J:finetune", declared("a=llama2") | {"b\x1b[2J": {"licences": ("mit",)}})
    text = "".join(explained_lines(explained(made, 1), "table"))
    assert "clauses inherited: 3" in text
    assert "\x1b" not in text


def test_it_is_asked_cold_and_loads_little() -> None:
    """Neither Numba nor what draws tables: who asks for one model waits for neither."""
    modules = "fitment.registry.lineage.audit.explained, fitment.registry.report.lineage.inheritance"
    assert not loaded(f"import {modules}") & {"numba", "rich", "pyarrow"}

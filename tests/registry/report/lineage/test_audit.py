"""An audit of licences as a table, CSV and JSON."""

from __future__ import annotations

import csv
import json

from fitment.registry.lineage.audit.audit import audit
from fitment.registry.lineage.audit.findings import asked_for, inherited
from fitment.registry.lineage.audit.summary import summary
from fitment.registry.report.lineage.audit import audit_lines

from tests.registry.lineage.declaring import declared
from tests.registry.lineage.small import ecosystem

MADE = ecosystem(
    "a>b:finetune b>c:adapter a>d a>e:merge", declared("a=cc-by-nc-4.0 b=apache-2.0 c=mit d= e=other")
)
DISCLAIMER = "An engineering reading of clauses, not legal advice."


def told(form: str, limit: int = 9, group: str | None = None) -> str:
    """The audit of MADE."""
    found = audit(MADE)
    rows = asked_for(found, group)
    shown = inherited(found, rows.take(slice(limit)))
    return "".join(audit_lines(summary(found), shown, max(0, len(rows) - limit), form, group))


def test_a_table() -> None:
    """The numbers, the pairs of licences, the findings, what isn't shown, and that it is no legal advice."""
    lines = told("table", limit=1).splitlines()
    assert lines[0] == "5 models, 4 of them with parents (edges: all)"
    text = "\n".join(" ".join(line.split()) for line in lines)
    assert "drop a clause 2 2 clauses: 1 along fine-tunes, quantised copies, merges, 1 through" in text
    assert "declare no licence 1 1 inherit a clause" in text
    assert "declare what isn't known 1 1 inherit a clause: other 1" in text
    assert "lost_nc 2 2" in text
    assert "cc-by-nc-4.0 → mit 1" in text
    assert "b apache-2.0 limit.nc s.1(i), s.2(a)(1) a cc-by-nc-4.0 1 itself" in text
    assert lines[-2:] == ["1 more: --limit N shows more, --format csv all", DISCLAIMER]


def test_json_and_csv_hold_every_field() -> None:
    """The same findings; JSON with the numbers and the disclaimer, and what of none was found."""
    found = json.loads(told("json"))
    assert (found["audit"]["dropping"], found["group"], found["disclaimer"]) == (2, None, DISCLAIMER)
    rows = list(csv.DictReader(told("csv").splitlines()))
    assert [row["way"] for row in rows] == ["a > b (finetune)", "a > b (finetune) > c (adapter)"]
    assert [row["way"] for row in found["findings"]] == [row["way"] for row in rows]
    assert rows[1]["first_dropped_by"] == "b"
    assert rows[0].keys() == found["findings"][0].keys()
    nobody = json.loads(told("json", group="lost_rail"))
    assert (nobody["group"], nobody["findings"]) == ("lost_rail", [])


def test_nothing_dropped() -> None:
    """No tables of groups and pairs; a dash is not needed."""
    found = summary(audit(ecosystem("a>b", declared("a=mit b=mit"))))
    text = "".join(audit_lines(found, [], 0, "table"))
    assert "lost_" not in text
    assert "→" not in text


def test_names_are_made_inert() -> None:
    """A name with a control character does nothing to a terminal, nor a formula to a spreadsheet."""
    made = ecosystem("a>=b\x1b[2J:finetune", declared("a=llama2") | {"=b\x1b[2J": {"licences": ("mit",)}})
    found = audit(made)
    rows = list(inherited(found, asked_for(found)))
    assert "\x1b" not in "".join(audit_lines(summary(found), rows, 0, "table"))
    assert "".join(audit_lines(summary(found), rows, 0, "csv")).splitlines()[1].startswith("'=b")

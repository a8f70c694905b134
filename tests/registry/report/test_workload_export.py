from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable

from fitment.registry.report.workload_export import CSV_COLUMNS, to_csv, to_json, to_markdown
from markdown_it import MarkdownIt

from tests.registry.report.mixes import hostile, mixed


def test_markdown(golden: Callable[[str, str], None]) -> None:
    """The Markdown of an answer for a mix."""
    golden("mix.md", to_markdown(mixed()))


def test_json_holds_everything() -> None:
    """Format and version lead; parts keep full precision, their result ids, and null for what is missing."""
    body = json.loads(to_json(mixed()))
    assert (body["format"], body["version"]) == ("fitment.workload", 1)
    first, second = body["rows"][0]["parts"]
    assert (first["result_ids"], first["throughput"], second["memory_score"]) == ([4, 5, 6], 4213.7, None)
    assert body["rows"][1]["parts"][1]["reason"] == "not measured at precision bf16"
    assert (body["certainty"], body["rows"][0]["p_best"], body["rows"][0]["rank_high"]) == (
        "likely",
        0.9375,
        2,
    )


def test_csv_has_a_line_for_each_part() -> None:
    """Each line has hardware, part, environment and result ids, or the reason why not."""
    rows = list(csv.DictReader(io.StringIO(to_csv(mixed()), newline="")))
    assert list(rows[0]) == list(CSV_COLUMNS)
    assert [(row["row"], row["rank"], row["part"], row["result_ids"]) for row in rows] == [
        ("recommended", "1", "1", "4 5 6"),
        ("recommended", "1", "2", "9"),
        ("recommended", "2", "1", "7"),
        ("recommended", "2", "2", ""),
        ("rejected", "", "", ""),
    ]
    assert [(row["p_best"], row["certainty"], row["in_tie_group"]) for row in rows[::3]] == [
        ("0.9375", "likely", "no"),
        ("0.0625", "likely", "no"),
    ]
    assert (rows[0]["cost_per_1k_usd"], rows[0]["part_cost_per_1k_usd"]) == ("4.55e-05",) * 2
    assert rows[4]["reason"] == "resnet50: out of device memory"
    assert float(rows[0]["part_compatibility"]) == 0.9
    assert float(rows[0]["compatibility"]) == 0.9
    assert rows[3]["reason"] == "not measured at precision bf16"


def test_B05_B09_hostile_texts_make_no_element() -> None:
    """Of hostile texts a Markdown parser makes the document's own elements only; JSON is inert ASCII."""
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(to_markdown(hostile()))
    own = {"h1", "h2", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}
    assert set(re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)", html)) == own
    assert not set("<>&\x1b") & set(to_json(hostile()))

"""A lineage of seven models in a store, as the verbs that analyse one find it."""

from __future__ import annotations

import csv
from pathlib import Path

from fitment.harness.cli.main import main

COLUMNS = (
    *("model_id", "likes", "trendingScore", "private", "downloads", "tags", "pipeline_tag", "library_name"),
    *("createdAt", "regions", "licenses", "arxiv_papers", "datasets", "parent_model", "finetune_parent"),
    *("quantized_parent", "adapter_parent", "merge_parent", "languages"),
)
LISTS = ("tags", "regions", "arxiv_papers", "datasets", "parent_model", "languages")
# A model, its parent by finetune or by quantisation, its licences, the month of 2024 in which it was made.
MODELS = (
    ("o/a", None, None, ("mit",), 1),
    ("o/b", "o/a", None, ("apache-2.0",), 2),
    ("o/c", "o/a", None, ("apache-2.0", "gpl-3.0"), 2),
    ("o/d", "o/c", None, ("apache-2.0",), 4),
    ("o/q", None, "o/c", ("apache-2.0",), 5),
    ("o/x", None, None, (), 3),
    ("o/y", "o/x", None, ("mit",), 3),
)


def built(folder: Path) -> str:
    """The path of the store with that lineage, newly built in ``folder``."""
    with open(folder / "models.csv", "w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        for name, finetuned, quantized, licences, month in MODELS:
            writer.writerow(
                {
                    **dict.fromkeys(LISTS, "[]"),
                    "model_id": name,
                    "likes": 1,
                    "downloads": 1,
                    "private": False,
                    "createdAt": f"2024-{month:02}-10T00:00:00.000Z",
                    "licenses": str(list(licences)),
                    "finetune_parent": str([finetuned] if finetuned else []),
                    "quantized_parent": str([quantized] if quantized else []),
                    "adapter_parent": "[]",
                    "merge_parent": "[]",
                }
            )
    database = str(folder / "lineage.duckdb")
    assert main(["lineage", "build", str(folder / "models.csv"), "--db-path", database]) == 0
    return database

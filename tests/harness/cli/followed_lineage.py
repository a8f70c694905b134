"""A small lineage in a store, as the verbs that follow models find it."""

from __future__ import annotations

import csv
from pathlib import Path

from fitment.harness.cli.main import main

LISTS = ("finetune_parent", "quantized_parent", "adapter_parent", "merge_parent")
COLUMNS = ("model_id", "likes", "downloads", "createdAt", "licenses", "parent_model", *LISTS)
EVIL = 'lab/"<b>&amp;\\'
# model, likes, downloads, month of 2024, licences, and whom by finetune, quantisation, adapter, merge
MODELS = (
    ("google/gemma-2b", 100, 5000, 1, ["gemma"], [], [], [], []),
    ("ada/chat", 50, 900, 2, ["apache-2.0"], ["google/gemma-2b"], [], [], []),
    ("ada/chat-awq", 5, 80, 3, [], ["ada/chat"], ["ada/chat"], [], []),
    ("ada/lora", 1, 7, 4, ["mit"], [], [], ["ada/chat", "ada/lora"], []),
    ("bob/mix", 3, 20, 5, ["mit"], [], [], [], ["ada/chat", "eve/other"]),
    ("eve/other", 0, 3, 1, ["mit"], ["eve/gone"], [], [], []),
    ("loop/x", 0, 0, 6, [], ["loop/y"], [], [], []),
    ("loop/y", 0, 0, 6, [], ["loop/x"], [], [], []),
    (EVIL, 0, 0, 7, [], ["loop/y"], [], [], []),
)


def built(folder: Path) -> Path:
    """The path of a store with that lineage, newly built in ``folder``."""
    with open(folder / "models.csv", "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for name, likes, downloads, month, licences, *parents in MODELS:
            created = f"2024-{month:02}-10T00:00:00.000Z"
            writer.writerow([name, likes, downloads, created, licences, [], *parents])
    path = folder / "lineage.duckdb"
    assert main(["lineage", "build", str(folder / "models.csv"), "--db-path", str(path)]) == 0
    return path

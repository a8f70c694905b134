"""Files of models written by hand, for tests that build a lineage."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

Row = Mapping[str, object]
COLUMNS = (
    *("model_id", "likes", "downloads", "tags", "pipeline_tag", "library_name", "createdAt", "licenses"),
    *("parent_model", "finetune_parent", "quantized_parent", "adapter_parent", "merge_parent", "languages"),
)
BASE: Row = {
    "model_id": "acme/base",
    "likes": 10,
    "downloads": 100,
    "pipeline_tag": "text-generation",
    "library_name": "transformers",
    "createdAt": "2023-01-01T00:00:00.000Z",
    "licenses": "['apache-2.0']",
    "languages": "['en', 'fr']",
}
TUNED: Row = {
    "model_id": "o'neill/tuned",
    "likes": 4,
    "downloads": 0,
    "createdAt": "2023-01-03T12:00:00.500Z",
    "licenses": "['mit']",
    "parent_model": "['acme/base']",
    "finetune_parent": "['acme/base']",
    "languages": "['en']",
}
SMALL: Row = {
    "model_id": "acme/small",
    "createdAt": "2022-12-31T23:59:59Z",
    "parent_model": "['acme/base', \"o'neill/tuned\", 'gone/away']",
    "quantized_parent": '["o\'neill/tuned"]',
}
ROWS = (BASE, TUNED, SMALL)


def write_csv(path: Path, rows: Sequence[Row] = ROWS, columns: Sequence[str] = COLUMNS) -> Path:
    """``path`` with a header and ``rows``; what a row does not say is an empty list or nothing."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([row.get(name, "[]" if name.endswith("_parent") else "") for name in columns])
    return path


def write_parquet(path: Path, rows: Sequence[Row] = ROWS, columns: Sequence[str] = COLUMNS) -> Path:
    """Likewise; what a row does not say is null."""
    pq.write_table(pa.table({name: [row.get(name) for row in rows] for name in columns}), path)
    return path

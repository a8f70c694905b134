"""Small files as timm publishes them, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

NAME = "benchmark-infer-amp-nchw-pt291-cu130-5090.csv"
HEADER = (
    "model,infer_img_size,infer_samples_per_sec,infer_step_time,infer_batch_size,"
    "param_count,infer_gmacs,infer_macts"
)
ROWS = (
    "resnet18,224,16000.0,64.0,1024,11.69,1.82,2.48",
    "resnet50,224,5120.0,200.0,1024,25.56,4.11,11.11",
    "resnet50,288,2560.0,100.0,256,25.56,6.8,18.37",
)


def write(
    folder: Path, rows: Sequence[str] = ROWS, *, header: str = HEADER, name: str = NAME, end: str = "\n"
) -> Path:
    """A result file of these rows in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes("".join(f"{line}{end}" for line in (header, *rows)).encode())
    return path


def with_field(column: str, text: str) -> str:
    """The resnet50 row at 224 with another text in one column."""
    fields = ROWS[1].split(",")
    fields[HEADER.split(",").index(column)] = text
    return ",".join(fields)

"""fitment beside optimum-benchmark on the same tiny BERT: ``python -m benchmarks.optimum_benchmark``.

Both measure the same weights and input shapes, each cell in a fresh process, in turn. The peer runs with its
own defaults, under each of two launchers: inline, in the process that asks, and process, its default, which
puts the model into a child as fitment does. It needs a Python that has fitment and the peer:
``pip install -e . optimum-benchmark==0.6.0 'transformers<5' 'datasets>=4,<5' 'huggingface-hub<1'``
"""

from __future__ import annotations

import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from fitment.kernels.intervals import Interval, order_statistic_interval, order_statistic_rank

LAUNCHERS = {"inline": 15, "process": 5}  # rounds: a round of the second takes three times as long
LOADS = 5
BATCH, LENGTH = 2, 16
PEER_CELL = Path(__file__).with_name("peer_cell.py")
FACTORY = """
import torch
from transformers import BertModel


def make():
    model = BertModel.from_pretrained({folder!r})
    tokens = torch.randint(0, 30522, ({batch}, {length}))
    ones = torch.ones_like(tokens)
    return model, {{"input_ids": tokens, "attention_mask": ones, "token_type_ids": ones * 0}}
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one side found out, and the seconds that its whole process took."""

    p50_s: float
    samples: int
    memory_bytes: float
    wall_s: float


def main() -> None:
    """Prints both sides of each round, and the ratios with their spread."""
    missing = [name for name in ("optimum_benchmark", "transformers") if not importlib.util.find_spec(name)]
    if missing:
        print(f"skipped: this Python has no {' and no '.join(missing)}; the module says how to install them")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _save_tiny_bert(folder / "tiny-bert")
        _write_factory(folder)
        rounds = [_round(folder, turn) for turn in range(max(LAUNCHERS.values()))]
        loads = [_load_s(folder) for _ in range(LOADS)]
    for launcher in LAUNCHERS:
        _print_table(launcher, [(found["fitment"], found[launcher]) for found in rounds if launcher in found])
    spread = f"{statistics.median(loads):.1f} s, {min(loads):.1f} … {max(loads):.1f}"
    print(f"\na process that imports torch and transformers, loads the model, and measures nothing: {spread}")


def _print_table(launcher: str, rounds: list[tuple[Cell, Cell]]) -> None:
    title = f"{launcher} launcher, n = {len(rounds)}"
    spread = "95 % interval" if order_statistic_rank(len(rounds)) else "least … most"
    print(f"\n{title:<24}{'fitment':>12}{'peer':>12}   fitment / peer: median, {spread}")
    for label, field, scale in (
        ("median latency, ms", "p50_s", 1e3),
        ("wall time per cell, s", "wall_s", 1.0),
        ("peak memory, MB", "memory_bytes", 1e-6),
        ("samples", "samples", 1.0),
    ):
        print(_line(label, [(getattr(a, field) * scale, getattr(b, field) * scale) for a, b in rounds]))


def _line(label: str, pairs: list[tuple[float, float]]) -> str:
    ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratios = [a / b for a, b in pairs]
    ends = Interval(min(ratios), statistics.median(ratios), max(ratios))
    ratio = order_statistic_interval(ratios) or ends
    spread = f"{ratio.centre:.3f}, {ratio.low:.3f} … {ratio.high:.3f}"
    return f"{label:<24}{ours:>12,.3f}{theirs:>12,.3f}   {spread}"


def _round(folder: Path, turn: int) -> dict[str, Cell]:
    """Each side that still has rounds to go once; who begins changes from turn to turn."""
    sides = ("fitment", *(launcher for launcher, rounds in LAUNCHERS.items() if turn < rounds))
    found: dict[str, Cell] = {}
    for i in range(len(sides)):
        side = sides[(turn + i) % len(sides)]
        found[side] = _ours(folder) if side == "fitment" else _theirs(folder, side)
        print(f"{side:<8} {found[side]}", flush=True)
    return found


def _ours(folder: Path) -> Cell:
    """The cell through the worker, profile quick: what ``fitment sweep`` does for each."""
    from fitment.harness.executors import process

    from tests.harness.jobs import make_job

    job = make_job("module:tiny_bert:make", import_path=(str(folder),), batch=BATCH)
    started = time.monotonic()
    found = process.run(job).measurement
    wall_s = time.monotonic() - started
    if found.status != "ok":
        sys.exit(f"fitment measured nothing: {found.status}: {found.detail}")
    assert found.latency_p50_s is not None
    assert found.peak_memory_bytes is not None
    return Cell(found.latency_p50_s, found.n_samples or 0, found.peak_memory_bytes, wall_s)


def _load_s(folder: Path) -> float:
    """Seconds of what neither side can leave out."""
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", "import tiny_bert; tiny_bert.make()"], cwd=folder, check=True)
    return time.monotonic() - started


def _theirs(folder: Path, launcher: str) -> Cell:
    model = str(folder / "tiny-bert")
    command = [sys.executable, "-P", str(PEER_CELL), launcher, model, str(BATCH), str(LENGTH)]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    started = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=folder, check=False)
    wall_s = time.monotonic() - started
    if done.returncode != 0:
        sys.exit(f"the peer measured nothing:\n{done.stderr[-2000:]}")
    found = json.loads(done.stdout.strip().splitlines()[-1])
    return Cell(found["p50_s"], found["count"], found["memory_bytes"], wall_s)


def _save_tiny_bert(folder: Path) -> None:
    """Two layers of width 128, as the published bert-tiny; seeded weights."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(0)
    config = BertConfig(hidden_size=128, num_hidden_layers=2, num_attention_heads=2, intermediate_size=512)
    BertModel(config).save_pretrained(folder)


def _write_factory(folder: Path) -> None:
    code = FACTORY.format(folder=str(folder / "tiny-bert"), batch=BATCH, length=LENGTH)
    (folder / "tiny_bert.py").write_text(code)


if __name__ == "__main__":
    main()

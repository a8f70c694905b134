"""How fast checkpoints are added, checked and read: ``python -m benchmarks.checkpoint_speed``.

A file of random bytes with a safetensors header is added to an empty store, added again, verified and
fetched; beside it stand SHA-256 alone over as many bytes in memory, and a plain copy with one fsync, which
are what a pass over the file is made of. Then the header facts of files of many tensors, read without their
weights. Wall seconds and processor seconds, since other programs may be at work; the file lies in --folder,
so that its disk is the one that is meant.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from fitment.registry.checkpoints.add import add_checkpoint, read_facts
from fitment.registry.checkpoints.fetch import fetch_checkpoint
from fitment.registry.checkpoints.tree import tree
from fitment.registry.checkpoints.verify import verify_checkpoints
from fitment.registry.storage.store import Store

from benchmarks.store_scores import machine

BLOCK = 1 << 24
VOCABULARY = 150_000  # words of a GGUF file


def main(arguments: list[str] | None = None) -> None:
    """Prints a table of rates, and one of headers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=2_000, help="of the file that is added (2000)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where to write (the one for temporary files)")
    given = parser.parse_args(arguments)
    print(f"{machine()}; load {os.getloadavg()[0]:.2f} at the start\n")
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        _rates(Path(folder), given.megabytes, given.rounds)
        _headers(Path(folder), given.rounds)


def _rates(folder: Path, megabytes: int, rounds: int) -> None:
    """Gigabytes a second of each step over one file."""
    path = _large(folder / "model.safetensors", megabytes)
    size = path.stat().st_size
    store = Store.open(folder / "x.duckdb", create=True)
    steps: dict[str, Callable[[int], object]] = {
        "SHA-256 alone, in memory": lambda _: _hash_alone(size),
        "copy with one fsync, no hash": lambda at: _copy(path, folder / f"copy{at}"),
        "checkpoint add, a new store each": lambda at: add_checkpoint(
            store, path, "m", f"v{at}", str(folder / f"kept{at}")
        ),
        "checkpoint add, the same again": lambda at: add_checkpoint(store, path, "m", f"v{at}"),
        "checkpoint verify, each store": lambda at: verify_checkpoints(store, "m", f"v{at}"),
        "checkpoint fetch": lambda at: fetch_checkpoint(store, "m", f"v{at}", folder / f"out{at}"),
    }
    print(f"{'one file of ' + f'{size / 1e9:.2f} GB':<44} {'GB/s':>7} {'least':>7} {'GB/CPU s':>9}")
    for name, step in steps.items():
        taken = [_timed(step, at) for at in range(rounds)]
        wall, processor = [size / 1e9 / w for w, _ in taken], median(size / 1e9 / p for _, p in taken)
        print(f"{name:<44} {median(wall):>7.2f} {min(wall):>7.2f} {processor:>9.2f}", flush=True)
        for at in range(rounds):
            shutil.rmtree(folder / f"out{at}", ignore_errors=True)
            (folder / f"copy{at}").unlink(missing_ok=True)


def _headers(folder: Path, rounds: int) -> None:
    """Milliseconds for the facts of a file."""
    files = {
        "safetensors of 1,000 tensors": _many(folder / "thousand.safetensors", 1_000),
        "safetensors of 100,000 tensors": _many(folder / "hundred.safetensors", 100_000),
        f"GGUF of 300 tensors, {VOCABULARY:,} words": _gguf(folder / "x.gguf"),
    }
    print(f"\n{'header facts':<44} {'ms':>7} {'most':>7} {'CPU ms':>9}")
    for name, path in files.items():
        sources = tree(path).files
        taken = [_timed(lambda _: read_facts(sources), 0) for _ in range(3 * rounds)]  # noqa: B023 - called at once
        wall, processor = [1e3 * w for w, _ in taken], median(1e3 * p for _, p in taken)
        print(f"{name:<44} {median(wall):>7.2f} {max(wall):>7.2f} {processor:>9.2f}", flush=True)


def _timed(step: Callable[[int], object], at: int) -> tuple[float, float]:
    """Wall and processor seconds."""
    wall, processor = time.perf_counter(), time.process_time()
    step(at)
    return time.perf_counter() - wall, time.process_time() - processor


def _hash_alone(size: int) -> str:
    block, digest = bytes(BLOCK), hashlib.sha256()
    for _ in range(size // BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _copy(path: Path, copy: Path) -> None:
    block = memoryview(bytearray(BLOCK))
    with open(path, "rb", buffering=0) as source, open(copy, "wb", buffering=0) as target:
        while read := source.readinto(block):
            target.write(block[:read])
        os.fsync(target.fileno())


def _large(path: Path, megabytes: int) -> Path:
    """One tensor of random bytes."""
    size = megabytes * 1_000_000
    with open(path, "wb") as stream:
        stream.write(_header({"w": _tensor("U8", [size], 0, size)}))
        draw = np.random.default_rng(0)
        for left in range(size, 0, -BLOCK):
            stream.write(draw.bytes(min(BLOCK, left)))
    return path


def _many(path: Path, count: int) -> Path:
    """Tensors of two bytes each, named as in a transformer."""
    names = (f"model.layers.{n // 10}.mlp.experts.{n % 10}.down_proj.weight" for n in range(count))
    tensors = {name: _tensor("BF16", [1, 1], 2 * n, 2 * n + 2) for n, name in enumerate(names)}
    path.write_bytes(_header(tensors) + bytes(2 * count))
    return path


def _tensor(dtype: str, shape: list[int], begin: int, end: int) -> dict[str, Any]:
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


def _header(tensors: dict[str, Any]) -> bytes:
    text = json.dumps(tensors).encode()
    return len(text).to_bytes(8, "little") + text


def _gguf(path: Path) -> Path:
    from gguf import GGUFWriter

    writer = GGUFWriter(path, "llama")
    writer.add_token_list([f"word{number}" for number in range(VOCABULARY)])
    writer.add_token_merges([f"word{number} er" for number in range(2 * VOCABULARY)])
    writer.add_token_scores([0.0] * VOCABULARY)
    for number in range(300):
        writer.add_tensor(f"blk.{number}.weight", np.zeros((1, 32), np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


if __name__ == "__main__":
    sys.exit(main())

"""fitment.harness.meters.cache: a buffer of the last-level cache's size, zeroed before each step."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import torch
from fitment.harness.errors import UnsupportedError
from fitment.harness.meters import cache
from fitment.harness.meters.cache import CacheFlusher, cpu_cache_bytes, flusher


def make_caches(root: Path, cpu: int, levels: dict[int, tuple[str, str]]) -> None:
    """What the kernel says of one CPU: the size and the sharers of each level."""
    for index, (level, (size, shared_by)) in enumerate(levels.items()):
        folder = root / f"cpu{cpu}" / "cache" / f"index{index}"
        folder.mkdir(parents=True)
        (folder / "level").write_text(f"{level}\n")
        (folder / "size").write_text(f"{size}\n")
        (folder / "shared_cpu_list").write_text(f"{shared_by}\n")


@pytest.fixture
def two_cpus(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that may use CPUs 0 and 1."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1})


@pytest.mark.usefixtures("two_cpus")
def test_the_largest_level_counts_once_where_it_is_shared(tmp_path: Path) -> None:
    """Two CPUs with their own L2 and one L3 between them have that L3."""
    for cpu in (0, 1):
        make_caches(tmp_path, cpu, {1: ("48K", str(cpu)), 2: ("1280K", str(cpu)), 3: ("48M", "0-1")})
    assert cpu_cache_bytes(tmp_path) == 48 * 2**20


@pytest.mark.usefixtures("two_cpus")
def test_dies_with_a_cache_each_count_all(tmp_path: Path) -> None:
    """Two CPUs on two dies have two L3s to clear."""
    for cpu in (0, 1):
        make_caches(tmp_path, cpu, {2: ("512K", str(cpu)), 3: ("32768K", str(cpu))})
    assert cpu_cache_bytes(tmp_path) == 64 * 2**20


@pytest.mark.usefixtures("two_cpus")
def test_a_kernel_that_is_silent_on_caches_gives_none(tmp_path: Path) -> None:
    """No folder at all, or levels without a size, as on some boards."""
    assert cpu_cache_bytes(tmp_path) is None
    make_caches(tmp_path, 0, {3: ("", "")})
    assert cpu_cache_bytes(tmp_path) is None


def test_a_warm_cache_is_left_alone() -> None:
    """Nothing is called before a step."""
    assert flusher("warm", "cpu") is None


def test_an_unknown_size_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache that can't be flushed is no warm one under another name: the cell is unsupported."""
    monkeypatch.setattr(cache, "cpu_cache_bytes", lambda: None)
    with pytest.raises(UnsupportedError, match='cpu is not known: use cache_state "warm"'):
        flusher("flushed", "cpu")


def test_the_buffer_has_the_size_of_the_cache_and_is_given_back() -> None:
    """It is written over at each call, and gone after release."""
    flush = CacheFlusher("cpu", 4096)
    flush()
    buffer = flush._buffer
    assert buffer is not None
    assert buffer.nbytes == 4096
    buffer.fill_(7)
    flush()
    assert flush._buffer is buffer
    assert int(buffer.count_nonzero()) == 0
    flush.release()
    assert flush._buffer is None


@pytest.mark.cuda
def test_a_gpus_l2_is_zeroed() -> None:
    """The buffer is on the GPU, as large as the L2 that torch reports, and its memory is given back."""
    if not torch.cuda.is_available():
        pytest.skip("no CUDA device on this machine")
    before = torch.cuda.memory_reserved("cuda:0")
    flush = flusher("flushed", "cuda:0")
    assert flush is not None
    flush()
    torch.cuda.synchronize("cuda:0")
    assert torch.cuda.memory_reserved("cuda:0") >= before + cache.cuda_cache_bytes("cuda:0")
    flush.release()
    assert torch.cuda.memory_reserved("cuda:0") == before

"""fitment.harness.meters.memory: the kernel's high-water mark."""

from __future__ import annotations

from pathlib import Path

from fitment.harness.meters import memory

CHUNK = 64 * 2**20


def test_a_short_peak_is_seen() -> None:
    """64 MiB that are gone again when we look are in the peak, and not in the next one."""
    assert memory.reset()
    before = memory.peak_rss(was_reset=True)
    bytearray(CHUNK)
    peak = memory.peak_rss(was_reset=True)
    assert peak.source == "vmhwm"
    assert peak.bytes - before.bytes > 0.9 * CHUNK
    assert memory.reset()
    assert memory.peak_rss(was_reset=True).bytes < peak.bytes - 0.5 * CHUNK


def test_where_the_mark_cannot_be_reset(tmp_path: Path) -> None:
    """Without clear_refs the figure is the peak of the whole process, and says so."""
    (tmp_path / "status").write_text("VmHWM:\t  100 kB\n")
    assert not memory.reset(tmp_path / "absent")
    peak = memory.peak_rss(was_reset=False, proc=tmp_path)
    assert peak.source == "ru_maxrss"
    assert peak.bytes > 2**20


def test_the_mark_is_in_kibibytes(tmp_path: Path) -> None:
    """The kernel's kB are 1024 bytes."""
    (tmp_path / "status").write_text("Name:\tx\nVmHWM:\t    2000 kB\nVmRSS:\t 1 kB\n")
    assert memory.peak_rss(was_reset=True, proc=tmp_path) == memory.PeakRss(2_048_000, "vmhwm")


def test_a_kernel_without_the_mark(tmp_path: Path) -> None:
    """A status without VmHWM falls back, whether or not the reset went through."""
    (tmp_path / "status").write_text("Name:\tx\n")
    assert memory.peak_rss(was_reset=True, proc=tmp_path).source == "ru_maxrss"

"""Bulk payloads beside the log."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from fitment.registry.storage import segments


def test_a_segment_is_named_by_its_bytes_and_comes_back(tmp_path: Path) -> None:
    """What was written under a name is read under it."""
    content = segments.encode(pa.table({"x": [1, None, 3], "s": ["a", "b", None]}))
    name = segments.write(tmp_path, content)
    assert name == segments.name_of(content)
    assert segments.decode(segments.read(tmp_path, name)).to_pydict() == {
        "x": [1, None, 3],
        "s": ["a", "b", None],
    }


def test_any_changed_byte_is_found(tmp_path: Path) -> None:
    """A segment whose bytes are not those of its name is never decoded."""
    name = segments.write(tmp_path, segments.encode(pa.table({"x": [1, 2, 3]})))
    path = segments.path_of(tmp_path, name)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)
    with pytest.raises(segments.SegmentDamagedError, match="damaged; run `fitment doctor`"):
        segments.read(tmp_path, name)


def test_a_damaged_segment_is_replaced_when_it_is_written_again(tmp_path: Path) -> None:
    """Writing the same content heals its file."""
    content = segments.encode(pa.table({"x": [1]}))
    name = segments.write(tmp_path, content)
    segments.path_of(tmp_path, name).write_bytes(b"")
    segments.write(tmp_path, content)
    assert segments.sound(tmp_path, name)


def test_a_missing_segment_is_named(tmp_path: Path) -> None:
    """The error names the file that is not there."""
    with pytest.raises(segments.SegmentDamagedError, match=r"abc\.parquet: No such file"):
        segments.read(tmp_path, "abc")


def test_only_files_that_no_event_names_are_removed(tmp_path: Path) -> None:
    """Orphans and what a crash left go, named segments stay."""
    assert segments.remove_orphans(tmp_path, []) == 0
    kept = segments.write(tmp_path, segments.encode(pa.table({"x": [1]})))
    segments.write(tmp_path, segments.encode(pa.table({"x": [2]})))
    segments.path_of(tmp_path, "abc").with_suffix(".parquet.new").touch()
    assert segments.remove_orphans(tmp_path, [kept]) == 2
    assert [entry.name for entry in (tmp_path / "segments").iterdir()] == [f"{kept}.parquet"]


@pytest.mark.parametrize("n", [1, segments.INLINE_SAMPLES, segments.INLINE_SAMPLES + 1])
def test_samples_come_back_to_the_bit(tmp_path: Path, n: int) -> None:
    """Few samples go into the event, many into a segment, none is changed."""
    samples = np.random.default_rng(n).lognormal(size=n)
    packed, content = segments.pack_samples(samples)
    assert (content is not None) == (n > segments.INLINE_SAMPLES)
    if content is not None:
        segments.write(tmp_path, content)
    assert segments.unpack_samples(tmp_path, packed).tolist() == samples.tolist()


@pytest.mark.parametrize("change", [{"n": 3}, {"n": 400}, {"zlib": "!"}, {"zlib": "AAAA"}])
def test_samples_that_are_not_what_they_say_are_refused(tmp_path: Path, change: dict[str, object]) -> None:
    """A wrong count or broken data is an error of the event, however far it would inflate."""
    packed, _ = segments.pack_samples(np.arange(1.0, 5.0))
    with pytest.raises(ValueError, match=r"samples|base64"):
        segments.unpack_samples(tmp_path, packed | change)


def test_the_segment_of_an_event_is_found_in_both_places() -> None:
    """Imports name it themselves, measurements in their samples; most events name none."""
    assert segments.named_in({"segment": "a"}) == "a"
    assert segments.named_in({"samples": {"n": 1, "segment": "b"}}) == "b"
    assert segments.named_in({"samples": {"n": 1, "zlib": ""}}) is None

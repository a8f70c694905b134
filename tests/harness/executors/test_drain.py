"""fitment.harness.executors.drain: the end of what came, and never a wait."""

from __future__ import annotations

import os

from fitment.harness.executors.drain import Drain


def test_only_the_end_is_kept() -> None:
    """Of more than the capacity the last bytes stay."""
    read_end, write_end = os.pipe()
    drain = Drain(read_end, capacity=5)
    for text in (b"abc", b"defg"):
        os.write(write_end, text)
        assert drain.read() is True
    assert drain.kept == b"cdefg"
    os.close(write_end)
    os.close(read_end)


def test_nothing_now_is_not_the_end() -> None:
    """An empty pipe gives None, a closed one False."""
    read_end, write_end = os.pipe()
    drain = Drain(read_end, capacity=5)
    assert drain.read() is None
    os.close(write_end)
    assert drain.read() is False
    os.close(read_end)

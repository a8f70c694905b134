"""fitment.harness.channel: what a child says under the nonce, and nothing else."""

from __future__ import annotations

import json
import os

import numpy as np
import pytest
from fitment.harness.channel import Received, Sender, receive

NONCE = "a" * 32


def said(*, garbage: bytes = b"", samples: np.ndarray | None = None) -> bytes:
    """The bytes of a stage, then garbage, then a result."""
    read_end, write_end = os.pipe()
    sender = Sender(write_end, NONCE)
    sender.stage("latency")
    os.write(write_end, garbage)
    sender.result({"status": "ok"}, samples)
    os.close(write_end)
    with open(read_end, "rb") as file:
        return file.read()


def test_stage_result_and_samples_arrive() -> None:
    """The last stage, the body, and the samples bit for bit, newlines among their bytes included."""
    samples = np.frombuffer(b"\n" * 80, dtype=np.float64).copy()
    received = receive(said(samples=samples), NONCE)
    assert (received.stage, received.body) == ("latency", {"status": "ok"})
    assert received.samples is not None
    assert received.samples.tobytes() == samples.tobytes()


@pytest.mark.parametrize(
    "garbage",
    [
        b"not json\n",
        b"\xff\xfe\n",
        b"[]\n",
        b"123\n",
        json.dumps({"nonce": "b" * 32, "kind": "result", "body": {"status": "forged"}, "samples": 0}).encode()
        + b"\n",
        b"[" * 20_000 + b"\n",
        b"half a line",
    ],
)
def test_lines_without_the_nonce_count_for_nothing(garbage: bytes) -> None:
    """Garbage and forgeries between records are skipped."""
    assert receive(said(garbage=garbage), NONCE).body == {"status": "ok"}


def test_a_record_cut_short_is_no_result() -> None:
    """However many bytes of the last record are missing, there is a stage and no result."""
    data = said(samples=np.arange(4.0))
    for missing in (1, 8, 33, 60):
        assert receive(data[:-missing], NONCE) == Received(stage="latency")


def test_samples_that_somebody_wrote_into_are_no_result() -> None:
    """Bytes amid the doubles, as a thread of the model may send them, are noticed."""
    data = said(samples=np.arange(4.0))
    assert receive(data[:-9] + b"x" + data[-9:], NONCE) == Received(stage="latency")


def test_a_later_result_replaces_an_earlier_one() -> None:
    """The last whole result stands, and one that was cut short leaves the one before."""
    first, second = said(), said(samples=np.arange(2.0))
    assert receive(first + second, NONCE).samples is not None
    assert receive(first + second[:-1], NONCE).body == {"status": "ok"}
    assert receive(first + second[:-1], NONCE).samples is None


def test_descriptor_is_kept_from_grandchildren() -> None:
    """What the model starts does not inherit the line."""
    read_end, write_end = os.pipe()
    os.set_inheritable(write_end, True)
    Sender(write_end, NONCE)
    assert not os.get_inheritable(write_end)
    os.close(read_end)
    os.close(write_end)

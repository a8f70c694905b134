"""A bench over a step that does nothing, on a made-up GPU, and what its passes noted."""

from __future__ import annotations

import os
from typing import Any

import torch
from fitment.harness.channel import Sender, receive
from fitment.harness.meters import nvml
from fitment.harness.meters.stopwatch import Stopwatch
from fitment.harness.profiles import PROFILES
from fitment.harness.protocol.bench import Bench
from fitment.harness.protocol.draft import Draft
from fitment.harness.protocol.subject import Subject

from tests.harness.jobs import make_job
from tests.harness.meters.fake_nvml import UUID, FakeNvml


class Recorded:
    """A bench over a step that does nothing, on a made-up GPU, and what its passes noted."""

    def __init__(self, library: FakeNvml) -> None:
        self._read_end, self._write_end = os.pipe()
        self._draft = Draft(Sender(self._write_end, "n"))
        subject = Subject(lambda: torch.ones(1), lambda: None, "samples/s", 0.1)
        watch = Stopwatch(subject.step, subject.synchronise)
        cell, quick = make_job().cell, PROFILES["quick"]
        gpu = nvml.find(UUID, library)
        self.bench = Bench(cell, "cpu", quick, self._draft, subject, watch, gpu)

    def fields(self) -> dict[str, Any]:
        """What the parent would receive."""
        self._draft.send()
        os.close(self._write_end)
        with open(self._read_end, "rb") as file:
            body = receive(file.read(), "n").body
        assert body is not None
        return dict(body)

"""A sweep shown to other terminals: a display that keeps the status file."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from ...registry.errors import FitmentError
from ...registry.records import Measurement
from ...registry.storage import journal
from ..sweeps.plan import Run
from ..sweeps.status_file import DeviceStatus, Status, StatusFile
from .lines import run_name
from .outlook import Outlook


class Publisher:
    """Writes the status at each step. What can't be written is told once, and the sweep goes on."""

    def __init__(self, folder: Path, sweep_id: str, name: str, tell: Callable[[str], None]) -> None:
        self._folder = folder
        self._file = StatusFile(folder, sweep_id)
        self._sweep_id = sweep_id
        self._name = name
        self._tell = tell
        self._outlook = Outlook()
        self._running: dict[str, tuple[str, float]] = {}  # by device
        self._environments: dict[str, str] = {}
        self._active = False

    def start(self, runs: Sequence[Run], earlier: int) -> None:
        """Publishes a sweep that has something to run, from the journal's present end on."""
        self._active = bool(runs)
        self._outlook.start(runs)
        self._environments = {run.device: run.env_id for run in runs}
        self._earlier = earlier
        self._started_at = datetime.now(UTC).isoformat(timespec="seconds")
        self._try(self._open)

    def running(self, run: Run) -> None:
        """What runs now, and since when."""
        self._outlook.began(run)
        self._running[run.device] = run_name(run, device=False), time.time()
        self._try(self._write)

    def finished(self, run: Run, measurement: Measurement, seconds: float | None) -> None:
        """A run has come to its end; its result is in the journal."""
        self._move_on(run, seconds)

    def dropped(self, run: Run, reason: str) -> None:
        """A run is not made."""
        self._move_on(run, None)

    def notice(self, text: str) -> None:
        """Nothing: a notice is for who started the sweep."""

    def end(self, lines: Sequence[str]) -> None:
        """The sweep has come to its end, of which it says ``lines``."""
        self._try(lambda: self._write(tuple(lines)))

    def stop(self) -> None:
        """Nothing more follows; without ``end`` before it, the sweep was cut off."""
        self._file.close()

    def _move_on(self, run: Run, seconds: float | None) -> None:
        self._outlook.ended(run, seconds)
        self._running.pop(run.device, None)
        self._try(self._write)

    def _try(self, act: Callable[[], None]) -> None:
        if not self._active:
            return
        try:
            act()
        except (OSError, FitmentError) as error:
            self._active = False
            self._file.withdraw()
            self._tell(f"`fitment watch` can't follow this sweep: {error}")

    def _open(self) -> None:
        self._file.open()
        self._began = self._end_of_journal()
        self._write()

    def _write(self, ended: tuple[str, ...] | None = None) -> None:
        outlook = self._outlook
        self._file.write(
            Status(
                sweep_id=self._sweep_id,
                name=self._name,
                pid=os.getpid(),
                started_at=self._started_at,
                earlier=self._earlier,
                width=outlook.width,
                began=self._began,
                reached=self._end_of_journal(),
                devices=tuple(map(self._device, outlook.totals)),
                left_s=outlook.left_s,
                expected_s=outlook.expected_s,
                ended=ended,
            )
        )

    def _device(self, name: str) -> DeviceStatus:
        now, since = self._running.get(name, (None, None))
        outlook = self._outlook
        return DeviceStatus(
            name, self._environments[name], outlook.totals[name], outlook.done[name], now, since
        )

    def _end_of_journal(self) -> journal.Position:
        last = journal.last(self._folder)
        return last.after if last else journal.START

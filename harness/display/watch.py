"""A sweep followed from another terminal, by what it leaves on the disk: it never notices.

The status file says how it stands, the journal what came out; both are read without a lock, and neither
the database nor the sweep itself is asked.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from ...registry.records import Cell, Configuration, Measurement
from ...registry.storage import journal
from ..sweeps import status_file
from ..sweeps.plan import Run
from ..sweeps.status_file import DeviceStatus, Status
from .live import WAITING, LiveDisplay
from .outlook import Outlook, less_elapsed
from .plain import PlainDisplay

POLL_S = 1.0
LAST_RESULTS = 10

Result = tuple[Run, Measurement]


class Followed(Outlook):
    """The outlook of a sweep in another process, as its last status gives it."""

    def __init__(self, status: Status, clock: Callable[[], float] = time.time) -> None:
        super().__init__(clock)
        self.take(status)

    def take(self, status: Status) -> None:
        """Takes in a newer status."""
        self.width = max(0, min(status.width, 200))
        self.totals = {device.name: device.total for device in status.devices}
        self.done = Counter({device.name: device.done for device in status.devices})
        self._left_s, self.expected_s = status.left_s, status.expected_s
        self._began = {each.name: each.since for each in status.devices if each.since is not None}
        self._told = self.done.total()

    def about_to_tell(self, results: int) -> None:
        """So many results are told next, the last of which is the newest that the status counts."""
        self._told = max(0, self.done.total() - results)

    @property
    def finished(self) -> int:
        """Runs that came to their end, up to the result that was told last."""
        return self._told

    def start(self, runs: object) -> None:
        """Nothing: the status has said it."""

    def ended(self, run: Run, seconds: float | None) -> None:
        """A result is told."""
        self._told = min(self._told + 1, self.done.total())

    def elapsed_s(self, device: str) -> float | None:
        """Never below 0, even if the clock was set meanwhile."""
        elapsed = super().elapsed_s(device)
        return None if elapsed is None else max(0.0, elapsed)

    def remaining_s(self) -> float | None:
        """Likewise."""
        elapsed = sum(filter(None, map(self.elapsed_s, self._began)))
        return less_elapsed(self._left_s, self.expected_s, elapsed)


class Watch:
    """One sweep, told to ``display`` as it goes on."""

    def __init__(
        self, folder: Path, status: Status, display: LiveDisplay | PlainDisplay, outlook: Followed
    ) -> None:
        self._folder = folder
        self._status = status
        self._display = display
        self._outlook = outlook
        self._position = status.began

    def attach(self) -> None:
        """Shows how the sweep stands, with its last results."""
        count = 0
        newest: deque[Result] = deque(maxlen=LAST_RESULTS)
        for count, result in enumerate(self._news(self._status.reached.offset), 1):  # noqa: B007
            newest.append(result)
        self._display.start((), self._status.earlier)
        if count > len(newest):
            self._display.notice(f"{count - len(newest)} results before these")
        self._tell(list(newest))
        self._show_what_runs()

    def follow(self, wait: Callable[[float], object] = time.sleep) -> Status | None:
        """The sweep's last status, once it lives no more; None where another has cleared that away."""
        while True:
            alive = status_file.is_alive(self._folder, self._status.sweep_id)  # before all that it wrote
            status = status_file.read(self._folder, self._status.sweep_id)
            if status is not None:
                self._take(status, status.reached.offset if alive else None)
            if not alive:
                return status
            wait(POLL_S)

    def _take(self, status: Status, end: int | None) -> None:
        self._status = status
        self._outlook.take(status)
        self._tell(list(self._news(end)))
        self._show_what_runs()

    def _tell(self, results: list[Result]) -> None:
        self._outlook.about_to_tell(len(results))
        for run, measurement in results:
            self._display.finished(run, measurement, None)

    def _show_what_runs(self) -> None:
        if isinstance(self._display, LiveDisplay):
            for device in self._status.devices:
                self._display.show(device.name, doing(device))

    def _news(self, end: int | None) -> Iterator[Result]:
        """The sweep's results between the last position and ``end``, an offset, which becomes the last."""
        devices = {device.env_id: device.name for device in self._status.devices}
        for record in journal.scan(self._folder, self._position, end):
            self._position = record.after
            event = record.event
            if event.kind == "measured" and event.body["row"].get("sweep_id") == self._status.sweep_id:
                row = event.body["row"]
                yield result(row, devices.get(row["env_id"], row["device_kind"]))


def doing(device: DeviceStatus) -> str:
    """What the device runs now; "waiting", or "done"."""
    if device.now is not None:
        return device.now
    return "done" if device.done >= device.total else WAITING


def result(row: dict[str, Any], device: str) -> Result:
    """A journalled row as the sweep's own display had it."""
    configuration = Configuration(**{field.name: row[field.name] for field in fields(Configuration)})
    own = {field.name: row[field.name] for field in fields(Cell) if field.name != "configuration"}
    cell = Cell(**own, configuration=configuration)
    known = {field.name: row[field.name] for field in fields(Measurement) if field.name in row}
    run = Run(cell, row["cell_key"], device, row["env_id"], row["invocation"], 0.0)
    return run, Measurement(cell, **known)

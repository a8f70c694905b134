"""What a running sweep tells others: a small file beside its journal, and a lock for as long as it lives.

``sweeps/ID.json`` in the store's state folder is replaced whole at each run, and stays after the end.
``sweeps/ID.lock`` is held by flock, which the kernel lets go of however the sweep ends: no pid is guessed
at. Who can read the store can follow its sweeps; several may run on one store, on different devices.
"""

from __future__ import annotations

import fcntl
import json
import math
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ...registry.storage.files import open_state, read_state, write_all
from ...registry.storage.journal import Position

FORMAT = "fitment.status"
VERSION = 1
OURS = ("json", "json.new", "lock")
SWEEP_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """One device of a sweep. ``now``: what runs on it, since ``since`` (s since 1970); None between runs."""

    name: str
    env_id: str
    total: int
    done: int
    now: str | None = None
    since: float | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """A sweep as it stands. Its results are in the journal between ``began`` and ``reached``."""

    sweep_id: str
    name: str
    pid: int
    started_at: str  # UTC, ISO 8601
    earlier: int  # runs that were finished before
    width: int  # in which the names of runs line up
    began: Position
    reached: Position
    devices: tuple[DeviceStatus, ...]
    left_s: float | None = None  # for what is left, the running run in full; None while nothing is known
    expected_s: float | None = None  # of the running run
    ended: tuple[str, ...] | None = None  # what was said at the end; None before it

    @property
    def total(self) -> int:
        """Runs of this sweep."""
        return sum(device.total for device in self.devices)

    @property
    def done(self) -> int:
        """Runs that came to their end."""
        return sum(device.done for device in self.devices)


class StatusFile:
    """A sweep's own end: its file and its lock. Raises OSError where they can't be written."""

    def __init__(self, folder: Path, sweep_id: str) -> None:
        self._folder = folder / "sweeps"
        self._sweep_id = sweep_id
        self._lock: int | None = None

    def open(self) -> None:
        """Takes the lock before anybody can see it, and clears away what ended sweeps left."""
        with suppress(FileExistsError):
            os.mkdir(self._folder)
        new = self._path("lock.new")
        self._lock = open_state(new, os.O_RDWR | os.O_CREAT)
        fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.replace(new, self._path("lock"))
        _clear_away(self._folder.parent)

    def write(self, status: Status) -> None:
        """Puts ``status`` in the place of the one before; who reads sees one or the other, whole."""
        body = {"format": FORMAT, "version": VERSION, **asdict(status)}
        new = self._path("json.new")
        descriptor = open_state(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        try:
            write_all(descriptor, json.dumps(body, ensure_ascii=True, allow_nan=False).encode())
        finally:
            os.close(descriptor)
        os.replace(new, self._path("json"))

    def close(self) -> None:
        """Lets go of the lock; the last status stays for those who follow."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def withdraw(self) -> None:
        """Takes back what was said: a status that no longer follows the sweep is worse than none."""
        for ending in OURS:
            with suppress(OSError):
                os.unlink(self._path(ending))
        self.close()

    def _path(self, ending: str) -> Path:
        return self._folder / f"{self._sweep_id}.{ending}"


def _clear_away(folder: Path) -> None:
    for sweep_id in sweeps(folder):
        if not is_alive(folder, sweep_id):
            for ending in OURS:
                with suppress(FileNotFoundError):
                    os.unlink(folder / "sweeps" / f"{sweep_id}.{ending}")


def sweeps(folder: Path) -> list[str]:
    """The ids of the sweeps that left something in the state folder, running or not, sorted."""
    try:
        entries = os.listdir(folder / "sweeps")
    except OSError:
        return []
    parts = (entry.partition(".") for entry in entries)
    return sorted({stem for stem, _, ending in parts if ending in OURS and SWEEP_ID.fullmatch(stem)})


def is_alive(folder: Path, sweep_id: str) -> bool:
    """Whether the sweep still runs: whether somebody holds its lock."""
    try:
        descriptor = open_state(folder / "sweeps" / f"{sweep_id}.lock", os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return isinstance(error, BlockingIOError)
    finally:
        os.close(descriptor)
    return False


def read(folder: Path, sweep_id: str) -> Status | None:
    """The sweep's status; None where there is none, or none that this fitment understands."""
    with suppress(OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        body = json.loads(read_state(folder / "sweeps" / f"{sweep_id}.json"))
        if (body["format"], body["version"]) == (FORMAT, VERSION):
            return _status(body)
    return None


def _status(body: Mapping[str, Any]) -> Status:
    """The status in parsed JSON; whatever is not of its type raises ValueError, TypeError or KeyError."""
    return Status(
        sweep_id=str(body["sweep_id"]),
        name=str(body["name"]),
        pid=int(body["pid"]),
        started_at=datetime.fromisoformat(body["started_at"]).isoformat(),
        earlier=int(body["earlier"]),
        width=int(body["width"]),
        began=_position(body["began"]),
        reached=_position(body["reached"]),
        devices=tuple(map(_device, body["devices"])),
        left_s=_seconds(body["left_s"]),
        expected_s=_seconds(body["expected_s"]),
        ended=None if body["ended"] is None else tuple(map(str, body["ended"])),
    )


def _device(body: Mapping[str, Any]) -> DeviceStatus:
    return DeviceStatus(
        name=str(body["name"]),
        env_id=str(body["env_id"]),
        total=int(body["total"]),
        done=int(body["done"]),
        now=None if body["now"] is None else str(body["now"]),
        since=_seconds(body["since"]),
    )


def _position(body: Mapping[str, Any]) -> Position:
    return Position(int(body["seq"]), int(body["offset"]), int(body["crc"]))


def _seconds(value: Any) -> float | None:
    if value is not None and not math.isfinite(float(value)):
        raise ValueError("not a time")
    return None if value is None else float(value)

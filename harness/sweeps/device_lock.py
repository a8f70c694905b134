"""One sweep per device: a flock for each, apart from the store's, so that no sweep times another."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ...registry.errors import BUSY, FitmentError
from ..probe import ProbedDevice
from ..runtime_folder import runtime_folder
from .cleanliness import Pause

POLL_S = 0.1


class DeviceBusyError(FitmentError):
    """Another sweep measures on the device and did so for longer than we wait."""

    exit_code = BUSY


class DeviceLockError(FitmentError):
    """No lock file can be had for a device."""


@contextmanager
def exclusive(
    devices: Iterable[ProbedDevice], wait_s: float = 10.0, *, pause: Pause | None = None
) -> Iterator[None]:
    """A context that holds every device. The kernel frees the locks of a process that dies.

    Raises DeviceBusyError, naming the holder's pid, after ``wait_s`` seconds, or once ``pause`` says that a
    signal came.
    """
    with ExitStack() as held:
        until = time.monotonic() + wait_s
        for device in sorted(devices, key=lambda device: device.name):
            held.enter_context(_locked(device, until, pause or _sleep))
        yield


def lock_path(device: ProbedDevice) -> Path:
    """The lock file of a device: by UUID where it has one, as indices change with CUDA_VISIBLE_DEVICES."""
    name = device.environment.device_uuid or device.name
    return runtime_folder() / f"{re.sub('[^A-Za-z0-9-]', '_', name)}.lock"


@contextmanager
def _locked(device: ProbedDevice, until: float, pause: Pause) -> Iterator[None]:
    descriptor = _opened(lock_path(device))
    try:
        _wait(descriptor, device, until, pause)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)  # for the message only
        yield
    finally:
        os.close(descriptor)


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # O_NOFOLLOW: another user of /tmp can't make us write elsewhere
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise DeviceLockError(
            f"can't make the lock file {path}: {error.strerror}; set XDG_RUNTIME_DIR to a folder of your own"
        ) from None


def _wait(descriptor: int, device: ProbedDevice, until: float, pause: Pause) -> None:
    while True:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        if time.monotonic() >= until or not pause(POLL_S):
            holder = os.pread(descriptor, 20, 0).decode("ascii", "replace") or "unknown"
            raise DeviceBusyError(
                f"device {device.name} is measured by another sweep (pid {holder}): wait for it or stop it"
            )


def _sleep(seconds: float) -> bool:
    """True, after that time: nobody here listens to signals."""
    time.sleep(seconds)
    return True

"""Instructions that this thread retires in user space, by the processor's counter that ``perf stat`` reads.

Many virtual machines and containers have no such counter. Source: perf_event_open(2).
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import platform
import struct
from collections.abc import Callable

_SYSCALL = {"x86_64": 298, "aarch64": 241, "riscv64": 241}
_ATTRIBUTES = struct.Struct("=IIQQQQQIIQ")  # perf_event_attr as of its first version, 64 bytes
_DISABLED, _INHERIT, _EXCLUDE_KERNEL, _EXCLUDE_HYPERVISOR = 1 << 0, 1 << 1, 1 << 5, 1 << 6
_CLOSE_ON_EXEC = 1 << 3
_ENABLE, _DISABLE, _RESET = 0x2400, 0x2401, 0x2403
INSTRUCTIONS = (0, 1)  # PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS
TASK_CLOCK = (1, 1)  # PERF_TYPE_SOFTWARE, PERF_COUNT_SW_TASK_CLOCK: nanoseconds


class EventCounter:
    """One event of this thread, and of threads that it starts while open; a context manager."""

    def __init__(self, event: tuple[int, int] = INSTRUCTIONS) -> None:
        """Raises OSError where the kernel, the machine or its settings don't have the event."""
        kind, config = event
        flags = _DISABLED | _INHERIT | _EXCLUDE_KERNEL | _EXCLUDE_HYPERVISOR
        attributes = _ATTRIBUTES.pack(kind, _ATTRIBUTES.size, config, 0, 0, 0, flags, 0, 0, 0)
        self._fd = _open(ctypes.create_string_buffer(attributes, _ATTRIBUTES.size))

    def __enter__(self) -> EventCounter:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._fd)

    def count(self, call: Callable[[], object]) -> int:
        """What the event counted while ``call`` ran."""
        fcntl.ioctl(self._fd, _RESET, 0)
        fcntl.ioctl(self._fd, _ENABLE, 0)
        try:
            call()
        finally:
            fcntl.ioctl(self._fd, _DISABLE, 0)
        return int.from_bytes(os.read(self._fd, 8), "little")


def available(event: tuple[int, int] = INSTRUCTIONS) -> bool:
    """Whether this machine counts the event for us."""
    try:
        with EventCounter(event) as counter:
            return counter.count(lambda: sum(range(1000))) > 0
    except OSError:
        return False


def _open(attributes: ctypes.Array[ctypes.c_char]) -> int:
    number = _SYSCALL.get(platform.machine())
    if number is None:
        raise OSError(f"perf_event_open is not known on {platform.machine()}")
    libc = ctypes.CDLL(None, use_errno=True)
    fd = libc.syscall(number, attributes, 0, -1, -1, ctypes.c_ulong(_CLOSE_ON_EXEC))
    if fd < 0:
        raise OSError(ctypes.get_errno(), "perf_event_open")
    return int(fd)

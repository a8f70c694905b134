"""The driver's C library under the real pynvml: functions that fill what pynvml's own structures point to."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pynvml

from tests.harness.meters.fake_nvml import UUID

HANDLE = 0x1000
VOID = ctypes.c_void_p


class FakeDriver:
    """A driver with one GPU. ``functions``: what each C function of it does; others it does not have."""

    def __init__(self, **functions: Callable[..., int]) -> None:
        self.functions: dict[str, Callable[..., int | bytes]] = {
            "nvmlInitWithFlags": lambda flags: 0,
            "nvmlErrorString": lambda code: b"error %d" % code,
            "nvmlDeviceGetHandleByUUID": _handle_by_uuid,
            "nvmlDeviceIsMigDeviceHandle": gives(0),
            **functions,
        }

    def __getattr__(self, name: str) -> Callable[..., int | bytes]:
        if name not in self.functions:
            raise AttributeError(name)
        # pynvml keeps what it gets here, and a test may change what it does later
        return lambda *arguments: self.functions[name](*arguments)


def gives(*values: int) -> Callable[..., int]:
    """A C function whose last arguments are pointers to integers: it writes these values."""

    def function(handle: Any, *arguments: Any) -> int:
        assert ctypes.cast(handle, VOID).value == HANDLE
        for pointer, value in zip(arguments[-len(values) :], values, strict=True):
            pointer._obj.value = value
        return int(pynvml.NVML_SUCCESS)

    return function


def fills(**fields: int) -> Callable[..., int]:
    """A C function whose last argument points to a structure: it writes these fields."""

    def function(handle: Any, *arguments: Any) -> int:
        for name, value in fields.items():
            assert hasattr(arguments[-1]._obj, name)
            setattr(arguments[-1]._obj, name, value)
        return int(pynvml.NVML_SUCCESS)

    return function


def lists(*processes: tuple[int, int]) -> Callable[..., int]:
    """A C function that lists processes (pid, bytes): asked with room for none, it says how many."""

    def function(handle: Any, count: Any, room: Any) -> int:
        if room is None:
            count._obj.value = len(processes)
            return int(pynvml.NVML_ERROR_INSUFFICIENT_SIZE if processes else pynvml.NVML_SUCCESS)
        for place, (pid, used) in enumerate(processes):
            room[place].pid, room[place].usedGpuMemory = pid, used
        count._obj.value = len(processes)
        return int(pynvml.NVML_SUCCESS)

    return function


def writes(text: bytes) -> Callable[..., int]:
    """A C function that writes a text into a buffer, whose length is its last argument."""

    def function(*arguments: Any) -> int:
        assert len(text) < arguments[-1].value
        arguments[-2].value = text
        return int(pynvml.NVML_SUCCESS)

    return function


def fails(code: int) -> Callable[..., int]:
    """A C function that returns this error."""
    return lambda *arguments: code


def _handle_by_uuid(uuid: Any, device: Any) -> int:
    if uuid.value.decode() != UUID:
        return int(pynvml.NVML_ERROR_NOT_FOUND)
    ctypes.memmove(ctypes.addressof(device._obj), ctypes.byref(VOID(HANDLE)), ctypes.sizeof(VOID))
    return int(pynvml.NVML_SUCCESS)

"""A pynvml without a GPU: what each function returns, or raises, is for a test to say.

It has the functions of the pynvml that is installed, with their arguments, and no others.
"""

from __future__ import annotations

import inspect
from collections.abc import Collection, Mapping
from types import SimpleNamespace
from typing import Any

import pynvml

UUID = "GPU-11111111-2222-3333-4444-555555555555"
OTHER_UUID = "GPU-99999999-2222-3333-4444-555555555555"
MIG_UUID = "MIG-aaaaaaaa-2222-3333-4444-555555555555"
OTHER_MIG_UUID = "MIG-bbbbbbbb-2222-3333-4444-555555555555"

Answers = Mapping[str, Any]


class FakeNvml:
    """Answers with ``answers``; what is not among them is not supported, as on a small GPU.

    ``gpus``: the answers of several GPUs by UUID, in NVML's order. ``slices``: the parent of each MIG slice,
    by UUID; the slice's own answers are in ``gpus`` as well. ``lacks``: names that an older pynvml has not.
    """

    class NVMLError(Exception):
        """With the driver's code."""

        def __init__(self, value: int) -> None:
            super().__init__(value)
            self.value = value

    class NVMLLibraryMismatchError(Exception):
        """The driver is older than pynvml; no NVMLError, in pynvml as here."""

    def __init__(
        self,
        *,
        gpus: Mapping[str, Answers] | None = None,
        slices: Mapping[str, str] | None = None,
        lacks: Collection[str] = (),
        **answers: Any,
    ) -> None:
        self.gpus = dict(gpus or {UUID: answers})
        self.slices = dict(slices or {})
        self.lacks = lacks
        self.gone: int | None = None

    def lose(self, code: int = pynvml.NVML_ERROR_GPU_IS_LOST) -> None:
        """From now on the GPU is gone."""
        self.gone = code

    def __getattr__(self, name: str) -> Any:
        if name in self.lacks or not name.lower().startswith("nvml") or not hasattr(pynvml, name):
            raise AttributeError(name)
        real = getattr(pynvml, name)
        return self._function(name, inspect.signature(real)) if inspect.isfunction(real) else real

    def _function(self, name: str, signature: inspect.Signature) -> Any:
        def call(*arguments: Any) -> Any:
            signature.bind(*arguments)  # a call that pynvml would refuse
            if self.gone is not None:
                raise self.NVMLError(self.gone)
            known = getattr(self, f"_{name}", None)
            return known(*arguments) if known else self._answer(name, *arguments)

        return call

    def _answer(self, name: str, handle: Any = None, *arguments: Any) -> Any:
        answers = self.gpus.get(handle) or next(iter(self.gpus.values()))
        if name not in answers:
            raise self.NVMLError(pynvml.NVML_ERROR_NOT_SUPPORTED)
        value = answers[name]
        if callable(value):
            return value(*arguments)
        if isinstance(value, Exception):
            raise value
        if name in SEQUENCES and isinstance(value, list):
            return value.pop(0) if len(value) > 1 else value[0]
        return value

    # What every driver can do; a handle is a UUID here.

    def _nvmlInit(self) -> None:
        """The library starts."""

    def _nvmlDeviceGetHandleByUUID(self, uuid: str) -> str:
        if uuid not in self.gpus:
            raise self.NVMLError(pynvml.NVML_ERROR_NOT_FOUND)
        return uuid

    def _nvmlDeviceGetUUID(self, handle: str) -> bytes:
        return handle.encode()

    def _nvmlDeviceIsMigDeviceHandle(self, handle: str) -> Any:
        return SimpleNamespace(value=int(handle in self.slices))

    def _nvmlDeviceGetDeviceHandleFromMigDeviceHandle(self, handle: str) -> str:
        return self.slices[handle]

    def _nvmlDeviceGetMaxMigDeviceCount(self, handle: str) -> int:
        return 7

    def _nvmlDeviceGetMigDeviceHandleByIndex(self, handle: str, index: int) -> str:
        mine = [uuid for uuid, parent in self.slices.items() if parent == handle]
        if index >= len(mine):
            raise self.NVMLError(pynvml.NVML_ERROR_NOT_FOUND)
        return mine[index]


SEQUENCES = frozenset({"nvmlDeviceGetTotalEnergyConsumption"})  # a list here is one answer after another


def process(pid: int, used: int | None) -> SimpleNamespace:
    """A line of NVML's process list."""
    return SimpleNamespace(pid=pid, usedGpuMemory=used)


def memory(used: int | None, total: int | None = None, *, reserved: int = 0) -> Any:
    """An answer to nvmlDeviceGetMemoryInfo, whose older form counts the driver's reserve as used."""

    def answer(version: int | None = None) -> SimpleNamespace:
        shown = used if version or used is None else used + reserved
        free = None if used is None or total is None else total - used - reserved
        return SimpleNamespace(used=shown, total=total, free=free)

    return answer


def field(value: int, status: int = 0) -> list[SimpleNamespace]:
    """An answer to nvmlDeviceGetFieldValues for one field."""
    return [SimpleNamespace(nvmlReturn=status, value=SimpleNamespace(uiVal=value))]

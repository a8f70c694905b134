"""A pynvml without a GPU: what each function returns, or raises, is for a test to say."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

UUID = "GPU-11111111-2222-3333-4444-555555555555"


class FakeNvml:
    """Answers with ``answers``; a function that is not among them is not supported, as on a small GPU."""

    NVML_CLOCK_SM = 1
    NVML_TEMPERATURE_GPU = 0
    NVML_ERROR_NOT_SUPPORTED = 3
    NVML_ERROR_GPU_IS_LOST = 15

    class NVMLError(Exception):
        """With the driver's code."""

        def __init__(self, value: int) -> None:
            super().__init__(value)
            self.value = value

    def __init__(self, **answers: Any) -> None:
        self.answers = answers

    def lose(self) -> None:
        """From now on the GPU is gone."""
        self.answers = {}
        self.NVML_ERROR_NOT_SUPPORTED = self.NVML_ERROR_GPU_IS_LOST

    def nvmlDeviceGetHandleByUUID(self, uuid: str) -> str:  # NVML's name
        """The handle of the one GPU there is."""
        if uuid != UUID:
            raise self.NVMLError(6)
        return "handle"

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("nvml"):
            raise AttributeError(name)

        def answer(*arguments: Any) -> Any:
            if name not in self.answers:
                raise self.NVMLError(self.NVML_ERROR_NOT_SUPPORTED)
            value = self.answers[name]
            return value.pop(0) if isinstance(value, list) and name in SEQUENCES else value

        return answer


SEQUENCES = frozenset({"nvmlDeviceGetTotalEnergyConsumption"})  # a list here is one answer after another


def process(pid: int, used: int | None) -> SimpleNamespace:
    """A line of NVML's process list."""
    return SimpleNamespace(pid=pid, usedGpuMemory=used)

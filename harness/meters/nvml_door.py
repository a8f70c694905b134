"""One device handle of NVML's library: what library, driver or device can't give is None, with a reason."""

from __future__ import annotations

from typing import Any

# The driver says: this GPU is gone until somebody resets it.
_GONE = ("NVML_ERROR_GPU_IS_LOST", "NVML_ERROR_RESET_REQUIRED")


class Door:
    """One device handle of the library. A call that can't be answered is None.

    ``absent`` keeps why, by function; ``lost`` stays true once the driver has said that the GPU is gone.
    """

    def __init__(self, library: Any, handle: Any) -> None:
        self._library = library
        self.handle = handle
        self.lost = False
        self.absent: dict[str, str] = {}

    def read(self, function: str, *arguments: Any) -> Any:
        """What ``function`` says of this device; None where it can't say."""
        return self.ask(function, self.handle, *arguments)

    def ask(self, function: str, *arguments: Any) -> Any:
        """What ``function`` returns; an argument such as "NVML_CLOCK_SM" is the library's constant."""
        call = getattr(self._library, function, None)
        values = [self.constant(given) if _is_constant(given) else given for given in arguments]
        if call is None or any(value is None for value in values):
            return self._note(function, "this pynvml does not have it")
        try:
            return call(*values)
        except errors(self._library) as error:
            code = getattr(error, "value", None)
            self.lost = self.lost or (code is not None and code in map(self.constant, _GONE))
            return self._note(function, str(error))

    def to(self, handle: Any) -> Door:
        """The door to another device of the same library."""
        return Door(self._library, handle)

    def constant(self, name: str) -> Any:
        """The library's constant; None where its release lacks it."""
        return getattr(self._library, name, None)

    def _note(self, function: str, reason: str) -> None:
        self.absent[function] = reason


def text(reading: str | bytes | None) -> str | None:
    """The text of a reading: some releases of pynvml return bytes."""
    return reading.decode() if isinstance(reading, bytes) else reading


def errors(library: Any) -> tuple[type[Exception], ...]:
    """What pynvml raises: a driver older than pynvml makes an error that is no NVMLError."""
    mismatch = getattr(library, "NVMLLibraryMismatchError", library.NVMLError)
    return (library.NVMLError, mismatch)


def _is_constant(argument: Any) -> bool:
    return isinstance(argument, str) and argument.startswith("NVML_")

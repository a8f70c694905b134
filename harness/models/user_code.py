"""Where code that isn't ours runs: whatever it raises is the model's fault, not the harness's."""

from __future__ import annotations

from types import TracebackType

from ...registry.errors import FitmentError
from ..errors import MissingDependencyError, ModelError
from ..outcome import is_out_of_memory, place

# Memory that ran out and a broken device are outcomes of their own, told by the error itself.
TELLING = ("can't allocate memory", "out of memory", "bad_alloc", "CUDA error")


class UserCode:
    """A block that runs user code: what it raises leaves as a ModelError that says where.

    A failed import leaves as MissingDependencyError; interrupts, memory that ran out and a broken
    device leave as they are.
    """

    def __init__(self, what: str) -> None:
        self.what = what

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raises ModelError from what the block raised, unless that says more by itself."""
        if error is None or not isinstance(error, (Exception, SystemExit)) or _speaks_for_itself(error):
            return
        line = f"{self.what} raised {type(error).__name__}{_first_line(error)}{place(trace)}"
        if isinstance(error, ImportError):
            raise MissingDependencyError(f"{line}: install what it imports") from error
        raise ModelError(line) from error


def _speaks_for_itself(error: BaseException) -> bool:
    if isinstance(error, RuntimeError):
        return any(text in str(error) for text in TELLING)
    return isinstance(error, FitmentError) or is_out_of_memory(error)


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return f": {lines[0]}" if lines else ""

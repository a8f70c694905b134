"""Why a gate can't judge at all. All end with exit code 4: never a pass, and never a regression."""

from __future__ import annotations

from ...registry.errors import FitmentError

CANNOT_JUDGE = 4
REGRESSED = 5
INCONCLUSIVE = 6


class GateError(FitmentError):
    """The gate was asked for what it can't judge; ``str(error)`` is one line that says the way out."""

    exit_code = CANNOT_JUDGE


class NothingMeasuredError(GateError):
    """No benchmark was measured, or the two sides have none in common."""


class BaselineError(GateError):
    """A baseline that is missing, truncated, altered, or recorded on another machine."""


class RevisionError(GateError):
    """A revision that git does not know, or a folder that is no git repository."""


class PassFailedError(GateError):
    """A process that was to run benchmarks ended without having run any."""


class PassUnreadableError(PassFailedError):
    """A process that answered with something other than a whole pass."""

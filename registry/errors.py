"""The mistakes a user can make, one class each. The library raises; only the command line prints."""

from __future__ import annotations

DONE = 0
OURS = 1
USER_MISTAKE = 2
NO_USABLE_CELL = 3
BUSY = 75


class FitmentError(Exception):
    """A mistake that has a way out; ``str(error)`` is one line that names both.

    ``exit_code`` is what the command line ends with.
    """

    exit_code = USER_MISTAKE


class UnknownNameError(FitmentError):
    """A model, device, precision or other name that does not exist here."""


class ConfigError(FitmentError):
    """A sweep or profile file that can't be read as one; the message starts with file:line."""


class ImportFileError(FitmentError):
    """A foreign result file that can't be imported at all; nothing of it was stored."""


class DatabasePathError(FitmentError):
    """A database path that can't be written, or is a directory."""


class ForeignFileError(FitmentError):
    """A file that is not a fitment store; it was not touched."""


class NewerStoreError(FitmentError):
    """A store written by a newer fitment or DuckDB; it was not touched."""


class NoResultsError(FitmentError):
    """A question about something of which nothing is stored."""


class QuestionError(FitmentError):
    """A question that has no meaning, like the best 0 devices."""


class ArgumentError(FitmentError):
    """An argument of a Python call that is of another type than the call takes; nothing was done."""


class RefusedError(FitmentError):
    """A decision about a model, version or result that what is stored contradicts; nothing was changed."""


class StoreBusyError(FitmentError):
    """Another process holds the store and kept it for longer than we wait."""

    exit_code = BUSY


class StoreDamagedError(FitmentError):
    """Damage that could not be healed from the other copy; nothing was overwritten."""

    exit_code = NO_USABLE_CELL


class StoreFullError(FitmentError):
    """The disk refused a write (ENOSPC, EDQUOT, EIO, EROFS); what was acknowledged before is kept."""

    exit_code = OURS


class NoUsableCellError(FitmentError):
    """A sweep that ended without one ok cell."""

    exit_code = NO_USABLE_CELL

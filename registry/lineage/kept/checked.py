"""The arrays of a store's newest ecosystem, each checked, and made again where one is damaged."""

from __future__ import annotations

from pathlib import Path

from ...errors import NoResultsError
from ...storage import location
from . import array_folder
from .opened import opened


def check_lineage(path: Path) -> tuple[str, ...]:
    """What was repaired, one line each; nothing where there is no lineage.

    Raises StoreDamagedError where the rows that they are made from can't be read, StoreBusyError.
    """
    try:
        arrays = opened(path).arrays
    except NoResultsError:
        return ()
    for name in arrays:
        arrays[name]
    if not arrays.made:
        return ()
    folder = array_folder.folder_beside(location.checked(path))
    return tuple(arrays.notices) or (
        f"{folder}: made again from the journal, arrays were missing or damaged",
    )

"""The newest event of a kind, looked for from the journal's end: what else it holds need not be read."""

from __future__ import annotations

import mmap
import os
from contextlib import closing
from pathlib import Path

from .files import guarded, open_state
from .journal import Event, last, log_of


def newest_of(folder: Path, kind: str) -> Event | None:
    """The newest event of ``kind``, checked as ``journal.last`` checks a record; None where there is none.

    Raises JournalDamagedError, NewerStoreError.
    """
    if last(folder) is None:  # raises where a newer fitment goes on with the journal
        return None
    mark = f'"kind":"{kind}"'.encode()
    with guarded(log_of(folder)):
        fd = open_state(log_of(folder), os.O_RDONLY)
        try:
            held = mmap.mmap(fd, 0, access=mmap.ACCESS_READ)
        finally:
            os.close(fd)
    with closing(held):
        end = len(held)
        while (at := held.rfind(mark, 0, end)) >= 0:
            line_end = held.find(b"\n", at) + 1 or len(held)
            record = last(folder, line_end)
            if record is not None and record.after.offset == line_end and record.event.kind == kind:
                return record.event
            end = at  # not the kind of an event, or a record that was never acknowledged
    return None

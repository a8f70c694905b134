"""From the first moment of an invocation to the end of its passes: whether the machine stayed as it was."""

from __future__ import annotations

from ..meters import allotment, clocks
from .draft import Draft


class Vigil:
    """Begins when it is made, before torch is imported: OpenMP's library may narrow the affinity mask."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._clocks = clocks.read()
        self._allotment = allotment.read()
        self._may_be_bound = allotment.is_bound()
        self._ended = False

    def threads_started(self) -> None:
        """OpenMP has bound its threads, if it was asked to: the mask that it left is the one to keep."""
        now = allotment.read()
        if not self._has_changed(now):
            self._allotment = now
            self._may_be_bound = False

    def resumed(self) -> None:
        """This process was stopped and is continued: what it was timing meanwhile says nothing."""
        if not self._ended:
            self._draft.flag("suspended")

    def end(self) -> None:
        """Notes what happened to the clocks, and flags what disturbed the invocation; once."""
        if self._ended:
            return
        self._ended = True
        now = clocks.read()
        slept, stepped = now.suspended_s(self._clocks), now.wall_clock_step_s(self._clocks)
        self._draft.note(suspended_s=slept, wall_clock_step_s=stepped)
        if slept:
            self._draft.flag("suspended")
        if stepped:
            self._draft.flag("clock_stepped")
        if self._has_changed(allotment.read()):
            self._draft.flag("env_changed")

    def _has_changed(self, now: allotment.Allotment) -> bool:
        bound = self._may_be_bound and now.narrowed(self._allotment)
        return now.differs(self._allotment) and not bound

"""The process that measures one invocation of one cell: ``python -P -m fitment.harness.worker``.

A model may raise anything at all. Nothing is caught on the way: an exception ends the process, and what is
called then says what it means.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from types import TracebackType

from . import outcome
from .errors import RefusedError, UnsupportedError
from .job import Job, job_from_request
from .lifeline import begin, leave, on_resumption
from .protocol import memory_cap
from .protocol.draft import Draft
from .protocol.vigil import Vigil


def main() -> None:
    """Measures what the request asks for, answers, and ends the process."""
    request, sender = begin(sys.argv[1:])
    job = job_from_request(request)
    draft = Draft(sender)
    vigil = Vigil(draft)
    on_resumption(vigil.resumed)
    sys.excepthook = report = partial(_report, job, draft, vigil)
    draft.enter("import")
    started = time.perf_counter()
    measure = importlib.import_module(".protocol.measure", __package__)  # torch, above all
    draft.note(import_s=time.perf_counter() - started)
    gc.freeze()  # no collection looks through torch's own objects again: 75 ms each, some amid the passes
    if job.cell.device_kind == "cpu":
        memory_cap.cap(threads=2 * (os.cpu_count() or 1))  # torch has a pool within operations, one across
    with _Reported(report):
        measure.measure(job, draft, vigil)
        draft.send()
    leave(0)


class _Reported:
    """A block whose exceptions are reported, even where the model's code has put in a hook of its own."""

    def __init__(self, report: Callable[..., None]) -> None:
        self._report = report

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None and not issubclass(kind, SystemExit):  # which ends the process, with its code
            self._report(kind, error, trace)


def _report(
    job: Job,
    draft: Draft,
    vigil: Vigil,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    """Answers with what the exception means for the cell, and ends the process."""
    spent = memory_cap.lift()  # before all else, or there may be no memory to say that there is none
    traceback.clear_frames(trace)  # their tensors may be what memory ran out over
    vigil.end()  # what failed may have failed over it
    if not isinstance(error, (UnsupportedError, RefusedError)):  # which say it all by themselves
        sys.__excepthook__(kind, error, trace)
    if draft.settled:
        draft.flag(f"no_{draft.stage}")
    else:
        draft.fail(*_verdict(job, error, spent))
    draft.send()
    leave(0 if draft.settled else 1)


def _verdict(job: Job, error: BaseException, spent: memory_cap.Spent) -> tuple[str, str]:
    """Status and detail of the cell that the exception ended."""
    configuration = job.cell.configuration
    status = outcome.classify(
        error, precision=configuration.precision, compile_mode=configuration.compile_mode
    )
    if status == "model_error" and spent.nearly_all:
        status = "oom_host"
    detail = outcome.describe(error)
    return status, f"{detail}; {spent}" if status == "oom_host" else detail


if __name__ == "__main__":
    main()

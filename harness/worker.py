"""The process that measures one invocation of one cell: ``python -P -m fitment.harness.worker``.

A model may raise anything at all. Nothing is caught on the way: an exception ends the process, and the
hook that Python calls then says what it means.
"""

from __future__ import annotations

import importlib
import sys
import time
import traceback
from functools import partial
from types import TracebackType

from . import outcome
from .errors import UnsupportedError
from .job import Job, job_from_request
from .lifeline import begin, leave
from .protocol.draft import Draft


def main() -> None:
    """Measures what the request asks for, answers, and ends the process."""
    request, sender = begin(sys.argv[1:])
    job = job_from_request(request)
    draft = Draft(sender)
    sys.excepthook = partial(_report, job, draft)
    draft.enter("import")
    started = time.perf_counter()
    measure = importlib.import_module(".protocol.measure", __package__)  # torch, above all
    draft.note(import_s=time.perf_counter() - started)
    measure.measure(job, draft)
    draft.send()
    leave(0)


def _report(
    job: Job,
    draft: Draft,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    """Answers with what the exception means for the cell, and ends the process."""
    traceback.clear_frames(trace)  # their tensors may be what memory ran out over
    if not isinstance(error, UnsupportedError):  # which says it all by itself
        sys.__excepthook__(kind, error, trace)
    if draft.settled:
        draft.flag(f"no_{draft.stage}")
    else:
        configuration = job.cell.configuration
        status = outcome.classify(
            error, precision=configuration.precision, compile_mode=configuration.compile_mode
        )
        draft.fail(status, outcome.describe(error))
    draft.send()
    leave(0 if draft.settled else 1)


if __name__ == "__main__":
    main()

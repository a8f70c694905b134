"""``fitment recommend --report FILE``: the decision record for a purchase file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from ...registry.answers import Question
from ...registry.fit.decision import decision_record
from ...registry.fit.workload_decision import workload_record
from ...registry.report import decision_record as page
from ...registry.report import workload_record as mix_page
from ...registry.report.text import terminal
from ...registry.storage.store import Store
from ...registry.workloads import Mix
from .output import OutputError, write_file
from .recommend import add_arguments, measurable
from .spoken import command_line, spoken

Record = TypeVar("Record")
WRITERS = {".html": page.to_html, ".htm": page.to_html, ".md": page.to_markdown}
MIX_WRITERS = {".html": mix_page.to_html, ".htm": mix_page.to_html, ".md": mix_page.to_markdown}
OF_THE_ANSWER = ("--model", "--report", "--output", "--overwrite", "--format", "--explain")  # no question's


def write_record(store: Store, question: Question, args: argparse.Namespace) -> None:
    """Writes the record of ``question`` to ``args.report``. Raises OutputError, and as ``recommend``."""
    write = _writer(WRITERS, args.report)
    record = decision_record(store, question, measurable(), command=_asked(args, question.model))
    _put(write(record), args)


def write_mix_record(store: Store, mix: Mix, question: Question, args: argparse.Namespace) -> None:
    """Likewise of a mix of models. Raises OutputError, and as ``recommend_mix``."""
    write = _writer(MIX_WRITERS, args.report)
    _put(write(workload_record(store, mix, question, measurable(), command=_asked(args))), args)


def _writer(writers: Mapping[str, Callable[[Record], str]], path: Path) -> Callable[[Record], str]:
    write = writers.get(path.suffix.lower())
    if write is None:
        raise OutputError(f"--report {path}: a decision record is a page: name it .html or .md")
    return write


def _asked(args: argparse.Namespace, *words: str) -> str:
    """The command that asks again."""
    return command_line("recommend", [*words], spoken(args, add_arguments), without=OF_THE_ANSWER)


def _put(text: str, args: argparse.Namespace) -> None:
    write_file(args.report, text, overwrite=args.overwrite)
    sys.stderr.write(terminal(f"decision record: {args.report}") + "\n")

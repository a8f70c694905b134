"""``fitment recommend --report FILE``: the decision record for a purchase file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ...registry.answers import Question
from ...registry.fit.decision import decision_record
from ...registry.report import decision_record as page
from ...registry.report.text import terminal
from ...registry.storage.store import Store
from .output import OutputError, write_file
from .recommend import add_arguments, measurable
from .spoken import command_line, spoken

WRITERS = {".html": page.to_html, ".htm": page.to_html, ".md": page.to_markdown}
OF_THE_ANSWER = ("--model", "--report", "--output", "--overwrite", "--format", "--explain")  # no question's


def write_record(store: Store, question: Question, args: argparse.Namespace) -> None:
    """Writes the record of ``question`` to ``args.report``. Raises OutputError, and as ``recommend``."""
    path: Path = args.report
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise OutputError(f"--report {path}: a decision record is a page: name it .html or .md")
    asked = command_line("recommend", [question.model], spoken(args, add_arguments), without=OF_THE_ANSWER)
    record = decision_record(store, question, measurable(), command=asked)
    write_file(path, write(record), overwrite=args.overwrite)
    sys.stderr.write(terminal(f"decision record: {path}") + "\n")

"""The verbs of the command line, as one static table: nothing is imported to print the help."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verb:
    """One subcommand. ``module`` in this folder has ``add_arguments(parser)`` and ``run(args) -> int``."""

    name: str
    help: str
    heading: str
    module: str


MEASURE = "Measure"
DECIDE = "Decide"
KEEP = "Look after the results"

VERBS = (
    Verb("sweep", "measure models on this machine, as a sweep file says", MEASURE, "sweep"),
    Verb("watch", "follow a sweep that runs in another terminal", MEASURE, "watch"),
    Verb("devices", "show what this machine has and can run", MEASURE, "devices"),
    Verb("import", "take in results that others published", MEASURE, "import_"),
    Verb("score", "score every hardware-model pair from the stored results", DECIDE, "score"),
    Verb("recommend", "rank hardware, batch size and precision for a model", DECIDE, "recommend"),
    Verb("diff", "set two results side by side, what differs first", DECIDE, "diff"),
    Verb("report", "show the matrix of hardware and models", DECIDE, "report"),
    Verb("doctor", "check the stored results and heal what can be healed", KEEP, "doctor"),
    Verb("rebuild", "make the database again from its journal", KEEP, "rebuild"),
)

"""What has to be done in a side's tree before its benchmarks can run: built, fetched, generated."""

from __future__ import annotations

import re

from .errors import GateError
from .processes import Tree, run

LONGEST_S = 3600.0
_SHELL = "/bin/sh"
# Would point the environment that both sides share to a tree that is removed afterwards.
_INTO_THE_ENVIRONMENT = re.compile(r"\binstall\b.*\s(-e|--editable)\b|\bsetup\.py\s+develop\b")


class SetupError(GateError):
    """A --setup that failed, or that would harm."""


def check(command: str) -> None:
    """Raises SetupError for what must not be run in a tree that is there for a moment."""
    if _INTO_THE_ENVIRONMENT.search(command):
        raise SetupError(
            f"--setup {command[:100]!r} would leave the environment with a tree that is removed afterwards: "
            "an editable install is pointed to each side's tree without it; build in place instead, as with "
            "`python setup.py build_ext --inplace`"
        )


def prepare(tree: Tree, command: str) -> None:
    """Runs ``command``, a line for a shell, in ``tree``. Raises SetupError where it fails."""
    ended = run((_SHELL, "-c", command), tree.environ, tree.folder, LONGEST_S)
    if ended.timed_out:
        raise SetupError(f"--setup in {tree.label} took longer than {LONGEST_S:.0f} s")
    if ended.returncode:
        lines = [line for line in (ended.stderr or ended.stdout).splitlines() if line.strip()]
        said = f": {' '.join(lines[-1].split())[:300]}" if lines else ""
        raise SetupError(f"--setup in {tree.label} ended with {ended.returncode}{said}")

"""One side's files and the processes in them: a revision's own tree, or the working tree as it is."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import redirected
from .errors import GateError, RevisionError
from .moved import Move
from .processes import Tree
from .report import Side
from .revisions import toplevel, working_tree
from .signals import raised
from .worktrees import worktree


class CommandError(GateError):
    """A command that can't be run on a side."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """A side that is checked out: how to run there what was said of the working tree."""

    side: Side
    move: Move
    startup: Path  # with the sitecustomize that points editable installs here
    notes: tuple[str, ...] = ()

    def tree(self, name: str, command: Sequence[str], folder: Path, environ: Mapping[str, str]) -> Tree:
        """``command`` as it is run on this side, in what is ``folder`` there.

        ``name``: "base" or "head". Raises CommandError where the folder or the program is not there.
        """
        label = f"{name} {self.side.label}"
        there = Path(self.move.path(str(folder.resolve())))
        if not there.is_dir():
            raise CommandError(f"{label} has no folder {os.path.relpath(there, self.move.tree)}")
        ours = self.environ(environ, there)
        words = self.move.words(command)
        program = self._program(label, words[0], there, ours)
        return Tree(label, self.move.tree, there, (program, *words[1:]), ours)

    def environ(self, environ: Mapping[str, str], folder: Path) -> dict[str, str]:
        """The variables of a process in this side's ``folder``: Python imports the project from this tree."""
        found = self.move.environ(environ)
        paths = [str(self.startup), *filter(None, [found.get("PYTHONPATH")])]
        return found | {
            "PYTHONPATH": os.pathsep.join(paths),
            "PWD": str(folder),
            redirected.ORIGIN: str(self.move.origin),
            redirected.TREE: str(self.move.tree),
        }

    def _program(self, label: str, word: str, folder: Path, environ: Mapping[str, str]) -> str:
        """The absolute path of what a shell in ``folder`` would run for ``word``."""
        found = shutil.which(folder / word if os.sep in word else word, path=environ.get("PATH"))
        if found is None:
            where = "there is no such program" if os.sep in word else "it is not on PATH"
            raise CommandError(f"can't run {word[:200]!r} in {label}: {where}")
        return os.path.abspath(folder / found)


@contextmanager
def checkout(root: Path, revision: str | None) -> Iterator[Checkout]:
    """A side of the project at ``root`` (git's top level, resolved): ``revision``, or None for the files as
    they are. What was made for it is removed when the body ends.

    Raises RevisionError.
    """
    if revision is None:
        with raised(), tempfile.TemporaryDirectory(prefix="fitment-gate-") as startup:
            yield Checkout(_here(root), Move(root, root), _filled(Path(startup)))
        return
    with worktree(root, revision) as found:
        yield Checkout(found.side, Move(root, found.root), _filled(found.startup), found.notes)


def project_root(start: Path) -> Path:
    """Git's top level around ``start``, or ``start`` itself where there is no git; resolved."""
    try:
        return toplevel(start)
    except RevisionError:
        return start.resolve()


def _here(root: Path) -> Side:
    try:
        return working_tree(root)
    except RevisionError:
        return Side("working tree")


def _filled(startup: Path) -> Path:
    shutil.copyfile(redirected.__file__, startup / "sitecustomize.py")
    return startup

"""What a command says of the working tree, said of a tree with the same files: words, paths, variables."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .revisions import GIT_VARIABLES

# An absolute path inside a word: after "=", between ":"; it ends before pytest's "::".
_PATH = re.compile(r"""(?<![^\s=:,;'"@])/[^\s=:,;'"]*""")
_THE_USERS = frozenset({"HOME", "OLDPWD", "TMPDIR", "TEMP", "TMP"})
_ENVIRONMENT = ("pyvenv.cfg", "conda-meta")  # mark a folder of installed programs and packages


@dataclass(frozen=True, slots=True)
class Move:
    """From the working tree to a tree with the same layout. Both may be the same."""

    origin: Path  # resolved
    tree: Path

    def path(self, path: str) -> str:
        """An absolute ``path`` in the tree, where it is in the working tree; else as it is.

        A virtual environment inside the working tree stays what it is, and git's own folder, too. Links are
        followed, so that another name of the working tree is known for it.
        """
        within = self._within(path)
        if within is None or self.origin == self.tree:
            return path
        return os.path.join(self.tree, within) if within != "." else str(self.tree)

    def text(self, text: str) -> str:
        """A word of a command, or a variable's value, with every path in it as ``path`` has it."""
        whole, colons, rest = text.partition("::")
        if os.path.isabs(whole) and self._within(whole) is not None:  # also one with blanks
            return self.path(whole) + colons + rest
        return _PATH.sub(lambda match: self.path(match.group()), text)

    def words(self, words: Sequence[str]) -> tuple[str, ...]:
        """Each of the ``words`` as ``text`` has it."""
        return tuple(map(self.text, words))

    def environ(self, environ: Mapping[str, str]) -> dict[str, str]:
        """Each variable as ``text`` has it, but for folders that belong to the user and not to the project.

        What a git hook sets is left out: it names the repository's own index.
        """
        found = {name: value for name, value in environ.items() if name not in GIT_VARIABLES}
        return {name: value if name in _THE_USERS else self.text(value) for name, value in found.items()}

    def _within(self, path: str) -> str | None:
        """``path`` from the working tree's root, None where it is not in there or belongs to no revision."""
        real = os.path.realpath(path)
        if real != str(self.origin) and not real.startswith(f"{self.origin}{os.sep}"):
            return None
        within = os.path.relpath(real, self.origin)
        return None if within.split(os.sep)[0] == ".git" or self._installed(Path(real)) else within

    def _installed(self, path: Path) -> bool:
        """Whether it lies in a folder into which programs or packages are installed."""
        for folder in (path, *path.parents):
            if folder == self.origin:
                return False
            if any((folder / mark).exists() for mark in _ENVIRONMENT) or any(folder.glob("*.dist-info")):
                return True
        return False

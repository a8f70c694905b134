"""A way to torch without a space in it: inductor hands torch's own path to the compiler unquoted."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from ..runtime_folder import runtime_folder


def with_spaceless_torch(environ: Mapping[str, str]) -> dict[str, str]:
    """``environ``; where torch's path holds a space, with a link without one on PYTHONPATH.

    Unchanged where no such link can be had: the compiler's capability check then says why.
    """
    packages = _packages_folder()
    if packages is None or " " not in str(packages):
        return dict(environ)
    link = _link_to(packages)
    if link is None:
        return dict(environ)
    paths = [*filter(None, [environ.get("PYTHONPATH")]), str(link)]  # what a user puts first stays first
    return {**environ, "PYTHONPATH": os.pathsep.join(paths)}


def _packages_folder() -> Path | None:
    """The folder that torch would be imported from."""
    found = importlib.util.find_spec("torch")
    return Path(found.origin).parent.parent if found and found.origin else None


def _link_to(packages: Path) -> Path | None:
    folder = runtime_folder()
    link = folder / f"packages-{sha256(os.fsencode(packages)).hexdigest()[:16]}"
    if " " in str(link):
        return None
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.lstat().st_uid != os.getuid():  # another user's, who could swap what we import
            return None
        with suppress(FileExistsError):
            link.symlink_to(packages)
        if link.readlink() == packages:
            return link
    return None

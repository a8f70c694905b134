"""Where the kernel keeps the files of our control group, in version 2 and in version 1."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

PROC = Path("/proc")
CGROUPS = Path("/sys/fs/cgroup")

_UNIFIED_MOUNTS = ("", "unified")  # the second where both versions are mounted


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders that exist, our own group's first, then its parents' up to the root."""

    v2: tuple[Path, ...]
    v1: tuple[Path, ...]  # of one controller


def folders(controller: str, proc: Path = PROC, cgroups: Path = CGROUPS) -> Folders:
    """The folders of the group that this process is in; empty where the system has no such groups.

    A container often sees its own group as the root, whatever name the kernel gives: hence the parents.
    """
    membership = text(proc / "self/cgroup")
    unified = re.search(r"^0::(/.*)$", membership, re.MULTILINE)
    single = re.search(rf"^\d+:(?:[^:]*,)?{controller}(?:,[^:]*)?:(/.*)$", membership, re.MULTILINE)
    v2 = tuple(f for mount in _UNIFIED_MOUNTS for f in _upwards(cgroups / mount, unified)) if unified else ()
    return Folders(v2, tuple(_upwards(cgroups / controller, single)) if single else ())


def text(path: Path) -> str:
    """The file's text; "" where it can't be read."""
    try:
        return path.read_text()
    except OSError:
        return ""


def _upwards(mount: Path, found: re.Match[str] | None) -> list[Path]:
    group = PurePosixPath(found[1]) if found else PurePosixPath("/")
    paths = [mount / str(level).lstrip("/") for level in (group, *group.parents)]
    return [path for path in paths if path.is_dir()]

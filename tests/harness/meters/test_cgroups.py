"""fitment.harness.meters.cgroups: our own group's folders, wherever they are mounted."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.meters.cgroups import Folders, folders, text

UNIFIED = "0::/user/job\n"
SPLIT = "7:memory:/m\n4:cpu,cpuacct:/docker/x\n3:cpuset:/c\n"


def system(folder: Path, membership: str, *groups: str) -> tuple[Path, Path]:
    """A /proc that tells the membership, and a /sys/fs/cgroup with these groups."""
    (folder / "proc/self").mkdir(parents=True)
    (folder / "proc/self/cgroup").write_text(membership)
    for group in ("", *groups):
        (folder / "cgroup" / group).mkdir(parents=True, exist_ok=True)
    return folder / "proc", folder / "cgroup"


@pytest.mark.parametrize(
    ("membership", "groups", "v2", "v1"),
    [
        (UNIFIED, ("user/job",), ("user/job", "user", ""), ()),
        (UNIFIED, ("unified/user/job",), ("", "unified/user/job", "unified/user", "unified"), ()),
        (UNIFIED, (), ("",), ()),  # a container that sees its own group as the root
        (SPLIT, ("cpu/docker/x",), (), ("cpu/docker/x", "cpu/docker", "cpu")),
        (SPLIT, ("cpu",), (), ("cpu",)),
        ("", (), (), ()),
    ],
)
def test_folders_from_our_own_up(
    tmp_path: Path, membership: str, groups: tuple[str, ...], v2: tuple[str, ...], v1: tuple[str, ...]
) -> None:
    """Each version has our own group first and then its parents, as far as they are there."""
    proc, mount = system(tmp_path, membership, *groups)
    expected = Folders(tuple(mount / group for group in v2), tuple(mount / group for group in v1))
    assert folders("cpu", proc, mount) == expected


def test_what_cannot_be_read_is_empty(tmp_path: Path) -> None:
    """A file that isn't there, and a folder, have no text."""
    assert text(tmp_path / "absent") == text(tmp_path) == ""

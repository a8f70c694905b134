"""Pickle files: to open one is to run what is in it, so that nobody does."""

from __future__ import annotations

from typing import BinaryIO

from ..facts import Read

WEIGHTS = True
_ENDINGS = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".joblib", ".dill", ".t7")


def takes(name: str) -> bool:
    """Whether a file of that name may be one."""
    return name.lower().endswith(_ENDINGS)


def read(stream: BinaryIO, size: int) -> Read:
    """That it was not read."""
    return Read(not_read="pickle: not read")

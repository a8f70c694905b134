"""Where a verb's answer goes: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ...registry.errors import FitmentError


class OutputError(FitmentError):
    """A file that can't be written, or that must not be written over."""


def add_output(parser: argparse.ArgumentParser) -> None:
    """Adds ``--output FILE`` and ``--overwrite``."""
    parser.add_argument("--output", metavar="FILE", type=Path, help="write there instead of on the terminal")
    parser.add_argument("--overwrite", action="store_true", help="also where FILE exists")


def put(text: str, args: argparse.Namespace) -> None:
    """Writes ``text`` where the arguments say. Raises OutputError."""
    if args.output is None:
        sys.stdout.write(text)
    else:
        write_file(args.output, text, overwrite=args.overwrite)


def write_file(path: Path, text: str, *, overwrite: bool) -> None:
    """Writes ``text`` as ``path``, whole or not at all; a pipe or device simply gets it.

    Raises OutputError for a directory, an existing file that may not be overwritten, or a refusing disk.
    """
    with written(path, overwrite=overwrite) as stream:
        stream.write(_encoded(text))


@contextmanager
def written(path: Path, *, overwrite: bool) -> Iterator[BinaryIO]:
    """A stream whose content becomes ``path`` when the body ends well, and nothing where it does not.

    Raises as ``write_file``.
    """
    try:
        if path.is_dir():
            raise OutputError(f"{path} is a directory; name a file with --output")
        if path.exists() and not path.is_file():
            with open(path, "wb") as stream:
                yield stream
            return
        if path.exists() and not overwrite:
            raise OutputError(f"{path} exists; name another file, or say --overwrite")
        with _replacing(path) as stream:
            yield stream
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise OutputError(f"can't write {path}: {reason}; name another file with --output") from error


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(new, "xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(new, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(new)
        raise


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")

"""JSON files beside the weights, read with a limit."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

LARGEST = 64_000_000  # bytes


def json_object(stream: BinaryIO, size: int) -> dict[str, Any]:
    """The object that the file holds. Raises ValueError, whose text goes on from the file's path."""
    if size > LARGEST:
        raise ValueError(f"was not read: {size:,} bytes, at most {LARGEST:,} are")
    try:
        found = json.loads(stream.read(size + 1).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"was not read, it is no JSON: {str(error)[:100]}") from error
    if not isinstance(found, dict):
        raise ValueError("was not read, it is no JSON object")
    return found

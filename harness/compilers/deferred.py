"""A callable that is made when it is first called, so that making it is part of the first call's seconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def deferred(make: Callable[[], Callable[..., Any]]) -> Callable[..., Any]:
    """A callable that calls what ``make()`` returns; made once, at the first call.

    Naming inductor's settings imports inductor, seconds that would else be counted as loading the model.
    """
    made: Callable[..., Any] | None = None

    def call(*args: Any, **kwargs: Any) -> Any:
        nonlocal made
        if made is None:
            made = make()
        return made(*args, **kwargs)

    return call

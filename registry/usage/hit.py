"""One model at one line of a file: what every reader of a kind of file gives back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """One model at one line; without an id, ``detail`` says what was not followed."""

    line: int
    call: str
    model_id: str | None
    confidence: float
    detail: str = ""
    namespace: str = "hf"
    serves: bool = False  # whether the call itself offers the model to others
    if_known: tuple[str, float] | None = None  # the id where somebody knows it, and the confidence then


class UnreadableError(Exception):
    """A file that can't be read as what its name says; the text says why, for a person."""

"""What is kept of a model's card: how long it is, and whether a program wrote it."""

from __future__ import annotations

import numpy as np

# What programs that write cards leave in them: the Trainer of Transformers, the Hub's template, and others.
SIGNS = (
    "has been generated automatically",
    "has been automatically generated",
    "This model card was automatically generated",
    "This is the model card of a 🤗 transformers model that has been pushed on the Hub",
    "[More Information Needed]",
)


def card_facts(card: str) -> tuple[float, float]:
    """Its characters, and 1 where it was written by a program, else 0; NaN twice of an empty card.

    It counts as written by a program where any of ``SIGNS`` stands in it, to the letter.
    """
    if not card:
        return np.nan, np.nan
    return float(len(card)), float(any(sign in card for sign in SIGNS))

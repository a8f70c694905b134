"""The licence texts that others are held against, as hashes of word pairs: the texts themselves don't ship.

``configs/licences/texts/index.json`` says what each is, ``pairs.npz`` holds its hashes and counts;
``benchmarks/licence_texts.py build`` makes both from the texts.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...configs import path
from .word_pairs import Counts, Hashes

FOLDER = "licences/texts"


@dataclass(frozen=True, slots=True)
class Reference:
    """One text of one licence; some have several: with and without its appendix, or as a notice."""

    licence: str  # the identifier or tag
    part: str  # "whole", or which part of it
    way: str  # how copyright statements were left out: by "lines", "flat", or "both" alike (text_words)
    pairs: int  # of words, counted as often as they stand there
    marks: Counter[str]  # the numbers of its list items

    @property
    def notice(self) -> bool:
        """Whether it only says under which licence something is."""
        return self.part.startswith("notice")


@dataclass(frozen=True, slots=True)
class References:
    """All of them: row ``n`` of the hashes and counts is ``starts[n]`` up to ``starts[n + 1]``."""

    texts: tuple[Reference, ...]
    vocabulary: Hashes  # every hash once, ascending
    at: npt.NDArray[np.int64]  # places in the vocabulary, row behind row
    counts: Counts  # beside ``at``
    starts: npt.NDArray[np.int64]  # len(texts) + 1
    totals: npt.NDArray[np.int64]  # pairs of each
    lines: npt.NDArray[np.bool_]  # whether it is to be held against words whose statements ended with lines
    flat: npt.NDArray[np.bool_]

    def shared(self, hashes: Hashes, counts: Counts) -> npt.NDArray[np.int64]:
        """How many pairs a text has in common with each reference: int64[len(texts)]."""
        dense = np.zeros(len(self.vocabulary), dtype=np.uint8)
        place = np.searchsorted(self.vocabulary, hashes)
        place[place == len(self.vocabulary)] = 0
        known = self.vocabulary[place] == hashes
        dense[place[known]] = counts[known]
        common = np.minimum(dense[self.at], self.counts).astype(np.int64)
        return np.add.reduceat(common, self.starts[:-1])

    def row(self, number: int) -> Counter[int]:
        """The hashes of one reference with their counts."""
        part = slice(self.starts[number], self.starts[number + 1])
        hashes = self.vocabulary[self.at[part]].tolist()
        return Counter(dict(zip(hashes, self.counts[part].tolist(), strict=True)))


@functools.cache
def references() -> References:
    """The reference texts that ship."""
    told = json.loads(path(f"{FOLDER}/index.json").read_text(encoding="utf-8"))
    with np.load(path(f"{FOLDER}/pairs.npz"), allow_pickle=False) as stored:
        hashes, counts = stored["hashes"], stored["counts"]
    texts = tuple(
        Reference(each["licence"], each["part"], each["way"], each["pairs"], Counter(each["marks"]))
        for each in told["texts"]
    )
    starts = np.cumsum([0, *(each["hashes"] for each in told["texts"])], dtype=np.int64)
    vocabulary = np.unique(hashes)
    at = np.searchsorted(vocabulary, hashes).astype(np.int64)
    totals = np.array([text.pairs for text in texts], dtype=np.int64)
    lines = np.array([text.way != "flat" for text in texts])
    flat = np.array([text.way != "lines" for text in texts])
    return References(texts, vocabulary, at, counts, starts, totals, lines, flat)

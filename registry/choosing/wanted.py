"""What a person asks of ``fitment model recommend``."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from ..errors import QuestionError
from ..licences.verdicts import NOTHING_STATED, Context, Relation

SIGNS = (">=", "<=", ">", "<")
_BOUND = re.compile(r"\s*(?P<name>[^<>=]{1,200}?)\s*(?:(?P<sign>>=|<=|>|<)\s*(?P<bound>[^\s<>=]+))?\s*")
POLICIES = ("pessimistic", "renormalise")


@dataclass(frozen=True, slots=True)
class AskedMetric:
    """A declared metric that counts, and the bound that it must keep."""

    name: str
    sign: str | None = None  # one of SIGNS; None: it ranks and excludes nobody
    bound: float | None = None

    @property
    def less_is_better(self) -> bool:
        """Whether the bound is one from above, as of a perplexity or an error."""
        return self.sign in ("<", "<=")

    def kept_by(self, value: float) -> bool:
        """Whether the figure keeps the bound."""
        if self.bound is None:
            return True
        equal = self.sign in (">=", "<=") and value == self.bound
        return equal or (value < self.bound if self.less_is_better else value > self.bound)

    def in_words(self) -> str:
        """``mmlu >= 0.4``."""
        return f"{self.name} {self.sign} {self.bound:g}" if self.bound is not None else self.name


@dataclass(frozen=True, slots=True)
class Wanted:
    """Requirements, each of which excludes; and what is preferred among those that meet all."""

    commercial: bool = False
    task: str | None = None  # the record's task or one of its tags
    metrics: tuple[AskedMetric, ...] = ()
    max_size_bytes: float | None = None
    licence_into: str | None = None  # what comes out is to be under this licence
    relation: Relation = Relation.FINETUNE_RELEASE  # what is done with the model for that
    facts: Context = NOTHING_STATED
    hardware: str | None = None  # it must run there
    precision: str | None = None  # in which its weights are held; None: as declared, or bf16
    top_k: int = 5
    missing: str = "pessimistic"  # | "renormalise": what becomes of a criterion that some lack


def asked_metric(text: str) -> AskedMetric:
    """``mmlu>=0.4``, or ``mmlu`` alone. Raises QuestionError."""
    found = _BOUND.fullmatch(text)
    if found is None:
        raise QuestionError(f'--metric "{text[:100]}": say NAME, or NAME>=NUMBER, as mmlu>=0.4')
    if found["sign"] is None:
        return AskedMetric(found["name"])
    try:
        bound = float(found["bound"])
    except ValueError:
        bound = math.nan
    if not math.isfinite(bound):
        raise QuestionError(f'--metric "{text[:100]}": "{found["bound"][:50]}" is no number')
    return AskedMetric(found["name"], found["sign"], bound)


def check(wanted: Wanted) -> None:
    """Raises QuestionError for what no catalogue could answer."""
    if wanted.top_k < 1:
        raise QuestionError(f"--top-k {wanted.top_k}: ask for at least 1")
    size = wanted.max_size_bytes
    if size is not None and not (math.isfinite(size) and size > 0):
        raise QuestionError(f"--max-size-gb {size / 1e9:g}: a size is a number above 0")
    names = [metric.name for metric in wanted.metrics]
    if len(set(names)) < len(names):
        raise QuestionError("--metric: one metric is named twice")
    if wanted.missing not in POLICIES:
        raise QuestionError(f'unknown policy "{wanted.missing}": there are {", ".join(POLICIES)}')
    if wanted.precision is not None and wanted.hardware is None:
        raise QuestionError("--precision is of a fit to hardware: name it with --hardware")

"""Two sets of weights become one: symmetric, the best that either licence makes of both."""

from __future__ import annotations

from .clauses import Licence
from .combine import RANK, Answer, Finding, answer
from .derivatives import release
from .verdicts import Context


def merge(one: Licence | None, other: Licence, context: Context) -> Answer:
    """What releasing the merged weights under the one or the other licence would answer.

    Two licences that both keep their outputs or materials from improving other models decide nothing: the
    merged model is a derivative of each and another model for each.
    """
    if one is None:
        return release(one, other, context)
    first, second = sorted((one, other), key=lambda each: each.identifier)
    found = []
    for under in dict.fromkeys((first, second)):
        parts = [release(under, each, context) for each in dict.fromkeys((first, second))]
        found.append((max(RANK[part.verdict] for part in parts), under.identifier, parts))
    _, name, parts = min(found, key=lambda entry: entry[:2])
    told = answer("merge", [Finding(reason) for part in parts for reason in part.reasons])
    needs = tuple(dict.fromkeys(need for part in parts for need in part.needs))
    return Answer(told.verdict, told.reasons, needs, "merge", None if first == second else name)

"""What of a base model's results holds for a model that was quantised from it or adapts it, in words."""

from __future__ import annotations

from collections.abc import Iterator

from ..answers import Answer, Descent, Question
from . import limits


def carries_over(
    path: tuple[Descent, ...], base: Answer, question: Question, *, beside_own: bool
) -> tuple[str, ...]:
    """What does and does not carry over along ``path``, one line each.

    ``base``: the base's own answer; ``beside_own``: whether it stands beside results of the model itself.
    """
    child, parent = path[0].child, base.group.model
    own = f"ranks are among {parent}'s hardware; what {child} itself was measured on is left out"
    return (*_lines(path, base, question), *((own,) if beside_own else ()))


def _lines(path: tuple[Descent, ...], base: Answer, question: Question) -> Iterator[str]:
    child, parent = path[0].child, base.group.model
    kinds = {step.kind for step in path}
    yield (
        f"the order of hardware may carry over; throughput, latency and memory are {parent}'s, and {child}'s"
        f" may differ; nothing of it enters a rank, score or P(best) of {child}"
    )
    if "quantized" in kinds:
        at = sorted({row.configuration.precision for row in base.rows})
        shown = f" ({', '.join(at)})" if at else ""
        yield (
            f"quantized: {child} may run at another precision than {parent} was measured at{shown}; hardware"
            " without fast arithmetic for it may fall behind, and its weights take less memory than is shown"
        )
    if "adapter" in kinds:
        yield (
            "adapter: its own weights take somewhat more memory than is shown, and its own products somewhat"
            " more time unless they are merged into the base's weights"
        )
    counted = [("devices", question.target_rate is not None), ("cost", bool(question.prices))]
    if asked := " and ".join(word for word, is_asked in counted if is_asked):
        yield f"{asked}: counted from {parent}'s throughput; {child} may need more or less"
    if limits.is_limited(question):
        yield f"the limits were held against {parent}'s results: {child} may meet or miss them otherwise"

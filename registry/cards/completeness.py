"""How much of what a model's user needs a card says, as a share of documented weights."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from .card import Card, candidates

LEAST_SURE = 0.5  # a guess doesn't complete a card

# What a person who chooses a model asks first weighs 3: may I, for what, made of what, how good, what not.
WEIGHTS = MappingProxyType(
    {
        "licence": 3,
        "tasks": 3,
        "evaluation": 3,
        "datasets": 3,
        "limitation_and_bias": 3,
        "base_models": 2,
        "language": 2,
        "parameter_count": 2,
        "libraries": 2,
        "input_format": 1,
        "output_format": 1,
        "domain": 1,
        "frameworks": 1,
        "hyper_parameters": 1,
        "hardware": 1,
        "carbon": 1,
        "papers": 1,
        "github_repo": 1,
        "demo": 1,
        "grant": 1,
    }
)
NOT_TEXT = frozenset({"computer vision", "audio", "tabular", "reinforcement learning"})


@dataclass(frozen=True, slots=True)
class Completeness:
    """The share, and the fields that make it up."""

    share: float  # 0 to 1: weights of ``said`` / those of ``said`` and ``missing``
    said: tuple[str, ...]
    missing: tuple[str, ...]  # the heaviest first
    not_asked: tuple[str, ...]  # with why: they count in neither

    def explained(self) -> str:
        """The score as one line with its reasons."""
        got = sum(WEIGHTS[field] for field in self.said)
        total = got + sum(WEIGHTS[field] for field in self.missing)
        lacks = ", ".join(f"{field} ({WEIGHTS[field]})" for field in self.missing)
        aside = f"; not asked: {', '.join(self.not_asked)}" if self.not_asked else ""
        return f"{self.share:.0%}: {got} of {total} points" + (f"; missing: {lacks}" if lacks else "") + aside


def completeness(card: Card) -> Completeness:
    """How complete the card is. A field counts where a candidate is at least ``LEAST_SURE``.

    Language is not asked of a model that neither reads nor writes text, nor a base model of one that says it
    was trained from scratch: by "base_models" in ``not_asked``.
    """
    aside = {}
    domains = {found.value for found in card.domain}
    if not card.language and domains and domains <= NOT_TEXT:
        aside["language"] = "language (it handles no text)"
    said, missing = [], []
    for field in WEIGHTS:
        if any(found.confidence >= LEAST_SURE for found in candidates(card, field)):
            said.append(field)
        elif field not in aside:
            missing.append(field)
    got, lacking = (sum(WEIGHTS[field] for field in fields) for fields in (said, missing))
    return Completeness(got / (got + lacking), tuple(said), tuple(missing), tuple(aside.values()))

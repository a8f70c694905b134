"""fitment.harness.models.seeded: weights that were drawn, and those that were not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from fitment.harness.models.loaded import LoadedModel
from fitment.harness.models.seeded import drawn_from_seed
from fitment.harness.models.weights import weights_hash
from torch import nn

KEPT = {"weight": torch.full((3, 4), 0.5), "bias": torch.zeros(3)}


def given() -> nn.Module:
    """Drawn from whatever seed stands."""
    return nn.Linear(4, 3)


def own_seed() -> nn.Module:
    """Drawn from a seed of the factory's own."""
    torch.manual_seed(7)
    return nn.Linear(4, 3)


def own_seed_by_another_name() -> nn.Module:
    """Likewise."""
    torch.random.manual_seed(7)
    return nn.Linear(4, 3)


def read() -> nn.Module:
    """Drawn first, as every module is, then replaced by what was kept."""
    torch.manual_seed(7)
    module = nn.Linear(4, 3)
    module.load_state_dict(KEPT)
    return module


def fresh_head() -> nn.Module:
    """Of what was kept, with a last layer that was not."""
    return nn.Sequential(read(), nn.Linear(3, 2))


def unknowable() -> nn.Module:
    """From a generator of the factory's own: no seed that torch is given."""
    module = nn.Linear(4, 3, bias=False)
    with torch.no_grad():
        module.weight.copy_(torch.randn(3, 4, generator=torch.Generator().manual_seed(7)))
    return module


@pytest.mark.parametrize(
    ("factory", "drawn"),
    [
        (given, True),
        (own_seed, True),
        (own_seed_by_another_name, True),
        (fresh_head, True),
        (read, False),
        (unknowable, False),
    ],
)
def test_weights_that_follow_a_seed_of_torch_are_drawn(factory: Callable[[], nn.Module], drawn: bool) -> None:
    """Whoever sets it; what a checkpoint replaces is not, and a generator of one's own can't be told."""

    def load() -> LoadedModel:
        torch.manual_seed(0)
        return LoadedModel(factory(), (torch.ones(2, 4),), "example")

    seeding = torch.manual_seed, torch.random.manual_seed
    weights = weights_hash(load().module)
    assert drawn_from_seed(load, weights) is drawn
    assert (torch.manual_seed, torch.random.manual_seed) == seeding
    assert weights_hash(load().module) == weights


def test_seeds_are_their_own_again_after_a_factory_that_fails() -> None:
    """Whatever it raises."""
    real = torch.manual_seed, torch.random.manual_seed

    def load() -> LoadedModel:
        raise ValueError("none")

    with pytest.raises(ValueError, match="none"):
        drawn_from_seed(load, "")
    assert (torch.manual_seed, torch.random.manual_seed) == real

"""Whether weights were drawn from a seed: such ones say what a precision's speed is, and not its accuracy.

Nobody can know where a factory has its weights from. What can be tried: every seed that torch is given, by
us or by the factory itself, is another one, and the factory is called again. Weights that then differ were
drawn. What is drawn in other ways (NumPy's, a generator of one's own, at import) passes for real.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch

from .loaded import LoadedModel
from .weights import weights_hash

# ``Measurement.flags``: as reports have it for the zoo's models and published results
SPEED_ONLY = "speed_only"


def drawn_from_seed(load: Callable[[], LoadedModel], weights: str) -> bool:
    """Whether ``load`` gives other weights than those of the hash ``weights`` once torch's seeds differ."""
    with _other_seeds():
        return weights_hash(load().module) != weights


@contextmanager
def _other_seeds() -> Iterator[None]:
    """Each seed that torch is given in the body becomes the next one."""
    real = torch.manual_seed, torch.random.manual_seed  # two names, which another library may have told apart

    def next_one(seed: int) -> torch.Generator:
        return real[0](int(seed) + 1)

    torch.manual_seed = torch.random.manual_seed = next_one
    try:
        yield
    finally:
        torch.manual_seed, torch.random.manual_seed = real

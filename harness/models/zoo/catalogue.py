"""The built-in models: what each is called elsewhere, takes, and weighs (without torch).

Parameters are the published counts of the same names: timm's result files for the image models,
Hugging Face's model cards for the text models. MACs are timm's, per sample at the native input.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...errors import ModelError
from ..shapes import parse_shape


@dataclass(frozen=True, slots=True)
class ZooEntry:
    """One built-in model. ``family`` is the file beside this one that builds it."""

    family: str
    input_shape: str
    parameters: int
    gmacs: float | None  # as published; None where nobody published one
    takes: str  # in words, the input shapes that fit
    fits: Callable[[tuple[int, ...]], bool]

    def check_input_shape(self, input_shape: str) -> None:
        """Raises ModelError where the model can't take inputs of that shape."""
        if not self.fits(parse_shape(input_shape)):
            raise ModelError(f'input shape "{input_shape}" does not fit: this model takes {self.takes}')


def _convolutional(shape: tuple[int, ...]) -> bool:
    return len(shape) == 3 and shape[0] == 3 and min(shape[1:]) >= 32


def _image(family: str, parameters: int, gmacs: float) -> ZooEntry:
    takes = "3xHEIGHTxWIDTH from 3x32x32"
    return ZooEntry(family, "3x224x224", parameters, gmacs, takes, _convolutional)


def _fixed(family: str, input_shape: str, parameters: int, gmacs: float | None = None) -> ZooEntry:
    only = parse_shape(input_shape)
    return ZooEntry(family, input_shape, parameters, gmacs, input_shape, lambda shape: shape == only)


def _sequence(family: str, longest: int, parameters: int) -> ZooEntry:
    takes = f"a sequence length from 1 to {longest}"
    return ZooEntry(
        family, "128", parameters, None, takes, lambda shape: len(shape) == 1 and shape[0] <= longest
    )


CATALOGUE = {
    "resnet18": _image("resnet", 11_689_512, 1.82),
    "resnet50": _image("resnet", 25_557_032, 4.11),
    "vit_tiny_patch16_224": _fixed("vit", "3x224x224", 5_717_416, 1.26),
    "vit_base_patch16_224": _fixed("vit", "3x224x224", 86_567_656, 17.58),
    "bert-base-uncased": _sequence("bert", 512, 109_482_240),
    "distilbert-base-uncased": _sequence("bert", 512, 66_362_880),
    "all-MiniLM-L6-v2": _sequence("bert", 512, 22_713_216),
    "gpt2": _sequence("gpt2", 1024, 124_439_808),
    "mlp-784-512-512-10": _fixed("mlp", "784", 669_706),
}

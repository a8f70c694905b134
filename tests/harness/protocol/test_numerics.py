"""fitment.harness.protocol.numerics: how far an output lies from its reference."""

from __future__ import annotations

import math

import pytest
import torch
from fitment.harness.protocol.numerics import Deviation, dense, deviation, holds_nan, is_finite


@pytest.mark.parametrize(
    ("values", "finite"),
    [([1.0, -2.0], True), ([1.0, math.nan], False), ([-math.inf, 0.0], False), ([1, 2], True)],
)
def test_nan_and_infinity_are_found(values: list[float], finite: bool) -> None:
    """One bad element is enough; integers are always finite."""
    assert is_finite(torch.tensor(values)) is finite


def test_errors_are_those_of_the_definition() -> None:
    """Largest difference, root of summed squares over the reference's, share of equal argmax."""
    reference = torch.tensor([[3.0, 4.0], [1.0, 0.0]])
    output = torch.tensor([[3.0, 4.5], [0.0, 1.0]])
    found = deviation(output, reference)
    assert found is not None
    assert found.max_abs_error == 1.0
    assert found.relative_l2 == pytest.approx(math.sqrt((0.25 + 2) / (25 + 1)))
    assert found.top1_agreement == 0.5


def test_reference_repeats_as_the_inputs_do() -> None:
    """Five rows made of two examples are compared with the two, over again."""
    reference = torch.tensor([[1.0, 2.0], [4.0, 3.0]])
    output = reference[[0, 1, 0, 1, 0]].clone()
    assert deviation(output, reference) == Deviation(0.0, 0.0, 1.0)
    output[4] = torch.tensor([2.0, 1.0])
    found = deviation(output, reference)
    assert found is not None
    assert (found.max_abs_error, found.top1_agreement) == (1.0, 0.8)


@pytest.mark.parametrize("shape", [(2, 4), (2, 3, 1), (2,)])
def test_another_shape_is_wrong(shape: tuple[int, ...]) -> None:
    """Only dim 0 may differ."""
    assert deviation(torch.ones(shape), torch.ones(2, 3)) is None


def test_scalars_and_vectors_have_no_classes() -> None:
    """A loss has an error and no top-1 agreement."""
    assert deviation(torch.tensor(1.5), torch.tensor(1.0)) == Deviation(0.5, 0.5, None)
    assert deviation(torch.ones(3), torch.ones(3)) == Deviation(0.0, 0.0, None)


def test_reference_of_zeros() -> None:
    """Nothing divided by nothing is no error, something by nothing an infinite one."""
    zeros = torch.zeros(2, 3)
    assert deviation(zeros, zeros) == Deviation(0.0, 0.0, 1.0)
    found = deviation(zeros + 1, zeros)
    assert found is not None
    assert found.relative_l2 == math.inf


def test_half_precision_is_compared_in_double() -> None:
    """An fp16 output whose square would overflow is compared all the same."""
    found = deviation(torch.full((1, 2), 6e4, dtype=torch.float16), torch.full((1, 2), 6e4))
    assert found is not None
    assert found.relative_l2 < 1e-3


def test_complex_outputs_are_compared_by_their_moduli() -> None:
    """An error in the imaginary part is one; a complex output has no classes."""
    reference = torch.tensor([[3 + 4j, 0j]])
    assert deviation(reference + 0.5j, reference) == Deviation(0.5, math.sqrt(0.5) / 5, None)


def test_an_empty_output_does_not_deviate() -> None:
    """Rows without elements have no error."""
    assert deviation(torch.ones(2, 0), torch.ones(2, 0)) == Deviation(0.0, 0.0, None)


def test_sparse_and_nested_outputs_are_made_dense() -> None:
    """What holds nothing is zero."""
    assert dense(torch.eye(2).to_sparse()).tolist() == [[1.0, 0.0], [0.0, 1.0]]
    ragged = torch.nested.nested_tensor([torch.ones(1), torch.ones(2)], layout=torch.jagged)
    assert dense(ragged).tolist() == [[1.0, 0.0], [1.0, 1.0]]


@pytest.mark.parametrize(
    ("tensor", "found"),
    [
        (torch.tensor([1.0, math.nan]), True),
        (torch.tensor([[math.nan]]).to_sparse(), True),
        (torch.tensor([complex(0, math.nan)]), True),
        (torch.tensor([math.inf]), False),
        (torch.tensor([1]), False),
        (torch.ones(1).to(torch.float8_e4m3fn), False),
    ],
)
def test_nan_is_found_in_whatever_holds_it(tensor: torch.Tensor, found: bool) -> None:
    """Infinity is none, and an integer can't be."""
    assert holds_nan(tensor) is found

"""fitment.harness.models.sources: what a model's name refers to."""

from __future__ import annotations

import pytest
from fitment.harness.errors import ModelError
from fitment.harness.models.sources import ModelReference, check_input_shape, resolve, zoo_names
from fitment.registry.errors import UnknownNameError


@pytest.mark.parametrize("reference", ["resnet50", "zoo:resnet50"])
def test_a_bare_name_is_the_zoos(reference: str) -> None:
    """Results are kept under the published name, with or without the source in front."""
    assert resolve(reference) == ModelReference("zoo", "resnet50", "3x224x224")


def test_a_module_reference_keeps_its_factory_and_its_own_shape() -> None:
    """Only the first colon parts source from name."""
    assert resolve("module:pkg.mod:make") == ModelReference("module", "pkg.mod:make", "example")


def test_every_zoo_name_resolves_to_itself() -> None:
    """The list of names and the catalogue are one."""
    assert [resolve(name).name for name in zoo_names()] == list(zoo_names())


def test_an_unknown_model_is_answered_with_the_nearest_and_the_way_to_an_own() -> None:
    """A slip gets the nearest name, and the form for models of one's own."""
    with pytest.raises(UnknownNameError, match='did you mean "resnet50"') as caught:
        resolve("resnet5O")
    assert "module:package.mod:factory" in str(caught.value)


def test_a_factory_without_its_source_is_shown_how_it_is_written() -> None:
    """The likeliest slip, pkg.mod:factory, is answered with the whole reference."""
    with pytest.raises(UnknownNameError, match="is module:mynet:make"):
        resolve("mynet:make")


@pytest.mark.parametrize("reference", ["", ":", "zoo:", "loaded:x", "flops:x"])
def test_an_empty_or_helper_source_is_unknown(reference: str) -> None:
    """Nothing but a source in the folder is one."""
    with pytest.raises(UnknownNameError):
        resolve(reference)


@pytest.mark.parametrize(
    ("model", "shape"),
    [("resnet18", "3x160x160"), ("gpt2", "1024"), ("bert-base-uncased", "512"), ("module:a:b", "3x8x8")],
)
def test_a_shape_that_fits_passes(model: str, shape: str) -> None:
    """Convolutional networks take other sizes, transformers other lengths."""
    check_input_shape(resolve(model), shape)


@pytest.mark.parametrize(
    ("model", "shape"),
    [
        ("resnet18", "224x224"),
        ("resnet18", "1x224x224"),
        ("resnet18", "3x16x16"),
        ("vit_tiny_patch16_224", "3x160x160"),
        ("gpt2", "1025"),
        ("bert-base-uncased", "513"),
        ("mlp-784-512-512-10", "785"),
        ("module:a:b", "eight"),
    ],
)
def test_a_shape_that_does_not_fit_is_refused_before_anything_is_loaded(model: str, shape: str) -> None:
    """The mistake is named with what the model takes."""
    with pytest.raises(ModelError, match=shape):
        check_input_shape(resolve(model), shape)


@pytest.mark.parametrize("reference", ["a\nb:c", "\x1b[31m:red", "x" * 1_000_000 + ":y", "../../etc/passwd"])
def test_a_hostile_reference_is_answered_in_one_short_line(reference: str) -> None:
    """Nothing of it reaches the terminal unescaped, or at length."""
    with pytest.raises(UnknownNameError) as caught:
        resolve(reference)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 500

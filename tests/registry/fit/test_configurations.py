"""Configurations in order and in words."""

from __future__ import annotations

from fitment.registry.answers import Question
from fitment.registry.fit import configurations
from fitment.registry.records import Configuration

from tests.registry.fit.estimates import k


def test_order_is_by_batch_as_a_number() -> None:
    """Batch 8 sorts before batch 32."""
    assert sorted([k(32), k(8)], key=configurations.order) == [k(8), k(32)]


def test_fixed_axes_are_those_asked() -> None:
    """Only what the question names is fixed."""
    axes = configurations.fixed(Question("net", batch=8, precision="bf16"))
    assert axes == {"batch": 8, "precision": "bf16"}
    assert configurations.agrees(k(8, "bf16", "inductor"), axes)
    assert not configurations.agrees(k(8, "fp32"), axes)


def test_a_label_names_only_what_is_not_usual() -> None:
    """Batch, precision and compile mode always; the other fields where they differ from their defaults."""
    assert configurations.label(k(1024, "bf16")) == "batch 1024 · bf16 · eager"
    odd = Configuration(1, "fp32", "eager", "channels_last", 2, 4, "cold")
    assert configurations.label(odd) == (
        "batch 1 · fp32 · eager · channels_last · 2 devices · 4 threads · cold caches"
    )


def test_words_name_each_field() -> None:
    """Every field has words of its own, so that differing fields can be told apart."""
    a, b = (
        k(1),
        k(
            64,
            "bf16",
            "inductor",
            memory_format="channels_last",
            n_devices=2,
            threads=4,
            cache_state="flushed",
            pinning="close",
        ),
    )
    names = configurations.differing(a, b)
    assert tuple(names) == configurations.FIELDS
    assert configurations.describe(b, names) == (
        "batch 64, bf16, inductor, channels_last, 2 devices, 4 threads, flushed cache, threads pinned close"
    )
    assert (
        configurations.describe(a, names)
        == "batch 1, fp32, eager, contiguous, 1 device, default threads, warm cache, threads not pinned"
    )


def test_combination_leaves_the_batch_out() -> None:
    """Two configurations that differ in batch alone have one combination."""
    assert (
        configurations.combination(k(1))
        == configurations.combination(k(64))
        != configurations.combination(k(1, "bf16"))
    )

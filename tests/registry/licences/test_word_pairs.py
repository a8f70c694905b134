from __future__ import annotations

from fitment.registry.licences.word_pairs import MOST, counted, pair_hash, pair_hashes


def test_a_hash_is_the_same_everywhere() -> None:
    """It is stored, so it must never change; text that UTF-8 can't carry has one too."""
    assert pair_hash("without", "warranty") == 1348658164
    assert pair_hash("\udc80", "a") != pair_hash("a", "\udc80")


def test_pairs_are_counted_in_ascending_order() -> None:
    """As often as they stand there, at most as an uint8 holds."""
    hashes, counts = counted(pair_hashes(list("ababa")))
    assert sorted(zip(hashes.tolist(), counts.tolist(), strict=True)) == sorted(
        [(pair_hash("a", "b"), 2), (pair_hash("b", "a"), 2)]
    )
    assert (hashes[1:] > hashes[:-1]).all()
    assert counted([7] * 1000)[1].tolist() == [MOST]

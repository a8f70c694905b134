"""Places drawn at random, a SIMD register of random words at a time: compiled into kernels."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from .counter_random import (
    FIRST_MULTIPLIER,
    FIRST_SHIFT,
    GAMMA,
    LAST_SHIFT,
    ONE,
    SECOND_MULTIPLIER,
    SECOND_SHIFT,
    below,
    word,
)
from .jit import version_of

WIDTH = 8  # words at a time: a register of 64 bytes, or two of 32
WORD, HALF = ir.IntType(64), ir.IntType(32)
WORDS, HALVES = ir.VectorType(WORD, WIDTH), ir.VectorType(HALF, 2 * WIDTH)
LOW, HIGH = 2**32 - 1, 2**64 - 2**32  # the bits of a word's lower and upper half


@intrinsic
def _fill_places_of(  # type: ignore[no-untyped-def]
    _context, stream, begin, count, limit, m, shift, words, places
):
    whole = types.int64
    signature = types.void(types.uint64, types.uint64, whole, whole, whole, whole, words, places)

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        given = zip(signature.args[-2:], arguments[-2:], strict=True)
        pointers = [context.make_array(kind)(context, builder, array).data for kind, array in given]
        _emit_places(builder, arguments[:-2], *pointers)
        return context.get_dummy_value()

    return signature, generate


def _plain_fill_places(  # type: ignore[no-untyped-def]
    stream, begin, count, limit, m, shift, words, places
):
    """The same, where kernels run as plain Python; nothing is written behind the last word."""
    counters = np.uint64(begin) + np.arange(count).astype(np.uint64)
    words[:count] = word(np.full(count, stream, np.uint64), counters)
    u = below(words[:count].view(np.uint32).astype(np.uint64), np.uint64(limit))
    places[: 2 * count] = np.minimum(u, (u + np.uint64(m)) >> ONE) << np.uint64(shift)


def _emit_places(builder: Any, numbers: Any, words: Any, places: Any) -> None:
    stream, begin, count, limit, m, shift = numbers
    words = builder.bitcast(words, WORDS.as_pointer())
    places = builder.bitcast(places, HALVES.as_pointer())
    counters = builder.add(_in_all(builder, WORDS, begin), ir.Constant(WORDS, list(range(1, WIDTH + 1))))
    start = builder.mul(counters, _number(WORDS, GAMMA))
    allocated: Any = cgutils.alloca_once_value
    state = allocated(builder, builder.add(_in_all(builder, WORDS, stream), start))
    limit = _in_all(builder, WORDS, builder.and_(limit, WORD(LOW)))
    m = _in_all(builder, HALVES, builder.trunc(m, HALF))
    shift = _in_all(builder, HALVES, builder.trunc(shift, HALF))
    blocks = builder.udiv(builder.add(count, WORD(WIDTH - 1)), WORD(WIDTH))
    with cgutils.for_range(builder, blocks) as loop:
        sequence = builder.load(state)
        builder.store(builder.add(sequence, _number(WORDS, WIDTH * int(GAMMA) % 2**64)), state)
        drawn = _emit_mixed(builder, sequence)
        builder.store(drawn, builder.gep(words, [loop.index]), align=8)
        u = _emit_below(builder, drawn, limit)
        pair = builder.lshr(builder.add(u, m), _number(HALVES, 1))
        place = builder.select(builder.icmp_unsigned("<", u, pair), u, pair)
        builder.store(builder.shl(place, shift), builder.gep(places, [loop.index]), align=4)


def _emit_mixed(builder: Any, z: Any) -> Any:
    """What ``counter_random.word`` makes of its sequence."""
    for shift, factor in ((FIRST_SHIFT, FIRST_MULTIPLIER), (SECOND_SHIFT, SECOND_MULTIPLIER)):
        z = builder.xor(z, builder.lshr(z, _number(WORDS, shift)))
        z = builder.mul(z, _number(WORDS, factor))
    return builder.xor(z, builder.lshr(z, _number(WORDS, LAST_SHIFT)))


def _emit_below(builder: Any, words: Any, limit: Any) -> Any:
    """``counter_random.below`` of each half of each word, the lower one first."""
    half = _number(WORDS, 32)
    low = builder.lshr(builder.mul(builder.and_(words, _number(WORDS, LOW)), limit), half)
    high = builder.and_(builder.mul(builder.lshr(words, half), limit), _number(WORDS, HIGH))
    return builder.bitcast(builder.or_(low, high), HALVES)


def _in_all(builder: Any, kind: Any, x: Any) -> Any:
    """``x`` in every lane."""
    nothing = ir.Constant(kind, ir.Undefined)
    one = builder.insert_element(nothing, x, HALF(0))
    return builder.shuffle_vector(one, nothing, ir.Constant(ir.VectorType(HALF, kind.count), None))


def _number(kind: Any, x: Any) -> Any:
    """The number ``x`` in every lane."""
    return ir.Constant(kind, [int(x)] * kind.count)


# ``fill_places(stream, begin, count, limit, m, shift, words, places)`` draws words ``begin`` to
# ``begin + count − 1`` of ``stream`` into ``words``, uint64. Each half of each, the lower one first, gives
# an integer u below ``limit`` ≤ 2³² − 1; in ``places``, uint32, stands min(u, (u + m) // 2)·2**shift:
# for ``limit`` = ``m`` that is u itself. Words come WIDTH at a time, so that both need room for WIDTH − 1
# more; no index is checked.
fill_places: Any = _plain_fill_places if getattr(numba.config, "DISABLE_JIT", False) else _fill_places_of
# None of them may hold a comprehension: the code inside would be another in each process.
PLACES_VERSION = version_of(_emit_places, _emit_mixed, _emit_below, _in_all, _number)

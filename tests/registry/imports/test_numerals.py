"""Numbers in foreign files: what counts as one, and the reason where none does."""

from __future__ import annotations

import pytest
from fitment.registry.imports.numerals import BadNumberError, count, non_negative, positive


@pytest.mark.parametrize(
    ("text", "value"), [("1.5", 1.5), (" 2 ", 2.0), ("1e3", 1000.0), (".5", 0.5), ("+1.", 1.0)]
)
def test_positive(text: str, value: float) -> None:
    """Decimal and scientific notation are read."""
    assert positive("t", text) == value


@pytest.mark.parametrize(
    "text", ["", "  ", "abc", "1,5", "1_000", "0x10", "1 2", "١", "--1", "1e", "=1+1", "__import__('os')"]
)
def test_no_number(text: str) -> None:
    """What Python's float() alone would let through, and code, is no number."""
    with pytest.raises(BadNumberError, match=r"t is (empty|not a number)"):
        positive("t", text)


@pytest.mark.parametrize("text", ["0", "0.0"])
def test_zero(text: str) -> None:
    """0 is a number, and no positive one."""
    assert non_negative("t", text) == 0.0
    with pytest.raises(BadNumberError, match="t is 0"):
        positive("t", text)


@pytest.mark.parametrize(("text", "value"), [("1024", 1024), ("1024.0", 1024), ("1e3", 1000)])
def test_count(text: str, value: int) -> None:
    """A count may be spelled as a float."""
    found = count("batch", text)
    assert (found, type(found)) == (value, int)


@pytest.mark.parametrize("text", ["0.5", "1.5", "2147483648", "1e300"])
def test_no_count(text: str) -> None:
    """A fraction or a number beyond 2³¹ is no count."""
    with pytest.raises(BadNumberError, match="batch is not a whole number"):
        count("batch", text)


def test_long_text_is_cut() -> None:
    """A reason stays one short line whatever stands in the field."""
    with pytest.raises(BadNumberError) as error:
        positive("t", "x\n" * 10**6)
    assert len(str(error.value)) < 120
    assert "\n" not in str(error.value)
